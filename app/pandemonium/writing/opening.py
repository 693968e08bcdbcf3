"""Opens a voice on a device."""

from __future__ import annotations

from pandemonium.errors import DeviceError
from pandemonium.voice.file import Voice
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.runtime import Runtime


def open_runtime(voice: Voice, device: str = "auto", threads: int = 0) -> Runtime:
    """Opens `voice` on "cpu", "gpu" or "auto" (the CPU: at one word at a time it is the faster of the two).

    Args:
        voice: what to run.
        device: as above.
        threads: of the CPU; 0 takes one for each physical core.

    Raises:
        DeviceError: there is no such device here.
    """
    if device == "gpu":
        try:
            from pandemonium.writing.gpu_runtime import GpuRuntime
        except ImportError as error:
            raise DeviceError("Writing on the GPU needs PyTorch, which is not installed.", "Choose the CPU.") from error
        return GpuRuntime(voice)
    if device not in ("auto", "cpu"):
        raise DeviceError(f"There is no device '{device}'.", "Choose auto, cpu or gpu.")
    return CpuRuntime(voice, threads)
