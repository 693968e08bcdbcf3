"""Keeps the document's model beside the editor's: its text with authors and looks, and the one history of both writers.

The QTextDocument holds characters alone and its own undo is off; looks and styles are painted from the model.
Whatever changes its text is heard here, compared with the model and recorded; formatting, undo, redo and the voice's
chunks go the other way, model first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from pandemonium.desktop.editor.inline_objects import object_format
from pandemonium.desktop.editor.units import (
    from_units,
    is_low,
    passage_from_units,
    passage_to_units,
    split,
    whole,
    words_from_units,
)
from pandemonium.documents.model.authored_text import AuthoredText, Touched
from pandemonium.documents.model.history import Edit, History, Point, Step
from pandemonium.documents.model.manuscript import InlineObject, Note
from pandemonium.documents.model.passage import (
    BODY,
    BREAK,
    CharFormat,
    ParagraphStyle,
    Passage,
    Span,
    lines_of,
)

WRITER = "writer"
VOICE = "voice"
UNDO = "undo"
_QT_BREAK = "\u2029"
_TOGETHER = 60  # edits from which on laying out the whole page is quicker than mending it after each


class DocumentModel(QObject):
    """The model of one QTextDocument. Positions, texts and passages are in the editor's units.

    Attributes:
        text: its text with authors, looks and styles.
        objects: what its OBJECTs stand for, by their keys.
        history: what can be undone.
        revision: grows with every change.
        is_rich: it can hold looks and styles; a plain text or Markdown's source cannot.

    Signals:
        edited(Touched, str): paragraphs changed, by WRITER, VOICE or UNDO.
        redressed(Touched): paragraphs whose looks or styles may have changed; comes after `edited`.
        loaded(): another text stands in the document.
        went_back(Step), went_forward(Step): a step was undone, or redone.
        state_changed(): what can be undone or redone, or whether the text is modified, may have changed.
    """

    edited = Signal(object, str)
    reformatted = Signal(object)
    loaded = Signal()
    went_back = Signal(object)
    went_forward = Signal(object)
    state_changed = Signal()

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        document.setUndoRedoEnabled(False)
        self.history = History()
        self.text = AuthoredText()
        self.objects: dict[str, InlineObject] = {}
        self.revision = 0
        self.is_rich = False
        self._applying = False
        self._is_amid = False  # several edits are being made, and more are to come
        self._numbers: dict[str, int] = {}
        self._numbered = -1
        self._typing_format: tuple[int, CharFormat] | None = None  # at a position, until the writer goes elsewhere
        document.contentsChange.connect(self._hear)

    def load(
        self,
        content: Passage | str,
        block_format: QTextBlockFormat,
        *,
        objects: Mapping[str, InlineObject] | None = None,
        is_rich: bool = False,
    ) -> None:
        """Puts a file's content in the place of everything and begins a new history."""
        content = passage_to_units(Passage(content) if isinstance(content, str) else content)
        self.history = History()
        self.text = AuthoredText(content)
        self.objects = dict(objects or {})
        self.is_rich = is_rich
        self._typing_format = None
        self.revision += 1
        self._applying = True
        try:
            cursor = QTextCursor(self._document)
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(block_format)
            cursor.setCharFormat(QTextCharFormat())
            cursor.insertText(whole(content.text))
            self._place_objects(0, content.spans)
            cursor.endEditBlock()
        finally:
            self._applying = False
        self.loaded.emit()
        self.reformatted.emit(Touched(0, 0, len(self.text.paragraphs)))
        self.state_changed.emit()

    def content(self) -> Passage:
        """Everything, as it is to be saved."""
        return passage_from_units(self.text.part(0, len(self.text)))

    def set_form(self, content: Passage, objects: Mapping[str, InlineObject], *, is_rich: bool) -> None:
        """Goes on with another form of the document; where that is another text, one undo takes it back."""
        self.objects = {**self.objects, **objects}
        self.is_rich = is_rich
        content = passage_to_units(content)
        before = self.text.part(0, len(self.text))
        if content != before:  # what says nothing of styles would all be set as the first paragraph is
            new = content if content.styles else content.with_style(BODY)
            self.replace_many([(0, len(before), new)], "form")

    def place_of(self, key: str) -> int | None:
        """Where the object of that key stands; None if it is not in the text."""
        start = 0
        for paragraph in self.text.paragraphs:
            for span in paragraph.spans:
                if span.object_key == key:
                    return start + span.start
            start += len(paragraph) + 1
        return None

    def note_number(self, key: str) -> int:
        """The number of a note in the order of the text, from 1 on."""
        if self._numbered != self.revision:
            objects = (span.object_key for each in self.text.paragraphs for span in each.spans if span.object_key)
            notes = dict.fromkeys(
                inline_object for inline_object in objects if isinstance(self.objects.get(inline_object), Note)
            )
            self._numbers = {inline_object: number for number, inline_object in enumerate(notes, 1)}
            self._numbered = self.revision
        return self._numbers.get(key, len(self._numbers) + 1)

    def whole_text(self) -> str:
        """The text as it is to be saved."""
        return from_units(self.text.text)

    def text_between(self, start: int, end: int) -> str:
        """The prose between two of the editor's positions, clamped to the document, without objects."""
        end = max(0, min(end, len(self.text)))
        return words_from_units(self.text.part(max(0, min(start, end)), end).text)

    def apply(self, edit: Edit, by: str) -> None:
        """Makes an edit that the history has asked for, in the model and then in the editor."""
        end = edit.position + len(edit.removed)
        self.revision += 1
        self._typing_format = None
        touched = self.text.replace(edit.position, end, edit.inserted)
        if edit.removed.text != edit.inserted.text:
            self._applying = True
            try:
                cursor = QTextCursor(self._document)
                cursor.beginEditBlock()
                cursor.setPosition(edit.position)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(whole(edit.inserted.text), QTextCharFormat())
                self._place_objects(edit.position, edit.inserted.spans)
                cursor.endEditBlock()
            finally:
                self._applying = False
        elif edit.removed.spans != edit.inserted.spans:
            self._place_objects(edit.position, edit.inserted.spans)
        reseen = edit.removed.text == edit.inserted.text  # only its looks, or whose it is, have changed
        self._tell(touched, by, reformat=reseen or _is_formatted(edit) or touched.before != touched.after)

    def replace(self, start: int, end: int, passage: Passage, kind: str = "typing") -> None:
        """Puts `passage` in the place of [start, end) as the writer's act: "typing", or one of another name."""
        self.replace_many([(start, end, passage)], kind)

    def replace_many(self, changes: Sequence[tuple[int, int, Passage | str]], kind: str = "replace") -> None:
        """Makes several replacements as one step of the writer's.

        Args:
            changes: (start, end, what comes there), ascending and apart; positions in the text as it is now.
            kind: of step; "typing" goes on in the last one where it can, and takes one change.
        """
        if len(changes) > _TOGETHER:
            changes = self._by_paragraph(changes)
        edits: list[Edit] = []
        grown = 0
        for start, end, new in changes:
            passage = Passage(new) if isinstance(new, str) else new
            edit = self._edit(start, self.text.part(start, end), passage)
            edits.append(replace(edit, position=start + grown))
            grown += edit.growth
        if kind == "typing":
            for edit in edits:
                self.history.record(edit, kind)
        else:
            self.history.record_many(edits, kind)
        self._apply_all([each for each in edits if each.removed != each.inserted], WRITER)

    def _by_paragraph(self, changes: Sequence[tuple[int, int, Passage | str]]) -> list[tuple[int, int, Passage | str]]:
        """The same changes as one for each paragraph that they lie in."""
        made: list[tuple[int, int, Passage | str]] = []
        last = -1
        for start, end, new in changes:
            number, _ = self.text.locate(start)
            passage = Passage(new) if isinstance(new, str) else new
            between = self.text.part(made[-1][1], start) if made and number == last else None
            if between is not None and not (between.styles or passage.styles):
                before, _, head = made[-1]
                whole = (Passage(head) if isinstance(head, str) else head) + between + passage
                made[-1] = (before, end, whole)
            else:
                made.append((start, end, passage))
            last, _ = self.text.locate(end)
        return made

    def _apply_all(self, edits: Sequence[Edit], by: str) -> None:
        """Makes edits one after the other. Where they are many, the page is laid out once, behind the last."""
        whole_act = QTextCursor(self._document) if len(edits) > _TOGETHER else None
        if whole_act is not None:
            whole_act.beginEditBlock()
        self._is_amid = True
        try:
            for edit in edits:
                self.apply(edit, by)
        finally:
            self._is_amid = False
            if whole_act is not None:
                self._applying = True
                whole_act.endEditBlock()
                self._applying = False
        self.state_changed.emit()

    def restyle(self, first: int, styles: Sequence[ParagraphStyle]) -> None:
        """Gives paragraphs from number `first` on other styles, as one step."""
        paragraphs = self.text.paragraphs[first : first + len(styles)]
        before = self.text.styles(first, len(styles))
        if tuple(styles) == before:
            return
        start = self._start_of(first)
        end = start + sum(map(len, paragraphs)) + len(paragraphs) - 1
        old = replace(self.text.part(start, end), styles=before)
        edit = Edit(start, old, replace(old, styles=tuple(styles)))
        self.history.record_many([edit], "style")
        self.apply(edit, WRITER)

    def set_char_format(self, start: int, end: int, char_format: CharFormat, *, on: bool) -> None:
        """Puts a look on characters, or takes it from them, as one step; an empty stretch is about what is typed."""
        if start == end:
            now = self.format_for_typing(start)
            self._typing_format = (start, now | char_format if on else now & ~char_format)
            return
        old = self.text.part(start, end)
        edit = Edit(start, old, old.with_char_format(0, len(old), char_format, on=on))
        if edit.removed != edit.inserted:
            self.history.record_many([edit], "look")
            self.apply(edit, WRITER)

    def has_char_format(self, start: int, end: int, char_format: CharFormat) -> bool:
        """Tells whether all of [start, end) is set so; for an empty stretch, whether what is typed there will be."""
        if start == end:
            return char_format in self.format_for_typing(start)
        part = self.text.part(start, end)
        covered = sum(
            span.end - span.start for span in part.spans if char_format in span.char_format and not span.object_key
        )
        letters = sum(b - a for a, b in lines_of(part.text)) - sum(1 for span in part.spans if span.object_key)
        return letters > 0 and covered >= letters

    def format_for_typing(self, position: int) -> CharFormat:
        """How what is typed at `position` is set: as the character before it, at a paragraph's head as the next."""
        if self._typing_format is not None and self._typing_format[0] == position:
            return self._typing_format[1]
        index, offset = self.text.locate(position)
        return self.text.paragraphs[index].char_format_at(max(0, offset - 1))

    def undo(self) -> int | None:
        """Takes one step back; gives the position where it was, None if there was nothing."""
        return self._travel(self.history.undo(), self.went_back)

    def redo(self) -> int | None:
        """Brings one step back; gives the position where it ends, None if there was nothing."""
        return self._travel(self.history.redo(), self.went_forward)

    def mark_saved(self, point: Point | None = None) -> None:
        """The text was saved as it stood at a point of its history, or as it stands."""
        self.history.mark_saved(point)
        self.state_changed.emit()

    def mark_modified(self) -> None:
        """The text differs from every saved one."""
        self.history.mark_modified()
        self.state_changed.emit()

    def _travel(self, found: tuple[Step, list[Edit]] | None, signal: SignalInstance) -> int | None:
        if found is None:
            return None
        step, edits = found
        self._apply_all(edits, UNDO)
        position = edits[-1].end if edits else 0
        signal.emit(step)
        self.state_changed.emit()
        return position

    def _hear(self, position: int, removed: int, added: int) -> None:
        """Takes in a change of the QTextDocument that came from the writer's hands."""
        if self._applying:
            return
        length = self._document.characterCount() - 1
        old_end = min(position + removed, len(self.text))
        start = min(position, old_end, length)
        old_end = max(old_end, start)
        new_end = length - (len(self.text) - old_end)
        old = self.text.part(start, old_end)
        new = self._read(start, new_end)
        if old.text == new:
            return
        # One sign over a selection is typed, though the selection may begin with the same sign, by somebody else.
        left, right = (0, 0) if len(new) == 1 < len(old) else _common(old.text, new)
        inserted = Passage(new[left : len(new) - right])
        if self.is_rich and inserted.text and (char_format := self.format_for_typing(start + left)):
            inserted = replace(inserted, spans=tuple(Span(a, b, char_format) for a, b in lines_of(inserted.text)))
        self._typing_format = None
        edit = self._edit(start + left, old.part(left, len(old) - right), inserted)
        self.revision += 1
        touched = self.text.replace(edit.position, old_end - right, edit.inserted)
        self.history.record(edit, "typing")
        self._tell(touched, WRITER, reformat=self.is_rich and (_is_formatted(edit) or touched.before != touched.after))

    def _edit(self, start: int, removed: Passage, inserted: Passage) -> Edit:
        """An edit that says what the paragraphs' styles are before and after where that is not plain from the text."""
        if inserted.styles and not removed.styles:
            first, _ = self.text.locate(start)
            removed = replace(removed, styles=self.text.styles(first, removed.text.count(BREAK) + 1))
        elif not inserted.styles and BREAK not in removed.text:
            removed = replace(removed, styles=())
        return Edit(start, removed, inserted)

    def _start_of(self, paragraph: int) -> int:
        return self._document.findBlockByNumber(paragraph).position()

    def _tell(self, touched: Touched, by: str, *, reformat: bool) -> None:
        self.edited.emit(touched, by)
        if reformat:
            self.reformatted.emit(touched)
        if not self._is_amid:
            self.state_changed.emit()

    def _place_objects(self, offset: int, spans: Sequence[Span]) -> None:
        """Makes the editor draw what stands for an object."""
        cursor = QTextCursor(self._document)
        for span in spans:
            if span.object_key:
                cursor.setPosition(offset + span.start)
                cursor.setPosition(offset + span.end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(object_format(span.object_key))

    def _read(self, start: int, end: int) -> str:
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
        return split(cursor.selectedText()).replace(_QT_BREAK, "\n")


def _is_formatted(edit: Edit) -> bool:
    return any(each.spans or each.styles for each in (edit.removed, edit.inserted))


def _common(old: str, new: str) -> tuple[int, int]:
    """How many units two texts share at their beginning and at their end; no pair is cut in two."""
    most = min(len(old), len(new))
    left = 0
    while left < most and old[left] == new[left]:
        left += 1
    while left and (is_low(old[left : left + 1] or " ") or is_low(new[left : left + 1] or " ")):
        left -= 1
    right = 0
    while right < most - left and old[len(old) - 1 - right] == new[len(new) - 1 - right]:
        right += 1
    while right and (is_low(old[len(old) - right]) or is_low(new[len(new) - right])):
        right -= 1
    return left, right
