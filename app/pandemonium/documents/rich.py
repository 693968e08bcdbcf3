"""Gives any manuscript as rich text, as the exports want it: Markdown read, plain text parted into paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.conversion import carried, form_of
from pandemonium.documents.formats.markdown.reading import front_matter, read_markdown, without_front_matter
from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.paragraphing import paragraph_break
from pandemonium.documents.model.passage import BODY, ParagraphStyle, Passage
from pandemonium.documents.model.scenes import is_scene_sign
from pandemonium.text.wrapping import unwrap

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*?(?=[^\n]|$)")


def rich(manuscript: Manuscript) -> Manuscript:
    """The same document with looks and styles and of no format of its own; without its file's package.

    What a Markdown text says about itself at its head becomes the document's title, author and language.
    """
    form = form_of(manuscript)
    if form == "markdown":
        said = front_matter(manuscript.text)
        with without_collecting():
            content, objects, as_typed = read_markdown(without_front_matter(manuscript.text))
        content = replace(content, marks=carried(manuscript.content, content.text))
        return replace(
            manuscript,
            content=content,
            format="",
            objects=objects,
            as_typed=as_typed,
            title=manuscript.title or said.get("title", ""),
            author=manuscript.author or said.get("author", ""),
            language=manuscript.language or said.get("language", ""),
        )
    if form == "plain":
        content = paragraphs_of(manuscript.text)
        content = replace(content, marks=carried(manuscript.content, content.text))
        return replace(manuscript, content=content, format="", objects={})
    return replace(manuscript, format="", package=None)


def paragraphs_of(text: str) -> Passage:
    """Plain text as body paragraphs and scene breaks: blank lines go, lines cut at a column are joined."""
    text = unwrap(text.replace("\r\n", "\n"))
    if paragraph_break(text) == "\n\n":
        parts = [part.strip("\n").replace("\n", LINE_END) for part in _BLANK_LINES.split(text)]
    else:
        parts = text.split("\n")
    parts = [part.rstrip(" \t" + LINE_END) for part in parts]
    parts = [part for part in parts if part.strip()] or [""]
    styles = tuple(ParagraphStyle("scene") if is_scene_sign(part) else BODY for part in parts)
    return Passage("\n".join(parts), (), (), styles)


def proposed_title(manuscript: Manuscript) -> str:
    """The title that the document names, its first heading's words, its file's name, or nothing."""
    if manuscript.title:
        return manuscript.title
    for paragraph in manuscript.content.paragraphs()[:40]:
        style = paragraph.styles[0] if paragraph.styles else None
        if style is not None and style.kind == "heading" and (words := paragraph.plain().text.strip()):
            return words.replace(LINE_END, " ")[:200]
    return manuscript.path.stem if manuscript.path else ""
