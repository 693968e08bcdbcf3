"""Which voice each document was last written with, so that it speaks with it again when it is opened."""

from __future__ import annotations

import json
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError

_MOST = 2000  # documents that are remembered, those longest ago forgotten first


class DocumentVoices:
    """A small JSON file: each document's key, and the name of its voice.

    Args:
        file: it may not be there yet; a broken one counts as empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def voice_of(self, keys: DocumentKeys) -> str:
        """The name of a document's voice; empty where none is remembered."""
        voices = self._read()
        return next((voices[key] for key in keys.all if key in voices), "")

    def remember(self, keys: DocumentKeys, voice: str) -> None:
        """Takes down a document's voice.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        voices = self._read()
        if voices.get(keys.own) == voice:
            return
        voices.pop(keys.own, None)
        voices[keys.own] = voice
        self._write(dict(list(voices.items())[-_MOST:]))

    def rename(self, old: str, new: str) -> None:
        """A voice has another name now.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        voices = self._read()
        if old in voices.values():
            self._write({key: new if voice == old else voice for key, voice in voices.items()})

    def _read(self) -> dict[str, str]:
        try:
            values = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(values, dict):
            return {}
        return {key: voice for key, voice in values.items() if isinstance(voice, str)}

    def _write(self, voices: dict[str, str]) -> None:
        try:
            write_atomically(self._file, (json.dumps(voices, ensure_ascii=False, indent=1) + "\n").encode())
        except OSError as error:
            raise PandemoniumError(
                f"The document's voice could not be remembered: {error.strerror}.", "Make room on the disk."
            ) from error
