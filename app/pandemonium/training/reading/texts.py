"""The texts that a training reads: which they are and how long, and their prose again, part by part, when it is asked.

What a writer drops may be larger than the memory of her laptop: no more than a part of one text is held at a time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.errors import DocumentError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.language import LanguageIdentifier
from pandemonium.training.job import Job
from pandemonium.training.reading.examining import Examined, examine, read_prose
from pandemonium.training.reading.selection import Overrules, Selection, Survey
from pandemonium.training.reading.splitting import Documents, cut_near, cut_share, held_out
from pandemonium.training.reading.store import PROSE, ProseStore

PIECE_CHARACTERS = 200_000
INDEX = "texts.index"


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
        names = tuple(name for name, _ in documents)
        sizes = tuple(len(text) for _, text in documents)
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
            name = self.names[index]
            rest = ""
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


def find_texts(job: Job, folder: Path | None = None) -> Texts:
    """Looks at a job's sources, and decides which files are read.

    A file that can no longer be read when its turn comes is passed over, or ends where that happens.

    Args:
        job: what is to be trained.
        folder: what is read is kept there, so that nothing is read twice; None reads again what is kept.

    Raises:
        DocumentError: a source is not there.
    """
    store = None
    if folder is not None:
        with contextlib.suppress(OSError):
            store = ProseStore(folder)
    examined = examine([Path(source) for source in job.sources], LanguageIdentifier(), store)
    include, exclude = (frozenset(Path(path) for path in paths) for paths in (job.include, job.exclude))
    selection = Survey(examined).select(Overrules(include, exclude, job.language or None))
    return _texts(_read_together([decision.file for decision in selection.kept]), selection.language, store)


def hand_on(selection: Selection, store: ProseStore, folder: Path) -> None:
    """Puts what a survey has read and selected into a job's folder, where `handed_on` finds it.

    Raises:
        OSError: it cannot be written; the training reads the texts itself then.
    """
    texts = [
        {"name": text.name, "characters": text.characters, "files": [str(path) for path in text.paths]}
        for text in _read_together([decision.file for decision in selection.kept])
    ]
    index = {
        "language": selection.language,
        "texts": texts,
        "parts": {str(path): parts for path, parts in store.parts.items()},
    }
    store.move(folder)
    write_atomically(folder / INDEX, json.dumps(index).encode("utf-8", "surrogateescape"))


def handed_on(folder: Path) -> Texts | None:
    """The texts that were put into a job's folder; None where there are none, or they are damaged."""
    try:
        index = json.loads((folder / INDEX).read_bytes().decode("utf-8", "surrogateescape"))
        texts = [
            _Text(str(each["name"]), int(each["characters"]), tuple(Path(path) for path in each["files"]))
            for each in index["texts"]
        ]
        parts = {Path(path): [(int(start), int(size)) for start, size in each] for path, each in index["parts"].items()}
        return _texts(texts, str(index["language"]), ProseStore(folder, parts))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def forget_handed_on(folder: Path) -> None:
    """Deletes what was put into a job's folder, or kept there while it was read."""
    for name in (INDEX, PROSE):
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class _Text:
    """One text: a file, or the short files of a folder."""

    name: str
    characters: int
    paths: tuple[Path, ...]

    @classmethod
    def of(cls, files: Sequence[Examined]) -> _Text:
        between = len(PARAGRAPH)
        return cls(
            str(files[0].path if len(files) == 1 else files[0].path.parent),
            sum(file.characters + between for file in files) - between,
            tuple(file.path for file in files),
        )


def _texts(texts: Sequence[_Text], language: str, store: ProseStore | None) -> Texts:
    def read(index: int) -> Iterator[str]:
        for path in texts[index].paths:
            if store is not None and store.holds(path):
                yield from store.read(path)
                continue
            with contextlib.suppress(DocumentError):
                yield from read_prose(path)

    return Texts(tuple(text.name for text in texts), tuple(text.characters for text in texts), language, read)


def _read_together(files: Sequence[Examined]) -> list[_Text]:
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
    return [_Text.of(each) for each in texts]
