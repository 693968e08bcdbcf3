"""Cuts marks that a typed text uses for looks: emphasis, tags, entities, rules, code."""

from __future__ import annotations

import re
from html import unescape

SCENE_BREAK = "* * *"

_FENCE = re.compile(r"^[ \t]*(```|~~~)[^\n`]{0,60}\n(?:.*\n){0,2000}?[ \t]*\1[ \t]*$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|small|span|"
    r"strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>\n]{0,300})?/?>|<!--(?:(?!-->)[\s\S]){0,2000}-->",
    re.IGNORECASE,
)
_PARAGRAPH_TAG = re.compile(r"<(?:/p|br|/div|/h[1-6]|/li)(?:\s[^<>\n]{0,100})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_STARRED = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\1(?![\w*])")
_BOLD = re.compile(r"(?<![\w=])=(?=[^\s=])([^=\n]{1,200}?)(?<=[^\s=])=(?![\w=])")
_LIGATURE = re.compile(r"\[(oe|OE|Oe|ae|AE|Ae)\]")
_LIGATURES = {"oe": "\u0153", "OE": "\u0152", "Oe": "\u0152", "ae": "\u00e6", "AE": "\u00c6", "Ae": "\u00c6"}
_BREAK = re.compile(
    r"^[ \t]*(?:[*#~\u2022\u2042\u2051+][ \t]*){3,}[ \t]*$|^[ \t]*(?:\u2042|\u2766|\u2767)[ \t]*$", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]*(?:[-=_\u2013\u2014\u2500-\u257f.][ \t]*){4,}$|^[ \t]*-{3}[ \t]*$", re.MULTILINE)
_BREAK_BEFORE_HEADING = re.compile(r"\* \* \*[ \t]*\n\s*(?=[A-Z][^a-z\n]{2,60}\n[ \t]*\n)")
_BREAKS = re.compile(r"(?:\* \* \*\s*){2,}")


def cut_markup(text: str) -> str:
    """Gives `text` without emphasis marks, tags, entities and code; ornamental lines become one scene break.

    Args:
        text: LF line ends.
    """
    text = _FENCE.sub("", text)
    if "<" in text:
        text = _TAG.sub("", _PARAGRAPH_TAG.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match.group()), text)
    text = _LIGATURE.sub(lambda match: _LIGATURES[match.group(1)], text)
    text = _BREAK.sub(SCENE_BREAK, _RULE.sub("", text))
    if "*" in text:
        text = _BREAKS.sub(SCENE_BREAK + "\n\n", _STARRED.sub(r"\2", text))
        text = _BREAK_BEFORE_HEADING.sub("", text)
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    if "=" in text:
        text = _BOLD.sub(r"\1", text)
    return _without_outer_breaks(text)


def _without_outer_breaks(text: str) -> str:
    """Leaves out scene breaks at both ends, where they part nothing."""
    while (stripped := text.strip()).startswith(SCENE_BREAK) or stripped.endswith(SCENE_BREAK):
        text = stripped.removeprefix(SCENE_BREAK).removesuffix(SCENE_BREAK)
    return text
