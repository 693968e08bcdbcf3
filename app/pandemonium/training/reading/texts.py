"""The texts that a training reads: which they are and how long, and their prose again, part by part, when it is asked.

What a writer drops may be larger than the memory of her laptop: no more than a part of one text is held at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandemonium.errors import DocumentError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.language import LanguageIdentifier
from pandemonium.training.job import Job
from pandemonium.training.material.splitting import Documents, cut_near, cut_share, held_out
from pandemonium.training.reading.examining import Examined, examine, read_prose
from pandemonium.training.reading.selection import Overrules, Survey

PIECE_CHARACTERS = 200_000


@dataclass(frozen=True)
class Texts:
    """Texts that can be read as often as they are needed.

    Attributes:
        names: one a text, such as its path; the folder's where its short files are read as one text.
        sizes: characters of canonical prose in each, as they were counted.
        language: of all of them, ISO 639-1; "und" or empty where it is not known.
        read: gives the parts of a text by its place, in order; between two of them stands a paragraph break.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    language: str
    read: Callable[[int], Iterator[str]]

    @classmethod
    def of(cls, documents: Documents, language: str = "") -> Texts:
        """Texts that are in memory already: (name, canonical prose)."""
        names, sizes = tuple(name for name, _ in documents), tuple(len(text) for _, text in documents)
        return cls(names, sizes, language, lambda index: iter([documents[index][1]]))

    @property
    def characters(self) -> int:
        """Of all texts."""
        return sum(self.sizes)

    def whole(self) -> Iterator[tuple[str, str]]:
        """Each text, whole: (name, canonical prose); those that are empty by now are passed over."""
        for index, name in enumerate(self.names):
            if text := PARAGRAPH.join(self.read(index)):
                yield name, text

    def learned(self, seed: int, keep: Documents) -> Iterator[tuple[int, str]]:
        """Reads all texts but what is held out of them.

        Args:
            seed: of the draw of what is held out (see `splitting.held_out`).
            keep: what is held out is added here, (name, canonical prose), as it is come by.

        Yields:
            which text, and the next 200,000 characters or so of it; a text's pieces join as they are.
        """
        for index, share in enumerate(held_out(self.sizes, seed)):
            name, rest = self.names[index], ""
            if 0 < share >= self.sizes[index]:
                rest = PARAGRAPH.join(self.read(index))
                keep += [(name, rest)] if rest else []
                continue
            for part in self.read(index):
                rest = f"{rest}{PARAGRAPH}{part}" if rest else part
                start = 0
                # The end is kept: what is held out of it is cut within half its length.
                while len(rest) - start > 2 * (PIECE_CHARACTERS + share):
                    near = rest[start : start + 2 * PIECE_CHARACTERS]
                    cut = cut_near(near, PIECE_CHARACTERS, PIECE_CHARACTERS // 2)
                    yield index, near[:cut]
                    start += cut
                rest = rest[start:]
            cut = cut_share(rest, share)
            if rest[:cut].strip():
                yield index, rest[:cut].rstrip() if cut < len(rest) else rest
            keep += [(name, held)] if (held := rest[cut:].strip()) else []


def find_texts(job: Job) -> Texts:
    """Looks at a job's sources, and decides which files are read.

    A file that can no longer be read when its turn comes is passed over, or ends where that happens.

    Raises:
        DocumentError: a source is not there.
    """
    examined = examine([Path(source) for source in job.sources], LanguageIdentifier())
    include, exclude = (frozenset(Path(path) for path in paths) for paths in (job.include, job.exclude))
    selection = Survey(examined).select(Overrules(include, exclude, job.language or None))
    sources = _read_together([decision.file for decision in selection.kept])

    def read(index: int) -> Iterator[str]:
        for file in sources[index]:
            with contextlib.suppress(DocumentError):
                yield from read_prose(file.path)

    names = [str(files[0].path if len(files) == 1 else files[0].path.parent) for files in sources]
    between = len(PARAGRAPH)
    sizes = [sum(file.characters + between for file in files) - between for files in sources]
    return Texts(tuple(names), tuple(sizes), selection.language, read)


def _read_together(files: Sequence[Examined]) -> list[list[Examined]]:
    """The files that make one text each: the short ones of a folder are one, in the place of the first of them."""
    texts: list[list[Examined]] = []
    short: dict[Path, list[Examined]] = {}
    for file in files:
        if not file.is_short:
            texts.append([file])
        elif file.path.parent in short:
            short[file.path.parent].append(file)
        else:
            texts.append(short.setdefault(file.path.parent, [file]))
    return texts
