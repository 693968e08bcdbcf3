"""Every recipe from a folder to a voice that goes on with a text, and what a stopped one needs to go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandemonium.errors import TrainingError
from pandemonium.settings import WritingSettings
from pandemonium.training import running
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.material.openings import Reader
from pandemonium.training.personal import evaluation
from pandemonium.training.recipe import Recipe, find_recipe, recipe_names
from pandemonium.training.running import run_job
from pandemonium.voice.file import load_voice
from pandemonium.voice.units import unit_of
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

pytestmark = pytest.mark.long

Tiny = Callable[[str], Recipe]
QUICK = ("words-2018",)
MAKE_A_VOICE = [
    pytest.param(name, marks=() if name in QUICK else pytest.mark.long)
    for name in recipe_names()
    if not find_recipe(name).why_no_voice
]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything as it is, but less of it."""
    monkeypatch.setattr(running, "LEAST_CHARACTERS", 5_000)
    monkeypatch.setattr(running, "_MEASURING", 0.01)
    monkeypatch.setattr(evaluation, "_COPY_SAMPLES", 1)
    monkeypatch.setattr(evaluation, "_SAMPLE_WORDS", 3)
    monkeypatch.setattr(evaluation, "OPENINGS", 1)


@pytest.fixture
def start(tmp_path: Path, tiny_voice_path: Path, invented: Callable[..., str], tiny: Tiny) -> Callable[..., JobFolder]:
    """Makes a job that follows a recipe."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text(invented(1, paragraphs=30), "utf-8")

    def make(name: str, **changes: Any) -> JobFolder:
        values = {"minutes": 0.003, "threads": 1, "from_scratch": True, "recipe": tiny(name).to_dict(), **changes}
        job = Job(name.replace(":", " "), [str(texts)], str(tiny_voice_path), **values)
        return JobFolder.create(tmp_path / "trainings", job)

    return make


@pytest.mark.parametrize("name", MAKE_A_VOICE)
def test_a_recipe_makes_a_voice_that_writes(name: str, start: Callable[..., JobFolder], tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []
    result = run_job(start(name), tmp_path, events.append)
    voice = load_voice(Path(result["path"]))
    recipe = find_recipe(name)
    assert unit_of(voice.tokenizer) == recipe.network.unit
    assert voice.architecture.layers == recipe.network.layers
    assert voice.card.recipe["name"] == name
    assert voice.card.recipe["sampling"]["temperature"] == recipe.sampling.temperature
    assert result["learned"] in ("recipe", "memorised")
    assert result["style"]["author"]["letters"]["e"] > 0
    plan = next(event for event in events if event["event"] == "plan")
    assert plan["from_scratch"]
    reader = Reader(voice, CpuRuntime(voice, 1))
    for opening in ('"The OLD caf\u00e9," he said. "It', "", "\U0001f419 \u4eba zxq", "One line.\n\n"):
        written = reader.go_on(opening, WritingSettings(words=5, seed=1, temperature=0.4))
        assert "\ufffd" not in written
    bits = score("A \u4eba, unknown.", reader.runtime, voice.tokenizer)
    assert bits.bits > 0


@pytest.mark.long
def test_a_stopped_one_goes_on_where_it_was(start: Callable[..., JobFolder], tmp_path: Path) -> None:
    folder = start("scifi-2018", minutes=0.02)
    polls = iter(range(5))
    with pytest.raises(KeyboardInterrupt):
        run_job(folder, tmp_path, lambda event: None, is_interrupted=lambda: next(polls, None) is None)
    events: list[dict[str, Any]] = []
    result = run_job(folder, tmp_path, events.append)
    # Which of the two is the machine's to say: so little is learned by heart, by a quick one before the time is up.
    assert result["ended"] in ("done", "no gain")
    assert load_voice(Path(result["path"])).architecture.hidden == 12
    # One that begins anew judges itself at nothing learned.
    learned = [event["tokens"] for event in events if event["event"] == "evaluation"]
    assert learned[0] > 0


def test_a_job_with_a_broken_recipe_is_a_sentence(start: Callable[..., JobFolder], tmp_path: Path) -> None:
    folder = start("strika-2019", recipe={"name": "x", "network": {"width": -1}})
    with pytest.raises(TrainingError, match="The recipe 'x'"):
        run_job(folder, tmp_path, lambda event: None)
