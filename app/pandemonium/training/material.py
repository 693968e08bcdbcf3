"""What a personal training learns from and is judged by: the writer's texts as packed sub-words, in the job folder.

Written once when the training starts, so that a resumed one learns from the same texts even if the folder
has changed or gone.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import TrainingError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.training.splitting import Split, cut_near
from pandemonium.training.tokens import Shelf, pack, read_token_file, write_token_file
from pandemonium.voice.tokenizer import SubwordTokenizer

FILE = "texts.npz"
_PIECE_CHARACTERS = 2_500


@dataclass(frozen=True)
class Material:
    """The texts of one training.

    Attributes:
        train: what is learned from.
        train_names: which document each of `train` is.
        train_characters: of them.
        development_pieces: held out for early stopping: short stretches that are scored side by side, each
            read cold and ending with the separator.
        development_characters: of them.
        test: held out for the verdict: whole texts by name.
        language: of the texts, ISO 639-1; "und" or empty where it is not known.
    """

    train: Shelf
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

    @classmethod
    def prepare(cls, parts: Split, tokenizer: SubwordTokenizer, folder: Path, language: str = "") -> Material:
        """Encodes split texts, and writes them into the job folder.

        Raises:
            TrainingError: the disk is full.
        """
        pieces = [piece for _, text in parts.development for piece in stretches(text)]
        shelves = {"train": pack((t for _, t in parts.train), tokenizer), "development": pack(pieces, tokenizer)}
        header: dict[str, object] = {
            "names": [name for name, _ in parts.train],
            "train_characters": sum(len(text) for _, text in parts.train),
            "development_characters": sum(map(len, pieces)),
            "test": parts.test,
            "language": language,
        }
        try:
            write_token_file(folder / FILE, shelves, header, tokenizer.size)
            with (folder / FILE).open("rb+") as file:
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                (folder / FILE).with_suffix(".part.npz").unlink(missing_ok=True)
            raise TrainingError(
                f"The texts could not be written into the training's folder: {error.strerror}.",
                "Make room on the disk, then resume.",
            ) from error
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Material:
        """Reads what `prepare` wrote.

        Raises:
            TrainingError: the file is missing or damaged.
        """
        shelves, header = read_token_file(folder / FILE)
        return cls._from(shelves, header)

    @classmethod
    def _from(cls, shelves: dict[str, Shelf], header: dict[str, Any]) -> Material:
        development = shelves["development"]
        return cls(
            shelves["train"],
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
