"""Who wrote what stays right through anything that a whole window can do, held against a list of single characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.clipboard import put_passage
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.units import passage_to_units, to_units, whole
from pandemonium.desktop.features.recovery.restoring import put_on_page
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, Passage
from pandemonium.text.as_typed import CUSTOMS, educated, straightened

Character = tuple[str, str]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TEXTS = ("the sea", "It \U0001f56f lay", "one\ntwo", "\n", " and, \u201cyes\u201d", "a", "caf\xe9 \u2014 no")
TYPED = ("a", "b", " ", '"', "-", "'", ".", ",", "#")
BEGINNING = (
    Passage("Her own -")
    + Passage.by("Lovecraft", " the \U0001f56f sea -\nand \u201cthe\u201d sea")
    + Passage(" a\nend")
)
ENDS = ("txt", "md", "docx", "odt")
ACTS = (
    "type",
    "type",
    "type",
    "press",
    "press",
    "select",
    "select",
    "select",
    "voice",
    "voice",
    "cut",
    "copy",
    "paste",
    "outside",
    "other",
    "look",
    "kind",
    "align",
    "scene",
    "educate",
    "straighten",
    "replace",
    "undo",
    "undo",
    "redo",
    "mine",
    "clear",
    "save",
    "save",
    "restore",
    "drag",
    "suggest",
    "suggest",
    "take",
    "take",
)
EDITS = st.lists(st.tuples(st.sampled_from(ACTS), st.floats(0, 1), st.floats(0, 1), st.integers(0, 999)), max_size=20)


def characters(passage: Passage) -> list[Character]:
    """Each unit with its author."""
    authors = [""] * len(passage)
    for mark in passage.marks:
        authors[mark.start : mark.end] = [mark.voice] * (mark.end - mark.start)
    return list(zip(passage.text, authors, strict=True))


def by(voice: str, text: str) -> list[Character]:
    return characters(passage_to_units(Passage.by(voice, text)))


def untagged(signs: list[Character]) -> list[Character]:
    """Without the tags that Markdown needs where its own signs would be read as something else."""
    text = "".join(sign for sign, _ in signs)
    tags = [(each.start(), each.end()) for each in re.finditer(r"</?[a-z]+(?: [^<>]*)?>", text)]
    return [each for at, each in enumerate(signs) if not any(start <= at < end for start, end in tags)]


class Model:
    """A window, and beside it what should be on its page."""

    def __init__(self, desk: Desk, folder: Path, qtbot: Any) -> None:
        self.desk = desk
        self.folder = folder
        self.qtbot = qtbot
        self.editor = desk.editor
        self.model = desk.editor.model
        self.now = characters(passage_to_units(BEGINNING))
        self.clip: list[Character] = []
        self.seen: set[tuple[Character, ...]] = set()
        self.versions: list[tuple[Path, str]] = []
        desk.files._show(Manuscript(BEGINNING), None, "")
        self.note()

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.now)

    @property
    def selection(self) -> tuple[int, int]:
        cursor = self.editor.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def actual(self) -> list[Character]:
        return characters(self.model.text.part(0, len(self.model.text)))

    def note(self) -> None:
        self.seen.add(tuple(self.now))

    def check(self) -> None:
        assert self.actual() == self.now
        shown = self.editor.toPlainText().replace("\n", "\u2028")
        assert shown == whole(self.text).replace("\n", "\u2028").replace("\xa0", " ")
        shares = self.desk.authorship.acts.shares
        assert shares.of_voices == sum(1 for sign, voice in self.now if voice and not "\ud800" <= sign < "\udc00")
        self.note()

    def place(self, share: float) -> int:
        at = round(share * len(self.now))
        return at - 1 if 0 < at < len(self.now) and "\udc00" <= self.now[at][0] < "\ue000" else at

    # What the hands do.

    def select(self, a: float, b: float, _: int) -> None:
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(self.place(a))
        cursor.setPosition(self.place(b), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def type(self, a: float, b: float, choice: int) -> None:
        sign = TYPED[choice % len(TYPED)]
        start, end = self.selection
        self.now[start:end] = [(sign, "")]
        self.note()
        QTest.keyClicks(self.editor, sign)
        text = self.model.text.text
        behind = self.text[start + 1 :]
        if text != self.text:  # another sign stands for the last few that were typed
            made = len(text) - len(behind)
            typed = next(n for n in (1, 2, 3, 4) if self.text[: start + 1 - n] == text[: made - 1])
            self.now[start + 1 - typed : start + 1] = [(text[made - 1], "")]

    def press(self, a: float, b: float, choice: int) -> None:
        key, modifier = [
            (Qt.Key.Key_Backspace, NONE),
            (Qt.Key.Key_Delete, NONE),
            (Qt.Key.Key_Return, NONE),
            (Qt.Key.Key_Return, SHIFT),
            (Qt.Key.Key_Backspace, CONTROL),
            (Qt.Key.Key_Delete, CONTROL),
        ][choice % 6]
        (start, end) = self.selection
        before = len(self.now)
        QTest.keyClick(self.editor, key, modifier)
        gone = before - len(self.model.text)
        if key == Qt.Key.Key_Return:
            if start < end or gone:
                sign = "\u2028" if modifier == SHIFT and self.model.is_rich else "\n"
                self.now[start:end] = [(sign, "")]
        elif start < end:
            del self.now[start:end]
        elif key == Qt.Key.Key_Backspace:
            del self.now[start - gone : start]
        else:
            del self.now[start : start + gone]

    def cut(self, a: float, b: float, _: int) -> None:
        start, end = self.selection
        self.copy(a, b, 0)
        QTest.keyClick(self.editor, Qt.Key.Key_X, CONTROL)
        del self.now[start:end]

    def copy(self, a: float, b: float, _: int) -> None:
        start, end = self.selection
        if start < end:
            QTest.keyClick(self.editor, Qt.Key.Key_C, CONTROL)
            self.clip = self.now[start:end]

    def paste(self, a: float, b: float, _: int) -> None:
        if self.clip:
            start, end = self.selection
            QTest.keyClick(self.editor, Qt.Key.Key_V, CONTROL)
            signs = [(sign, voice if sign != "\n" else "") for sign, voice in self.clip]
            if not any(voice for _, voice in signs) and "\u2028" in {sign for sign, _ in signs}:
                actual = self.actual()[start : start + len(signs)]  # plain text on its way: lines become paragraphs
                assert [("\n" if sign == "\u2028" else sign, voice) for sign, voice in signs] in (
                    actual,
                    [("\n" if sign == "\u2028" else sign, voice) for sign, voice in actual],
                )
                signs = actual
            self.now[start:end] = signs

    def put(self, data: QMimeData, what: list[Character]) -> None:
        start, end = self.selection
        QGuiApplication.clipboard().setMimeData(data)
        self.clip = []
        QTest.keyClick(self.editor, Qt.Key.Key_V, CONTROL)
        self.now[start:end] = what

    def outside(self, a: float, b: float, choice: int) -> None:
        data = QMimeData()
        text = TEXTS[choice % len(TEXTS)]
        data.setText(text)
        self.put(data, by("", text))

    def other(self, a: float, b: float, choice: int) -> None:
        data = QMimeData()
        text = TEXTS[choice % len(TEXTS)]
        passage = passage_to_units(Passage("From ") + Passage.by("Elsewhere", text))
        put_passage(data, passage)
        self.put(data, characters(passage))

    def drag(self, a: float, b: float, _: int) -> None:
        start, end = self.selection
        to = self.place(a)
        if start == end or start <= to <= end:
            return
        moved = self.now[start:end]
        self.editor.move_selection(to)
        del self.now[start:end]
        to -= (end - start) * (to > start)
        self.now[to:to] = moved

    # What the voice and the menus do.

    def voice(self, a: float, b: float, choice: int) -> None:
        at = self.selection[1]
        text = TEXTS[choice % len(TEXTS)]
        name = ("Lovecraft", "Mine")[choice % 2]
        step = self.model.history.begin(at)
        for piece in (text[:2], text[2:]):
            edit = self.model.history.extend(step, Passage.by(name, to_units(piece)))
            assert edit is not None
            self.model.apply(edit, VOICE)
        self.now[at:at] = by(name, text)

    def suggest(self, a: float, b: float, choice: int) -> None:
        """Words in grey stand at the cursor, whatever is done next."""
        suggestions = self.desk.suggestions
        suggestions.dismiss()
        suggestions._from = self.selection[1]
        suggestions._taken = False
        cursor = self.editor.textCursor()
        cursor.setPosition(suggestions._from)
        self.editor.setTextCursor(cursor)
        for piece in (TEXTS[choice % len(TEXTS)], " of the sea"):
            suggestions._grow(to_units(piece))
        suggestions._listen()

    def take(self, a: float, b: float, choice: int) -> None:
        """Takes what is still suggested, or a word of it."""
        QApplication.processEvents()
        suggestions = self.desk.suggestions
        if not suggestions.is_shown:
            return
        start = self.selection[1]
        text = suggestions.text
        assert self.selection == (start, start)
        key, modifier = [(Qt.Key.Key_Tab, NONE), (Qt.Key.Key_Right, CONTROL)][choice % 2]
        QTest.keyClick(self.editor, key, modifier)
        taken = text[: len(text) - len(suggestions.text)]
        assert taken
        assert choice % 2 or not suggestions.text
        self.now[start:start] = characters(Passage.by(self.desk.generation.voice, taken))

    def look(self, a: float, b: float, choice: int) -> None:
        before = self.now
        md = self.editor.is_markdown
        commands = self.desk.format.formatting
        commands.toggle((CharFormat.BOLD, CharFormat.ITALIC, CharFormat.STRIKE, CharFormat.SMALL_CAPS)[choice % 4])
        if md:  # only signs come and go, and those that come are the writer's
            rest = iter(each for each in before if each[0] not in "*~")
            self.now = [(sign, "") if sign in "*~" else next(rest) for sign in self.model.text.text]

    def kind(self, a: float, b: float, choice: int) -> None:
        if self.model.is_rich:
            kinds: Any = (("heading", 2), ("quote", 0), ("body", 0), ("bullet", 1))
            self.desk.format.formatting.set_kind(*kinds[choice % len(kinds)])

    def align(self, a: float, b: float, choice: int) -> None:
        self.desk.format.formatting.set_alignment("center" if choice % 2 else "")

    def scene(self, a: float, b: float, _: int) -> None:
        block = self.editor.textCursor().block()
        at = block.position() + len(to_units(block.text()))
        gap = "\n\n" if self.editor.is_markdown else "\n"
        lead = "" if self.model.is_rich and not block.text() else gap
        self.desk.format.formatting.insert_scene_break()
        self.now[at:at] = by("", f"{lead}* * *{gap}")

    def educate(self, a: float, b: float, _: int) -> None:
        self.respell(lambda text: educated(text, CUSTOMS["en"]), self.desk.writing_aids.typography.educate)

    def straighten(self, a: float, b: float, _: int) -> None:
        self.respell(straightened, self.desk.writing_aids.typography.straighten)

    def respell(self, edits_of: Callable[[str], Any], act: Callable[[], int]) -> None:
        if self.editor.is_markdown:
            return  # what is code there is another test's
        start, end = self.selection
        if start == end:
            start = self.text.rfind("\n", 0, start) + 1
            end = min(place for place in (self.text.find("\n", start), len(self.text)) if place >= 0)
        at = len(self.now)
        made = self.now
        for line in reversed(self.text.split("\n")):
            at -= len(line)
            for left, right, sign in reversed(list(edits_of(line))):
                if start <= at + left and at + right <= end:
                    voices = {voice for _, voice in made[at + left : at + right]}
                    voice = voices.pop() if len(voices) == 1 else ""
                    made = made[: at + left] + [(each, voice) for each in sign] + made[at + right :]
            at -= 1
        act()
        self.now = made

    def replace(self, a: float, b: float, choice: int) -> None:
        words, new = (("a", "ox"), ("the", ""), (" ", "  "))[choice % 3]
        finder = self.desk.find_bar._finder
        self.desk.find_bar.open(replacing=True)
        self.desk.find_bar.find_field.setText("")
        self.desk.find_bar.selection_box.setChecked(False)
        self.desk.find_bar.find_field.setText(words)
        self.qtbot.waitUntil(lambda: finder.is_settled, timeout=10_000)
        finder.replace_all(new, keep_case=False)
        self.qtbot.waitUntil(lambda: finder.replaced is not None, timeout=10_000)
        self.desk.find_bar.close_bar()
        text = self.text.lower()
        at = len(self.now)
        places = []
        at = text.find(words)
        while at >= 0:
            places.append(at)
            at = text.find(words, at + len(words))
        for at in reversed(places):
            self.now[at : at + len(words)] = by("", new)

    def undo(self, a: float, b: float, _: int) -> None:
        self.editor.undo()
        self.take_seen()

    def redo(self, a: float, b: float, _: int) -> None:
        self.editor.redo()
        self.take_seen()

    def take_seen(self) -> None:
        """The page says what it said once, with the authors that this had."""
        assert tuple(self.actual()) in self.seen
        self.now = self.actual()

    def mine(self, a: float, b: float, _: int) -> None:
        start, end = self.selection
        self.desk.authorship.acts.make_mine()
        self.now[start:end] = [(sign, "") for sign, _ in self.now[start:end]]

    def clear(self, a: float, b: float, choice: int) -> None:
        if choice % 3 == 0:
            self.desk.authorship.acts.clear()
            self.now = [(sign, "") for sign, _ in self.now]

    def save(self, a: float, b: float, choice: int) -> None:
        """Saves, often in another format, and most times reads it again."""
        end = ENDS[choice % 4]
        before = self.now
        source = self.desk.files.manuscript.format
        path = self.folder / f"{len(self.versions)}.{end}"
        self.desk.tasks.loop.run_until_complete(self.desk.files.write_to(path))
        self.versions.append((path, end))
        same = source == end or {source, end} in ({"txt", "md"}, {"docx", "odt"}) or (not source and end in ENDS[2:])
        self.now = self.actual()
        if same:
            assert self.now == before
        else:
            letters = [each for each in before if each[0].isalnum()]
            assert [each for each in untagged(self.now) if each[0].isalnum()] == letters
        self.note()
        if choice % 3:
            self.desk.files.load(path)
            self.seen = set()

    def restore(self, a: float, b: float, choice: int) -> None:
        """Puts a version of this document on the page."""
        path = self.desk.files.manuscript.path
        kept = [] if path is None else self.desk.files.vault.versions.list(path)
        if kept:
            version = kept[choice % len(kept)]
            manuscript = self.desk.files.vault.versions.read(version)
            put_on_page(self.editor, manuscript)
            self.now = characters(passage_to_units(manuscript.content))


@pytest.fixture
def settings_text(settings_text: str) -> str:
    return settings_text + '[typing]\nquotes = true\ndashes = true\ncustom = "en"\n'


@pytest.mark.long
@given(EDITS)
@example([("type", 1.0, 0.21875, 285)])  # a space over a selection that begins with another's space
@example([("select", 0.5, 0.75, 0), ("look", 0, 0, 1), ("drag", 0, 0, 1), ("save", 0, 0, 174)])  # bold in tags
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_window_agrees_with_single_characters(desk: Desk, tmp_path: Path, qtbot: Any, edits: list[Any]) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    model = Model(desk, folder, qtbot)
    for name, a, b, choice in edits:
        if choice % 3 == 0:
            model.select(a, b if choice % 2 else a, 0)
        getattr(model, name)(a, b, choice // 6)
        model.check()
    while model.model.undo() is not None:
        model.take_seen()
    while model.model.redo() is not None:
        model.take_seen()
