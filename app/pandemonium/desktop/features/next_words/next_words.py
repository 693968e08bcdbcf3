"""Look ahead: a key shows the likeliest next words at the cursor; one of them is taken as the voice's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.next_words.next_word_list import NextWordList
from pandemonium.errors import PandemoniumError
from pandemonium.writing.reading.context import to_word_end

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.insight.next_words import NextWord, NextWords

_BELOW = 4  # pixels between the line of the cursor and the list
_WORD_AT_END = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*['\u2019]?\Z")


class NextWordsAtCursor(Feature):
    """The list of one page.

    Attributes:
        list: what is seen.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        editor = context.editor
        writing = context.feature(Writing)
        self._editor = editor
        self._generation = writing.generation
        self._bridge = writing.bridge
        self._is_asking = False
        self._asked = 0  # grows with every question, and with every dismissal: late answers are dropped
        self._is_typing = False
        self.list = NextWordList(editor)
        context.theme.follow(self.list.apply_colours)
        self.list.taken.connect(self._take)
        self.list.left.connect(self.dismiss)
        self.list.typed.connect(self._type)
        self._listening = Listening(
            (editor.model.edited, self._leave_unless_typing),
            (editor.model.loaded, self._put_away),
            (editor.verticalScrollBar().valueChanged, self._leave_if_scrolled),
            (editor.page_style_changed, self._put_away),
            (self._generation.state_changed, self._give_way),
            (writing.voices.loaded, self._put_away),  # they were another voice's
        )

    def commands(self) -> Iterable[Command]:
        """The list, shown or put away again."""
        yield Command(
            "nextWordsAction",
            self.tr("Likeliest next words"),
            self.switch,
            "write/suggestions",
            ("F2",),
            at_rest=True,
        )

    @property
    def is_shown(self) -> bool:
        """The list is on the page."""
        return not self.list.isHidden()

    def switch(self) -> None:
        """Shows the words at the cursor, behind the word in which it stands; puts them away where they are shown."""
        if self.dismiss() or self._generation.writing or self._editor.isReadOnly():
            return
        self._go_to_word_end()
        self._ask()

    def dismiss(self) -> bool:
        """Puts the list away, or asks for it no more; tells whether there was anything to end."""
        was_asking = self._is_asking
        if was_asking:
            self._bridge.stop()
        return self._put_away() or was_asking

    def _put_away(self) -> bool:
        """Puts the list away; tells whether there was one."""
        was_shown = self.is_shown
        self._listening.turn(False)
        self._asked += 1
        self._is_asking = False
        if was_shown:
            has_keyboard = self.list.words.hasFocus()
            self.list.hide()
            if has_keyboard:
                self._editor.setFocus()
            self.context.status_bar.set_part("nextWords", "")
        return was_shown

    def _go_to_word_end(self) -> None:
        cursor = self._editor.textCursor()
        requests = self._generation.requests
        before, _ = requests.before(cursor.selectionEnd())
        after = requests.behind(cursor.selectionEnd())
        rest = after[: to_word_end(before, after)]
        cursor.setPosition(cursor.selectionEnd() + len(to_units(rest)))
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _ask(self) -> None:
        self._listening.turn(True)
        self._asked += 1
        self._is_asking = True
        self.context.tasks.start(self._answer(self._asked))

    async def _answer(self, asked: int) -> None:
        # Here: the window opens without what only the voice needs.
        from pandemonium.writing.insight.next_words import NextWords, next_words

        requests = self._generation.requests
        position = self._editor.textCursor().position()
        before, paragraph = requests.before(position)
        after = requests.behind(position)
        writing = self.context.settings.values.writing
        usual = requests.usual_typography()

        def look(continuer: Continuer, stop: Callable[[], bool]) -> NextWords:
            continuer.set_mix(writing.mix)
            return next_words(
                continuer, before, after, paragraph=paragraph, usual=usual, memory=writing.memory, stop=stop
            )

        try:
            found = await self._bridge.ask(look)
        except PandemoniumError as error:
            if asked == self._asked:
                self._is_asking = False
                self._put_away()
                self.context.messages.show_error(error)
            return
        if asked == self._asked and isinstance(found, NextWords):
            self._is_asking = False
            self._show(found)

    def _show(self, found: NextWords) -> None:
        if not found.words:
            self._put_away()
            self.context.messages.show_sentence(self.tr("The voice expects no word here, but a sign."))
            return
        self.list.room = self._editor.height() - 2 * _BELOW
        self.list.show_words(found)
        self._place()
        self.list.show()
        self.list.raise_()
        self.list.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.status_bar.set_part("nextWords", self.tr("Return takes the word, Esc leaves it"))

    def _place(self) -> None:
        """Puts the list below the cursor, or above it where there is no room below."""
        caret = self._editor.cursorRect()
        at = self._editor.viewport().mapTo(self._editor, caret.bottomLeft())
        top = at.y() + _BELOW
        if top + self.list.height() > self._editor.height():
            top = max(0, at.y() - caret.height() - _BELOW - self.list.height())
        left = min(at.x(), self._editor.width() - self.list.width() - _BELOW)
        self.list.move(max(0, left), top)

    def _take(self, word: NextWord) -> None:
        self._put_away()
        self._generation.insert_suggestion(to_units(word.insertion))
        self._editor.ensureCursorVisible()

    def _type(self, event: QKeyEvent) -> None:
        """Types on the page; the list stays as long as a word may come of it."""
        self._is_typing = True
        try:
            QApplication.sendEvent(self._editor, event)
        finally:
            self._is_typing = False
        before, _ = self._generation.requests.before(self._editor.textCursor().position())
        word = _WORD_AT_END.search(before[-60:])
        left = self.list.narrow(word[0]) if word is not None else event.text() == " " and self.list.begin_word()
        if left:
            self._place()
            self._ask()
        else:
            self._put_away()

    def _leave_unless_typing(self, *_: object) -> None:
        if not self._is_typing:
            self._put_away()

    def _leave_if_scrolled(self) -> None:
        """Leaves where the page moves; while heights above it are measured, the bar alone does."""
        if not self._editor.page.holds_view:
            self._leave_unless_typing()

    def _give_way(self) -> None:
        if self._generation.writing:
            self._put_away()
