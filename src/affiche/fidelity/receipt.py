# SPDX-License-Identifier: Apache-2.0
"""What is told about a finished picture: how far its product is from the product of the photo."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from affiche.errors import AfficheError
from affiche.fidelity.lettering import Place


class Limits(NamedTuple):
    """The most CIEDE2000, on the mean of all cells and in any one."""

    mean: float
    most: float


class Difference(NamedTuple):
    """CIEDE2000 of the cells of an area: their mean and the most in any one; ``ssim`` is the area's mean structural
    similarity, 1 for equal pictures; ``cells`` is how many there are. An area without cells has no difference."""

    mean: float = 0.0
    most: float = 0.0
    ssim: float = 1.0
    cells: int = 0

    def keeps_to(self, limits: Limits) -> bool:
        return self.mean <= limits.mean and self.most <= limits.most


class Lighting(NamedTuple):
    """By how much CIEDE2000 the light alone moves the product's colours, mean and most, and how much it may."""

    mean: float
    most: float
    allowed: Limits


class Verdict(StrEnum):
    """What a receipt comes to."""

    FAITHFUL = "faithful"
    NOT_FAITHFUL = "not_faithful"
    UNMEASURED = "unmeasured"
    """Too little of the product is opaque and away from its edges to compare anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Receipt:
    """How far the product in a picture is from its photo in the allowed light.

    ``product`` is measured over the whole product away from its edges, ``label`` only where it is lettered or
    textured, at ``labels``. ``measured`` is the share (0..1) of the product's visible area that was compared,
    ``worst`` the cell with the most difference. ``lighting`` is None where the light was not measured here.
    ``difference_map`` is a PNG: the product in grey, colours where it differs.
    """

    product: Difference
    label: Difference
    limits: Limits
    measured: float
    worst: Place | None
    labels: tuple[Place, ...]
    lighting: Lighting | None
    difference_map: bytes

    @property
    def verdict(self) -> Verdict:
        if not self.product.cells:
            return Verdict.UNMEASURED
        lit = self.lighting is None or Difference(*self.lighting[:2]).keeps_to(self.lighting.allowed)
        return Verdict.FAITHFUL if lit and self.product.keeps_to(self.limits) else Verdict.NOT_FAITHFUL

    def to_json(self) -> dict[str, Any]:
        """Everything but the map, in names and numbers of JSON."""
        return {
            "verdict": self.verdict.value,
            "unit": "CIEDE2000",
            "product": self.product._asdict(),
            "label": self.label._asdict() | {"places": [place._asdict() for place in self.labels]},
            "allowed": self.limits._asdict(),
            "measured": self.measured,
            "worst": self.worst._asdict() if self.worst else None,
            "lighting": self.lighting._asdict() | {"allowed": self.lighting.allowed._asdict()}
            if self.lighting
            else None,
        }


class NotFaithful(AfficheError):
    """The finished product has other colours or other details than its source; ``receipt`` says where."""

    code: ClassVar[str] = "not_faithful"

    def __init__(self, receipt: Receipt) -> None:
        found, limits = receipt.product, receipt.limits
        if found.keeps_to(limits) and receipt.lighting is not None:
            found, limits = Difference(*receipt.lighting[:2]), receipt.lighting.allowed
        super().__init__(
            f"The product would not look as in the photo: colours differ by {found.mean:.1f} on average and by "
            f"{found.most:.1f} at most (CIEDE2000; allowed {limits.mean:g} and {limits.most:g})."
        )
        self.receipt = receipt
