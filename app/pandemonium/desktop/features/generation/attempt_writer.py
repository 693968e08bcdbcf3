"""Puts what a voice wrote into its place on the page, and takes it away again."""

from __future__ import annotations

import re
from dataclasses import replace

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.highlighter import Fresh
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.requests import LONGEST_WORD, Requests
from pandemonium.documents.model.passage import BODY, BREAK, Passage

_WORD_END = re.compile(r"[\w'\u2019-]*")
# What may be cut off as the beginning of a word: scripts that write no spaces have no words to cut at.
_LAST_WORD = re.compile(r"\s*[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\Z")


class AttemptWriter:
    """Writes on one page."""

    def __init__(self, editor: DocumentEditor, requests: Requests) -> None:
        self._editor = editor
        self._model = editor.model
        self._requests = requests

    def write(self, place: AttemptPlace, text: str, voice: str) -> bool:
        """Lets what stands in a place grow; False if the writer has taken the place away.

        Args:
            place: of the page.
            text: in the editor's units.
            voice: who wrote it.
        """
        if not self._insert(place, text, voice):
            return False
        place.shown += text
        return True

    def clear(self, place: AttemptPlace) -> None:
        """Takes the attempt out of the text, so that another can be written in its place."""
        edit = place.clear()
        if not edit.is_empty:
            self._model.apply(edit, VOICE)
        self._editor.highlighter.show_fresh(None)

    def end_at_word(self, place: AttemptPlace, held: str, voice: str) -> None:
        """Writes the last word to its end where what is `held` back tells it, else takes its beginning away."""
        if not place.shown:
            return
        rest = _WORD_END.match(held)
        length = rest.end() if rest is not None else 0
        if not place.shown[-1].isspace() and length < len(held):
            if length:
                self.write(place, held[:length], voice)
            return
        word = _LAST_WORD.search(place.shown[-2 * LONGEST_WORD :])
        if word is None or not place.shown[-1].isalnum() or len(word[0].strip()) > LONGEST_WORD:
            return
        edit = place.shorten(len(word[0]))
        if edit is not None:
            self._model.apply(edit, VOICE)
            place.shown = place.shown[: -len(word[0])]

    def part_from_behind(self, place: AttemptPlace, voice: str) -> None:
        """Lets what was stopped run into nothing behind it: no word, and no paragraph of hers."""
        if not place.shown or not place.is_in_text:
            return
        gap = self._requests.gap_behind(*place.span)
        if gap and not place.shown[-1].isspace():
            self.write(place, gap, voice)

    def open_gap(self, place: AttemptPlace, voice: str) -> None:
        """Parts a sentence that was taken from the paragraph behind it, as the whole attempt would be."""
        if place.shown and not place.shown[-1].isspace():
            gap = self._requests.gap_behind(*place.span)
            if gap == BREAK and self._insert(place, gap, voice):
                place.gap = gap

    def close_gap(self, place: AttemptPlace) -> None:
        """Takes that away again, so that the next sentence comes right behind."""
        edit = place.shorten(len(place.gap)) if place.gap else None
        if edit is not None:
            self._model.apply(edit, VOICE)
        place.gap = ""

    def go_behind(self, place: AttemptPlace) -> None:
        """Puts the cursor behind what was taken."""
        self._put_cursor(self._end_of_words(place))
        self._editor.ensureCursorVisible()
        self._editor.setFocus()

    def go_back_over_gap(self, place: AttemptPlace) -> None:
        """Leaves the line that parts what was written from the paragraph behind, where the cursor has come to it."""
        cursor = self._editor.textCursor()
        if place.is_in_text and not cursor.hasSelection() and cursor.position() == place.span[1]:
            self._put_cursor(self._end_of_words(place))

    def _end_of_words(self, place: AttemptPlace) -> int:
        """Where the place's words end: what parts them from the paragraph behind is nowhere to type."""
        start, end = place.span
        return start + len(self._model.text.part(start, end).text.rstrip(BREAK))

    def _put_cursor(self, position: int) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(position)
        self._editor.setTextCursor(cursor)

    def _insert(self, place: AttemptPlace, text: str, voice: str) -> bool:
        edit = place.extend(self._passage(place, voice, text))
        if edit is None:
            return False
        follow = self._editor.textCursor().position() == edit.position and self._editor.caret_is_visible()
        self._editor.highlighter.expect_fresh(Fresh(*place.span))
        self._model.apply(edit, VOICE)
        if follow:
            self._editor.ensureCursorVisible()
        return True

    def _passage(self, place: AttemptPlace, voice: str, text: str) -> Passage:
        """What the voice wrote; behind a heading it goes on in body text."""
        passage = Passage.by(voice, text)
        if self._model.is_rich and BREAK in text:
            index, _ = self._model.text.locate(place.span[1])
            if self._model.text.styles(index, 1)[0].kind in ("heading", "scene"):
                return replace(passage, styles=(None, *[BODY] * text.count(BREAK)))
        return passage
