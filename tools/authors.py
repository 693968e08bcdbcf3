"""Several authors, each learned three times in the same minutes, as a table: as this program learns, and by plain Adam.

Plain Adam keeps its rate up to the end and takes what stands then, as tutorials do. "Adam, eased" is as good as it
can be made: the rate falls, and the state is kept that did best on held-out pages.

The trainings are this program's own `train`, and what becomes of the base voice's own author is measured by
`evaluate`: the table can be had from the command line alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pandemonium.errors import PandemoniumError, TrainingError

EASED: dict[str, float] = {"replay": 0, "layer_factor": 1, "average": 1, "weight_decay": 0, "foundation": 0}
PLAIN: dict[str, float] = {**EASED, "ease": 0}
_HEAD = ("author", "characters", "foundation", "base", "plain Adam", "ours", "gain", "on plain")
_EASED_HEAD = ("Adam, eased", "on eased")
_KEPT_HEAD = ("its own author, before", "after")


@dataclass(frozen=True)
class Author:
    """What three trainings made of one author; bits a character, on held-out pages.

    Attributes:
        name: of the file or folder.
        characters: that were learned from.
        foundation: how far from the base voice (0) to its foundation (1) ours began.
        before: of the base voice.
        plain: after plain Adam.
        ours: after this program's own training.
        eased: after Adam whose rate falls at the end, with the best state kept; None where that was left out.
        kept: of the base voice on its own author's pages, before and after ours; None where none were given.
    """

    name: str
    characters: int
    foundation: float
    before: float
    plain: float
    ours: float
    eased: float | None = None
    kept: tuple[float, float] | None = None

    def row(self) -> str:
        """A row of the table."""
        cells = [
            self.name,
            f"{self.characters:,}",
            f"{self.foundation:g}",
            *(f"{bits:.3f}" for bits in (self.before, self.plain, self.ours)),
            *(_change(other, self.ours) for other in (self.before, self.plain)),
        ]
        if self.eased is not None:
            cells += [f"{self.eased:.3f}", _change(self.eased, self.ours)]
        if self.kept is not None:
            cells += [f"{self.kept[0]:.3f}", f"{self.kept[1]:.3f} ({_change(*self.kept)})"]
        return f"| {' | '.join(cells)} |"


def table(authors: Sequence[Author]) -> str:
    """All authors as a Markdown table; a minus is an improvement."""
    head = list(_HEAD)
    if any(author.eased is not None for author in authors):
        head += _EASED_HEAD
    if any(author.kept is not None for author in authors):
        head += _KEPT_HEAD
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join([*(f"| {' | '.join(line)} |" for line in (head, rule)), *(author.row() for author in authors)])


class Comparison:
    """Trains and measures, in a home of its own, by child processes.

    Args:
        home: a folder for voices and trainings.
        base: the voice's name or file.
        minutes: of learning, for each training.
        side_by_side: an author's trainings run at the same time, with one thread each.
        eased: Adam whose rate falls is compared with as well.
    """

    def __init__(
        self, home: Path, base: str, minutes: float, *, side_by_side: bool = False, eased: bool = True
    ) -> None:
        self._home = home
        self._base = base
        self._minutes = minutes
        self._side_by_side = side_by_side
        self._ways: dict[str, dict[str, float]] = {"ours": {}, "plain": PLAIN} | ({"eased": EASED} if eased else {})

    def author(self, texts: Path, keep: Sequence[Path] = ()) -> Author:
        """All trainings of one author.

        Args:
            texts: a file or folder.
            keep: pages of the base voice's own author.

        Raises:
            TrainingError: one of the commands failed; its sentence is ours.
        """
        if self._side_by_side:
            started = {name: self._start(texts, name, way, 1) for name, way in self._ways.items()}
            told = {name: _ended(process) for name, process in started.items()}
        else:
            told = {name: _ended(self._start(texts, name, way, 0)) for name, way in self._ways.items()}
        ours = told["ours"]
        planned = next(event for event in ours if event["event"] == "plan")
        kept = None
        if keep:
            kept = self._bits(self._base, keep), self._bits(ours[-1]["path"], keep)
        name = texts.stem if texts.is_file() else texts.name
        after = {way: events[-1]["after"] for way, events in told.items()}
        return Author(name, planned["characters"], planned["foundation_share"], ours[-1]["before"], **after, kept=kept)

    def _start(self, texts: Path, way: str, changes: dict[str, float], threads: int) -> subprocess.Popen[str]:
        words = [
            str(texts),
            "--name",
            f"{texts.stem[:40]} {way}",
            "--replace",
            "--base",
            self._base,
            "--minutes",
            str(self._minutes),
        ]
        words += ["--threads", str(threads), "--json"]
        return self._command("train", *words, *(f"--set={key}={value}" for key, value in changes.items()))

    def _bits(self, voice: str, files: Sequence[Path]) -> float:
        process = self._command("evaluate", *map(str, files), "--voice", voice, "--no-memory", "--json")
        return float(_ended(process)[-1]["bits_per_character"])

    def _command(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "pandemonium", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PANDEMONIUM_HOME": str(self._home)},
        )


def main(arguments: list[str] | None = None) -> int:
    """The command: learns each author by this program's training and by plain Adam, and prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tools.authors", description=main.__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="a file or folder for each author")
    parser.add_argument("--minutes", type=float, default=20.0, help="of learning, for each training")
    parser.add_argument("--base", default="lovecraft", metavar="VOICE", help="the voice to go on from")
    parser.add_argument("--keep", type=Path, nargs="+", default=[], metavar="FILE", help="the base voice's own author")
    parser.add_argument("--without-eased", action="store_true", help="compares with plain Adam alone")
    parser.add_argument("--side-by-side", action="store_true", help="an author's trainings at once, a thread each")
    chosen = parser.parse_args(arguments)
    try:
        if missing := [path for path in (*chosen.texts, *chosen.keep) if not path.exists()]:
            raise TrainingError(f"There is no file or folder {missing[0]}.", "Check its name.")
        base = str(Path(chosen.base).absolute()) if Path(chosen.base).is_file() else chosen.base
        with tempfile.TemporaryDirectory(prefix="pandemonium-authors-") as home:
            comparison = Comparison(
                Path(home), base, chosen.minutes, side_by_side=chosen.side_by_side, eased=not chosen.without_eased
            )
            found: list[Author] = []
            for path in chosen.texts:
                found.append(comparison.author(path.absolute(), [each.absolute() for each in chosen.keep]))
                print(found[-1].row(), file=sys.stderr, flush=True)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(found))
    return 0


def _ended(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """Waits for a command and gives its lines."""
    said, complaint = process.communicate()
    if process.returncode:
        raise TrainingError((complaint.strip().splitlines() or ["A command came to no end."])[-1])
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def _change(before: float, after: float) -> str:
    change = 100 * (after / before - 1) if before else 0.0
    return f"{change:+.1f} %".replace("-", "\u2212")


if __name__ == "__main__":
    sys.exit(main())
