"""The panel of the cast at the left of the page: the list, and below it what is known of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, on_keys
from pandemonium.desktop.core.plain_text import plain_label
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.cast.cast_book import LONGEST_NAME, CastBook, CastMember
from pandemonium.desktop.features.cast.cast_details import CastDetails
from pandemonium.desktop.features.cast.cast_list import CastList

_WIDTH = 35  # average characters of the interface's font
_SIDE = 16
_MOST_LISTED = 40  # names in the menu that makes two one


class CastPanel(QFrame):
    """What is seen of the cast. It shows a `CastBook` and says what the writer decides.

    Signals:
        changed(): the book has other decisions now.
        go_asked(str, int): to the first mention of a member (0), the next (1), the one before (-1).
        left(): she wants to go back to the page.
    """

    changed = Signal()
    go_asked = Signal(str, int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("castPanel")
        self.setAccessibleName(self.tr("Cast"))
        self.setFixedWidth(max(248, _WIDTH * self.fontMetrics().averageCharWidth()))
        self._book = CastBook()
        self._shows_hidden = False
        self.list = CastList()
        self.details = CastDetails()
        self._new_name = QLineEdit()
        self._new_name.setObjectName("castNewName")
        self._new_name.setAccessibleName(self.tr("Name of somebody new"))
        self._new_name.setPlaceholderText(self.tr("A name, then Return"))
        self._new_name.setMaxLength(LONGEST_NAME)
        self._new_name.hide()
        self._nothing = self.tr(
            "No names yet. Whoever your text names will be listed here; nothing has to be filled in."
        )
        self._empty = plain_label(self._nothing)
        self._empty.setProperty("role", "hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(_SIDE, 6, _SIDE, 0)
        self._lay_out()
        self._connect()
        self.show_book(self._book)

    @property
    def chosen(self) -> CastMember | None:
        """Who is chosen in the list."""
        return self._book.member(self.list.current_name)

    def show_book(self, book: CastBook) -> None:
        """Shows a cast as it is now."""
        self._book = book
        self._empty.setText(self._nothing)
        members = [each for each in book.members if self._shows_hidden or not each.hidden]
        self.list.show_members(members)
        self._stack.setCurrentIndex(0 if members else 1)
        self._show_chosen()

    def show_progress(self, share: float) -> None:
        """Says how far the first reading of a long text is."""
        self._empty.setText(self.tr("Looking for names in your text: {n}%").format(n=round(100 * share)))

    def choose(self, name: str) -> None:
        """Chooses a member."""
        self.list.choose(name)
        row = self.list.members.row_of(name)
        if row >= 0:
            self.list.scrollTo(self.list.members.index(row))

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self.list.apply_colours(colours)

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Lists what can be done with a member."""
        member = self._book.member(name)
        if member is None:
            return
        if member.hidden:
            self._entry(menu, "castShowAction", self.tr("It is a name"), lambda: self._hide(name, False))
            return
        text = self.tr("Leaves the scene") if member.pinned else self.tr("In the scene")
        self._entry(menu, "castPinAction", text, lambda: self._pin(name, not member.pinned))
        if member.count:
            first = self.tr("First mention")
            self._entry(menu, "castFirstAction", first, lambda: self.go_asked.emit(name, 0))
        others = menu.addMenu(self.tr("Is the same as"))
        others.setObjectName("castMergeMenu")
        listed = [each for each in self._book.members if each.name != name and not each.hidden]
        listed.sort(key=lambda each: (each.kind != member.kind, -each.count, each.name.casefold()))
        for each in sorted(listed[:_MOST_LISTED], key=lambda each: each.name.casefold()):
            self._entry(others, "castMergeAction", each.name, lambda into=each.name: self._merge(name, into))  # type: ignore[misc]
        others.setEnabled(bool(listed))
        if self._book.can_separate(name):
            self._entry(menu, "castSeparateAction", self.tr("Take apart again"), lambda: self._separate(name))
        menu.addSeparator()
        self._entry(menu, "castHideAction", self.tr("Hide: this is no name"), lambda: self._hide(name, True))

    def _lay_out(self) -> None:
        # Tab goes by the order in which children come: first the list, and what is told of whoever is chosen in it.
        stack = QWidget(self)
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.details.setParent(self)
        title = label(self.tr("Cast"), "caption")
        self._more = QToolButton()
        self._more.setObjectName("castMoreButton")
        self._more.setText("\u2026")
        self._more.setAccessibleName(self.tr("Add somebody, or show what is hidden"))
        self._more.setToolTip(self._more.accessibleName())
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 12, 10, 2)
        head.addWidget(title, 1)
        head.addWidget(self._more)
        field = QHBoxLayout()
        field.setContentsMargins(14, 0, 14, 4)
        field.addWidget(self._new_name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(field)
        layout.addWidget(stack, 1)
        layout.addWidget(self.details)

    def _connect(self) -> None:
        self.list.pin_asked.connect(self._switch_pin)
        self.list.first_asked.connect(lambda name: self.go_asked.emit(name, 0))
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.list.menu_asked.connect(self._open_menu)
        self.list.left.connect(self.left.emit)
        self._more.clicked.connect(lambda _=False: self._open_more())
        self._new_name.returnPressed.connect(self._add)
        on_keys(self._new_name, {Qt.Key.Key_Escape: self._give_up_adding})
        details = self.details
        details.renamed.connect(self._rename)
        details.kind_chosen.connect(lambda kind: self._decide(lambda name: self._book.set_kind(name, kind)))
        details.pronoun_chosen.connect(lambda pronoun: self._decide(lambda name: self._book.set_pronoun(name, pronoun)))
        details.pin_chosen.connect(lambda pinned: self._decide(lambda name: self._book.pin(name, pinned)))
        details.noted.connect(lambda note: self._decide(lambda name: self._book.set_note(name, note)))
        details.go_asked.connect(lambda step: self.go_asked.emit(self.list.current_name, step))
        details.menu_asked.connect(
            lambda: self._open_menu(
                self.list.current_name, details.menu_button.mapToGlobal(QPoint(0, details.menu_button.height()))
            )
        )
        details.left.connect(self.left.emit)

    def _show_chosen(self) -> None:
        member = self.chosen
        self.details.setVisible(member is not None)
        if member is not None:
            self.details.show_member(member)

    def _decide(self, act: Callable[[str], object]) -> None:
        name = self.list.current_name
        if name:
            act(name)
            self._tell(name)

    def _tell(self, name: str) -> None:
        self.show_book(self._book)
        self.choose(name)
        self.changed.emit()

    def _switch_pin(self, name: str) -> None:
        member = self._book.member(name)
        if member is not None and not member.hidden:
            self._pin(name, not member.pinned)

    def _pin(self, name: str, pinned: bool) -> None:
        chosen = self.list.current_name
        self._book.pin(name, pinned)
        self._tell(chosen)

    def _rename(self, text: str) -> None:
        name = self.list.current_name
        if not name:
            return
        new = self._book.rename(name, text)
        if new == name:
            self.details.take_name_back(name)
        self._tell(new)

    def _merge(self, name: str, into: str) -> None:
        self._tell(self._book.merge(name, into))

    def _separate(self, name: str) -> None:
        self._book.separate(name)
        self._tell(name)

    def _hide(self, name: str, hidden: bool) -> None:
        self._book.hide(name, hidden)
        self._tell(name)

    def _add(self) -> None:
        name = self._book.add(self._new_name.text())
        if name:
            self._give_up_adding()
            self._tell(name)

    def _give_up_adding(self) -> None:
        self._new_name.clear()
        self._new_name.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry(menu, "castAddAction", self.tr("Add somebody\u2026"), self._begin_adding)
        hidden = self._entry(menu, "castHiddenAction", self.tr("Show what is hidden"), self._switch_hidden)
        hidden.setCheckable(True)
        hidden.setChecked(self._shows_hidden)
        empty = self._entry(menu, "castEmptySceneAction", self.tr("Empty the scene"), self._empty_scene)
        empty.setEnabled(bool(self._book.pinned))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _begin_adding(self) -> None:
        self._new_name.show()
        self._new_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch_hidden(self) -> None:
        self._shows_hidden = not self._shows_hidden
        self.show_book(self._book)

    def _empty_scene(self) -> None:
        self._book.clear_scene()
        self._tell(self.list.current_name)

    def _open_menu(self, name: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, name)
        menu.popup(at)

    @staticmethod
    def _entry(menu: QMenu, name: str, text: str, act: Callable[[], object]) -> QAction:
        made = QAction(text.replace("&", "&&"), menu)
        made.setObjectName(name)
        made.triggered.connect(lambda _=False: act())
        menu.addAction(made)
        return made
