"""Blind reading: shuffled sheets of continuations whose writers nobody sees, and the sums of the reader's marks.

python -m tools.blind make TALE... --folder SHEET --writer "cool: temperature=0.5" --writer "warm: temperature=0.8"
python -m tools.blind score SHEET

The protocol is docs/reading-protocol.md. `make` writes sheet.md (to be read), marks.csv (to be filled in) and key.json
(to be left alone until then).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.library import DEFAULT
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.sampling.balance import read_text
from tools.names_kept import find_openings
from tools.samples import change
from tools.writer import open_writer

MARKS = ("grammar", "sense", "fits", "style", "keep")
AUTHOR = "author"
_SHOWN = 500  # characters of the opening


@dataclass(frozen=True)
class Writer:
    """Somebody who goes on.

    Attributes:
        name: in the key.
        voice: a name out of the library, or a file; empty is the author.
        settings: what is not at its default.
    """

    name: str
    voice: str
    settings: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, argument: str) -> Writer:
        """Reads "NAME: voice=FILE, temperature=0.5"."""
        name, _, rest = argument.partition(":")
        parts = [part.strip() for part in rest.split(",") if part.strip()]
        voice = next((part.removeprefix("voice=") for part in parts if part.startswith("voice=")), DEFAULT)
        return cls(name.strip(), voice, tuple(change(part) for part in parts if not part.startswith("voice=")))


def write_all(writer: Writer, openings: Sequence[str], words: int, seed: int) -> Iterator[str]:
    """How `writer` goes on behind each opening."""
    continuer = open_writer(writer.voice)
    for number, before in enumerate(openings):
        settings = replace(WritingSettings(words=words, seed=seed + number), **dict(writer.settings))
        pieces = continuer.write(ContinueRequest(number, 0, before, settings=settings, paragraph=PARAGRAPH))
        yield "".join(piece.text for piece in pieces).strip()


def make(chosen: argparse.Namespace) -> None:
    """Writes the three files."""
    chance = random.Random(chosen.seed)
    found = [
        opening
        for path in chosen.texts
        for opening in find_openings(read_text(path), 1500, 2 * chosen.words, named=False)
    ]
    chance.shuffle(found)
    found = found[: chosen.openings]
    openings = [opening.before for opening in found]
    texts: dict[str, list[str]] = {}
    for writer in map(Writer.of, chosen.writer):
        texts[writer.name] = list(write_all(writer, openings, chosen.words, chosen.seed))
    if chosen.author:
        texts[AUTHOR] = [_first_words(opening.author, chosen.words) for opening in found]
    chosen.folder.mkdir(parents=True, exist_ok=True)
    sheet = ["# Blind reading", ""]
    key = []
    rows = [["item", "writer", *MARKS]]
    for item, before in enumerate(openings, 1):
        order = sorted(texts)
        chance.shuffle(order)
        key.append(order)
        sheet += [f"## {item}", "", "> ..." + before[-_SHOWN:].replace("\n", "\n> "), ""]
        for letter, name in zip("ABCDEFGHIJ", order, strict=False):
            sheet += [f"**{letter}** {texts[name][item - 1]}", ""]
            rows.append([str(item), letter, *[""] * len(MARKS)])
    (chosen.folder / "sheet.md").write_text("\n".join(sheet), "utf-8")
    (chosen.folder / "key.json").write_text(json.dumps({"seed": chosen.seed, "items": key}), "utf-8")
    with (chosen.folder / "marks.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _first_words(text: str, words: int) -> str:
    """The author's words up to the end of a sentence behind so many."""
    parts = text.strip().split(" ")
    for end in range(words, len(parts)):
        if ends_sentence(" ".join(parts[:end])[-40:]):
            return " ".join(parts[:end])
    return " ".join(parts[:words])


def score(folder: Path) -> Iterator[str]:
    """The table of the marks' means, the best writer by places first."""
    key = json.loads((folder / "key.json").read_text("utf-8"))["items"]
    with (folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    marks: dict[str, dict[str, list[float]]] = {}
    sums: dict[int, dict[str, float]] = {}
    for row in rows:
        if not all(row[name] for name in MARKS):
            continue
        item = int(row["item"])
        writer = key[item - 1]["ABCDEFGHIJ".index(row["writer"])]
        for name in MARKS:
            marks.setdefault(writer, {}).setdefault(name, []).append(float(row[name]))
        sums.setdefault(item, {})[writer] = sum(float(row[name]) for name in MARKS) + 3 * float(row["sense"])
    places: dict[str, list[float]] = {}
    for together in sums.values():
        for writer, own in together.items():
            better = sum(other > own for other in together.values())
            level = sum(other == own for other in together.values()) - 1
            places.setdefault(writer, []).append(1 + better + level / 2)
    yield "| writer | " + " | ".join(MARKS) + " | place | items |"
    yield "| --- " * (len(MARKS) + 3) + "|"
    for writer in sorted(marks, key=lambda each: statistics.mean(places[each])):
        means = [f"{statistics.mean(marks[writer][name]):.2f}" for name in MARKS]
        place = statistics.mean(places[writer])
        count = len(places[writer])
        yield f"| {writer} | " + " | ".join(means) + f" | {place:.2f} | {count} |"


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.blind", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="writes sheets")
    making.add_argument("texts", type=Path, nargs="+", help="plain texts that no voice was trained on")
    making.add_argument("--folder", type=Path, required=True)
    making.add_argument("--writer", action="append", default=[], metavar="NAME: SETTING=VALUE, ...")
    making.add_argument("--author", action="store_true", help="the author's own continuation is among them")
    making.add_argument("--openings", type=int, default=12)
    making.add_argument("--words", type=int, default=60)
    making.add_argument("--seed", type=int, default=1)
    scoring = commands.add_parser("score", help="sums up a folder's marks")
    scoring.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "make":
            make(chosen)
        else:
            print("\n".join(score(chosen.folder)))
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
