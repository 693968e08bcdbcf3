"""Int8 weights with one scale a row: the type that a voice's matrices have in its file and in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST = 127


@dataclass(frozen=True)
class QuantizedMatrix:
    """A matrix as int8 values times one float32 scale for each row.

    Attributes:
        values: int8, [rows, columns], between -127 and 127.
        scales: float32, [rows].
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def dequantize(self) -> NDArray[np.float32]:
        """The float32 matrix that this stands for, [rows, columns]."""
        return self.values.astype(np.float32) * self.scales[:, None]

    def rows(self, indices: NDArray[np.int64]) -> NDArray[np.float32]:
        """Some rows as float32, [..., columns]."""
        return self.values[indices].astype(np.float32) * self.scales[indices][..., None]


def quantize(matrix: NDArray[np.float32]) -> QuantizedMatrix:
    """Rounds each row of `matrix` [rows, columns] to int8 at the scale that loses least.

    The scale is searched between the row's largest value and three quarters of it: cutting off a rare
    large weight often costs less than coarser steps for all the others.
    """
    matrix = np.ascontiguousarray(matrix, dtype=np.float32)
    largest = np.maximum(np.abs(matrix).max(axis=1), 1e-12)
    best_error = np.full(len(matrix), np.inf, dtype=np.float64)
    best_scale = np.zeros(len(matrix), dtype=np.float32)
    for shrink in np.linspace(1.0, 0.75, 11):
        scale = (largest * shrink / LARGEST).astype(np.float32)
        rounded = np.clip(np.rint(matrix / scale[:, None]), -LARGEST, LARGEST)
        error = np.square(rounded * scale[:, None] - matrix).sum(axis=1, dtype=np.float64)
        better = error < best_error
        best_error[better] = error[better]
        best_scale[better] = scale[better]
    values = np.clip(np.rint(matrix / best_scale[:, None]), -LARGEST, LARGEST).astype(np.int8)
    return QuantizedMatrix(values, best_scale)
