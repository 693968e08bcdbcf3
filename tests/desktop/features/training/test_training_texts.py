from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pandemonium.desktop.features.training.drop_preview import DropPreview
from pandemonium.desktop.features.training.training_progress import Progress
from pandemonium.desktop.features.training.training_texts import (
    format_copying,
    format_drop,
    format_end,
    format_gain,
    format_obstacle,
    format_passes,
    format_phase,
    format_speed,
    format_time,
    format_way,
)
from pandemonium.desktop.features.training.wizard_flow import Base, Flow, Obstacle
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Survey


def flow(language: str = "en", characters: int = 420_000) -> Flow:
    made = Flow(lambda: [])
    made.begin([Path("/texts")])
    made.base = Base("lovecraft", Path("/lovecraft.voice"))
    made.set_survey(
        Survey([Examined(Path("/texts/a.txt"), words=characters // 6, characters=characters, language=language)])
    )
    return made


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (10, "less than a minute"),
        (60, "about a minute"),
        (700, "about 12 minutes"),
        (3600, "about an hour"),
        (7200, "about 2 hours"),
    ],
)
def test_times(seconds: float, said: str) -> None:
    assert format_time(seconds) == said


def test_what_dropping_would_do() -> None:
    texts = DropPreview("texts", (), "Novels", 31)
    assert format_drop(texts, busy=False) == "Train a voice on 'Novels' (31 texts)?"
    assert "already" in format_drop(texts, busy=True)
    assert format_drop(DropPreview("texts", (), "Novels", 900, True), busy=False).count("more than 900 texts") == 1
    assert "'Mine'" in format_drop(DropPreview("voice", (), "Mine", 1), busy=False)
    assert format_drop(DropPreview("document", (), "a", 1), busy=False) == ""


@pytest.mark.parametrize("obstacle", [each for each in Obstacle if each is not Obstacle.STILL_LEARNING])
def test_every_obstacle_is_a_sentence(obstacle: Obstacle) -> None:
    assert format_obstacle(obstacle, flow()).endswith(".")


def test_unusual_ways_are_explained() -> None:
    assert format_way(flow()) == ""
    assert "in its memory" in format_way(flow(characters=50_000))
    assert "Chinese" in format_way(flow("zh"))
    assert "too few" in format_way(flow("zh", 50_000))


def test_what_the_minutes_are_worth() -> None:
    plan = flow()
    assert "8 times" in format_passes(plan, 1000)
    assert "%" in format_passes(plan, 50)
    assert "fewer minutes" in format_passes(plan, 9000)
    plan.minutes = 0.0
    assert "stops by itself" in format_passes(plan, 1000)


@pytest.mark.parametrize(
    "phase",
    ["starting", "reading", "beginning", "replay", "learning", "paused", "tuning", "judging", "failed", "lost", "done"],
)
def test_every_phase_is_said(phase: str) -> None:
    assert format_phase(Progress(phase=phase), pausing=False, stopping=False)


def test_asking_is_answered_at_once() -> None:
    learning = Progress(phase="learning", seconds_left=60.0)
    assert format_phase(learning, pausing=False, stopping=False) == "About a minute left"
    assert "pause" in format_phase(learning, pausing=True, stopping=False)
    assert "keeps the best" in format_phase(learning, pausing=False, stopping=True)
    waiting = Progress(phase="paused", waits_for="The machine runs on its battery.")
    assert format_phase(waiting, pausing=False, stopping=False) == "The machine runs on its battery."


def test_speed() -> None:
    said = format_speed(Progress(speed=1234.5, seconds=300, passes=3.2))
    assert (
        said
        == "1,234 sub-words a second   ·   about 5 minutes of learning so far   ·   your texts about 3 times in all"
    )


def test_between_which_voices_it_began() -> None:
    progress = Progress()
    progress.take({"event": "plan", "base": "lovecraft", "foundation": "classics", "foundation_share": 0.75})
    assert format_speed(progress) == "begun between Lovecraft and Classics"
    progress.take({"event": "plan", "base": "lovecraft", "foundation": "", "foundation_share": 0.0})
    assert format_speed(progress) == ""


def test_the_result_in_numbers() -> None:
    result = {
        "before": 2.0,
        "after": 1.8,
        "copied_8": 0.012,
        "longest_run": 9,
        "longest": "a b",
        "longest_from": "/t/x.txt",
    }
    assert format_gain(result) == "Your held-out pages: 2.00 bits a character before, 1.80 after (−10.0 %)."
    assert format_copying(result).endswith("9 words: “a b” (from x.txt).")
    assert format_copying({"copied_8": 0.0}).endswith("stand in your texts.")


@pytest.mark.parametrize(
    ("ended", "seconds", "eased_at", "minutes", "said"),
    [
        ("no gain", 780.0, 540.0, 20.0, "after 9 of 20 minutes, and was polished from its best state."),
        ("no gain", 780.0, None, 20.0, "after 13 of 20 minutes, and its best state is kept."),
        ("no gain", 2700.0, 1800.0, 0.0, "after 30 minutes, and was polished from its best state."),
        ("no gain", 90.0, 60.0, 0.0, "after 1 minute, and was polished from its best state."),
        ("done", 1200.0, None, 20.0, ""),
        ("stopped", 600.0, 540.0, 20.0, ""),
    ],
)
def test_an_early_end_is_explained(
    ended: str, seconds: float, eased_at: float | None, minutes: float, said: str
) -> None:
    expected = f"It stopped improving {said}" if said else ""
    assert format_end({"ended": ended, "seconds": seconds, "eased_at": eased_at}, minutes) == expected


def test_no_time_is_promised_before_the_polishing_begins() -> None:
    def said(**values: Any) -> str:
        return format_phase(Progress(phase="learning", **values), pausing=False, stopping=False)

    assert "left" not in said(seconds=600.0)
    assert said(seconds_left=240.0, eased_at=540.0).endswith("polished from its best state: about 4 minutes left")


@pytest.mark.parametrize("phase", ["beginning", "replay", "tuning", "judging"])
def test_what_takes_long_says_how_far_it_is(phase: str) -> None:
    assert format_phase(Progress(phase=phase, share=0.4), pausing=False, stopping=False).endswith("40 %")


def test_the_tuning_has_a_share() -> None:
    assert format_phase(Progress(phase="tuning", share=0.25), pausing=False, stopping=True).endswith(
        "your words…  25 %"
    )
