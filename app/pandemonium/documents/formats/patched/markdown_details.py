"""Keeps with a docx or odt file what Markdown says and its paragraphs cannot, so that it is Markdown again later.

That is the source of code, pictures, tables and HTML, whose words alone stand in the file, and the lists and quotations
that a paragraph stands in beyond its own kind. As with who wrote what, a paragraph whose words were changed elsewhere
has lost it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pandemonium.documents.authorship import aligned
from pandemonium.documents.formats.markdown.normal import is_markdown
from pandemonium.documents.formats.patched.line import Line, Piece, fold
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.formats.patched.source import SourceParagraph
from pandemonium.documents.model.composing import LINE_END, UNUSED_ADDRESSES, styled
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject
from pandemonium.documents.model.numbering import LISTED, PageNumbers
from pandemonium.documents.model.passage import OBJECT, CharFormat, Container, Passage

VERSION = 1
_LARGEST = 32 << 20
_WORDLESS = frozenset(("HTML", "code", "details about the text", UNUSED_ADDRESSES))
_CHAR_FORMATS = sum(CharFormat)
_CONTAINERS = ("quote", "bullet", "number")
_PARTS = ("same", "next", "new")


@dataclass(frozen=True)
class _Kept:
    """Of one paragraph: its objects with where their words stand, and the kind and level for which the rest holds."""

    folds: tuple[tuple[int, int, EmbeddedObject, CharFormat, str, str], ...]
    style: tuple[str, int, int | None, tuple[Container, ...]] | None


def written_words(inline_object: EmbeddedObject) -> str:
    """What a docx or odt file says in the place of an object that it cannot hold."""
    text = inline_object.text or (
        "" if inline_object.label in _WORDLESS and is_markdown(inline_object) else f"[{inline_object.label}]"
    )
    return text.replace("\n", LINE_END)


def save_details(content: Passage, objects: Mapping[str, InlineObject]) -> str:
    """What is to be kept, as JSON; "" where there is nothing."""
    found: dict[str, list[Any]] = {}
    hashes: list[str] = []
    for index, (paragraph, style) in enumerate(styled(content)):
        words, folds = _unfolded(paragraph, objects)
        hashes.append(_hash(words))
        said = style.containers or (style.kind in LISTED and style.start is not None)
        containers = [[each.kind, each.part, *([True] * each.is_loose)] for each in style.containers]
        about = [style.kind, style.level, style.start, containers]
        if folds or said:
            found[str(index)] = [folds, about if said else None]
    if not found:
        return ""
    kept = {"pandemonium-markdown": VERSION, "paragraphs": hashes, "kept": found}
    return json.dumps(kept, separators=(",", ":"))


def restore_details(paragraphs: Sequence[SourceParagraph], text: str | bytes) -> None:
    """Gives paragraphs of a file, whose objects have no keys yet, back what was kept of them, if it is sound."""
    hashes, kept = _load(text)
    if not kept:
        return
    places = aligned(hashes, [_hash(_words(each.line)) for each in paragraphs])
    numbers = PageNumbers()
    for paragraph, place in zip(paragraphs, places, strict=True):
        number = numbers.take(paragraph.style)
        details = kept.get(place)
        if details is None or paragraph.is_embedded:
            continue
        folds = [
            (start, end, Piece(OBJECT, char_format, link, title=title, source=inline_object))
            for start, end, inline_object, char_format, link, title in details.folds
        ]
        if folds:
            fold(paragraph.line, folds)
        if details.style is not None and details.style[:2] == (paragraph.style.kind, paragraph.style.level):
            start = details.style[2]
            if paragraph.style.kind == "number" and start != number:  # the file counts otherwise now
                start = paragraph.style.start
            paragraph.style = replace(paragraph.style, start=start, containers=details.style[3])


def _unfolded(paragraph: Passage, objects: Mapping[str, InlineObject]) -> tuple[str, list[list[Any]]]:
    """A paragraph's words as a file has them, and the objects of Markdown in them."""
    pieces: list[str] = []
    folds: list[list[Any]] = []
    at = length = 0
    for span in paragraph.spans:
        inline_object = objects.get(span.object_key) if span.object_key else None
        if not isinstance(inline_object, EmbeddedObject):
            continue
        before = sayable(paragraph.text[at : span.start])
        at = span.end
        markdown = is_markdown(inline_object)
        words = sayable(written_words(inline_object)) if markdown else inline_object.text
        length += len(before)
        if markdown:
            char_format = [int(span.char_format), span.link, span.title]
            folds.append(
                [
                    length,
                    length + len(words),
                    inline_object.label,
                    inline_object.text,
                    inline_object.source,
                    *char_format,
                ]
            )
        pieces += [before, words]
        length += len(words)
    pieces.append(sayable(paragraph.text[at:]))
    return "".join(pieces), folds


def _words(line: Line) -> str:
    return "".join(each.text if each.source is None else each.source.text for each in line.pieces)


def _load(text: str | bytes) -> tuple[list[str], dict[int, _Kept]]:
    """Understands what `save_details` gave; nothing of what is not sound."""
    if not text or len(text) > _LARGEST:
        return [], {}
    try:
        values = json.loads(text)
        hashes = [str(each) for each in values["paragraphs"]]
        if values["pandemonium-markdown"] != VERSION:
            return [], {}
        return hashes, {int(index): _kept(*each) for index, each in values["kept"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return [], {}


def _kept(folds: Any, about: Any) -> _Kept:
    """The details of one paragraph.

    Raises:
        ValueError: they contradict themselves.
    """
    found: list[tuple[int, int, EmbeddedObject, CharFormat, str, str]] = []
    last = 0
    for start, end, label, words, source, char_format, link, title in folds:
        if type(start) is not int or type(end) is not int or not last <= start <= end:
            raise ValueError("things out of order")
        last = end
        inline_object = EmbeddedObject(str(label), str(words), str(source))
        if not is_markdown(inline_object):
            raise ValueError("no Markdown")
        found.append((start, end, inline_object, CharFormat(int(char_format) & _CHAR_FORMATS), str(link), str(title)))
    if about is None:
        return _Kept(tuple(found), None)
    kind, level, start, within = about
    containers = tuple(Container(each, part, rest == [True]) for each, part, *rest in within)
    if any(each.kind not in _CONTAINERS or each.part not in _PARTS for each in containers):
        raise ValueError("no container")
    return _Kept(tuple(found), (str(kind), int(level), None if start is None else int(start), containers))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
