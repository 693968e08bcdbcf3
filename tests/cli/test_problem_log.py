"""Problem logs: written, bounded in number, and no second problem where none can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.cli import problem_log
from pandemonium.cli.problem_log import write_problem


def raised(message: str) -> ValueError:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


def test_keeps_the_traceback_and_the_arguments(pandemonium_home: Path) -> None:
    sentence = write_problem(raised("a colour out of space"), ["continue", "draft.txt"])
    (log,) = (pandemonium_home / "data" / "logs").iterdir()
    written = log.read_text("utf-8")
    assert str(log) in sentence
    assert "a colour out of space" in written
    assert "'draft.txt'" in written


def test_keeps_the_newest_only(pandemonium_home: Path) -> None:
    for number in range(problem_log.KEPT + 3):
        write_problem(raised(f"number {number}"), [])
    logs = sorted((pandemonium_home / "data" / "logs").iterdir())
    assert len(logs) == problem_log.KEPT
    assert f"number {problem_log.KEPT + 2}" in logs[-1].read_text("utf-8")


def test_a_message_of_many_lines_stays_one_sentence() -> None:
    assert "\n" not in write_problem(raised("first\nsecond\n" + "long " * 500), [])


def test_nowhere_to_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("PANDEMONIUM_HOME", str(blocked))
    assert "No log could be written" in write_problem(raised("dust"), [])
