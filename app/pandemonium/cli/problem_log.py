"""Keeps what nobody foresaw in a log file, and says so in a sentence."""

from __future__ import annotations

import contextlib
import platform
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandemonium
from pandemonium import paths
from pandemonium.errors import PandemoniumError

KEPT = 20


def write_problem(error: BaseException, arguments: Sequence[str]) -> str:
    """Writes the traceback into the user's data folder and gives the sentences to show.

    The newest 20 logs are kept. Where no log can be written, the sentences say that instead.
    """
    what = f"Something went wrong that should not have ({_summary(error)})."
    try:
        path = _write(error, arguments)
    except (OSError, PandemoniumError) as reason:
        return f"{what} No log could be written ({reason}); run it again where there is room on the disk."
    return f"{what} Try once more; if it happens again, report it with the details in {path}"


def _summary(error: BaseException) -> str:
    text = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {text[:200]}" if text else name


def _write(error: BaseException, arguments: Sequence[str]) -> Path:
    folder = paths.user_data() / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now()
    path = folder / f"problem-{now:%Y%m%d-%H%M%S-%f}.txt"
    head = [
        f"Pandemonium {pandemonium.__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"{now:%Y-%m-%d %H:%M:%S}",
        f"arguments: {list(arguments)!r}",
        "",
    ]
    body = "".join(traceback.format_exception(error))
    path.write_text("\n".join(head) + "\n" + body, encoding="utf-8", errors="replace")
    for old in sorted(folder.glob("problem-*.txt"))[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path
