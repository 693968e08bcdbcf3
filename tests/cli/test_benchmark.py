"""`pandemonium benchmark`: its parts are measured in processes of their own, and a part that fails is a sentence."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pandemonium.benchmark import child
from pandemonium.errors import PandemoniumError


@pytest.mark.long
def test_the_whole_prints_every_figure() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pandemonium", "benchmark", "--json"], capture_output=True, text=True, timeout=900
    )
    found = json.loads(done.stdout.splitlines()[-1])
    wanted = {
        "writing": "characters_per_second sentence_ms step_ms floor_ms torch_float_step_ms four_alternatives_ratio "
        "overhead_ms",
        "first_piece": "cold_ms unchanged_ms longest_cold_ms",
        "reading": "tokens_per_second step_by_step_tokens_per_second",
        "start": "window_s voice_s",
        "memory": "window_mb after_training_mb",
        "window": "longest_stall_ms typing_median_ms",
        "training": "tokens_per_second plain_lstm_tokens_per_second",
    }
    assert {part: set(names.split()) - set(found[part]) for part, names in wanted.items()} == {
        part: set() for part in wanted
    }


def test_a_part_that_fails_is_a_sentence() -> None:
    with pytest.raises(PandemoniumError, match="'editor' could not be measured"):
        child.measure_in_child("editor", "--voice", "nobody")


def test_wrong_parts_are_wrong_usage() -> None:
    from pandemonium.cli.main import main

    with pytest.raises(SystemExit) as refused:
        main(["benchmark", "--part", "cellar"])
    assert refused.value.code == 2
