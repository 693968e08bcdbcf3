"""The worker: calls back in order, stops at once, closes in mid-sentence, and lives through every failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.worker import LoadedVoice, WritingWorker

PATIENCE = 60.0


class Heard:
    """A listener that writes down what it hears, in order, and on which thread."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Any]] = []
        self.threads: set[str] = set()
        self.on_chunk: Callable[[Chunk], None] = lambda chunk: None
        self._changed = threading.Condition()

    def _add(self, name: str, value: Any) -> None:
        with self._changed:
            self.threads.add(threading.current_thread().name)
            self.events.append((name, value))
            self._changed.notify_all()

    def voice_loaded(self, voice: LoadedVoice) -> None:
        self._add("loaded", voice)

    def voice_failed(self, error: PandemoniumError) -> None:
        self._add("voice failed", error)

    def chunk_written(self, chunk: Chunk) -> None:
        self._add("chunk", chunk)
        self.on_chunk(chunk)

    def finished(self, continuation: Continuation) -> None:
        self._add("finished", continuation)

    def failed(self, number: int, error: PandemoniumError) -> None:
        self._add("failed", (number, error))

    def answered(self, number: int, answer: object) -> None:
        self._add("answered", (number, answer))

    def wait_for(self, name: str, count: int = 1) -> Any:
        """Waits until `name` was heard `count` times and gives what came the last time."""
        with self._changed:
            found = self._changed.wait_for(lambda: len(self.all(name)) >= count, PATIENCE)
        assert found, f"{name} was not heard: {[each for each, _ in self.events]}"
        return self.all(name)[count - 1]

    def all(self, name: str) -> list[Any]:
        return [value for each, value in self.events if each == name]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def worker(heard: Heard) -> Iterator[WritingWorker]:
    worker = WritingWorker(heard, threads=1)
    yield worker
    worker.close()


def request(number: int, words: int = 5, **values: Any) -> ContinueRequest:
    return ContinueRequest(number, 0, "The house stood", settings=WritingSettings(words=words, seed=1, **values))


def test_loads_then_writes_then_finishes(worker: WritingWorker, heard: Heard, tiny_voice_path: Path) -> None:
    worker.load(tiny_voice_path)
    worker.continue_(request(1))
    worker.continue_(request(2))
    heard.wait_for("finished", 2)
    loaded = heard.all("loaded")[0]
    assert (loaded.name, loaded.path, loaded.device, loaded.card.title) == ("tiny", tiny_voice_path, "cpu", "Tiny")
    names = [name if name != "chunk" else f"chunk {value.number}" for name, value in heard.events]
    assert list(dict.fromkeys(names)) == ["loaded", "chunk 1", "finished", "chunk 2"]
    assert names[-1] == "finished"
    for continuation in heard.all("finished"):
        shown = "".join(chunk.text for chunk in heard.all("chunk") if chunk.number == continuation.number)
        assert shown == continuation.text
        assert not continuation.stopped
    assert heard.threads == {"writing"}


def test_without_a_voice_it_says_so(worker: WritingWorker, heard: Heard) -> None:
    worker.continue_(request(4))
    number, error = heard.wait_for("failed")
    assert number == 4
    assert "No voice" in error.message


