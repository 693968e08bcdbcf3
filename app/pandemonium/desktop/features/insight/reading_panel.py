"""The pane of how a draft reads: the pace of the chapter, worn phrases, favourite words, openings of sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.features.insight.draft_reading import DraftReading, Item
from pandemonium.desktop.features.insight.pace_curve import PaceCurve

_WIDTH = 37  # average characters of the interface's font
_ROLE = Qt.ItemDataRole.UserRole
_SIDE = 16
_LINE = 9  # pixels that a line is taller than its letters
_SHOWN = 8  # lines of a list
SECTIONS = ("runs", "favourites", "openings")
Index = QModelIndex | QPersistentModelIndex


class _ItemPainter(QStyledItemDelegate):
    """Draws a line: the words, and the figure at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours: Colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(10, QFontMetrics(option.font).height() + _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one line."""
        item: Item = index.data(_ROLE)
        colours = self.colours
        rect = QRect(option.rect)
        painter.save()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.selection if focused else colours.field))
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setPen(QColor(colours.ink if focused else colours.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.figure)
        metrics = painter.fontMetrics()
        inner.setRight(inner.right() - metrics.horizontalAdvance(item.figure) - 12)
        painter.setPen(QColor(colours.ink))
        words = metrics.elidedText(item.words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class _Items(QListWidget):
    """A list as high as its lines; Return and a click choose one, Esc leads back to the page.

    Signals:
        wanted(Item): the writer wants to go to the next place of that line.
        left(): she wants to go back to the page.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.painter = _ItemPainter(self)
        self.setItemDelegate(self.painter)
        self.itemClicked.connect(lambda item: self.wanted.emit(item.data(_ROLE)))

    def show_items(self, items: Sequence[Item], said: str) -> None:
        """Shows lines; `said` is how one is read out, of its words and figure."""
        row = self.currentRow()
        self.clear()
        for each in items[:_SHOWN]:
            item = QListWidgetItem(each.words)
            item.setData(_ROLE, each)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said.format(words=each.words, figure=each.figure))
            item.setToolTip(plain_text(each.words))
            self.addItem(item)
        self.setCurrentRow(min(max(row, 0), self.count() - 1))
        self.setFixedHeight(self.count() * (self.fontMetrics().height() + _LINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hears Return and Esc."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self.wanted.emit(item.data(_ROLE))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReadingPanel(QFrame):
    """What is seen of how a draft reads.

    Signals:
        place_wanted(Item): the writer wants to go to the next place of that line.
        chosen(int): she wants to go to the paragraph of that number.
        left(): she wants to go back to the page.
    """

    place_wanted = Signal(object)
    chosen = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("readingPanel")
        self.setAccessibleName(self.tr("How it reads"))
        self.setFixedWidth(max(264, _WIDTH * self.fontMetrics().averageCharWidth()))
        body = QWidget()
        body.setProperty("role", "bare")
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(0, 0, 0, 16)
        self._layout.setSpacing(0)
        self._head = self._add_label(self.tr("How it reads"), "caption", 18)
        self._state = self._add_label("", "hint", 4)
        self._state.setObjectName("readingState")
        self._found = QWidget()
        self._found.setProperty("role", "bare")
        self._layout.addWidget(self._found)
        self._layout.addStretch(1)
        self._layout = QVBoxLayout(self._found)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._chapter = self._add_label("", "part", 2)
        self.curve = PaceCurve()
        self.curve.chosen.connect(self.chosen)
        self._layout.addSpacing(4)
        row = QVBoxLayout()
        row.setContentsMargins(_SIDE - 4, 0, _SIDE - 4, 0)
        row.addWidget(self.curve)
        self._layout.addLayout(row)
        self._summary = self._add_label("", "hint", 2)
        self.lists: dict[str, _Items] = {}
        self._hints: dict[str, tuple[QLabel, str]] = {}
        titles = {
            "runs": (self.tr("Worn phrases"), self.tr("No phrase comes back often.")),
            "favourites": (self.tr("Words you use more than the voice would"), ""),
            "openings": (self.tr("How sentences begin"), self.tr("No two sentences begin alike.")),
        }
        for name in SECTIONS:
            title, nothing = titles[name]
            heading = self._add_label(title, "part", 16)
            shown = self.lists[name] = _Items(f"{name}List", title)
            heading.setBuddy(shown)
            shown.wanted.connect(self.place_wanted)
            shown.left.connect(self.left)
            self._layout.addSpacing(4)
            self._layout.addWidget(shown)
            self._hints[name] = (self._add_label(nothing, "hint", 3), nothing)
        self.show_state("")
        scroll = QScrollArea()
        scroll.setProperty("role", "bare")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_state(self, said: str) -> None:
        """Says something about the reading in the place of what was found."""
        self._state.setText(said)
        self._state.setVisible(bool(said))
        self._found.hide()

    def show_reading(self, reading: DraftReading, voice: str, share: float) -> None:
        """Shows what was found.

        Args:
            reading: of the draft.
            voice: the name of the voice whose surprise it is.
            share: of the draft that the voice has read, between 0 and 1.
        """
        self._state.hide()
        self._found.show()
        pace = reading.pace
        self._chapter.setText(pace.title or self.tr("The whole text"))
        self.curve.show_pace(pace)
        self._summary.setText(self.curve.summary())
        times = self.tr("{words}, {figure} times")
        runs = [Item(each.words, f"{each.count:,}", each.places) for each in reading.runs]
        self.lists["runs"].show_items(runs, times)
        favourites = [
            Item(
                each.word,
                self.tr("{n} for {m}").format(
                    n=f"{each.count:,}", m=f"{each.expected:.{0 if each.expected >= 9.5 else 1}f}"
                ),
                each.places,
            )
            for each in reading.favourites
        ]
        self.lists["favourites"].show_items(favourites, self.tr("{words}: {figure} of the voice"))
        openings = [
            Item(f"{each.words} \u2026", f"{each.count:,} ({100 * each.share:.0f}%)", each.places)
            for each in reading.openings
        ]
        half = _SHOWN // 2
        singles = [each for each in openings if " " not in each.words.removesuffix(" \u2026")]
        doubles = [each for each in openings if each not in singles]
        self.lists["openings"].show_items([*singles[:half], *doubles[:half]], times)
        self._say_what_is_missing(voice, share)

    def line_of(self, words: str) -> Item | None:
        """The line of those words; None where there is none any more."""
        for shown in self.lists.values():
            for row in range(shown.count()):
                item: Item = shown.item(row).data(_ROLE)
                if item.words == words:
                    return item
        return None

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self.curve.apply_colours(colours)
        for each in self.lists.values():
            each.painter.colours = colours
            each.viewport().update()

    def _say_what_is_missing(self, voice: str, share: float) -> None:
        for name, (hint, nothing) in self._hints.items():
            said = nothing if not self.lists[name].count() else ""
            if name == "favourites":
                counted = self.tr("How often it comes, for how often {voice} would have written it there.")
                reads = self.tr("{voice} has read {n}% of it so far.").format(voice=voice, n=int(100 * share))
                said = counted.format(voice=voice) if self.lists[name].count() else self.tr("None so far.")
                said = f"{said} {reads}" if share < 1 else said
            hint.setText(said)
            hint.setVisible(bool(said))

    def _add_label(self, text: str, role: str, above: int) -> QLabel:
        made = label(text, role)
        made.setWordWrap(True)
        made.setIndent(0)
        made.setContentsMargins(_SIDE, above, _SIDE, 0)
        self._layout.addWidget(made)
        return made
