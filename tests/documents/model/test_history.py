"""One history for two writers: undo and redo meet the text that they were recorded on, whatever came between."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.history import Edit, History, Step
from pandemonium.documents.model.passage import Passage

WORDS = st.text("abc \n", min_size=1, max_size=5)
PLACE = st.floats(0, 1)


class Desk:
    """A text, its history, and a clock that stands still unless moved."""

    def __init__(self, text: str = "") -> None:
        self.now = 0.0
        self.history = History(lambda: self.now)
        self.text = AuthoredText(text)

    def apply(self, edit: Edit) -> None:
        start = edit.position
        end = edit.position + len(edit.removed)
        assert self.text.part(start, end) == edit.removed
        self.text.replace(start, end, edit.inserted)

    def type(self, position: int, text: str, removing: int = 0, kind: str = "typing") -> Step | None:
        edit = Edit(position, self.text.part(position, position + removing), Passage(text))
        self.apply(edit)
        return self.history.record(edit, kind)

    def say(self, step: Step, text: str) -> bool:
        edit = self.history.extend(step, Passage.by("v", text))
        if edit is not None:
            self.apply(edit)
        return edit is not None

    def retract(self, step: Step) -> bool:
        edit = self.history.retract(step)
        if edit is not None:
            self.apply(edit)
        return edit is not None

    def shorten(self, step: Step, length: int) -> bool:
        edit = self.history.shorten(step, length)
        if edit is not None:
            self.apply(edit)
        return edit is not None

    def undo(self) -> Step | None:
        return self._go(self.history.undo())

    def redo(self) -> Step | None:
        return self._go(self.history.redo())

    def _go(self, found: tuple[Step, list[Edit]] | None) -> Step | None:
        if found is None:
            return None
        for edit in found[1]:
            self.apply(edit)
        return found[0]

    @property
    def whole(self) -> Passage:
        return self.text.part(0, len(self.text))


def test_a_run_of_typing_is_one_step() -> None:
    desk = Desk()
    for at, letter in enumerate("a cat"):
        desk.type(at, letter)
    desk.undo()
    assert desk.text.text == ""
    desk.redo()
    assert desk.text.text == "a cat"


def test_typing_without_a_pause_is_taken_back_by_the_phrase() -> None:
    desk = Desk()
    for at, letter in enumerate("The door stood open. Nobody, it seemed, had come (or gone). So"):
        desk.now += 4
        desk.type(at, letter)
    seen = []
    while desk.undo():
        seen.append(desk.text.text)
    assert seen == [
        "The door stood open. Nobody, it seemed, had come (or gone). ",
        "The door stood open. Nobody, it seemed, ",
        "The door stood open. Nobody, ",
        "The door stood open. ",
        "",
    ]


def test_typing_without_a_mark_of_punctuation_is_taken_back_in_parts() -> None:
    desk = Desk()
    for at, letter in enumerate("word " * 60):
        desk.type(at, letter)
    seen = []
    while desk.undo():
        seen.append(len(desk.text))
    assert seen == [240, 160, 80, 0]


def test_shortening_takes_the_end_of_the_continuation_alone() -> None:
    desk = Desk("ab")
    step = desk.history.begin(1)
    desk.say(step, "of a ca")
    desk.type(0, "T")
    desk.type(9, "U")
    desk.undo()
    assert desk.shorten(step, 3)
    assert desk.text.text == "Taof ab"
    desk.redo()
    assert desk.text.text == "Taof aUb"
    for _ in range(3):
        desk.undo()
    assert desk.text.text == "ab"


def test_shortening_leaves_what_the_writer_has_worked_on() -> None:
    desk = Desk("ab")
    step = desk.history.begin(1)
    desk.say(step, "of a ca")
    desk.type(7, "X")
    assert not desk.shorten(step, 2)
    assert not desk.shorten(step, 20)


def test_a_pause_a_seal_and_another_place_begin_new_steps() -> None:
    desk = Desk()
    desk.type(0, "a")
    desk.now += 6
    desk.type(1, "b")
    desk.history.seal()
    desk.type(2, "c")
    desk.type(0, "d")
    seen = []
    while desk.undo():
        seen.append(desk.text.text)
    assert seen == ["abc", "ab", "a", ""]


def test_typing_over_a_selection_is_one_step() -> None:
    desk = Desk("old words")
    desk.type(0, "n", removing=3)
    desk.type(1, "e")
    desk.type(2, "w")
    desk.undo()
    assert desk.text.text == "old words"


def test_backspaces_are_one_step() -> None:
    desk = Desk("abcd")
    for at in (3, 2, 1):
        desk.type(at, "", removing=1)
    desk.undo()
    assert desk.text.text == "abcd"


def test_a_continuation_in_pieces_is_one_step_and_typing_elsewhere_another() -> None:
    desk = Desk("before after")
    step = desk.history.begin(6)
    desk.say(step, " one")
    desk.type(0, "X")
    desk.type(1, "Y")
    desk.say(step, " two")
    desk.type(len(desk.text), "Z")
    desk.say(step, " three")
    assert desk.text.text == "XYbefore one two three afterZ"
    assert [desk.undo() and desk.text.text for _ in range(3)] == [
        "XYbefore one two three after",
        "before one two three after",
        "before after",
    ]
    for _ in range(3):
        desk.redo()
    assert desk.text.text == "XYbefore one two three afterZ"
    assert desk.whole.part(8, 22) == Passage.by("v", " one two three")


def test_typing_at_the_place_of_arrival_stands_behind_what_arrives() -> None:
    desk = Desk("so")
    step = desk.history.begin(2)
    desk.type(2, "!")
    desk.say(step, " it")
    desk.type(6, "!")
    desk.say(step, " was")
    assert desk.text.text == "so it was!!"
    desk.undo()
    assert desk.text.text == "so it was"
    desk.undo()
    assert desk.text.text == "so"


def test_a_letter_of_the_voice_taken_back_returns_to_its_place() -> None:
    desk = Desk()
    step = desk.history.begin(0)
    desk.say(step, "abc")
    desk.type(2, "", removing=1)
    desk.say(step, "d")
    assert desk.text.text == "abd"
    desk.undo()
    assert desk.text.text == "abcd"


def test_removing_the_place_of_arrival_ends_the_continuation() -> None:
    desk = Desk("left right")
    step = desk.history.begin(4)
    desk.say(step, "X")
    desk.type(2, "", removing=5)
    assert not desk.say(step, "Y")
    desk.undo()
    assert desk.text.text == "leftX right"


def test_undo_of_later_typing_leaves_the_continuation_open() -> None:
    desk = Desk("ab")
    step = desk.history.begin(1)
    desk.say(step, "1")
    desk.type(0, "T")
    desk.undo()
    desk.say(step, "2")
    assert desk.text.text == "a12b"
    desk.redo()
    assert desk.text.text == "Ta12b"


def test_retract_empties_exactly_the_span() -> None:
    desk = Desk("ab")
    step = desk.history.begin(1)
    desk.say(step, "old")
    desk.type(0, "T")
    desk.type(6, "U")
    assert desk.retract(step)
    desk.say(step, "newer")
    assert desk.text.text == "TanewerbU"
    for _ in range(3):
        desk.undo()
    assert desk.text.text == "ab"


def test_retract_refuses_where_the_writer_has_worked_inside() -> None:
    desk = Desk("ab")
    step = desk.history.begin(1)
    desk.say(step, "old")
    desk.type(2, "X")
    assert not desk.retract(step)
    assert desk.history.span(step) == (1, 5)
    desk.undo()
    assert desk.retract(step)


def test_modified_follows_undo_and_redo_to_what_was_saved() -> None:
    desk = Desk()
    assert not desk.history.is_modified
    desk.type(0, "a")
    assert desk.history.is_modified
    desk.history.mark_saved()
    desk.type(1, "b")
    assert desk.history.is_modified
    desk.undo()
    assert not desk.history.is_modified
    desk.undo()
    assert desk.history.is_modified
    desk.redo()
    assert not desk.history.is_modified


def test_a_piece_arriving_after_saving_modifies() -> None:
    desk = Desk()
    step = desk.history.begin(0)
    desk.say(step, "a")
    desk.type(1, "T")
    desk.history.mark_saved()
    desk.say(step, "b")
    assert desk.history.is_modified


def test_an_empty_continuation_leaves_no_step() -> None:
    desk = Desk("a")
    step = desk.history.begin(1)
    desk.history.discard_if_empty(step)
    assert not desk.history.can_undo
    assert not desk.history.is_modified


class TwoWriters(RuleBasedStateMachine):
    """The writer types, cuts and undoes at random while up to two continuations arrive."""

    @initialize(text=st.text("ab\n", max_size=8))
    def start(self, text: str) -> None:
        self.desk = Desk(text)
        self.first = self.desk.whole
        self.voice: Step | None = None

    def place(self, share: float) -> int:
        return round(share * len(self.desk.text))

    @rule(share=PLACE, text=WORDS)
    def types(self, share: float, text: str) -> None:
        for letter in text:
            self.desk.type(self.place(share), letter)

    @rule(a=PLACE, b=PLACE, text=st.one_of(st.just(""), WORDS))
    def replaces(self, a: float, b: float, text: str) -> None:
        start, end = sorted((self.place(a), self.place(b)))
        self.desk.type(start, text, removing=end - start, kind="paste")

    @rule(share=PLACE)
    def backspaces(self, share: float) -> None:
        position = self.place(share)
        if position:
            self.desk.type(position - 1, "", removing=1)

    @rule(share=PLACE)
    def continues(self, share: float) -> None:
        if self.voice is not None:
            self.desk.history.discard_if_empty(self.voice)
        self.voice = self.desk.history.begin(self.place(share))

    @precondition(lambda self: self.voice is not None)
    @rule(text=WORDS)
    def arrives(self, text: str) -> None:
        assert self.voice is not None
        before = self.desk.history.span(self.voice)
        if self.desk.say(self.voice, text):
            assert before is not None
            after = self.desk.history.span(self.voice)
            assert after == (before[0], before[1] + len(text))
            assert self.desk.text.part(after[1] - len(text), after[1]) == Passage.by("v", text)

    @precondition(lambda self: self.voice is not None)
    @rule()
    def retries(self) -> None:
        assert self.voice is not None
        before = self.desk.history.span(self.voice)
        if self.desk.retract(self.voice):
            assert before is not None
            assert self.desk.history.span(self.voice) == (before[0], before[0])

    @precondition(lambda self: self.voice is not None)
    @rule(length=st.integers(1, 6))
    def stops(self, length: int) -> None:
        assert self.voice is not None
        before = self.desk.history.span(self.voice)
        if self.desk.shorten(self.voice, length):
            assert before is not None
            assert self.desk.history.span(self.voice) is not None

    @rule()
    def undoes(self) -> None:
        self.desk.undo()

    @rule()
    def redoes(self) -> None:
        self.desk.redo()

    @rule()
    def saves(self) -> None:
        self.desk.history.mark_saved()
        self.saved = self.desk.whole
        assert not self.desk.history.is_modified

    @invariant()
    def what_counts_as_saved_is_what_was_saved(self) -> None:
        if not self.desk.history.is_modified:
            assert self.desk.whole == getattr(self, "saved", self.first)

    def teardown(self) -> None:
        last = self.desk.whole
        taken = 0
        while self.desk.undo():
            taken += 1
        assert self.desk.whole == self.first
        for _ in range(taken):
            assert self.desk.redo()
        assert self.desk.whole == last


TestTwoWriters = TwoWriters.TestCase
TestTwoWriters.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
