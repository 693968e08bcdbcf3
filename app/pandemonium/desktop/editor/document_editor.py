"""The page: a centred column of prose that takes typing, undo for both writers, and zoom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFrameFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from pandemonium.desktop.core.fonts import page_font
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.after_paint import AfterPaint
from pandemonium.desktop.editor.clipboard import passage_from, put_passage
from pandemonium.desktop.editor.document_model import DocumentModel
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.desktop.editor.highlighter import Highlighter
from pandemonium.desktop.editor.inline_objects import InlineObjectPainter, key_of
from pandemonium.desktop.editor.key_watch import KeyWatch, types_text
from pandemonium.desktop.editor.layout.page_layout import PageLayout
from pandemonium.desktop.editor.page_style import PageStyle
from pandemonium.desktop.editor.paragraph_keys import KEYS, press
from pandemonium.desktop.editor.paragraph_signs import paint_signs
from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.editor.way_back import WayBack
from pandemonium.documents.formats import form_named
from pandemonium.documents.model.authored_text import Touched, style_of
from pandemonium.documents.model.manuscript import InlineObject, Manuscript
from pandemonium.documents.model.paragraphing import paragraph_break
from pandemonium.documents.model.passage import Passage
from pandemonium.settings import EditorSettings

_SIDE = 28.0  # least margin beside the column, in pixels
_HEAD = 52  # room above the first line, in pixels
_FEW_LETTERS = 14  # of a line that can still be read
_ENDLESS = 60_000  # characters of a paragraph, from which on kerning would make typing slow
_ALPHABET = "abcdefghijklmnopqrstuvwxyz and the sea"
_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonDblClick,
}


class DocumentEditor(QTextEdit):
    """The document pane.

    Attributes:
        model: the document beside what Qt holds of it.
        keys: whether it is the writer who types; installed by whoever puts the window together.
        after_paint: tells observers of edits.
        highlighter: paints how characters look and who wrote them.
        selections: what passes over the page: found words, spelling, focus.
        hover_texts: are asked in turn what there is to say of a place under the pointer; empty for nothing.

    Signals:
        zoom_asked(int): the wheel asks for so many steps more (or fewer).
        menu_asked(QPoint): a context menu at that place on the screen.
        page_style_changed(): the page is set in another font or spacing.
        note_asked(str): the note of that key is wanted.
        resized(): the page has another size, or its margins have.
        ctrl_clicked(QPoint): the left button was let go there, with Ctrl.
        typed(str): keys or an input method have put that on the page, which has answered.
    """

    zoom_asked = Signal(int)
    menu_asked = Signal(QPoint)
    page_style_changed = Signal()
    note_asked = Signal(str)
    resized = Signal()
    ctrl_clicked = Signal(QPoint)
    typed = Signal(str)

    def __init__(self, settings: EditorSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentEditor")
        self.hover_texts: list[Callable[[QPoint], str]] = []
        self.page = PageLayout(self.document(), self.verticalScrollBar())
        self.document().setDocumentLayout(self.page)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(self.tr("Document"))
        self.setAccessibleDescription(self.placeholderText())
        self.model = DocumentModel(self.document(), self)
        self.keys = KeyWatch(self)
        self.way_back = WayBack(self, self.model, self.go_to)
        self.after_paint = AfterPaint(self, self.model, self.keys)
        self.model.is_rich = True  # what has no file yet can be formatted
        self.model.reformatted.connect(self._format_paragraphs)
        self.highlighter = Highlighter(self.document(), self.model)
        self.highlighter.first_in_view = lambda: self.page.paragraph_at(self.verticalScrollBar().value())
        self.selections = ExtraSelections(self)
        self.page_style_changed.connect(self._style_highlighter)
        self._objects = InlineObjectPainter(self.document(), self._object, self._note_number, self)
        self._settings = settings
        self._is_set = False
        self._is_plain = False  # set without kerning: there is a paragraph that would take too long with it
        self.model.edited.connect(self._look_at_length)
        self.stops_instead_of_undoing: Callable[[], bool] = lambda: False
        self._blank_lines = False
        self.is_markdown = False
        self.page_style = PageStyle(self.document().defaultFont(), settings, blank_lines=False)
        self._faint = QColor("#777777")
        self._frame_document()
        self.apply_settings(settings)

    def apply_settings(self, settings: EditorSettings, *, anew: bool = False) -> None:
        """Sets the page in another font, size, width or spacing; `anew` even in the same, whose typeface has come."""
        before = self._settings
        self._settings = settings
        if self._is_set and not anew and _about_page(before) == _about_page(settings):
            return
        self._is_set = True
        self._apply_font()
        self._lay_out_column()
        self.set_paragraphs(blank_lines=self._blank_lines)
        self.page_style_changed.emit()

    def _apply_font(self) -> None:
        settings = self._settings
        font = page_font(settings.font, settings.font_size * settings.zoom / 100, plainly=self._is_plain)
        self.document().setDefaultFont(font)
        self.setFont(font)

    def _look_at_length(self, touched: Touched, _: str) -> None:
        """Sets the page without kerning as soon as one paragraph is as long as a book: typing in it must stay quick."""
        paragraphs = self.model.text.paragraphs[touched.first : touched.first + touched.after]
        if not self._is_plain and _is_endless(paragraphs):
            self._is_plain = True
            self._apply_font()

    def apply_colours(self, colours: Colours) -> None:
        """Takes the colours that the page is painted with; the others come with the style sheet."""
        self._faint = QColor(colours.faint)
        self._objects.colour = QColor(colours.accent)
        self.highlighter.apply_colours(colours)
        self.viewport().update()

    def placeholderText(self) -> str:
        """The line on an empty page. Qt would paint its own above the page's head, so this class paints it."""
        return self.tr("Write a sentence, then press Ctrl+Return.")

    def placeholder_area(self) -> QRectF:
        """Where that line is painted, of which a narrow page makes several, in the viewport's coordinates."""
        metrics = QFontMetricsF(self.document().defaultFont())
        line = QRectF(self.cursorRect())
        left = line.left() + 2
        top = line.center().y() - metrics.height() / 2
        room = QRectF(left, top, self.viewport().width() - left, metrics.height() * len(self.placeholderText()))
        area = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.placeholderText())
        return QRectF(left, top, room.width(), area.height())

    def load(self, text: str, *, blank_lines: bool = False) -> None:
        """Shows a plain text, whose paragraphs may be parted by blank lines; its history begins here."""
        self._load(Passage(text), blank_lines=blank_lines, is_rich=False, is_markdown=False)

    def load_manuscript(self, manuscript: Manuscript) -> None:
        """Shows another document; its history begins here. All but plain text and Markdown can be formatted."""
        plain = form_named(manuscript.format) != "rich"
        text = manuscript.text
        self._load(
            manuscript.content,
            blank_lines=plain and bool(text) and paragraph_break(text, manuscript.format) == "\n\n",
            is_rich=not plain,
            is_markdown=manuscript.format == "md",
            objects=manuscript.objects,
        )

    def become(self, content: Passage, format: str, objects: Mapping[str, InlineObject]) -> None:
        """Goes on with the same document in another format; where its text changes, one undo takes that back."""
        plain = form_named(format) != "rich"
        self.model.set_form(content, objects, is_rich=not plain)
        self.is_markdown = format == "md"
        blank_lines = plain and bool(content.text) and paragraph_break(content.text, format) == "\n\n"
        self._blank_lines = not blank_lines  # dresses every paragraph anew
        self.set_paragraphs(blank_lines=blank_lines)

    def _load(
        self,
        content: Passage,
        *,
        blank_lines: bool,
        is_rich: bool,
        is_markdown: bool,
        objects: Mapping[str, InlineObject] | None = None,
    ) -> None:
        self._blank_lines = blank_lines
        self.is_markdown = is_markdown
        is_plain = _is_endless(content.paragraphs())
        if is_plain != self._is_plain:
            self._is_plain = is_plain
            self._apply_font()
        self._make_page_style()
        self.after_paint.catch_up()
        self.model.load(content, self.page_style.block(), objects=objects, is_rich=is_rich)
        cursor = self.textCursor()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(0)

    def set_paragraphs(self, *, blank_lines: bool) -> None:
        """Says how the document parts its paragraphs, so that they are not parted twice on the page."""
        wanted = blank_lines != self._blank_lines
        self._blank_lines = blank_lines
        before = self.page_style.block()
        self._make_page_style()
        if wanted or before != self.page_style.block():
            cursor = self.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.setBlockFormat(self.page_style.block())
            self._format_paragraphs(Touched(0, 0, len(self.model.text.paragraphs)))

    def _make_page_style(self) -> None:
        self.page_style = PageStyle(self.document().defaultFont(), self._settings, blank_lines=self._blank_lines)
        self.page_style_changed.emit()

    def _format_paragraphs(self, touched: Touched) -> None:
        """Gives paragraphs the block formats that their styles ask for."""
        paragraphs = self.model.text.paragraphs
        whole = touched.after == len(paragraphs)
        numbers = range(touched.first, touched.first + touched.after)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number in numbers:
            if whole and not touched.before and not paragraphs[number].styles:
                continue
            block = self.document().findBlockByNumber(number)
            wanted = self.page_style.block(style_of(paragraphs[number]))
            if block.blockFormat() != wanted:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(wanted)
        cursor.endEditBlock()

    def _style_highlighter(self) -> None:
        self.highlighter.set_page_style(self.page_style, is_markdown=self.is_markdown)

    def _object(self, key: str) -> InlineObject | None:
        return self.model.objects.get(key)

    def _note_number(self, key: str) -> int:
        return self.model.note_number(key)

    def setPlainText(self, text: str) -> None:
        """Shows `text` as a document of its own."""
        text = _one_kind_of_line_end(text)
        blank_lines = paragraph_break(text) == "\n\n"
        self._load(Passage(text), blank_lines=blank_lines, is_rich=self.model.is_rich, is_markdown=self.is_markdown)

    def clear(self) -> None:
        """Shows an empty document."""
        self.setPlainText("")

    def undo(self) -> None:
        """Takes back the last step, typed or continued."""
        QGuiApplication.inputMethod().commit()
        if self.stops_instead_of_undoing():
            return
        self._show_position(self.model.undo())

    def redo(self) -> None:
        """Brings back what was undone last."""
        self._show_position(self.model.redo())

    def select_nothing(self) -> None:
        """Lets go of the selection, where there is one."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def caret_is_visible(self) -> bool:
        """Tells whether the line of the cursor can be seen.

        How far to the right it stands does not count: while the page becomes narrower, that is where it stood before.
        """
        line = self.cursorRect()
        return line.bottom() >= 0 and line.top() < self.viewport().height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Types; undo, redo and the window's own keys go where they belong even if no shortcut caught them."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif not self._trigger_action(event):
            if event.key() in KEYS and press(self.model, self.textCursor(), event):
                self.ensureCursorVisible()
            else:
                super().keyPressEvent(event)
                self._keep_air()
                if event.text() and types_text(event):
                    self.typed.emit(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Takes in what is composed."""
        super().inputMethodEvent(event)
        if event.commitString() and not event.preeditString():
            self.typed.emit(event.commitString())

    def ensureCursorVisible(self) -> None:
        """Scrolls to the line of the cursor, with air below it."""
        super().ensureCursorVisible()
        self._keep_air()

    def go_to(self, cursor: QTextCursor) -> None:
        """Takes a cursor, and scrolls to it: a third down the page, so that what stands before it is seen as well.

        Where it is in view already, the page stays. `way_back` knows where the writer stood before.
        """
        self.way_back.leave()
        bar = self.verticalScrollBar()
        stood = bar.value()
        self.setTextCursor(cursor)  # scrolls it to the edge of the page
        if bar.value() != stood or not self.caret_is_visible():
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)
        self.way_back.arrive()

    def begin_at(self, place: int) -> None:
        """Goes on in a document that has just come: where the writer was in it, in the middle of the page."""
        if place <= 0:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().center().y() - self.viewport().height() // 2)

    def _keep_air(self) -> None:
        """Scrolls so far that the line that is written does not stand upon the foot, nor the first one at the edge."""
        rect = self.cursorRect()
        if rect.top() + self.verticalScrollBar().value() <= _HEAD:
            self.verticalScrollBar().setValue(0)
        below = rect.bottom() + rect.height() - self.viewport().height()
        if 0 < below <= 2 * rect.height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + below)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Places the cursor; what is typed then is a step of its own."""
        self.model.history.seal()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls, or zooms with Ctrl held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_asked.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the column in the middle."""
        was_visible = self.isVisible() and self.caret_is_visible()
        super().resizeEvent(event)
        self._lay_out_column()
        if was_visible:
            self.ensureCursorVisible()
        self.resized.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Says what features have to say of the place that the pointer rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = next(filter(None, (say(event.pos()) for say in self.hover_texts)), "")
            if said:
                word = self._word_at(event.pos())  # it goes as soon as the pointer leaves that
                QToolTip.showText(event.globalPos(), plain_text(said), self.viewport(), word)
                return True
            QToolTip.hideText()
        return super().viewportEvent(event)

    def _word_at(self, point: QPoint) -> QRect:
        """Where the word under a point of the page stands."""
        end = self.cursorForPosition(point)
        end.select(QTextCursor.SelectionType.WordUnderCursor)
        start = QTextCursor(end)
        start.setPosition(end.selectionStart())
        return self.cursorRect(start).united(self.cursorRect(end))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tells of a click with Ctrl, behind whatever else it did."""
        super().mouseReleaseEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ctrl_clicked.emit(event.position().toPoint())

    def event(self, event: QEvent) -> bool:
        """Lets the margins beside the column take the mouse as the column itself would."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if isinstance(event, QMouseEvent) and event.type() in _MOUSE:
            at = QPointF(self.viewport().mapFromGlobal(event.globalPosition()))
            moved = QMouseEvent(
                event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
            )
            handlers = {
                QEvent.Type.MouseButtonPress: self.mousePressEvent,
                QEvent.Type.MouseButtonRelease: self.mouseReleaseEvent,
                QEvent.Type.MouseMove: self.mouseMoveEvent,
                QEvent.Type.MouseButtonDblClick: self.mouseDoubleClickEvent,
            }
            handlers[event.type()](moved)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the page; on an empty one, the line that says how to begin."""
        super().paintEvent(event)
        self.after_paint.painted()
        if self.model.is_rich:
            self._paint_signs()
        if self.document().isEmpty() and not self.textCursor().block().layout().preeditAreaText():
            painter = QPainter(self.viewport())
            painter.setPen(self._faint)
            painter.setFont(self.document().defaultFont())
            painter.drawText(self.placeholder_area(), Qt.TextFlag.TextWordWrap, self.placeholderText())
            painter.end()

    def _paint_signs(self) -> None:
        painter = QPainter(self.viewport())
        scrolled = self.verticalScrollBar().value()
        painter.translate(0, -scrolled)
        view = QRectF(self.viewport().rect()).translated(0, scrolled)
        ink = self.palette().text().color()
        paint_signs(painter, self.document(), self.model.text, self.page_style, view, ink, self._faint)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word; on a note's number, asks for the note."""
        at = self.cursorForPosition(event.position().toPoint())
        behind = QTextCursor(at)
        behind.movePosition(QTextCursor.MoveOperation.Right)
        if key := key_of(at.charFormat()) or key_of(behind.charFormat()):
            self.note_asked.emit(key)
            return
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks the window for its menu: Qt's own would speak to Qt's own undo."""
        self.menu_asked.emit(event.globalPos())
        event.accept()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What goes to the clipboard: the text, and beside it who wrote what."""
        cursor = self.textCursor()
        data = QMimeData()
        passage = self.model.text.part(cursor.selectionStart(), cursor.selectionEnd())
        put_passage(data, passage, starts_paragraph=cursor.selectionStart() == self._block_start(cursor))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Takes text alone; files are the window's."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes text as one step; text of this program's keeps its authors."""
        passage = passage_from(source) or Passage(to_units(_one_kind_of_line_end(source.text())))
        known = all(span.object_key in self.model.objects for span in passage.spans if span.object_key)
        cursor = self.textCursor()
        passage = passage if self.model.is_rich and known else passage.plain()
        self.model.replace(cursor.selectionStart(), cursor.selectionEnd(), passage, "paste")
        self.ensureCursorVisible()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes text. What is dragged within the page is moved as one step, with its authors and its looks."""
        within = event.source() in (self, self.viewport()) and self.textCursor().hasSelection()
        if within and event.dropAction() == Qt.DropAction.MoveAction:
            self.move_selection(self.cursorForPosition(event.position().toPoint()).position())
            super().dragLeaveEvent(QDragLeaveEvent())  # the drag is over for Qt too
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    def move_selection(self, to: int) -> None:
        """Moves what is selected to another place, and selects it there."""
        cursor = self.textCursor()
        start = cursor.selectionStart()
        end = cursor.selectionEnd()
        if start <= to <= end:
            return
        moved = passage_from(self.createMimeDataFromSelection()) or self.model.text.part(start, end)
        changes = sorted([(start, end, Passage()), (to, to, moved)], key=lambda each: each[0])
        self.model.replace_many(changes, "drag")
        to = to if to < start else to - (end - start)
        cursor.setPosition(to)
        cursor.setPosition(to + len(moved), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _block_start(self, cursor: QTextCursor) -> int:
        return self.document().findBlock(cursor.selectionStart()).position()

    def _trigger_action(self, event: QKeyEvent) -> bool:
        """Does what a key of the window's does. One that can do nothing now is no key of the page's for that."""
        keys = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(keys)))
        meant = [action for action in self.window().actions() if pressed in action.shortcuts()]
        for action in meant:
            if action.isEnabled():
                action.trigger()
                break
        return bool(meant)

    def _show_position(self, position: int | None) -> None:
        if position is not None:
            cursor = self.textCursor()
            cursor.setPosition(min(position, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _frame_document(self) -> None:
        """Sets the page's head and foot: room above the first line, and below the last."""
        self.document().setDocumentMargin(0)
        frame = QTextFrameFormat()
        frame.setTopMargin(_HEAD)
        frame.setBottomMargin(160)
        self.document().rootFrame().setFrameFormat(frame)

    def readable_width(self) -> int:
        """How wide the page must be for lines that can be read, in pixels."""
        return round(_FEW_LETTERS * self._character + 2 * _SIDE + self.verticalScrollBar().sizeHint().width())

    @property
    def _character(self) -> float:
        """How wide a character is on the average, in pixels."""
        return QFontMetricsF(self.document().defaultFont()).horizontalAdvance(_ALPHABET) / len(_ALPHABET)

    def _lay_out_column(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        column = min(self._settings.measure * self._character, self.width() - 2 * _SIDE - bar)
        side = max(_SIDE, (self.width() - column) / 2)
        taken = bar if self.verticalScrollBar().isVisibleTo(self) else 0  # lines break the same with and without it
        left = int(side)
        right = int(max(_SIDE, side - taken))
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
        width = self.viewport().width()
        if self.document().pageSize().width() != width:
            self.document().setPageSize(QSizeF(width, -1))
        self.page.settle()


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")


def _about_page(settings: EditorSettings) -> tuple[object, ...]:
    """What of the settings the page is set by."""
    page = settings
    return page.font, page.font_size, page.zoom, page.measure, page.line_spacing, page.paragraphs


def _is_endless(paragraphs: Sequence[Passage]) -> bool:
    return any(len(each.text) > _ENDLESS for each in paragraphs)
