"""The shape of a voice's network: what the trainer builds and the runtimes rebuild."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pandemonium.errors import VoiceError


@dataclass(frozen=True)
class Architecture:
    """A plain multi-layer LSTM language model whose output layer shares the embedding's weights.

    Attributes:
        vocabulary: how many ids, the document separator (the last id) included.
        embedding: width of a piece's vector; the output layer's input has the same width.
        hidden: width of each LSTM layer.
        layers: how many LSTM layers.
    """

    vocabulary: int
    embedding: int
    hidden: int
    layers: int

    def __post_init__(self) -> None:
        limits = {"vocabulary": (2, 1 << 20), "embedding": (1, 8192), "hidden": (1, 8192), "layers": (1, 16)}
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise VoiceError(f"The voice has an impossible {name}: {value!r}.", "Ask for the voice file again.")

    def layer_input(self, layer: int) -> int:
        """The width of what `layer` (from 0) reads."""
        return self.embedding if layer == 0 else self.hidden

    @property
    def weights(self) -> int:
        """How many weights the network has, biases included."""
        gates = 4 * self.hidden
        lstm = sum(gates * (self.layer_input(i) + self.hidden + 1) for i in range(self.layers))
        return self.vocabulary * (self.embedding + 1) + lstm + self.embedding * (self.hidden + 1)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each tensor by its name; LSTM gates stand in torch's order (input, forget, cell, output)."""
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

    def to_dict(self) -> dict[str, int]:
        """The fields, for the voice file."""
        return asdict(self)
