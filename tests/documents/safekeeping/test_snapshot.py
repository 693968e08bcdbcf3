from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.formats.markdown.reading import read_markdown
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note, PlainForm, PlainLine
from pandemonium.documents.model.passage import CharFormat, Container, Mark, ParagraphStyle, Passage, Span
from pandemonium.documents.safekeeping.snapshot import from_bytes, hash_of, to_bytes
from pandemonium.errors import DocumentError

# Every character there is, lone surrogates too, and pairs of them that are two characters and not one.
TEXTS = st.text(st.characters(codec=None) | st.sampled_from("\ud83d\ude00\n\r\u2028\ufffc\x00"), max_size=30)
NAMES = st.text(st.characters(), max_size=8)
VOICES = st.text(st.characters(), min_size=1, max_size=8)
CONTAINERS = st.builds(
    Container,
    st.sampled_from(["quote", "bullet", "number"]),
    st.sampled_from(["same", "next", "new"]),
    st.booleans(),
)
STYLES = st.builds(
    ParagraphStyle,
    st.sampled_from(["body", "heading", "quote", "bullet", "number", "scene"]),
    st.integers(0, 20),
    st.sampled_from(["", "left", "center", "right", "justify"]),
    st.booleans(),
    st.integers(-1, 10**6),
    st.none() | st.integers(0, 10**9),
    st.lists(CONTAINERS, max_size=3).map(tuple),
)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    text = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if "\n" not in text[a:b]]
    marks = tuple(Mark(start, end, draw(VOICES)) for start, end in pairs)
    char_formats = st.integers(1, 127).map(CharFormat)
    spans = tuple(
        Span(a, b, draw(char_formats), draw(NAMES), draw(NAMES) if text[a:b] == "\ufffc" else "", draw(NAMES))
        for a, b in pairs
    )
    count = text.count("\n") + 1
    styles = draw(st.just(()) | st.lists(st.none() | STYLES, min_size=count, max_size=count).map(tuple))
    return Passage(text, marks, spans, styles)


THINGS = st.builds(Note, passages(), st.booleans(), NAMES) | st.builds(
    EmbeddedObject, NAMES, TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple)
)
PLAIN_LINES = st.builds(PlainLine, TEXTS, st.binary(max_size=4), st.sampled_from(["\r\n", ""]))
MANUSCRIPTS = st.builds(
    Manuscript,
    passages(),
    st.sampled_from(["", "txt", "md", "docx", "odt", "pdf"]),
    st.none() | st.sampled_from([Path("a.txt"), Path("/home/s\udcffe/Novel.docx")]),
    st.dictionaries(NAMES, THINGS, max_size=3),
    st.builds(
        PlainForm,
        st.just("cp1252"),
        st.just("strict"),
        st.binary(max_size=4),
        st.sampled_from("\r\n"),
        st.lists(st.builds(PlainLine, TEXTS, st.binary(max_size=4), st.sampled_from(["\r\n", ""])), max_size=2).map(
            tuple
        ),
    ),
    st.none() | st.binary(max_size=20),
    NAMES,
    NAMES,
    NAMES,
    NAMES,
    st.booleans(),
)


@given(MANUSCRIPTS)
def test_nothing_is_lost(manuscript: Manuscript) -> None:
    kept = {} if manuscript.package is None else {hash_of(manuscript.package): manuscript.package}
    assert from_bytes(to_bytes(manuscript), kept.get) == manuscript


def test_the_deepest_list_that_is_read_is_kept() -> None:
    content, _, _ = read_markdown("\n".join("  " * depth + "- *one*" for depth in range(30)))
    assert max(style.level for style in content.styles if style) > 9
    assert from_bytes(to_bytes(Manuscript(content))).content == content


def test_words_outlive_unsound_looks() -> None:
    whole = Passage("The sea\nwas dark.", (Mark(0, 3, "lovecraft"),))
    data = to_bytes(Manuscript(whole)).replace(b"[0,3,", b"[6,99,")
    assert from_bytes(data).content == Passage(whole.text)


def test_a_package_that_is_gone_is_none() -> None:
    assert from_bytes(to_bytes(Manuscript(package=b"PK"))).package is None


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[]", b"{}", b'{"manuscript":{},"content":""}', b"[" * 100_000, b'{"content":7}']
)
def test_what_is_no_snapshot_is_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError):
        from_bytes(data)
