"""How often a person of the opening is named again soon: a voice beside the author's own continuations.

python -m tools.names_kept TALE... [--voice lovecraft] [--set temperature=0.5]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.file import load_voice
from pandemonium.voice.library import DEFAULT, VoiceLibrary
from pandemonium.writing.balance import read_text
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.names import PASSAGE_WORDS, find_cast
from pandemonium.writing.opening import open_runtime
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.samples import change

WORDS = 80
_STOP = re.compile(r"[.!?][\"')]*(?=\s)")


@dataclass(frozen=True)
class Opening:
    """A place in a tale where somebody is spoken of.

    Attributes:
        before: the text up to a sentence's end, canonical.
        people: who is named in its last words.
        author: how the author went on, as many words as are looked at.
    """

    before: str
    people: tuple[str, ...]
    author: str


def find_openings(text: str, apart: int, words: int = WORDS, *, named: bool = True) -> Iterator[Opening]:
    """Places between two sentences, so many characters apart at least; `named`: where the passage names somebody."""
    text = clean(text)
    last = -apart
    for match in _STOP.finditer(text):
        place = match.end()
        if place - last < apart or place < 400 or not ends_sentence(text[max(0, place - 40) : place]):
            continue
        following = text[place:].split(" ")
        cast = find_cast(text[:place], PASSAGE_WORDS)
        if (cast.people or not named) and len(following) > words:
            last = place
            yield Opening(text[:place], cast.people, " ".join(following[: words + 1]))


def names(text: str, people: Sequence[str]) -> bool:
    """Tells whether `text` names one of `people`."""
    return any(re.search(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", text) for name in people)


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.names_kept", description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="plain texts that no voice was trained on")
    parser.add_argument("--voice", default=DEFAULT, help="a name out of the library, or a .voice file")
    parser.add_argument("--openings", type=int, default=40, help="how many at most, drawn from all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", dest="changes", type=change, action="append", default=[], metavar="SETTING=VALUE")
    chosen = parser.parse_args(arguments)
    try:
        found = [opening for path in chosen.texts for opening in find_openings(read_text(path), 900)]
        random.Random(chosen.seed).shuffle(found)
        found = found[: chosen.openings]
        voice = load_voice(VoiceLibrary(bundled=paths.models(), own=paths.user_voices()).find(chosen.voice))
        continuer = Continuer(voice, open_runtime(voice, "cpu"))
        author = ours = 0
        for number, opening in enumerate(found):
            settings = replace(WritingSettings(words=WORDS, seed=chosen.seed + number), **dict(chosen.changes))
            request = ContinueRequest(number, 0, opening.before, settings=settings, paragraph=PARAGRAPH)
            text = "".join(piece.text for piece in continuer.write(request))
            author += names(opening.author, opening.people)
            ours += names(" ".join(text.split()[:WORDS]), opening.people)
        print(f"{len(found)} openings, {WORDS} words: the author names somebody of the opening in {author}, ", end="")
        print(f"{voice.name} in {ours}")
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
