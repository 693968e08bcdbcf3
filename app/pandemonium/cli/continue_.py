"""`pandemonium continue`: prints a continuation as it is written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandemonium.cli.arguments import whole_number
from pandemonium.settings import WritingSettings

if TYPE_CHECKING:
    from pandemonium.voice.file import Voice
    from pandemonium.writing.insight.next_words import NextWords
    from pandemonium.writing.recipe import MixedVoice
    from pandemonium.writing.request import ContinueRequest

# The field's names for settings that have others here.
ALIASES = {"spelling": "--in-word-filter", "balance": "--logit-bias", "newcomers": "--new-name-penalty"}
LISTS = {
    "mix": ("--mix", "VOICE=SHARE", "a voice of the same vocabulary that is mixed in, as in classics=0.3"),
    "wanted": ("--want", "WORD", "a word that comes more easily; may be given more than once"),
    "banned": ("--ban", "PHRASE", "a phrase that never appears; may be given more than once"),
}
NAME = "continue"
_PRONOUNS = ("she", "he", "they", "it")
_LONGEST_NAME = 80
HELP = "goes on with a text, in a voice"
MOST_NEXT_WORDS = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments; one for each writing setting."""
    parser.add_argument("file", nargs="?", default="-", help="a document; - or nothing reads standard input")
    parser.add_argument("--voice", default="lovecraft", help="a name out of the library, or a .voice file")
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto")
    parser.add_argument(
        "--preset",
        default="",
        metavar="NAME_OR_FILE",
        help="careful, balanced, wild, a preset of your own, or a preset's file; other options go before it",
    )
    parser.add_argument(
        "--after",
        default="",
        metavar="FILE_OR_TEXT",
        help="what stands behind the place: what is written leads to it (a document, or the words themselves)",
    )
    parser.add_argument(
        "--rewrite",
        default="",
        metavar="SENTENCE",
        help="a sentence between the text and what --after says: finds other words for it, as many as --alternatives",
    )
    parser.add_argument(
        "--report-copied",
        action="store_true",
        help="says on standard error which of its words stand so in what the voice learned from (with --no-copy-guard)",
    )
    parser.add_argument("--json", action="store_true", help="one object instead of the text alone")
    parser.add_argument(
        "--recipe",
        type=Path,
        metavar="FILE",
        help="writes again what --json has printed into FILE, letter for letter, behind the same text",
    )
    parser.add_argument(
        "--next-words",
        type=whole_number(1, MOST_NEXT_WORDS),
        metavar="N",
        help="writes nothing, and lists the N likeliest next words with their chances instead",
    )
    parser.add_argument(
        "--cast",
        action="append",
        default=[],
        type=_person,
        metavar="NAME[:she|he|it]",
        help="somebody who is in the scene: is named again, and keeps strangers out; may be given more than once",
    )
    for each in fields(WritingSettings):
        options = [f"--{each.name.replace('_', '-')}", *([ALIASES[each.name]] if each.name in ALIASES else [])]
        if each.name in LISTS:
            option, metavar, help_text = LISTS[each.name]
            parser.add_argument(option, dest=each.name, action="append", metavar=metavar, help=help_text)
            continue
        help_text = f"{each.metadata['meaning']} (default {each.default})"
        if "switch" in each.metadata:
            parser.add_argument(*options, action=argparse.BooleanOptionalAction, default=None, help=help_text)
            continue
        within = _within(each.metadata, type(each.default))
        parser.add_argument(*options, type=within, help=help_text)


