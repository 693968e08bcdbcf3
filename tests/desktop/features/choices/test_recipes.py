"""How was this written: for what stands at the cursor and for each attempt; and written again, letter for letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.model.passage import Passage
from pandemonium.voice.file import file_sha256, load_voice, save_voice
from pandemonium.writing.recipe import Recipe

Wait = Callable[[Desk], None]
Place = Callable[[Desk, int], None]
OPENING = "I was standing upon the threshold when I heard a sound"


def said(desk: Desk) -> str:
    assert desk.recipes.window is not None
    return desk.recipes.window.findChild(QLabel, "recipeSaid").text()  # type: ignore[union-attr]


def shown(desk: Desk) -> str:
    assert desk.recipes.window is not None
    return "\n".join(each.text() for each in desk.recipes.window.findChildren(QLabel))


@pytest.fixture
def written(desk: Desk, finish: Wait) -> Desk:
    """A window with a continuation."""
    QTest.keyClicks(desk.editor, OPENING)
    desk.store.update("writing", seed=0, temperature=0.8, top_k=50)
    desk.generation.continue_()
    finish(desk)
    return desk


@pytest.mark.long
def test_a_recipe_says_how_it_was_written(written: Desk, small_voice: Path) -> None:
    attempt = written.generation.attempts[0]
    written.actions["recipeAction"].trigger()
    told = shown(written)
    for word in ("Small wrote this on", "0.8", "50", "20 words", str(attempt.seed), "when I heard a sound"):
        assert word in told, word
    assert file_sha256(small_voice) in told.replace("\n", "")
    assert written.recipes.window is not None
    written.recipes.window.copy_button.click()
    copied = Recipe.from_dict(json.loads(QGuiApplication.clipboard().text()))
    assert copied == attempt.recipe


def test_a_recipe_says_who_was_in_the_scene(desk: Desk, qtbot: Any, finish: Wait) -> None:
    QTest.keyClicks(desk.editor, "Then Marta laughed, and I looked at Marta. I heard a sound")
    desk.store.update("habits", cast=True)
    qtbot.waitUntil(lambda: desk.cast.book.member("Marta") is not None)
    desk.cast.panel.list.pin_asked.emit("Marta")
    desk.generation.continue_()
    finish(desk)
    desk.actions["recipeAction"].trigger()
    assert "Marta (she)" in shown(desk)


@pytest.mark.long
def test_the_list_tells_of_it_in_a_line(written: Desk) -> None:
    attempt = written.generation.attempts[0]
    note = f"Small, temperature 0.80, seed {attempt.seed}"
    item = written.panel.attempts.item(0)
    assert note in item.toolTip()
    assert item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == note


@pytest.mark.long
def test_it_is_written_again_letter_for_letter_and_the_text_stays(written: Desk, finish: Wait) -> None:
    before = written.editor.model.content()
    attempts = list(written.generation.attempts)
    written.actions["recipeAction"].trigger()
    assert written.recipes.window is not None
    heard: list[str] = []
    written.generation.repeated.connect(heard.append)
    written.recipes.window.again_button.click()
    assert written.generation.writing
    finish(written)
    assert heard == [attempts[0].text]
    assert "letter for letter" in said(written)
    assert written.editor.model.content() == before
    assert written.generation.attempts == attempts


@pytest.mark.long
def test_esc_stops_what_is_written_again_and_then_closes_the_window(written: Desk) -> None:
    written.actions["recipeAction"].trigger()
    window = written.recipes.window
    assert window is not None
    window.again_button.click()
    assert "Esc" in said(written)
    assert not window.again_button.isEnabled()
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    window.keyPressEvent(escape)  # a shortcut of the main window, were that the active one, would have it
    assert not written.generation.writing
    assert window.isVisible()
    assert said(written) == "Stopped."
    assert window.again_button.isEnabled()
    window.keyPressEvent(escape)
    assert not window.isVisible()


@pytest.mark.long
def test_one_that_was_stopped_as_far_as_it_came(desk: Desk, arrive: Callable[[Desk, int], None], finish: Wait) -> None:
    desk.store.update("writing", words=100, seed=0)
    desk.store.update("panel", arrival="reading")
    QTest.keyClicks(desk.editor, OPENING)
    desk.generation.continue_()
    arrive(desk, 12)
    desk.generation.stop()
    assert desk.generation.attempts
    desk.actions["writeAgainAction"].trigger()
    finish(desk)
    assert "as far as it came" in desk.message_bar.sentence


@pytest.mark.long
def test_another_text_before_it_is_told_and_others_are_offered(
    written: Desk, place_cursor: Place, finish: Wait
) -> None:
    place_cursor(written, 5)
    QTest.keyClicks(written.editor, "X")
    place_cursor(written, len(OPENING) + 8)
    written.actions["recipeAction"].trigger()
    window = written.recipes.window
    assert window is not None
    window.again_button.click()
    assert "has changed since" in said(written)
    assert not written.generation.writing
    before = written.editor.model.content()
    count = len(written.generation.attempts)
    assert window.anew_button.isVisible()
    window.anew_button.click()
    finish(written)
    assert written.editor.model.content() == before
    assert len(written.generation.attempts) == count + 3
    assert written.generation.attempts[written.generation.current].text in before.text


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"voice": "gone", "voice_sha256": "0" * 64}, "is not here any more"),
        ({"voice": "lovecraft", "voice_sha256": "0" * 64}, "choose that voice"),
        ({"voice_sha256": "0" * 64}, "its file has changed"),
        ({"asked": {"settings": {"words": -1}}}, "words must lie between"),
        ({"asked": {"settings": {"mix": ["classics=0.4"]}}}, "Classics was mixed in"),
    ],
)
def test_why_it_cannot_be_written_again(written: Desk, change: dict[str, Any], sentence: str) -> None:
    attempt = written.generation.attempts[0]
    assert attempt.recipe is not None
    written.generation.attempts[0] = replace(attempt, recipe=replace(attempt.recipe, **change))
    written.actions["writeAgainAction"].trigger()
    assert sentence in written.message_bar.sentence
    assert not written.generation.writing


def test_where_no_voice_wrote_it_says_so(written: Desk, place_cursor: Place) -> None:
    place_cursor(written, 4)
    written.actions["recipeAction"].trigger()
    assert written.recipes.window is None
    assert "not known" in written.message_bar.sentence


def test_a_suggestion_has_a_recipe(desk: Desk, qtbot: Any, finish: Wait) -> None:
    QTest.keyClicks(desk.editor, OPENING)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: desk.suggestions.is_shown and not desk.suggestions.is_arriving)
    QTest.keyClick(desk.editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    desk.suggestions.dismiss()
    desk.actions["writeAgainAction"].trigger()
    assert desk.generation.writing
    finish(desk)
    assert "letter for letter" in desk.message_bar.sentence


class TestWithTheBundledVoice:
    @pytest.fixture
    def settings_text(self) -> str:
        return '[panel]\nvoice = "lovecraft"\narrival = "at once"\n[writing]\nwords = 12\n'

    @pytest.mark.long
    def test_choices_are_written_again_tomorrow(
        self,
        make_desk: Callable[..., Desk],
        tmp_path: Path,
        finish: Wait,
        qtbot: Any,
        save_to: Callable[[Desk, Path], None],
    ) -> None:
        file = tmp_path / "tale.odt"
        today = make_desk()
        QTest.keyClicks(today.editor, "The keeper of the lamp had been dead for a year, and nobody had gone up there.")
        today.generation.write_choices()
        finish(today)
        today.choices.take(2)
        text = today.generation.attempts[2].text
        save_to(today, file)
        today.window.close()

        tomorrow = make_desk(file)
        qtbot.waitUntil(lambda: bool(tomorrow.choices.keeper.kept.places))
        tomorrow.editor.moveCursor(QTextCursor.MoveOperation.Start)
        tomorrow.generation.read_ahead()
        tomorrow.editor.moveCursor(QTextCursor.MoveOperation.End)
        heard: list[str] = []
        tomorrow.generation.repeated.connect(heard.append)
        tomorrow.actions["writeAgainAction"].trigger()
        finish(tomorrow)
        assert heard == [text]
        assert tomorrow.editor.model.whole_text().endswith(text)


@pytest.fixture
def two_voices(make_desk: Callable[..., Desk], small_voice: Path, pandemonium_home: Path, qtbot: Any) -> Desk:
    """A window with two voices, the first of which is loaded."""
    other = replace(load_voice(small_voice), name="other")
    save_voice(other, pandemonium_home / "data" / "voices" / "other.voice")
    desk = make_desk()
    QTest.keyClicks(desk.editor, OPENING)
    return desk


def voices_of(desk: Desk) -> set[str]:
    return set(desk.editor.model.text.characters_by_voice())


@pytest.mark.long
@pytest.mark.parametrize("beside", [False, True])
def test_a_voice_that_was_still_being_loaded_is_told_of(two_voices: Desk, finish: Wait, beside: bool) -> None:
    two_voices.voices.choose_voice("other")
    if beside:
        two_voices.choices.write()
    else:
        two_voices.generation.continue_()
    finish(two_voices)
    assert two_voices.voices.current is not None
    digest = two_voices.voices.current.sha256
    for attempt in two_voices.generation.attempts:
        assert attempt.recipe is not None
        assert (attempt.voice, attempt.recipe.voice, attempt.recipe.voice_sha256) == ("other", "other", digest)
    assert voices_of(two_voices) == (set() if beside else {"other"})


@pytest.mark.long
def test_a_voice_chosen_while_another_writes_does_not_take_its_words(
    two_voices: Desk, arrive: Callable[[Desk, int], None], qtbot: Any
) -> None:
    two_voices.store.update("writing", words=60)
    two_voices.store.update("panel", arrival="reading")
    two_voices.generation.continue_()
    arrive(two_voices, 3)
    two_voices.voices.choose_voice("other")
    loaded: list[str] = []
    two_voices.voices.loaded.connect(lambda voice: loaded.append(voice.name))
    qtbot.waitUntil(lambda: loaded == ["other"])
    assert two_voices.generation.writing
    arrive(two_voices, 6)
    two_voices.generation.stop()
    assert voices_of(two_voices) == {"small"}
    assert [each.voice for each in two_voices.generation.attempts] == ["small"]


@pytest.mark.long
def test_a_suggestion_of_a_voice_that_was_still_being_loaded(two_voices: Desk, qtbot: Any) -> None:
    two_voices.voices.choose_voice("other")
    two_voices.suggestions.suggest()
    qtbot.waitUntil(lambda: two_voices.suggestions.is_shown and not two_voices.suggestions.is_arriving)
    two_voices.suggestions.take()
    assert voices_of(two_voices) == {"other"}
    recipe = two_voices.generation.attempts[0].recipe
    assert recipe is not None
    assert recipe.voice == "other"


def test_of_what_a_voice_wrote_it_is_not_said_that_none_did(desk: Desk, place_cursor: Place) -> None:
    passage = Passage("It was late. ") + Passage.by("small", "Nobody slept.") + Passage(" I did.")
    desk.editor.model.replace(0, 0, passage, "paste")
    for position, why in ((20, "it was not kept"), (26, "it was not kept"), (4, "no voice wrote them here")):
        place_cursor(desk, position)
        desk.actions["recipeAction"].trigger()
        assert why in desk.message_bar.sentence


@pytest.mark.long
def test_a_kept_wording_has_its_recipe_tomorrow_and_is_written_again(
    make_desk: Callable[..., Desk],
    tmp_path: Path,
    finish: Wait,
    place_cursor: Place,
    save_to: Callable[[Desk, Path], None],
) -> None:
    sentence = "I heard a sound from the cellar of the house."
    before = "The old house stood upon the hill, and nobody had lived in it for a hundred years. "
    file = tmp_path / "tale.md"
    today = make_desk()
    today.editor.insertPlainText(f"{before}{sentence} The sea was dark.")
    place_cursor(today, len(before) + 5)
    today.actions["rewriteAction"].trigger()
    finish(today)
    today.generation.take(0)
    taken = today.generation.attempts[0]
    save_to(today, file)
    today.window.close()

    tomorrow = make_desk(file)
    whole = tomorrow.editor.model.whole_text()
    assert whole.rstrip() == f"{before}{taken.text} The sea was dark."
    place_cursor(tomorrow, len(before) + 5)
    tomorrow.actions["recipeAction"].trigger()
    assert shown(tomorrow)
    assert tomorrow.generation.attempts[tomorrow.generation.current] == taken
    heard: list[str] = []
    tomorrow.generation.repeated.connect(heard.append)
    assert tomorrow.recipes.window is not None
    tomorrow.recipes.window.again_button.click()
    finish(tomorrow)
    assert heard == [taken.text]
    assert "letter for letter the same" in said(tomorrow)
    assert tomorrow.editor.model.whole_text() == whole
    # Behind it her own words stand, of which it is no recipe.
    tomorrow.generation.forget()
    place_cursor(tomorrow, len(whole))
    tomorrow.actions["writeAgainAction"].trigger()
    assert not tomorrow.generation.writing
