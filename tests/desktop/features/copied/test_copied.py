"""What a voice has copied is underlined where she wants it, named on hover, and the next one is a command away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.model.passage import Passage
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.tokenizer import SubwordTokenizer

LAMP = "The old man lit the lamp in the upper room and waited for the boat that never came."
BELL = "Under the water a bell began to ring, and the fishermen drew in their nets without a word."


@pytest.fixture
def small_voice(tmp_path: Path) -> Path:
    """A voice that knows which of its texts a run stands in."""
    tokenizer = SubwordTokenizer.train([f"{LAMP}\n{BELL}\n" * 40], 400)
    shape = PlainArchitecture(tokenizer.size, 24, 32, 2)
    chance = np.random.default_rng(7)
    weights = {name: chance.normal(0, 0.2, size).astype(np.float32) for name, size in shape.shapes().items()}
    profile = StyleProfile.of([LAMP, BELL], names=["The Lamp.docx", "<b>The Bell.txt"])
    made = quantize_voice("small", shape, tokenizer, weights, Card("Small", "Random weights."), profile)
    save_voice(made, tmp_path / "small.voice")
    return tmp_path / "small.voice"


def write(desk: Desk, *paragraphs: str, voice: str = "small") -> None:
    """Puts paragraphs of a voice's on the page, and one of the writer's that says the same."""
    own = f"{BELL}\n"
    text = own + "\n".join(paragraphs)
    passage = Passage(own) + Passage.by(voice, "\n".join(paragraphs)) if voice else Passage(text)
    desk.editor.model.replace(0, len(desk.editor.model.text), passage, "paste")


def test_what_a_voice_copied_is_underlined_where_she_wants_it(desk: Desk, qtbot: Any) -> None:
    write(desk, LAMP, "Nothing of this sentence stands in any text that the voice has ever seen.", BELL)
    assert desk.copied.marks.marked == []
    desk.actions["copiedAction"].trigger()
    qtbot.waitUntil(lambda: len(desk.copied.marks.marked) == 2)
    text = desk.editor.model.text.text
    marked = [(text[start:end], source) for start, end, source in desk.copied.marks.marked]
    assert marked == [(LAMP[:-1], "The Lamp"), (BELL[:-1], "<b>The Bell")]
    assert desk.copied.marks.marked[1][0] > len(BELL)  # the writer's own words stay as they are
    desk.actions["copiedAction"].trigger()
    assert desk.copied.marks.marked == []
    assert desk.editor.model.text.text == text


def test_of_her_own_words_only_those_are_underlined_that_a_voice_completes(desk: Desk, qtbot: Any) -> None:
    desk.actions["copiedAction"].trigger()
    own = LAMP[: LAMP.index(" and waited")]
    passage = Passage(own) + Passage.by("small", " and waited") + Passage(LAMP[LAMP.index(" for the") :])
    desk.editor.model.replace(0, len(desk.editor.model.text), passage, "paste")
    qtbot.waitUntil(lambda: len(desk.copied.marks.marked) == 1)
    ((start, end, _),) = desk.copied.marks.marked
    assert LAMP[start:end] == "lit the lamp in the upper room and waited"
    few = Passage.by("small", "The old man") + Passage(LAMP.removeprefix("The old man"))
    desk.editor.model.replace(0, len(desk.editor.model.text), few, "paste")
    desk.actions["nextCopiedAction"].trigger()  # she has gone on so herself
    label = desk.message_bar.findChild(QLabel, "bannerText")
    qtbot.waitUntil(lambda: "Nothing here that a voice wrote" in label.text())
    qtbot.waitUntil(lambda: desk.copied.marks.marked == [])


@pytest.mark.long
def test_hovering_names_the_text_as_it_stands(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_: said.append(text))
    desk.actions["copiedAction"].trigger()
    write(desk, BELL)
    qtbot.waitUntil(lambda: len(desk.copied.marks.marked) == 1)
    cursor = desk.editor.textCursor()
    for position in (len(BELL) + 10, 3):
        cursor.setPosition(position)
        place = desk.editor.cursorRect(cursor).center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, desk.editor.viewport().mapToGlobal(place))
        QApplication.sendEvent(desk.editor.viewport(), event)
        assert len(said) == 1  # of the first place, and of no other
    assert "&lt;b&gt;The Bell" in said[0]


def test_a_command_goes_to_the_next_one_and_around(desk: Desk, qtbot: Any) -> None:
    write(desk, LAMP, "Something else stands here.", BELL)
    for wanted in (LAMP[:-1], BELL[:-1], LAMP[:-1]):
        desk.actions["nextCopiedAction"].trigger()
        qtbot.waitUntil(lambda wanted=wanted: desk.editor.textCursor().selectedText() == wanted)
    assert "The Lamp" in desk.message_bar.findChild(QLabel, "bannerText").text()


def test_where_nothing_was_copied_it_says_so(desk: Desk, qtbot: Any) -> None:
    write(desk, "Nothing of this sentence stands in any text that the voice has ever seen.")
    desk.actions["nextCopiedAction"].trigger()
    label = desk.message_bar.findChild(QLabel, "bannerText")
    qtbot.waitUntil(lambda: "Nothing here that a voice wrote" in label.text())


def test_a_voice_that_keeps_no_names_says_what_it_knows(desk: Desk) -> None:
    assert "the texts that this voice learned from" in desk.copied.marks.where("")
    assert replace(desk.store.values.editor, copied=True).copied
