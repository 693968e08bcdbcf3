"""The voice file: a safetensors container that is verified before anything of it is believed.

Tensors: `NAME.values` (int8) and `NAME.scales` (float32) for each matrix of `Architecture.shapes`, plain
float32 for each vector, `profile.NAME` (uint8) for each filter of the training text's profile, and `balance`
(float16). Metadata, all strings: `format`, `architecture`, `tokenizer`, `card` and `profile` (JSON), and `sha256`
over all of these and the tensors. A voice may be without a profile and without a balance. Never a pickle: a voice
from elsewhere can hold no code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from pandemonium.atomic import write_atomically
from pandemonium.errors import VoiceError
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.card import Card
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.quantization import QuantizedMatrix, quantize
from pandemonium.voice.tokenizer import SubwordTokenizer

FORMAT = "pandemonium-voice-1"
SUFFIX = ".voice"
_LARGEST_FILE = 512 << 20
_REMEMBERED, _MOST_REMEMBERED = "remembered", 1 << 16
_BALANCE, _LARGEST_MOVE = "balance", 10.0
_AGAIN = "Ask for the file again, or choose another voice."


@dataclass(frozen=True)
class Voice:
    """A loaded voice.

    Attributes:
        name: the file's name without its suffix.
        architecture: the network's shape.
        tokenizer: its sub-words.
        matrices: int8 matrices by the names of `Architecture.shapes`.
        vectors: float32 vectors (biases) by the same names.
        card: what it is.
        profile: of its training text; older voices have none.
        remembered: sub-words of texts that it has not learned from but recalls, empty for most voices.
        balance: by how much each piece's logit moves where it writes (`writing.balance`), [vocabulary]; older
            voices have none, and it is empty.
    """

    name: str
    architecture: Architecture
    tokenizer: SubwordTokenizer
    matrices: Mapping[str, QuantizedMatrix]
    vectors: Mapping[str, NDArray[np.float32]]
    card: Card
    profile: StyleProfile | None = None
    remembered: NDArray[np.uint16] = field(default_factory=lambda: np.zeros(0, dtype=np.uint16))
    balance: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def dequantize(self) -> dict[str, NDArray[np.float32]]:
        """Every weight as float32: enough to go on training, or to write on a GPU."""
        return {**{name: matrix.dequantize() for name, matrix in self.matrices.items()}, **self.vectors}


def quantize_voice(
    name: str,
    architecture: Architecture,
    tokenizer: SubwordTokenizer,
    weights: Mapping[str, NDArray[np.float32]],
    card: Card,
    profile: StyleProfile | None = None,
) -> Voice:
    """Makes a voice of float weights named and shaped as in `Architecture.shapes`."""
    matrices = {n: quantize(weights[n]) for n, shape in architecture.shapes().items() if len(shape) == 2}
    vectors = {
        n: np.ascontiguousarray(weights[n], np.float32) for n, shape in architecture.shapes().items() if len(shape) == 1
    }
    return Voice(name, architecture, tokenizer, matrices, vectors, card, profile)


def save_voice(voice: Voice, path: Path) -> None:
    """Writes `voice` to `path`; the file is replaced as a whole or not at all.

    Raises:
        VoiceError: the disk is full or the folder cannot be written.
    """
    tensors: dict[str, NDArray[Any]] = {**voice.vectors}
    for name, matrix in voice.matrices.items():
        tensors[f"{name}.values"] = np.ascontiguousarray(matrix.values)
        tensors[f"{name}.scales"] = np.ascontiguousarray(matrix.scales)
    metadata = {
        "format": FORMAT,
        "architecture": json.dumps(voice.architecture.to_dict()),
        "tokenizer": voice.tokenizer.definition,
        "card": json.dumps(voice.card.to_dict(), ensure_ascii=False),
    }
    if voice.profile is not None:
        metadata["profile"] = voice.profile.to_json()
        tensors.update(voice.profile.tensors())
    if len(voice.remembered):
        tensors[_REMEMBERED] = np.ascontiguousarray(voice.remembered)
    if len(voice.balance):
        tensors[_BALANCE] = voice.balance.astype(np.float16)
    metadata["sha256"] = _digest(metadata, tensors)
    data = save(tensors, metadata)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise VoiceError(
            f"The voice could not be saved to {path}: {error.strerror}.", "Make room or choose another folder."
        ) from error


def load_voice(path: Path) -> Voice:
    """Reads and verifies a voice file.

    Raises:
        VoiceError: the file is missing, truncated, altered, or no voice.
    """
    metadata, tensors = _read(path, with_tensors=True)
    if metadata["sha256"] != _digest(metadata, tensors):
        raise VoiceError(f"The voice file {path.name} was damaged: its checksum does not match.", _AGAIN)
    architecture = _architecture(path, metadata)
    tokenizer = SubwordTokenizer(metadata["tokenizer"])
    if tokenizer.size != architecture.vocabulary:
        raise VoiceError(f"The voice file {path.name} does not fit its own tokenizer.", _AGAIN)
    matrices: dict[str, QuantizedMatrix] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    for name, shape in architecture.shapes().items():
        if len(shape) == 1:
            vectors[name] = _tensor(path, tensors, name, shape, np.float32)
        else:
            values = _tensor(path, tensors, f"{name}.values", shape, np.int8)
            matrices[name] = QuantizedMatrix(values, _tensor(path, tensors, f"{name}.scales", shape[:1], np.float32))
    profile = StyleProfile.read(metadata["profile"], tensors) if "profile" in metadata else None
    remembered = _remembered(path, tensors, architecture)
    card, balance = _card(path, metadata), _balance(path, tensors, architecture)
    return Voice(path.stem, architecture, tokenizer, matrices, vectors, card, profile, remembered, balance)


def read_card(path: Path) -> Card:
    """Reads a voice file's card alone, without its weights.

    Raises:
        VoiceError: the file is missing or no voice.
    """
    metadata, _ = _read(path, with_tensors=False)
    return _card(path, metadata)


def file_sha256(path: Path) -> str:
    """The hash of a voice file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path, *, with_tensors: bool) -> tuple[dict[str, str], dict[str, NDArray[Any]]]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise VoiceError(f"{path.name} is too large to be a voice.", _AGAIN)
        with safe_open(str(path), framework="numpy") as file:
            metadata: dict[str, str] = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()} if with_tensors else {}
    except (SafetensorError, ValueError, TypeError, AttributeError) as error:  # numpy lacks some of their types
        raise VoiceError(f"{path.name} is not a voice, or it is damaged.", _AGAIN) from error
    except FileNotFoundError as error:
        raise VoiceError(f"There is no voice file {path}.", "Choose another voice.") from error
    except OSError as error:
        raise VoiceError(f"The voice file {path} cannot be read: {error.strerror or error}.", _AGAIN) from error
    if metadata.get("format") != FORMAT:
        raise VoiceError(f"{path.name} is not a voice that this program knows.", "It may need a newer version.")
    if not {"architecture", "tokenizer", "card", "sha256"} <= metadata.keys():
        raise VoiceError(f"The voice file {path.name} is incomplete.", _AGAIN)
    return metadata, tensors


