"""The kinds of files that the dialogs offer, out of the formats' own descriptions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from pandemonium.documents import formats


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileKinds", text)


def open_kinds() -> list[str]:
    """What can be opened: all of it first, anything last."""
    suffixes = [*formats.SUFFIXES, *formats.READABLE]
    return [f"{_tr('Documents')} ({_patterns(suffixes)})", f"{_tr('All files')} (*)"]


def save_kinds(proposed: str) -> tuple[list[str], str]:
    """What can be saved, one kind for each format, and the kind that has the suffix `proposed`."""
    written = [each for each in formats.FORMATS if each.write]
    kinds = {each.name: f"{_tr(each.label)} ({_patterns(each.suffixes)})" for each in written}
    chosen = kinds.get(formats.SUFFIXES.get(proposed, "txt"), "")
    return [*kinds.values(), f"{_tr('All files')} (*)"], chosen


def export_kinds() -> dict[str, str]:
    """What a copy can be written in: the name of each format, and what it is called."""
    exported = [each for each in formats.FORMATS if each.export or each.name == "pdf"]  # the window writes PDFs
    return {each.name: f"{_tr(each.label)} ({each.name})" if each.label != "PDF" else "PDF" for each in exported}


def suffix_of(kind: str) -> str:
    """The first suffix of a kind, without its dot; empty for all files."""
    pattern = kind.rpartition("(")[2].split(")")[0].split()[0]
    return pattern.removeprefix("*").removeprefix(".")


def _patterns(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{each}" for each in suffixes)
