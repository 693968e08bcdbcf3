"""Everything about not losing words in one window: put together here, and its sentences said."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from pandemonium.desktop.features.context import Context
from pandemonium.desktop.features.recovery.autosaver import Autosaver
from pandemonium.desktop.features.recovery.disk_watch import DiskWatch
from pandemonium.desktop.features.recovery.offers import Offers
from pandemonium.desktop.features.recovery.recovery import Recovery
from pandemonium.desktop.features.recovery.restoring import put_on_page
from pandemonium.documents.manuscript import Manuscript
from pandemonium.errors import PandemoniumError

if TYPE_CHECKING:
    from pandemonium.desktop.features.recovery.versions_window import VersionsWindow

_DISK, _COPY = "disk", "copy"


class Safekeeping(QObject):
    """Autosave, recovery, earlier versions, and an eye on the file."""

    def __init__(self, context: Context, offers: Offers) -> None:
        super().__init__(context.window)
        self._context = context
        self.offers = offers
        files = context.files
        self.autosaver = Autosaver(context.editor, files, context.loop)
        self.watch = DiskWatch(context.window, files, context.loop)
        self.recovery = Recovery(files, self.autosaver, offers, context.loop, context.start, files.may_go)
        self.versions: VersionsWindow | None = None
        self._restored = ""  # the sentence that says so, until the document is saved
        self.autosaver.failed.connect(context.message_bar.show_error)
        self.watch.found.connect(self._say_disk)
        files.copied.connect(self._say_copy)
        files.shown.connect(lambda: self.offers.withdraw(_COPY))
        files.changed.connect(self._file_changed)

    def look_for_lost(self) -> None:
        """Offers what earlier windows could not save."""
        self._context.start(self.recovery.look())

    def open_versions(self) -> None:
        """Shows the earlier versions of the document."""
        from pandemonium.desktop.features.recovery.versions_window import VersionsWindow

        if self.versions is None:
            context = self._context
            self.versions = VersionsWindow(context.window, context.files, context.dialogs, context.loop, context.start)
            self.versions.restored.connect(self._restore)
            self.apply_colours()
        self.versions.show_versions()
        self.versions.show()
        self.versions.activateWindow()

    def apply_colours(self) -> None:
        """Takes the theme's colours."""
        colours, icons = self._context.theme.colours, self._context.icons
        self.offers.apply_colours(colours, icons)
        if self.versions is not None:
            self.versions.apply_colours(colours, icons)

    def close(self) -> None:
        """Ends with its window, whose text is saved or not wanted."""
        self.watch.close()
        self.recovery.close()
        self.autosaver.close()
        self._context.files.release()

    def _restore(self, manuscript: Manuscript, when: str) -> None:
        put_on_page(self._context.editor, manuscript)
        said = self.tr("The text of {time} stands on the page and is not saved yet; Ctrl+Z takes it back.")
        self._restored = said.format(time=when)
        self._context.message_bar.show_sentence(self._restored)
        self._context.window.activateWindow()

    def _file_changed(self) -> None:
        self.offers.withdraw(_DISK)
        if self._restored and self._context.message_bar.sentence == self._restored:
            self._context.message_bar.hide()  # it is saved now, or gone
        self._restored = ""
        if self._context.files.manuscript.path is not None:
            self.offers.withdraw(_COPY)

    def _say_disk(self, state: str) -> None:
        files = self._context.files
        name = files.name
        if state == "changed":
            said = self.tr("{name} was changed by another program since you opened it.").format(name=name)
            acts: dict[str, Callable[[], object]] = {
                self.tr("Read it again"): self._read_again,
                self.tr("Keep mine"): files.keep_mine,
            }
            self.offers.put(_DISK, said, acts)
        elif state == "gone":
            said = self.tr("{name} is not in its folder any more. Your text is here; saving puts it back.")
            self.offers.put(_DISK, said.format(name=name), {})
        else:
            self.offers.withdraw(_DISK)

    def _read_again(self) -> None:
        """What stands on the page is kept as a version first, so that neither of the two is lost."""
        files, path = self._context.files, self._context.files.manuscript.path
        if path is None:
            return
        try:
            if unsaved := files.is_modified:
                files.vault.versions.keep_page(path, files.current())
            rest = files.begin_loading(path)
        except PandemoniumError as error:
            self._context.message_bar.show_error(error)
            return
        if rest is not None:
            self._context.start(self._finish_reading(rest, unsaved=unsaved))
        elif unsaved:
            self._say_kept()

    async def _finish_reading(self, rest: Coroutine[Any, Any, bool], *, unsaved: bool) -> None:
        if await rest and unsaved:
            self._say_kept()

    def _say_kept(self) -> None:
        self._context.message_bar.show_sentence(
            self.tr("What you had not saved is among the earlier versions: File > Earlier versions.")
        )

    def _say_copy(self, path: Path) -> None:
        said = self.tr(
            "{name} is open in another window of Pandemonium. This is a copy: saving asks for a name of its own."
        )
        acts = {self.tr("Try again"): lambda: self._context.start(self._context.files.open_path(path))}
        self.offers.put(_COPY, said.format(name=path.name), acts)
