"""Continues the openings in `resources/openings.toml` at every preset and prints them unedited, as a page to read.

    python -m pandemonium.writing.samples --voice models/lovecraft.voice > docs/samples.md
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.settings import PRESETS, WritingSettings
from pandemonium.voice.file import load_voice
from pandemonium.voice.library import DEFAULT, VoiceLibrary
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtime import open_runtime


def write_page(voice_file: Path, openings: Path, words: int, seed: int) -> str:
    """Gives the page as Markdown.

    Args:
        voice_file: the voice.
        openings: a TOML file of [[opening]] tables with `source` and `text`.
        words: of each continuation.
        seed: of the first; each opening and preset has its own.
    """
    voice = load_voice(voice_file)
    continuer = Continuer(voice, open_runtime(voice))
    parts = [
        "# Unedited samples\n",
        f"Printed by `python -m pandemonium.writing.samples --seed {seed} --words {words}`: every opening once at each "
        "preset, nothing chosen, nothing mended. The opening is in italics.\n",
    ]
    for number, opening in enumerate(tomllib.loads(openings.read_text("utf-8"))["opening"]):
        parts.append(f"## {number + 1} ({opening['source']})\n")
        parts.append(f"*{opening['text']}*\n")
        for offset, preset in enumerate(PRESETS):
            settings = WritingSettings(
                temperature=preset.temperature, top_p=preset.top_p, words=words, seed=seed + 10 * number + offset
            )
            writing = continuer.write(ContinueRequest(number, 0, opening["text"], settings=settings))
            text = "".join(piece.text for piece in writing)
            parts.append(f"**{preset.name}.** ...{text}\n")
    return "\n".join(parts)


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pandemonium.writing.samples", description=__doc__)
    parser.add_argument("--voice", default=DEFAULT, help="a name out of the library, or a .voice file")
    parser.add_argument("--openings", type=Path, default=paths.resources() / "openings.toml")
    parser.add_argument("--words", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    try:
        library = VoiceLibrary(bundled=paths.models(), own=paths.user_voices())
        print(write_page(library.find(chosen.voice), chosen.openings, chosen.words, chosen.seed))
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
