"""`pandemonium evaluate`: how well a voice foresees texts, in bits per character, and the texts' style figures."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer

NAME = "evaluate"
HELP = "scores a voice on texts, in bits per character, and prints their style figures"

_SHARE = "{:.2%}"
_NUMBER = "{:.2f}"
# How a figure is called for people, and how it is set.
_FIGURES = {
    "dictionary_words": ("words of the dictionary", _SHARE),
    "dictionary_words_long": ("  of four letters and more", _SHARE),
    "word_length": ("letters a word", _NUMBER),
    "sentence_length": ("words a sentence", _NUMBER),
    "the": ('"the"', _SHARE),
    "ing": ("-ing", _SHARE),
    "tion": ("-tion", _SHARE),
    "ed": ("-ed", _SHARE),
    "capitals_after_spaces": ("capitals after spaces", _SHARE),
}
# These hang on a text's length: they stand beside passages of a like length.
_BY_LENGTH = {
    "once": ("different words that occur once", _SHARE),
    "distinct_1": ("distinct-1", _SHARE),
    "distinct_2": ("distinct-2", _SHARE),
    "distinct_3": ("distinct-3", _SHARE),
    "repeated_4": ("repeated runs of four words", _SHARE),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain texts; each is read cold")
    parser.add_argument("--voice", default="lovecraft", help="a name out of the library, or a .voice file")
    parser.add_argument("--no-memory", action="store_true", help="leaves the draft's memory out")
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto")
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument(
        "--words",
        action="store_true",
        help="prints instead how unexpected each word is to the voice, in bits, and what is worn in each text",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prints the scores."""
    from pandemonium import paths
    from pandemonium.cli.texts import library, read_exactly
    from pandemonium.settings import WritingSettings
    from pandemonium.text.cleaning import PARAGRAPH
    from pandemonium.text.style import style_figures
    from pandemonium.text.words import WORDS, WordList
    from pandemonium.voice.file import load_voice
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.measuring.scoring import NOTHING, score
    from pandemonium.writing.runtimes.opening import open_runtime

    texts = [read_exactly(path) for path in arguments.files]
    voice = load_voice(library().find(arguments.voice))
    words = WordList.read(paths.resources() / WORDS)
    runtime = open_runtime(voice, arguments.device)
    if arguments.words:
        continuer = Continuer(voice, runtime)
        read = [_words_of(path, text, continuer) for path, text in zip(arguments.files, texts, strict=True)]
        if arguments.json:
            print(json.dumps({"voice": voice.name, "files": read}, ensure_ascii=False))
        else:
            print("\n".join(line for each in read for line in _word_lines(each)))
        return 0
    share = 0.0 if arguments.no_memory else WritingSettings().memory
    total = NOTHING
    files = []
    for path, text in zip(arguments.files, texts, strict=True):
        each = score(text, runtime, voice.tokenizer, memory_share=share)
        total += each
        files.append(
            {
                "file": str(path),
                "bits_per_character": round(each.bits_per_character, 5),
                "characters": each.characters,
                "tokens": each.tokens,
            }
        )
        if not arguments.json:
            print(f"{each.bits_per_character:7.4f}  {each.characters:>9,}  {path}")
            sys.stdout.flush()
    style = style_figures(PARAGRAPH.join(texts), voice.profile, words)
    if arguments.json:
        print(
            json.dumps(
                {
                    "voice": voice.name,
                    "bits_per_character": round(total.bits_per_character, 5),
                    "characters": total.characters,
                    "tokens": total.tokens,
                    "likeliest_share": round(total.likeliest / total.tokens, 5) if total.tokens else 0.0,
                    "memory": share,
                    "files": files,
                    "style": style,
                },
                ensure_ascii=False,
            )
        )
    else:
        print(f"{total.bits_per_character:7.4f}  {total.characters:>9,}  together, bits per character ({voice.name})")
        print()
        print("\n".join(style_lines(style)))
    return 0


