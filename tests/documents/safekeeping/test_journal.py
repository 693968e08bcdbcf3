from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.journal import Journal, changed_stretches, read_journal
from pandemonium.errors import DocumentError


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond 64 KiB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


EDITS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40), st.text("ab\n", max_size=6)), max_size=8)


@given(EDITS, EDITS)
def test_stretches_make_the_new_list_out_of_the_old(early: list, late: list) -> None:
    text = AuthoredText("one\ntwo\nthree\n\nfour\nfive " * 6)

    def edit(edits: list[tuple[int, int, str]]) -> list[Passage]:
        for start, length, new in edits:
            start = min(start, len(text))
            text.replace(start, min(len(text), start + length), Passage(new))
        return list(text.paragraphs)

    old = edit(early)
    new = edit(late)
    made = list(old)
    for first, before, after in changed_stretches(old, new):
        made[first : first + before] = new[first : first + after]
    assert made == new


def test_two_far_places_are_two_stretches() -> None:
    old = [Passage(str(index)) for index in range(1000)]
    new = [*old]
    new[3], new[5], new[900] = Passage("x"), Passage("y"), Passage("z")
    assert changed_stretches(old, new) == [(3, 3, 3), (900, 1, 1)]
    new.insert(0, Passage("first"))
    del new[500:502]
    assert changed_stretches(old, new) == [(0, 0, 1), (4, 1, 1), (6, 1, 1), (500, 2, 0), (899, 1, 1)]
    assert changed_stretches(old, list(old)) == []


def test_it_says_what_was_written_last_and_grows_by_what_changed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    text = AuthoredText("\n".join(f"Paragraph {index} of a long book." for index in range(5000)))
    whole = journal.write({"name": "Book"}, list(text.paragraphs))
    for _ in range(20):
        text.replace(90_000, 90_000, Passage.by("lovecraft", "eldritch "))
        assert journal.write({"name": "Book"}, list(text.paragraphs)) < whole / 100
    assert journal.write({"name": "Book"}, list(text.paragraphs)) == 0
    found = read_journal(tmp_path / "journal")
    assert found.paragraphs == text.paragraphs
    assert found.about == {"name": "Book"}
    assert not found.is_torn


def test_where_the_writer_was_is_kept_with_what_she_wrote(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.write({}, [Passage("It was dark.")], 5)
    assert read_journal(tmp_path / "journal").place == 5
    paragraphs = [Passage("It was darker.")]
    journal.write({}, paragraphs, 13)
    assert read_journal(tmp_path / "journal").place == 13
    assert journal.write({}, list(paragraphs), 2) == 0  # a cursor that moves alone is nothing to wake the disk for
    assert read_journal(tmp_path / "journal").place == 13


@pytest.mark.long
def test_it_is_written_anew_when_the_changes_outgrow_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    for index in range(40):
        journal.write({}, [Passage(str(index) * 200_000)])
    assert (tmp_path / "journal").stat().st_size < 4_000_000
    assert read_journal(tmp_path / "journal").paragraphs == [Passage("39" * 200_000)]


@settings(max_examples=40)
@given(cut=st.integers(0, 400))
def test_a_torn_end_costs_the_last_record_alone(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("torn") / "journal"
    journal = Journal(path)
    sizes = []
    states = []
    for words in ("one", "one two", "one two three"):
        journal.write({"name": "x"}, [Passage(words)])
        sizes.append(path.stat().st_size)
        states.append([Passage(words)])
    journal.close()
    cut = min(cut, sizes[-1])
    path.write_bytes(path.read_bytes()[:cut])
    whole = [state for size, state in zip(sizes, states, strict=True) if size <= cut]
    if whole:
        assert read_journal(path).paragraphs == whole[-1]
        assert read_journal(path).is_torn == (cut not in sizes)
    else:
        with contextlib.suppress(DocumentError):  # nothing of it is whole
            assert read_journal(path).paragraphs == []


def test_changes_of_one_moment_count_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    old = [Passage(f"Old {index}.") for index in range(2000)]
    journal.write({"n": 1}, old)
    size = path.stat().st_size
    new = [Passage(f"New {index}.") for index in range(2001)]
    journal.write({"n": 2}, new)
    journal.close()
    data = path.read_bytes()
    assert data[size:].count(b"\n") > 3
    for end in (size, size + 10, size + (len(data) - size) // 2, len(data) - 1):
        path.write_bytes(data[:end])
        found = read_journal(path)
        assert (found.about, found.paragraphs) == ({"n": 1}, old)
    path.write_bytes(data)
    assert read_journal(path).paragraphs == new


def test_a_damaged_record_is_not_believed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.write({}, [Passage("The sea was calm.")])
    journal.write({}, [Passage("The sea was dark.")])
    journal.close()
    data = (tmp_path / "journal").read_bytes()
    (tmp_path / "journal").write_bytes(data.replace(b"dark", b"dirk"))
    found = read_journal(tmp_path / "journal")
    assert found.is_torn
    assert found.paragraphs == [Passage("The sea was calm.")]


def test_a_full_disk_leaves_what_was_kept_and_the_next_writing_goes_on(tmp_path: Path, small_disk: None) -> None:
    journal = Journal(tmp_path / "journal")
    journal.write({}, [Passage("a" * 40_000)])
    for _ in range(3):
        with pytest.raises(OSError, match="too large"):
            journal.write({}, [Passage("a" * 40_000), Passage("b" * 60_000)])
        assert read_journal(tmp_path / "journal").paragraphs == [Passage("a" * 40_000)]
    journal.write({}, [Passage("c" * 50_000)])
    assert read_journal(tmp_path / "journal").paragraphs == [Passage("c" * 50_000)]
    assert [each.name for each in tmp_path.iterdir()] == ["journal"]


def test_what_is_no_journal_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(b"\x00" * 100)
    with pytest.raises(DocumentError, match="broken"):
        read_journal(tmp_path / "journal")
    with pytest.raises(DocumentError):
        read_journal(tmp_path / "nothing")
