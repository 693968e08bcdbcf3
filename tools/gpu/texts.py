"""The corpus as one small archive of text, to carry to a machine with a GPU and to tokenize there.

    python -m tools.gpu.texts pack --corpus CORPUS --output texts.xz [--megabytes 20]
    python -m tools.gpu.texts unpack texts.xz --work FOLDER --tokenizer models/classics.voice

Compressed text takes two thirds of the room of packed ids. What is packed is already clean, mended, and without what
held-out works share (`training.base.corpus.read_works`); the held-out tales lie in it apart, for evaluation alone.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from pathlib import Path

import numpy as np

from pandemonium.voice.file import load_voice
from tools.train_base.corpus import encode_works, held_out, read_works
from tools.train_base.training import TOKENS

# The author and what is nearest to him go whole; of the rest as many works are drawn as there is room for.
WHOLE = ("lovecraft", "weird")
SHARES = {"tales": 0.40, "modern": 0.30, "novels": 0.12, "classics": 0.12, "eltec": 0.06}
_BITS_A_CHARACTER = 2.15  # of prose in xz
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 28}]


def say(text: str) -> None:
    """Reports on standard error, at once."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def choose(works: dict[str, list[str]], characters: int) -> dict[str, list[str]]:
    """Draws works of about `characters` altogether: all of `WHOLE`, the other collections by `SHARES`."""
    chosen = {name: works[name] for name in WHOLE if name in works}
    room = characters - sum(len(text) for texts in chosen.values() for text in texts)
    random = np.random.default_rng(1)
    for name, share in SHARES.items():
        left = share * room
        chosen[name] = []
        for index in random.permutation(len(works.get(name, []))):
            text = works[name][index]
            if len(text) <= left:
                chosen[name].append(text)
                left -= len(text)
    return chosen


def pack(corpus: Path, output: Path, megabytes: float) -> None:
    """Writes the archive, of about `megabytes` at most."""
    works = choose(read_works(corpus, say), int(megabytes * 8e6 / _BITS_A_CHARACTER))
    closed = held_out(corpus)
    originals = {part: [path.read_text("utf-8") for path in closed[part]] for part in ("dev", "test")}
    data = json.dumps({"works": works, "originals": originals}, ensure_ascii=False).encode("utf-8")
    output.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(output, "wb", filters=_FILTERS) as file:
        file.write(data)
    say(f"{output}: {len(data):,} bytes of text in {output.stat().st_size:,}")


def unpack(archive: Path, work: Path, voice: Path) -> None:
    """Tokenizes the archive's texts into the token file of `work`, with the tokenizer of a voice."""
    with lzma.open(archive) as file:
        held = json.loads(file.read())
    tokenizer = load_voice(voice).tokenizer
    work.mkdir(parents=True, exist_ok=True)
    encode_works(held["works"], held["originals"], work / TOKENS, tokenizer.size, say, tokenizer)


def main() -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.gpu.texts", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("pack")
    packing.add_argument("--corpus", type=Path, required=True)
    packing.add_argument("--output", type=Path, required=True)
    packing.add_argument("--megabytes", type=float, default=20.0)
    unpacking = commands.add_parser("unpack")
    unpacking.add_argument("archive", type=Path)
    unpacking.add_argument("--work", type=Path, required=True)
    unpacking.add_argument("--tokenizer", type=Path, required=True, metavar="VOICE")
    chosen = parser.parse_args()
    if chosen.command == "pack":
        pack(chosen.corpus, chosen.output, chosen.megabytes)
    else:
        unpack(chosen.archive, chosen.work, chosen.tokenizer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
