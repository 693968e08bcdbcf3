"""Sets an opening and what a voice made of it like a page of prose, the voice's words in verdigris."""

from __future__ import annotations

import html

from pandemonium.desktop.core.theme import Colours


def sample_html(opening: str, continuation: str, colours: Colours) -> str:
    """The opening in ink, the continuation in the accent, paragraph by paragraph."""
    between = "" if continuation[:1] in (" ", "\n", "") or opening[-1:] in ("\u2014", "") else " "
    parts = [(part, colours.ink) for part in _paragraphs(opening)]
    rest = _paragraphs(between + continuation)
    joined = not continuation.startswith("\n") and bool(parts) and bool(rest)
    pieces = [[parts.pop(), (rest.pop(0), colours.accent)]] if joined else []
    lines = [*[[part] for part in parts], *pieces, *[[(part, colours.accent)] for part in rest]]
    body = "".join(
        '<p style="line-height:135%; margin:0 0 7px 0">'
        + "".join(f'<span style="color:{colour}">{html.escape(text)}</span>' for text, colour in line)
        + "</p>"
        for line in lines
    )
    return body


def _paragraphs(text: str) -> list[str]:
    return [part.rstrip("\n") for part in text.split("\n") if part.strip()]
