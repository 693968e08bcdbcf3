"""Reads Markdown: the prose, without its marks, code, tables and the settings at its head."""

from __future__ import annotations

import re

from pandemonium.documents.decoding import decode
from pandemonium.documents.reading.html import html_text
from pandemonium.documents.reading.result import Reading

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n){0,200}?\1[ \t]*(?:\n|\Z)")
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,40}\]:.*(?:\n(?:[ ]{2,}|\t).*)*$", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\n]{1,40}\]")
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\]|\n]{1,200}\|)?([^\]|\n]{1,200})\]\]")


def read_markdown(data: bytes) -> Reading:
    """Reads a text.

    Raises:
        DocumentError: this is no text.
    """
    decoded = decode(data)
    return Reading(markdown_text(decoded.text), "md", True, decoded.encoding)


def markdown_text(source: str) -> str:
    """The prose of a Markdown text; a single line break inside a paragraph is a space, as Markdown has it.

    Indented lines are taken for paragraphs that a writer indented, not for code.
    """
    # Imported when needed: few folders hold Markdown.
    from markdown_it import MarkdownIt

    source = source.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    source = _FRONT_MATTER.sub("", source)
    source = _FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("", source))
    source = _WIKI_LINK.sub(r"\1", source)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(source)
    outside = [token for token in tokens if token.type != "fence"]
    return html_text(str(parser.renderer.render(outside, parser.options, {})))
