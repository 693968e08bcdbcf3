"""Devices: the CPU is always there, and looking for a GPU loads no torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pandemonium.errors import DeviceError
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.devices import available_devices
from pandemonium.writing.runtimes.opening import open_runtime

APP = Path(__file__).resolve().parents[3] / "app"


def test_the_cpu_comes_first() -> None:
    assert available_devices() in (["cpu"], ["cpu", "gpu"])


def test_looking_loads_no_torch() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(APP)!r})\n"
        "from pandemonium.writing.runtimes.devices import available_devices\n"
        "available_devices(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)


def test_opens_what_was_asked_for(tiny_voice: Voice) -> None:
    assert open_runtime(tiny_voice, "auto").device == "cpu"
    assert open_runtime(tiny_voice, "cpu", threads=1).device == "cpu"


def test_a_device_that_is_not_here_is_a_sentence(tiny_voice: Voice) -> None:
    with pytest.raises(DeviceError, match="abacus"):
        open_runtime(tiny_voice, "abacus")
    if "gpu" not in available_devices():
        with pytest.raises(DeviceError) as refused:
            open_runtime(tiny_voice, "gpu")
        assert refused.value.hint
