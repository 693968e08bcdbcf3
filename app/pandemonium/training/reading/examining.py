"""Looks at every file that a writer dropped: what it is, how much prose it holds, in which language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pandemonium.errors import DocumentError
from pandemonium.text.language import UNKNOWN, LanguageIdentifier
from pandemonium.text.sentences import count_words
from pandemonium.training.reading.duplicates import Sketch, Sketcher
from pandemonium.training.reading.prose import is_about_folder, prose_parts, why_no_prose
from pandemonium.training.reading.store import ProseStore
from pandemonium.training.reading.walking import Found, walk

SHORT_WORDS = 100  # a text of fewer words is read together with the other short ones of its folder
_SAMPLE = 64_000
_TELLING_WORDS = 20  # fewer do not tell a language; the short texts that stand before it in its folder help
_NEIGHBOURS = 2_000  # characters of them
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
        cuts: what was cut, the most first, by kind (see `text.boilerplate.cutting`).
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
    cuts: tuple[str, ...] = ()
    accents: int = 0
    language: str = UNKNOWN
    format: str = ""
    sketch: Sketch | None = field(default=None, repr=False)

    @property
    def is_prose(self) -> bool:
        """There is prose in it to learn from."""
        return not self.refusal and not self.doubt

    @property
    def is_short(self) -> bool:
        """It is read together with the other short texts of its folder."""
        return 0 < self.words < SHORT_WORDS


def examine(
    roots: Sequence[Path], identifier: LanguageIdentifier, store: ProseStore | None = None
) -> Iterator[Examined]:
    """Looks at every file below `roots`, one by one, and gives each as soon as it is known.

    One text at a time is in memory, a large one in parts. A bad file becomes a refusal and stops nothing.

    Args:
        roots: files and folders.
        identifier: names the languages.
        store: keeps the prose of what is read, so that nothing need be read again.

    Raises:
        DocumentError: a root is not there.
    """
    for root in roots:
        if not root.exists():
            raise DocumentError(f"There is no file or folder '{root}'.", "Check its name.")
    examiner = Examiner(identifier, store)
    return (examiner.examine(found) for found in walk(roots))


class Examiner:
    """Looks at files, folder by folder.

    Args:
        identifier: names the languages.
        store: keeps the prose of what is read.
    """

    def __init__(self, identifier: LanguageIdentifier, store: ProseStore | None = None) -> None:
        self._identifier = identifier
        self._store = store
        self._folder = Path()
        self._neighbours = ""

    def examine(self, found: Found) -> Examined:
        """Looks at one file; a bad one becomes a refusal."""
        path = found.path
        size = found.size
        modified = found.modified
        if found.closed:
            return Examined(path, size, modified, refusal=found.closed)
        if size == 0:
            return Examined(path, size, modified, refusal="This is empty.")
        try:
            return self._examined(found)
        except DocumentError as error:
            if self._store is not None:
                self._store.forget(path)
            return Examined(path, size, modified, refusal=str(error))

    def _examined(self, found: Found) -> Examined:
        words = characters = accents = raw = 0
        sample = ""
        format_ = ""
        cuts: Counter[str] = Counter()
        sketcher = Sketcher()
        for part in prose_parts(found.path):
            prose = part.prose
            if self._store is not None and prose:
                self._store.add(found.path, prose)
            format_ = part.reading.format
            raw += len(part.reading.text)
            cuts.update(part.cut)
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
            cuts=tuple(name for name, _ in cuts.most_common()),
            accents=accents,
            language=UNKNOWN if doubt else self._language(found.path.parent, sample, words),
            format=format_,
            sketch=sketcher.sketch(),
        )

    def _language(self, folder: Path, sample: str, words: int) -> str:
        """The language of a text; a short one is taken for that of the short ones before it, where it cannot tell."""
        if words >= SHORT_WORDS:
            return self._identifier.identify(sample)
        if folder != self._folder:
            self._folder = folder
            self._neighbours = ""
        self._neighbours = f"{self._neighbours}\n{sample}"[-_NEIGHBOURS:]
        telling = sample if words >= _TELLING_WORDS else self._neighbours
        return self._identifier.identify(telling) if count_words(telling) >= _TELLING_WORDS else UNKNOWN


def read_prose(path: Path) -> Iterator[str]:
    """Reads a file's canonical prose again, part by part, with blank parts left out.

    Raises:
        DocumentError: it cannot be read.
    """
    return (part.prose for part in prose_parts(path) if part.prose)


def preview(path: Path, characters: int = 2_000) -> str:
    """The beginning of a file's canonical prose.

    Raises:
        DocumentError: it cannot be read.
    """
    return next(read_prose(path), "")[:characters]


def _doubt(name: str, words: int, raw: int, sample: str) -> str:
    if words == 0:
        return (
            "There is nothing in it but a licence or the like."
            if raw > 400 and not sample
            else "There are no words in it."
        )
    if is_about_folder(name):
        return "This speaks about the files around it; it is no text of its own."
    return why_no_prose(sample)
