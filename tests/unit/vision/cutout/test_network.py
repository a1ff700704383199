# SPDX-License-Identifier: Apache-2.0
"""Networks from a file: a tiny one that finds red, and files that are none."""

from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from affiche.vision.cutout import State, UnknownForeground, cut_out
from affiche.vision.cutout.network import NetworkCutter, UnusableModel

Pixels = NDArray[np.uint8]


def network(
    path: Path,
    side: int | str = 320,
    channels: int = 3,
    outputs: int = 1,
    activation: str = "Sigmoid",
    weights: tuple[float, ...] = (10.0, -10.0, -10.0),
    bias: float = 0.0,
) -> Path:
    """A 1x1 convolution of the picture's planes: with the default weights red is inside and everything else outside."""
    kernel = np.resize(np.array(weights, np.float32), (outputs, channels, 1, 1)).astype(np.float32)
    nodes = [helper.make_node("Conv", ["picture", "kernel", "bias"], ["raw"])]
    if activation:
        nodes.append(helper.make_node(activation, ["raw"], ["map"]))
    graph = helper.make_graph(
        nodes,
        "red",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, channels, side, side])],
        [helper.make_tensor_value_info("map" if activation else "raw", TensorProto.FLOAT, [1, outputs, side, side])],
        [
            numpy_helper.from_array(kernel, "kernel"),
            numpy_helper.from_array(np.full(outputs, bias, np.float32), "bias"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(path))
    return path


@pytest.fixture
def disc() -> Pixels:
    picture = np.full((400, 500, 3), (60, 120, 90), np.uint8)
    cv2.circle(picture, (250, 200), 90, (220, 30, 40), -1, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize("name", ["u2netp.onnx", "isnet-general-use.onnx", "BiRefNet-lite.onnx"])
@pytest.mark.parametrize("activation", ["Sigmoid", ""])
def test_each_family_cuts_what_the_network_marks(tmp_path: Path, disc: Pixels, name: str, activation: str) -> None:
    cutter = NetworkCutter.open(network(tmp_path / name, side=320 if "u2" in name else 1024, activation=activation))
    found = cut_out(np.dstack([disc, np.full(disc.shape[:2], 255, np.uint8)]), cutter)
    true = np.zeros(disc.shape[:2], np.uint8)
    cv2.circle(true, (250, 200), 90, 255, -1)
    inside = found.pixels[..., 3] > 127
    assert (inside & (true > 0)).sum() / (inside | (true > 0)).sum() > 0.98
    assert found.state is State.OK
    edge = found.pixels[(found.pixels[..., 3] > 60) & (found.pixels[..., 3] < 200)]
    assert np.abs(edge[:, :3].astype(int) - (220, 30, 40)).mean() < 12, "edges are unmixed as the built-in cutter's are"


def test_a_model_of_free_size_gets_the_family_s(tmp_path: Path, disc: Pixels) -> None:
    cutter = NetworkCutter.open(network(tmp_path / "model.onnx", side="side"), family="u2net")
    assert cutter.cut(disc).state is State.OK


def test_a_photo_in_which_the_network_sees_nothing_is_refused(tmp_path: Path) -> None:
    cutter = NetworkCutter.open(network(tmp_path / "u2net.onnx"))
    green = np.full((300, 300, 3), (40, 160, 60), np.uint8)
    green[:, 150:] = (30, 90, 40)
    with pytest.raises(UnknownForeground):
        cutter.cut(green)


def test_a_blank_picture_is_refused_whatever_the_network_says(tmp_path: Path) -> None:
    cutter = NetworkCutter.open(network(tmp_path / "u2net.onnx", bias=20.0))
    with pytest.raises(UnknownForeground, match="blank"):
        cutter.cut(np.full((300, 300, 3), 200, np.uint8))


def test_the_family_must_be_known(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="u2net, isnet, birefnet"):
        NetworkCutter.open(network(tmp_path / "model.onnx"))


def test_files_that_are_no_cut_out_model_are_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnusableModel, match="There is no"):
        NetworkCutter.open(tmp_path / "u2net.onnx")
    junk = tmp_path / "u2net-junk.onnx"
    junk.write_bytes(b"not a model" * 100)
    with pytest.raises(UnusableModel, match="no ONNX model"):
        NetworkCutter.open(junk)
    with pytest.raises(UnusableModel, match="one float picture"):
        NetworkCutter.open(network(tmp_path / "u2net-grey.onnx", channels=1))
    with pytest.raises(UnusableModel, match="expected a square"):
        NetworkCutter.open(network(tmp_path / "u2net-small.onnx", side=8))
    monkeypatch.setattr("affiche.vision.cutout.network.MAX_MODEL_BYTES", 100)
    with pytest.raises(UnusableModel, match="more than"):
        NetworkCutter.open(network(tmp_path / "u2net-large.onnx"))


def test_an_answer_of_another_shape_or_without_numbers_is_told(tmp_path: Path, disc: Pixels) -> None:
    several = NetworkCutter.open(network(tmp_path / "u2net-two.onnx", outputs=2))
    with pytest.raises(UnusableModel, match="shape"):
        several.cut(disc)
    broken = NetworkCutter.open(network(tmp_path / "u2net-nan.onnx", bias=float("nan")))
    with pytest.raises(UnusableModel, match="finite"):
        broken.cut(disc)
