"""What no voice can be made of is trained, asked both ways, and says what it shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from pandemonium.errors import TrainingError
from pandemonium.text.words import WordList
from pandemonium.training.recipe import Phase, Recipe
from pandemonium.training.recipes import experiment
from pandemonium.training.recipes.experiment import run_experiment

Tiny = Callable[[str], Recipe]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "_ASKED", 4)
    monkeypatch.setattr(experiment, "_SAMPLE", 40)
    monkeypatch.setattr(experiment, "_REPORT_SECONDS", 0.0)


def steps() -> Callable[[], float]:
    """A clock by which each step takes a fiftieth of a second, however busy the machine is."""
    looks = itertools.count()
    return lambda: next(looks) / 50


@pytest.mark.parametrize("name", ["strika-2019:published", "scifi-2018:gru", "scifi-2018:bidirectional"])
def test_an_experiment(name: str, tiny: Tiny, invented: Callable[..., str]) -> None:
    events: list[dict[str, object]] = []
    documents = [("one", invented(1, paragraphs=20))]
    outcome = run_experiment(tiny(name), documents, 0.005, WordList(["the"]), on_event=events.append, now=steps())
    assert outcome.recipe == name
    assert 0 <= outcome.as_writer <= 1
    assert 0 < outcome.bits_as_trained < 20
    assert len(outcome.sample) >= 30
    assert outcome.sentence.endswith(".")
    assert events


@pytest.mark.long
def test_a_network_that_reads_both_ways_has_seen_the_answer(tiny: Tiny, invented: Callable[..., str]) -> None:
    recipe = replace(tiny("scifi-2018:bidirectional"), phases=(Phase("adam", 0.02),))
    recipe = replace(recipe, training=replace(recipe.training, dropout=0.0, batch=16))
    outcome = run_experiment(recipe, [("one", invented(1, paragraphs=20))], 0.05, WordList([]), now=steps())
    assert outcome.as_trained > outcome.as_writer
    assert outcome.bits_as_trained < outcome.bits_as_writer


def test_it_needs_a_time(tiny: Tiny) -> None:
    with pytest.raises(TrainingError, match="needs a time"):
        run_experiment(tiny("scifi-2018:gru"), [("one", "text")], 0, WordList([]))
