"""Everything about not losing words in one window: put together here, and its sentences said."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.recovery.autosaver import Autosaver
from pandemonium.desktop.features.recovery.disk_watch import DiskWatch
from pandemonium.desktop.features.recovery.offers import Offers
from pandemonium.desktop.features.recovery.recovery import Recovery
from pandemonium.desktop.features.recovery.restoring import put_on_page
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.errors import PandemoniumError

if TYPE_CHECKING:
    from pandemonium.desktop.features.recovery.versions_window import VersionsWindow

_DISK = "disk"
_COPY = "copy"


class Safekeeping(Feature):
    """Autosave, recovery, earlier versions, and an eye on the file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        files = self._files = context.feature(DocumentFiles)
        loop = context.tasks.loop
        self.offers = Offers()
        self.offers.follow(context.theme, context.icons)
        context.window.add_above_page(self.offers)
        self.autosaver = Autosaver(context.editor, files, loop)
        self.watch = DiskWatch(context.window, files, loop)
        self.recovery = Recovery(files, self.autosaver, self.offers, loop, context.tasks.start, files.may_go)
        self.versions: VersionsWindow | None = None
        self._restored = ""  # the sentence that says so, until the document is saved
        self.autosaver.failed.connect(context.messages.show_error)
        self.watch.found.connect(self._say_disk)
        self.watch.renamed.connect(self._say_renamed)
        files.copied.connect(self._say_copy)
        files.shown.connect(lambda: self.offers.settle(_COPY))
        files.changed.connect(self._file_changed)

    def commands(self) -> Iterable[Command]:
        """The earlier versions."""
        yield Command("versionsAction", self.tr("Earlier versions…"), self.open_versions, "file/save")

    def opened(self) -> None:
        """Offers what earlier windows could not save."""
        self.context.tasks.start(self.recovery.look())

    def open_versions(self) -> None:
        """Shows the earlier versions of the document."""
        from pandemonium.desktop.features.recovery.versions_window import VersionsWindow

        if self.versions is None:
            context = self.context
            tasks = self.context.tasks
            self.versions = VersionsWindow(context.window, self._files, context.dialogs, tasks.loop, tasks.start)
            self.versions.restored.connect(self._restore)
            self.versions.message_bar.follow(context.theme, context.icons)
            context.theme.follow(self.versions.apply_colours)
        self.versions.show_versions()
        self.versions.show()
        self.versions.activateWindow()

    def close(self) -> None:
        """Ends with its window, whose text is saved or not wanted."""
        self.watch.close()
        self.recovery.close()
        self.autosaver.close()
        self._files.release()

    def _restore(self, manuscript: Manuscript, when: str) -> None:
        put_on_page(self.context.editor, manuscript)
        said = self.tr("The text of {time} stands on the page and is not saved yet; Ctrl+Z takes it back.")
        self._restored = said.format(time=when)
        self.context.messages.show_sentence(self._restored)
        self.context.window.activateWindow()

    def _file_changed(self) -> None:
        self.offers.settle(_DISK)
        if self._restored and self.context.messages.sentence == self._restored:
            self.context.messages.hide()  # it is saved now, or gone
        self._restored = ""
        if self._files.manuscript.path is not None:
            self.offers.settle(_COPY)

    def _say_disk(self, state: str) -> None:
        files = self._files
        name = files.name
        if state == "changed":
            said = self.tr("{name} was changed by another program since you opened it.").format(name=name)
            acts: dict[str, Callable[[], object]] = {
                self.tr("Read it again"): self._read_again,
                self.tr("Keep mine"): files.keep_mine,
            }
            self.offers.put(_DISK, said, acts, first=True)
        elif state == "gone":
            said = self.tr("{name} is not in its folder any more. Your text is here; saving puts it back.")
            self.offers.put(_DISK, said.format(name=name), {}, first=True)
        else:
            self.offers.settle(_DISK)

    def _say_renamed(self, name: str) -> None:
        said = self.tr("{name} is called {now} now, and you go on in it.").format(name=name, now=self._files.name)
        self.context.messages.show_sentence(said)

    def _read_again(self) -> None:
        """What stands on the page is kept as a version first, so that neither of the two is lost."""
        files = self._files
        path = self._files.manuscript.path
        if path is None:
            return
        try:
            if unsaved := files.is_modified:
                files.vault.versions.keep_page(path, files.current())
            rest = files.begin_loading(path)
        except PandemoniumError as error:
            self.context.messages.show_error(error)
            return
        if rest is not None:
            self.context.tasks.start(self._finish_reading(rest, unsaved=unsaved))
        elif unsaved:
            self._say_kept()

    async def _finish_reading(self, rest: Coroutine[Any, Any, bool], *, unsaved: bool) -> None:
        if await rest and unsaved:
            self._say_kept()

    def _say_kept(self) -> None:
        self.context.messages.show_sentence(
            self.tr("What you had not saved is among the earlier versions: File > Earlier versions.")
        )

    def _say_copy(self, path: Path) -> None:
        said = self.tr(
            "{name} is open in another window of Pandemonium. This is a copy: saving asks for a name of its own."
        )
        acts = {self.tr("Try again"): lambda: self.context.tasks.start(self._files.open_path(path))}
        self.offers.put(_COPY, said.format(name=path.name), acts)