def _words_of(path: Path, text: str, continuer: Continuer) -> dict[str, Any]:
    """Each word of a text with its bits, and what is worn in it, ready for JSON.

    Raises:
        PandemoniumError: the voice does not know the text's language.
    """
    from pandemonium.errors import PandemoniumError
    from pandemonium.text.language import language_name
    from pandemonium.writing.insight.surprise import Part, read_surprise
    from pandemonium.writing.insight.worn import DraftWords

    paragraphs = text.splitlines()
    found = read_surprise(continuer, [], [Part(each) for each in paragraphs])
    if found.foreign:
        raise PandemoniumError(
            f"This voice does not know {language_name(found.foreign)}: it cannot say what is unexpected in {path}.",
            "Choose a voice that does.",
        )
    words = [
        {"word": paragraph[start:end], "bits": round(float(bits), 2) if bits == bits else None}
        for paragraph, each in zip(paragraphs, found.bits, strict=True)
        for start, end, bits in zip(each.starts, each.ends, each.bits, strict=True)
    ]
    figures = DraftWords().count(paragraphs)
    assert figures is not None
    return {
        "file": str(path),
        "words": words,
        "runs": [{"words": each.words, "count": each.count} for each in figures.runs()],
        "favourites": [
            {"word": each.word, "count": each.count, "expected": round(each.expected, 2)}
            for each in figures.favourites(found.expected)
        ],
        "openings": [
            {"words": each.words, "count": each.count, "share": round(each.share, 4)} for each in figures.openings()
        ],
    }


def _word_lines(read: dict[str, Any]) -> Iterator[str]:
    """What `_words_of` gave, set for people."""
    yield f"{read['file']}: bits a word"
    for each in read["words"]:
        bits = "    ?" if each["bits"] is None else f"{each['bits']:5.1f}"
        yield f"{bits}  {each['word']}"
    for name, title in (("runs", "worn phrases"), ("openings", "sentences that begin with")):
        if read[name]:
            yield f"\n{title}"
            yield from (f"{each['count']:5,}  {each['words']}" for each in read[name])
    if read["favourites"]:
        yield "\nwords that the voice would use less: how often, and how often it would"
        yield from (f"{each['count']:5,}  {each['expected']:7.1f}  {each['word']}" for each in read["favourites"])


def style_lines(style: dict[str, Any]) -> Iterator[str]:
    """The figures that `style_figures` gave, set for people: the text's, beside them those of the training text."""
    voice = style.get("voice", {})
    yield _line("", "this text", "the voice's texts" if voice else "")
    for name, title in (("words", "words"), ("sentences", "sentences"), ("paragraphs", "paragraphs")):
        yield _line(title, f"{style[name]:,}", f"{voice[name]:,}" if voice else "")
    if voice:
        yield _line("real words (dictionary or theirs)", f"{style['real_words']:.2%}")
        yield _line("  of four letters and more", f"{style['real_words_long']:.2%}")
    for name, (title, form) in _FIGURES.items():
        yield _line(title, form.format(style[name]), form.format(voice[name]) if voice else "")
    like = _like_passages(style)
    if like:
        yield _line("", "", f"in {like['words']:,} words")
    for name, (title, form) in _BY_LENGTH.items():
        yield _line(title, form.format(style[name]), form.format(like[name]) if like else "")
    yield _line("quotations left open", str(style["unclosed_quotes"]), str(voice.get("unclosed_quotes", "")))
    if voice:
        yield from _distance_lines(style, like)
        yield from _copy_lines(style["copied"])


def _distance_lines(style: dict[str, Any], like: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield _line("distance from the voice's texts", "this text", "their halves, twice")
    for name, title in (("word_lengths", "word lengths"), ("letters", "letters")):
        each = style["distances"][name]
        twice = 2 * each["halves"]["total_variation"]
        verdict = "within" if each["within_twice_halves"] else "beyond"
        passages = f"; their own {like['words']:,} words: {like[name]:.4f}" if like else ""
        yield _line(title, f"{each['total_variation']:.4f}", f"{twice:.4f}", f"{verdict}{passages}")


def _copy_lines(copied: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield _line("copied from the voice's texts", "this text")
    yield _line("runs of five words", f"{copied['grams_5']:.2%}")
    yield _line("runs of eight words", f"{copied['grams_8']:.2%}")
    run = f'"{copied["longest"]}"' if copied["longest_run"] else ""
    yield _line("longest run, in words", str(copied["longest_run"]), "", run)


def _like_passages(style: dict[str, Any]) -> dict[str, Any]:
    """The voice's passages whose length is nearest the text's, by ratio; none if there are none."""
    passages: list[dict[str, Any]] = style.get("voice", {}).get("passages", [])
    words = max(1, style["words"])
    return min(passages, key=lambda each: max(each["words"] / words, words / each["words"]), default={})


def _line(title: str, *cells: str) -> str:
    first, second, rest = (*cells, "", "")[:3]
    return f"{title:<34}{first:>10}  {second:>19}  {rest}".rstrip()
