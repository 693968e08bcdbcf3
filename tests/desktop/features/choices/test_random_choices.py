"""Whatever is done in whatever order: nothing that a voice writes, proposes or previews ever harms the document.

What is not in the place of an attempt stays as it is, a preview is never in the text, what a voice wrote and nothing
else is marked, and undo and redo bring back exactly what was there, marks included.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.units import passage_to_units, to_units
from pandemonium.desktop.features.choices.kept_attempts import KeptAttempts
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import ContinueRequest

Character = tuple[str, str]
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
TEXTS = (
    " and the sea. It was still! Then",
    "\n\nNobody came. \U0001f56f And nobody had come.",
    " a",
    " \u201cNo,\u201d he said.\nShe went.",
    ".",
)
BEGINNING = (
    Passage("Her own words - ") + Passage.by("small", "the sea. \U0001f56f It lay") + Passage(" there.\n\nThe end.")
)
ACTS = (
    *("choices",) * 3,
    *("preview",) * 3,
    *("take",) * 3,
    *("sentence",) * 3,
    *("next",) * 2,
    "swap",
    "retry",
    *("go_on",) * 2,
    "again",
    "look",
    "sort",
    *("type",) * 3,
    *("press",) * 2,
    *("select",) * 3,
    *("undo",) * 3,
    *("redo",) * 2,
    "escape",
    "mine",
)
EXCHANGING = ("take", "sentence", "swap", "next", "retry")
EDITS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.floats(0, 1), st.floats(0, 1), st.integers(0, 999)), min_size=3, max_size=25
)


def characters(passage: Passage) -> list[Character]:
    """Each unit with its author."""
    authors = [""] * len(passage)
    for mark in passage.marks:
        authors[mark.start : mark.end] = [mark.voice] * (mark.end - mark.start)
    return list(zip(passage.text, authors, strict=True))


class Hands:
    """What is done in a window, and what must hold behind each act."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.generation = desk.generation
        self.editor = desk.editor
        self.model = desk.editor.model
        self.seed = 0
        desk.files._show(Manuscript(BEGINNING), None, "")
        desk.choices.keeper.kept = KeptAttempts()
        self.seen = {tuple(self.now())}
        self.exchanged = False  # an attempt, below a step that she has made since: what is undone then was never seen

    def now(self) -> list[Character]:
        return characters(self.model.text.part(0, len(self.model.text)))

    def do(self, act: str, a: float, b: float, choice: int) -> None:
        before = self.now()
        place = self.generation.place
        below = place is not None and place.step is not None and not self.model.history.is_last(place.step)
        self.exchanged |= below and act in EXCHANGING
        getattr(self, act)(a, b, choice, before)
        self.check()

    def check(self) -> None:
        text = self.now()
        self.seen.add(tuple(text))
        saved = to_units(self.desk.files.current().text)
        assert saved == "".join(sign for sign, _ in text)
        preview = self.desk.choices.preview
        if preview.index >= 0:
            _, grey, _ = self.generation.seen(preview.index)
            assert self.grey().removesuffix(" ") == grey.replace("\n", "\u2028").removesuffix(" ")
        else:
            assert self.grey() == ""
        place = self.generation.place
        if place is not None:
            start, end = place.span
            assert 0 <= start <= end <= len(text)

    def grey(self) -> str:
        shown = ""
        block = self.editor.document().firstBlock()
        while block.isValid():
            shown += to_units(block.layout().preeditAreaText())
            block = block.next()
        return shown

    def place_at(self, share: float, text: list[Character]) -> int:
        at = round(share * len(text))
        return at - 1 if 0 < at < len(text) and "\udc00" <= text[at][0] < "\ue000" else at

    # What the hands do.

    def choices(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        """As when a voice has written them; nothing is put on the page."""
        self.generation._begin_place()
        written = [TEXTS[(choice + number) % len(TEXTS)] for number in range(3)]
        self.seed += 10
        attempts = [Attempt(to_units(text), "small", self.seed + number) for number, text in enumerate(written)]
        self.generation._set_attempts(attempts, -1)
        assert self.now() == before

    def preview(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.desk.choices.preview.show(choice % max(1, len(self.generation.attempts)), follows=bool(choice % 2))
        assert self.now() == before

    def take(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.taken(choice, before, lambda index: self.desk.choices.take(index), whole=True)

    def sentence(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.taken(choice, before, lambda index: self.desk.choices.take_sentence(index), whole=False)

    def swap(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.taken(choice, before, self.generation.choose, whole=True, partly=False)

    def taken(
        self,
        choice: int,
        before: list[Character],
        act: Callable[[int], object],
        *,
        whole: bool,
        partly: bool = True,
    ) -> None:
        generation = self.generation
        if not generation.attempts or generation.place is None or generation.place.holds_own_words:
            return
        index = choice % len(generation.attempts)
        at, text, (start, end) = generation.seen(index)
        if not partly and at == end and generation.place.is_in_text:  # what stands of it is put there anew
            start, end = generation.place.span
            text = generation.attempts[index].text
        asked_for = bool(generation.place.original) and generation.place.step is None  # she wants others than those
        assert asked_for or all(voice or sign == "\n" for sign, voice in before[start:end]), "her own words would go"
        act(index)
        after = self.now()
        grown = len(after) - len(before) + end - start
        put = after[start : start + grown]
        assert after[:start] == before[:start]
        assert after[start + grown :] == before[end:]
        written = "".join(sign for sign, _ in put)
        assert written == text if whole else text.startswith(written)
        assert bool(written) == bool(text)
        assert all(voice == "small" for sign, voice in put if sign != "\n")

    def next(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        generation = self.generation
        if generation.place is None or generation.place.holds_own_words:
            return
        start, end = generation.place.span
        QTest.keyClick(self.editor, KEY.Key_Down if choice % 2 else KEY.Key_Up, ALT)
        after = self.now()
        assert after[:start] == before[:start]
        behind = len(before) - end
        assert after[len(after) - behind :] == before[end:]

    def sort(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        generation = self.generation
        standing = generation.attempts[generation.current] if generation.current >= 0 else None
        generation._sorted = generation.attempts[:3][::-1]
        generation.sort()
        if standing is not None:
            assert generation.attempts[generation.current] == standing
        assert self.now() == before

    def retry(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        """Another attempt, of which a piece or two arrive before it is stopped."""
        generation = self.generation
        place = generation.place
        if place is None or place.holds_own_words or (generation.current < 0 and generation.attempts):
            return
        start, end = place.span
        generation.retry()
        self.arrive(choice)
        after = self.now()
        assert after[:start] == before[:start]
        assert after[len(after) - len(before) + end :] == before[end:]

    def go_on(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        """Continue at the cursor, of which a piece or two arrive before it is stopped."""
        generation = self.generation
        if choice % 2:  # where her next word follows at once
            self.editor.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
        at = generation.requests.behind_word(self.editor.textCursor().selectionEnd())
        generation.continue_()
        self.arrive(choice if choice % 3 else choice + 1)
        after = self.now()
        grown = len(after) - len(before)
        assert grown >= 0
        assert after[:at] + after[at + grown :] == before
        assert all(voice == "small" for sign, voice in after[at : at + grown] if sign != "\n")
        written = "".join(sign for sign, _ in after[at : at + grown])
        if written and after[at + grown :]:
            assert written[-1].isspace() or not after[at + grown][0].isalnum(), "it runs into her next word"

    def again(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        """What stands in a place is written again, to be compared: it changes nothing."""
        generation = self.generation
        if generation.place is None:
            return
        attempts = list(generation.attempts)
        read, _ = generation.requests.before(generation.place.span[0])
        generation.repeat(Recipe.of(ContinueRequest(1, 0, read), "small", "ab", "cpu", "2026-01-02T03:04:05"))
        generation.stop()
        assert not generation.writing
        assert generation.attempts == attempts
        assert self.now() == before

    def arrive(self, choice: int) -> None:
        generation = self.generation
        for piece in (TEXTS[choice % len(TEXTS)], " sea,")[: choice % 3]:
            generation._paint(to_units(piece))
        generation.stop()

    def look(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.desk.choices.keeper.look()
        assert self.now() == before

    def type(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        QTest.keyClicks(self.editor, "ab .,x"[choice % 6])

    def press(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.editor.setFocus()
        keys = (KEY.Key_Backspace, KEY.Key_Delete, KEY.Key_Left, KEY.Key_Home)
        QTest.keyClick(self.editor, keys[choice % len(keys)])

    def select(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(self.place_at(a, before))
        if choice % 3 == 0:
            cursor.setPosition(self.place_at(b, before), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        assert self.now() == before

    def undo(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.editor.undo()
        assert self.exchanged or tuple(self.now()) in self.seen

    def redo(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.editor.redo()
        assert self.exchanged or tuple(self.now()) in self.seen

    def escape(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        QTest.keyClick(self.editor, KEY.Key_Escape)
        assert self.now() == before

    def mine(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.desk.authorship.acts.make_mine()
        assert [sign for sign, _ in self.now()] == [sign for sign, _ in before]


class RewordingHands(Hands):
    """The same where other words are looked for: an attempt may have been exchanged below what is undone."""

    def reword(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        """As when a voice has found other words for a part of a paragraph; hers stay."""
        start, end = sorted((self.place_at(a, before), self.place_at(b, before)))
        passage = "".join(sign for sign, _ in before[start:end])
        if not passage.strip() or "\n" in passage:
            return
        with pytest.MonkeyPatch.context() as quiet:
            quiet.setattr(self.generation, "write_others", lambda: None)
            self.generation.reword(start, end)
        self.seed += 10
        texts = ("other words", " and the sea. It was still!")
        attempts = [Attempt(text, "small", self.seed + number) for number, text in enumerate(texts)]
        self.generation._set_attempts(attempts, -1)
        assert self.now() == before

    def undo(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.editor.undo()

    def redo(self, a: float, b: float, choice: int, before: list[Character]) -> None:
        self.editor.redo()


@pytest.fixture
def settings_text() -> str:
    return '[panel]\nvoice = "small"\narrival = "at once"\n[typing]\nquotes = false\ndashes = false\n'


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(EDITS)
@example([("go_on", 0, 0, number) for number in (1, 5, 7, 11, 13)] + [("undo", 0, 0, 0), ("redo", 0, 0, 0)] * 2)
@example([("go_on", 0, 0, 4), ("again", 0, 0, 0), ("type", 0, 0, 0), ("retry", 0, 0, 2), ("undo", 0, 0, 0)])
def test_the_document_is_safe(desk: Desk, edits: list[tuple[str, float, float, int]]) -> None:
    hands = Hands(desk)
    for edit in edits:
        hands.do(*edit)
    while desk.editor.model.history.can_undo:
        hands.undo(0, 0, 0, [])
        hands.check()
    assert hands.now() == characters(passage_to_units(BEGINNING))
    last: Any = None
    while desk.editor.model.history.can_redo:
        hands.redo(0, 0, 0, [])
        last = hands.now()
    assert last is None or hands.exchanged or tuple(last) in hands.seen


REWORDING = (
    "reword",
    "reword",
    "preview",
    "take",
    "sentence",
    "swap",
    "next",
    "type",
    "press",
    "undo",
    "redo",
    "escape",
)


@pytest.mark.long
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(REWORDING), st.floats(0, 1), st.floats(0, 1), st.integers(0, 999)),
        min_size=3,
        max_size=15,
    )
)
def test_other_words_leave_all_else_as_it_is(desk: Desk, edits: list[tuple[str, float, float, int]]) -> None:
    hands = RewordingHands(desk)
    for edit in edits:
        hands.do(*edit)
    while desk.editor.model.history.can_redo:
        desk.editor.redo()
    last = hands.now()
    while desk.editor.model.history.can_undo:
        desk.editor.undo()
        hands.check()
    assert hands.now() == characters(passage_to_units(BEGINNING))
    while desk.editor.model.history.can_redo:
        desk.editor.redo()
    assert hands.now() == last
