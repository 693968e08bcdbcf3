"""The mixing desk in a window: voices, words and presets, and what becomes of a continuation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QScrollArea

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.mixing.mixing_panel import MixingPanel
from pandemonium.desktop.shell.name_dialog import NameDialog
from pandemonium.settings.own_presets import OwnPreset, read_preset, write_preset
from pandemonium.voice.card import Card
from pandemonium.voice.file import load_voice, quantize_voice, save_voice

Wait = Callable[[Desk], None]
OPENING = "I was standing upon the threshold when I heard a sound"


@pytest.fixture
def desk(make_desk: Callable[..., Desk], pandemonium_home: Path, small_voice: Path) -> Desk:
    """A window with a second voice of the small one's vocabulary; those that come with the program have another."""
    small = load_voice(small_voice)
    chance = np.random.default_rng(11)
    weights = {
        name: chance.normal(0, 0.3, size).astype(np.float32) for name, size in small.architecture.shapes().items()
    }
    twin = quantize_voice("twin", small.architecture, small.tokenizer, weights, Card("Twin"))
    save_voice(twin, pandemonium_home / "data" / "voices" / "twin.voice")
    made = make_desk()
    made.store.update("panel", mixing=True)
    return made


def panel(desk: Desk) -> MixingPanel:
    found: MixingPanel = desk.mixing.panel
    assert desk.window.findChild(MixingPanel, "mixingPanel") is found
    return found


def mix_in(desk: Desk, qtbot: Any, name: str = "twin") -> None:
    box = panel(desk).boxes[0]
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: desk.voices.current is not None and desk.voices.current.others == ((name,) if name else ()))


def written(desk: Desk, finish: Wait) -> str:
    desk.editor.load(OPENING)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.generation.continue_()
    finish(desk)
    return str(desk.editor.toPlainText()[len(OPENING) :])


def test_voices_of_one_vocabulary_are_offered_and_of_others_it_is_said_why(desk: Desk) -> None:
    box = panel(desk).boxes[0]
    assert [box.itemData(at) for at in range(box.count())] == ["", "twin"]
    why = panel(desk).findChild(QLabel, "mixingWhy").text()
    assert "Classics" in why
    assert "Lovecraft" in why
    assert "same base" in why
    assert not panel(desk).boxes[1].isVisibleTo(panel(desk))
    assert not panel(desk).sliders[0].isVisibleTo(panel(desk))


@pytest.mark.long
def test_what_is_mixed_in_writes_and_its_share_is_heard_at_once(desk: Desk, qtbot: Any, finish: Wait) -> None:
    desk.store.update("writing", memory=0.0)  # whose keys are those of all voices that are loaded
    alone = written(desk, finish)
    mix_in(desk, qtbot)
    assert desk.store.values.writing.mix == ("twin=0.33",)
    assert panel(desk).first.slider.value() == 67
    mixed = written(desk, finish)
    assert mixed != alone
    panel(desk).sliders[0].slider.setValue(100)
    assert panel(desk).first.slider.value() == 0
    assert desk.store.values.writing.mix == ("twin=1.00",)
    assert written(desk, finish) not in (alone, mixed)
    panel(desk).first.slider.setValue(100)
    assert desk.store.values.writing.mix == ("twin=0.00",)
    assert written(desk, finish) == alone
    mix_in(desk, qtbot, "")
    assert desk.store.values.writing.mix == ()
    assert written(desk, finish) == alone


