"""What every runtime of a voice can do."""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from pandemonium.voice.architecture import Architecture
from pandemonium.writing.runtimes.reading_thread import ReadingThread

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]
Device = Literal["cpu", "gpu"]


class Runtime(Protocol):
    """A voice's network, ready to read and to write.

    A state is float32 [2 * layers, batch, hidden]: h and c of each layer in turn. It is never changed in
    place, so holding on to one is a checkpoint. What a sequence gives does not depend on what else is in its batch.
    """

    device: Device
    architecture: Architecture

    @property
    def beside(self) -> ReadingThread | None:
        """A thread in which it may read while something else is done, its own other calls among that.

        None where nothing would be gained.
        """
        ...

    def zero_state(self, batch: int = 1) -> Floats:
        """The state before any text."""
        ...

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """Reads `tokens` [time, batch] in one call, without the output layer.

        Returns:
            the layers' output [time, batch, output width] and the state behind the last token.
        """
        ...

    def logits(self, hidden: Floats) -> Floats:
        """The output layer on rows of `read`'s output: [rows, output width] to [rows, vocabulary]."""
        ...
