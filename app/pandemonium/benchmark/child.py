"""Measures parts in processes of their own: a window's start and memory are told by nobody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from pandemonium.errors import PandemoniumError

_PATIENCE = 600  # seconds
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # with it every start would compile every module anew


def measure_in_child(part: str, *arguments: str) -> dict[str, Any]:
    """Lets `pandemonium benchmark --part` measure one part, without a screen and with a user's data of its own.

    Raises:
        PandemoniumError: it could not be measured.
    """
    frozen = getattr(sys, "frozen", False)
    own = [sys.executable] if frozen else [sys.executable, "-m", "pandemonium"]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PANDEMONIUM_HOME": home, _NO_BYTECODE: ""}
        try:
            if part == "window" and not frozen:  # as it starts where it was installed, or started before
                compiling = [sys.executable, "-c", "import pandemonium.desktop.app.launch"]
                subprocess.run(compiling, env=environment, capture_output=True, timeout=_PATIENCE, check=False)
            command = [*own, "benchmark", "--part", part, "--started", repr(time.time()), *arguments]
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PandemoniumError(f"'{part}' could not be measured: {error}.", "Try again.") from error
    try:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        reason = next(reversed(done.stderr.strip().splitlines()), f"exit code {done.returncode}")
        raise PandemoniumError(f"'{part}' could not be measured: {reason}", "Try again.") from error
    return found
