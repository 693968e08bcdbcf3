"""`pandemonium inspect`: what a training would read of a folder, file by file, and why the rest is left out."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandemonium.training.reading.examining import Examined
    from pandemonium.training.reading.selection import Decision, Selection

NAME = "inspect"
HELP = "shows what a training would read: files kept, left out and why"

_SHOWN = 6
_NAMED = 3
_WIDEST = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folders or single files")
    parser.add_argument(
        "--include", action="append", type=Path, default=[], metavar="PATH", help="keep this all the same"
    )
    parser.add_argument("--exclude", action="append", type=Path, default=[], metavar="PATH", help="leave this out")
    parser.add_argument(
        "--language", metavar="CODE", help="the language to keep, like en or nl; else the one with most words"
    )
    parser.add_argument("--all", action="store_true", help="list every file, however many are left out for one reason")
    parser.add_argument("--text", action="store_true", help="print the cleaned text itself instead")
    parser.add_argument("--json", action="store_true", help="one object")


def run(arguments: argparse.Namespace) -> int:
    """Prints what was found.

    Raises:
        PandemoniumError: a folder is not there, or the language is not known.
    """
    from pandemonium.errors import PandemoniumError
    from pandemonium.text.language import LanguageIdentifier, language_codes
    from pandemonium.training.reading.examining import examine
    from pandemonium.training.reading.selection import Overrules, Survey

    if arguments.language and arguments.language not in language_codes():
        raise PandemoniumError(
            f"'{arguments.language}' is no language known here.", "Write its two letters, like en or nl."
        )
    files = examine(arguments.folders, LanguageIdentifier())
    overrules = Overrules(frozenset(arguments.include), frozenset(arguments.exclude), arguments.language)
    selection = Survey(_watched(files)).select(overrules)
    if arguments.text:
        _print_text(selection)
    elif arguments.json:
        print(json.dumps(_as_object(selection), ensure_ascii=False))
    else:
        width = min(_WIDEST, shutil.get_terminal_size((100, 24)).columns)
        print("\n".join(_as_table(selection, arguments.folders, width, show_all=arguments.all)))
    return 0


def _watched(files: Iterable[Examined]) -> Iterator[Examined]:
    """Says on a terminal how far the reading is."""
    screen = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else None
    for count, file in enumerate(files, 1):
        if screen and count % 20 == 0:
            screen.write(f"\r{count:,} files read ")
            screen.flush()
        yield file
    if screen:
        screen.write("\r" + " " * 30 + "\r")


def _print_text(selection: Selection) -> None:
    from pandemonium.training.reading.examining import read_prose

    between = ""
    for decision in selection.kept:
        for part in read_prose(decision.file.path):
            sys.stdout.write(f"{between}{part}")
            between = "\n\n"
    sys.stdout.write("\n" if between else "")


def _as_object(selection: Selection) -> dict[str, Any]:
    return {
        "language": selection.language,
        "words": selection.words,
        "kept": [
            {
                "path": str(each.file.path),
                "words": each.file.words,
                "language": each.file.language,
                "characters": each.file.characters,
                "format": each.file.format,
                "overruled": each.overruled,
                "cut": list(each.file.cuts),
                "read_together": each.file.is_short,
            }
            for each in selection.kept
        ],
        "left_out": [
            {
                "path": str(each.file.path),
                "reason": each.reason,
                "words": each.file.words,
                "language": each.file.language,
                "can_be_kept": each.can_be_kept,
                "overruled": each.overruled,
            }
            for each in selection.left_out
        ],
    }


def _as_table(selection: Selection, roots: list[Path], width: int, *, show_all: bool) -> Iterator[str]:
    from pandemonium.text.language import language_name

    kept = selection.kept
    left_out = selection.left_out
    if kept:
        texts = _counted(len(kept), "text")
        words = _counted(selection.words, "word")
        yield f"Kept: {texts}, {words}, in {language_name(selection.language)}"
        yield ""
        yield f"  {'words':>11}  {'format':<6}  text"
        yield from _kept_lines(kept, selection.language, roots, width, show_all=show_all)
        yield from _cut_lines(kept, roots, width)
    else:
        yield "Nothing is kept."
    if left_out:
        yield ""
        yield f"Left out: {_counted(len(left_out), 'file')}"
    for reason, group in _by_reason(left_out):
        yield ""
        yield f"  {reason}" + (f"  ({len(group)} files)" if len(group) > 1 else "")
        shown = group if show_all or len(group) <= _SHOWN + 1 else group[:_SHOWN]
        for each in shown:
            words = f"  {each.file.words:,} words" if each.can_be_kept else ""
            yield f"    {_shortened(_below(each.file.path, roots), width - 4 - len(words))}{words}"
        if len(shown) < len(group):
            yield f"    ... and {len(group) - len(shown)} more (--all lists them)"
    if any(each.can_be_kept for each in left_out):
        yield ""
        yield "To keep a text all the same: --include PATH. To leave one out: --exclude PATH."


def _kept_lines(
    kept: Sequence[Decision], language: str, roots: list[Path], width: int, *, show_all: bool
) -> Iterator[str]:
    """A line for each text; many short ones of a folder, which are read together, share one."""
    from pandemonium.text.language import UNKNOWN, language_name

    together: dict[Path, list[Decision]] = {}
    for each in kept:
        if each.file.is_short and not show_all:
            together.setdefault(each.file.path.parent, []).append(each)
    for each in kept:
        group = together.get(each.file.path.parent, []) if each.file.is_short else []
        if len(group) > _SHOWN:
            if each is group[0]:
                words = sum(one.file.words for one in group)
                note = f"  ({len(group):,} short texts, read together)"
                name = _shortened(_below(each.file.path.parent, roots), width - 23 - len(note))
                yield f"  {words:>11,}  {each.file.format:<6}  {name}{note}"
            continue
        told = each.file.language in (language, UNKNOWN if each.file.is_short else language)
        note = "" if told else f"  ({language_name(each.file.language)})"
        note += "  (as you asked)" if each.overruled else ""
        name = _shortened(_below(each.file.path, roots), width - 23 - len(note))
        yield f"  {each.file.words:>11,}  {each.file.format:<6}  {name}{note}"


def _cut_lines(kept: Sequence[Decision], roots: list[Path], width: int) -> Iterator[str]:
    """What is cut from the texts that are kept, and from which of them."""
    kinds: dict[str, list[str]] = {}
    for each in kept:
        for kind in each.file.cuts:
            kinds.setdefault(kind, []).append(_below(each.file.path, roots))
    if kinds:
        yield ""
        yield "Cut from them, since it is no prose of theirs:"
    for kind, names in kinds.items():
        where = ", ".join(names) if len(names) <= _NAMED else f"{names[0]} and {len(names) - 1:,} more"
        yield f"  {kind}: {_shortened(where, width - 4 - len(kind))}"


def _by_reason(decisions: Iterable[Decision]) -> list[tuple[str, list[Decision]]]:
    """Groups files by their reason; those that hold text, and can be asked back, come first."""
    groups: dict[str, list[Decision]] = {}
    for each in decisions:
        groups.setdefault(each.reason, []).append(each)
    return sorted(groups.items(), key=lambda item: (not item[1][0].can_be_kept, len(item[1])))


def _below(path: Path, roots: list[Path]) -> str:
    """The path below the one root that was named, as a person would say it."""
    if len(roots) == 1 and path != roots[0] and path.is_relative_to(roots[0]):
        return str(path.relative_to(roots[0]))
    return str(path)


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= max(width, 12) else f"...{text[-max(width, 12) + 3 :]}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
