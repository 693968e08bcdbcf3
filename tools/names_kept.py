"""How often a person of the opening is named again soon: a voice beside the author's own continuations.

python -m tools.names_kept TALE... [--voice lovecraft] [--set temperature=0.5] [--pinned]

With `--pinned`, people whom the last page names are put into the scene as a writer does with a click; told are also how
often the pronoun is theirs, and how many strangers come in.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.naming import DraftNames
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.library import DEFAULT
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest, Person
from pandemonium.writing.sampling.balance import read_text
from pandemonium.writing.sampling.names import PASSAGE_WORDS, find_cast
from tools.samples import change
from tools.writer import open_writer

WORDS = 80
_PAGE = 1800  # characters before the opening, within which somebody must be named to be put into the scene
_MOST_PINNED = 3
_STOP = re.compile(r"[.!?][\"')]*(?=\s)")
_GENDERED = {**dict.fromkeys(("he", "him", "his", "himself"), "he"), **dict.fromkeys(("she", "her", "herself"), "she")}


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


@dataclass
class Counts:
    """What continuations have of a scene: how many name somebody of it, its names, its pronouns, and strangers."""

    named: int = 0
    names: int = 0
    right: int = 0
    pronouns: int = 0
    strangers: int = 0
    most: int = 0
    worst: str = field(default="", repr=False)

    def add(self, text: str, before: str, scene: Sequence[Person]) -> None:
        """Takes in one continuation of `before`."""
        forms = {form for each in scene for form in each.forms}
        count = len(re.findall(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, forms))})(?![^\W\d_])", text))
        self.named += count > 0
        self.names += count
        if count > self.most:
            self.most = count
            self.worst = text
        genders = {each.pronoun for each in scene}
        if len(genders) == 1 and (gender := next(iter(genders))) in ("he", "she"):
            told = [_GENDERED[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _GENDERED]
            self.right += told.count(gender)
            self.pronouns += len(told)
        self.strangers += sum(not names(before, [name]) for name in find_cast(text, 10 * WORDS).people)


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


def scene_of(before: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Whom a writer would put into the scene: people of the last page, those named last; and all names of the draft."""
    draft = DraftNames()
    paragraphs = before.split(PARAGRAPH)
    draft.read(paragraphs)
    page = before[-_PAGE:]
    people = [each for each in draft.names if each.kind == "person" and each.count > 1 and names(page, each.forms)]
    people.sort(key=lambda each: -max(page.rfind(form) for form in each.forms))
    scene = tuple(
        Person(each.called, each.pronoun, tuple(form for form in each.forms if form != each.called)) for each in people
    )
    return scene[:_MOST_PINNED], tuple(form for each in draft.names for form in each.forms)


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.names_kept", description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="plain texts that no voice was trained on")
    parser.add_argument("--voice", default=DEFAULT, help="a name out of the library, or a .voice file")
    parser.add_argument("--openings", type=int, default=40, help="how many at most, drawn from all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pinned", action="store_true", help="put the people of the last page into the scene")
    parser.add_argument("--set", dest="changes", type=change, action="append", default=[], metavar="SETTING=VALUE")
    chosen = parser.parse_args(arguments)
    try:
        found = [opening for path in chosen.texts for opening in find_openings(read_text(path), 900)]
        random.Random(chosen.seed).shuffle(found)
        continuer = open_writer(chosen.voice)
        if chosen.pinned:
            _compare_scenes(continuer, found, chosen)
        else:
            _compare_passages(continuer, found[: chosen.openings], chosen)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _compare_passages(continuer: Continuer, found: Sequence[Opening], chosen: argparse.Namespace) -> None:
    author = ours = 0
    for number, opening in enumerate(found):
        text = _continue(continuer, opening.before, number, chosen)
        author += names(opening.author, opening.people)
        ours += names(text, opening.people)
    print(f"{len(found)} openings, {WORDS} words: the author names somebody of the opening in {author}, ", end="")
    print(f"{continuer.voice.name} in {ours}")


def _compare_scenes(continuer: Continuer, found: Sequence[Opening], chosen: argparse.Namespace) -> None:
    scenes = [(opening, *scene_of(opening.before)) for opening in found]
    scenes = [each for each in scenes if each[1]][: chosen.openings]
    columns = {"the author": Counts(), "nobody pinned": Counts(), "pinned": Counts()}
    for number, (opening, scene, known) in enumerate(scenes):
        columns["the author"].add(opening.author, opening.before, scene)
        text = _continue(continuer, opening.before, number, chosen)
        columns["nobody pinned"].add(text, opening.before, scene)
        text = _continue(continuer, opening.before, number, chosen, scene, known)
        columns["pinned"].add(text, opening.before, scene)
    print(f"{len(scenes)} openings, {WORDS} words, {continuer.voice.name}")
    print(f"{'':16}{'named in':>10}{'names':>8}{'most':>6}{'own pronoun':>14}{'strangers':>11}")
    for title, each in columns.items():
        print(
            f"{title:16}{each.named:10}{each.names:8}{each.most:6}{f'{each.right} of {each.pronouns}':>14}"
            f"{each.strangers:11}"
        )
    print(f"\nMost names when pinned:\n{columns['pinned'].worst}")


def _continue(
    continuer: Continuer,
    before: str,
    number: int,
    chosen: argparse.Namespace,
    scene: tuple[Person, ...] = (),
    known: tuple[str, ...] = (),
) -> str:
    settings = replace(WritingSettings(words=WORDS, seed=chosen.seed + number), **dict(chosen.changes))
    request = ContinueRequest(
        number, 0, before, settings=settings, paragraph=PARAGRAPH, cast=scene, known=known if scene else ()
    )
    text = "".join(piece.text for piece in continuer.write(request))
    return " ".join(text.split()[:WORDS])


if __name__ == "__main__":
    sys.exit(main())