@pytest.mark.long
def test_a_share_moved_while_it_writes_is_heard_and_written_again(desk: Desk, qtbot: Any, finish: Wait) -> None:
    mix_in(desk, qtbot)
    desk.store.update("panel", arrival="brisk")
    desk.store.update("writing", words=60, seed=0, candidates=1)
    desk.editor.load(OPENING)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    moves = iter((20, 90))
    slider = panel(desk).sliders[0].slider
    desk.editor.model.edited.connect(lambda *_: slider.setValue(next(moves, slider.value())))
    desk.generation.continue_()
    finish(desk)
    attempt = desk.generation.attempts[0]
    assert attempt.recipe is not None
    assert attempt.recipe.asked["remixes"][-1]["mix"] == ["twin=0.90"]
    assert [each.name for each in attempt.recipe.mixed] == ["twin"]
    heard: list[str] = []
    desk.generation.repeated.connect(heard.append)
    desk.actions["writeAgainAction"].trigger()
    slider.setValue(10)  # is for what is written next
    finish(desk)
    assert heard == [attempt.text]
    desk.actions["recipeAction"].trigger()
    assert desk.recipes.window is not None
    told = "\n".join(each.text() for each in desk.recipes.window.findChildren(QLabel))
    assert "Twin 33 %" in told
    assert "at last to Twin 90 %" in told
    assert attempt.recipe.mixed[0].sha256 in told.replace("\n", "")
    mix_in(desk, qtbot, "")
    desk.actions["writeAgainAction"].trigger()
    assert "Twin was mixed in" in desk.recipes.window.findChild(QLabel, "recipeSaid").text()  # type: ignore[union-attr]


def test_a_slider_that_is_dragged_there_and_back_leaves_the_shares_as_they_were(
    desk: Desk, pandemonium_home: Path
) -> None:
    voices = pandemonium_home / "data" / "voices"
    shutil.copy(voices / "twin.voice", voices / "third.voice")
    desk.voices.reload()
    desk.store.update("writing", mix=("twin=0.30", "third=0.20"))
    for row in (panel(desk).first, panel(desk).sliders[0]):
        before = row.slider.value()
        row.slider.setSliderDown(True)
        row.slider.setValue(100)
        assert desk.store.values.writing.mix in (("twin=1.00", "third=0.00"), ("twin=0.00", "third=0.00"))
        row.slider.setValue(before)
        row.slider.setSliderDown(False)
        assert desk.store.values.writing.mix == ("twin=0.30", "third=0.20")


def test_attempts_that_come_leave_the_desk_where_it_is(desk: Desk, qtbot: Any) -> None:
    desk.window.resize(1100, 620)
    desk.editor.load(OPENING)
    scroll = desk.window.findChild(QScrollArea, "panelScroll")
    box = panel(desk).boxes[0]

    def stands_at() -> int:
        return int(box.mapTo(desk.window, box.rect().topLeft()).y())

    desk.mixing.open()
    desk.mixing.open()
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().value() > 300)
    before = stands_at()
    desk.generation._begin_place()
    desk.generation._set_attempts([Attempt(" It was dark. " * number, "small", number) for number in (5, 9)], -1)
    qtbot.wait(20)
    assert desk.panel.attempts.height() > 50
    assert stands_at() == before
    desk.generation._set_attempts([], -1)
    qtbot.wait(20)
    assert stands_at() == before
    scroll.verticalScrollBar().setValue(0)
    desk.generation._set_attempts([Attempt(" It was dark. ", "small", 1)], -1)
    qtbot.wait(20)
    assert scroll.verticalScrollBar().value() == 0


def test_what_its_training_found_best_is_a_click_away(desk: Desk, qtbot: Any) -> None:
    button = panel(desk).as_trained
    assert not button.isVisibleTo(panel(desk))
    loaded = desk.voices.current
    assert loaded is not None
    named = {"twin": 0.2, "gone": 0.3, "<b>": "much", "classics": -1.0}
    desk.voices.set_loaded(replace(loaded, card=replace(loaded.card, mixture=named)))
    assert button.isVisibleTo(panel(desk))
    assert button.accessibleDescription() == "20 % Twin"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.store.values.writing.mix == ("twin=0.20",)
    assert not button.isVisibleTo(panel(desk))


@pytest.mark.long
def test_another_voice_leaves_what_it_cannot_mix(desk: Desk, qtbot: Any) -> None:
    mix_in(desk, qtbot)
    desk.voices.choose_voice("lovecraft")
    qtbot.waitUntil(lambda: desk.voices.current.name == "lovecraft")
    assert desk.voices.current.others == ()
    assert not desk.message_bar.isVisible()
    assert panel(desk).boxes[0].findData("classics") > 0
    desk.voices.choose_voice("small")
    qtbot.waitUntil(lambda: desk.voices.current.name == "small")
    assert desk.voices.current.others == ("twin",)


