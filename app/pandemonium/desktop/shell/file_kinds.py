"""The kinds of files that the dialogs offer, out of the formats' own tables."""

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
    names = {
        "docx": _tr("Word document"),
        "odt": _tr("OpenDocument text"),
        "md": _tr("Markdown"),
        "txt": _tr("Plain text"),
    }
    by_format: dict[str, list[str]] = {}
    for suffix, name in formats.SUFFIXES.items():
        by_format.setdefault(name, []).append(suffix)
    ordered = sorted(by_format, key=lambda each: list(names).index(each) if each in names else len(names))
    kinds = {name: f"{names.get(name, name)} ({_patterns(by_format[name])})" for name in ordered}
    chosen = kinds.get(formats.SUFFIXES.get(proposed, "txt"), "")
    return [*kinds.values(), f"{_tr('All files')} (*)"], chosen


def suffix_of(kind: str) -> str:
    """The first suffix of a kind, without its dot; empty for all files."""
    pattern = kind.rpartition("(")[2].split(")")[0].split()[0]
    return pattern.removeprefix("*").removeprefix(".")


def _patterns(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{each}" for each in suffixes)