def test_a_voice_that_fails_leaves_the_old_one(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.voice"
    broken.write_bytes(b"broken")
    worker.load(tiny_voice_path)
    worker.load(broken)
    worker.load(tiny_voice_path, device="abacus")
    worker.continue_(request(1))
    assert heard.wait_for("finished").voice == "tiny"
    assert len(heard.all("voice failed")) == 2
    assert len(heard.all("loaded")) == 1


@pytest.mark.long
def test_stops_the_running_one_and_those_that_wait(worker: WritingWorker, heard: Heard) -> None:
    worker.load(paths.models() / "lovecraft.voice")
    heard.wait_for("loaded")
    first = threading.Event()
    heard.on_chunk = lambda chunk: first.set()
    worker.continue_(request(1, words=2000))
    worker.continue_(request(2, words=2000))
    assert first.wait(PATIENCE)
    worker.stop()
    heard.wait_for("finished", 2)
    stopped, waiting = heard.all("finished")
    assert stopped.stopped
    assert stopped.tokens < 1000
    assert (waiting.stopped, waiting.tokens, waiting.text) == (True, 0, "")
    worker.continue_(request(3, words=5))
    assert not heard.wait_for("finished", 3).stopped


def test_a_stop_from_within_the_listener_ends_before_the_next_chunk(worker: WritingWorker, heard: Heard) -> None:
    heard.on_chunk = lambda chunk: worker.stop()
    worker.load(paths.models() / "lovecraft.voice")
    worker.continue_(request(1, words=500))
    assert heard.wait_for("finished").stopped
    # The chunk that was heard, and what was held back behind it.
    assert len(heard.all("chunk")) <= 2


def test_a_stop_with_nothing_to_stop_stops_nothing_later(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path
) -> None:
    worker.stop()
    worker.load(tiny_voice_path)
    worker.continue_(request(1))
    assert not heard.wait_for("finished").stopped


def test_closes_in_mid_sentence(heard: Heard) -> None:
    worker = WritingWorker(heard, threads=1)
    worker.load(paths.models() / "lovecraft.voice")
    worker.continue_(request(1, words=2000, alternatives=4))
    heard.wait_for("chunk")
    worker.close()
    assert heard.all("finished")[0].stopped
    assert "writing" not in {thread.name for thread in threading.enumerate()}
    worker.close()


def test_closes_before_it_was_used(heard: Heard) -> None:
    WritingWorker(heard).close()
    assert heard.events == []


def test_one_that_is_held_does_in_turn_what_was_asked_for(heard: Heard, tiny_voice_path: Path) -> None:
    worker = WritingWorker(heard, threads=1, held=True)
    worker.load(tiny_voice_path)
    worker.continue_(request(1))
    assert heard.events == []
    worker.begin()
    assert heard.wait_for("finished").text
    worker.close()


def test_one_that_is_held_can_be_closed(heard: Heard) -> None:
    WritingWorker(heard, held=True).close()
    assert heard.events == []


def test_lives_through_a_listener_that_fails(worker: WritingWorker, heard: Heard, tiny_voice_path: Path) -> None:
    def fail(chunk: Chunk) -> None:
        if chunk.number == 1:
            raise ZeroDivisionError

    heard.on_chunk = fail
    worker.load(tiny_voice_path)
    worker.continue_(request(1))
    worker.continue_(request(2))
    assert heard.wait_for("finished").number == 2


def test_loading_another_voice_takes_its_place(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.voice"
    other.write_bytes(tiny_voice_path.read_bytes())
    worker.load(tiny_voice_path)
    worker.load(other)
    worker.continue_(request(1))
    assert heard.wait_for("finished").voice == "other"


def test_reads_ahead_and_gives_way_to_a_request(worker: WritingWorker, heard: Heard, tiny_voice_path: Path) -> None:
    worker.read_ahead("Without a voice nothing is read.", "\n\n")
    worker.load(tiny_voice_path)
    worker.read_ahead("The house stood", "\n\n")
    worker.continue_(request(1))
    alone = heard.wait_for("finished")
    worker.read_ahead("The house stood upon the hill. " * 300, "\n\n")
    worker.continue_(request(2))
    assert heard.wait_for("finished", 2).text == alone.text
    assert not heard.all("failed")


class Panic(BaseException):
    """How a panic in Rust reaches Python: as no Exception."""


def test_lives_through_a_panic_at_every_stage(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_: object, **__: object) -> None:
        raise Panic("slice index\nstarts at 5 \x1b[31m")

    worker.load(tiny_voice_path)
    heard.wait_for("loaded")
    for place in ("runtimes.opening.open_runtime", "continuer.Continuer", "worker.load_voice"):
        with monkeypatch.context() as patch:
            patch.setattr(f"pandemonium.writing.{place}", panic)
            worker.load(tiny_voice_path)
            error = heard.wait_for("voice failed", len(heard.all("voice failed")) + 1)
            assert "gave up (Panic: slice index" in error.message
            assert error.message.isprintable()
    for place in ("write", "read_ahead"):
        with monkeypatch.context() as patch:
            patch.setattr(f"pandemonium.writing.continuer.Continuer.{place}", panic)
            worker.read_ahead("The house stood", "\n\n")
            worker.continue_(request(1))
            if place == "write":
                assert "gave up" in heard.wait_for("failed")[1].message
            else:
                heard.wait_for("finished")
    heard.on_chunk = panic
    worker.continue_(request(2))
    assert heard.wait_for("failed", 2)[0] == 2
    heard.on_chunk = lambda chunk: None
    worker.continue_(request(3))
    assert heard.wait_for("finished", 2).number == 3


def test_numbers_that_are_none_are_said(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.load(tiny_voice_path)
    heard.wait_for("loaded")
    logits = CpuRuntime.logits
    monkeypatch.setattr(CpuRuntime, "logits", lambda runtime, hidden: logits(runtime, hidden) * np.float32(np.nan))
    worker.continue_(request(1))
    assert "numbers" in heard.wait_for("failed")[1].message


def test_answers_questions_in_their_turn(worker: WritingWorker, heard: Heard, tiny_voice_path: Path) -> None:
    worker.ask(1, lambda continuer, stop: continuer.voice.name)
    worker.load(tiny_voice_path)
    worker.ask(2, lambda continuer, stop: continuer.voice.name)
    heard.wait_for("answered", 2)
    (first, error), (second, name) = heard.all("answered")
    assert (first, second, name) == (1, 2, "tiny")
    assert isinstance(error, PandemoniumError)
    assert heard.threads == {"writing"}


def test_a_question_ends_by_stop_and_a_gentle_one_for_anything_else(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path
) -> None:
    begun = threading.Event()

    def wait(continuer: object, stop: Callable[[], bool]) -> str:
        begun.set()
        while not stop():
            pass
        return "ended early"

    worker.load(tiny_voice_path)
    worker.ask(1, wait)
    assert begun.wait(PATIENCE)
    worker.stop()
    assert heard.wait_for("answered") == (1, "ended early")
    begun.clear()
    worker.ask(2, wait, gently=True)
    assert begun.wait(PATIENCE)
    worker.continue_(request(1))
    assert heard.wait_for("answered", 2) == (2, "ended early")
    assert heard.wait_for("finished").text


def test_a_question_that_fails_is_answered_with_a_sentence(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path
) -> None:
    def fail(continuer: object, stop: Callable[[], bool]) -> None:
        raise ZeroDivisionError

    worker.load(tiny_voice_path)
    worker.ask(1, fail)
    number, error = heard.wait_for("answered")
    assert number == 1
    assert isinstance(error, PandemoniumError)
    worker.continue_(request(2))
    assert heard.wait_for("finished").text


def test_what_is_asked_gently_waits_for_all_else_and_stops_no_reading_ahead(
    worker: WritingWorker, heard: Heard, tiny_voice_path: Path
) -> None:
    order: list[str] = []
    begun = threading.Event()
    go_on = threading.Event()

    def hold(continuer: object, stop: Callable[[], bool]) -> str:
        begun.set()
        assert go_on.wait(PATIENCE)
        return "held"

    def note(name: str) -> Callable[[object, Callable[[], bool]], str]:
        return lambda continuer, stop: order.append(f"{name} {stop()}") or name

    worker.load(tiny_voice_path)
    worker.ask(1, hold)
    assert begun.wait(PATIENCE)
    worker.ask(2, note("gentle"), gently=True)
    worker.ask(3, note("first"))
    worker.ask(4, note("second"))
    worker.ask(5, note("gentle too"), gently=True)
    go_on.set()
    heard.wait_for("answered", 5)
    assert order == ["first False", "second False", "gentle False", "gentle too False"]
