"""The cast beside the page: who the draft names, who is in the scene, and the ways to where they are named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from pandemonium import paths
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Command, Submenu
from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.features.cast.cast_book import CastBook, CastEntry, CastMember
from pandemonium.desktop.features.cast.cast_files import CastFiles
from pandemonium.desktop.features.cast.cast_panel import CastPanel
from pandemonium.desktop.features.cast.cast_reader import CastReader
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.errors import PandemoniumError
from pandemonium.text.naming import FoundName, Place
from pandemonium.text.sentences import sentence_around
from pandemonium.writing.request import Person

_KEEPING = 900  # milliseconds from a decision to the file
_LONGEST_PASSAGE = 240
_MOST_KNOWN = 400  # names that a request, and the recipe of what came of it, carries along


class Cast(Feature):
    """The cast of the document on the page. Whatever is decided in it, the document stays as it is.

    Signals:
        named(frozenset[str]): the words of the names that stand in the draft on purpose, as far as it was read.

    Attributes:
        panel: what is seen.
        book: the cast.
        reader: of the draft.
    """

    named = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self._files = context.feature(DocumentFiles)
        self._kept = CastFiles(paths.user_data() / "casts")
        self._keys = self._files.keys
        self._came = False  # another document is on the page, and its cast is still to be read
        self._is_open = False
        self.book = CastBook()
        self.reader = CastReader(context.editor, context.tasks.loop)
        self.panel = CastPanel()
        self.panel.list.members.passage_of = self._passage
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEPING)
        self._keeping.timeout.connect(self._write_down)
        self.reader.found.connect(self._take)
        self.reader.progressed.connect(self.panel.show_progress)
        self.panel.changed.connect(self._decided)
        self.panel.go_asked.connect(self.go)
        self.panel.left.connect(context.editor.setFocus)
        self._files.shown.connect(self._shown)
        self._files.changed.connect(self._changed)
        self._files.leaving.connect(self.keep)
        context.window.add_beside_page(self.panel, left=True)
        context.theme.follow(self.panel.apply_colours)
        self._bridge = context.feature(Writing).bridge
        context.settings.watch("habits.cast", self.open)

    def commands(self) -> Iterable[Command | Submenu]:
        """The panel, the ways between mentions, and the scene."""
        settings = self.context.settings
        yield Command(
            "castAction",
            self.tr("Cast"),
            self._switch,
            "view/parts",
            ("Shift+F4",),
            checked=lambda: bool(settings.value("habits.cast")),
            follows=(settings.watching("habits.cast"),),
        )
        yield Submenu("namesMenu", self.tr("Names in the text"), "edit/find")
        for name, text, step, key in (
            ("nextMentionAction", self.tr("Next mention"), 1, "F12"),
            ("previousMentionAction", self.tr("Previous mention"), -1, "Shift+F12"),
            ("firstMentionAction", self.tr("First mention"), 0, "Ctrl+F12"),
        ):
            yield Command(name, text, partial(self.go_from_page, step), "namesMenu/mentions", (key,))
        pin = self.tr("In or out of the scene")
        yield Command("pinNameAction", pin, self.pin_from_page, "namesMenu/scene", ("Alt+F12",))

    @property
    def is_open(self) -> bool:
        """The panel is to be seen, or would be without focus mode."""
        return self._is_open

    def open(self, opened: bool) -> None:
        """Opens or closes the panel."""
        if opened == self._is_open:
            return
        self._is_open = opened
        focused = QApplication.focusWidget()
        if not opened and focused is not None and self.panel.isAncestorOf(focused):
            self._editor.setFocus()
        self.context.window.show_panel(self.panel, opened)
        self._follow()
        if opened:
            self.panel.show_book(self.book)

    def go(self, name: str, step: int) -> None:
        """Selects a mention of a member on the page.

        Args:
            name: of the member.
            step: 0 for the first mention, 1 for the next from the cursor on, -1 for the one before; both go around.
        """
        member = self.book.member(name)
        if member is None:
            return

        def select(places: list[Place]) -> None:
            if not places:
                said = self.tr("The text does not name {name}.").format(name=from_units(member.name))
                self.context.messages.show_sentence(said)
                return
            self._select(places[self._number(places, step)])

        self.reader.find(member.forms, select)

    def go_from_page(self, step: int) -> None:
        """The same for the name at the cursor, or for whoever is chosen in the panel."""
        self._with_name(lambda member: self.go(member.name, step))

    def pin_from_page(self) -> None:
        """Puts the name at the cursor into the scene, or takes it out."""

        def switch(member: CastMember) -> None:
            self._pin(member.name, not member.pinned)
            said = self.tr("{name} leaves the scene.") if member.pinned else self.tr("{name} is in the scene.")
            self.context.messages.show_sentence(said.format(name=from_units(member.name)))

        self._with_name(switch)

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds what can be done about the name at a place of the page, where the draft was read as it stands."""
        cursor = self._editor.cursorForPosition(self._editor.viewport().mapFromGlobal(at))
        block = cursor.block()
        member = self._named(block.text(), cursor.positionInBlock()) if self.reader.is_settled else None
        if member is None:
            return
        menu.addSeparator()
        inner = menu.addMenu(from_units(member.name).replace("&", "&&"))
        inner.setObjectName("castNameMenu")
        self.panel.fill_menu(inner, member.name)

    def keep(self) -> None:
        """Writes the cast down where it has changed since."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._write_down()

    def _write_down(self) -> None:
        try:
            self._kept.write(self._keys, self.book.entries)
        except PandemoniumError as error:
            self.context.messages.show_error(error)

    def opened(self) -> None:
        """Removes what nobody has touched for years."""
        in_thread(self.context.tasks.loop, self._kept.sweep)

    def close(self) -> None:
        """Keeps what was decided, and ends the thread."""
        self.keep()
        if self._files.is_unwanted:
            self._kept.forget(self._keys)
        self.reader.close()

    def _switch(self) -> None:
        if self.context.window.bring_back(self.panel):
            return
        opened = not self.context.settings.value("habits.cast")
        self.context.settings.set("habits.cast", opened)
        if opened:
            # In focus mode too, where it is asked for; the page keeps the keyboard.
            self.context.window.show_panel(self.panel, True, insist=True)

    def _follow(self) -> None:
        """The draft is read while somebody looks, and while a voice is to know its names."""
        self.reader.follow(self._is_open or bool(self.book.pinned))

    def _set_scene(self) -> None:
        """Has who is in the scene told to the voice with each request, and with them the draft's other names."""
        cast = [
            Person(from_units(each.called), each.pronoun, tuple(map(from_units, each.forms)))
            for each in self.book.pinned
        ]
        self.named.emit(self.book.meant_words)
        self._bridge.cast = tuple(cast)
        self._bridge.known = tuple(map(from_units, self.book.known[:_MOST_KNOWN])) if cast else ()

    def _take(self, names: tuple[FoundName, ...]) -> None:
        self.book.take(names)
        self._set_scene()
        if self._is_open:
            self.panel.show_book(self.book)

    def _decided(self) -> None:
        self._set_scene()
        self._keeping.start()
        self._follow()

    def _pin(self, name: str, pinned: bool) -> None:
        self.book.pin(name, pinned)
        self.panel.show_book(self.book)
        self._decided()

    def _shown(self) -> None:
        self._came = True

    def _changed(self) -> None:
        """Another document is on the page, or this one has a file of another name now."""
        before = self._keys
        keys = self._files.keys
        if self._came:
            self._came = False
            self._keys = keys
            self._load(self._kept.read(keys))
        elif keys != before:
            self.keep()  # what was decided just now is the old file's, too
            self._keys = keys
            self._write_down()
            if before.is_untitled:
                self._kept.forget(before)

    def _load(self, entries: list[CastEntry]) -> None:
        self._keeping.stop()
        self.book = CastBook(entries)
        self._set_scene()
        self.panel.show_book(self.book)
        self.reader.follow(False)
        self._follow()

    def _with_name(self, act: Callable[[CastMember], object]) -> None:
        cursor = self._editor.textCursor()
        chosen = self.panel.chosen if self._is_open else None

        def take(form: str) -> None:
            member = self.book.with_form(form) if form else chosen
            asked = self.tr("Put the cursor on a name first, or choose one in the cast.")
            if member is None:
                self.context.messages.show_sentence(asked)
            else:
                self.context.messages.withdraw(asked)
                act(member)

        block = self._editor.document().findBlock(cursor.selectionStart())
        self.reader.name_at(block.blockNumber(), cursor.selectionStart() - block.position(), take)

    def _named(self, text: str, offset: int) -> CastMember | None:
        """The member whose name stands at a place of a paragraph."""
        best: CastMember | None = None
        longest = 0
        for member in self.book.members:
            for form in member.forms:
                start = text.rfind(form, max(0, offset - len(form)), offset + len(form))
                if 0 <= start <= offset <= start + len(form) and len(form) > longest:
                    best = member
                    longest = len(form)
        return best

    def _number(self, places: list[Place], step: int) -> int:
        if step == 0:
            return 0
        cursor = self._editor.textCursor()
        document = self._editor.document()
        block = document.findBlock(cursor.selectionStart())
        here = (block.blockNumber(), cursor.selectionStart() - block.position())
        starts = [(each.paragraph, each.start) for each in places]
        number = bisect_right(starts, here) if step > 0 else bisect_left(starts, here) - 1
        return number % len(places)

    def _select(self, place: Place) -> None:
        editor = self._editor
        block = editor.document().findBlockByNumber(place.paragraph)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + place.end)
        cursor.setPosition(block.position() + place.start, QTextCursor.MoveMode.KeepAnchor)
        editor.go_to(cursor)
        editor.setFocus()

    def _passage(self, member: CastMember) -> str:
        """The sentence in which a member is first named."""
        paragraphs = self._editor.model.text.paragraphs
        place = member.first
        if place is None or place.paragraph >= len(paragraphs):
            return ""
        text = paragraphs[place.paragraph].text
        start, end = sentence_around(text, place.start)
        said = from_units(text[start:end]).strip()
        short = f"{said[:_LONGEST_PASSAGE]}\u2026" if len(said) > _LONGEST_PASSAGE else said
        return self.tr("First: {sentence}").format(sentence=short) if short else ""
