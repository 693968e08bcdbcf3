"""A runtime that goes on with the CPU, in mid-sentence, when its GPU gives up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from pandemonium.errors import DeviceError
from pandemonium.writing.runtimes.runtime import Device, Floats, Ids, Runtime

_log = logging.getLogger(__name__)
T = TypeVar("T")


class FallingBackRuntime:
    """`runtime.Runtime` on one runtime, and after its first `DeviceError` on another one of the same voice.

    A state is the same numbers on every runtime, so the call that failed is made again and nothing is lost.
    """

    beside: None = None

    def __init__(self, first: Runtime, open_second: Callable[[], Runtime]) -> None:
        """Begins with `first`; `open_second` is called when it has given up."""
        self._runtime = first
        self._open_second: Callable[[], Runtime] | None = open_second
        self.architecture = first.architecture
        self.device: Device = first.device

    def zero_state(self, batch: int = 1) -> Floats:
        """See `Runtime.zero_state`."""
        return self._runtime.zero_state(batch)

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        return self._try(lambda runtime: runtime.read(tokens, state))

    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`."""
        return self._try(lambda runtime: runtime.logits(hidden))

    def _try(self, call: Callable[[Runtime], T]) -> T:
        try:
            return call(self._runtime)
        except DeviceError:
            if self._open_second is None:
                raise
            _log.warning("the GPU gave up; going on with the CPU", exc_info=True)
            self._runtime = self._open_second()
            self._open_second = None
            self.device = self._runtime.device
            return call(self._runtime)
