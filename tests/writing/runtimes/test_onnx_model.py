"""ONNX models written by hand: the `onnx` package reads in them what was said."""

from __future__ import annotations

import numpy as np
import onnx
from hypothesis import given
from hypothesis import strategies as st
from onnx import numpy_helper

from pandemonium.writing.runtimes.onnx_model import GraphBuilder, Value


@given(st.integers(-(2**63), 2**63 - 1), st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1), st.text(max_size=200))
def test_says_what_it_was_told(number: int, numbers: list[int], text: str) -> None:
    graph = GraphBuilder()
    graph.node("Kind", ["x", ""], ["y"], domain=text, number=number, numbers=numbers)
    node = onnx.load_from_string(graph.model("g", [], [])).graph.node[0]
    assert (node.op_type, list(node.input), list(node.output), node.domain) == ("Kind", ["x", ""], ["y"], text)
    attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
    assert attributes == {"number": number, "numbers": numbers}


def test_holds_constants_of_every_type_and_those_that_lie_outside() -> None:
    values = [np.arange(300).reshape(2, 150).astype(kind) for kind in (np.float32, np.int8, np.uint8, np.int64)]
    values += [np.array(2.5), np.zeros((0, 3), dtype=np.float32)]
    graph = GraphBuilder()
    for i, each in enumerate(values):
        assert graph.constant(f"c{i}", each) == f"c{i}"
    graph.constant("c0", np.zeros(3))  # has its value already
    graph.outside("far", np.zeros((4, 5), dtype=np.int8), "weights.bin")
    *near, far = onnx.load_from_string(graph.model("g", [], [])).graph.initializer
    assert [each.name for each in near] == [f"c{i}" for i in range(len(values))]
    for found, expected in zip(near, values, strict=True):
        np.testing.assert_array_equal(numpy_helper.to_array(found), expected)
        assert numpy_helper.to_array(found).dtype == expected.dtype
    where = {each.key: each.value for each in far.external_data}
    assert where == {"location": "weights.bin", "offset": "0", "length": "20"}
    assert list(far.dims) == [4, 5]


def test_a_sound_model_with_a_body() -> None:
    body = GraphBuilder()
    body.node("Add", ["sum", "each"], ["next"])
    body.node("Identity", ["next"], ["row"])
    rows = body.graph("body", [Value("sum", [3]), Value("each", [3])], [Value("next", [3]), Value("row", [3])])
    graph = GraphBuilder()
    graph.node("Scan", ["zero", "x"], ["last", "y"], body=rows, num_scan_inputs=1)
    graph.constant("zero", np.zeros(3, dtype=np.float32))
    model = onnx.load_from_string(graph.model("g", [Value("x", ["time", 3])], [Value("y", ["time", 3])]))
    onnx.checker.check_model(model, full_check=True)
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "time"
