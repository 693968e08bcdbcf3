"""Who wrote what survives save and reload, and after edits elsewhere is right or gone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.authorship import (
    aligned,
    load_marks,
    save_marks,
    with_marks,
)
from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import Mark, Passage, Span, join
from pandemonium.documents.sidecar import sidecar_of

WORDS = st.sampled_from(("Yes.", "No.", "", "The lamp.", "It was late \U0001f56f"))


@st.composite
def marked(draw: st.DrawFn) -> list[Passage]:
    voices = st.sampled_from(("", "lovecraft", "hers"))
    lines = draw(st.lists(st.tuples(WORDS, voices, WORDS, voices), min_size=1, max_size=8))
    return [Passage.by(a, one) + Passage.by(b, two) for one, a, two, b in lines]


@given(marked())
def test_marks_come_back(paragraphs: list[Passage]) -> None:
    content = join(paragraphs)
    kept = save_marks(content)
    assert bool(kept) == bool(content.marks)
    assert with_marks(Passage(content.text), {}, load_marks(kept))[0] == content


@given(marked(), st.randoms(use_true_random=False))
def test_after_edits_elsewhere_no_mark_is_wrong(paragraphs: list[Passage], chance: random.Random) -> None:
    kept = load_marks(save_marks(join(paragraphs)))
    now = list(paragraphs)
    for _ in range(chance.randint(0, 3)):
        at = chance.randint(0, len(now))
        if chance.random() < 0.5:
            now[at : at + 1] = []
        else:
            now.insert(at, Passage(chance.choice(("Yes.", "something of her own"))))
    content = join(now or [Passage()])
    read = with_marks(Passage(content.text), {}, kept)[0]
    for mark in read.marks:
        # The mark is one that a paragraph of this very text had.
        paragraph, start = paragraph_at(read, mark.start)
        had = [each.marks for each in paragraphs if each.text == paragraph]
        assert Mark(mark.start - start, mark.end - start, mark.voice) in {each for marks in had for each in marks}


def paragraph_at(content: Passage, position: int) -> tuple[str, int]:
    start = content.text.rfind("\n", 0, position) + 1
    return content.text[start:].split("\n")[0], start


def test_unchanged_paragraphs_keep_their_marks_around_a_changed_one() -> None:
    old = join([Passage.by("v", "one"), Passage.by("v", "two"), Passage.by("v", "three")])
    read = with_marks(Passage("new\none\ntwo!\nthree"), {}, load_marks(save_marks(old)))[0]
    assert read.marks == (Mark(4, 7, "v"), Mark(13, 18, "v"))


def test_of_twins_that_differ_none_is_trusted_when_one_went() -> None:
    old = join([Passage.by("v", "Yes."), Passage("Yes.")])
    assert with_marks(Passage("Yes."), {}, load_marks(save_marks(old)))[0].marks == ()


def test_notes_keep_theirs() -> None:
    objects = {"n": Note(Passage.by("v", "said"))}
    content = Passage("x\ufffc", (), (Span(1, 2, object_key="n"),))
    read = with_marks(content, {"n": Note(Passage("said"))}, load_marks(save_marks(content, objects)))
    assert read == (content, objects)


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.lists(st.sampled_from("abcdef"), max_size=30))
def test_what_is_aligned_is_alike_and_in_order(old: list[str], new: list[str]) -> None:
    places = aligned(old, new)
    found = [place for place in places if place >= 0]
    assert found == sorted(set(found))
    assert all(place < 0 or old[place] == each for place, each in zip(places, new, strict=True))


def test_a_book_is_aligned_at_once() -> None:
    old = [str(index) for index in range(20_000)]
    new = [each for index, each in enumerate(old) if index % 7] + ["x"]
    assert sum(place >= 0 for place in aligned(old, new)) == len(new) - 1


GOOD = {"pandemonium-authors": 1, "paragraphs": ["a", "b"], "voices": {"0": [[0, 1, "v"]]}}


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"3",
        json.dumps(GOOD | {"pandemonium-authors": 2}).encode(),
        json.dumps(GOOD | {"paragraphs": 3}).encode(),
        json.dumps(GOOD | {"paragraphs": [1, 2]}).encode(),
        json.dumps(GOOD | {"voices": {"9": [[0, 1, "v"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"-1": [[0, 1, "v"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, 1, ""]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, 1]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[1, 1, "v"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, 2, "v"], [1, 3, "w"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, 1.5, "v"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, True, "v"]]}}).encode(),
        json.dumps(GOOD | {"voices": {"0": [[0, 1, "v\n"]]}}).encode(),
        json.dumps(GOOD | {"voices": [[0, 1, "v"]]}).encode(),
    ],
)
def test_what_is_unsound_says_nothing(kept: bytes) -> None:
    assert load_marks(json.dumps(GOOD)) is not None
    assert load_marks(kept) is None


def test_a_mark_beyond_its_paragraph_says_nothing() -> None:
    kept = save_marks(Passage.by("v", "one")).replace("[0,3,", "[0,9,")
    assert with_marks(Passage("one"), {}, load_marks(kept))[0].marks == ()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.odt"])
def test_every_format_keeps_them(tmp_path: Path, name: str) -> None:
    content = Passage("Mine. Theirs.\n\nMine again.", (Mark(6, 13, "lovecraft"),))
    written = write_document(Manuscript(content), tmp_path / name)
    read = read_document(tmp_path / name)
    assert read.content.marks == written.content.marks != ()
    mark = read.content.marks[0]
    assert (read.text[mark.start : mark.end], mark.voice) == ("Theirs.", "lovecraft")


def test_the_file_beside_comes_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_document(Manuscript(Passage.by("v", "one"), "txt"), path)
    assert sidecar_of(path).name == "a.txt.authors"
    assert sidecar_of(path).exists()
    write_document(Manuscript(Passage("one"), "txt"), path)
    assert not sidecar_of(path).exists()


def test_another_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    sidecar_of(path).write_text("A list of authors.")
    written = write_document(Manuscript(Passage.by("v", "one"), "txt"), path)
    assert "a.txt.authors" in written.notice
    assert sidecar_of(path).read_text() == "A list of authors."
    assert read_document(path).content == Passage("one")
