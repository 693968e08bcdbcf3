"""What a personal training learns from and is judged by: the writer's texts as packed sub-words, in the job folder.

Written once when the training starts, so that a resumed one learns from the same texts even if the folder
has changed or gone. What is learned from is written as it is read and lies on the disk alone: two gigabytes of
text need no more memory than two megabytes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import TrainingError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.training.material.tokens import (
    TokenDataset,
    TokenWriter,
    map_tokens,
    pack,
    read_token_file,
    write_token_file,
)
from pandemonium.training.reading.splitting import Documents, cut_near, halves
from pandemonium.training.reading.texts import Texts
from pandemonium.voice.tokenizer import SubwordTokenizer

FILE = "texts.npz"
TOKENS = "texts.tokens"
STRETCH_TOKENS = 65_536
_PIECE_CHARACTERS = 2_500


@dataclass(frozen=True)
class Material:
    """The texts of one training.

    Attributes:
        train: what is learned from; it stays on the disk, and is looked up there.
        train_names: which document each of `train` is.
        train_characters: of them.
        development_pieces: held out for early stopping: short stretches that are scored side by side, each
            read cold and ending with the separator.
        development_characters: of them.
        test: held out for the evaluation report: whole texts by name.
        language: of the texts, ISO 639-1; "und" or empty where it is not known.
    """

    train: TokenDataset
    train_names: list[str]
    train_characters: int
    development_pieces: list[NDArray[np.uint16]]
    development_characters: int
    test: list[tuple[str, str]]
    language: str = ""

    @property
    def characters_per_token(self) -> float:
        """Characters of the training text to a sub-word."""
        return self.train_characters / max(1, len(self.train.tokens) - len(self.train.starts))

    def sample(self, decode: Callable[[Iterable[int]], str], characters: int) -> Documents:
        """What is learned from as (name, text), or stretches from all over it where it is longer than `characters`.

        Args:
            decode: gives the text of sub-words.
            characters: about as many are given at most.
        """
        share = min(1.0, characters / max(1, self.train_characters))
        found: Documents = []
        taken = 0.0
        for name, tokens in self._stretches(whole=share == 1.0):
            before = taken
            taken = taken + share * len(tokens) / STRETCH_TOKENS
            if share == 1.0 or int(taken) > int(before) or not found:
                found.append((name, decode(map(int, tokens))))
        return found

    def _stretches(self, *, whole: bool) -> Iterator[tuple[str, NDArray[np.uint16]]]:
        """Each document's sub-words with its name, a long one's in stretches unless they are wanted whole."""
        for index, name in enumerate(self.train_names):
            tokens = self.train.document(index)
            step = len(tokens) if whole else STRETCH_TOKENS
            for start in range(0, len(tokens), step):
                yield name, tokens[start : start + step]

    @classmethod
    def prepare(cls, texts: Texts, tokenizer: SubwordTokenizer, folder: Path, seed: int) -> Material:
        """Reads texts one after another, splits and encodes them, and writes them into the job folder as it goes.

        Args:
            texts: to learn from and to be judged by.
            tokenizer: the new voice's.
            folder: of the job.
            seed: of the draw of what is held out.

        Raises:
            TrainingError: the disk is full, or the texts are gone.
        """
        held: Documents = []
        try:
            with TokenWriter(folder / TOKENS, tokenizer) as writer:
                for index, piece in texts.learned(seed, held):
                    writer.add(index, piece)
            if not writer.documents:
                raise TrainingError("There is no text to learn from here.", "'pandemonium inspect' says why.")
            development, test = halves(held)
            pieces = [piece for _, text in development for piece in stretches(text)]
            header: dict[str, object] = {
                "names": [texts.names[index] for index in writer.documents],
                "train_characters": writer.characters,
                "train_tokens": writer.count,
                "development_characters": sum(map(len, pieces)),
                "test": test,
                "language": texts.language,
            }
            datasets = {"train": writer.starts(), "development": pack(pieces, tokenizer)}
            write_token_file(folder / FILE, datasets, header, tokenizer.size)
        except OSError as error:
            for name in (TOKENS, FILE):
                with contextlib.suppress(OSError):
                    (folder / name).unlink(missing_ok=True)
            raise TrainingError(
                f"The texts could not be written into the training's folder: {error.strerror}.",
                "Make room on the disk, then resume.",
            ) from error
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Material:
        """Opens what `prepare` wrote.

        Raises:
            TrainingError: a file is missing or damaged.
        """
        datasets, header = read_token_file(folder / FILE)
        development = datasets["development"]
        train = datasets["train"]
        if "train_tokens" in header:  # folders of earlier versions hold them in the same file
            train = TokenDataset(map_tokens(folder / TOKENS, int(header["train_tokens"])), train.starts)
        return cls._from(train, development, header)

    @classmethod
    def _from(cls, train: TokenDataset, development: TokenDataset, header: dict[str, Any]) -> Material:
        return cls(
            train,
            list(header["names"]),
            int(header["train_characters"]),
            [development.document(i) for i in range(len(development.starts))],
            int(header["development_characters"]),
            [(name, text) for name, text in header["test"]],
            str(header.get("language", "")),
        )


def stretches(text: str) -> list[str]:
    """Cuts a text into stretches of about 2,500 characters: between paragraphs, and inside of those that are longer."""
    found: list[str] = []
    for paragraph in text.split(PARAGRAPH):
        while len(paragraph) > 2 * _PIECE_CHARACTERS:
            cut = cut_near(paragraph, _PIECE_CHARACTERS, _PIECE_CHARACTERS // 2)
            found.append(paragraph[:cut].rstrip())
            paragraph = paragraph[cut:].lstrip()
        if found and len(found[-1]) + len(paragraph) < _PIECE_CHARACTERS:
            found[-1] += PARAGRAPH + paragraph
        elif paragraph:
            found.append(paragraph)
    return found
