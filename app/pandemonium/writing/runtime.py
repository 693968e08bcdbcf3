"""What every runtime of a voice can do, and how one is opened for a device."""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import DeviceError
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.file import Voice

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]
Device = Literal["cpu", "gpu"]


class Runtime(Protocol):
    """A voice's network, ready to read and to write.

    A state is float32 [2 * layers, batch, hidden]: h and c of each layer in turn. It is never changed in
    place, so holding on to one is a checkpoint.
    """

    device: Device
    architecture: Architecture

    def zero_state(self, batch: int = 1) -> Floats:
        """The state before any text."""
        ...

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """Reads `tokens` [time, batch] in one call, without the output layer.

        Returns:
            the top layer's output [time, batch, hidden] and the state behind the last token.
        """
        ...

    def logits(self, hidden: Floats) -> Floats:
        """The output layer on rows of `read`'s output: [rows, hidden] to [rows, vocabulary]."""
        ...


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
    from pandemonium.writing.cpu_runtime import CpuRuntime

    return CpuRuntime(voice, threads)
