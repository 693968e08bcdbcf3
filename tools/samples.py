"""Continues the openings in `resources/openings.toml` and prints what comes, unedited: to be read, or to be counted.

python -m tools.samples > docs/samples.md
python -m tools.samples --plain --preset balanced --rounds 7 --words 120 > sample.txt
python -m tools.samples --plain --preset balanced --rounds 7 --words 120 --set balance=0 > sample.txt
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.settings.presets import PRESETS, Preset
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.voice.library import DEFAULT
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from tools.writer import open_writer

_SEEDS_APART = 1000


@dataclass(frozen=True)
class Sample:
    """One continuation.

    Attributes:
        opening: what was continued.
        source: where the opening is from.
        preset: how.
        text: what was written.
    """

    opening: str
    source: str
    preset: Preset
    text: str


def write_samples(
    continuer: Continuer,
    openings: Path,
    presets: list[Preset],
    *,
    words: int,
    seed: int,
    rounds: int = 1,
    changes: Mapping[str, Any] | None = None,
) -> Iterator[Sample]:
    """Continues every opening once a round at each preset, each with a seed of its own.

    Args:
        continuer: the voice at work.
        openings: a TOML file of [[opening]] tables with `source` and `text`.
        presets: the settings; everything else is at its default.
        words: of each continuation.
        seed: of the first.
        rounds: how often.
        changes: settings that are not at their default nor the preset's.
    """
    table = tomllib.loads(openings.read_text("utf-8"))["opening"]
    for round_ in range(rounds):
        for number, opening in enumerate(table):
            for offset, preset in enumerate(presets):
                own_seed = seed + round_ * _SEEDS_APART + 10 * number + offset
                settings = replace(preset.apply(WritingSettings(words=words, seed=own_seed)), **(changes or {}))
                writing = continuer.write(ContinueRequest(number, 0, opening["text"], settings=settings))
                yield Sample(opening["text"], opening["source"], preset, "".join(piece.text for piece in writing))


def page(samples: Iterator[Sample], command: str) -> Iterator[str]:
    """The samples as Markdown, part by part."""
    yield (
        f"# Unedited samples\n\nPrinted by `{command}`: every opening once at each preset, nothing chosen, nothing "
        "mended. The opening is in italics.\n"
    )
    last = ""
    number = 0
    for sample in samples:
        if sample.opening != last:
            last = sample.opening
            number = number + 1
            yield f"\n## {number} ({sample.source})\n\n*{sample.opening}*\n"
        yield f"\n**{sample.preset.key.capitalize()}.** ...{sample.text}\n"


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.samples", description=__doc__)
    parser.add_argument("--voice", default=DEFAULT, help="a name out of the library, or a .voice file")
    parser.add_argument("--openings", type=Path, default=paths.resources() / "openings.toml")
    parser.add_argument("--words", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--preset", choices=[preset.key for preset in PRESETS], help="this one alone")
    parser.add_argument("--set", dest="changes", type=change, action="append", default=[], metavar="SETTING=VALUE")
    parser.add_argument("--plain", action="store_true", help="the continuations alone, to be counted")
    chosen = parser.parse_args(arguments)
    presets = [preset for preset in PRESETS if chosen.preset in (None, preset.key)]
    try:
        samples = write_samples(
            open_writer(chosen.voice),
            chosen.openings,
            presets,
            words=chosen.words,
            seed=chosen.seed,
            rounds=chosen.rounds,
            changes=dict(chosen.changes),
        )
        if chosen.plain:
            print(PARAGRAPH.join(sample.text.strip() for sample in samples))
        else:
            changes = "".join(f" --set {name}={value:g}" for name, value in chosen.changes)
            command = f"python -m tools.samples --words {chosen.words} --seed {chosen.seed}{changes}"
            for part in page(samples, command):
                print(part, end="", flush=True)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def change(argument: str) -> tuple[str, Any]:
    """ "balance=0" as a name and a value of the type that the setting has."""
    name, _, value = argument.partition("=")
    usual = getattr(WritingSettings(), name) if name in {each.name for each in fields(WritingSettings)} else None
    if isinstance(usual, bool) or not isinstance(usual, (int, float)):
        raise argparse.ArgumentTypeError(f"no setting that is a number: {name!r}")
    return name, type(usual)(value)


if __name__ == "__main__":
    sys.exit(main())
