"""Signals that are heard only for a time: as long as a panel is open, or something lies over the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance


class Listening:
    """Connections that are made and taken back together.

    Attributes:
        is_on: they are made.
    """

    def __init__(self, *connections: tuple[SignalInstance, Callable[..., Any]]) -> None:
        self._connections = connections
        self.is_on = False

    def turn(self, on: bool) -> None:
        """Makes the connections, or takes them back; does nothing in vain."""
        if on != self.is_on:
            self.is_on = on
            for signal, act in self._connections:
                (signal.connect if on else signal.disconnect)(act)
