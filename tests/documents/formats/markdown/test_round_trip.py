"""Whatever is on the page comes back from Markdown as `normal` says; what stands in Markdown is read as meant."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pandemonium.documents.formats.markdown.normal import normal
from pandemonium.documents.formats.markdown.reading import read_markdown, to_rich
from pandemonium.documents.formats.markdown.writing import from_rich
from pandemonium.documents.model.composing import Composer, InlineObjects
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import CharFormat, Container, ParagraphStyle, Passage, Span

SIGNS = "ab c*_`[]()<>#~!^&+-=|:.\\1234\u2028\t\u00a0é\u201cé\u4e00;x"
TEXTS = st.one_of(
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\ufffc"), min_size=1, max_size=8),
    st.sampled_from(
        ["word", "two words", "1. ", "- ", "# ", "> ", "* * *", "***", "#", "---", "</u>", "<br>", "&amp;"]
    ),
)
LOOKS = st.integers(0, 127).map(CharFormat) | st.sampled_from(
    [CharFormat.PLAIN, CharFormat.BOLD, CharFormat.ITALIC, CharFormat.BOLD | CharFormat.ITALIC]
)
LINKS = st.sampled_from(["", "", "", "https://example.org/a_b?c=d&e", "#there", "a b)(<c>\\", "javascript:x"])
TITLES = st.sampled_from(["", "", "a title", '"quoted" & <b>\\', " "])
STYLES = st.builds(
    ParagraphStyle,
    st.sampled_from(["body", "body", "heading", "quote", "bullet", "number", "scene"]),
    st.integers(1, 7),
    st.sampled_from(["", "center", "justify"]),
    st.booleans(),
    st.just(-1),
    st.none() | st.integers(0, 30),
    st.lists(
        st.builds(
            Container,
            st.sampled_from(["quote", "bullet", "number"]),
            st.sampled_from(["same", "next", "new"]),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)
FOREIGN = st.sampled_from(
    [
        EmbeddedObject("code", "x = 1\n\n  y", "```py\nx = 1\n\n  y\n```"),
        EmbeddedObject("code", "a", "`a`"),
        EmbeddedObject("picture", "an [alt]", "![an \\[alt\\]](p.png)"),
        EmbeddedObject("table", "a\tb\nc\td", "| a | b |\n| --- | --- |\n| c | d |"),
        EmbeddedObject("table", "a\tb\nc*\t", "<w:tbl><w:tr/></w:tbl>"),
        EmbeddedObject("picture", "", "<w:drawing/>"),
        EmbeddedObject("field", "12 May", "<text:date/>"),
    ]
)


@st.composite
def manuscripts(draw: st.DrawFn, *, notes: bool = True) -> tuple[Passage, dict[str, InlineObject]]:
    objects = InlineObjects()
    composer = Composer()
    for _ in range(draw(st.integers(0, 5))):
        for _ in range(draw(st.integers(0, 4))):
            kind = draw(st.integers(0, 9))
            if kind == 0:
                composer.add_object(objects.add(draw(FOREIGN)), draw(LOOKS))
            elif kind == 1 and notes:
                content, inner = draw(manuscripts(notes=False))
                renamed = {key: objects.add(inline_object) for key, inline_object in inner.items()}
                spans = tuple(replace(span, object_key=renamed.get(span.object_key, "")) for span in content.spans)
                composer.add_object(objects.add(Note(replace(content, spans=spans), draw(st.booleans()))), draw(LOOKS))
            else:
                composer.add(draw(TEXTS), draw(LOOKS), draw(LINKS), title=draw(TITLES))
        composer.end_paragraph(draw(STYLES))
    return composer.passage(), objects.by_key


@pytest.mark.long
@given(manuscripts())
@settings(deadline=None, max_examples=100)
def test_what_was_written_is_read_as_it_was(manuscript: tuple[Passage, dict[str, InlineObject]]) -> None:
    expected = normal(*manuscript)
    source = from_rich(*manuscript)
    assert to_rich(source) == expected, source


@pytest.mark.long
@given(manuscripts())
@settings(deadline=None, max_examples=60)
def test_what_is_normal_stays_as_it_is(manuscript: tuple[Passage, dict[str, InlineObject]]) -> None:
    once = normal(*manuscript)
    assert normal(*once) == once


def test_brackets_that_open_nothing_are_dear_to_no_reader() -> None:
    paragraph = Passage("bold", (), (Span(0, 4, CharFormat.BOLD),)) + Passage(" and more words [" * 300 + " end.")
    content, _, as_typed = read_markdown(from_rich(paragraph, {}))
    assert (content.text, content.spans, as_typed) == (paragraph.text, paragraph.spans, False)
