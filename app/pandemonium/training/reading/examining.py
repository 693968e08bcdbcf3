"""Looks at every file that a writer dropped: what it is, how much prose it holds, in which language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pandemonium.errors import DocumentError
from pandemonium.text.language import UNKNOWN, LanguageIdentifier
from pandemonium.training.reading.duplicates import Sketch, Sketcher
from pandemonium.training.reading.prose import LEAST_WORDS, count_words, is_about_folder, prose_parts, why_no_prose
from pandemonium.training.reading.walking import Found, walk

_SAMPLE = 64_000
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True)
class Examined:
    """What is known of one file; its text is read again when it is needed.

    Attributes:
        path: below the root as it was given.
        size: bytes on disk.
        modified: seconds since 1970.
        refusal: why it cannot be read, as a sentence; "" if it can.
        doubt: why it had better be left out, as a sentence; "" if it is prose.
        words: of the canonical prose.
        characters: of the canonical prose, in code points.
        cut: the share of the file's text, from 0 to 1, that was no prose and was cut.
        accents: letters beyond ASCII in the prose: what an ASCII copy has lost.
        language: ISO 639-1, or "und" where it cannot be told or the text is in doubt.
        format: as `documents.reading.result.Reading` has it; "" if it could not be read.
        sketch: what its text is compared by; None where there is none.
    """

    path: Path
    size: int = 0
    modified: float = 0.0
    refusal: str = ""
    doubt: str = ""
    words: int = 0
    characters: int = 0
    cut: float = 0.0
    accents: int = 0
    language: str = UNKNOWN
    format: str = ""
    sketch: Sketch | None = field(default=None, repr=False)

    @property
    def is_prose(self) -> bool:
        """There is prose in it to learn from."""
        return not self.refusal and not self.doubt


def examine(roots: Sequence[Path], identifier: LanguageIdentifier) -> Iterator[Examined]:
    """Looks at every file below `roots`, one by one, and gives each as soon as it is known.

    One text at a time is in memory, a large one in parts. A bad file becomes a refusal and stops nothing.

    Args:
        roots: files and folders.
        identifier: names the languages.

    Raises:
        DocumentError: a root is not there.
    """
    for root in roots:
        if not root.exists():
            raise DocumentError(f"There is no file or folder '{root}'.", "Check its name.")
    return (examine_file(found, identifier) for found in walk(roots))


def examine_file(found: Found, identifier: LanguageIdentifier) -> Examined:
    """Looks at one file."""
    path, size, modified = found.path, found.size, found.modified
    if found.closed:
        return Examined(path, size, modified, refusal=found.closed)
    if size == 0:
        return Examined(path, size, modified, refusal="This is empty.")
    try:
        return _examined(found, identifier)
    except DocumentError as error:
        return Examined(path, size, modified, refusal=str(error))


def read_prose(path: Path) -> Iterator[str]:
    """Reads a file's canonical prose again, part by part, with blank parts left out.

    Raises:
        DocumentError: it cannot be read.
    """
    return (prose for prose, _ in prose_parts(path) if prose)


def preview(path: Path, characters: int = 2_000) -> str:
    """The beginning of a file's canonical prose.

    Raises:
        DocumentError: it cannot be read.
    """
    return next(read_prose(path), "")[:characters]


def _examined(found: Found, identifier: LanguageIdentifier) -> Examined:
    words = characters = accents = raw = 0
    sample, format_ = "", ""
    sketcher = Sketcher()
    for prose, reading in prose_parts(found.path):
        format_ = reading.format
        raw += len(reading.text)
        words += count_words(prose)
        characters += len(prose)
        if not prose.isascii():
            accents += sum(map(str.isalpha, _BEYOND_ASCII.findall(prose)))
        sketcher.add(prose)
        if len(sample) < _SAMPLE:
            sample += prose[: _SAMPLE - len(sample)]
    doubt = _doubt(found.path.name, words, raw, sample)
    return Examined(
        path=found.path,
        size=found.size,
        modified=found.modified,
        doubt=doubt,
        words=words,
        characters=characters,
        cut=max(0.0, 1 - characters / raw) if raw else 0.0,
        accents=accents,
        language=UNKNOWN if doubt else identifier.identify(sample),
        format=format_,
        sketch=sketcher.sketch(),
    )


def _doubt(name: str, words: int, raw: int, sample: str) -> str:
    if words == 0:
        return (
            "There is nothing in it but a licence or the like."
            if raw > 400 and not sample
            else "There are no words in it."
        )
    if is_about_folder(name):
        return "This speaks about the files around it; it is no text of its own."
    if words < LEAST_WORDS:
        return f"There {'is one word' if words == 1 else f'are only {words} words'} in it, too little to learn from."
    return why_no_prose(sample)
