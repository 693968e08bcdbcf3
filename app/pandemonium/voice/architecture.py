"""The shape of a voice's network: what the trainer builds and the runtimes rebuild."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import VoiceError
from pandemonium.text.controls import one_line

_MOST_IDS = 1 << 20
_WIDEST = 8192
_DEEPEST = 16
# Outputs of plain LSTM layers are about so long; a residual stream, which is not bounded, is brought to that.
_KEY_LENGTH = 2.1

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Architecture(ABC):
    """An LSTM language model whose output layer shares the embedding's weights.

    Attributes:
        vocabulary: how many ids, the document separator (the last id) included.
        embedding: width of a token's vector; the output layer's input has the same width.
        hidden: width of each LSTM layer's state.
        layers: how many LSTM layers.
    """

    vocabulary: int
    embedding: int
    hidden: int
    layers: int

    kind: ClassVar[str]

    def __post_init__(self) -> None:
        limits = {"vocabulary": (2, _MOST_IDS), "layers": (1, _DEEPEST)}
        for name, value in asdict(self).items():
            low, high = limits.get(name, (1, _WIDEST))
            if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
                said = one_line(repr(value), 40)
                raise VoiceError(f"The voice has an impossible {name}: {said}.", "Ask for the voice file again.")

    @abstractmethod
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each tensor by its name; LSTM gates stand in torch's order (input, forget, cell, output)."""

    @property
    @abstractmethod
    def output_width(self) -> int:
        """The width of what the layers give, and the output layer reads."""

    @property
    def lead(self) -> Architecture:
        """The network whose outputs stand first: itself, unless several write together."""
        return self

    def keys(self, outputs: Floats) -> Floats:
        """The network's outputs [..., output_width] as keys of a memory, which are all about as long."""
        return outputs

    @property
    def weights(self) -> int:
        """How many weights the network has, biases included."""
        return sum(math.prod(shape) for shape in self.shapes().values())

    def to_dict(self) -> dict[str, Any]:
        """The fields, for the voice file; `Architecture.from_dict` reads them."""
        return {"kind": self.kind, **asdict(self)}

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> Architecture:
        """Reads what `to_dict` gave; without a kind it is plain, as in the files of the first versions.

        Raises:
            VoiceError: the kind is unknown, or a field is impossible.
            TypeError: a field is missing, or one too many.
        """
        fields = dict(values)
        kind = fields.pop("kind", PlainArchitecture.kind)
        for known in (PlainArchitecture, ResidualArchitecture):
            if known.kind == kind:
                return known(**fields)
        said = one_line(repr(kind), 40)
        raise VoiceError(f"The voice has a network of an unknown kind: {said}.", "Update the program.")


@dataclass(frozen=True)
class PlainArchitecture(Architecture):
    """LSTM layers one upon the other, as in the tutorials."""

    kind: ClassVar[str] = "plain"

    def layer_input(self, layer: int) -> int:
        """The width of what `layer` (from 0) reads."""
        return self.embedding if layer == 0 else self.hidden

    @property
    def output_width(self) -> int:
        """The top layer's."""
        return self.hidden

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """See `Architecture.shapes`."""
        gates = 4 * self.hidden
        shapes: dict[str, tuple[int, ...]] = {"embedding": (self.vocabulary, self.embedding)}
        for i in range(self.layers):
            shapes[f"lstm.{i}.input"] = (gates, self.layer_input(i))
            shapes[f"lstm.{i}.recurrent"] = (gates, self.hidden)
            shapes[f"lstm.{i}.bias"] = (gates,)
        shapes["projection"] = (self.embedding, self.hidden)
        shapes["projection.bias"] = (self.embedding,)
        shapes["output.bias"] = (self.vocabulary,)
        return shapes


@dataclass(frozen=True)
class ResidualArchitecture(Architecture):
    """LSTM blocks on a residual stream, with pre-normalisation (after xLSTM, Beck et al. 2024, arXiv:2405.04517).

    With rms(x) = x / sqrt(mean(x^2) + EPSILON), each vector times its gain:

        h = entry @ embedding[token] + entry.bias
        for each block:
            h += out @ LSTM(lstm.norm * rms(h))
            x = inner.norm * rms(h)
            h += down @ (silu(gate @ x) * (up @ x))                       # SwiGLU
        logits = embedding @ (projection @ (norm * rms(h)) + projection.bias) + output.bias

    Attributes:
        width: of the residual stream.
        inner: of each block's SwiGLU.
    """

    width: int
    inner: int

    kind: ClassVar[str] = "residual"
    EPSILON: ClassVar[float] = 1e-5

    @property
    def output_width(self) -> int:
        """The residual stream's, before the last norm."""
        return self.width

    def keys(self, outputs: Floats) -> Floats:
        """See `Architecture.keys`; nothing bounds a residual stream, so each output is brought to one length."""
        lengths = np.linalg.norm(outputs, axis=-1, keepdims=True)
        keys: Floats = (outputs * (_KEY_LENGTH / np.maximum(lengths, 1e-6))).astype(np.float32)
        return keys

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """See `Architecture.shapes`."""
        gates = 4 * self.hidden
        shapes: dict[str, tuple[int, ...]] = {
            "embedding": (self.vocabulary, self.embedding),
            "entry": (self.width, self.embedding),
            "entry.bias": (self.width,),
        }
        for i in range(self.layers):
            shapes[f"block.{i}.lstm.norm"] = (self.width,)
            shapes[f"block.{i}.lstm.input"] = (gates, self.width)
            shapes[f"block.{i}.lstm.recurrent"] = (gates, self.hidden)
            shapes[f"block.{i}.lstm.bias"] = (gates,)
            shapes[f"block.{i}.out"] = (self.width, self.hidden)
            shapes[f"block.{i}.inner.norm"] = (self.width,)
            shapes[f"block.{i}.gate"] = (self.inner, self.width)
            shapes[f"block.{i}.up"] = (self.inner, self.width)
            shapes[f"block.{i}.down"] = (self.width, self.inner)
        shapes["norm"] = (self.width,)
        shapes["projection"] = (self.embedding, self.width)
        shapes["projection.bias"] = (self.embedding,)
        shapes["output.bias"] = (self.vocabulary,)
        return shapes
