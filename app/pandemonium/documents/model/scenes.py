"""Tells which lines of ornament part two scenes."""

from __future__ import annotations

import re

SCENE_SIGN = "* * *"
_SIGN = re.compile(
    r"(?:[ \t]*[*\u2217\uff0a]){3,}[ \t]*|[ \t]*#(?:[ \t]*#){0,6}[ \t]*|[ \t]*~(?:[ \t]*~){0,6}[ \t]*"
    r"|(?:[ \t]*[\u2022\u00b7\u25cf\u25e6\u2605\u2606\u25c6\u2666]){3,}[ \t]*|(?:[ \t]*[-_\u2013\u2014]){3,}[ \t]*"
    r"|(?:[ \t]*[\u2042\u2051\u2766\u2767\u2765\u2619\u2740\u2756]){1,7}[ \t]*"
)


def is_scene_sign(text: str) -> bool:
    """Tells whether a paragraph of this text is a scene break: a row of stars, a number sign, an ornament."""
    return 0 < len(text) < 40 and not text[0].isalnum() and _SIGN.fullmatch(text) is not None
