"""Whatever a page can hold comes back from a docx or odt file as it went in, be it new or one that was read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import InlineObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, OBJECT, CharFormat, Mark, ParagraphStyle, Passage, Span, join
from pandemonium.documents.model.scenes import is_scene_sign


@dataclass(frozen=True)
class Format:
    """A format under test."""

    name: str
    read: Callable[[bytes], Manuscript]
    write: Callable[[Manuscript], bytes]


DOCX = Format("docx", read_docx, write_docx)
ODT = Format("odt", read_odt, write_odt)
both = pytest.mark.parametrize("format", [DOCX, ODT], ids=lambda format: format.name)

LETTERS = st.sampled_from("aabcde \u00e9\u4e2d\U0001f600\u2014\u201c'&<>\t\u2028\u00ad\u2011\u00a0*#")
LOOKS = (
    st.integers(0, 127)
    .map(CharFormat)
    .filter(lambda char_format: not (char_format & CharFormat.SUPERSCRIPT and char_format & CharFormat.SUBSCRIPT))
)
LINKS = st.sampled_from(("", "", "", "https://example.org/a?b=1&c", "#place"))
STYLES = st.one_of(
    st.builds(ParagraphStyle, st.just("body")),
    st.builds(ParagraphStyle, st.just("heading"), st.integers(1, 6)),
    st.builds(ParagraphStyle, st.sampled_from(("quote", "scene"))),
    st.builds(ParagraphStyle, st.sampled_from(("bullet", "number")), st.integers(1, 4)),
)


@st.composite
def paragraphs(draw: st.DrawFn) -> Passage:
    """One paragraph, styled."""
    passage = Passage()
    for _ in range(draw(st.integers(0, 4))):
        text = draw(st.text(LETTERS, min_size=1, max_size=8))
        span = Span(0, len(text), draw(st.one_of(st.just(CharFormat.PLAIN), LOOKS)), draw(LINKS))
        voice = draw(st.sampled_from(("", "", "lovecraft", "hers")))
        marks = (Mark(0, len(text), voice),) if voice else ()
        passage = passage + Passage(text, marks, () if span.is_plain else (span,))
    style = replace(
        draw(STYLES),
        alignment=draw(st.sampled_from(("", "", "left", "center", "right", "justify"))),
        page_break=draw(st.integers(0, 5)) == 0,
    )
    if is_scene_sign(passage.text) and style.kind == "body":
        style = replace(style, kind="scene")
    return passage.with_style(style)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Passage, dict[str, InlineObject]]:
    """A text and its notes; each note's mark stands once in it."""
    notes = draw(st.lists(paragraphs(), max_size=3))
    objects: dict[str, InlineObject] = {
        f"n{index}": Note(note.with_style(BODY), draw(st.booleans())) for index, note in enumerate(notes)
    }
    for key, inline_object in objects.items():
        if isinstance(inline_object, Note) and is_scene_sign(inline_object.content.text):
            objects[key] = replace(inline_object, content=Passage("a").with_style(BODY))
    parts = draw(st.lists(paragraphs(), min_size=1, max_size=8))
    for key in objects:
        at = draw(st.integers(0, len(parts) - 1))
        parts[at] = parts[at] + Passage(OBJECT, (), (Span(0, 1, object_key=key),))
    return join([_named(each) for each in parts]), objects


def _named(paragraph: Passage) -> Passage:
    """With the mark of a note in it a row of stars is no scene break any more."""
    style = (paragraph.styles and paragraph.styles[0]) or BODY
    if style.kind == "body" and is_scene_sign(paragraph.text):
        return paragraph.with_style(replace(style, kind="scene"))
    return paragraph


def bare(content: Passage, objects: dict[str, InlineObject] | None = None) -> list[tuple[object, ...]]:
    """What a passage says, whatever its keys and origins: to be compared."""
    said: list[tuple[object, ...]] = []
    for paragraph, style in styled(content):
        spans: list[tuple[object, ...]] = []
        for span in paragraph.spans:
            inline_object = (objects or {}).get(span.object_key)
            shown = (
                (inline_object.at_end, bare(inline_object.content))
                if isinstance(inline_object, Note)
                else inline_object
            )
            spans.append((span.start, span.end, span.char_format, span.link, shown))
        said.append((paragraph.text, paragraph.marks, spans, replace(style, origin=-1)))
    return said


@pytest.mark.long
@both
@settings(max_examples=20, deadline=None)
@given(document=documents())
def test_what_is_written_comes_back(format: Format, document: tuple[Passage, dict[str, InlineObject]]) -> None:
    content, objects = document
    manuscript = Manuscript(content, format.name, objects=objects, title="A & B", author="C", language="en-GB")
    data = format.write(manuscript)
    read = format.read(data)
    assert bare(read.content, dict(read.objects)) == bare(content, objects)
    assert (read.title, read.author, read.language, read.notice) == ("A & B", "C", "en-GB", "")
    assert format.write(read) == data


@pytest.mark.long
@both
@settings(max_examples=20, deadline=None)
@given(document=documents(), seed=st.integers(0, 2**32), new=paragraphs())
def test_what_is_edited_comes_back(
    format: Format, document: tuple[Passage, dict[str, InlineObject]], seed: int, new: Passage
) -> None:
    read = format.read(format.write(Manuscript(document[0], format.name, objects=document[1])))
    content = edited(read.content, random.Random(seed), new)
    again = format.read(format.write(replace(read, content=content)))
    assert bare(again.content, dict(again.objects)) == bare(content, dict(read.objects))


def edited(content: Passage, chance: random.Random, new: Passage) -> Passage:
    """The same after some edits such as the page makes."""
    text = AuthoredText(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 0, 1, 3, 20)))
        piece = chance.choice((Passage("x"), Passage("\n"), Passage(), new, Passage("y z\n"), Passage.by("v", "w")))
        text.replace(start, end, piece)
    return settled(join(text.paragraphs))


def settled(content: Passage) -> Passage:
    """A row of stars as body text is read as a scene break; an edited paragraph may have become one."""
    return join([_named(each) for each in content.paragraphs()])
