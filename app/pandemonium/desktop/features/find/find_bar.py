"""The bar under the page in which the writer says what to find, and what to put in its place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from pandemonium.desktop.core.controls import ElidedLabel, push_button
from pandemonium.desktop.core.fitting import make_scrollable
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.plain_text import plain_label, plain_text
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.features.find.finder import Finder
from pandemonium.text.searching import Query

_LONGEST = 2000  # characters of what may be searched for


class FindBar(QFrame):
    """Find and replace; it shows what the Finder knows.

    Signals:
        closed(): the writer is done with it.
    """

    closed = Signal()

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self.setObjectName("findBar")
        self.setAccessibleName(self.tr("Find and replace"))
        self._finder = finder
        self.find_field = self._field("findField", self.tr("Find"))
        self.replace_field = self._field("replaceField", self.tr("Replace with"))
        self.count = plain_label()
        self.count.setObjectName("findCount")
        self.count.setProperty("role", "hint")
        self.message = ElidedLabel()  # one line that is always there: the page must not jump when it says something
        self.message.setObjectName("findMessage")
        self.previous_button = self._tool(
            "findPreviousButton", self.tr("Previous one (Shift+F3)"), lambda: finder.go(-1)
        )
        self.next_button = self._tool("findNextButton", self.tr("Next one (F3)"), lambda: finder.go(1))
        self.close_button = self._tool("findCloseButton", self.tr("Close (Esc)"), self.close_bar)
        self.replace_button = push_button("replaceButton", self.tr("Replace"), self.replace)
        self.replace_all_button = push_button("replaceAllButton", self.tr("Replace all"), self.replace_all)
        self.case_box = self._box("caseBox", self.tr("Match case"), self.tr("“The” is not “the”."))
        self.word_box = self._box("wordBox", self.tr("Whole words"), self.tr("“art” is not found in “heart”."))
        self.regex_box = self._box(
            "regexBox",
            self.tr("Pattern"),
            self.tr(
                "A regular expression: . is any character, \\w+ a word, ^ and $ a paragraph’s beginning and end. "
                "What stands in round brackets is $1 or \\1 in the replacement."
            ),
        )
        self.selection_box = self._box(
            "selectionBox", self.tr("In the selection"), self.tr("Finds and replaces in what is selected now.")
        )
        self.wrap_box = self._box(
            "wrapBox", self.tr("Wrap around"), self.tr("After the last one comes the first again.")
        )
        self.keep_case_box = self._box(
            "keepCaseBox", self.tr("Keep capitals"), self.tr("Puts a capital where there was one.")
        )
        self.wrap_box.setChecked(True)
        self._replacing = [self.replace_field, self.replace_button, self.replace_all_button, self.keep_case_box]
        self._lay_out()
        self.find_field.textChanged.connect(self._search)
        for box in (self.case_box, self.word_box, self.regex_box):
            box.toggled.connect(self._search)
        self.selection_box.toggled.connect(finder.limit_to_selection)
        self.wrap_box.toggled.connect(lambda on: setattr(finder, "wraps", on))
        finder.changed.connect(self._show)
        finder.editor.after_paint.caret_moved.connect(self._show)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)
        self.hide()

    def open(self, *, replacing: bool) -> None:
        """Shows the bar: a selection is what to find, one across paragraphs is where to find it."""
        cursor = self._finder.editor.textCursor()
        selected = cursor.selectedText()
        across = "\u2029" in selected
        was_hidden = self.isHidden()
        for each in self._replacing:
            each.setVisible(replacing)
        self.show()
        if selected and not across and len(selected) <= _LONGEST and not self.regex_box.isChecked():
            with QSignalBlocker(self.find_field):
                self.find_field.setText(selected)
        if across and was_hidden:
            self.selection_box.setChecked(True)
        self._finder.begin()
        self._search()
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()
        self._show()

    def close_bar(self) -> None:
        """Hides the bar and goes back to the page."""
        if self.isHidden():
            return
        self.hide()
        with QSignalBlocker(self.selection_box):
            self.selection_box.setChecked(False)
        self._finder.end()
        self._finder.editor.setFocus()
        self.closed.emit()

    def go(self, step: int) -> None:
        """Goes to the next place (1) or back (-1), the bar open or not; opens it where nothing is sought."""
        if self._finder.query.words:
            self._finder.go(step)
        else:
            self.open(replacing=False)

    def replace(self) -> None:
        """Replaces the place that is selected."""
        self._finder.replace(self.replace_field.text(), keep_case=self.keep_case_box.isChecked())

    def replace_all(self) -> None:
        """Replaces every place."""
        self._finder.replace_all(self.replace_field.text(), keep_case=self.keep_case_box.isChecked())

    def follow(self, theme: Theme, icons: Icons) -> None:
        """Tints its icons as a theme has it."""
        icons.put_on(self.previous_button, "chevron-up", theme, "quiet")
        icons.put_on(self.next_button, "chevron-down", theme, "quiet")
        icons.put_on(self.close_button, "x", theme, "quiet")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes Esc, and Return in the fields, before the window's own keys do."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            act = self._act_of(watched, event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, watched: QObject, event: QKeyEvent) -> Callable[[], None] | None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and not plain:
            return self.close_bar
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shifted = plain == Qt.KeyboardModifier.ShiftModifier
            if watched is self.find_field and (shifted or not plain):
                return lambda: self._finder.go(-1 if shifted else 1)
            if watched is self.replace_field and not plain:
                return self.replace
        return None

    def _search(self) -> None:
        self._finder.search_for(
            Query(
                self.find_field.text(), self.case_box.isChecked(), self.word_box.isChecked(), self.regex_box.isChecked()
            )
        )

    def _show(self) -> None:
        if self.isHidden():
            return
        finder = self._finder
        has_any = finder.count > 0
        for button in (self.previous_button, self.next_button, self.replace_button, self.replace_all_button):
            button.setEnabled(has_any)
        self.selection_box.setEnabled(finder.is_limited or finder.editor.textCursor().hasSelection())
        self._say(self.count, self._format_count())
        self._say(self.message, self._format_message())
        self.message.setToolTip(plain_text(self.message.text()))
        wrong = finder.error is not None
        if self.message.property("tone") != ("warning" if wrong else "plain"):
            self.message.setProperty("tone", "warning" if wrong else "plain")
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)

    def _format_count(self) -> str:
        finder = self._finder
        if not finder.query.words or finder.error is not None:
            return ""
        if finder.replaced and not (finder.count and finder.is_settled):
            return ""  # they have just been replaced, which the message says
        if not finder.count:
            return self.tr("Nothing found") if finder.is_settled else self.tr("Searching…")
        current = finder.current
        total = f"{finder.count:,}"
        if current is None:
            return self.tr("{total} found").format(total=total)
        return self.tr("{n} of {total}").format(n=f"{current + 1:,}", total=total)

    def _format_message(self) -> str:
        finder = self._finder
        if finder.error is not None:
            return str(finder.error)
        said = []
        if finder.replaced is not None:
            said.append(
                self.tr("1 place replaced; Ctrl+Z takes it back.")
                if finder.replaced == 1
                else self.tr("{n} places replaced; one Ctrl+Z takes them back.").format(n=f"{finder.replaced:,}")
            )
        if finder.left:
            said.append(
                self.tr("Left as they were, because a note or a picture stands in them: {n}.").format(
                    n=f"{finder.left:,}"
                )
            )
        if finder.wrapped and finder.count:
            said.append(
                self.tr("Went on from the other end of the text.")
                if finder.wraps
                else self.tr("There is no further one in this direction.")
            )
        return " ".join(said)

    @staticmethod
    def _say(label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
            label.setAccessibleName(text)

    def _field(self, name: str, title: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setPlaceholderText(title)
        made.setMaxLength(_LONGEST)
        made.setMinimumWidth(90)
        return made

    def _tool(self, name: str, title: str, act: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setToolTip(title)
        made.clicked.connect(lambda _=False: act())
        return made

    def _box(self, name: str, title: str, more: str) -> QCheckBox:
        made = QCheckBox(title)
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setAccessibleDescription(more)
        made.setToolTip(plain_text(more))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the controls into more rows where one is too narrow for their words."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 10, 12, 10)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._ways = QHBoxLayout()
        self._acts = QHBoxLayout()
        self._boxes = QGridLayout()
        self._ways.setSpacing(2)
        self._acts.setSpacing(8)
        self._boxes.setHorizontalSpacing(16)
        self._boxes.setVerticalSpacing(4)
        for button in (self.previous_button, self.next_button):
            self._ways.addWidget(button)
        self._ways.addWidget(self.count, 1)
        self._ways.addWidget(self.close_button)
        for control in (self.replace_button, self.replace_all_button):
            self._acts.addWidget(control)
        self._acts.addStretch(1)
        self._switches = (self.case_box, self.word_box, self.regex_box, self.selection_box, self.wrap_box)
        self._least = sum(box.sizeHint().width() + 16 for box in self._switches) + 40
        self._columns = 0  # of the switches
        self._arrange(self._least)
        make_scrollable(self)  # a screen of half a laptop's height has no room for all of it
        self._order_for_tab()  # behind what moved them
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def _order_for_tab(self) -> None:
        """Tab leads from what is sought to what comes there, then to the buttons, and to closing last."""
        order = (
            self.find_field,
            self.replace_field,
            self.previous_button,
            self.next_button,
            self.replace_button,
            self.replace_all_button,
            self.keep_case_box,
            *self._switches,
            self.close_button,
        )
        for each in order:
            each.raise_()  # the window's Tab goes by the order of a parent's children
        for before, behind in pairwise(order):
            QWidget.setTabOrder(before, behind)

    def _arrange(self, width: int) -> None:
        """Puts the controls into as many rows as they need in that width, in pixels."""
        narrow = width < self._least
        widest = max(box.sizeHint().width() for box in self._switches) + 16
        columns = max(1, min(3, (width - 40) // widest)) if narrow else len(self._switches)
        if columns == self._columns:
            return
        self._columns = columns
        # The count keeps its place while it grows; where there is no room, it takes what it needs.
        self.count.setMinimumWidth(0 if narrow else self.fontMetrics().horizontalAdvance("10,000 of 100,000"))
        for layout in (self._grid, self._boxes):
            while layout.count():
                layout.takeAt(0)
        rest = 2 if narrow else 1
        self._grid.addWidget(self.find_field, 0, 0)
        self._grid.addLayout(self._ways, 0, 1)
        self._grid.addWidget(self.replace_field, 1, 0, 1, rest)
        self._grid.addLayout(self._acts, rest, 2 - rest, 1, rest)
        self._acts.removeWidget(self.keep_case_box)
        if not narrow:
            self._acts.insertWidget(2, self.keep_case_box)
        for index, box in enumerate((*self._switches, self.keep_case_box) if narrow else self._switches):
            self._boxes.addWidget(box, index // columns, index % columns)
        self._boxes.setColumnStretch(len(self._switches), 1)
        self._grid.addLayout(self._boxes, 3, 0, 1, 2)
        self._grid.addWidget(self.message, 4, 0, 1, 2)