def test_a_voice_that_is_removed_writes_no_more_and_comes_back(desk: Desk, qtbot: Any) -> None:
    mix_in(desk, qtbot)
    assert desk.voices.remove("twin")
    assert not panel(desk).first.isVisibleTo(panel(desk))
    qtbot.waitUntil(lambda: desk.voices.current.others == ())
    assert desk.voices.restore("twin")
    qtbot.waitUntil(lambda: desk.voices.current.others == ("twin",))
    assert panel(desk).first.slider.value() == 67


def test_a_voice_that_is_renamed_stays_mixed_in(desk: Desk, qtbot: Any) -> None:
    mix_in(desk, qtbot)
    desk.voices.rename("twin", "sister")
    qtbot.waitUntil(lambda: desk.voices.current.others == ("sister",))
    assert desk.store.values.writing.mix == ("sister=0.33",)
    assert panel(desk).boxes[0].currentData() == "sister"
    assert panel(desk).first.slider.value() == 67


def test_every_control_has_a_name_and_takes_no_keyboard_by_a_click(desk: Desk, qtbot: Any) -> None:
    mix_in(desk, qtbot)
    desk.editor.setFocus()
    names = [panel(desk).first.slider.accessibleName(), panel(desk).sliders[0].slider.accessibleName()]
    assert names == ["Small", "Share of Twin"]
    for widget in (*panel(desk).boxes, panel(desk).presets, panel(desk).save, panel(desk).remove):
        assert widget.accessibleName()
        assert not widget.focusPolicy() & Qt.FocusPolicy.ClickFocus
    assert panel(desk).wanted.accessibleName() == "Words wanted"


def test_words_are_a_line_each(desk: Desk, qtbot: Any) -> None:
    words = panel(desk).wanted
    for line in ("lantern", "  old   house ", "", "lantern"):
        QTest.keyClicks(words, line)
        QTest.keyClick(words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.store.values.writing.wanted == ("lantern", "old house"))
    panel(desk).unwanted.setPlainText("\n".join(f"phrase {n}" for n in range(5000)))
    panel(desk).unwanted.commit()
    assert len(desk.store.values.writing.banned) == 5000
    desk.store.update("writing", wanted=("mast",))
    assert words.toPlainText() == "mast"


def test_what_was_typed_last_holds_when_a_key_acts_or_the_list_is_left(desk: Desk, qtbot: Any) -> None:
    words = panel(desk).wanted
    words.setFocus()
    QTest.keyClicks(words, "lantern")
    assert desk.store.values.writing.wanted == ()  # it may go on
    QTest.keyClick(words, Qt.Key.Key_F24, Qt.KeyboardModifier.ControlModifier)
    assert desk.store.values.writing.wanted == ("lantern",)
    QTest.keyClicks(words, "s")
    panel(desk).unwanted.setFocus()
    qtbot.waitUntil(lambda: desk.store.values.writing.wanted == ("lanterns",), timeout=300)


