"""Bold, headings, lists and the rest, as the writer asks for them: in the model, or as signs in Markdown's source."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.units import passage_to_units
from pandemonium.documents.model.manuscript import Note
from pandemonium.documents.model.passage import (
    BODY,
    BREAK,
    OBJECT,
    Alignment,
    CharFormat,
    Kind,
    ParagraphStyle,
    Passage,
    Span,
)

SCENE = "* * *"
_SIGNS = {CharFormat.BOLD: "**", CharFormat.ITALIC: "*", CharFormat.STRIKE: "~~"}
_LINE_SIGN = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]+|(?:>[ ]?)+|[-*+][ ]+|\d{1,9}[.)][ ]+)")


class Formatting(QObject):
    """What the Format menu does.

    Signals:
        refused(str): a sentence that says why the document cannot be set so.
        note_wanted(str, str): the note of that key, "" for a new one, is to be written; with its text.
    """

    refused = Signal(str)
    note_wanted = Signal(str, str)

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._model = editor.model

    @property
    def style(self) -> ParagraphStyle:
        """Of the paragraph with the cursor."""
        index, _ = self._model.text.locate(self._editor.textCursor().position())
        return self._model.text.styles(index, 1)[0]

    def has(self, char_format: CharFormat) -> bool:
        """Tells whether what is selected, or would be typed now, is set so."""
        cursor = self._editor.textCursor()
        return self._model.is_rich and self._model.has_char_format(
            cursor.selectionStart(), cursor.selectionEnd(), char_format
        )

    def toggle(self, char_format: CharFormat) -> None:
        """Sets what is selected so, or no longer."""
        cursor = self._editor.textCursor()
        start = cursor.selectionStart()
        end = cursor.selectionEnd()
        if self._model.is_rich:
            self._model.set_char_format(
                start, end, char_format, on=not self._model.has_char_format(start, end, char_format)
            )
        elif self._editor.is_markdown and char_format in _SIGNS:
            self._toggle_sign(start, end, _SIGNS[char_format])
        else:
            self._refuse()

    def set_kind(self, kind: Kind, level: int = 0) -> None:
        """Makes the selected paragraphs headings, quotations, entries of a list; once more, and they are body text."""
        if self._model.is_rich:
            first, styles = self._selected()
            same = all((each.kind, each.level) == (kind, level) for each in styles)
            plain = [replace(each, kind="body", level=0, start=None, containers=()) for each in styles]
            new = plain if same else [replace(each, kind=kind, level=level) for each in plain]
            self._model.restyle(first, new)
        elif self._editor.is_markdown:
            self._set_line_sign(_sign(kind, level))
        elif kind != "body":
            self._refuse()

    def set_alignment(self, alignment: Alignment) -> None:
        """Sets the selected paragraphs to the left, the middle, the right, or both; empty lets the page decide."""
        if not self._model.is_rich:
            self._refuse()
            return
        first, styles = self._selected()
        self._model.restyle(first, [replace(each, alignment=alignment) for each in styles])

    def insert_scene_break(self) -> None:
        """Puts a scene break behind the paragraph with the cursor, and the cursor behind that."""
        cursor = self._editor.textCursor()
        at = cursor.block().position() + cursor.block().length() - 1  # in units, as all positions
        if self._model.is_rich:
            empty = not cursor.block().text()
            scene = ParagraphStyle("scene")
            start = cursor.block().position() if empty else at
            styles = (scene, BODY) if empty else (None, scene, BODY)
            text = SCENE + BREAK if empty else BREAK + SCENE + BREAK
            self._model.replace(start, at, Passage(text, styles=styles), "scene")
        else:
            gap = BREAK * (2 if self._editor.is_markdown else 1)
            self._model.replace(at, at, Passage(gap + SCENE + gap), "scene")
        self._editor.ensureCursorVisible()

    def ask_for_note(self) -> None:
        """Asks for the text of a new footnote at the cursor."""
        if self._model.is_rich or self._editor.is_markdown:
            self.note_wanted.emit("", "")
        else:
            self._refuse()

    def edit_note(self, key: str) -> None:
        """Asks for another text of a note."""
        note = self._model.objects.get(key)
        if isinstance(note, Note):
            self.note_wanted.emit(key, note.content.text)

    def write_note(self, key: str, text: str) -> None:
        """Takes the text of a note; a new one goes to the cursor."""
        text = text.strip()
        if not text:
            return
        position = self._editor.textCursor().selectionEnd()
        if self._editor.is_markdown:
            self._write_markdown_note(position, text)
            return
        # Another text is another note in the same place, so that one undo brings the old one back.
        old = self._model.objects.get(key)
        place = self._model.place_of(key) if key else None
        start, end = (position, position) if place is None else (place, place + 1)
        new = f"note-{uuid.uuid4().hex[:12]}"
        self._model.objects[new] = Note(Passage(text), isinstance(old, Note) and old.at_end)
        self._model.replace(start, end, Passage(OBJECT, spans=(Span(0, 1, object_key=new),)), "note")

    def _write_markdown_note(self, position: int, text: str) -> None:
        whole = self._model.text.text
        number = 1 + max((int(each) for each in re.findall(r"\[\^(\d+)\]", whole)), default=0)
        end = len(whole)
        behind = BREAK * (2 - (whole.endswith(BREAK) + whole.endswith(BREAK * 2)))
        note = passage_to_units(Passage(f"{behind}[^{number}]: " + text.replace(BREAK, BREAK + "    ") + BREAK))
        self._model.replace_many([(position, position, f"[^{number}]"), (end, end, note)], "note")

    def _selected(self) -> tuple[int, list[ParagraphStyle]]:
        cursor = self._editor.textCursor()
        first, _ = self._model.text.locate(cursor.selectionStart())
        last, offset = self._model.text.locate(cursor.selectionEnd())
        if last > first and offset == 0:
            last -= 1  # the selection ends before that paragraph's first character
        return first, list(self._model.text.styles(first, last - first + 1))

    def _toggle_sign(self, start: int, end: int, sign: str) -> None:
        """Puts a Markdown sign around what is selected, or takes it away."""
        model = self._model
        width = len(sign)
        inner = model.text.part(start, end).text
        context = model.text.part(max(0, start - width), min(len(model.text), end + width)).text
        if len(inner) >= 2 * width and inner.startswith(sign) and inner.endswith(sign):
            model.replace_many([(start, start + width, ""), (end - width, end, "")], "look")
        elif context == sign + inner + sign:
            model.replace_many([(start - width, start, ""), (end, end + width, "")], "look")
        else:
            model.replace_many([(start, start, sign), (end, end, sign)], "look")
            if start == end:
                cursor = self._editor.textCursor()
                cursor.setPosition(start + width)
                self._editor.setTextCursor(cursor)

    def _set_line_sign(self, sign: str) -> None:
        first, styles = self._selected()
        changes: list[tuple[int, int, Passage | str]] = []
        paragraphs = self._model.text.paragraphs[first : first + len(styles)]
        has_all = bool(sign) and all(each.text.startswith(sign) for each in paragraphs if each.text)
        start = self._editor.document().findBlockByNumber(first).position()
        for each in paragraphs:
            old = _LINE_SIGN.match(each.text)
            if each.text or len(paragraphs) == 1:
                changes.append((start, start + (old.end() if old else 0), "" if has_all else sign))
            start += len(each) + 1
        self._model.replace_many(changes, "style")

    def _refuse(self) -> None:
        self.refused.emit(
            self.tr("Plain text keeps no formatting. Save the document as .docx, .odt or .md to have it.")
        )


def _sign(kind: Kind, level: int) -> str:
    return {"heading": "#" * level + " ", "quote": "> ", "bullet": "- ", "number": "1. "}.get(kind, "")
