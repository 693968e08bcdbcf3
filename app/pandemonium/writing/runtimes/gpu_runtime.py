"""The GPU runtime: the same voice file, widened on loading and run by torch.

At one word at a time an LSTM on a GPU is bound by kernel launches, so the single step is captured in a CUDA
graph that copies its state in place; reading a long text goes through cuDNN. On torch's CPU device the same
code runs without capture, which is how it is tested where there is no GPU.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from pandemonium.errors import DeviceError
from pandemonium.voice.architecture import Architecture, ResidualArchitecture
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.runtime import Device, Floats, Ids

Lstm = Callable[[int, str, Tensor], Tensor]
"""Runs the LSTM of a layer, with the name of its weights, over [..., width]; gives [..., hidden]."""


class GpuRuntime:
    """`runtime.Runtime` on torch."""

    device: Device = "gpu"
    beside: None = None

    def __init__(self, voice: Voice, torch_device: str = "cuda") -> None:
        """Widens the voice's weights onto the device.

        Args:
            voice: what to run.
            torch_device: "cuda", or "cpu" to run the same code without a GPU.

        Raises:
            DeviceError: torch sees no GPU, or the voice does not fit into its memory.
        """
        if torch_device == "cuda" and not torch.cuda.is_available():
            raise DeviceError("No GPU that PyTorch can use was found.", "Choose the CPU.")
        self.architecture = voice.architecture
        self._torch_device = torch.device(torch_device)
        self._dtype = torch.float16 if torch_device == "cuda" else torch.float32
        self._steps: dict[int, _Step] = {}
        try:
            weights = {
                n: torch.from_numpy(w).to(self._torch_device, self._dtype) for n, w in voice.dequantize().items()
            }
            self._weights = weights
            self._layers = [self._layer(name) for name in lstm_names(self.architecture)]
        except torch.OutOfMemoryError as error:
            raise DeviceError("The GPU has no room for this voice.", "Choose the CPU.") from error

    def zero_state(self, batch: int = 1) -> Floats:
        """See `Runtime.zero_state`."""
        return np.zeros((2 * self.architecture.layers, batch, self.architecture.hidden), dtype=np.float32)

    @torch.inference_mode()
    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        try:
            moved = torch.from_numpy(state).to(self._torch_device, self._dtype)
            ids = torch.from_numpy(tokens).to(self._torch_device)
            outputs, after = self._step(ids, moved) if len(tokens) == 1 else self._sequence(ids, moved)
            return outputs.float().cpu().numpy(), after.float().cpu().numpy()
        except RuntimeError as error:
            raise DeviceError("The GPU gave up.", "Go on with the CPU.") from error

    @torch.inference_mode()
    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`."""
        w = self._weights
        try:
            rows = torch.from_numpy(hidden).to(self._torch_device)
            if isinstance(self.architecture, ResidualArchitecture):
                rows = normalize(rows, w["norm"])
            features = torch.nn.functional.linear(rows.to(self._dtype), w["projection"], w["projection.bias"])
            scores = torch.nn.functional.linear(features, w["embedding"], w["output.bias"])
            return scores.float().cpu().numpy()
        except RuntimeError as error:
            raise DeviceError("The GPU gave up.", "Go on with the CPU.") from error

    def _layer(self, name: str) -> torch.nn.LSTM:
        """cuDNN's kernel of one LSTM; `self._weights` then names the memory that it uses."""
        w = self._weights
        gates, width = w[f"{name}.input"].shape
        layer = torch.nn.LSTM(width, gates // 4, device=self._torch_device, dtype=self._dtype)
        parts = {"weight_ih_l0": "input", "weight_hh_l0": "recurrent", "bias_ih_l0": "bias"}
        with torch.no_grad():
            for parameter, part in parts.items():
                layer.get_parameter(parameter).copy_(w[f"{name}.{part}"])
            layer.get_parameter("bias_hh_l0").zero_()
        layer.flatten_parameters()
        for parameter, part in parts.items():
            w[f"{name}.{part}"] = layer.get_parameter(parameter).detach()
        return layer.eval()

    def _sequence(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        after: list[Tensor] = []

        def lstm(layer: int, _: str, x: Tensor) -> Tensor:
            h, c = (state[place : place + 1].contiguous() for place in (2 * layer, 2 * layer + 1))
            output: Tensor
            output, ends = self._layers[layer](x, (h, c))
            after.extend(ends)
            return output

        return run_layers(self.architecture, self._weights, ids, lstm), torch.cat(after)

    def _step(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        batch = ids.size(1)
        if batch not in self._steps:
            self._steps[batch] = _Step(self._weights, self.architecture, batch, state)
        return self._steps[batch].run(ids, state)


class _Step:
    """One step for a fixed batch; on CUDA captured once and replayed."""

    def __init__(self, weights: dict[str, Tensor], architecture: Architecture, batch: int, like: Tensor) -> None:
        self._weights = weights
        self._architecture = architecture
        self._ids = torch.zeros(batch, dtype=torch.int64, device=like.device)
        self._state = torch.zeros_like(like)
        # The residual stream is a sum of many small changes: float32 there.
        kind = torch.float32 if isinstance(architecture, ResidualArchitecture) else like.dtype
        self._output = torch.zeros(1, batch, architecture.output_width, dtype=kind, device=like.device)
        self._graph: torch.cuda.CUDAGraph | None = None
        if like.is_cuda:
            self._capture()

    def run(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        self._ids.copy_(ids[0])
        self._state.copy_(state)
        if self._graph is not None:
            self._graph.replay()
        else:
            self._compute()
        return self._output.clone(), self._state.clone()

    def _capture(self) -> None:
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self._compute()
        torch.cuda.current_stream().wait_stream(stream)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._compute()

    def _compute(self) -> None:
        """Moves the state on by one piece, in place."""
        self._output[0].copy_(run_layers(self._architecture, self._weights, self._ids, self._lstm))

    def _lstm(self, layer: int, name: str, x: Tensor) -> Tensor:
        w = self._weights
        h = self._state[2 * layer]
        c = self._state[2 * layer + 1]
        gates = torch.addmm(w[f"{name}.bias"], x, w[f"{name}.input"].t())
        gates = torch.addmm(gates, h, w[f"{name}.recurrent"].t())
        inner, forget, cell, outer = gates.chunk(4, dim=1)
        c.copy_(torch.sigmoid(forget) * c + torch.sigmoid(inner) * torch.tanh(cell))
        h.copy_(torch.sigmoid(outer) * torch.tanh(c))
        return h


def lstm_names(architecture: Architecture) -> list[str]:
    """What the names of each LSTM's weights begin with."""
    name = "block.{}.lstm" if isinstance(architecture, ResidualArchitecture) else "lstm.{}"
    return [name.format(layer) for layer in range(architecture.layers)]


def run_layers(architecture: Architecture, weights: dict[str, Tensor], ids: Tensor, lstm: Lstm) -> Tensor:
    """All layers over `ids` [...]; gives [..., output width]."""
    x = weights["embedding"][ids]
    names = lstm_names(architecture)
    if not isinstance(architecture, ResidualArchitecture):
        for layer, name in enumerate(names):
            x = lstm(layer, name, x)
        return x
    linear = torch.nn.functional.linear
    stream = linear(x, weights["entry"], weights["entry.bias"]).float()
    for layer, name in enumerate(names):
        block = f"block.{layer}"
        read = normalize(stream, weights[f"{name}.norm"])
        stream = stream + linear(lstm(layer, name, read), weights[f"{block}.out"]).float()
        read = normalize(stream, weights[f"{block}.inner.norm"])
        opened = torch.nn.functional.silu(linear(read, weights[f"{block}.gate"]))
        gated = opened * linear(read, weights[f"{block}.up"])
        stream = stream + linear(gated, weights[f"{block}.down"]).float()
    return stream


def normalize(stream: Tensor, gain: Tensor) -> Tensor:
    """RMSNorm of a float32 stream [..., width], in the gain's type."""
    squares = stream.square().mean(dim=-1, keepdim=True)
    return (stream * torch.rsqrt(squares + ResidualArchitecture.EPSILON)).to(gain.dtype) * gain