def test_a_preset_says_which_voice_it_misses(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    file = tmp_path / "sent.toml"
    write_preset(OwnPreset.of("Storm", replace(desk.store.values.writing, words=99, mix=("nobody=0.40",))), file)
    desk.mixing.import_file(file)
    assert desk.store.values.writing.words == 99
    assert "Storm mixes in Nobody" in desk.message_bar.sentence
    desk.message_bar.hide()
    mix_in(desk, qtbot)
    desk.mixing.import_file(file)
    write_preset(OwnPreset.of("Calm", replace(desk.store.values.writing, words=7, mix=("twin=0.40",))), file)
    desk.message_bar.hide()
    desk.mixing.import_file(file)
    assert desk.message_bar.sentence == "'Calm' is among your presets, and holds now."


def answer(qtbot: Any, kind: type, act: Callable[[Any], object]) -> None:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    act(QApplication.activeModalWidget())


def test_a_preset_is_saved_chosen_and_removed(desk: Desk, qtbot: Any) -> None:
    usual = desk.store.values.writing
    desk.store.update("writing", temperature=0.9, wanted=("lantern",))

    def name(dialog: NameDialog) -> None:
        dialog.field.setText("Storm at sea")
        dialog.accept()

    panel(desk).save.click()
    answer(qtbot, NameDialog, name)
    qtbot.waitUntil(lambda: panel(desk).preset == "Storm at sea")
    desk.store.set_table("writing", usual)
    assert panel(desk).preset == ""
    panel(desk).preset_chosen.emit("Storm at sea")
    assert desk.store.values.writing == replace(usual, temperature=0.9, wanted=("lantern",))
    panel(desk).save.click()
    answer(qtbot, NameDialog, lambda dialog: dialog.accept())
    answer(qtbot, QMessageBox, lambda box: box.reject())
    panel(desk).remove.click()
    assert desk.mixing.presets.all() == []
    assert "Storm at sea" in desk.message_bar.sentence
    assert not panel(desk).remove.isEnabled()


def test_where_an_exported_preset_is_is_said(
    desk: Desk, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "presets & <b>more"
    folder.mkdir()
    desk.mixing.presets.save(OwnPreset.of("Storm", desk.store.values.writing))
    desk.store.update("writing", words=desk.store.values.writing.words)
    desk.mixing._show_presets()
    panel(desk).export.click()

    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(folder / "Storm.toml"))
        dialog.accept()

    answer(qtbot, QFileDialog, choose)
    qtbot.waitUntil(lambda: str(folder) in desk.message_bar.sentence)
    assert "Storm.toml" in desk.message_bar.sentence
    assert read_preset(folder / "Storm.toml").name == "Storm"


def test_a_preset_is_brought_in(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "sent.toml"
    write_preset(OwnPreset.of("Storm", replace(desk.store.values.writing, words=99)), file)
    desk.mixing.import_file(file)
    assert desk.store.values.writing.words == 99
    assert panel(desk).preset == "Storm"
    assert "'Storm' is among your presets" in desk.message_bar.sentence
    desk.mixing.import_file(file)
    assert [each.name for each in desk.mixing.presets.all()] == ["Storm"]
    write_preset(OwnPreset.of("Storm", replace(desk.store.values.writing, words=7)), file)
    desk.mixing.import_file(file)
    assert [each.name for each in desk.mixing.presets.all()] == ["Storm", "Storm 2"]
    assert read_preset(file).values["words"] == 7


def test_a_strangers_preset_gets_one_sentence_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.store.values.writing
    file = tmp_path / "<b>bad.toml"
    file.write_text('pandemonium = "preset"\nname = "x"\n[writing]\ntemperature = 99\n', "utf-8")
    desk.mixing.import_file(file)
    assert desk.store.values.writing == before
    assert desk.message_bar.isVisible()
    assert "temperature" in desk.message_bar.sentence
    assert desk.mixing.presets.all() == []


def test_the_desk_is_opened_by_its_command_and_put_away(desk: Desk) -> None:
    desk.store.update("panel", mixing=False)
    desk.actions["mixingAction"].trigger()
    assert desk.store.value("panel.mixing")
    assert panel(desk).isVisible()
    assert panel(desk).boxes[0].hasFocus()
    desk.actions["mixingAction"].trigger()
    assert not panel(desk).isVisible()


def test_a_voice_that_is_no_voice_is_not_offered(desk: Desk, pandemonium_home: Path) -> None:
    (pandemonium_home / "data" / "voices" / "broken.voice").write_bytes(b"nothing")
    voices = pandemonium_home / "data" / "voices"
    shutil.copy(voices / "twin.voice", voices / "third.voice")
    desk.voices.reload()
    box = panel(desk).boxes[0]
    assert sorted(box.itemData(at) for at in range(box.count())) == ["", "third", "twin"]
    assert not panel(desk).first.isVisibleTo(panel(desk))  # alone a voice has all
    desk.store.update("writing", mix=("twin=0.30",))
    assert panel(desk).first.isVisibleTo(panel(desk))
    other = panel(desk).boxes[1]
    assert [other.itemData(at) for at in range(other.count())] == ["", "third"]  # what is mixed in already is not
