"""Pages end where nothing is torn apart, and every line is on one."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from pandemonium.desktop.features.printing.page_breaks import Line, part_into_pages


def paragraphs(*counts: int, keeps: frozenset[int] = frozenset(), notes: dict[int, int] | None = None) -> list[Line]:
    """Lines of height 1; `keeps` names paragraphs that stay with the next, `notes` the line of each note's mark."""
    lines: list[Line] = []
    for number, count in enumerate(counts):
        for index in range(count):
            at = len(lines)
            own = tuple(note for line, note in (notes or {}).items() if line == at)
            lines.append(Line(at, at + 1, index, count, number in keeps, False, own))
    return lines


def test_no_line_stands_alone() -> None:
    assert [sheet.last for sheet in part_into_pages(paragraphs(9, 5), [], 10, 1)] == [9, 14]
    assert [sheet.last for sheet in part_into_pages(paragraphs(7, 4), [], 10, 1)] == [9, 11]
    assert [sheet.last for sheet in part_into_pages(paragraphs(8, 3), [], 10, 1)] == [8, 11]


def test_a_heading_goes_with_what_follows() -> None:
    lines = paragraphs(9, 1, 5, keeps=frozenset({1}))
    assert [sheet.last for sheet in part_into_pages(lines, [], 10, 1)] == [9, 15]


def test_a_note_stands_on_the_page_of_its_mark() -> None:
    sheets = part_into_pages(paragraphs(4, 4, 4, notes={6: 0}), [3.0], 10, 1)
    assert [(sheet.last, sheet.notes) for sheet in sheets] == [(6, ()), (12, (0,))]


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=12),
    st.sets(st.integers(0, 11)),
    st.lists(st.floats(0.5, 15), max_size=6),
)
def test_every_line_and_every_note_is_on_one_page(counts: list[int], keeps: set[int], heights: list[float]) -> None:
    total = sum(counts)
    notes = {(number * 7) % total: number for number in range(len(heights))}
    lines = paragraphs(*counts, keeps=frozenset(keeps), notes=notes)
    sheets = part_into_pages(lines, heights, 10, 1)
    assert [sheet.first for sheet in sheets] == [0, *(sheet.last for sheet in sheets[:-1])]
    assert sheets[-1].last == total
    assert all(sheet.last > sheet.first for sheet in sheets)
    assert sorted(note for sheet in sheets for note in sheet.notes) == sorted(notes.values())
    for sheet in sheets:
        used = lines[sheet.last - 1].bottom - lines[sheet.first].top + sum(heights[note] for note in sheet.notes)
        assert used <= 10 or sheet.last == sheet.first + 1
