"""Puts typographic quotes, dashes and ellipses in the place of typed ones: each a step that one Ctrl+Z takes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.documents.model.authored_text import Touched
from pandemonium.documents.model.passage import BREAK, Mark, Passage, Span
from pandemonium.settings import TypingSettings
from pandemonium.text.as_typed import CUSTOMS, TRIGGERS, Custom, educated, straightened, substitution
from pandemonium.text.headings import has_fence, is_in_markdown_code

KIND = "typography"
_CONTEXT = 4000  # characters before the cursor that are looked at
_TAG = re.compile(r"<[/!A-Za-z][^<>]*$")
Edits = list[tuple[int, int, str]]


class SmartTypography(QObject):
    """Follows what is typed on a page.

    Args:
        editor: the page.
        settings: gives what the writer wants.
        format: tells the document's format; in Markdown, code and tags stay as they are typed.
    """

    def __init__(
        self, editor: DocumentEditor, settings: Callable[[], TypingSettings], format: Callable[[], str]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._settings = settings
        self._format = format
        self._fenced: bool | None = None  # there is a fence of Markdown's code somewhere; None where nobody looked
        editor.model.loaded.connect(self._begin)
        editor.after_paint.edited.connect(self._look)
        editor.typed.connect(self._substitute)

    def educate(self) -> int:
        """Makes quotes, dashes and ellipses of the selection typographic, as one step; gives how many it changed."""
        custom = self._custom()
        return self._change(lambda text: educated(text, custom))

    def straighten(self) -> int:
        """Makes those of the selection plain, as one step; gives how many it changed."""
        return self._change(straightened)

    def _custom(self) -> Custom:
        chosen = self._settings().custom
        return CUSTOMS[system_custom() if chosen == "system" else chosen]

    def _substitute(self, typed: str) -> None:
        sign = typed[-1]
        if sign not in TRIGGERS:
            return
        settings = self._settings()
        editor = self._editor
        cursor = editor.textCursor()
        if not (settings.quotes or settings.dashes) or cursor.hasSelection() or editor.isReadOnly():
            return
        position = cursor.position()
        text = editor.model.text
        number, offset = text.locate(position)
        paragraph = text.paragraphs[number]
        before = paragraph.text[max(0, offset - _CONTEXT) : offset]
        if not before.endswith(sign):
            return
        found = substitution(before, self._custom(), quotes=settings.quotes, dashes=settings.dashes)
        if found is None or self._is_code(number, offset):
            return
        start = position - found.typed
        editor.model.replace(start, position, _dressed(found.sign, paragraph, offset - found.typed, offset), KIND)

    def _change(self, edits_of: Callable[[str], Edits]) -> int:
        editor = self._editor
        model = self._editor.model
        cursor = editor.textCursor()
        if cursor.hasSelection():
            start = cursor.selectionStart()
            end = cursor.selectionEnd()
        else:
            start = cursor.block().position()
            end = start + cursor.block().length() - 1
        first, offset = model.text.locate(start)
        last, _ = model.text.locate(end)
        paragraphs = model.text.paragraphs
        changes: list[tuple[int, int, Passage | str]] = []
        at = start - offset
        for number in range(first, last + 1):
            paragraph = paragraphs[number]
            for left, right, sign in edits_of(paragraph.text):
                if start <= at + left and at + right <= end and not self._is_code(number, left + 1):
                    changes.append((at + left, at + right, _dressed(sign, paragraph, left, right)))
            at += len(paragraph) + len(BREAK)
        if changes:
            model.replace_many(changes, KIND)
        return len(changes)

    def _begin(self) -> None:
        self._fenced = None

    def _look(self, touched: Touched, _: str) -> None:
        if self._fenced is False:
            new = self._editor.model.text.paragraphs[touched.first : touched.first + touched.after]
            self._fenced = any(has_fence(each.text) for each in new)

    def _is_code(self, number: int, offset: int) -> bool:
        if self._format() != "md":
            return False
        self._editor.after_paint.catch_up()
        paragraphs = self._editor.model.text.paragraphs
        text = paragraphs[number].text
        if _TAG.search(text, max(0, offset - _CONTEXT), offset - 1):
            return True
        if self._fenced is None:
            self._fenced = any(has_fence(each.text) for each in paragraphs)
        above = BREAK.join(each.text for each in paragraphs[0 if self._fenced else max(0, number - 1) : number])
        return is_in_markdown_code(above, text, offset - 1)


def system_custom() -> str:
    """The key of the customs of the system's language; English where there are none for it."""
    name = QLocale().name().replace("_", "-")
    special = {"en-GB": "en-GB", "en-IE": "en-GB", "en-AU": "en-GB", "en-NZ": "en-GB", "de-CH": "fr-CH"}
    if name in special or name in CUSTOMS:
        return special.get(name, name)
    return name.split("-")[0] if name.split("-")[0] in CUSTOMS else "en"


def _dressed(sign: str, paragraph: Passage, place: int, end: int) -> Passage:
    """A sign that looks as the character at `place` does; a voice's where all of [place, end) is that voice's."""
    voice = next((each.voice for each in paragraph.marks if each.start <= place and end <= each.end), "")
    marks = (Mark(0, len(sign), voice),) if voice else ()
    span = next((each for each in paragraph.spans if each.start <= place < each.end and not each.object_key), None)
    spans = (Span(0, len(sign), span.char_format, span.link),) if span else ()
    return Passage(sign, marks, spans)
