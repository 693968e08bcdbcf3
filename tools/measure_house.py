"""Measures how the program is put together: `QT_QPA_PLATFORM=offscreen python tools/measure_house.py [--json]`.

What the code says: lines, files, imports inside desktop/ that run from a lower part to a higher one, floors, and how
many files name a setting, a command or a format. What a window does: the files, functions, lines and calls that a
Continue passes from the key to the first painted text, and that one move of a slider passes.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "app" / "pandemonium"
DESKTOP = PACKAGE / "desktop"
PARTS = ("core", "editor", "shell", "features", "app")  # of desktop/, the lowest first
# Read where they stand, and from Python 3.12 on no calls of their own, most of them.
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
FORMATS = ("docx", "odt", "epub", "rtf", "html", "md")


def modules(folder: Path) -> Iterator[Path]:
    """The modules below a folder."""
    yield from sorted(folder.rglob("*.py"))


def lines_of(folder: Path) -> int:
    """The lines of all modules below a folder."""
    return sum(len(path.read_text("utf-8").splitlines()) for path in modules(folder))


def part_of(module: str) -> str:
    """The part of desktop/ that a module lies in; a feature is a part of its own."""
    names = module.split(".")[2:]
    if len(names) < 2:
        return "app"  # the package's own module opens what lies there
    return "/".join(names[:2]) if names[0] == "features" and len(names) > 2 else names[0]


def imports() -> dict[str, set[str]]:
    """Which parts of desktop/ each part imports."""
    found: dict[str, set[str]] = {}
    for path in modules(DESKTOP):
        names = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(names[:-1] if names[-1] == "__init__" else names)
        here = part_of(module)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pandemonium.desktop."):
                there = part_of(str(node.module))
                if there != here:
                    found.setdefault(here, set()).add(there)
    return found


def upward(found: dict[str, set[str]]) -> list[str]:
    """The imports from a lower part to a higher one, and those of features that import each other in a circle."""

    def rank(part: str) -> int:
        top = part.split("/")[0]
        return PARTS.index(top) if top in PARTS else len(PARTS)

    wrong = {f"{a} -> {b}" for a, those in found.items() for b in those if rank(a) < rank(b) and a != "desktop"}
    return sorted(wrong | {f"{a} <-> {b}" for a, b in circles(found)})


def circles(found: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Pairs of parts each of which reaches the other."""
    reach = {part: reached(found, part) for part in found}
    return {(a, b) for a in reach for b in reach[a] if a < b and a in reach.get(b, set())}


def reached(found: dict[str, set[str]], part: str) -> set[str]:
    """All parts that a part imports, directly or not."""
    seen: set[str] = set()
    waiting = [part]
    while waiting:
        for each in found.get(waiting.pop(), set()) - seen:
            seen.add(each)
            waiting.append(each)
    return seen


def floors(found: dict[str, set[str]]) -> int:
    """The parts that lie above each other: the longest way down; parts in a circle lie on one floor."""
    reach = {part: reached(found, part) for part in {*found, *(each for those in found.values() for each in those)}}

    def height(part: str) -> int:
        below = [each for each in reach[part] if part not in reach[each]]
        return 1 + max(map(height, below), default=0)

    return max(map(height, reach), default=0)


def files_naming(pattern: str, skip: str = "") -> int:
    """How many modules of the program match a pattern, those of a folder left out."""
    wanted = re.compile(pattern)
    paths = (path for path in modules(PACKAGE) if not skip or skip not in path.as_posix())
    return sum(bool(wanted.search(path.read_text("utf-8"))) for path in paths)


def what_the_code_says() -> dict[str, Any]:
    """Lines, files, imports, floors, and files that name one thing."""
    from dataclasses import fields

    from pandemonium.settings import Settings, Shortcuts

    names = [
        each.name
        for table in fields(Settings)
        if not isinstance(values := getattr(Settings(), table.name), Shortcuts)
        for each in fields(values)
    ]
    commands = {name for path in modules(DESKTOP) for name in re.findall(r'"(\w+Action)"', path.read_text("utf-8"))}
    found = imports()
    return {
        "lines": lines_of(PACKAGE),
        "files": len(list(modules(PACKAGE))),
        "desktop_lines": lines_of(DESKTOP),
        "desktop_files": len(list(modules(DESKTOP))),
        "upward_imports": upward(found),
        "floors": floors(found),
        "files_naming_a_setting": statistics.mean(files_naming(rf"\b{name}\b", "/writing/") for name in names),
        "files_naming_a_command": statistics.mean(files_naming(rf'"{name}"') for name in commands),
        "files_naming_a_format": statistics.mean(files_naming(rf'["\'.]{name}["\']') for name in FORMATS),
    }


