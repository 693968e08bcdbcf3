"""Blocks of a text: what blank lines part, and a text without some of them."""

from __future__ import annotations

import re
from collections.abc import Callable

GAP = re.compile(r"(\n(?:[ \t]*\n)+)")


def without_blocks(text: str, goes: Callable[[str], bool]) -> str:
    """Leaves out the blocks of `text` that `goes` says so of; the blank lines around them stay.

    Args:
        text: LF line ends.
        goes: is given a block without the blank lines around it, which may be empty at the text's ends.
    """
    pieces = GAP.split(text)
    for index in range(0, len(pieces), 2):
        if goes(pieces[index]):
            pieces[index] = ""
    return "".join(pieces)
