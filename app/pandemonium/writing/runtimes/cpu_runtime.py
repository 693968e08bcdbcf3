"""The CPU runtime: a voice's int8 weights in ONNX Runtime, one call for a long text or for one step."""

from __future__ import annotations

import os
from functools import cache

import numpy as np
import onnxruntime

from pandemonium.voice.file import Voice
from pandemonium.voice.quantization import LARGEST, QuantizedMatrix
from pandemonium.writing.runtimes.graph import DeskGraph, head_graph, layers_graph, product_graph
from pandemonium.writing.runtimes.reading_thread import ReadingThread
from pandemonium.writing.runtimes.runtime import Device, Floats, Ids

_ONE_THREAD_BYTES = 24 << 20
_BESIDE_BYTES = 4 << 20  # a network of less has read before another thread is awake


def physical_cores() -> int:
    """Processor cores that this process may use, hyper-threads counted once."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        import psutil

        return max(1, min(available, psutil.cpu_count(logical=False) or available))
    except ImportError:
        return max(1, available)


def best_threads(voice: Voice) -> int:
    """How many threads write fastest: one while the weights fit into a core's share of the caches, else every core.

    A step of a small voice takes less time than waking another thread does, and where other programs are at work
    that thread is waited for.
    """
    return 1 if _weights(voice) <= _ONE_THREAD_BYTES else physical_cores()


def _weights(voice: Voice) -> int:
    """Bytes of a voice's matrices."""
    return sum(matrix.values.nbytes for matrix in voice.matrices.values())


@cache
def cuts_products_off() -> bool:
    """Tells, by trying, whether this processor's products of uint8 and int8 are cut off at 16 bits (no VNNI)."""
    matrix = QuantizedMatrix(np.full((16, 64), LARGEST, dtype=np.int8), np.ones(16, dtype=np.float32))
    found = open_session(product_graph(DeskGraph(), matrix), 1).run(["y"], {"x": np.ones((1, 64), dtype=np.float32)})[0]
    return not np.allclose(found, 64 * LARGEST, rtol=1e-3)


class CpuRuntime:
    """`runtime.Runtime` on ONNX Runtime."""

    device: Device = "cpu"

    def __init__(self, voice: Voice, threads: int = 0) -> None:
        """Opens a voice.

        Args:
            voice: to run.
            threads: of the processor, the caller's own among them; 0 takes as many as write fastest.
        """
        self.architecture = voice.architecture
        self._embedding = voice.matrices["embedding"]
        cores = threads or physical_cores()
        threads = threads or best_threads(voice)
        is_worth_it = threads < cores and _weights(voice) >= _BESIDE_BYTES
        self.beside = ReadingThread() if is_worth_it else None
        unsigned = cuts_products_off()
        self._layers = open_session(layers_graph(DeskGraph(unsigned=unsigned), voice), threads)
        self._head = open_session(head_graph(DeskGraph(unsigned=unsigned), voice), threads)

    def zero_state(self, batch: int = 1) -> Floats:
        """See `Runtime.zero_state`."""
        return np.zeros((2 * self.architecture.layers, batch, self.architecture.hidden), dtype=np.float32)

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        hidden, after = self._layers.run(["y", "state_out"], {"x": self._embedding.rows(tokens), "state": state})
        return hidden, after

    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`."""
        result: Floats = self._head.run(["logits"], {"y": hidden})[0]
        return result


def open_session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    """Opens a model on `threads` threads, or on every core where it is 0."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or physical_cores()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads sleep instead of spinning: the writer's fan stays off between two words.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
