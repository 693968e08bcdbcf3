"""The pane in a whole window: it follows the draft, each line leads through its places, the curve to its paragraph."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QListWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.insight.draft_reading import Pace, PacePoint
from pandemonium.desktop.features.insight.pace_curve import PaceCurve
from pandemonium.writing.insight.worn import DraftWords

TEXT = (
    "Chapter 1\n\n"
    "She could not help but smile. He came in. He sat down beside the fire.\n\n"
    "He could not help but laugh when the lamp went out and the wind came in from the sea.\n\n"
    "Chapter 2\n\n"
    "They could not help but stare."
)
RUN = "could not help but"
KEY = Qt.Key


def open_pane(desk: Desk, qtbot: Any, text: str = TEXT) -> QFrame:
    desk.editor.setPlainText(text)
    desk.actions["howItReadsAction"].trigger()
    qtbot.waitUntil(lambda: desk.how_it_reads.reading is not None)
    panel = desk.window.findChild(QFrame, "readingPanel")
    assert panel.isVisible()
    return panel


def lines(desk: Desk, name: str) -> list[str]:
    shown = desk.window.findChild(QListWidget, f"{name}List")
    return [shown.item(row).text() for row in range(shown.count())]


def selected(desk: Desk) -> tuple[str, int]:
    cursor = desk.editor.textCursor()
    return cursor.selectedText(), cursor.selectionStart()


def settle(desk: Desk, qtbot: Any) -> None:
    qtbot.waitUntil(
        lambda: desk.how_it_reads.reading.revision == desk.editor.model.revision and not desk.how_it_reads._is_asking
    )


def test_a_click_leads_through_the_places_and_round(desk: Desk, qtbot: Any) -> None:
    open_pane(desk, qtbot)
    assert RUN in lines(desk, "runs")
    shown = desk.window.findChild(QListWidget, "runsList")
    at = shown.visualItemRect(shown.item(lines(desk, "runs").index(RUN))).center()
    places = [i for i in range(len(TEXT)) if TEXT.startswith(RUN, i)]
    for place in (*places, places[0]):
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at))
        assert selected(desk) == (RUN, place)
    assert "1 of 3: could not help but" in desk.window.findChild(QLabel, "statusLine").text()
    assert not desk.editor.model.history.can_undo


def test_the_keyboard_does_the_same_and_esc_leads_back(desk: Desk, qtbot: Any) -> None:
    open_pane(desk, qtbot)
    shown = desk.window.findChild(QListWidget, "openingsList")
    shown.setFocus()
    shown.setCurrentRow(lines(desk, "openings").index("He \u2026"))
    QTest.keyClick(shown, KEY.Key_Return)
    assert selected(desk) == ("He", TEXT.index("He came"))
    QTest.keyClick(shown, KEY.Key_Escape)
    assert desk.window.focusWidget() is desk.editor


def test_after_an_edit_the_place_is_that_of_the_text_as_it_stands(desk: Desk, qtbot: Any) -> None:
    open_pane(desk, qtbot)
    shown = desk.window.findChild(QListWidget, "runsList")
    row = lines(desk, "runs").index(RUN)
    QTest.keyClicks(desk.editor, "Some more. ")
    qtbot.wait(0)
    shown.wanted.emit(shown.item(row).data(Qt.ItemDataRole.UserRole))
    qtbot.waitUntil(lambda: selected(desk)[0] == RUN)
    assert selected(desk)[1] == TEXT.index(RUN) + len("Some more. ")


def test_it_follows_edits_and_chapters(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    open_pane(desk, qtbot)
    assert desk.how_it_reads.reading.pace.title == "Chapter 1"
    place_cursor(desk, len(TEXT))
    qtbot.waitUntil(lambda: desk.how_it_reads.reading.pace.title == "Chapter 2")
    QTest.keyClicks(desk.editor, " They could not help but go.")
    settle(desk, qtbot)
    run = next(each for each in desk.how_it_reads.reading.runs if RUN in each.words)
    assert run.count >= 2
    assert desk.how_it_reads.reading.words > 40


def test_while_it_is_read_it_says_how_far_and_esc_stops_it(
    desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pandemonium.desktop.features.insight import how_it_reads

    monkeypatch.setattr(how_it_reads, "_TELLS", 0.0)
    holds = [True]
    cut = DraftWords._cut

    def slowly(words: DraftWords, text: str) -> Any:
        while holds[0]:
            time.sleep(0.001)
        return cut(words, text)

    monkeypatch.setattr(DraftWords, "_cut", slowly)
    desk.editor.load("He came to it. " * 3)
    desk.how_it_reads.open(True)
    state = desk.how_it_reads.panel.findChild(QLabel, "readingState")
    assert state is not None
    assert "Reading your text" in state.text()
    assert not desk.how_it_reads.panel.lists["runs"].isVisible()
    desk.context.dismiss()
    assert "Stopped" in state.text()
    holds[0] = False
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: desk.how_it_reads.reading is not None, timeout=20_000)
    assert not state.isVisible()
    assert desk.how_it_reads.panel.lists["runs"].isVisible()


def test_closed_it_does_nothing(desk: Desk, qtbot: Any) -> None:
    panel = open_pane(desk, qtbot)
    desk.actions["howItReadsAction"].trigger()
    assert not panel.isVisible()
    assert not desk.actions["howItReadsAction"].isChecked()
    before = desk.how_it_reads.reading
    QTest.keyClicks(desk.editor, "more ")
    assert not desk.how_it_reads._timer.isActive()
    assert desk.how_it_reads.reading is before
    assert desk.surprise._wanted == set()


def test_the_voice_is_asked_for_its_surprise_while_it_is_open(desk: Desk, qtbot: Any) -> None:
    open_pane(desk, qtbot)
    qtbot.waitUntil(lambda: desk.surprise.store.share(desk.editor.model.text.paragraphs) == 1)
    qtbot.waitUntil(lambda: desk.how_it_reads.reading.pace.points[0].surprise > 0)
    assert not desk.surprise.is_on


def test_an_empty_page(desk: Desk, qtbot: Any) -> None:
    open_pane(desk, qtbot, "")
    assert lines(desk, "runs") == []
    assert "No sentences" in desk.how_it_reads.panel.curve.summary()


def test_it_fits_a_small_window(desk: Desk, qtbot: Any) -> None:
    desk.window.resize(800, 600)
    panel = open_pane(desk, qtbot)
    assert desk.editor.width() > 300
    assert panel.geometry().right() <= desk.window.width()


@pytest.fixture
def curve(qtbot: Any) -> PaceCurve:
    made = PaceCurve()
    qtbot.addWidget(made)
    made.resize(240, 150)
    points = (PacePoint(3, 1, 8.0, 4.0), PacePoint(5, 2, 30.0, float("nan")), PacePoint(6, 3, 12.0, 9.0))
    made.show_pace(Pace("The House", 3, 7, points, 3))
    made.show()
    return made


def test_the_curve_says_what_it_shows(curve: PaceCurve) -> None:
    said = curve.accessibleDescription()
    assert said == (
        "Sentences of 17 words; longest in paragraph 2 (30), shortest in 1 (8). "
        "The voice was surprised most in paragraph 3, least in 1."
    )
    assert curve.accessibleName()
    assert not curve.grab().isNull()


def test_the_arrows_walk_and_return_goes_there(curve: PaceCurve, qtbot: Any) -> None:
    QTest.keyClick(curve, KEY.Key_Right)
    QTest.keyClick(curve, KEY.Key_Right)
    assert curve.accessibleDescription() == "Paragraph 2: sentences of 30 words"
    with qtbot.waitSignal(curve.chosen) as chosen:
        QTest.keyClick(curve, KEY.Key_Return)
    assert chosen.args == [5]
    QTest.keyClick(curve, KEY.Key_Left)
    assert curve.accessibleDescription().endswith("4.0 bits of surprise a word")


def test_a_click_goes_to_the_paragraph_under_it(curve: PaceCurve, qtbot: Any) -> None:
    with qtbot.waitSignal(curve.chosen) as chosen:
        QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=QPoint(curve.width() - 6, 100))
    assert chosen.args == [6]


def test_an_empty_curve_is_painted_and_clicked_without_harm(qtbot: Any) -> None:
    made = PaceCurve()
    qtbot.addWidget(made)
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    QTest.keyClick(made, KEY.Key_Right)
    assert not made.grab().isNull()
