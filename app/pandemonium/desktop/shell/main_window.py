"""The main window: the page, the panel beside it, the message bar above and the status bar below; and how it closes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from pandemonium.desktop.core.fitting import available_room, fitted
from pandemonium.desktop.shell.side_slot import SideSlot, that_fit

_PAGE = 52  # average characters of the interface's font that the page keeps beside the panels
_SMALLEST = QSize(360, 260)


class MainWindow(QMainWindow):
    """Holds the parts that it is given.

    Signals:
        dragged_over(list[Path]): files or folders hang over the window; none when they have left.
        dropped(list[Path]): they were dropped on it.
        came_to_front(): the writer works in it again.
        state_changed(): it fills the screen, or is maximized, or is not any more.
        closed(): it is gone, and nothing of it runs any more.
    """

    dragged_over = Signal(object)
    dropped = Signal(object)
    came_to_front = Signal()
    state_changed = Signal()
    closed = Signal()

    def __init__(self, page: QWidget, message_bar: QWidget, status_bar: QWidget) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAccessibleName("Pandemonium")
        self.setAcceptDrops(True)
        self._closing: Callable[[], bool] = lambda: True
        self._ask: Callable[[], Coroutine[Any, Any, None]] | None = None
        self._start: Callable[[Coroutine[Any, Any, None]], object] | None = None
        self._asking = False
        self._allowed = False
        self._page = page
        self._parts: list[QWidget] = [page, message_bar]  # what Ctrl+Tab goes through
        self._panels: dict[QWidget, bool] = {}  # those beside the page, and whether each is wanted
        self._hides_panels = False
        self._readable: Callable[[], int] = lambda: 0
        self._status_bar = status_bar
        self._slots: list[SideSlot] = []  # the one asked for last is the first
        left = self._column = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(message_bar)
        left.addWidget(page, 1)
        left.addWidget(status_bar)
        self.body = QWidget()
        row = self._row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        self.setCentralWidget(self.body)
        self.setMinimumSize(_SMALLEST)

    def keep_readable(self, width: Callable[[], int], changed: SignalInstance) -> None:
        """Lets panels give way where the page would be narrower than that.

        Args:
            width: that its lines need, in pixels.
            changed: that may be another one now.
        """
        self._readable = width
        changed.connect(self._make_room)

    def add_beside_page(self, panel: QWidget, *, left: bool) -> None:
        """Puts a panel to the left or the right of the page; `show_panel` shows it."""
        self._panels[panel] = False
        panel.hide()
        self._row.insertWidget(0 if left else -1, self._slot(panel))
        self._parts.insert(self._parts.index(self._page) + 1, panel)

    def show_panel(self, panel: QWidget, shown: bool, *, insist: bool = False) -> None:
        """Shows a panel, or not; with `insist` even while panels are put away, or this one has given way to others."""
        self._panels[panel] = shown
        self._slot_of(panel).insists = shown and insist
        panel.setVisible(shown and (insist or not self._hides_panels))
        if shown and insist and self.gave_way(panel):
            self._want(self._slot_of(panel))

    def bring_back(self, panel: QWidget) -> bool:
        """Shows a panel that has given way to others; tells whether it had, and its switch has done its work."""
        if not self.gave_way(panel):
            return False
        self.show_panel(panel, True, insist=True)
        return True

    def gave_way(self, panel: QWidget) -> bool:
        """Tells whether a panel is wanted, but not seen for want of room."""
        slot = self._slot_of(panel)
        return slot.is_wanted and slot.isHidden()

    def put_away(self, *, panels: bool, status_bar: bool, menus: bool) -> None:
        """Hides parts of the window, and shows the others as they are wanted."""
        self._hides_panels = panels
        for panel, wanted in self._panels.items():
            panel.setVisible(wanted and not panels)
        self._status_bar.setVisible(not status_bar)
        self.menuBar().setVisible(not menus)

    def add_above_page(self, bar: QWidget) -> None:
        """Puts a bar above the page and above the message bar."""
        self._column.insertWidget(0, bar)
        self._parts.append(bar)

    def add_under_page(self, widget: QWidget) -> None:
        """Puts a bar between the page and the status bar."""
        self._column.insertWidget(self._column.count() - 1, widget)
        self._parts.append(widget)

    def add_over_page(self, notes: QWidget) -> None:
        """Takes in what lies on the page: Ctrl+Tab leads there from the page."""
        self._parts.insert(self._parts.index(self._page) + 1, notes)

    def open_as(self, size: QSize, *, maximized: bool) -> None:
        """Takes a size that is remembered, or as much of it as the screen has."""
        self.resize(fitted(size, available_room(self)).expandedTo(_SMALLEST))
        if maximized:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def go_to_part(self, step: int) -> None:
        """Gives the keyboard to the next part of the window (1), or the one before (-1)."""
        parts = [(part, found) for part in self._parts if (found := _first_control(part)) is not None]
        if not parts:
            return
        of_focus = self._part_of(QApplication.focusWidget())
        here = next((number for number, (part, _) in enumerate(parts) if part is of_focus), -step)
        parts[(here + step) % len(parts)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Lets Tab go round within a part: behind the last control of a panel it would be typed on the page."""
        focus = QApplication.focusWidget()
        part = self._part_of(focus)
        if focus is None or part is None or part is self._page:
            return super().focusNextPrevChild(next)
        controls = [each for each in _controls(part) if self._part_of(each) is part]
        if focus not in controls:  # it is going away
            return super().focusNextPrevChild(next)
        at = (controls.index(focus) + (1 if next else -1)) % len(controls)
        controls[at].setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _part_of(self, widget: QWidget | None) -> QWidget | None:
        """The innermost part that a control stands in."""
        # From the parts down: asked for a parent, PySide makes it the owner of what Python knows of the child.
        # To Qt a widget is among its own ancestors.
        around = [each for each in self._parts if widget is not None and each.isAncestorOf(widget)]
        innermost = (
            each for each in around if not any(each.isAncestorOf(inner) for inner in around if inner is not each)
        )
        return next(innermost, None)

    def close_by(
        self,
        is_safe: Callable[[], bool],
        ask: Callable[[], Coroutine[Any, Any, bool]],
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """Says how to close.

        Args:
            is_safe: nothing would be lost.
            ask: asks the writer, and tells whether the window may go.
            start: runs a coroutine.
        """

        async def ask_then_close() -> None:
            try:
                self._allowed = await ask()
            finally:
                self._asking = False
            if self._allowed:
                self.close()

        self._closing = is_safe
        self._ask = ask_then_close
        self._start = start

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lets a panel give way where all of them would leave too little of the page."""
        super().resizeEvent(event)
        self._make_room()

    def _slot_of(self, panel: QWidget) -> SideSlot:
        return next(slot for slot in self._slots if slot.panel is panel)

    def _slot(self, widget: QWidget) -> SideSlot:
        slot = SideSlot(widget)
        self._slots.append(slot)
        slot.wanted_changed.connect(lambda: self._want(slot))
        return slot

    def _want(self, slot: SideSlot) -> None:
        if slot.is_wanted:
            self._slots.remove(slot)
            self._slots.insert(0, slot)
        self._make_room()

    def _make_room(self) -> None:
        least = _PAGE * self.fontMetrics().averageCharWidth()
        shown = that_fit(self._slots, self.width(), least, self._readable())
        focus = QApplication.focusWidget()
        giving_way = [slot for slot in self._slots if slot.is_wanted and slot not in shown]
        for slot in giving_way:  # first, or the page would be narrow for a moment
            if focus is not None and slot.isAncestorOf(focus):
                self._page.setFocus()
            slot.hide()
        for slot in self._slots:
            slot.setVisible(slot not in giving_way)

    def changeEvent(self, event: QEvent) -> None:
        """Tells when it comes to the front, and of its state."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_to_front.emit()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.state_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes at once where nothing can be lost; asks first where something can."""
        if self._allowed or self._closing():
            event.accept()
            self._allowed = True
            self.closed.emit()
            return
        event.ignore()
        if not self._asking and self._ask is not None and self._start is not None:
            self._asking = True
            self._start(self._ask())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders."""
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self.dragged_over.emit(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.dragged_over.emit([])

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells what was dropped."""
        self.dragged_over.emit([])
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)


def dropped_paths(event: QDropEvent) -> Sequence[Path]:
    """The files and folders of this computer that an event carries."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in found if path.exists()]


def _first_control(part: QWidget) -> QWidget | None:
    """The first control of a part that Tab would reach; None where the part is not seen, or has none."""
    return next(iter(_controls(part)), None)


def _controls(part: QWidget) -> list[QWidget]:
    """The controls of a part that Tab stops at, in the order in which they were made.

    Qt's own chain of them leads through the whole window; to follow it from Python makes objects of what is Qt's alone,
    and when these go the page's document goes with them.
    """
    return [each for each in (part, *part.findChildren(QWidget)) if _takes_tab(each)]


def _takes_tab(widget: QWidget) -> bool:
    """Tab stops there."""
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return stops and widget.isVisible() and widget.isEnabled()
