"""A minute of mutated voices finds nothing, and the program that throws them finds what there is to find."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.fuzz import voices


@pytest.mark.long
def test_a_minute_of_mutated_voices_finds_nothing(tmp_path: Path) -> None:
    assert voices.fuzz(60, 1, tmp_path) == []


def test_the_first_cases_are_refused_or_taken(tmp_path: Path) -> None:
    cases = voices.run_cases(1, 0, tmp_path)
    assert {next(cases)[1] for _ in range(30)} <= {"refused", "taken"}


def test_a_case_is_the_same_every_time(tmp_path: Path) -> None:
    sound = voices.sound_voice(tmp_path / "sound.voice")
    (tmp_path / "sound.voice").write_bytes(sound)
    assert voices.outcome(tmp_path / "sound.voice") == "taken"
    assert sound == voices.sound_voice(tmp_path / "again.voice")
    for case in range(20):
        assert voices.mutated(sound, 3, case) == voices.mutated(sound, 3, case) != sound


def test_a_crash_is_a_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is a real process; here it is one that dies."""
    dying = tmp_path / "dying.py"
    dying.write_text("import os, sys\nprint('try 5', flush=True)\nopen(sys.argv[2] + '/case.voice', 'w')\nos.abort()\n")
    monkeypatch.setattr(voices, "__file__", str(dying))
    found, case = voices._run_child(1, 0, tmp_path, math.inf, {})
    assert found.startswith("exit -")
    assert case == 5
    assert (tmp_path / "case.voice").exists()
