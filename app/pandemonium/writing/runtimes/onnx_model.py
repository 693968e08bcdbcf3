"""Writes ONNX models: nodes and constants into the bytes that ONNX Runtime opens.

The `onnx` package would do the same; importing it takes longer than opening a voice does, and its messages hold each
weight three times over while a model is built. The numbers of the fields are those of onnx.proto3, which never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

IR_VERSION = 9
OPSETS = {"": 17, "com.microsoft": 1}
FLOAT = 1  # TensorProto.FLOAT
DOUBLE = 11
_TYPES = {
    np.dtype(np.float32): FLOAT,
    np.dtype(np.uint8): 2,
    np.dtype(np.int8): 3,
    np.dtype(np.int64): 7,
    np.dtype(np.float64): DOUBLE,
}
_EXTERNAL = 1  # TensorProto.EXTERNAL
_VARINT = 0  # wire types
_BYTES = 2

Parts = list[bytes]
"""A message in the order of its bytes; they are put together once, since weights are many megabytes."""


@dataclass(frozen=True)
class Graph:
    """A whole graph, as `GraphBuilder.graph` gives it."""

    parts: Parts


Attribute = int | Sequence[int] | Graph


@dataclass(frozen=True)
class Value:
    """A graph's input or output: float32, with a name for each dimension that is known only when it runs."""

    name: str
    shape: Sequence[int | str]


class GraphBuilder:
    """Takes nodes and constants in the order in which they run, and gives the graph."""

    def __init__(self) -> None:
        self._nodes: Parts = []
        self._constants: dict[str, Parts] = {}

    def node(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **attributes: Attribute
    ) -> None:
        """Adds an operator, with the names of the values that it reads and gives."""
        message = [
            *_joined(_text(1, name) for name in inputs),
            *_joined(_text(2, name) for name in outputs),
            *_text(4, kind),
            *_joined(_field(5, _attribute(name, value)) for name, value in attributes.items()),
            *_text(7, domain),
        ]
        self._nodes += _field(1, message)

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Adds a constant of the shape and the type of `values`, or keeps the one of this name; gives the name back."""
        if name not in self._constants:
            data = np.ascontiguousarray(values).tobytes()
            self._constants[name] = [*_tensor(name, values.dtype, values.shape), *_field(9, [data])]
        return name

    def outside(self, name: str, values: NDArray[np.generic], file: str) -> str:
        """Adds a constant whose bytes are those of `file`, and not part of the model."""
        entries = {"location": file, "offset": "0", "length": str(values.nbytes)}
        where = _joined(_field(13, [*_text(1, key), *_text(2, value)]) for key, value in entries.items())
        self._constants[name] = [*_tensor(name, values.dtype, values.shape), *where, *_number(14, _EXTERNAL)]
        return name

    def graph(self, name: str, inputs: Iterable[Value], outputs: Iterable[Value]) -> Graph:
        """Gives the graph, for an attribute."""
        parts = [
            *self._nodes,
            *_text(2, name),
            *_joined(_field(5, constant) for constant in self._constants.values()),
            *_joined(_field(11, _value(each)) for each in inputs),
            *_joined(_field(12, _value(each)) for each in outputs),
        ]
        return Graph(parts)

    def model(self, name: str, inputs: Iterable[Value], outputs: Iterable[Value]) -> bytes:
        """Gives the model, for a file or a session."""
        opsets = (_field(8, [*_text(1, domain), *_number(2, version)]) for domain, version in OPSETS.items())
        graph = _field(7, self.graph(name, inputs, outputs).parts)
        return b"".join([*_number(1, IR_VERSION), *_joined(opsets), *graph])


def _tensor(name: str, kind: np.dtype[np.generic], shape: Sequence[int]) -> Parts:
    return [*_joined(_number(1, size) for size in shape), *_number(2, _TYPES[kind]), *_text(8, name)]


def _value(value: Value) -> Parts:
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in value.shape)
    shape = _joined(_field(1, size) for size in sizes)
    return [*_text(1, value.name), *_field(2, _field(1, [*_number(1, FLOAT), *_field(2, shape)]))]


def _attribute(name: str, value: Attribute) -> Parts:
    if isinstance(value, Graph):
        return [*_text(1, name), *_field(6, value.parts), *_number(20, 5)]
    if isinstance(value, int):
        return [*_text(1, name), *_number(3, value), *_number(20, 2)]
    return [*_text(1, name), *_joined(_number(8, each) for each in value), *_number(20, 7)]


def _joined(messages: Iterable[Parts]) -> Parts:
    return list(chain.from_iterable(messages))


def _text(field: int, text: str) -> Parts:
    return _field(field, [text.encode()])


def _field(field: int, parts: Parts) -> Parts:
    return [_varint(field << 3 | _BYTES), _varint(sum(map(len, parts))), *parts]


def _number(field: int, number: int) -> Parts:
    return [_varint(field << 3 | _VARINT), _varint(number)]


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; negative numbers as in two's complement of 64 bits."""
    number &= (1 << 64) - 1
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)