def _architecture(path: Path, metadata: dict[str, str]) -> Architecture:
    try:
        values = json.loads(metadata["architecture"])
        return Architecture.from_dict(values)
    except (ValueError, TypeError, RecursionError) as error:
        raise VoiceError(
            f"The voice file {path.name} has an architecture that this program does not know.", _AGAIN
        ) from error


def _card(path: Path, metadata: dict[str, str]) -> Card:
    try:
        return Card.from_dict(json.loads(metadata["card"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise VoiceError(f"The card of {path.name} cannot be read.", _AGAIN) from error


def _remembered(path: Path, tensors: dict[str, NDArray[Any]], architecture: Architecture) -> NDArray[np.uint16]:
    if _REMEMBERED not in tensors:
        return np.zeros(0, dtype=np.uint16)
    tokens = tensors[_REMEMBERED]
    if tokens.ndim != 1 or tokens.dtype != np.uint16 or not 0 < len(tokens) <= _MOST_REMEMBERED:
        raise VoiceError(f"What {path.name} remembers has an impossible size.", _AGAIN)
    if int(tokens.max()) >= architecture.vocabulary:
        raise VoiceError(f"What {path.name} remembers does not fit its tokenizer.", _AGAIN)
    return tokens


def _balance(path: Path, tensors: dict[str, NDArray[Any]], architecture: Architecture) -> NDArray[np.float32]:
    if _BALANCE not in tensors:
        return np.zeros(0, dtype=np.float32)
    moves = _tensor(path, tensors, _BALANCE, (architecture.vocabulary,), np.float16).astype(np.float32)
    if not (np.abs(moves) <= _LARGEST_MOVE).all():
        raise VoiceError(f"The voice file {path.name} holds a balance that is none.", _AGAIN)
    return moves


def _tensor(
    path: Path, tensors: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...], kind: type
) -> NDArray[Any]:
    tensor = tensors.get(name)
    if tensor is None or tensor.shape != shape or tensor.dtype != kind:
        raise VoiceError(f"The voice file {path.name} is incomplete: '{name}' is missing or has a wrong size.", _AGAIN)
    if kind is np.float32 and not np.isfinite(tensor).all():
        raise VoiceError(f"The voice file {path.name} holds numbers that are none.", _AGAIN)
    return tensor


def _digest(metadata: Mapping[str, str], tensors: Mapping[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in ("format", "architecture", "tokenizer", "card", *({"profile"} & metadata.keys())):
        digest.update(metadata[name].encode())
        digest.update(b"\0")
    for name in sorted(tensors):
        tensor = np.ascontiguousarray(tensors[name])
        digest.update(f"{name} {tensor.dtype} {tensor.shape}\0".encode())
        digest.update(tensor.tobytes())  # bfloat16 has no buffer
    return digest.hexdigest()
