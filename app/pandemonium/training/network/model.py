"""The LSTM language model in torch, on one page."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from pandemonium.voice.architecture import Architecture

State = list[tuple[Tensor, Tensor]]


def layer_weights(layer: nn.Module) -> tuple[nn.Parameter, nn.Parameter, nn.Parameter]:
    """What learns of an `nn.LSTM`: input [4 * hidden, n], recurrent [4 * hidden, hidden] and bias [4 * hidden]."""
    return layer.get_parameter("weight_ih_l0"), layer.get_parameter("weight_hh_l0"), layer.get_parameter("bias_ih_l0")


class LanguageModel(nn.Module):
    """Embedding, LSTM layers with locked dropout between them, projection; the output layer is the embedding.

    One `nn.LSTM` a layer keeps each on the fused kernels (oneDNN, cuDNN) while the dropout between them is
    ours: one mask for a whole window (variational dropout, Gal and Ghahramani 2016).
    """

    def __init__(self, architecture: Architecture, dropout: float = 0.0) -> None:
        super().__init__()
        self.architecture = architecture
        self.dropout = dropout
        a = architecture
        self.embedding = nn.Embedding(a.vocabulary, a.embedding)
        self.lstm = nn.ModuleList(nn.LSTM(a.layer_input(i), a.hidden) for i in range(a.layers))
        self.projection = nn.Linear(a.hidden, a.embedding)
        self.output_bias = nn.Parameter(torch.zeros(a.vocabulary))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Orthogonal recurrent blocks, scaled uniform inputs, forget-gate bias 1 (Jozefowicz 2015)."""
        nn.init.normal_(self.embedding.weight, std=0.05)
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
        nn.init.xavier_uniform_(self.projection.weight)
        nn.init.zeros_(self.projection.bias)

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
        x = self._drop(self.embedding(tokens))  # [time, batch, embedding]
        after: State = []
        for layer, (h, c) in zip(self.lstm, state, strict=True):
            x, (h, c) = layer(x, (h.to(x.dtype), c.to(x.dtype)))
            x = self._drop(x)  # [time, batch, hidden]
            after.append((h.detach(), c.detach()))
        return self._drop(self.projection(x)), after  # [time, batch, embedding]

    def logits(self, features: Tensor) -> Tensor:
        """Gives the logits [..., vocabulary] of what `forward` returned, [..., embedding]."""
        return torch.nn.functional.linear(features, self.embedding.weight, self.output_bias)

    def _drop(self, x: Tensor) -> Tensor:
        if not self.training or self.dropout <= 0:
            return x
        keep = 1.0 - self.dropout
        mask = torch.empty(1, *x.shape[1:], device=x.device, dtype=x.dtype).bernoulli_(keep).div_(keep)
        return x * mask

    def tensors(self) -> dict[str, Tensor]:
        """The weights by the names of `Architecture.shapes`."""
        named: dict[str, Tensor] = {"embedding": self.embedding.weight}
        for i, layer in enumerate(self.lstm):
            named[f"lstm.{i}.input"], named[f"lstm.{i}.recurrent"], named[f"lstm.{i}.bias"] = layer_weights(layer)
        named["projection"] = self.projection.weight
        named["projection.bias"] = self.projection.bias
        named["output.bias"] = self.output_bias
        return named

    def load_tensors(self, tensors: dict[str, Tensor]) -> None:
        """Takes over weights named as in `tensors()`."""
        with torch.no_grad():
            for name, own in self.tensors().items():
                own.copy_(tensors[name])
