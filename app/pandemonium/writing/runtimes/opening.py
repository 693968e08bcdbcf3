"""Opens a voice on a device."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

import numpy as np

from pandemonium.errors import DeviceError
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.devices import available_devices
from pandemonium.writing.runtimes.falling_back import FallingBackRuntime
from pandemonium.writing.runtimes.mixed_runtime import MixedRuntime, check_mixable
from pandemonium.writing.runtimes.runtime import Runtime

_STEPS = 15


def open_runtime(voice: Voice, device: str = "auto", threads: int = 0) -> Runtime:
    """Opens `voice` on "cpu", "gpu", or "auto": the one on which a step is measured to be faster.

    What runs on the GPU goes on with the CPU, in mid-sentence, when the GPU gives up.

    Args:
        voice: what to run.
        device: as above.
        threads: of the CPU; 0 takes as many as write fastest.

    Raises:
        DeviceError: there is no such device here.
    """
    if device not in ("auto", "cpu", "gpu"):
        raise DeviceError(f"There is no device '{device}'.", "Choose auto, cpu or gpu.")
    if device == "gpu":
        return _open_gpu(voice, threads)
    cpu = CpuRuntime(voice, threads)
    if device == "cpu" or "gpu" not in available_devices():
        return cpu
    try:
        return faster(cpu, _open_gpu(voice, threads))
    except DeviceError:
        return cpu


def open_mixed(voice: Voice, others: Sequence[Voice], device: str = "auto", threads: int = 0) -> Runtime:
    """Opens a voice and those that are mixed in, all on one device.

    Args:
        voice: the first one.
        others: those beside it; with none the runtime is the voice's own.
        device, threads: see `open_runtime`.

    Raises:
        VoiceError: they cannot be mixed.
        DeviceError: there is no such device here.
    """
    check_mixable(voice, others)
    first = open_runtime(voice, device, threads)
    if not others:
        return first
    beside = [open_runtime(other, first.device, threads) for other in others]
    return MixedRuntime([first, *beside], [1.0, *[0.0] * len(others)])


def faster(first: Runtime, second: Runtime) -> Runtime:
    """The one of two runtimes of a voice that takes less time for a step."""
    return second if step_seconds(second) < step_seconds(first) else first


def step_seconds(runtime: Runtime) -> float:
    """How long reading one piece and guessing the next takes, in seconds: the median of a few."""
    token = np.array([[1]], dtype=np.int64)
    state = runtime.zero_state()
    times = []
    for _ in range(_STEPS + 3):
        started = time.perf_counter()
        hidden, state = runtime.read(token, state)
        runtime.logits(hidden[0])
        times.append(time.perf_counter() - started)
    return statistics.median(times[3:])


def _open_gpu(voice: Voice, threads: int) -> Runtime:
    try:
        from pandemonium.writing.runtimes.gpu_runtime import GpuRuntime
    except ImportError as error:
        raise DeviceError("Writing on the GPU needs PyTorch, which is not installed.", "Choose the CPU.") from error
    return FallingBackRuntime(GpuRuntime(voice), lambda: CpuRuntime(voice, threads))
