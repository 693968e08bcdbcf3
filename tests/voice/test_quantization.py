"""Int8 matrices: near the float ones, exact where they can be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pandemonium.voice.quantization import LARGEST, QuantizedMatrix, quantize

matrices = hnp.arrays(
    np.float32, hnp.array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.floats(-8, 8, width=32)
)


@given(matrices)
def test_no_worse_than_plain_rounding(matrix: np.ndarray) -> None:
    quantized = quantize(matrix)
    assert quantized.values.dtype == np.int8
    assert np.abs(quantized.values.astype(int)).max() <= LARGEST
    plain = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-12) / LARGEST
    loss = np.square(np.rint(matrix / plain) * plain - matrix, dtype=np.float64).sum(axis=1)
    assert (np.square(quantized.dequantize() - matrix, dtype=np.float64).sum(axis=1) <= loss * 1.001 + 1e-9).all()


@given(
    hnp.arrays(np.int8, (5, 7), elements=st.integers(-127, 127)),
    hnp.arrays(np.float32, 5, elements=st.floats(2**-9, 4, width=32)),
)
def test_what_was_quantized_once_hardly_changes_again(values: np.ndarray, scales: np.ndarray) -> None:
    values[:, 0] = LARGEST
    matrix = QuantizedMatrix(values, scales).dequantize()
    np.testing.assert_allclose(quantize(matrix).dequantize(), matrix, rtol=1e-5, atol=1e-6)


def test_rows_are_those_of_the_whole() -> None:
    matrix = quantize(np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32))
    indices = np.array([[3, 0], [8, 3]])
    np.testing.assert_array_equal(matrix.rows(indices), matrix.dequantize()[indices])


def test_a_row_of_zeros_stays_zero() -> None:
    assert not quantize(np.zeros((2, 3), dtype=np.float32)).dequantize().any()