def run(arguments: argparse.Namespace) -> int:
    """Writes the continuation to standard output."""
    from pandemonium.cli.copied_runs import as_lines, copied_runs
    from pandemonium.cli.recipes import check_recipe, read_recipe
    from pandemonium.cli.texts import library, read_file_or_text, read_input
    from pandemonium.text.cleaning import PARAGRAPH
    from pandemonium.text.wrapping import lines_are_paragraphs
    from pandemonium.voice.file import file_sha256, load_voice
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.insight.next_words import next_words
    from pandemonium.writing.reading.context import BEHIND
    from pandemonium.writing.recipe import Recipe
    from pandemonium.writing.request import ContinueRequest, draw_seed
    from pandemonium.writing.responding import respond
    from pandemonium.writing.runtimes.opening import open_mixed

    settings = _settings(arguments)
    text = read_input(arguments.file)
    paragraph = "\n" if lines_are_paragraphs(text) else PARAGRAPH
    if arguments.recipe is None:
        settings = replace(settings, seed=settings.seed or draw_seed())
        after = read_file_or_text(arguments.after)[:BEHIND]
        request = ContinueRequest(1, 0, text, after, settings, paragraph, original=arguments.rewrite)
        request = _in_scene(request, arguments.cast)
        path = library().find(arguments.voice)
        voice = load_voice(path)
        others, mixed = _others(settings)
        runtime = open_mixed(voice, others, arguments.device)
        at = datetime.now().isoformat(timespec="seconds")
        recipe = Recipe.of(request, voice.name, file_sha256(path), runtime.device, at, mixed=mixed)
    else:
        recipe = read_recipe(arguments.recipe)
        path = library().find(recipe.voice)
        request = recipe.request(1, 0, text)
        settings = request.settings
        others, mixed = _others(settings)
        check_recipe(recipe, text, file_sha256(path), mixed)
        voice = load_voice(path)
        runtime = open_mixed(voice, others, recipe.device)
    continuer = Continuer(voice, runtime, others)
    if arguments.next_words:
        continuer.set_mix(settings.mix)
        found = next_words(continuer, text, paragraph=paragraph, memory=settings.memory, most=arguments.next_words)
        print(_as_object(found, voice.name) if arguments.json else "\n".join(_as_lines(found)))
        return 0
    writing = respond(continuer, request)
    streamed = not arguments.json and settings.alternatives == 1
    try:
        while True:
            chunk = next(writing)
            if streamed:
                sys.stdout.write(chunk.text)
                sys.stdout.flush()
    except StopIteration as end:
        continuation = end.value
    for note in continuation.notes:
        print(note, file=sys.stderr)
    copied = []
    if arguments.json or arguments.report_copied:
        copied = [copied_runs([voice, *others], each) for each in continuation.texts]
    if arguments.json:
        print(
            json.dumps(
                {
                    "text": continuation.texts[recipe.alternative],
                    "voice": continuation.voice,
                    "seed": continuation.seeds[recipe.alternative],
                    "settings": {**asdict(settings), "seed": continuation.seeds[0]},
                    "characters": len(continuation.text),
                    "seconds": round(continuation.seconds, 4),
                    "characters_per_second": round(continuation.characters_per_second, 1),
                    "notes": list(continuation.notes),
                    "recipe": recipe.to_dict(),
                    "alternatives": [
                        {"text": text, "seed": seed, "copied": runs}
                        for text, seed, runs in zip(continuation.texts, continuation.seeds, copied, strict=True)
                    ],
                },
                ensure_ascii=False,
            )
        )
    elif streamed:
        print()
    else:
        print("\n\n---\n\n".join(continuation.texts))
    if arguments.report_copied:
        print("\n".join(line for runs in copied for line in as_lines(runs)), file=sys.stderr)
    return 0


def _as_object(found: NextWords, voice: str) -> str:
    words = [{"word": each.word, "insertion": each.insertion, "chance": round(each.chance, 6)} for each in found.words]
    return json.dumps({"voice": voice, "words": words, "signs": round(found.signs, 6)}, ensure_ascii=False)


def _as_lines(found: NextWords) -> Iterator[str]:
    """A line for each word, and what is left for signs of punctuation."""
    for each in found.words:
        yield f"{each.chance:7.2%}  {each.word}"
    yield f"{found.signs:7.2%}  (a sign of punctuation or a new paragraph)"


def _settings(arguments: argparse.Namespace) -> WritingSettings:
    """What was asked for by an option, else by a preset, else the usual settings.

    Raises:
        SettingsError: there is no such preset.
        VoiceError: there is no such voice to be mixed in.
    """
    from pandemonium import paths
    from pandemonium.settings.own_presets import OwnPresets

    asked: dict[str, Any] = {each.name: getattr(arguments, each.name) for each in fields(WritingSettings)}
    asked = {name: value for name, value in asked.items() if value is not None}
    lists = {name: tuple(asked[name]) for name in LISTS if name in asked}
    preset = OwnPresets(paths.user_config() / "presets").find(arguments.preset) if arguments.preset else {}
    return WritingSettings(**{**preset, **asked, **lists})


def _others(settings: WritingSettings) -> tuple[list[Voice], list[MixedVoice]]:
    """The voices that are mixed in, and what a recipe keeps of them.

    Raises:
        VoiceError: one of them is not here, or is none.
    """
    from pandemonium.cli.texts import library
    from pandemonium.voice.file import file_sha256, load_voice
    from pandemonium.writing.mixing import parse_mix
    from pandemonium.writing.recipe import MixedVoice

    paths = [library().find(name) for name in parse_mix(settings.mix)]
    voices = [load_voice(path) for path in paths]
    return voices, [MixedVoice(voice.name, file_sha256(path)) for voice, path in zip(voices, paths, strict=True)]


def _in_scene(request: ContinueRequest, people: Sequence[tuple[str, str]]) -> ContinueRequest:
    """The request with who is in the scene, (name, pronoun); the text says what else they are called."""
    from pandemonium.text.naming import draft_names
    from pandemonium.writing.request import Person

    if not people:
        return request
    forms = {form: each.forms for each in draft_names(request.before) for form in each.forms}
    cast = tuple(Person(name, said, forms.get(name, ())) for name, said in people)
    return replace(request, cast=cast, known=tuple(forms))


def _person(text: str) -> tuple[str, str]:
    """A name and a pronoun out of "Marta:she"."""
    name, colon, pronoun = text.rpartition(":")
    if not colon:
        name = text
        pronoun = ""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or (colon and pronoun not in _PRONOUNS):
        raise argparse.ArgumentTypeError(f"must be a name, or one with a pronoun as in Marta:she, not '{text[:80]}'")
    return name, pronoun


def _within(declared: Any, kind: type) -> Callable[[str], float | int]:
    """A converter for argparse that holds a declared range."""

    def convert(text: str) -> float | int:
        value: float | int = kind(text)
        if not declared["low"] <= value <= declared["high"]:
            raise argparse.ArgumentTypeError(f"must lie between {declared['low']} and {declared['high']}")
        return value

    convert.__name__ = "number"
    return convert
