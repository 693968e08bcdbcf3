"""On small screens, at twice the size, with large letters: no control is cut off, in no window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
PROGRAM = Path(__file__).with_name("small_screen.py")


# The tightest of them is tried after every change, the others among the long tests.
SCREENS = [
    pytest.param(
        size, variable, marks=() if (size, variable) == ((800, 600), "QT_SCALE_FACTOR=1") else pytest.mark.long
    )
    for size in ((1366, 768), (800, 600))
    for variable in ("QT_SCALE_FACTOR=1", "QT_SCALE_FACTOR=2", "QT_FONT_DPI=150")
]


@pytest.mark.long
@pytest.mark.parametrize(("size", "variable"), SCREENS, ids=str)
def test_no_control_is_cut_off(tmp_path: Path, size: tuple[int, int], variable: str) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": size[0], "height": size[1], "logicalDpi": 96, "dpr": 1}
    (tmp_path / "screen.json").write_text(json.dumps({"screens": [{**screen, "logicalBaseDpi": 96}]}))
    name, _, value = variable.partition("=")
    environment = {
        **os.environ,
        "PYTHONPATH": str(APP),
        "PANDEMONIUM_HOME": str(tmp_path / "home"),
        "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screen.json'}",
        name: value,
    }
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(tmp_path)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []
