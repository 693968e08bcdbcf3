"""Takes out of a stranger's text what commands a terminal or turns a line around: it is to be read, not obeyed."""

from __future__ import annotations

import re

from pandemonium.text.cleaning import replace_surrogates

REPLACEMENT = "\ufffd"
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # control characters but tabs and line breaks
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # they let "exe.txt" be read as "txt.exe"
_BREAKS = re.compile(r"[\t\n\r\u2028\u2029]")


def without_commands(text: str) -> str:
    """`text` with each control character but tabs and line breaks replaced by U+FFFD."""
    return _COMMANDS.sub(REPLACEMENT, text)


def one_line(text: str, most: int = 200) -> str:
    """A stranger's name or title as part of one line: nothing in it breaks, turns or commands the line.

    Args:
        text: of any kind, lone surrogates included.
        most: characters; a longer text ends in an ellipsis.
    """
    shown = _BREAKS.sub(" ", replace_surrogates(text[: most + 1]))
    shown = _TURNS.sub(REPLACEMENT, without_commands(shown))
    return shown if len(text) <= most else f"{shown[: most - 1]}\u2026"
