"""`pandemonium train`: what scripts and the window's wizard rely on, in real processes that are really killed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pandemonium import paths
from pandemonium.cli.main import main
from pandemonium.training import running
from pandemonium.training.job import JobFolder, unfinished
from pandemonium.training.personal import evaluation
from pandemonium.voice.file import load_voice

APP = Path(__file__).resolve().parents[2] / "app"
# The command, but each look at the clock is 1/128 of a second later: how far it comes is not up to the machine.
COUNTED = """
import functools, itertools, sys
from pandemonium.cli.main import main
from pandemonium.training import running
ticks = itertools.count()
running.run_job = functools.partial(running.run_job, clock=lambda: next(ticks) / 128)
sys.exit(main(sys.argv[1:]))
"""
SYLLABLES = "ba co du fe gi la mo nu pe ri sa te vo wi zu lin mar ton der sel".split()

Event = dict[str, Any]


def write_texts(folder: Path, paragraphs: int, count: int = 3) -> Path:
    folder.mkdir(parents=True)
    draw = random.Random(1)

    def noun() -> str:
        return "".join(draw.choices(SYLLABLES, k=3))

    for number in range(count):
        sentences = [f"The {noun()} stood beside the {noun()} in the {noun()}." for _ in range(5 * paragraphs)]
        prose = "\n\n".join(" ".join(sentences[start::paragraphs]) for start in range(paragraphs))
        (folder / f"{number}.txt").write_text(prose, "utf-8")
    return folder


@pytest.fixture(scope="module")
def novels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little over a hundred thousand characters, not to be changed."""
    return write_texts(tmp_path_factory.mktemp("novels") / "texts", paragraphs=160)


@pytest.fixture
def texts(novels: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(novels, tmp_path / "texts"))


