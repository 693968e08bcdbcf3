"""Cuts from a text what its author did not write: publishers' headers, notes, contents, page furniture, markup."""

from __future__ import annotations

from pandemonium.text.apparatus import cut_apparatus
from pandemonium.text.furniture import cut_furniture
from pandemonium.text.gutenberg import cut_gutenberg
from pandemonium.text.markup import cut_markup

_CUTS = (cut_gutenberg, cut_furniture, cut_apparatus, cut_markup)


def cut_boilerplate(text: str) -> str:
    """Gives the prose of `text` alone. Its paragraphs, verse and line ends stay, for `clean` to set.

    It is idempotent: each cut is made until nothing is left for any of them.

    Args:
        text: a whole document, or its beginning and end at least; any line ends.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unchanged = turn = 0
    while unchanged < len(_CUTS):
        cut = _CUTS[turn % len(_CUTS)](text)
        unchanged = unchanged + 1 if cut == text else 0
        text, turn = cut, turn + 1
    return text
