"""Reads the inside of a Markdown paragraph: emphasis, links, notes, line ends, and what the page only keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pandemonium.documents.formats.markdown.syntax import words_of_html
from pandemonium.documents.html_tags import CHAR_FORMATS
from pandemonium.documents.model.composing import LINE_END, Composer, InlineObjects
from pandemonium.documents.model.manuscript import EmbeddedObject
from pandemonium.documents.model.passage import CharFormat

_CHAR_FORMATS = CHAR_FORMATS | {"span": CharFormat.SMALL_CAPS}
_NAMES = "|".join(CHAR_FORMATS)
_OPENING = re.compile(rf"<({_NAMES}|span class=\"smallcaps\")\s*>", re.IGNORECASE)
_CLOSING = re.compile(rf"</({_NAMES}|span)\s*>", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[^\s<>()\\&\x00-\x20\x7f]|&(?!#|[A-Za-z0-9]+;))+")
# A reading above a word is told in brackets, which the source may have itself for who shows none above.
_READING = {"<rt>": (" (", -1, "</rp>"), "</rt>": (")", 1, "<rp>")}
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BREAKS = {"softbreak": " ", "hardbreak": LINE_END}
_IN_TITLE = re.compile(r'["&\\]')
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class Inline:
    """Puts inline tokens on a composer.

    Args:
        composer: takes the characters.
        objects: takes pictures, code and other things that the page keeps.
        note: gives the key of the note that a reference's token names; "" where the reference stays as it is typed.
    """

    def __init__(self, composer: Composer, objects: InlineObjects, note: Callable[[Any], str]) -> None:
        self._composer = composer
        self._objects = objects
        self._note = note

    def read(self, tokens: Sequence[Any]) -> None:
        """Adds the tokens' characters."""
        opened: list[CharFormat] = []
        link = title = nowhere = ""  # the last is the end of a link that leads nowhere: text, with its signs around
        paired = _paired(tokens)
        for index, token in enumerate(tokens):
            char_format = CharFormat.PLAIN
            for each in opened:
                char_format |= each
            match token.type:
                case "text" | "text_special":
                    self._composer.add(token.content.replace("\n", " "), char_format, link, title=title)
                case "softbreak" | "hardbreak":
                    self._composer.add(_BREAKS[token.type], char_format, link, title=title)
                case "strong_open" | "em_open" | "s_open":
                    opened.append(_CHAR_FORMATS[token.tag])
                case "strong_close" | "em_close" | "s_close":
                    opened.remove(_CHAR_FORMATS[token.tag])
                case "link_open" if tokens[index + 1].type == "link_close":
                    self._keep(EmbeddedObject("HTML", "", _empty_link(token)), char_format, "", "")
                case "link_open":
                    link = str(token.attrGet("href") or "")
                    title = " ".join(str(token.attrGet("title") or "").split()) if link else ""
                    nowhere = "" if link else _written_address(token)
                    self._keep_sign("[" if nowhere else "", char_format)
                case "link_close":
                    self._keep_sign(nowhere, char_format)
                    link = title = nowhere = ""
                case "footnote_ref":
                    self._mark(token)
                case "code_inline":
                    source = f"{token.markup}{_padded(token.content)}{token.markup}"
                    self._keep(EmbeddedObject("code", token.content, source), char_format, link, title)
                case "image":
                    words = "".join(each.content for each in token.children or [])
                    self._keep(EmbeddedObject("picture", words, _image_source(token)), char_format, link, title)
                case "html_inline" if _LINE.fullmatch(token.content):
                    self._composer.add(LINE_END, char_format, link, title=title)
                case "html_inline" if index in paired:
                    self._tag(token.content, opened)
                case _:
                    source = _LINE_BREAK.sub(" ", token.content)
                    said = words_of_html(source) or _bracket(tokens, index)
                    self._keep(EmbeddedObject("HTML", said, source), char_format, link, title)

    def _keep_sign(self, sign: str, char_format: CharFormat) -> None:
        if sign:
            self._keep(EmbeddedObject("HTML", "", sign), char_format, "", "")

    def _mark(self, token: Any) -> None:
        if key := self._note(token):
            self._composer.add_object(key)
        else:
            self._composer.add(f"[^{token.meta.get('label', '')}]")

    def _tag(self, tag: str, opened: list[CharFormat]) -> None:
        if opening := _OPENING.fullmatch(tag):
            opened.append(_CHAR_FORMATS[opening.group(1).lower().partition(" ")[0]])
        elif closing := _CLOSING.fullmatch(tag):
            opened.remove(_CHAR_FORMATS[closing.group(1).lower()])

    def _keep(self, inline_object: EmbeddedObject, char_format: CharFormat, link: str, title: str) -> None:
        self._composer.add_object(self._objects.add(inline_object), char_format, link, title)


def _bracket(tokens: Sequence[Any], index: int) -> str:
    """What a tag at the beginning or the end of a reading says; "" for any other, and where a bracket stands beside."""
    bracket, side, tag = _READING.get(tokens[index].content.lower(), ("", 0, ""))
    beside = tokens[index + side].content.lower() if 0 <= index + side < len(tokens) else ""
    return "" if beside == tag else bracket


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
            if waiting and (opened := waiting.pop()[1]) + 1 < index:  # with nothing inside there is nothing to set so
                found |= {opened, index}
    return found


def _empty_link(token: Any) -> str:
    """A link without words, which the page cannot show, as Markdown writes it."""
    return f"[{_written_address(token)}"


def _written_address(token: Any) -> str:
    """The end of a link, from the bracket behind its words on."""
    address = str(token.attrGet("href") or "")
    title = titled(str(token.attrGet("title") or ""))
    return f"]({bracketed(address) if address or title else ''}{title})"


def _padded(code: str) -> str:
    needs = code.startswith("`") or code.endswith("`") or (code[:1] == code[-1:] == " " and code.strip())
    return f" {code} " if needs else code


def _image_source(token: Any) -> str:
    address = str(token.attrGet("src") or "")
    return f"![{token.content}]({bracketed(address)}{titled(str(token.attrGet('title') or ''))})"


def bracketed(address: str) -> str:
    """An address as Markdown writes it inside of a link."""
    if address and _BARE_ADDRESS.fullmatch(address):
        return address
    return "<" + re.sub(r"([<>\\&])", r"\\\1", address) + ">"


def titled(title: str) -> str:
    """A link's title as Markdown writes it behind the address; "" where there is none."""
    return ' "' + _IN_TITLE.sub(r"\\\g<0>", title) + '"' if title else ""
