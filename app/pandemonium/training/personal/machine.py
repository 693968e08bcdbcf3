"""What a training asks of the machine: memory, room on the disk, mains, and to stand back behind other work."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

import psutil

from pandemonium.errors import TrainingError
from pandemonium.training.personal.planning import Plan
from pandemonium.voice.architecture import Architecture

LEAST_DISK = 1 << 30
_BYTES_A_WEIGHT = 48  # weights, gradients, two moments, averages, the best so far, and what saving copies
_NUMBERS_A_STEP = 12  # kept for each unit of a layer and sub-word until the gradients are known
_NICE = 10
# mallopt(3)
_TRIM_THRESHOLD = -1
_MMAP_MAX = -4


def free_disk(folder: Path) -> int:
    """Bytes that can still be written where `folder` lies."""
    return shutil.disk_usage(folder).free


def check_disk(folder: Path, least: int = LEAST_DISK) -> None:
    """Makes sure of `least` bytes.

    Raises:
        TrainingError: there is less room.
    """
    if (free := free_disk(folder)) < least:
        raise TrainingError(
            f"There is only {free / 1e6:,.0f} MB left on the disk; a training needs {least / 1e6:,.0f} MB.",
            "Make room, then resume.",
        )


def memory_needed(architecture: Architecture, plan: Plan) -> int:
    """About how many bytes a training of this shape takes."""
    a = architecture
    units = 2 * a.embedding + _NUMBERS_A_STEP * a.layers * a.hidden
    return _BYTES_A_WEIGHT * a.weights + 4 * plan.batch * plan.length * units


def check_memory(architecture: Architecture, plan: Plan) -> None:
    """Makes sure that the training fits into the memory that is free now.

    Raises:
        TrainingError: it does not.
    """
    needed = memory_needed(architecture, plan)
    free = psutil.virtual_memory().available
    if free < needed:
        raise TrainingError(
            f"There is only {free / 1e6:,.0f} MB of memory free; this training needs about {needed / 1e6:,.0f} MB.",
            "Close other programs, then resume.",
        )


def on_battery() -> bool:
    """The machine has a battery and is not plugged in."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):  # no sensor, or one that answers nonsense
        return False
    return battery is not None and battery.power_plugged is False


def lower_priority() -> None:
    """Lets other programs go first from now on."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(max(0, _NICE - os.nice(0)))


def keep_memory() -> None:
    """Lets a training keep what memory it once had, where the C library is glibc.

    A step takes and gives back the same blocks of many megabytes; glibc returns each to the system, which then hands
    it out page by page again, zeroed. Not for a process that goes on after its training.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.gnu_get_libc_version  # noqa: B018 - other C libraries have none, and another mallopt
        library.mallopt(_MMAP_MAX, 0)
        library.mallopt(_TRIM_THRESHOLD, -1)
