"""Exports plain text."""

from __future__ import annotations

from pandemonium.documents.conversion import form_of
from pandemonium.documents.model.composing import LINE_END, runs, styled, words_of
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.model.scenes import SCENE_SIGN
from pandemonium.documents.rich import rich


def plain_text(manuscript: Manuscript) -> str:
    """The document's words: paragraphs with a blank line between them, lists with their signs, notes at the end."""
    if form_of(manuscript) == "plain":
        return manuscript.text
    whole = rich(manuscript)
    notes: list[Passage] = []
    blocks = _blocks(whole.content, whole, notes)
    at = 0
    while at < len(notes):  # a note may have notes
        own = _blocks(notes[at], whole, notes) or [""]
        blocks += [f"[{at + 1}] {own[0]}", *own[1:]]
        at += 1
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(content: Passage, whole: Manuscript, notes: list[Passage]) -> list[str]:
    blocks: list[str] = []
    numbers = PageNumbers()
    before = ""
    for paragraph, style in styled(content):
        text = _words(paragraph, whole, notes)
        in_list = style.kind in ("bullet", "number")
        number = numbers.take(style)
        if style.kind == "scene" and not text:
            text = SCENE_SIGN
        elif style.kind == "bullet":
            text = _hung("- ", text, style.level)
        elif style.kind == "number":
            text = _hung(f"{number}. ", text, style.level)
        elif style.kind == "quote":
            text = "\n".join(f"    {line}" for line in text.split("\n"))
        if not text.strip():
            continue
        if in_list and before in ("bullet", "number"):
            blocks[-1] += "\n" + text
        else:
            blocks.append(text)
        before = style.kind
    return blocks


def _words(paragraph: Passage, whole: Manuscript, notes: list[Passage]) -> str:
    pieces: list[str] = []
    for text, span in runs(paragraph):
        inline_object = whole.objects.get(span.object_key) if span.object_key else None
        if isinstance(inline_object, Note):
            notes.append(inline_object.content)
            pieces.append(f"[{len(notes)}]")
        else:
            pieces.append(words_of(inline_object) if span.object_key else text)
    return "".join(pieces).replace(LINE_END, "\n")


def _hung(sign: str, text: str, level: int) -> str:
    margin = "  " * (max(1, level) - 1)
    return margin + sign + text.replace("\n", "\n" + margin + " " * len(sign))
