"""The voice file: a safetensors container that is verified before anything of it is believed.

Tensors: `NAME.values` (int8) and `NAME.scales` (float32) for each matrix of `Architecture.shapes`, plain
float32 for each vector, `profile.NAME` (uint8) for each filter of the training text's profile, `balance` (float16),
and `judge.NAME` (float32, `writing.decoding.judge.judge_shapes`). Metadata, all strings: `format`, `architecture`,
`tokenizer`, `card` and `profile` (JSON), and `sha256` over all of these and the tensors. A voice may be without a
profile, a balance and a judge. Never a pickle: a voice from elsewhere can hold no code.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize, safe_open
from safetensors.numpy import save

from pandemonium.atomic import write_atomically
from pandemonium.errors import VoiceError
from pandemonium.regular_files import FileTooLargeError, check_regular, read_regular
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.card import Card
from pandemonium.voice.plain_json import read_json
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.quantization import LARGEST as LARGEST_VALUE
from pandemonium.voice.quantization import QuantizedMatrix, quantize
from pandemonium.voice.tokenizer import SubwordTokenizer

FORMAT = "pandemonium-voice-1"
SUFFIX = ".voice"
LARGEST = 512 << 20
"""Bytes that a voice file may have."""
_LONGEST_JSON = 1 << 20
# Weights of a trained network lie below 20. Up to here no sum or product of any architecture leaves float32.
_LARGEST_WEIGHT = 1000.0
_REMEMBERED = "remembered"
_MOST_REMEMBERED = 1 << 16
_BALANCE = "balance"
_LARGEST_MOVE = 10.0
_JUDGE = "judge."
_OLDER_JUDGE = "judge.features"
_LARGEST_JUDGE = 4 << 20
_LARGEST_OF_JUDGE = 1e6
_TYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8, "U8": np.uint8, "U16": np.uint16}
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
        balance: by how much each piece's logit moves where it writes (`writing.sampling.balance`), [vocabulary]; older
            voices have none, and it is empty.
        judge: of sentences, its tensors by name (`writing.decoding.judge.judge_shapes`); older voices have none, and it
            is empty.
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
    judge: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

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
    tensors.update({name: np.ascontiguousarray(tensor, np.float32) for name, tensor in voice.judge.items()})
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
    return parse_voice(path, read_voice_bytes(path))


def read_voice_bytes(path: Path) -> bytes:
    """Reads a voice file as it is; `parse_voice` verifies it.

    Raises:
        VoiceError: it is missing, too large to be a voice, or no file at all.
    """
    with _telling_why_not(path):
        return read_regular(path, LARGEST)


def parse_voice(path: Path, data: bytes) -> Voice:
    """Verifies the bytes of a voice file, and gives the voice.

    Args:
        path: what the file is called; it is not looked at.
        data: what is in it.

    Raises:
        VoiceError: they were truncated or altered, or are no voice.
    """
    try:
        tensors = {name: _array(value) for name, value in deserialize(data)}  # type: ignore[no-untyped-call]
        (size,) = struct.unpack("<Q", data[:8])
        metadata = json.loads(data[8 : 8 + size])["__metadata__"]  # which `deserialize` has checked, but does not give
    except (SafetensorError, ValueError, KeyError, TypeError, RecursionError, struct.error) as error:
        raise VoiceError(f"{path.name} is not a voice, or it is damaged.", _AGAIN) from error
    _check_metadata(path, metadata)
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
            _check_weights(path, vectors[name], _LARGEST_WEIGHT)
        else:
            values = _tensor(path, tensors, f"{name}.values", shape, np.int8)
            scales = _tensor(path, tensors, f"{name}.scales", shape[:1], np.float32)
            _check_weights(path, scales, _LARGEST_WEIGHT / LARGEST_VALUE)
            matrices[name] = QuantizedMatrix(values, scales)
    profile = StyleProfile.read(metadata["profile"], tensors) if "profile" in metadata else None
    remembered = _remembered(path, tensors, architecture)
    card = _card(path, metadata)
    balance = _balance(path, tensors, architecture)
    judge = _judge(path, tensors)
    return Voice(path.stem, architecture, tokenizer, matrices, vectors, card, profile, remembered, balance, judge)


def read_card(path: Path) -> Card:
    """Reads a voice file's card alone, without its weights.

    Raises:
        VoiceError: the file is missing or no voice.
    """
    with _telling_why_not(path):
        check_regular(path, LARGEST)
        try:
            with safe_open(str(path), framework="numpy") as file:
                metadata = file.metadata() or {}
        except (SafetensorError, ValueError) as error:
            raise VoiceError(f"{path.name} is not a voice, or it is damaged.", _AGAIN) from error
    _check_metadata(path, metadata)
    return _card(path, metadata)


def file_sha256(path: Path) -> str:
    """The hash of a voice file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _telling_why_not(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise VoiceError(f"There is no voice file {path}.", "Choose another voice.") from error
    except FileTooLargeError as error:
        raise VoiceError(f"{path.name} is too large to be a voice.", _AGAIN) from error
    except OSError as error:
        raise VoiceError(f"The voice file {path} cannot be read: {error.strerror or error}.", _AGAIN) from error


def _array(tensor: Mapping[str, Any]) -> NDArray[Any]:
    """An array of one of the types that a voice has.

    Raises:
        KeyError: it has another type.
    """
    return np.frombuffer(tensor["data"], dtype=_TYPES[tensor["dtype"]]).reshape(tensor["shape"])


def _check_metadata(path: Path, metadata: Mapping[str, str]) -> None:
    if metadata.get("format") != FORMAT:
        raise VoiceError(f"{path.name} is not a voice that this program knows.", "It may need a newer version.")
    if not {"architecture", "tokenizer", "card", "sha256"} <= metadata.keys():
        raise VoiceError(f"The voice file {path.name} is incomplete.", _AGAIN)


def _architecture(path: Path, metadata: dict[str, str]) -> Architecture:
    try:
        return Architecture.from_dict(read_json(metadata["architecture"], _LONGEST_JSON))
    except (ValueError, TypeError) as error:
        raise VoiceError(
            f"The voice file {path.name} has an architecture that this program does not know.", _AGAIN
        ) from error


def _card(path: Path, metadata: dict[str, str]) -> Card:
    try:
        return Card.from_dict(read_json(metadata["card"], _LONGEST_JSON))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
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


def _judge(path: Path, tensors: dict[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    found = {name: tensor for name, tensor in tensors.items() if name.startswith(_JUDGE)}
    if _OLDER_JUDGE in found:  # a simpler one, which was no better than none
        return {}
    if sum(tensor.nbytes for tensor in found.values()) > _LARGEST_JUDGE:
        raise VoiceError(f"The voice file {path.name} holds a judge of sentences that is none.", _AGAIN)
    for tensor in found.values():
        if tensor.dtype != np.float32 or not (np.abs(tensor) <= _LARGEST_OF_JUDGE).all():
            raise VoiceError(f"The voice file {path.name} holds a judge of sentences that is none.", _AGAIN)
    return found


def _tensor(
    path: Path, tensors: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...], kind: type
) -> NDArray[Any]:
    tensor = tensors.get(name)
    if tensor is None or tensor.shape != shape or tensor.dtype != kind:
        raise VoiceError(f"The voice file {path.name} is incomplete: '{name}' is missing or has a wrong size.", _AGAIN)
    return tensor


def _check_weights(path: Path, weights: NDArray[np.float32], most: float) -> None:
    if not (np.abs(weights) <= most).all():  # also where they are no numbers
        raise VoiceError(f"The voice file {path.name} holds weights that no network has.", _AGAIN)


def _digest(metadata: Mapping[str, str], tensors: Mapping[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in ("format", "architecture", "tokenizer", "card", *({"profile"} & metadata.keys())):
        digest.update(metadata[name].encode())
        digest.update(b"\0")
    for name in sorted(tensors):
        tensor = np.ascontiguousarray(tensors[name])
        digest.update(f"{name} {tensor.dtype} {tensor.shape}\0".encode())
        digest.update(tensor.tobytes())
    return digest.hexdigest()
