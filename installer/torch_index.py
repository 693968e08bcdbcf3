"""Prints the package index that PyTorch comes from, or nothing for the usual one; `prepare.sh` runs it first of all.

The usual index brings several gigabytes for NVIDIA cards to every Linux on x86-64. Where no such card is, PyTorch's own
index of builds for processors is taken, if it can be reached.
"""

from __future__ import annotations

import platform
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
_NVIDIA = (Path("/proc/driver/nvidia/version"), Path("/dev/nvidia0"), Path("/dev/nvidiactl"), Path("/dev/dxg"))
_SECONDS = 8


def choose_index(system: str, machine: str, has_nvidia: bool, is_reachable: Callable[[str], bool]) -> str:
    """Gives the index's address; "" for the usual one."""
    if system != "Linux" or machine not in ("x86_64", "AMD64") or has_nvidia:
        return ""
    return CPU_INDEX if is_reachable(CPU_INDEX) else ""


def has_nvidia_card() -> bool:
    """Tells whether an NVIDIA driver is at work, in Windows' Linux as well."""
    return any(path.exists() for path in _NVIDIA)


def is_reachable(address: str) -> bool:
    """Tells whether an index answers within a few seconds."""
    try:
        with urllib.request.urlopen(f"{address}/torch/", timeout=_SECONDS) as answer:
            return 200 <= answer.status < 300
    except (OSError, urllib.error.URLError, ValueError):
        return False


if __name__ == "__main__":
    print(choose_index(platform.system(), platform.machine(), has_nvidia_card(), is_reachable))
