"""Offers what earlier windows could not save: one sentence at a time above the page, and nothing goes unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.recovery.autosaver import Autosaver
from pandemonium.desktop.features.recovery.offers import Offers
from pandemonium.desktop.features.recovery.version_texts import format_time, format_words
from pandemonium.documents.formats import read_document
from pandemonium.documents.safekeeping.autosave import Autosaves, LostDocument
from pandemonium.documents.safekeeping.disk import renamed_to
from pandemonium.errors import DocumentError

_KEY = "lost"


class Recovery(QObject):
    """The documents that were lost, until the writer has decided about each."""

    def __init__(
        self,
        files: DocumentFiles,
        autosaver: Autosaver,
        offers: Offers,
        loop: asyncio.AbstractEventLoop,
        start: Callable[[Coroutine[Any, Any, None]], object],
        may_go: Callable[[], Awaitable[bool]],
    ) -> None:
        super().__init__(files)
        self._files = files
        self._autosaver = autosaver
        self._offers = offers
        self._loop = loop
        self._start = start
        self._may_go = may_go
        self.waiting: list[LostDocument] = []
        self._discarded: LostDocument | None = None

    async def look(self) -> None:
        """Finds what was left, on a thread, and offers it."""
        found = await in_thread(self._loop, lambda: _worth_offering(self._files.vault.autosaves))
        self.waiting += found
        self._offer()

    def close(self) -> None:
        """Leaves what was not decided about for the next start."""
        for each in self.waiting:
            if each is self._discarded:
                each.slot.discard()
            else:
                each.slot.leave()
        self.waiting.clear()

    def _offer(self) -> None:
        self._discarded = None
        if not self.waiting:
            return
        lost = self.waiting[0]
        said = self.tr("Pandemonium ended without saving '{name}' ({words}, {time}).").format(
            name=self._name_of(lost), words=format_words(lost.words), time=format_time(lost.at, date.today())
        )
        if len(self.waiting) == 2:
            said += " " + self.tr("Another text was not saved either.")
        elif len(self.waiting) > 2:
            said += " " + self.tr("{n} other texts were not saved either.").format(n=len(self.waiting) - 1)
        acts = {
            self.tr("Restore"): lambda: self._start(self._restore(lost)),
            self.tr("Discard"): lambda: self._discard(lost),
        }
        self._offers.put(_KEY, said, acts)

    async def _restore(self, lost: LostDocument) -> None:
        if await self._may_go():
            self.waiting.remove(lost)
            self._files.restore_unsaved(lost.manuscript, lost.stamp, self._name_of(lost), lost.place)
            self._autosaver.adopt(lost.slot)
        self._offer()

    def _discard(self, lost: LostDocument) -> None:
        """Sets it aside; until she goes on, she can have second thoughts."""
        self._discarded = lost
        said = self.tr("'{name}' is discarded.").format(name=self._name_of(lost))
        acts = {self.tr("Bring it back"): self._offer, self.tr("Good"): lambda: self._forget(lost)}
        self._offers.put(_KEY, said, acts)

    def _name_of(self, lost: LostDocument) -> str:
        """What it is called now: its file may have been renamed since."""
        path = lost.manuscript.path
        return lost.name if path is None else self._files.where_now(path).name

    def _forget(self, lost: LostDocument) -> None:
        self.waiting.remove(lost)
        lost.slot.discard()
        self._offer()


def _where_it_is(lost: LostDocument) -> LostDocument:
    """The same, with its file as it is called now where that was renamed since."""
    path = lost.manuscript.path
    now = renamed_to(path, lost.stamp) if path is not None else None
    return lost if now is None else replace(lost, manuscript=replace(lost.manuscript, path=now), name=now.name)


def _worth_offering(autosaves: Autosaves) -> list[LostDocument]:
    """What was lost, without what is in its file after all: the program died between saving and tidying up."""
    found: list[LostDocument] = []
    for lost in map(_where_it_is, autosaves.lost()):
        path = lost.manuscript.path
        if path is not None:
            try:
                saved = read_document(path).content
            except DocumentError:
                saved = None
            kept = lost.manuscript.content
            if saved is not None and (saved.text, saved.marks, saved.spans) == (kept.text, kept.marks, kept.spans):
                lost.slot.discard()
                continue
        if lost.manuscript.text.strip() or path is not None:
            found.append(lost)
        else:
            lost.slot.discard()  # an empty page
    return found
