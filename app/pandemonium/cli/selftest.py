"""`pandemonium selftest`: tries every part of this installation once and says which works."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from pandemonium import paths
from pandemonium.errors import PandemoniumError

NAME = "selftest"
HELP = "tries every part of this installation once"

_OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"
_PAGE = (
    "The Cellar\n\n\u201cIt\u2019s here,\u201d he said \u2014 \u201cna\u00efve as I am.\u201d\n\nThen the bell rang.\n"
)
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"wOFF", b"wOF2")

Check = Callable[[Path], str]


class _BrokenPartError(PandemoniumError):
    """A part that is there and does not do what it should."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(arguments: argparse.Namespace) -> int:
    """Prints a line for each check; 1 if one failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="pandemonium-selftest-") as name:
        for title, check in _checks():
            folder = Path(name) / str(len(list(Path(name).iterdir())))
            folder.mkdir()
            try:
                print(f"ok      {title}: {check(folder)}", flush=True)
            except Exception as error:  # noqa: BLE001 - whatever a part dies of, the other parts are tried
                failed.append(title)
                reason = str(error) if isinstance(error, PandemoniumError) else f"{type(error).__name__}: {error}"
                print(f"FAILED  {title}: {reason}", flush=True)
    if failed:
        print(f"This installation is not sound: {', '.join(failed)}. Install Pandemonium again.", file=sys.stderr)
        return 1
    return 0


def _checks() -> Iterator[tuple[str, Check]]:
    yield "resources", _resources
    yield "user folder", _user_folder
    yield "voices", _voices
    yield "continuing", _continuing
    yield from _documents()
    for suffix in (".html", ".epub"):
        yield f"export, {suffix}", partial(_export, suffix)
    yield "export, .pdf", _export_pdf
    yield "spelling", _spelling
    yield "training", _training


def _resources(folder: Path) -> str:
    files = [path for path in paths.resources().rglob("*") if path.is_file()]
    fonts = [path for path in files if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".woff", ".woff2")]
    for path in fonts:
        if not path.read_bytes()[:4].startswith(_FONTS):
            raise _BrokenPartError(f"{path.name} is no font.")
    return f"{len(files)} files, {len(fonts)} of them fonts, in {paths.resources()}"


def _user_folder(folder: Path) -> str:
    probe = paths.user_data() / ".selftest"
    probe.write_text("selftest", "utf-8")
    probe.unlink()
    return str(paths.user_data())


def _voices(folder: Path) -> str:
    from pandemonium.voice.file import load_voice
    from pandemonium.voice.library import DEFAULT, VoiceLibrary

    entries = [entry for entry in VoiceLibrary(paths.models(), folder).entries() if entry.bundled]
    names = [load_voice(entry.path).name for entry in entries]
    if DEFAULT not in names:
        raise _BrokenPartError(f"The voice '{DEFAULT}' is missing.")
    return ", ".join(names)


def _continuing(folder: Path) -> str:
    from pandemonium.settings import WritingSettings
    from pandemonium.voice.file import load_voice
    from pandemonium.voice.library import DEFAULT, VoiceLibrary
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.request import ContinueRequest
    from pandemonium.writing.runtimes.opening import open_runtime

    voice = load_voice(VoiceLibrary(paths.models(), folder).find(DEFAULT))
    continuer = Continuer(voice, open_runtime(voice, "cpu"))
    request = ContinueRequest(1, 0, _OPENING, settings=WritingSettings(words=8, seed=1))
    first, second = ("".join(piece.text for piece in continuer.write(request)) for _ in range(2))
    if not first.strip() or first != second:
        raise _BrokenPartError("The same seed did not write the same prose twice.")
    return f"\u2026 {' '.join(first.split())}"


def _documents() -> Iterator[tuple[str, Check]]:
    from pandemonium.documents.formats import SUFFIXES

    for suffix in SUFFIXES:
        yield f"documents, {suffix}", partial(_document, suffix)


def _document(suffix: str, folder: Path) -> str:
    from pandemonium.documents.formats import format_of, read_document, write_document
    from pandemonium.documents.model.manuscript import Manuscript
    from pandemonium.documents.model.passage import Passage

    path = folder / f"page{suffix}"
    write_document(Manuscript(Passage(_PAGE), format_of(path)), path)
    if read_document(path).text.strip() != _PAGE.strip():
        raise _BrokenPartError("What was read is not what had been saved.")
    return f"{path.stat().st_size} bytes, saved and read"


def _export(suffix: str, folder: Path) -> str:
    from pandemonium.documents.exporting import export_document
    from pandemonium.documents.formats import read_document
    from pandemonium.documents.model.manuscript import Manuscript
    from pandemonium.documents.model.passage import Passage

    path = folder / f"page{suffix}"
    export_document(Manuscript(Passage(_PAGE), "txt"), path)
    text = read_document(path).text
    if missing := [line for line in _PAGE.split("\n") if line not in text]:
        raise _BrokenPartError(f"'{missing[0]}' was not exported.")
    return f"{path.stat().st_size} bytes, exported and read"


def _export_pdf(folder: Path) -> str:
    """The window's pages, drawn by a start of this very program."""
    source = folder / "page.txt"
    path = folder / "page.pdf"
    source.write_text(_PAGE, "utf-8")
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "pandemonium"]
    done = subprocess.run(
        [*program, "convert", str(source), str(path)], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode or not path.read_bytes().startswith(b"%PDF"):
        raise _BrokenPartError(done.stderr.strip() or "What was written is no PDF.")
    return f"{path.stat().st_size} bytes, exported"


def _spelling(folder: Path) -> str:
    from pandemonium.text.dictionaries import find_dictionaries
    from pandemonium.text.spelling import SpellChecker

    found = find_dictionaries([paths.resources() / "dictionaries"])
    for name, dictionary in found.items():
        checker = SpellChecker(dictionary)
        if checker.misspelt("The cellarr was dark.") != ((4, 11),) or "cellar" not in checker.suggestions("cellarr"):
            raise _BrokenPartError(f"The dictionary {name} does not know the word 'cellar'.")
    if not found:
        raise _BrokenPartError("There is no dictionary.")
    return ", ".join(found)


def _training(folder: Path) -> str:
    if importlib.util.find_spec("torch") is None:
        return "not part of this installation (PyTorch is not there)"
    from pandemonium.training.smallest import train_smallest_voice
    from pandemonium.voice.file import load_voice

    path = folder / "smallest.voice"
    losses = train_smallest_voice(_PAGE, path)
    weights = load_voice(path).architecture.weights
    return f"{len(losses)} steps; a voice of {weights:,} weights, saved and read"
