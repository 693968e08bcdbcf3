"""What a training starts from: a base voice, or nothing but the texts themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium.atomic import write_atomically
from pandemonium.errors import TrainingError
from pandemonium.text.language import UNKNOWN, language_name
from pandemonium.training.recipe import Network
from pandemonium.voice.architecture import Architecture, PlainArchitecture
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import train_tokenizer

TOKENIZER = "tokenizer.json"
# Characters of text from which a network of this shape (embedding, hidden, layers) is worth its weights.
_SHAPES = ((0, (128, 256, 1)), (600_000, (192, 384, 2)), (3_000_000, (256, 512, 2)), (10_000_000, (384, 768, 2)))


@dataclass(frozen=True)
class Start:
    """Network and tokenizer of the new voice.

    Attributes:
        architecture: the network's shape.
        tokenizer: its sub-words.
        weights: the base voice's, or None where the network starts from chance.
        base: the voice that the new one is compared with, and, with weights, goes on from.
        foundation: the name of the voice that the weights lie nearer to than the base voice's do; empty for none.
        share: how far on the straight line from the base voice (0) to the foundation (1).
    """

    architecture: Architecture
    tokenizer: SubwordTokenizer
    weights: Mapping[str, NDArray[np.float32]] | None
    base: Voice
    foundation: str = ""
    share: float = 0.0

    @classmethod
    def from_voice(cls, base: Voice) -> Start:
        """Goes on from `base`."""
        return cls(base.architecture, base.tokenizer, base.dequantize(), base)

    @classmethod
    def from_scratch(
        cls, base: Voice, texts: Iterable[str], characters: int, folder: Path, network: Network | None = None
    ) -> Start:
        """Learns a tokenizer from `texts`, keeps it in the job folder, and picks a shape: a recipe's, or by their size.

        Args:
            base: the voice that the new one is compared with.
            texts: gone through once.
            characters: of `texts`, as near as it is known.
            folder: of the job.
            network: the recipe's.

        Raises:
            TrainingError: the disk is full.
        """
        if network is None:
            tokenizer = SubwordTokenizer.train(texts, int(np.clip(characters // 100, 1024, 8192)))
        else:
            tokenizer = train_tokenizer(texts, network.unit, network.vocabulary, network.least)
        try:
            write_atomically(folder / TOKENIZER, json.dumps([characters, tokenizer.definition]).encode())
        except OSError as error:
            raise TrainingError(
                f"The training's tokenizer could not be saved: {error.strerror}.", "Make room on the disk, then resume."
            ) from error
        return cls.resumed(base, folder, network)

    @classmethod
    def resumed(cls, base: Voice, folder: Path, network: Network | None = None) -> Start:
        """Takes up what `from_scratch` kept in the job folder.

        Raises:
            TrainingError: it is damaged.
        """
        try:
            characters, definition = json.loads((folder / TOKENIZER).read_text("utf-8"))
        except (OSError, ValueError, TypeError) as error:
            raise TrainingError("The training's tokenizer cannot be read.", "Start the training anew.") from error
        tokenizer = SubwordTokenizer(definition)
        embedding, hidden, layers = next(shape for least, shape in reversed(_SHAPES) if characters >= least)
        if network is not None:
            embedding = network.embedding
            hidden = network.width
            layers = network.layers
        return cls(PlainArchitecture(tokenizer.size, embedding, hidden, layers), tokenizer, None, base)


def why_from_scratch(base: Voice, language: str) -> str:
    """Why a folder in `language` (ISO 639-1) wants a voice of its own, as a sentence; empty where `base` will do."""
    known = base.card.language or "en"
    if language in (known, UNKNOWN, ""):
        return ""
    return (
        f"Your texts are in {language_name(language)}, and the voice '{base.name}' writes {language_name(known)}: "
        "the new voice learns from your texts alone."
    )
