"""The parts of the window that a room of its own (training, safekeeping, authorship) may need around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.files.document_files import DocumentFiles
from pandemonium.desktop.features.generation.voice_choice import VoiceChoice
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.desktop.shell.status_bar import StatusBar


@dataclass(frozen=True)
class Context:
    """What a room is given of the window.

    Attributes:
        window: that its own windows stand before.
        editor, files, dialogs, message bar, foot, voices, theme, icons: the window's parts.
        loop: the event loop.
        start: runs a coroutine.
    """

    window: QWidget
    editor: DocumentEditor
    files: DocumentFiles
    dialogs: Dialogs
    message_bar: MessageBar
    status_bar: StatusBar
    voices: VoiceChoice
    theme: Theme
    icons: Icons
    loop: asyncio.AbstractEventLoop
    start: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]
