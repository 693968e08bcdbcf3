"""Remembers which documents were open, and puts the cursor back where it stood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.files.recent_documents import CursorPlaces, RecentDocuments
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError


class Remembering(QObject):
    """Follows one page through its documents.

    Args:
        editor: the page.
        recent, places: what is remembered.
        lists_recent: the writer wants the list to be kept.
        say: tells her what could not be remembered.
    """

    def __init__(
        self,
        editor: DocumentEditor,
        recent: RecentDocuments,
        places: CursorPlaces,
        lists_recent: Callable[[], bool],
        say: Callable[[PandemoniumError], None],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self.recent = recent
        self._places = places
        self._lists_recent = lists_recent
        self._say = say
        self._path: Path | None = None
        self._keys = DocumentKeys.of(None)
        self._left: tuple[DocumentKeys, int] | None = None  # the document before, and the place in it
        self._place = 0
        self._revision = editor.model.revision
        self._came = False  # another text is on the page, whose file is not known yet
        editor.after_paint.edited.connect(self._edit)
        editor.model.loaded.connect(self._load)
        editor.after_paint.caret_moved.connect(self._move)

    def set_document(self, path: Path | None, keys: DocumentKeys) -> None:
        """The page's document is that of `path` now, with those keys; it was loaded, or saved there."""
        came = self._came
        self._came = False
        try:
            if self._left is not None:
                left = self._left
                self._left = None
                self._places.remember(*left)
            same = path == self._path
            self._path = path
            self._keys = keys
            if path is None or (same and not came):
                return
            if self._lists_recent():
                self.recent.add(path)
            if came:
                self._editor.begin_at(self._places.place_in(keys, self.recent.gone() if keys.earlier else ()))
        except PandemoniumError as error:
            self._say(error)

    def leave(self) -> None:
        """The window closes."""
        self._editor.after_paint.catch_up()
        if self._path is not None:
            try:
                self._places.remember(self._keys, self._place)
            except PandemoniumError as error:
                self._say(error)

    def forget(self) -> None:
        """Forgets the list of documents."""
        try:
            self.recent.clear()
        except PandemoniumError as error:
            self._say(error)

    def _load(self) -> None:
        """Another text has come; what the cursor did meanwhile was not the writer's doing."""
        if self._path is not None and not self._came:
            self._left = (self._keys, self._place)
        self._came = True
        self._remember_place()
        self._place = 0

    def _edit(self, *_: object) -> None:
        self._came = False  # she writes already: the cursor is where she wants it
        self._remember_place()

    def _move(self) -> None:
        if self._editor.model.revision == self._revision:
            self._place = self._editor.textCursor().position()

    def _remember_place(self) -> None:
        self._revision = self._editor.model.revision
        self._place = self._editor.textCursor().position()
