"""`pandemonium benchmark`: this machine's figures, each beside an alternative in the same run."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

NAME = "benchmark"
HELP = "measures writing, reading, training and the window on this machine"
_PARTS = ("window", "editor", "training", "jump")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("--voice", default="lovecraft", help="a name out of the library, or a .voice file")
    parser.add_argument("--editor", action="store_true", help="measures the page under a book of 500,000 words instead")
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument("--markdown", action="store_true", help="the table of docs/performance.md, the editor included")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--book", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kept", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, default=0.0, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Prints the figures."""
    from pandemonium.cli.texts import library

    path = library().find(arguments.voice)
    if arguments.part:
        print(json.dumps(_measure_part(arguments, path)))
        return 0
    from pandemonium.benchmark.machine import describe_machine
    from pandemonium.benchmark.report import markdown

    machine = describe_machine()
    figures: dict[str, dict[str, float]] = {}
    if not arguments.editor:
        figures |= _whole(path)
    if arguments.editor or arguments.markdown:
        figures |= _editor(path)
    rounded = {part: {name: round(value, 3) for name, value in values.items()} for part, values in figures.items()}
    if arguments.json:
        print(json.dumps({"machine": machine, **rounded}))
    elif arguments.markdown:
        print(markdown(machine, figures))
    else:
        _print(machine, rounded)
    return 0


def _whole(voice: Path) -> dict[str, dict[str, float]]:
    """All but the editor; the window first, in a process of its own, before torch takes room in this one."""
    from pandemonium.benchmark.child import measure_in_child
    from pandemonium.benchmark.writing import measure_writing

    window = measure_in_child("window", "--voice", str(voice))
    return {**measure_writing(voice), **window, "training": measure_in_child("training", "--voice", str(voice))}


def _editor(voice: Path) -> dict[str, dict[str, float]]:
    from pandemonium.benchmark.child import measure_in_child
    from pandemonium.benchmark.editor import write_books

    with tempfile.TemporaryDirectory() as folder:
        books = write_books(Path(folder), voice)
        return {
            f"editor_{suffix}": measure_in_child("editor", "--voice", str(voice), "--book", str(book))
            for suffix, book in books.items()
        }


def _measure_part(arguments: argparse.Namespace, voice: Path) -> dict[str, Any]:
    if arguments.part == "editor":
        from pandemonium.benchmark.editor import measure_editor

        return measure_editor(arguments.book)
    if arguments.part == "training":
        from pandemonium.benchmark.training import measure_training

        return measure_training(voice)
    if arguments.part == "jump":
        from pandemonium.benchmark.jumping import measure_new_process

        return measure_new_process(voice, arguments.kept)
    from pandemonium.benchmark.window import measure_window

    with tempfile.TemporaryDirectory() as folder:
        return measure_window(Path(folder), voice, arguments.started)


def _print(machine: dict[str, object], figures: dict[str, dict[str, float]]) -> None:
    for name, value in machine.items():
        print(f"{name:<44} {value}")
    for part, values in figures.items():
        for name, figure in values.items():
            print(f"{part + ' ' + name:<44} {figure:>14,.3f}")
