"""Which document is this: known again under another name, and never taken for one that merely begins alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.documents.safekeeping.known_documents import DocumentKeys, KnownDocuments, is_untitled
from pandemonium.errors import PandemoniumError

BEGINS = "The letter came on a Thursday, and Marta did not open it until the lamps were lit. "


@pytest.fixture
def known(tmp_path: Path) -> KnownDocuments:
    return KnownDocuments(tmp_path / "known.json")


def test_a_document_that_was_renamed_is_the_same(known: KnownDocuments, tmp_path: Path) -> None:
    draft = known.open(tmp_path / "draft.txt", BEGINS)
    assert draft == DocumentKeys.of(tmp_path / "draft.txt")
    known.note(draft, BEGINS)
    renamed = known.open(tmp_path / "renamed.txt", BEGINS + "And so on.")
    assert renamed.earlier == (draft.own,)
    known.note(renamed, BEGINS * 9)
    again = known.open(tmp_path / "renamed again.txt", BEGINS * 9)
    assert again.earlier == (renamed.own, draft.own)
    assert known.open(tmp_path / "renamed.txt", "It begins otherwise.") == renamed
    assert known.open(tmp_path / "x" / ".." / "draft.txt", "") == draft


def test_nothing_of_it_can_be_read_in_the_file(known: KnownDocuments, tmp_path: Path) -> None:
    known.note(known.open(tmp_path / "secret.txt", BEGINS), BEGINS)
    written = (tmp_path / "known.json").read_text("utf-8")
    assert "secret" not in written
    assert "letter" not in written


def test_what_many_begin_with_tells_nothing(known: KnownDocuments, tmp_path: Path) -> None:
    known.note(known.open(tmp_path / "one.txt", ""), "Chapter One")
    assert known.open(tmp_path / "two.txt", "Chapter One").earlier == ()
    assert known.open(None, "Chapter One").earlier == ()
    known.note(known.open(tmp_path / "one.txt", ""), "")
    assert known.open(tmp_path / "two.txt", BEGINS).earlier == ()


def test_the_longest_beginning_tells(known: KnownDocuments, tmp_path: Path) -> None:
    long = known.open(tmp_path / "long.txt", BEGINS * 9)
    known.note(long, BEGINS * 9)
    short = known.open(tmp_path / "short.txt", "Another. " + BEGINS)
    known.note(short, BEGINS)
    assert known.open(tmp_path / "x.txt", BEGINS * 9).earlier == (long.own,)
    assert known.open(tmp_path / "x.txt", BEGINS + "It is another tale.").earlier == (short.own,)


def test_a_document_without_a_file_is_known_by_however_little_it_begins_with(known: KnownDocuments) -> None:
    first = known.open(None, "")
    assert first.is_untitled
    known.note(first, "It was dark.")
    assert known.open(None, "It was dark. She had not slept.").earlier == (first.own,)
    assert known.open(None, "It was light.").earlier == ()
    assert known.open(None, "").earlier == ()


def test_it_goes_on_in_another_file(known: KnownDocuments, tmp_path: Path) -> None:
    untitled = known.open(None, "")
    draft = known.follow(untitled, tmp_path / "draft.txt")
    assert draft == DocumentKeys(DocumentKeys.of(tmp_path / "draft.txt").own, (untitled.own,))
    assert known.follow(draft, tmp_path / "draft.txt") == draft
    other = known.follow(draft, tmp_path / "other.txt")
    assert other.earlier == (draft.own, untitled.own)
    assert known.follow(other, tmp_path / "draft.txt").all == (draft.own, other.own, untitled.own)
    keys = draft
    for number in range(30):
        keys = known.follow(keys, tmp_path / f"{number}.txt")
    assert len(keys.earlier) == 8


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    known = KnownDocuments(tmp_path / "missing" / "known.json")
    with pytest.raises(PandemoniumError, match="could not be noted"):
        known.note(known.open(None, ""), BEGINS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
RECORDS = st.dictionaries(
    st.sampled_from(["untitled-1", "k", "l"]),
    JSON | st.fixed_dictionaries({"length": JSON, "opening": JSON, "earlier": JSON}),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=RECORDS | JSON)
def test_of_a_broken_file_nothing_is_believed(known: KnownDocuments, tmp_path: Path, values: object) -> None:
    (tmp_path / "known.json").write_text(json.dumps(values), "utf-8")
    keys = known.open(None, BEGINS)
    assert is_untitled(keys.own)
    assert all(isinstance(each, str) for each in keys.earlier)
    known.note(keys, BEGINS)
    assert known.open(None, BEGINS).earlier[:1] == (keys.own,)
