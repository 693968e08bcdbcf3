"""The map in a whole window: words are tinted, the document is not touched, and what an edit leaves stays tinted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QToolButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.core.theme import DARK, LIGHT
from pandemonium.desktop.features.insight import surprise_map
from pandemonium.text.ngrams import find_words
from pandemonium.writing.insight import surprise
from pandemonium.writing.insight.surprise import Expectation, Part, Surprise, WordBits

TEXT = "The old house stood upon the hill.\n\nI heard a quixotic sound from the cellar."
ODD = {"quixotic": 20.0, "cellar": 13.0, "house": 9.5}


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Makes every voice expect all words but those of ODD; gives what it was asked to read."""
    asked: list[list[str]] = []

    def read(_: object, before: list[Part], parts: list[Part], *__: object) -> Surprise:
        asked.append([part.text for part in parts])
        found = []
        for part in parts:
            words = list(find_words(part.text))
            found.append(
                WordBits(
                    np.array([word.start() for word in words], dtype=np.int32),
                    np.array([word.end() for word in words], dtype=np.int32),
                    np.array([ODD.get(word[0], 3.0) for word in words], dtype=np.float32),
                )
            )
        return Surprise(tuple(found), Expectation(("the",), np.ones(1), sum(len(each.bits) for each in found)))

    monkeypatch.setattr(surprise, "read_surprise", read)
    return asked


def tinted(desk: Desk) -> dict[str, str]:
    """What is tinted, and with which colour."""
    return {
        each.cursor.selectedText(): each.format.background().color().name()
        for each in desk.editor.extraSelections()
        if each.format.background().style() and each.cursor.hasSelection()
    }


def switch(desk: Desk) -> None:
    desk.actions["surpriseAction"].trigger()


@pytest.mark.long
def test_words_are_tinted_by_how_unexpected_they_are(desk: Desk, qtbot: Any, voice: list[list[str]]) -> None:
    desk.editor.setPlainText(TEXT)
    switch(desk)
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    assert tinted(desk) == {"house": LIGHT.unexpected, "cellar": LIGHT.rare, "quixotic": LIGHT.startling} or tinted(
        desk
    ) == {"house": DARK.unexpected, "cellar": DARK.rare, "quixotic": DARK.startling}
    desk.store.update("editor", theme="dark")
    assert tinted(desk)["quixotic"] == DARK.startling
    assert desk.actions["surpriseAction"].isChecked()
    switch(desk)
    assert tinted(desk) == {}
    assert not desk.actions["surpriseAction"].isChecked()


@pytest.mark.long
def test_the_document_and_its_undo_are_not_touched(desk: Desk, qtbot: Any, voice: list[list[str]]) -> None:
    desk.editor.setPlainText(TEXT)
    before = desk.editor.model.content()
    revision = desk.editor.model.revision
    switch(desk)
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    assert desk.editor.model.content() == before
    assert desk.editor.model.revision == revision
    assert not desk.editor.model.history.can_undo
    assert not desk.window.isWindowModified()


def test_an_edit_reads_its_paragraph_again_and_the_rest_stays_tinted(
    desk: Desk, qtbot: Any, voice: list[list[str]], place_cursor: Callable[[Desk, int], None]
) -> None:
    desk.editor.setPlainText(TEXT)
    switch(desk)
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    voice.clear()
    place_cursor(desk, TEXT.index("sound"))
    QTest.keyClicks(desk.editor, "faint ")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: "quixotic" in tinted(desk) and "cellar" in tinted(desk))
    qtbot.waitUntil(lambda: bool(voice))
    assert voice == [["I heard a quixotic faint sound from the cellar."]]
    desk.editor.undo()
    voice.clear()
    desk.surprise._pause.timeout.emit()
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    assert voice == [], "what is taken back is known"


def test_another_mixture_of_voices_reads_all_anew(desk: Desk, qtbot: Any, voice: list[list[str]]) -> None:
    desk.editor.setPlainText(TEXT)
    switch(desk)
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    voice.clear()
    desk.store.update("writing", mix=("classics=0.30",))
    qtbot.waitUntil(lambda: any(TEXT.split("\n\n", maxsplit=1)[0] in asked for asked in voice))