class Trace:
    """What of the program runs while it is on, on every thread that was started behind it."""

    def __init__(self) -> None:
        self.is_on = False
        self.lines: set[tuple[str, int]] = set()
        self.of_window: set[str] = set()  # files that the window's own thread passed
        self.calls = 0
        self.functions: set[tuple[str, int]] = set()
        self.steps: set[tuple[str, str]] = set()  # from one file into another
        threading.settrace(self._call)
        sys.settrace(self._call)

    def begin(self) -> None:
        """Starts counting."""
        self.lines = set()
        self.of_window = set()
        self.functions = set()
        self.steps = set()
        self.calls = 0
        self.is_on = True

    def end(self) -> dict[str, Any]:
        """Stops counting, and gives what was passed."""
        self.is_on = False
        files = sorted({name for name, _ in self.lines})
        return {
            "files": len(files),
            "files_of_the_window": len(self.of_window),
            "steps_between_files": len(self.steps),
            "functions": len(self.functions),
            "lines": len(self.lines),
            "calls": self.calls,
            "names": files,
        }

    def _call(self, frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        name = frame.f_code.co_filename
        if not name.startswith(str(PACKAGE)):
            return None
        if self.is_on:
            self.calls += 1
            if frame.f_code.co_name not in COMPREHENSIONS:
                self.functions.add((name, frame.f_code.co_firstlineno))
            caller = frame.f_back.f_code.co_filename if frame.f_back is not None else ""
            if caller != name and caller.startswith(str(PACKAGE)):
                self.steps.add((caller, name))
            if threading.current_thread() is threading.main_thread():
                self.of_window.add(name)
            self._line(frame, event, None)
        return self._line

    def _line(self, frame: FrameType, event: str, _: object) -> Callable[..., Any]:
        if self.is_on:
            self.lines.add((frame.f_code.co_filename[len(str(PACKAGE)) + 1 :], frame.f_lineno))
        return self._line


def what_a_window_does() -> dict[str, Any]:
    """Presses Continue and moves a slider in a real window."""
    os.environ["PANDEMONIUM_HOME"] = tempfile.mkdtemp()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QSlider, QTextEdit
    from qasync import QEventLoop

    from pandemonium.desktop import create_window

    trace = Trace()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    window = create_window(None)
    window.show()
    editor: Any = window.findChild(QTextEdit, "documentEditor")
    slider: QSlider = window.findChild(QSlider, "temperatureSlider")  # type: ignore[assignment]

    class Painted:
        """Ends the trace when the page was painted with more text than before; the page itself says so."""

        def __init__(self) -> None:
            self.found: dict[str, Any] | None = None
            self.length = 0
            self._tell_observers = editor.after_paint.painted
            editor.after_paint.painted = self._painted

        def wait_for_more(self) -> None:
            self.found = None
            self.length = len(editor.toPlainText())

        def _painted(self) -> None:
            if self.length and len(editor.toPlainText()) > self.length:
                self.length = 0
                self.found = trace.end()
            self._tell_observers()

    painted = Painted()

    async def drive() -> dict[str, Any]:
        await asyncio.sleep(3)
        QTest.keyClicks(editor, "The house had stood empty since my grandfather's time.")
        for _ in range(2):  # the first reads the voice's own pages
            await asyncio.sleep(3)
            painted.wait_for_more()
            trace.begin()
            QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            until = time.monotonic() + 60
            while painted.found is None and time.monotonic() < until:
                await asyncio.sleep(0.005)
            QTest.keyClick(editor, Qt.Key.Key_Escape)
        await asyncio.sleep(2)
        trace.begin()
        slider.setValue(slider.value() + 7)
        return {"continue_key": painted.found, "slider": trace.end()}

    found = loop.run_until_complete(drive())
    sys.settrace(None)
    return dict(found)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one object, with the names of all files")
    parser.add_argument("--code", action="store_true", help="only what the code says")
    arguments = parser.parse_args()
    figures = what_the_code_says() | ({} if arguments.code else what_a_window_does())
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            if isinstance(value, dict):
                value = ", ".join(f"{number} {what}" for what, number in value.items() if what != "names")
            elif isinstance(value, list):
                value = f"{len(value)} {value}"
            print(f"{name}: {value if not isinstance(value, float) else round(value, 2)}")
    sys.stdout.flush()
    os._exit(0)  # the writing thread need not be waited for


if __name__ == "__main__":
    main()
