"""Marks misspelt words in view; they are looked up beside the window and are never part of the document."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.core.latest_only import LatestOnlyWorker
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import WRITER
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.features.spelling.speller import Places, Speller
from pandemonium.documents.model.passage import Passage
from pandemonium.errors import PandemoniumError
from pandemonium.settings import EditorSettings
from pandemonium.text.own_words import add_word

_AHEAD = 15  # paragraphs looked up above and below those in view
_LONG = 6000  # characters of a paragraph from which on only what is in view is looked up
_REMEMBERED = 3000  # parts whose places are remembered
_POSSESSIVE = re.compile("['\u2019\u02bc]s?$")
_WORD = re.compile(r"[\w'\u2019\u02bc\u00ad]*")


@dataclass(frozen=True)
class _Part:
    """`text` stands at the editor's position `start`: a paragraph, or the part of a long one that is in view."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class SpellingMarks(QObject):
    """Spelling of one page.

    What was found is remembered by the text that it was found in, so that an answer can never be about another
    text than the one it marks, however late it comes. The word that is being typed is marked when it is left.

    Signals:
        failed(PandemoniumError): something about dictionaries or own words that the writer should know.
        changed(): the own words have changed.
    """

    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        editor: DocumentEditor,
        selections: ExtraSelections,
        loop: asyncio.AbstractEventLoop,
        speller: Speller,
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._selections = selections
        self.speller = speller
        self._worker = LatestOnlyWorker(loop, "spelling")
        self._settings = EditorSettings(spelling=False)
        self._known: dict[str, Places] = {}
        self._asked: tuple[str, ...] = ()
        self._ignored: set[str] = set()
        self._names: frozenset[str] = frozenset()
        self._shown: list[QTextEdit.ExtraSelection] = []
        self._form = QTextCharFormat()
        self._typing = False
        self._caret = 0
        self._revision = 0
        editor.after_paint.once(self._watch)
        editor.after_paint.edited.connect(self._text_changed)
        editor.after_paint.caret_moved.connect(self._caret_moved)

    @property
    def is_on(self) -> bool:
        """Words are looked up and marked."""
        return self._settings.spelling

    @property
    def marked(self) -> list[tuple[int, int]]:
        """The places [start, end) that are marked now, in view."""
        return [(each.cursor.selectionStart(), each.cursor.selectionEnd()) for each in self._shown]

    def apply_settings(self, settings: EditorSettings) -> None:
        """Turns spelling on or off, or takes another language."""
        before = self._settings
        self._settings = settings
        wanted = (settings.spelling, settings.spelling_language, settings.spelling_capitals)
        if (before.spelling, before.spelling_language, before.spelling_capitals) != wanted:
            self.look_again()

    def apply_colours(self, colours: Colours) -> None:
        """Takes another theme."""
        self._form = QTextCharFormat()
        self._form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._form.setUnderlineColor(QColor(colours.misspelt))
        self._paint()

    def look_again(self) -> None:
        """Looks everything in view up anew."""
        self._worker.drop()
        self._known.clear()
        self._asked = ()
        if self.is_on:
            self._look()
        else:
            self._shown = []
            self._selections.show("spelling", ())

    def misspelt_at(self, place: QPoint) -> tuple[int, int] | None:
        """The marked word [start, end) under a place of the page's viewport; None where there is none."""
        position = self._editor.cursorForPosition(place).position()
        return next(((start, end) for start, end in self.marked if start <= position <= end), None)

    def suggestions(self, word: str) -> list[str]:
        """What a marked word may have been meant to be, the likeliest first."""
        return self.speller.suggestions(word)

    def correct(self, start: int, end: int, word: str) -> None:
        """Puts another word in the place of one, as one step."""
        model = self._editor.model
        old = model.text.part(start, end)
        char_format = old.char_format_at(0) if model.is_rich else None
        new = Passage(to_units(word))
        model.replace_many(
            [(start, end, new.with_char_format(0, len(new), char_format, on=True) if char_format else new)], "replace"
        )
        cursor = self._editor.textCursor()
        cursor.setPosition(start + len(new))
        self._editor.setTextCursor(cursor)

    def ignore(self, word: str) -> None:
        """Marks a word no more until another document is opened."""
        self._ignored.add(word)
        self._paint()

    def take_names(self, words: frozenset[str]) -> None:
        """Marks the words of these names no more, and those of the names before them again."""
        if words != self._names:
            self._names = words
            self._paint()

    def add_to_own(self, word: str) -> None:
        """Adds a word to the writer's own."""
        try:
            add_word(self.speller.own_words, word.replace("\u2019", "'"))
        except PandemoniumError as error:
            self.failed.emit(error)
        self.changed.emit()
        self.look_again()

    def close(self) -> None:
        """Ends the thread."""
        self._worker.close()

    def _watch(self) -> None:
        """Begins once the page is seen: a dictionary takes a tenth of a second to load, in which no other code runs."""
        self._selections.visible_changed.connect(self._look)
        self._editor.model.loaded.connect(self._begin)
        self._look()

    def _begin(self) -> None:
        self._ignored.clear()
        self._typing = False
        self._look()

    def _text_changed(self, _touched: object, by: str) -> None:
        if by == WRITER:
            self._typing = True

    def _caret_moved(self) -> None:
        """A caret that moved without an edit, and out of the word, ends that word's typing."""
        caret = self._editor.textCursor().position()
        revision = self._editor.model.revision
        before = self._caret
        self._caret = caret
        edited = revision != self._revision
        self._revision = revision
        if not self._typing or edited:
            return
        start, end = sorted((min(before, len(self._editor.model.text)), caret))
        if end - start > 60 or not _WORD.fullmatch(self._editor.model.text.part(start, end).text):
            self._typing = False
            self._paint()

    def _look(self) -> None:
        if not self.is_on:
            return
        parts = list(self._parts())
        self._paint(parts)
        texts = tuple(dict.fromkeys(part.text for part in parts if part.text not in self._known))
        if not texts or texts == self._asked:
            return
        self._asked = texts
        language = self._settings.spelling_language
        capitals = self._settings.spelling_capitals

        def take(found: dict[str, Places]) -> None:
            self._asked = ()
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known.update(found)
            if (note := self.speller.pop_note()) is not None:
                self.failed.emit(note)
            self._look()

        def fail(error: PandemoniumError) -> None:
            self._asked = ()
            self._settings = EditorSettings(spelling=False)
            self.failed.emit(error)

        self._worker.ask(
            lambda stopped: self.speller.check(language, texts, capitals=capitals, stopped=stopped), take, fail
        )

    def _paint(self, parts: list[_Part] | None = None) -> None:
        if not self.is_on:
            return
        caret = self._editor.textCursor().position()
        old = list(zip(self.marked, self._shown, strict=True))
        shown: list[QTextEdit.ExtraSelection] = []
        for part in self._parts() if parts is None else parts:
            places = self._known.get(part.text)
            if places is None:  # not answered yet: what was marked there stays, and has moved with the text
                shown += [each for (start, end), each in old if part.start <= start < end <= part.end]
                continue
            for start, end in places:
                at = part.start + start
                to = part.start + end
                is_typed = self._typing and at <= caret <= to
                if not is_typed and not self._may_stand(part.text[start:end]):
                    shown.append(self._selections.selection(at, to, self._form))
        self._shown = shown
        self._selections.show("spelling", shown)

    def _may_stand(self, word: str) -> bool:
        """The writer has let it stand, or it is a name of the cast."""
        return word in self._ignored or word in self._names or _POSSESSIVE.sub("", word) in self._names

    def _parts(self) -> Iterator[_Part]:
        first, last = self._selections.visible_paragraphs()
        paragraphs = self._editor.model.text.paragraphs
        first = max(0, first - _AHEAD)
        last = min(last + _AHEAD, len(paragraphs) - 1)
        block = self._editor.document().findBlockByNumber(first)
        for number in range(first, last + 1):
            text = paragraphs[number].text
            start = block.position()
            if len(text) <= _LONG:
                if text:
                    yield _Part(start, text)
            elif (part := self._part_in_view(start, text)) is not None:
                yield part
            block = block.next()

    def _part_in_view(self, start: int, text: str) -> _Part | None:
        rect = self._editor.viewport().rect()
        top = self._editor.cursorForPosition(QPoint(rect.left(), rect.top())).position() - start
        bottom = self._editor.cursorForPosition(QPoint(rect.right(), rect.bottom())).position() - start
        if bottom <= 0 or top >= len(text):
            return None
        low = text.rfind(" ", 0, max(0, top)) + 1
        high = text.find(" ", min(len(text), bottom))
        return _Part(start + low, text[low : high if high >= 0 else len(text)])
