# SPDX-License-Identifier: Apache-2.0
"""What a photo's border tells about the backdrop: the colours that run along it, and one smooth surface through it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]

_RIM_SHARE: Final = 0.03
_ROUNDS: Final = 8
_CLUSTERS: Final = 6
_LEAST_CLUSTER: Final = 0.03
_LEAST_SIDE: Final = 0.5
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A surface of second order through the border's Lab colours: seamless paper with its vignette and fall-off.

    ``surface`` (h, w, 3) is what an empty stage would look like, ``distance`` (h, w) how far each pixel is from that
    in CIE Lab; ``noise`` is the spread of the border around it. ``agreeing`` is the share of the border that follows
    it, ``sides`` the same of the picture's third best side: bars above and below a film still are no backdrop.
    """

    surface: Map
    distance: Map
    noise: float
    agreeing: float
    sides: float

    @property
    def clean(self) -> float:
        """0 for a scene, 1 for a studio: how far the border is one quiet surface."""
        if self.sides < _LEAST_SIDE:
            return 0.0
        quiet = min(1.0, max(0.0, (9 - self.noise) / 6))
        # The quieter the stage, the more of the border a product that touches it may hide.
        needed = 0.5 + 0.25 * min(1.0, max(0.0, (self.noise - 1) / 2))
        return min(1.0, max(0.0, (self.agreeing - needed) / 0.2)) * quiet

    @property
    def misfit(self) -> Map:
        """0..1: how surely a pixel is not the backdrop."""
        return np.asarray(1 - np.exp(-((self.distance / (6 + 3 * max(1.0, self.noise))) ** 2)), np.float32)


def read_backdrop(lab: Map) -> Backdrop:
    """The backdrop of a Lab picture (h, w, 3), by iteratively reweighted least squares over its border."""
    height, width = lab.shape[:2]
    basis = quadratic(height, width)
    on_rim = rim((height, width), max(2, round(_RIM_SHARE * min(height, width))))
    terms, colours = basis[on_rim], lab[on_rim].astype(np.float64)
    apart = np.linalg.norm(colours - np.median(colours, axis=0), axis=1)
    weights = 1 / (1 + (apart / 12) ** 2)
    noise = 1.0
    coefficients = np.zeros((terms.shape[1], 3))
    for _ in range(_ROUNDS):
        coefficients = weighted_fit(terms, colours, weights)
        residual = np.linalg.norm(colours - terms @ coefficients, axis=1)
        noise = 1.48 * float(np.median(residual[weights >= min(0.3, float(weights.max()))]))
        weights = 1 / (1 + (residual / (2.5 * max(1.0, noise))) ** 2) ** 2
    surface = (basis.reshape(-1, terms.shape[1]) @ coefficients).reshape(lab.shape).astype(np.float32)
    distance = np.asarray(np.linalg.norm(lab - surface, axis=2), np.float32)
    follows = distance < 3 * max(1.0, noise)
    agreeing = float(follows[on_rim].mean())
    sides = sorted(float(side.mean()) for side in (follows[:2], follows[-2:], follows[:, :2], follows[:, -2:]))
    return Backdrop(surface, distance, noise, agreeing, sides[1])


def border_colours(lab: Map) -> Map:
    """0..1 per pixel of a Lab picture: how far its colour is from every colour that runs along the border.

    Colours that live on a short stretch of it, a product that touches the frame, do not count.
    """
    height, width = lab.shape[:2]
    samples = lab[rim((height, width), max(2, round(0.025 * min(height, width))))]
    cv2.setRNGSeed(_SEED)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    count = min(_CLUSTERS, len(samples))
    best = np.zeros((len(samples), 1), np.int32)
    _, labels, centres = cv2.kmeans(np.ascontiguousarray(samples), count, best, stop, 2, cv2.KMEANS_PP_CENTERS)
    shares = np.bincount(labels.ravel(), minlength=count) / len(samples)
    nearest = np.full((height, width), np.inf, np.float32)
    for number in np.flatnonzero(shares >= _LEAST_CLUSTER):
        spread = np.atleast_2d(np.cov(samples[labels.ravel() == number].T)) + np.diag([6.0, 3.0, 3.0])
        rare = 2 * max(0.0, -float(np.log(shares[number] * count)))
        np.minimum(nearest, _mahalanobis(lab, centres[number], spread) + rare, out=nearest)
    return np.asarray(1 - np.exp(-nearest / 16), np.float32)


def _mahalanobis(lab: Map, centre: Map, spread: NDArray[np.float64]) -> Map:
    """Squared distance of every pixel, with the inverse's triangular factor so that it is three products."""
    factor = np.linalg.cholesky(np.linalg.inv(spread)).astype(np.float32)
    off = lab - centre
    return np.asarray((cv2.transform(off, np.ascontiguousarray(factor.T)) ** 2).sum(axis=2), np.float32)


def rim(shape: tuple[int, ...], thickness: int) -> Mask:
    """The outermost ``thickness`` px of a picture of ``shape`` (h, w)."""
    mask = np.zeros(shape, np.bool_)
    mask[:thickness] = mask[-thickness:] = mask[:, :thickness] = mask[:, -thickness:] = True
    return mask


def quadratic(height: int, width: int) -> NDArray[np.float64]:
    """1, x, y, x², y², xy per pixel (h, w, 6), with x and y over -1..1."""
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=2)


def weighted_fit(
    terms: NDArray[np.float64], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Least squares of ``values`` (n, m) over ``terms`` (n, k), drawn to zero a little so that it exists."""
    heavy = terms * weights[:, None]
    system = heavy.T @ terms + 1e-6 * max(float(weights.sum()), 1e-6) * np.eye(terms.shape[1])
    _, solution = cv2.solve(system, heavy.T @ values, flags=cv2.DECOMP_CHOLESKY)
    return np.asarray(solution, np.float64)
