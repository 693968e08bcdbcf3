"""What the figures were taken on: processor, caches, versions, and how busy it was."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

import psutil

from pandemonium.writing.runtimes.cpu_runtime import cuts_products_off, physical_cores
from pandemonium.writing.runtimes.devices import available_devices

_FLAGS = ("avx2", "fma", "avx_vnni", "avx512f", "avx512_vnni", "amx_int8", "asimddp", "i8mm")
_PARTS = ("onnxruntime", "torch", "numpy", "PySide6_Essentials", "qasync")


def describe_machine() -> dict[str, object]:
    """Names the machine and its load; what the system does not tell is left out."""
    info = _cpuinfo()
    flags = set(info.get("flags", info.get("Features", "")).split())
    found: dict[str, object] = {
        "system": platform.platform(),
        "processor": info.get("model name", "") or platform.processor(),
        "flags": [flag for flag in _FLAGS if flag in flags],
        "cores": physical_cores(),
        "caches": _caches(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "load": [round(each, 2) for each in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "cuts_int8_products_off": cuts_products_off(),
        "devices": available_devices(),
        "python": platform.python_version(),
    }
    return found | {name: _version(name) for name in _PARTS if _version(name)}


def _cpuinfo() -> dict[str, str]:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def _caches() -> dict[str, str]:
    found = {}
    for folder in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        try:
            kind = (folder / "type").read_text().strip()
            if kind != "Instruction":
                found[f"L{(folder / 'level').read_text().strip()}"] = (folder / "size").read_text().strip()
        except OSError:
            continue
    return found


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
