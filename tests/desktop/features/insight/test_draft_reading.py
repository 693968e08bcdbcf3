"""What the pane shows of a draft: counted once, the chapter that the cursor is in, stopped when it is told."""

from __future__ import annotations

import math

import pytest

from pandemonium.desktop.features.insight.draft_reading import MOST_POINTS, DraftReader, DraftReading, Snapshot
from pandemonium.documents.model.passage import Passage

BOOK = (
    "# The Lamp",
    "It was late. The lamp burned low.",
    "## The House",
    "He could not help but look. He came in.",
    "",
    "He could not help but wait until the very last of the guests had gone away.",
    "## The Stair",
    "He could not help but fall.",
)


def read(reader: DraftReader, cursor: int = 0, revision: int = 1, texts: tuple[str, ...] = BOOK) -> DraftReading:
    draft = Snapshot(revision, [Passage(text) for text in texts], "md", cursor)
    found = reader.read(draft, lambda text: float(len(text)), None, lambda: False)
    assert found is not None
    return found


def test_the_chapter_of_the_cursor() -> None:
    reader = DraftReader()
    pace = read(reader, cursor=5).pace
    assert (pace.title, pace.first, pace.end, pace.paragraphs) == ("The House", 3, 6, 2)
    assert [(each.paragraph, each.number) for each in pace.points] == [(3, 1), (5, 2)]
    assert [each.sentence for each in pace.points] == pytest.approx([4.5, 16])
    assert pace.points[0].surprise == len(BOOK[3])
    assert read(reader, cursor=7).pace.title == "The Stair"


def test_a_larger_heading_has_its_chapters() -> None:
    pace = read(DraftReader(), cursor=0).pace
    assert (pace.title, pace.end) == ("The Lamp", len(BOOK))


def test_a_heading_right_behind_another_has_the_next_chapter() -> None:
    texts = ("# Part One", "# The Lamp", "It burned low.", "# Part Two")
    assert read(DraftReader(), cursor=0, texts=texts).pace.title == "The Lamp"
    assert read(DraftReader(), cursor=3, texts=texts).pace.points == ()
    before = read(DraftReader(), cursor=0, texts=("It was late.", *texts)).pace
    assert (before.title, before.first, before.end) == ("", 0, 1)


def test_a_text_without_headings_is_one_chapter() -> None:
    pace = read(DraftReader(), texts=("One lamp.", "Two lamps burned.")).pace
    assert (pace.title, pace.first, pace.end) == ("", 0, 2)


def test_what_is_worn_is_found_and_its_places_are_right() -> None:
    found = read(DraftReader())
    run = found.runs[0]
    assert (run.words, run.count) == ("He could not help but", 3)
    assert [BOOK[paragraph][start:end] for paragraph, start, end in run.places] == ["He could not help but"] * 3
    assert found.openings[0].words == "He"
    assert found.favourites == ()


def test_a_long_chapter_has_no_more_points_than_can_be_seen() -> None:
    texts = tuple("One two three." if number % 2 else "" for number in range(10_000))
    pace = read(DraftReader(), texts=texts).pace
    assert len(pace.points) <= MOST_POINTS
    assert pace.paragraphs == 5000
    assert all(each.sentence == pytest.approx(3) for each in pace.points)


def test_it_is_read_again_only_where_the_text_has_changed() -> None:
    reader = DraftReader()
    first = read(reader)
    assert read(reader, cursor=7).runs is first.runs
    again = read(reader, revision=2, texts=BOOK[:6])
    assert again.revision == 2
    assert again.runs[0].count == 2


def test_what_is_not_read_by_the_voice_is_no_number_and_a_stop_gives_nothing() -> None:
    draft = Snapshot(1, [Passage("One lamp.")], "txt", 0)
    found = DraftReader().read(draft, lambda _: math.nan, None, lambda: False)
    assert found is not None
    assert math.isnan(found.pace.points[0].surprise)
    assert DraftReader().read(draft, lambda _: math.nan, None, lambda: True) is None
