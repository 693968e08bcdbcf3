"""The LSTM language models in torch, on one page: plain layers, and blocks on a residual stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from pandemonium.voice.architecture import Architecture, PlainArchitecture, ResidualArchitecture

State = list[tuple[Tensor, Tensor]]


def layer_weights(layer: nn.Module) -> tuple[nn.Parameter, nn.Parameter, nn.Parameter]:
    """What learns of an `nn.LSTM`: input [4 * hidden, n], recurrent [4 * hidden, hidden] and bias [4 * hidden]."""
    return layer.get_parameter("weight_ih_l0"), layer.get_parameter("weight_hh_l0"), layer.get_parameter("bias_ih_l0")


def build_model(architecture: Architecture, dropout: float = 0.0) -> LanguageModel:
    """Gives a new network of the architecture's kind."""
    if isinstance(architecture, PlainArchitecture):
        return PlainModel(architecture, dropout)
    assert isinstance(architecture, ResidualArchitecture)
    return ResidualModel(architecture, dropout)


class LanguageModel(nn.Module, ABC):
    """Embedding, LSTM layers, projection; the output layer is the embedding.

    One `nn.LSTM` a layer keeps each on the fused kernels (oneDNN, cuDNN) while the dropout between them is
    ours: one mask for a whole window (variational dropout, Gal and Ghahramani 2016).

    Attributes:
        dropout: share of each layer's outputs that is left out while it learns.
    """

    def __init__(self, architecture: Architecture, dropout: float, inputs: list[int], projected: int) -> None:
        """Makes what both kinds have.

        Args:
            architecture: the network's shape.
            dropout: see the class.
            inputs: the width of what each LSTM layer reads.
            projected: the width of what the projection reads.
        """
        super().__init__()
        self.architecture = architecture
        self.dropout = dropout
        self.embedding = nn.Embedding(architecture.vocabulary, architecture.embedding)
        self.lstm = nn.ModuleList(nn.LSTM(width, architecture.hidden) for width in inputs)
        self.projection = nn.Linear(projected, architecture.embedding)
        self.output_bias = nn.Parameter(torch.zeros(architecture.vocabulary))
        self._reset_lstm()
        nn.init.normal_(self.embedding.weight, std=0.05)
        nn.init.xavier_uniform_(self.projection.weight)
        nn.init.zeros_(self.projection.bias)

    def _reset_lstm(self) -> None:
        """Orthogonal recurrent blocks, scaled uniform inputs, forget-gate bias 1 (Jozefowicz 2015)."""
        hidden = self.architecture.hidden
        for layer in self.lstm:
            inputs, recurrent, bias = layer_weights(layer)
            nn.init.xavier_uniform_(inputs)
            for gate in range(4):
                nn.init.orthogonal_(recurrent.data[gate * hidden : (gate + 1) * hidden])
            nn.init.zeros_(bias)
            second = layer.get_parameter("bias_hh_l0")
            nn.init.zeros_(second)
            second.requires_grad_(False)  # one bias is enough; the second would double its rate
            bias.data[hidden : 2 * hidden] = 1.0

    def zero_state(self, batch: int) -> State:
        """The state before any text: per layer h and c, [1, batch, hidden]."""
        like = self.embedding.weight
        zeros = like.new_zeros(1, batch, self.architecture.hidden)
        return [(zeros.clone(), zeros.clone()) for _ in range(self.architecture.layers)]

    def forward(self, tokens: Tensor, state: State) -> tuple[Tensor, State]:
        """Reads `tokens` [time, batch] from `state`.

        Returns:
            what the output layer reads, [time, batch, embedding], and the state behind the last token.
        """
        return self._read(self.drop(self.embedding(tokens)), state)

    @abstractmethod
    def _read(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """`forward` behind the embedding, x [time, batch, embedding]."""

    def logits(self, features: Tensor) -> Tensor:
        """Gives the logits [..., vocabulary] of what `forward` returned, [..., embedding]."""
        return F.linear(features, self.embedding.weight, self.output_bias)

    def drop(self, x: Tensor) -> Tensor:
        """Leaves out the same share of `x` [time, batch, n] at every time."""
        if not self.training or self.dropout <= 0:
            return x
        keep = 1.0 - self.dropout
        mask = torch.empty(1, *x.shape[1:], device=x.device, dtype=x.dtype).bernoulli_(keep).div_(keep)
        return x * mask

    @abstractmethod
    def tensors(self) -> dict[str, Tensor]:
        """The weights by the names of `Architecture.shapes`."""

    def layer_of(self, name: str) -> int | None:
        """Which LSTM layer (from 0) a tensor of `tensors` belongs to; None for those around all of them."""
        parts = name.split(".")
        return int(parts[1]) if len(parts) > 2 and parts[1].isdigit() else None

    def load_tensors(self, tensors: Mapping[str, Tensor]) -> None:
        """Takes over weights named and shaped as in `tensors()`."""
        with torch.no_grad():
            for name, own in self.tensors().items():
                own.copy_(tensors[name])

    def load_arrays(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        """Takes over a voice's weights, as `Voice.dequantize` gives them."""
        self.load_tensors({name: torch.from_numpy(values) for name, values in weights.items()})


class PlainModel(LanguageModel):
    """LSTM layers one upon the other."""

    def __init__(self, architecture: PlainArchitecture, dropout: float = 0.0) -> None:
        inputs = [architecture.layer_input(i) for i in range(architecture.layers)]
        super().__init__(architecture, dropout, inputs, architecture.hidden)

    def _read(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = []
        for layer, (h, c) in zip(self.lstm, state, strict=True):
            x, (h, c) = layer(x, (h.to(x.dtype), c.to(x.dtype)))
            x = self.drop(x)  # [time, batch, hidden]
            after.append((h.detach(), c.detach()))
        return self.drop(self.projection(x)), after  # [time, batch, embedding]

    def tensors(self) -> dict[str, Tensor]:
        """See `LanguageModel.tensors`."""
        named: dict[str, Tensor] = {"embedding": self.embedding.weight}
        for i, layer in enumerate(self.lstm):
            named[f"lstm.{i}.input"], named[f"lstm.{i}.recurrent"], named[f"lstm.{i}.bias"] = layer_weights(layer)
        named["projection"] = self.projection.weight
        named["projection.bias"] = self.projection.bias
        named["output.bias"] = self.output_bias
        return named


class ResidualModel(LanguageModel):
    """Blocks of LSTM and SwiGLU on a residual stream; `ResidualArchitecture` has the formulas."""

    def __init__(self, architecture: ResidualArchitecture, dropout: float = 0.0) -> None:
        a = architecture
        super().__init__(a, dropout, [a.width] * a.layers, a.width)
        self.entry = nn.Linear(a.embedding, a.width)
        self.lstm_norm = nn.ParameterList(torch.ones(a.width) for _ in range(a.layers))
        self.out = nn.ModuleList(nn.Linear(a.hidden, a.width, bias=False) for _ in range(a.layers))
        self.inner_norm = nn.ParameterList(torch.ones(a.width) for _ in range(a.layers))
        self.gate = nn.ModuleList(nn.Linear(a.width, a.inner, bias=False) for _ in range(a.layers))
        self.up = nn.ModuleList(nn.Linear(a.width, a.inner, bias=False) for _ in range(a.layers))
        self.down = nn.ModuleList(nn.Linear(a.inner, a.width, bias=False) for _ in range(a.layers))
        self.norm = nn.Parameter(torch.ones(a.width))
        nn.init.orthogonal_(self.entry.weight)
        nn.init.zeros_(self.entry.bias)
        # Each block begins as the identity, so that a deep stream learns from its first step on.
        for last in (*self.out, *self.down):
            nn.init.zeros_(last.get_parameter("weight"))

    def _read(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = []
        stream = self.entry(x)  # [time, batch, width]
        for i, (h, c) in enumerate(state):
            y, (h, c) = self.lstm[i](self._rms(stream, self.lstm_norm[i]), (h.to(stream.dtype), c.to(stream.dtype)))
            stream = stream + self.drop(self.out[i](y))
            x = self._rms(stream, self.inner_norm[i])
            stream = stream + self.drop(self.down[i](F.silu(self.gate[i](x)) * self.up[i](x)))
            after.append((h.detach(), c.detach()))
        return self.drop(self.projection(self._rms(stream, self.norm))), after  # [time, batch, embedding]

    @staticmethod
    def _rms(x: Tensor, gain: Tensor) -> Tensor:
        return F.rms_norm(x, gain.shape, gain.to(x.dtype), ResidualArchitecture.EPSILON)

    def tensors(self) -> dict[str, Tensor]:
        """See `LanguageModel.tensors`."""
        named: dict[str, Tensor] = {
            "embedding": self.embedding.weight,
            "entry": self.entry.weight,
            "entry.bias": self.entry.bias,
        }
        for i, layer in enumerate(self.lstm):
            inputs, recurrent, bias = layer_weights(layer)
            named[f"block.{i}.lstm.norm"] = self.lstm_norm[i]
            named[f"block.{i}.lstm.input"] = inputs
            named[f"block.{i}.lstm.recurrent"] = recurrent
            named[f"block.{i}.lstm.bias"] = bias
            named[f"block.{i}.out"] = self.out[i].get_parameter("weight")
            named[f"block.{i}.inner.norm"] = self.inner_norm[i]
            named[f"block.{i}.gate"] = self.gate[i].get_parameter("weight")
            named[f"block.{i}.up"] = self.up[i].get_parameter("weight")
            named[f"block.{i}.down"] = self.down[i].get_parameter("weight")
        named["norm"] = self.norm
        named["projection"] = self.projection.weight
        named["projection.bias"] = self.projection.bias
        named["output.bias"] = self.output_bias
        return named
