"""Half-precision weights in pieces small enough to be carried from one machine to another."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from pandemonium.errors import TrainingError

PIECE_BYTES = 15 << 20
_PIECES = "pieces"


def write_weights(folder: Path, tensors: dict[str, Tensor], facts: dict[str, str]) -> list[Path]:
    """Writes tensors in float16 as `weights-N.safetensors` of at most 15 MB each, large matrices cut by rows.

    `facts` go along with every piece.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pieces: list[dict[str, Tensor]] = [{}]
    room = PIECE_BYTES
    for name, tensor in tensors.items():
        half = tensor.detach().to("cpu", torch.float16).contiguous()
        row_bytes = max(1, half[0].numel()) * 2
        start = 0
        while start < len(half):
            if room < row_bytes:
                pieces.append({})
                room = PIECE_BYTES
            rows = min(len(half) - start, room // row_bytes)
            pieces[-1][f"{name}@{start}"] = half[start : start + rows].clone()
            room -= rows * row_bytes
            start += rows
    for stale in folder.glob("weights-*.safetensors"):
        stale.unlink()
    paths = [folder / f"weights-{number}.safetensors" for number in range(len(pieces))]
    facts = {**facts, _PIECES: str(len(pieces))}
    for path, piece in zip(paths, pieces, strict=True):
        save_file(piece, path, facts)
    return paths


def read_weights(folder: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Puts together, in float32, what `write_weights` wrote; gives the tensors and the facts.

    Raises:
        TrainingError: a piece is missing or damaged.
    """
    parts: dict[str, dict[int, Tensor]] = {}
    facts: dict[str, str] = {}
    found = sorted(folder.glob("weights-*.safetensors"))
    try:
        for path in found:
            with safe_open(path, framework="pt") as file:
                facts.update(file.metadata() or {})
                for key in file.keys():
                    name, _, start = key.rpartition("@")
                    parts.setdefault(name, {})[int(start)] = file.get_tensor(key).float()
    except (OSError, SafetensorError, ValueError) as error:
        raise TrainingError(f"The weights in {folder} cannot be read.", "Bring them over again.") from error
    if not parts:
        raise TrainingError(f"There are no weights in {folder}.", "Name the folder that `weights` wrote.")
    if int(facts.pop(_PIECES, len(found))) != len(found):
        raise TrainingError(f"Some of the weights in {folder} are missing.", "Bring them over again.")
    return {name: torch.cat([pieces[start] for start in sorted(pieces)]) for name, pieces in parts.items()}, facts
