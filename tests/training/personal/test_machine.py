"""What a training asks of the machine, told in sentences before it runs out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from pandemonium.errors import TrainingError
from pandemonium.training.personal.machine import (
    LEAST_DISK,
    check_disk,
    check_memory,
    free_disk,
    memory_needed,
    on_battery,
)
from pandemonium.training.personal.planning import Plan
from pandemonium.voice.architecture import PlainArchitecture

SMALL = PlainArchitecture(vocabulary=400, embedding=24, hidden=48, layers=2)
LARGE = PlainArchitecture(vocabulary=8192, embedding=512, hidden=8192, layers=16)


def test_room_on_the_disk(tmp_path: Path) -> None:
    assert free_disk(tmp_path) > 0
    check_disk(tmp_path, least=1)
    with pytest.raises(TrainingError, match=r"There is only [\d,]+ MB left on the disk; .*Make room, then resume\."):
        check_disk(tmp_path, least=1 << 60)
    assert LEAST_DISK > 0


def test_memory() -> None:
    check_memory(SMALL, Plan())
    assert memory_needed(SMALL, Plan(batch=64)) > memory_needed(SMALL, Plan()) > 48 * SMALL.weights
    if psutil.virtual_memory().available < memory_needed(LARGE, Plan()):
        with pytest.raises(TrainingError, match="MB of memory free; this training needs about"):
            check_memory(LARGE, Plan())


@pytest.mark.parametrize(
    ("sensor", "unplugged"),
    [
        (None, False),
        (SimpleNamespace(power_plugged=True), False),
        (SimpleNamespace(power_plugged=False), True),
        (SimpleNamespace(power_plugged=None), False),
    ],
)
def test_on_battery(monkeypatch: pytest.MonkeyPatch, sensor: object, unplugged: bool) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: sensor, raising=False)
    assert on_battery() is unplugged


def test_a_machine_without_a_sensor_is_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert on_battery() is False


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own")
def test_memory_that_is_kept_is_not_taken_from_the_system_again() -> None:
    script = (
        "import sys, resource, numpy\n"
        "from pandemonium.training.personal.machine import keep_memory\n"
        "if sys.argv[1] == 'kept': keep_memory()\n"
        "faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "numpy.ones(8_000_000); before = faults()\n"
        "for _ in range(5): numpy.ones(8_000_000)\n"
        "print(faults() - before)"
    )

    def faults(how: str) -> int:
        done = subprocess.run([sys.executable, "-c", script, how], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert faults("kept") * 10 < faults("given back")
