from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.features.training.training_progress import EventTail, Progress

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
)


def learning(seconds: float, bits: float = 2.0) -> dict[str, Any]:
    return {
        "event": "progress",
        "phase": "learning",
        "seconds": seconds,
        "training_bits_per_character": bits,
        "tokens_per_second": 900.0,
        "seconds_left": 60 - seconds,
    }


def test_a_tail_gives_each_whole_line_once(tmp_path: Path) -> None:
    path = tmp_path / "progress.jsonl"
    tail = EventTail(path)
    assert tail.read() == []
    path.write_text('{"event": "plan"}\nnonsense\n[1]\n{"event": "pro', "utf-8")
    assert [each["event"] for each in tail.read()] == ["plan"]
    with path.open("a", encoding="utf-8") as file:
        file.write('gress", "text": "naïve"}\n')
    assert [each["event"] for each in tail.read()] == ["progress"]
    assert tail.read() == []


def test_the_curves_grow() -> None:
    progress = Progress()
    for event in (
        {"event": "plan", "minutes": 1.0, "passes": 2.5, "tokens_per_second": 800.0, "why": ""},
        {"event": "progress", "phase": "replay", "seconds": 0.0},
        {"event": "evaluation", "seconds": 0.0, "held_out_bits_per_character": 2.2, "best": 2.2},
        learning(2.0),
        learning(4.0, 1.9),
        {"event": "sample", "opening": "It was", "text": " dark."},
    ):
        progress.take(event)
    assert progress.phase == "learning"
    assert progress.training == [(2.0, 2.0), (4.0, 1.9)]
    assert progress.held_out == [(0.0, 2.2)]
    assert (progress.minutes, progress.seconds_left, progress.speed) == (1.0, 56.0, 900.0)
    assert progress.sample == ("It was", " dark.")
    assert not progress.is_over


def test_a_resumed_training_writes_over_what_was_lost() -> None:
    progress = Progress()
    for seconds in (2.0, 4.0, 6.0):
        progress.take(learning(seconds))
    progress.take(learning(3.0, 1.0))
    assert progress.training == [(2.0, 2.0), (3.0, 1.0)]


def test_how_it_ends() -> None:
    progress = Progress()
    progress.take({"event": "failed", "message": "The disk is full.", "hint": "Make room."})
    assert progress.is_over
    assert progress.failure == ("The disk is full.", "Make room.")
    progress.take({"event": "stopped", "voice": "mine", "before": 2.0})
    assert progress.phase == "done"
    assert progress.result is not None
    assert progress.result["voice"] == "mine"


def test_waiting_says_why() -> None:
    progress = Progress()
    progress.take({"event": "progress", "phase": "paused", "why": "The machine runs on its battery."})
    assert (progress.phase, progress.waits_for) == ("paused", "The machine runs on its battery.")
    progress.take(learning(2.0))
    assert progress.waits_for == ""


@pytest.mark.long
@given(st.lists(st.dictionaries(st.sampled_from(["event", "phase", "opening", "why", "x"]), JSON, max_size=4)))
def test_any_file_can_be_read(tmp_path_factory: Any, events: list[dict[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("tail") / "progress.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in events), "utf-8")
    read = EventTail(path).read()
    assert read == [each for each in events if "event" in each]
    progress = Progress()
    for each in read:
        progress.take(each)
