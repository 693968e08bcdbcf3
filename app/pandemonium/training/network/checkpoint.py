"""Checkpoints that survive a kill at any moment: written beside, synced, then renamed over the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from pandemonium.atomic import replacing
from pandemonium.errors import TrainingError


def save_checkpoint(path: Path, saved: dict[str, Any]) -> None:
    """Replaces the checkpoint at `path` by `saved` (tensors and plain values) as a whole.

    Raises:
        TrainingError: the disk is full or cannot be written; the last checkpoint is still there.
    """
    try:
        with replacing(path) as file:
            torch.save(saved, file)
    except (OSError, RuntimeError) as error:  # torch makes another error of a disk that is full
        reason = error.strerror if isinstance(error, OSError) else "the disk may be full"
        raise TrainingError(
            f"The training's state could not be saved: {reason}.",
            "Make room on the disk, then resume; what was saved before is kept.",
        ) from error


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Reads a checkpoint, tensors on the CPU; holds no code.

    Raises:
        TrainingError: the file is missing, damaged or no checkpoint.
    """
    if not path.is_file():
        raise TrainingError(f"There is no checkpoint {path}.", "Train first.")
    try:
        saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged file
        raise TrainingError(f"The checkpoint {path} cannot be read.", "Delete it to start again.") from error
    return saved
