"""Everything that keeps a writer's words safe, in one folder of hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.autosave import Autosaves
from pandemonium.documents.safekeeping.locks import DocumentLocks
from pandemonium.documents.safekeeping.versions import Versions


@dataclass(frozen=True)
class Vault:
    """The three safeguards that need a place.

    Attributes:
        versions: what was in each document's file before.
        locks: which documents are open.
        autosaves: what stands on pages and is in no file.
    """

    versions: Versions
    locks: DocumentLocks
    autosaves: Autosaves

    @classmethod
    def at(cls, folder: Path, form: Callable[[Passage], Passage] = lambda each: each) -> Vault:
        """The one in `folder`, the user's data; `form` turns a paragraph of the page's into one of a file's."""
        return cls(
            Versions(folder / "versions"), DocumentLocks(folder / "locks"), Autosaves(folder / "autosaves", form)
        )
