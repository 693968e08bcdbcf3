"""The CPU runtime: a voice's int8 weights in ONNX Runtime, one call for a long text or for one step."""

from __future__ import annotations

import os

import numpy as np
import onnxruntime

from pandemonium.voice.file import Voice
from pandemonium.writing.graph import build_head, build_layers, state_names
from pandemonium.writing.runtime import Device, Floats, Ids


def physical_cores() -> int:
    """Processor cores that this process may use, hyper-threads counted once."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        import psutil

        return max(1, min(available, psutil.cpu_count(logical=False) or available))
    except ImportError:
        return max(1, available)


class CpuRuntime:
    """`runtime.Runtime` on ONNX Runtime."""

    device: Device = "cpu"

    def __init__(self, voice: Voice, threads: int = 0) -> None:
        self.architecture = voice.architecture
        self._embedding = voice.matrices["embedding"]
        self._states = state_names(voice.architecture.layers)
        self._outputs = ["y", *(f"{name}_out" for name in self._states)]
        self._layers = _session(build_layers(voice), threads)
        self._head = _session(build_head(voice), threads)

    def zero_state(self, batch: int = 1) -> Floats:
        """See `Runtime.zero_state`."""
        return np.zeros((len(self._states), batch, self.architecture.hidden), dtype=np.float32)

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        feeds = {"x": self._embedding.rows(tokens)}
        for i, name in enumerate(self._states):
            feeds[name] = state[i : i + 1]
        hidden, *after = self._layers.run(self._outputs, feeds)
        return hidden, np.concatenate(after)

    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`."""
        result: Floats = self._head.run(["logits"], {"y": hidden})[0]
        return result


def _session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or physical_cores()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads sleep instead of spinning: the writer's fan stays off between two words.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
