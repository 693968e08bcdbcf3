"""What was written on the last thirty days, and the goals, in a modest window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QFormLayout, QSizePolicy, QSpinBox, QToolTip, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.settings import HabitSettings

Days = Sequence[tuple[date, int]]
_GAP = 4
_FOOT = 24
_HEAD = 22


class DaysChart(QWidget):
    """A bar for each day; a hair line where the goal is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("daysChart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._colours: Colours = LIGHT
        self._days: Days = []
        self._goal = 0

    def show_days(self, days: Days, goal: int) -> None:
        """Shows the words of each day."""
        self._days = days
        self._goal = goal
        written = [f"{_day(day)}: {words:,}" for day, words in reversed(days) if words]
        self.setAccessibleName(self.tr("Words on the last {n} days").format(n=len(days)))
        self.setAccessibleDescription("; ".join(written) or self.tr("Nothing yet."))
        self.update()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(560, 190)

    def event(self, event: QEvent) -> bool:
        """Says of the day under the mouse what was written on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._days:
            at = int(event.pos().x() / (self._wide / len(self._days)))
            day, words = self._days[max(0, min(at, len(self._days) - 1))]
            said = self.tr("{day}: {n} words").format(day=_day(day), n=f"{words:,}")
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        count = max(1, len(self._days))
        most = max([self._goal, *(words for _, words in self._days), 1])
        wide = self._wide
        ground = self.height() - _FOOT
        step = wide / count
        room = ground - _HEAD
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(0, ground, round(wide), ground)
        for index, (day, words) in enumerate(self._days):
            if words:
                high = max(2.0, room * words / most)
                painter.setPen(Qt.PenStyle.NoPen)
                reached = self._goal == 0 or words >= self._goal
                painter.setBrush(QColor(colours.accent if reached else colours.underline))
                painter.drawRoundedRect(QRectF(index * step + _GAP / 2, ground - high, step - _GAP, high), 2, 2)
            if index == count - 1 or (day.weekday() == 0 and index < count - 3):
                painter.setPen(QColor(colours.quiet))
                said = self.tr("today") if index == count - 1 else QLocale().toString(_date(day), "d MMM")
                width = painter.fontMetrics().horizontalAdvance(said) + 2
                left = min(index * step + _GAP / 2, wide - width)
                painter.drawText(QRectF(left, ground + 4, width, _FOOT), Qt.AlignmentFlag.AlignLeft, said)
        if self._goal:
            high = ground - room * self._goal / most
            painter.setPen(QPen(QColor(colours.quiet), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, round(high), round(wide), round(high))
            beside = QRectF(wide, high - 10, self.width() - wide, 20)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._format_goal())
        painter.end()

    @property
    def _wide(self) -> float:
        """The room for the bars: what the word for the goal leaves."""
        return self.width() - (self.fontMetrics().horizontalAdvance(self._format_goal()) + 10 if self._goal else 0)

    def _format_goal(self) -> str:
        return self.tr("goal {n}").format(n=f"{self._goal:,}")


class GoalsWindow(QDialog):
    """The chart, and the goals below it.

    Signals:
        goal_changed(str, int): the writer sets the goal of that setting.
    """

    goal_changed = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("goalsWindow")
        self.setWindowTitle(self.tr("Words written"))
        self.setAccessibleName(self.windowTitle())
        self.chart = DaysChart()
        self._said = label("", "lead")
        self._said.setWordWrap(True)
        self._said.setObjectName("goalsSaid")
        self._boxes: dict[str, QSpinBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        names = {"goal_day": self.tr("Goal for a day"), "goal_sitting": self.tr("Goal for one sitting")}
        for name, words in names.items():
            box = QSpinBox()
            box.setObjectName(name)
            box.setAccessibleName(words)
            box.setRange(0, 100_000)
            box.setSingleStep(50)
            box.setGroupSeparatorShown(True)
            box.setSpecialValueText(self.tr("none"))
            box.setSuffix(self.tr(" words"))
            box.setKeyboardTracking(False)
            box.setMinimumWidth(140)
            box.valueChanged.connect(lambda value, name=name: self.goal_changed.emit(name, value))
            caption = label(words, "caption")
            caption.setBuddy(box)
            caption.setMinimumHeight(box.sizeHint().height())
            form.addRow(caption, box)
            self._boxes[name] = box
        hint = label(
            self.tr("Counted is what you type, in every document; not what a voice writes, nor what you paste."), "hint"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 26, 36, 28)
        layout.setSpacing(14)
        layout.addWidget(label(self.tr("Words written"), "title"))
        layout.addWidget(self._said)
        layout.addWidget(self.chart, 1)
        layout.addLayout(form)
        layout.addWidget(hint)
        make_scrollable(self)
        open_at(self, 680, 520)

    def show_words(self, days: Days, sitting: int, settings: HabitSettings) -> None:
        """Shows what was written and what the goals are."""
        today = days[-1][1] if days else 0
        parts = [_words(today, self.tr("1 word today"), self.tr("{n} words today"))]
        if sitting != today:
            parts.append(_words(sitting, self.tr("1 of them in this sitting"), self.tr("{n} in this sitting")))
        total = sum(words for _, words in days)
        if total > today:
            parts.append(self.tr("{n} on the last {days} days").format(n=f"{total:,}", days=len(days)))
        self._said.setText(", ".join(parts) + ".")
        self.chart.show_days(days, settings.goal_day)
        for name, box in self._boxes.items():
            box.blockSignals(True)
            box.setValue(getattr(settings, name))
            box.blockSignals(False)


def _words(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(n=f"{count:,}")


def _day(day: date) -> str:
    return QLocale().toString(_date(day), QLocale.FormatType.LongFormat)


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