class Child:
    """The command in a process of its own."""

    def __init__(self, *arguments: str, counted: bool = False) -> None:
        program = ["-c", COUNTED] if counted else ["-m", "pandemonium"]
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *program, "train", *arguments, "--json"],
            env={**os.environ, "PYTHONPATH": str(APP)},
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.events: list[Event] = []

    def wait_for(self, is_it: Callable[[Event], bool]) -> Event:
        """Reads events up to the one that is waited for."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if is_it(self.events[-1]):
                return self.events[-1]
        pytest.fail(f"it ended without: {self.events[-1:]} {self.process.communicate()[1]}")

    def end(self) -> tuple[int, str]:
        """Waits for the end; gives the exit code and what stands on standard error."""
        out, error = self.process.communicate(timeout=900)
        self.events += [json.loads(line) for line in out.splitlines()]
        return self.process.returncode, error


@contextmanager
def child(*arguments: str, counted: bool = False) -> Iterator[Child]:
    started = Child(*arguments, counted=counted)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.communicate()


def is_learning(event: Event) -> bool:
    return event["event"] == "evaluation" and event["seconds"] > 0.5


def is_paused(event: Event) -> bool:
    return event.get("phase") == "paused"


def trainings() -> Path:
    return paths.user_data() / "trainings"


def arguments(texts: Path, base: Path, minutes: float) -> list[str]:
    return [str(texts), "--name", "Anna", "--base", str(base), "--minutes", str(minutes), "--threads", "1"]


@pytest.mark.long
def test_killed_resumed_without_its_texts_paused_and_stopped(
    texts: Path, tiny_voice_path: Path, comes_to_rest: Callable[[int], bool]
) -> None:
    with child(*arguments(texts, tiny_voice_path, 0.2)) as first:
        first.wait_for(lambda event: event["event"] == "evaluation" and event["seconds"] > 2)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    (folder,) = unfinished(trainings())
    assert folder.worker() is None
    shutil.rmtree(texts)
    folder.ask("pause")
    with child("--job", str(folder.path)) as second:
        second.wait_for(is_paused)
        folder.take_back("pause")
        event = second.wait_for(is_learning)
        assert "reading" not in {each.get("phase") for each in second.events}
        killed_at = max(each["seconds"] for each in first.events if each["event"] == "evaluation")
        assert event["seconds"] > killed_at - 2
        before = [each for each in first.events if each["event"] == "evaluation"]
        assert event["held_out_bits_per_character"] < before[0]["held_out_bits_per_character"]
        assert folder.worker() == second.process.pid
        if hasattr(os, "getpriority"):
            assert os.getpriority(os.PRIO_PROCESS, second.process.pid) >= 10

        folder.ask("pause")
        second.wait_for(is_paused)
        assert comes_to_rest(second.process.pid)
        folder.take_back("pause")
        second.wait_for(is_learning)

        # The wizard's window goes, and nobody reads any more.
        folder.ask("stop")
        assert second.process.stdout is not None
        second.process.stdout.close()
        assert second.process.wait(600) == 0
        assert second.process.stderr is not None
        assert second.process.stderr.read() == ""
    *events, last = folder.events()
    assert last["event"] == "stopped"
    assert folder.result() is not None
    assert {each["event"] for each in events} == {"plan", "progress", "sample", "evaluation"}
    assert load_voice(paths.user_voices() / "Anna.voice").card.title == "Anna"
    assert unfinished(trainings()) == []


@pytest.mark.long
@pytest.mark.usefixtures("in_process")
def test_an_interruption_keeps_what_was_learned(
    texts: Path, tiny_voice_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt_when_it_learns() -> None:
        while not any(is_learning(event) for folder in unfinished(trainings()) for event in folder.events()):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    handler = signal.getsignal(signal.SIGINT)
    threading.Thread(target=interrupt_when_it_learns, daemon=True).start()
    plain = {"replay": 0.0, "layer_factor": 1.0, "average": 1.0}
    changes = [part for name, value in plain.items() for part in ("--set", f"{name}={value:g}")]
    assert main(["train", *arguments(texts, tiny_voice_path, 0.3), "--json", *changes]) == 130
    said = capsys.readouterr()
    assert "pandemonium train --resume" in said.err
    assert "Traceback" not in said.err
    assert plain.items() <= next(each for each in lines(said.out) if each["event"] == "plan")["plan"].items()
    (folder,) = unfinished(trainings())
    assert lines(said.out) == folder.events()
    last = folder.events()[-1]
    assert last["phase"] == "interrupted"
    assert signal.getsignal(signal.SIGINT) is handler

    monkeypatch.setattr(evaluation, "_COPY_SAMPLES", 2)
    shutil.rmtree(texts)
    folder.ask("pause")
    assert main(["train", "--resume", "--name", "Anna"]) == 0
    said = capsys.readouterr()
    assert "The voice 'Anna' is in the library." in said.out
    assert "held-out" in said.err
    evaluations = [each for each in folder.events() if each["event"] == "evaluation"]
    after = [each for each in evaluations if each["seconds"] > last["seconds"]]
    assert after
    assert after[0]["held_out_bits_per_character"] < evaluations[0]["held_out_bits_per_character"]


@pytest.mark.usefixtures("in_process")
def test_an_interruption_before_anything_was_learned(
    texts: Path, tiny_voice_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "find_texts", lambda *_: signal.raise_signal(signal.SIGTERM))
    assert main(["train", *arguments(texts, tiny_voice_path, 0.05)]) == 130
    assert "pandemonium train --resume" in capsys.readouterr().err
    assert len(unfinished(trainings())) == 1


@pytest.mark.long
def test_killed_at_five_random_moments_it_comes_to_the_same(texts: Path, tiny_voice_path: Path) -> None:
    draw = random.Random(4)
    run = [*arguments(texts, tiny_voice_path, 0.5), "--set", "rate=6e-3", "--set", "batch=8", "--set", "length=32"]
    with child(*run, counted=True) as undisturbed:
        assert undisturbed.end()[0] == 0
    expected = undisturbed.events[-1]
    (paths.user_voices() / "Anna.voice").unlink()
    for _ in range(5):
        with child(*run, counted=True) as killed:
            for _ in range(draw.randint(1, 5)):
                killed.wait_for(lambda event: event["event"] == "evaluation")
            time.sleep(draw.uniform(0, 0.4))
            killed.process.send_signal(signal.SIGKILL)
        run = ["--resume"]
    with child("--resume", counted=True) as last:
        assert last.end()[0] == 0
    events = JobFolder(sorted(trainings().iterdir())[-1]).events()
    assert len([event for event in events if event["event"] == "plan"]) == 6
    curve, whole = (
        {each["tokens"]: each["held_out_bits_per_character"] for each in told if each["event"] == "evaluation"}
        for told in (events, undisturbed.events)
    )
    assert curve == pytest.approx(whole, rel=0.01)  # at the same moments, whatever the kills took back
    assert curve[max(curve)] < 0.3 * curve[0]
    assert last.events[-1]["after"] == pytest.approx(expected["after"], rel=0.01)
    assert last.events[-1]["seconds"] == expected["seconds"]


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, one_thread: None) -> None:
    """Lets the command run in this process, without slowing down all that comes behind."""
    monkeypatch.setattr("pandemonium.training.personal.machine.lower_priority", lambda: None)


def lines(text: str) -> list[Event]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.long
@pytest.mark.usefixtures("in_process")
def test_too_little_to_learn_from_is_remembered(
    tmp_path: Path, tiny_voice_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = write_texts(tmp_path / "few", paragraphs=8, count=1)
    assert main(["train", *arguments(few, tiny_voice_path, 5), "--json"]) == 0
    said = capsys.readouterr()
    *_, done = lines(said.out)
    assert said.err == ""
    assert (done["event"], done["learned"]) == ("done", "remembered")
    assert "too few to learn from" in done["sentence"]
    assert main(["train", *arguments(few, tiny_voice_path, 5), "--replace"]) == 0
    said = capsys.readouterr()
    assert "too few to learn from" in said.out
    assert "The voice 'Anna' is in the library." in said.out
    assert "Reading your texts" in said.err


@pytest.mark.usefixtures("in_process")
def test_nothing_to_learn_from_is_a_sentence(
    tmp_path: Path, tiny_voice_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["train", *arguments(tmp_path / "empty", tiny_voice_path, 5), "--json"]) == 1
    said = capsys.readouterr()
    assert said.err == "There is no text to learn from here. 'pandemonium inspect' says why.\n"
    assert lines(said.out)[-1]["event"] == "failed"
    assert lines(said.out)[-1]["message"] == "There is no text to learn from here."


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (["--name", "a/b"], "A voice cannot be called 'a/b'."),
        (["--name", ""], "A voice cannot be called ''."),
        (["--name", "Berta"], "There is a voice 'Berta' already."),
        (["--name", "berta"], "There is a voice 'Berta' already."),
        (["--name", "Lovecraft", "--replace"], "There is a voice 'lovecraft' already."),
        (["--base", "nobody"], "There is no voice 'nobody'."),
        (["--minutes", "-5"], "A training may take up to"),
        (["--minutes", "nan"], "A training may take up to"),
        (["--set", "dropout=most"], "'dropout=most' is no change of the plan."),
        (["--set", "colour=1"], "The plan has no setting 'colour'"),
        (["--set", "dropout=1"], "The plan's 'dropout' cannot be 1."),
        (["--from-scratch", "--set", "replay=0.2"], "A voice from scratch has nothing to replay."),
    ],
)
def test_what_cannot_be_is_one_sentence_and_leaves_nothing(
    novels: Path, tiny_voice_path: Path, capsys: pytest.CaptureFixture[str], changed: list[str], says: str
) -> None:
    shutil.copy(tiny_voice_path, paths.user_voices() / "Berta.voice")
    assert main(["train", *arguments(novels, tiny_voice_path, 5), "--json", *changed]) == 1
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert says in said.err
    (event,) = lines(said.out)
    assert event["event"] == "failed"
    assert says in event["message"]
    assert unfinished(trainings()) == []


def test_without_a_folder_or_a_training(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["train", "--resume"]) == 1
    assert "There is no training to go on with." in capsys.readouterr().err
    assert main(["train", str(tmp_path / "nowhere"), "--name", "Anna"]) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert main(["train", "--job", str(tmp_path / "nowhere")]) == 1
    assert "There is no training in" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["texts", "--minutes", "many"], [], ["--name", "Anna"], ["--name", "Anna", "--json"], ["texts"]]
)
def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["train", *words])
    assert ending.value.code == 2
    said = capsys.readouterr()
    assert "usage: pandemonium train" in said.err
    assert said.out == ""
    assert unfinished(trainings()) == []
