"""Reads the inside of a Markdown paragraph: emphasis, links, notes, line ends, and what the page only keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pandemonium.documents.composing import LINE_END, Composer, Things
from pandemonium.documents.manuscript import Foreign
from pandemonium.documents.passage import Look

_LOOKS = {
    "strong": Look.BOLD,
    "b": Look.BOLD,
    "em": Look.ITALIC,
    "i": Look.ITALIC,
    "u": Look.UNDERLINE,
    "ins": Look.UNDERLINE,
    "s": Look.STRIKE,
    "del": Look.STRIKE,
    "strike": Look.STRIKE,
    "sup": Look.SUPERSCRIPT,
    "sub": Look.SUBSCRIPT,
    "span": Look.SMALL_CAPS,
}
_OPENING = re.compile(r"<(strong|b|em|i|u|ins|s|del|strike|sup|sub|span class=\"smallcaps\")\s*>", re.IGNORECASE)
_CLOSING = re.compile(r"</(strong|b|em|i|u|ins|s|del|strike|sup|sub|span)\s*>", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[^\s<>()\\&\x00-\x20\x7f]|&(?!#|[A-Za-z0-9]+;))+")
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)


@cache
def parser() -> Any:
    """Markdown as CommonMark has it, with tables, strike-through and footnotes, and without indented code.

    Indented lines are taken for paragraphs that a writer indented.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"]).disable("code")
    made.use(footnote_plugin, move_to_end=False)
    # Addresses come and go as they are written; nobody follows one here.
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made


def parse_inline(text: str) -> list[Any]:
    """The tokens of one paragraph's text."""
    tokens = parser().parseInline(text, {})
    return list(tokens[0].children or []) if tokens else []


class Inline:
    """Puts inline tokens on a composer.

    Args:
        composer: takes the characters.
        things: takes pictures, code and other things that the page keeps.
        note: gives the key of the note that a reference's token names.
    """

    def __init__(self, composer: Composer, things: Things, note: Callable[[Any], str]) -> None:
        self._composer, self._things, self._note = composer, things, note

    def read(self, tokens: Sequence[Any]) -> None:
        """Adds the tokens' characters."""
        opened: list[Look] = []
        link = ""
        paired = _paired(tokens)
        for index, token in enumerate(tokens):
            look = Look.PLAIN
            for each in opened:
                look |= each
            match token.type:
                case "text" | "text_special":
                    self._composer.add(token.content, look, link)
                case "softbreak":
                    self._composer.add(" ", look, link)
                case "hardbreak":
                    self._composer.add(LINE_END, look, link)
                case "strong_open" | "em_open" | "s_open":
                    opened.append(_LOOKS[token.tag])
                case "strong_close" | "em_close" | "s_close":
                    opened.remove(_LOOKS[token.tag])
                case "link_open":
                    link = str(token.attrGet("href") or "")
                case "link_close":
                    link = ""
                case "footnote_ref":
                    self._composer.add_thing(self._note(token))
                case "code_inline":
                    self._keep("code", token.content, f"{token.markup}{_padded(token.content)}{token.markup}")
                case "image":
                    words = "".join(each.content for each in token.children or [])
                    self._keep("picture", words, _image_source(token))
                case "html_inline" if _LINE.fullmatch(token.content):
                    self._composer.add(LINE_END, look, link)
                case "html_inline" if index in paired:
                    self._tag(token.content, opened)
                case _:
                    self._keep("HTML", "", token.content)

    def _tag(self, tag: str, opened: list[Look]) -> None:
        if opening := _OPENING.fullmatch(tag):
            opened.append(_LOOKS[opening.group(1).lower().partition(" ")[0]])
        elif closing := _CLOSING.fullmatch(tag):
            opened.remove(_LOOKS[closing.group(1).lower()])

    def _keep(self, label: str, text: str, source: str) -> None:
        self._composer.add_thing(self._things.add(Foreign(label, text, source)))


def _paired(tokens: Sequence[Any]) -> set[int]:
    """Where tags stand that say how something looks and that come in pairs, rightly nested."""
    found: set[int] = set()
    waiting: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if token.type != "html_inline":
            continue
        if opening := _OPENING.fullmatch(token.content):
            waiting.append((opening.group(1).lower().partition(" ")[0], index))
        elif closing := _CLOSING.fullmatch(token.content):
            name = closing.group(1).lower()
            while waiting and waiting[-1][0] != name:
                waiting.pop()
            if waiting:
                found |= {waiting.pop()[1], index}
    return found


def _padded(code: str) -> str:
    needs = code.startswith("`") or code.endswith("`") or (code[:1] == code[-1:] == " " and code.strip())
    return f" {code} " if needs else code


def _image_source(token: Any) -> str:
    address = str(token.attrGet("src") or "")
    title = token.attrGet("title")
    tail = ' "' + str(title).replace('"', '\\"') + '"' if title else ""
    return f"![{token.content}]({bracketed(address)}{tail})"


def bracketed(address: str) -> str:
    """An address as Markdown writes it inside of a link."""
    if address and _BARE_ADDRESS.fullmatch(address):
        return address
    return "<" + re.sub(r"([<>\\&])", r"\\\1", address) + ">"
