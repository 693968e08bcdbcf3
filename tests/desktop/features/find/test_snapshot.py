"""Places found in whole characters are the editor's places, whatever stands before them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.editor.units import from_units, to_units
from pandemonium.desktop.features.find.snapshot import Snapshot, Task
from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.text.searching import Query

TEXTS = st.text("ab\n\U0001f600\U0001f601\r\ud800\U0010000dé", max_size=40)


def snapshot(text: str, start: int = 0, end: int | None = None) -> Snapshot:
    return Snapshot(AuthoredText(to_units(text)).paragraphs, 0, start, end)


@given(TEXTS)
def test_places_are_in_units(text: str) -> None:
    units = to_units(text)
    for words in ("a", "\U0001f600", "b\n"):
        query = Query(words.replace("\n", "\\n"), match_case=True, pattern=True)
        found = snapshot(text).find(Task(query))
        assert [units[slice(*found[index])] for index in range(len(found))] == [to_units(words)] * text.count(words)


@given(TEXTS, st.text("xy\U0001f602", max_size=3))
def test_replacing_in_units_is_replacing_in_text(text: str, new: str) -> None:
    units = to_units(text)
    changes = snapshot(text).changes(Task(Query("a", match_case=True), new))
    for each in reversed(changes):
        units = units[: each.start] + each.text + units[each.end :]
    assert from_units(units) == text.replace("a", new)


@given(TEXTS)
def test_a_group_gives_back_what_it_found(text: str) -> None:
    units = to_units(text)
    for each in snapshot(text).changes(Task(Query("(.)", pattern=True), "$1")):
        assert units[each.start : each.end] == each.text


def test_only_a_part_is_searched() -> None:
    assert list(snapshot("a\U0001f600a\U0001f600a", 1, 5).find(Task(Query("a"))).starts) == [3]


def test_a_note_is_not_replaced() -> None:
    assert [each.start for each in snapshot("ab a\ufffcb").changes(Task(Query("a.?b", pattern=True), ""))] == [0]
