"""What was read of a manuscript is kept: the same prose with and without, and only what is new is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.manuscript import read_manuscript
from pandemonium.writing.reading.checkpoints import Kept
from pandemonium.writing.reading.context import MOST_CHARACTERS, STEP, cut, reading_start
from pandemonium.writing.reading.reader import CHECKPOINT
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids


class Counting:
    """A runtime that counts the tokens that it reads."""

    def __init__(self, runtime: CpuRuntime) -> None:
        self._runtime = runtime
        self.device = runtime.device
        self.architecture = runtime.architecture
        self.beside = runtime.beside
        self.zero_state = runtime.zero_state
        self.logits = runtime.logits
        self.tokens = 0

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        self.tokens += len(tokens)
        return self._runtime.read(tokens, state)


@pytest.fixture(scope="module")
def book(prose: str) -> str:
    """Some 600,000 characters of paragraphs, no two alike."""
    lines = [line for line in prose.split("\n") if line]
    made = "\n\n".join(f"In the year {number} {lines[number % len(lines)]}" for number in range(5_000))[:620_000]
    assert len(made) == 620_000
    return made


def never() -> bool:
    return False


class Desk:
    """A voice that keeps what it reads, and what it is asked, as the window does."""

    def __init__(self, voice: Voice, runtime: CpuRuntime, folder: Path) -> None:
        self.runtime = Counting(runtime)
        self.continuer = Continuer(voice, self.runtime, kept=Kept(folder, 100 << 20))

    def read(self, text: str, positions: Sequence[int]) -> int:
        """Reads a manuscript up to each position, and tells how many tokens were read."""
        before = self.runtime.tokens
        done = read_manuscript(self.continuer, lambda at: (text[reading_start(at) : at], "\n\n"), positions, never)
        assert done == len(positions)
        return self.runtime.tokens - before

    def write(self, text: str, position: int, **values: Any) -> tuple[str, int]:
        """Continues at a position: the text, and how many tokens were read before the first was written."""
        before = self.runtime.tokens
        settings = WritingSettings(seed=5, words=8, candidates=1, **values)
        writing = self.continuer.write(
            ContinueRequest(1, 0, text[reading_start(position) : position], settings=settings)
        )
        read = 0
        text = ""
        while True:
            try:
                piece = next(writing)
            except StopIteration:
                return text, read
            read = read or self.runtime.tokens - before
            text += piece.text


@pytest.fixture
def runtime(tiny_voice: Voice) -> CpuRuntime:
    return CpuRuntime(tiny_voice, threads=1)


@pytest.mark.long
def test_the_same_prose_with_and_without_and_tomorrow(
    tiny_voice: Voice, runtime: CpuRuntime, book: str, tmp_path: Path
) -> None:
    positions = [8_000, 70_004, 69_500, 300_011, 619_999]
    without = Continuer(tiny_voice, runtime)
    desk = Desk(tiny_voice, runtime, tmp_path)
    desk.read(book, positions)
    for position in positions:
        tomorrow = Desk(tiny_voice, runtime, tmp_path)  # a new process has what lies in the folder
        text, read = tomorrow.write(book, position)
        settings = WritingSettings(seed=5, words=8, candidates=1)
        request = ContinueRequest(1, 0, book[reading_start(position) : position], settings=settings)
        assert text == finish(without.write(request)) == desk.write(book, position)[0]
        assert read < CHECKPOINT + 60


def finish(writing: Any) -> str:
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return str(end.value.text)


@pytest.mark.long
def test_an_edit_costs_what_hangs_on_it(tiny_voice: Voice, runtime: CpuRuntime, book: str, tmp_path: Path) -> None:
    desk = Desk(tiny_voice, runtime, tmp_path)
    positions = range(20_000, 50_001, 1_500)
    whole = desk.read(book, positions)
    assert whole > 5_000
    assert desk.read(book, positions) == 0
    assert Desk(tiny_voice, runtime, tmp_path).read(book, positions) == 0
    at = 30_000
    edited = f"{book[:at]} and something new {book[at:]}"
    assert desk.read(edited, [each for each in positions if each <= at]) <= 2 * CHECKPOINT
    behind = [each + 19 for each in positions if each > at + MOST_CHARACTERS]
    assert desk.read(edited, behind) == 0
    between = desk.read(edited, [each + 19 for each in positions if at < each <= at + MOST_CHARACTERS])
    assert 0 < between < whole


def test_what_is_read_begins_at_the_same_line_whatever_changes_elsewhere(book: str) -> None:
    for position in range(30_000, 60_000, 700):
        source = cut(book[:position])
        assert MOST_CHARACTERS - STEP <= len(source) <= MOST_CHARACTERS
        assert cut("Something else.\n\n" + book[:position]) == source
        assert cut(book[position - 20_000 : position]) == source
    starts = {position - len(cut(book[:position])) for position in range(30_000, 90_000, 100)}
    assert len(starts) < 60_000 / STEP * 3.5


@pytest.mark.long
def test_garbage_in_the_folder_changes_nothing(
    tiny_voice: Voice, runtime: CpuRuntime, book: str, tmp_path: Path
) -> None:
    desk = Desk(tiny_voice, runtime, tmp_path)
    desk.read(book, [30_000])
    text, _ = desk.write(book, 30_000)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2  # the states, and the draft's tokens
    for harm in (b"", b"garbage", b"\x00" * 10_000):
        for path in files:
            path.write_bytes(harm)
        assert Desk(tiny_voice, runtime, tmp_path).write(book, 30_000)[0] == text


@pytest.mark.long
def test_another_voice_has_a_folder_of_its_own(
    tiny_voice: Voice, tiny_residual_voice: Voice, book: str, tmp_path: Path
) -> None:
    for voice in (tiny_voice, tiny_residual_voice):
        desk = Desk(voice, CpuRuntime(voice, threads=1), tmp_path)
        assert desk.read(book, [30_000]) > 0
        assert desk.write(book, 30_000)[1] < CHECKPOINT + 60
    assert len(list(tmp_path.iterdir())) == 2


def test_without_room_nothing_is_kept(tiny_voice: Voice, runtime: CpuRuntime, book: str, tmp_path: Path) -> None:
    continuer = Continuer(tiny_voice, runtime, kept=Kept(tmp_path / "reading", 0))
    assert continuer.read_elsewhere(book[:20_000], "\n\n", never) == 0
    assert not continuer.can_keep
    continuer.keep()
    assert not (tmp_path / "reading").exists()


def test_a_stop_loses_nothing_that_was_read(tiny_voice: Voice, runtime: CpuRuntime, book: str, tmp_path: Path) -> None:
    desk = Desk(tiny_voice, runtime, tmp_path)
    before = book[:30_000]
    calls = 0

    def soon() -> bool:
        nonlocal calls
        calls += 1
        return calls > 5

    first = desk.continuer.read_elsewhere(before, "\n\n", soon)
    assert first > 0
    rest = desk.continuer.read_elsewhere(before, "\n\n", never)
    whole = Desk(tiny_voice, runtime, tmp_path / "other").read(book, [30_000])
    assert first + rest <= whole + 1
    assert desk.read(book, [30_000]) == 0
