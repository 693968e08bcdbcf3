"""Rules for the inside of Markdown's paragraphs: at a sign those alone are tried that begin with it.

The parser itself tries all of them at each sign that any program's Markdown might know, and reads labels, tags and
addresses letter by letter, again at each place where one may begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Rule = Callable[[Any, bool], bool]

# What nothing begins with, for the sign that it is or for what stands behind it.
_WORDS = re.compile(r"(?:[^!&*<\[\\\]^_`~\n]+|[!^](?!\[)|&(?![#A-Za-z])|<(?![A-Za-z0-9/?.!#$%&'*+=^_`{|}~-])|~(?!~))+")
_ADDRESS = re.compile(
    r"<(?:([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\x00-\x20]*)"
    r"|([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*))>"
)
_NOTE_MARK = re.compile(r"\[\^[^\] \n]{1,999}\]")  # as long as CommonMark lets labels be
_BEGINS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "html_inline": "<",
    "entity": "&",
}


def install(parser: Any) -> None:
    """Gives a parser these rules in the place of its own, once all of those are there."""
    ruler = parser.inline.ruler
    own = {rule.name: rule.fn for rule in ruler.__rules__}
    own["footnote_ref"] = _short_mark(own["footnote_ref"])
    by_sign: dict[str, list[Rule]] = {"<": [_address]}
    for name, signs in _BEGINS.items():
        for sign in signs:
            by_sign.setdefault(sign, []).append(own[name])

    def beginning_here(state: Any, silent: bool) -> bool:
        return any(rule(state, silent) for rule in by_sign.get(state.src[state.pos], ()))

    ruler.at("text", _words)
    ruler.push("beginning_here", beginning_here)
    ruler.enableOnly(["text", "beginning_here"])


def _words(state: Any, silent: bool) -> bool:
    """Passes over words, and signs that mean nothing where they stand.

    Signature as markdown-it wants its rules: the parser's state, and whether nothing is to be written down.
    """
    match = _WORDS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.append_pending(match[0])
    state.pos = match.end()
    return True


def _address(state: Any, silent: bool) -> bool:
    """An address between angle brackets."""
    match = _ADDRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": match[1] or f"mailto:{match[2]}"}
        state.push("text", "", 0).content = match[1] or match[2]
        closing = state.push("link_close", "a", -1)
        opening.markup = closing.markup = "autolink"
        opening.info = closing.info = "auto"
    state.pos = match.end()
    return True


def _short_mark(rule: Rule) -> Rule:
    """The rule for a note's mark, tried where there is one that ends; it looks for that to the very end itself."""
    return lambda state, silent: bool(_NOTE_MARK.match(state.src, state.pos, state.posMax)) and rule(state, silent)
