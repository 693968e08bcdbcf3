"""The GPU runtime: the same voice file, widened on loading and run by torch.

At one word at a time an LSTM on a GPU is bound by kernel launches, so the single step is captured in a CUDA
graph that copies its state in place; reading a long text goes through cuDNN. On torch's CPU device the same
code runs without capture, which is how it is tested where there is no GPU.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from pandemonium.errors import DeviceError
from pandemonium.voice.file import Voice
from pandemonium.writing.runtime import Device, Floats, Ids


class GpuRuntime:
    """`runtime.Runtime` on torch."""

    device: Device = "gpu"

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
            self._layers = [self._layer(i) for i in range(self.architecture.layers)]
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
            rows = torch.from_numpy(hidden).to(self._torch_device, self._dtype)
            features = torch.nn.functional.linear(rows, w["projection"], w["projection.bias"])
            scores = torch.nn.functional.linear(features, w["embedding"], w["output.bias"])
            return scores.float().cpu().numpy()
        except RuntimeError as error:
            raise DeviceError("The GPU gave up.", "Go on with the CPU.") from error

    def _layer(self, index: int) -> torch.nn.LSTM:
        a = self.architecture
        layer = torch.nn.LSTM(a.layer_input(index), a.hidden, device=self._torch_device, dtype=self._dtype)
        with torch.no_grad():
            layer.get_parameter("weight_ih_l0").copy_(self._weights[f"lstm.{index}.input"])
            layer.get_parameter("weight_hh_l0").copy_(self._weights[f"lstm.{index}.recurrent"])
            layer.get_parameter("bias_ih_l0").copy_(self._weights[f"lstm.{index}.bias"])
            layer.get_parameter("bias_hh_l0").zero_()
        layer.flatten_parameters()
        return layer.eval()

    def _sequence(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        flow = self._weights["embedding"][ids]  # [time, batch, embedding]
        after: list[Tensor] = []
        for i, layer in enumerate(self._layers):
            flow, (h, c) = layer(
                flow, (state[2 * i : 2 * i + 1].contiguous(), state[2 * i + 1 : 2 * i + 2].contiguous())
            )
            after += [h, c]
        return flow, torch.cat(after)

    def _step(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        batch = ids.size(1)
        if batch not in self._steps:
            self._steps[batch] = _Step(self._weights, self.architecture.layers, batch, state)
        return self._steps[batch].run(ids, state)


class _Step:
    """One step for a fixed batch; on CUDA captured once and replayed."""

    def __init__(self, weights: dict[str, Tensor], layers: int, batch: int, like: Tensor) -> None:
        self._weights, self._layers = weights, layers
        self._ids = torch.zeros(1, batch, dtype=torch.int64, device=like.device)
        self._state = torch.zeros_like(like)
        self._output = torch.zeros(1, batch, like.size(2), dtype=like.dtype, device=like.device)
        self._graph: torch.cuda.CUDAGraph | None = None
        if like.is_cuda:
            self._capture()

    def run(self, ids: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        self._ids.copy_(ids)
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
        w = self._weights
        flow = w["embedding"][self._ids[0]]  # [batch, embedding]
        for i in range(self._layers):
            h, c = self._state[2 * i], self._state[2 * i + 1]
            gates = torch.addmm(w[f"lstm.{i}.bias"], flow, w[f"lstm.{i}.input"].t())
            gates = torch.addmm(gates, h, w[f"lstm.{i}.recurrent"].t())
            inner, forget, cell, outer = gates.chunk(4, dim=1)
            c.copy_(torch.sigmoid(forget) * c + torch.sigmoid(inner) * torch.tanh(cell))
            h.copy_(torch.sigmoid(outer) * torch.tanh(c))
            flow = h
        self._output[0].copy_(flow)
