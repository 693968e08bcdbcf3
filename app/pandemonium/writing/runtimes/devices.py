"""Which devices this machine can write on, found without importing torch."""

from __future__ import annotations

import ctypes
import importlib.util
import sys


def available_devices() -> list[str]:
    """Gives ["cpu"], or ["cpu", "gpu"] where an NVIDIA driver answers and torch is installed."""
    return ["cpu", "gpu"] if importlib.util.find_spec("torch") and _cuda_devices() > 0 else ["cpu"]


def _cuda_devices() -> int:
    """How many GPUs the NVIDIA driver sees; 0 where there is no driver."""
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(library)
    except OSError:
        return 0
    count = ctypes.c_int(0)
    if driver.cuInit(0) != 0 or driver.cuDeviceGetCount(ctypes.byref(count)) != 0:
        return 0
    return count.value