def test_a_reading_that_was_put_off_is_asked_for_again(
    desk: Desk, qtbot: Any, voice: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = surprise.read_surprise
    puts_off = iter([True, True])

    def gives_way(*arguments: Any) -> Surprise:
        return Surprise((), Expectation((), np.zeros(0), 0)) if next(puts_off, False) else read(*arguments)

    monkeypatch.setattr(surprise, "read_surprise", gives_way)
    desk.editor.setPlainText(TEXT)
    switch(desk)
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)


@pytest.mark.long
def test_esc_stops_the_reading_until_she_writes_on(desk: Desk, qtbot: Any, voice: list[list[str]]) -> None:
    desk.editor.setPlainText("\n\n".join(f"{number}. {TEXT}" for number in range(400)))  # read in several parts
    desk.surprise.switch(True)
    qtbot.waitUntil(lambda: bool(desk.surprise._is_reading))
    desk.context.dismiss()
    qtbot.waitUntil(lambda: not desk.surprise._is_reading)
    asked = len(voice)
    assert "Stopped at" in desk.surprise.legend._progress.text()
    desk.context.dismiss()  # nothing more to end
    assert desk.surprise.is_on
    qtbot.wait(50)
    assert len(voice) == asked
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: len(voice) > asked)


def test_nothing_is_read_while_nobody_wants_it(desk: Desk, qtbot: Any, voice: list[list[str]]) -> None:
    desk.editor.setPlainText(TEXT)
    QTest.keyClicks(desk.editor, "x")
    assert not desk.surprise._pause.isActive()
    assert voice == []


def test_the_legend_says_what_the_tints_mean_and_takes_them_away(
    desk: Desk, qtbot: Any, voice: list[list[str]]
) -> None:
    legend = desk.window.findChild(QFrame, "surpriseLegend")
    assert not legend.isVisible()
    desk.editor.setPlainText(TEXT)
    switch(desk)
    assert legend.isVisible()
    lead = desk.surprise.legend._lead
    legend.setFixedWidth(900)
    qtbot.waitUntil(lambda: lead.text() == "Less likely to Small than:")  # before anything was read
    needed = legend.sizeHint().width()
    legend.setFixedWidth(needed)
    qtbot.waitUntil(lambda: legend.width() == needed and lead.has_room_for(lead.text()))
    assert desk.surprise.legend._progress.text()
    assert not desk.surprise.legend._progress.has_room_for("Read so far")  # how far it is yields first
    legend.setFixedWidth(needed - 20)
    qtbot.waitUntil(lambda: lead.text() == "Less likely than:")
    assert "1 in 500" in legend.accessibleDescription()
    qtbot.waitUntil(lambda: len(tinted(desk)) == 3)
    desk.window.findChild(QToolButton, "surpriseClose").click()
    assert not legend.isVisible()
    assert tinted(desk) == {}


def test_another_language_is_a_sentence(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Surprise((), Expectation((), np.zeros(0), 0), foreign="de")
    monkeypatch.setattr(surprise, "read_surprise", lambda *_: nothing)
    desk.editor.setPlainText("Das Haus.")
    switch(desk)
    qtbot.waitUntil(lambda: "German" in desk.message_bar.sentence)
    assert not desk.surprise.is_on


def test_in_a_very_long_paragraph_only_what_is_in_view_is_tinted(
    desk: Desk, qtbot: Any, voice: list[list[str]]
) -> None:
    desk.editor.setPlainText("a quixotic sound " * 3000)
    switch(desk)
    qtbot.waitUntil(lambda: bool(tinted(desk)))
    qtbot.waitUntil(lambda: desk.surprise.store.share(desk.editor.model.text.paragraphs) == 1)
    assert len(desk.editor.extraSelections()) < 400


def test_a_real_voice_reads_all_of_a_draft(desk: Desk, qtbot: Any) -> None:
    desk.editor.setPlainText(TEXT)
    switch(desk)
    qtbot.waitUntil(lambda: desk.surprise.store.share(desk.editor.model.text.paragraphs) == 1)
    assert desk.surprise.store.mean(TEXT.split("\n\n", maxsplit=1)[0]) > 0


def test_levels_are_the_chances_that_the_legend_names() -> None:
    assert [round(2**level) for level in surprise_map.LEVELS] == [500, 4000, 30_000]
