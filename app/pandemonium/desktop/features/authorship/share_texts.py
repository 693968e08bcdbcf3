"""Shares in the window's own words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pandemonium.documents.statement import format_share
from pandemonium.text.sentences import capitalized


def _tr(text: str) -> str:
    return QCoreApplication.translate("Authorship", text)


def format_status(theirs: int, total: int) -> str:
    """How much of a text comes from voices, in a few words; empty where nothing does."""
    return _tr("{share} from voices").format(share=format_share(theirs, total)) if theirs else ""


def format_whole(theirs: int, total: int) -> str:
    """The same in a sentence."""
    if not theirs:
        return _tr("Nothing here is marked as coming from a voice.")
    share = format_share(theirs, total)
    return _tr("{share} of this text comes from voices.").format(share=capitalized(share))


def format_passages(count: int) -> str:
    """A number of passages."""
    return _tr("1 passage") if count == 1 else _tr("{n} passages").format(n=f"{count:,}")


def format_characters(count: int) -> str:
    """A number of characters."""
    return _tr("1 character") if count == 1 else _tr("{n} characters").format(n=f"{count:,}")
