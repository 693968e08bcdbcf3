"""Where the sub-commands' texts and voices come from: files, standard input, the library."""

from __future__ import annotations

import sys
from pathlib import Path

from pandemonium import paths
from pandemonium.documents.decoding import decode
from pandemonium.documents.opening import LARGEST, unreadable
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError
from pandemonium.regular_files import read_regular
from pandemonium.voice.library import VoiceLibrary


def library() -> VoiceLibrary:
    """The voice library of this installation and user."""
    return VoiceLibrary(bundled=paths.models(), own=paths.user_voices())


def read_input(name: str) -> str:
    """The text of a file, or of standard input for "-"; the line end that closes it is not part of it.

    Raises:
        DocumentError: it cannot be read.
    """
    text = _standard_input() if name == "-" else _file(Path(name))
    text = text.replace("\r\n", "\n")
    return text[:-1] if text.endswith("\n") else text


def read_file_or_text(argument: str) -> str:
    """The text of the file that an argument names, or, where there is none of that name, the argument itself.

    Raises:
        DocumentError: the file cannot be read.
    """
    try:
        is_file = bool(argument) and Path(argument).is_file()
    except (OSError, ValueError):  # too long for a name, or with a NUL
        is_file = False
    return read_input(argument) if is_file else argument


def read_exactly(path: Path) -> str:
    """A plain text file, every character as it stands: what evaluation counts.

    Raises:
        DocumentError: it cannot be read.
    """
    try:
        return decode(read_regular(path, LARGEST)).text
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}.", "Check the name.") from error


def _file(path: Path) -> str:
    try:
        return read_text(path).text
    except DocumentError as error:
        raise DocumentError(f"{path}: {error.message}", error.hint or "Choose another file.") from error


def _standard_input() -> str:
    if sys.stdin is None:
        raise DocumentError("There is no standard input to read.", "Name a file, or send a text to it.")
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"Standard input {unreadable(error)}.", "Name a file, or send a text to it.") from error
    if len(data) > LARGEST:
        raise DocumentError("Standard input is larger than any manuscript.", "Send less of it.")
    try:
        return decode(data).text
    except DocumentError:
        # Whatever is piped in is continued: bytes that are no text are read as well as they can be.
        return data.decode("utf-8", "replace")
