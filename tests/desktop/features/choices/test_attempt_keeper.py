"""Every attempt is kept with its document: at its place tomorrow, behind earlier passages, in files for her alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.choices.attempt_files import AttemptFiles
from pandemonium.desktop.features.choices.kept_attempts import KeptAttempts, KeptPlace, place_of
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.writing.reading.origins import Origin
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import ContinueRequest

Wait = Callable[[Desk], None]
Place = Callable[[Desk, int], None]
Save = Callable[[Desk, Path], None]
OPENING = "I was standing upon the threshold of the old house by the sea when I heard, from the cellar, a sound"
RECIPE = Recipe.of(ContinueRequest(1, 0, OPENING), "small", "ab", "cpu", "2026-01-02T03:04:05")


def texts(desk: Desk) -> list[str]:
    return [each.text for each in desk.generation.attempts]


@pytest.mark.long
def test_tomorrow_the_attempts_are_at_their_place(
    make_desk: Callable[..., Desk],
    tmp_path: Path,
    finish: Wait,
    place_cursor: Place,
    qtbot: Any,
    pandemonium_home: Path,
    save_to: Save,
) -> None:
    file = tmp_path / "tale.docx"
    today = make_desk()
    QTest.keyClicks(today.editor, OPENING)
    today.generation.write_choices()
    finish(today)
    today.choices.take(1)
    taken = texts(today)[1]
    all_of_them = texts(today)
    QTest.keyClicks(today.editor, " Then it was still, and I went down. Nobody was there, and nobody had been.")
    save_to(today, file)
    today.window.close()
    kept = list((pandemonium_home / "data" / "attempts").iterdir())
    assert len(kept) == 1
    if os.name == "posix":
        assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600

    tomorrow = make_desk(file)
    end = len(tomorrow.editor.model.text)
    place_cursor(tomorrow, end)
    tomorrow.choices.keeper.look()
    assert not tomorrow.generation.attempts
    place_cursor(tomorrow, len(OPENING) + 5)
    qtbot.waitUntil(lambda: bool(tomorrow.generation.attempts))
    assert sorted(texts(tomorrow)) == sorted(all_of_them)
    assert texts(tomorrow)[tomorrow.generation.current] == taken
    assert all(each.recipe is not None for each in tomorrow.generation.attempts)
    before = tomorrow.editor.model.content()
    other = next(at for at, each in enumerate(texts(tomorrow)) if each != taken)
    tomorrow.generation.choose(other)
    whole = tomorrow.editor.model.whole_text()
    assert whole.startswith(OPENING + tomorrow.generation.attempt_text(other))
    assert whole.endswith("nobody had been.")
    tomorrow.editor.undo()
    assert tomorrow.editor.model.content() == before
    place_cursor(tomorrow, len(OPENING) + 5)
    tomorrow.choices.keeper.look()
    assert sorted(texts(tomorrow)) == sorted(all_of_them)


@pytest.mark.long
def test_each_passage_has_its_own(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    QTest.keyClicks(desk.editor, OPENING)
    passages = []
    for seed in (3, 40):
        desk.store.update("writing", seed=seed)
        desk.generation.write_choices()
        finish(desk)
        desk.choices.take(0)
        assert desk.generation.place is not None
        passages.append((desk.generation.place.span, texts(desk)))
        QTest.keyClicks(desk.editor, " Then there was nothing for a long while, and I began to walk up and down again.")
    (start, end), first = passages[0]
    place_cursor(desk, (start + end) // 2)
    desk.choices.keeper.look()
    assert texts(desk) == first
    assert desk.generation.place is not None
    assert desk.generation.place.span == (start, end)
    (start, end), second = passages[1]
    place_cursor(desk, end)
    desk.choices.keeper.look()
    assert texts(desk) == second
    place_cursor(desk, 0)
    QTest.keyClicks(desk.editor, "Once upon a time. ")
    place_cursor(desk, passages[0][0][0] + 20)
    desk.choices.keeper.look()
    assert texts(desk) == first


@pytest.mark.long
def test_of_a_passage_that_she_worked_on_as_well(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    QTest.keyClicks(desk.editor, OPENING)
    desk.generation.write_choices()
    finish(desk)
    desk.choices.take(0)
    first = texts(desk)
    place_cursor(desk, len(OPENING) + 15)
    QTest.keyClicks(desk.editor, "MINE")
    desk.generation.forget()
    place_cursor(desk, len(OPENING) + 25)
    desk.choices.keeper.look()
    assert texts(desk) == first
    assert desk.generation.place is not None
    start, end = desk.generation.place.span
    assert start == len(OPENING)
    assert end == len(OPENING) + len(first[0]) + 4
    assert desk.generation.place.holds_own_words


@pytest.mark.long
def test_choices_that_were_not_taken_wait_at_the_cursor(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    QTest.keyClicks(desk.editor, OPENING)
    desk.generation.write_choices()
    finish(desk)
    first = texts(desk)
    desk.generation.forget()
    place_cursor(desk, 3)
    desk.choices.keeper.look()
    assert not desk.generation.attempts
    place_cursor(desk, len(OPENING))
    desk.choices.keeper.look()
    assert texts(desk) == first
    assert desk.generation.current == -1
    desk.choices.take(2)
    assert desk.editor.model.whole_text() == OPENING + desk.generation.attempt_text(2)


def test_what_was_kept_is_not_lost_where_the_window_goes_at_once(
    make_desk: Callable[..., Desk], tmp_path: Path, finish: Wait, place_cursor: Place
) -> None:
    file = tmp_path / "tale.txt"
    file.write_text(OPENING, "utf-8")
    files = make_desk(file).choices.keeper._files
    kept = KeptAttempts([KeptPlace("elsewhere", "", (Attempt("once", "small"),))])
    keys = DocumentKeys.of(file)
    files.write(keys, kept.to_json())
    desk = make_desk()
    desk.choices.keeper._load()
    desk.choices.keeper.set_document(keys)
    desk.choices.keeper.kept.keep(place_of(OPENING, "", [Attempt(" now", "small")], -1))
    desk.choices.keeper._write_timer.start()
    desk.choices.keeper.close()
    assert [each.attempts[0].text for each in files.read(keys).places] == ["once", " now"]


def test_a_broken_file_is_none(desk: Desk, tmp_path: Path) -> None:
    files = AttemptFiles(tmp_path / "attempts")
    assert files.read(DocumentKeys.of(tmp_path / "none.txt")).places == []
    tale = DocumentKeys.of(tmp_path / "tale.txt")
    place = b'{"recipes": [], "places": [{"tail": "", "head": "", "current": 0, "attempts": [], "recalled": [[1, 2]]}]}'
    for data in (
        b"",
        b"{",
        b"[]",
        place,
        b'{"recipes": [], "places": [3]}',
        b'{"recipes": 3, "places": []}',
        b"\xff" * 9,
    ):
        files.write(tale, data)
        assert files.read(tale).places == []


def test_they_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = AttemptFiles(tmp_path / "attempts")
    monkeypatch.setattr("pandemonium.desktop.features.choices.attempt_files._DOCUMENTS", 3)
    for number in range(6):
        keys = DocumentKeys(str(number))
        files.write(keys, KeptAttempts([KeptPlace("a", "", (Attempt(str(number), "small"),))]).to_json())
        os.utime(tmp_path / f"attempts/{number}.attempts", (2e9 + number, 2e9 + number))
    os.utime(tmp_path / "attempts/5.attempts", (1e9, 1e9))
    files.sweep()
    left = [number for number in range(6) if files.read(DocumentKeys(str(number))).places]
    assert left == [2, 3, 4]


def test_one_document_keeps_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pandemonium.desktop.features.choices.kept_attempts._BYTES", 20_000)
    kept = KeptAttempts()
    for number in range(200):
        kept.keep(place_of(f"{number:064}", "", [Attempt("x" * 200, "small", number, RECIPE)], -1))
    data = kept.to_json()
    assert len(data) <= 20_000
    again = KeptAttempts.from_json(data)
    assert again.places == kept.places
    assert again.places[-1].tail == f"{199:064}"
    for number in range(60):
        kept.keep(place_of("t" * 64, "", [Attempt(f"{number} of many", "small", number)], -1))
    assert len(kept.places[-1].attempts) <= 24
    assert kept.places[-1].attempts[0].text == "59 of many"


WORDS = st.text(st.sampled_from("abc .\n\ud83d\ude00"), max_size=30)


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS.filter(bool), min_size=1, max_size=3)), max_size=5))
def test_what_is_kept_comes_back(places: list[tuple[str, str, list[str]]]) -> None:
    kept = KeptAttempts()
    for tail, head, written in places:
        attempts = [
            Attempt(text, "small", seed, RECIPE.other(seed), (Origin(0, 3, seed, "the \U0001f419 lamp", 4, 1),))
            for seed, text in enumerate(written)
        ]
        whole = kept.keep(place_of(tail, head, attempts, 0))
        assert list(whole.attempts[: len(attempts)]) == attempts
    again = KeptAttempts.from_json(kept.to_json()).places
    assert again == kept.places
    for place, other in zip(again, kept.places, strict=True):
        assert [each.origins for each in place.attempts] == [each.origins for each in other.attempts]


@given(st.integers(0, 200), st.integers(0, 200), st.data())
def test_a_place_is_found_where_it_is(before: int, behind: int, data: Any) -> None:
    lead = "".join(f"{number} lamps. " for number in range(before))
    tail = "and there, at the end of the long stair, she saw a door that was open"
    written = " and behind it the sea, as grey as the morning."
    kept = KeptAttempts()
    kept.keep(place_of((lead + tail)[-64:], written, [Attempt(written, "small", 1), Attempt(" no", "small", 2)], 0))
    passage = Passage(lead + tail) + Passage.by("small", written) + Passage("".join(f" {n}?" for n in range(behind)))
    start = len(lead + tail)
    end = start + len(written)
    position = data.draw(st.integers(0, len(passage)))
    found = kept.find(position, 0, passage)
    if start <= position <= end:
        assert found is not None
        assert found[:2] == (start, end)
    elif found is not None:
        assert position - end <= 2
        assert passage.text[end:position].isspace()


def test_other_words_within_what_a_voice_wrote_have_a_place_of_their_own() -> None:
    tail = "and there, at the end of the long stair, she saw a door that was open"
    written = " It was as grey as the morning. Behind it lay the sea. Nobody came."
    reworded = written.replace("It was as grey as the morning.", "As grey as the morning it was.")
    again = reworded.replace("Behind it lay the sea.", "The sea lay behind it.")
    first = Attempt("As grey as the morning it was.", "small", 2)
    second = Attempt("The sea lay behind it.", "small", 3)
    kept = KeptAttempts()
    kept.keep(place_of(tail[-64:], written, [Attempt(written, "small", 1)], 0))
    kept.keep(place_of(f"{tail} "[-64:], first.text, [first], 0, "It was as grey as the morning."))
    kept.keep(place_of(f"{tail}{reworded[:32]}"[-64:], second.text, [second], 0, "Behind it lay the sea."))
    kept = KeptAttempts.from_json(kept.to_json())
    passage = Passage(tail) + Passage.by("small", again)

    def texts(word: str) -> list[str]:
        found = kept.find(passage.text.index(word) + 1, 0, passage)
        assert found is not None
        return [each.text for each in found.place.attempts]

    assert texts("grey") == [first.text]
    assert texts("sea") == [second.text]
    assert texts("Nobody") == [written]
    # Where her own words stand there again, none of the others do.
    passage = Passage(tail) + Passage.by("small", written)
    assert texts("grey") == texts("sea") == texts("Nobody") == [written]
