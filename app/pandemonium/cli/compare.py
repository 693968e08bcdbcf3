"""`pandemonium compare`: voices of any unit on one scale, and a chart of a voice beside its author."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandemonium.voice.file import Voice
    from pandemonium.writing.measuring.comparison import Compared, Counts

NAME = "compare"
HELP = "puts voices of any unit on one scale: foresight, style, speed; and draws their letters and word lengths"

_SHARES = (
    ("dictionary_words", "words of the dictionary"),
    ("the", '"the"'),
    ("ing", "-ing"),
    ("tion", "-tion"),
    ("ed", "-ed"),
    ("prepositions", "prepositions"),
    ("pronouns", "pronouns"),
    ("capitals_after_spaces", "capitals after spaces"),
    ("once", "different words that occur once"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="held-out plain texts; each is read cold")
    parser.add_argument("--voices", default="lovecraft", metavar="A,B,...", help="names out of the library, or files")
    parser.add_argument("--words", type=int, default=100, help="of each of the twenty continuations that are counted")
    parser.add_argument(
        "--temperature", type=float, default=None, help="to write at; else each voice at its recipe's own"
    )
    parser.add_argument(
        "--characters", type=int, default=20_000, help="of each file at whose next one the voices are asked"
    )
    parser.add_argument(
        "--chart", type=Path, metavar="FILE", help="draws the first voice's letters and word lengths (.svg or .png)"
    )
    parser.add_argument("--json", action="store_true", help="one object")


def run(arguments: argparse.Namespace) -> int:
    """Prints a column for each voice, and one for the held-out texts themselves."""
    from pandemonium import paths
    from pandemonium.cli.texts import library, read_exactly
    from pandemonium.text.cleaning import PARAGRAPH
    from pandemonium.text.words import WORDS, WordList
    from pandemonium.voice.file import load_voice
    from pandemonium.writing.measuring.comparison import Counts, compare, read_openings
    from pandemonium.writing.runtimes.opening import open_runtime

    _check(arguments)
    names = [name.strip() for name in arguments.voices.split(",") if name.strip()]
    found = [library().find(name) for name in names]
    texts = [read_exactly(path) for path in arguments.files]
    known = WordList.read(paths.resources() / WORDS)
    openings = read_openings(paths.resources() / "openings.toml")
    voices: list[Voice] = []
    rows: list[Compared] = []
    for path in found:
        voice = load_voice(path)
        rows.append(
            compare(
                voice,
                open_runtime(voice),
                texts,
                openings,
                known,
                words=arguments.words,
                temperature=arguments.temperature,
                most=arguments.characters,
                say=partial(_say, voice.name, quiet=arguments.json),
            )
        )
        voices.append(voice)
    _say("", "", quiet=arguments.json)
    own = Counts.of(PARAGRAPH.join(texts), known)
    if arguments.chart is not None:
        save_chart(arguments.chart, voices[0], rows[0].counts)
    if arguments.json:
        values = {"voices": [row.to_dict() for row in rows], "texts": {"style": own.to_dict()}}
        print(json.dumps(values, ensure_ascii=False))
    else:
        print("\n".join(lines(rows, own)))
        if arguments.chart is not None:
            print(f"\nThe chart is in {arguments.chart}.")
    return 0


def lines(rows: Sequence[Compared], texts: Counts) -> Iterator[str]:
    """The table for people: a line for each figure, a column for each voice, the held-out texts last."""
    from pandemonium.text.distributions import Distance

    def line(title: str, *cells: str) -> str:
        return f"{title:<34}" + "".join(f"{cell:>18}" for cell in cells)

    yield line("", *(_short(row.voice) for row in rows), "these texts").rstrip()
    for title, cells in (
        ("a piece is a", [row.unit for row in rows]),
        ("recipe", [_short(row.recipe) for row in rows]),
        ("weights", [f"{row.weights:,}" for row in rows]),
        ("minutes of training", [f"{row.minutes:,.1f}" for row in rows]),
        ("bits per character", [f"{row.bits_per_character:.4f}" for row in rows]),
        ("next character foreseen", [f"{row.next_character_accuracy:.2%}" for row in rows]),
        ("characters a second", [f"{row.characters_per_second:,.0f}" for row in rows]),
    ):
        yield line(title, *cells).rstrip()
    yield ""
    yield line("what it writes", *(f"at {row.temperature:g}" for row in rows)).rstrip()
    tables = [*(row.counts for row in rows), texts]
    yield line("words", *(f"{each.figures.words:,}" for each in tables))
    yield line("letters a word", *(f"{each.figures.word_length:.2f}" for each in tables))
    for key, title in _SHARES:
        yield line(title, *(f"{each.to_dict()[key]:.2%}" for each in tables))
    for key, title in (("word_lengths", "word lengths, apart from these"), ("letters", "letters, apart from these")):
        distances = [Distance.between(getattr(each.figures, key), getattr(texts.figures, key)) for each in tables[:-1]]
        yield line(title, *(f"{each.total_variation:.4f}" for each in distances))


def save_chart(path: Path, voice: Voice, counts: Counts) -> None:
    """Draws what `voice` wrote beside the texts that it learned from.

    Raises:
        VoiceError: the voice knows nothing of its author's texts.
        PandemoniumError: the file cannot be written.
    """
    from pandemonium.atomic import write_atomically
    from pandemonium.errors import PandemoniumError, VoiceError
    from pandemonium.text.charts import Charted, style_chart

    if voice.profile is None:
        raise VoiceError(
            f"The voice '{voice.name}' has no profile of the texts that it learned from.", "Train it anew."
        )
    author = voice.profile.figures
    own = counts.figures
    svg = style_chart(
        Charted(f"What '{voice.name}' writes", own.letters, own.word_lengths),
        Charted("The texts that it learned from", author.letters, author.word_lengths),
    )
    try:
        write_atomically(path, _png(svg) if path.suffix.lower() == ".png" else svg.encode())
    except OSError as error:
        raise PandemoniumError(
            f"The chart {path} cannot be written: {error.strerror}.", "Choose another place."
        ) from error


def _png(svg: str) -> bytes:
    """Paints at twice the size; Qt is borrowed without a screen."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    image = QImage(renderer.defaultSize() * 2, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # it takes no bytes
    del application
    return bytes(data.data())


def _check(arguments: argparse.Namespace) -> None:
    from pandemonium.errors import PandemoniumError

    for name, low, high in (("words", 1, 1000), ("temperature", 0.1, 2.0), ("characters", 1, 10_000_000)):
        value: Any = getattr(arguments, name)
        if value is not None and not low <= value <= high:
            raise PandemoniumError(f"--{name} cannot be {value:g}.", f"It lies between {low:g} and {high:,g}.")
    if arguments.chart is not None and arguments.chart.suffix.lower() not in (".svg", ".png"):
        raise PandemoniumError(f"A chart cannot be saved as {arguments.chart.name}.", "Name a .svg or a .png file.")
    if not arguments.voices.strip(" ,"):
        raise PandemoniumError("There is no voice to compare.", "Name some: --voices lovecraft,mine")


def _short(name: str) -> str:
    return name if len(name) <= 16 else name[:15] + "\u2026"


def _say(voice: str, what: str, *, quiet: bool) -> None:
    if not quiet and sys.stderr.isatty():
        print(f"\r{f'{voice}: {what}' if what else '':<60}", end="" if what else "\r", file=sys.stderr, flush=True)
