"""The bridge: chunks come home in order, late ones are dropped, errors arrive as errors."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pandemonium.desktop.features.generation.writing_bridge import ChunkStream, WritingBridge
from pandemonium.errors import PandemoniumError, VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.writing.request import Chunk, ContinueRequest
from pandemonium.writing.worker import LoadedVoice


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def bridge(loop: asyncio.AbstractEventLoop, heard: list[object]) -> Iterator[WritingBridge]:
    made = WritingBridge(loop, heard.append, heard.append)
    yield made
    made.close()


def ask(bridge: WritingBridge, words: int = 20) -> ContinueRequest:
    settings = WritingSettings(words=words, seed=3)
    return ContinueRequest(bridge.next_number, 0, "The old house", settings=settings)


async def collect(stream: ChunkStream) -> list[Chunk]:
    return [chunk async for chunk in stream]


def test_a_continuation_is_an_iteration(
    bridge: WritingBridge, loop: asyncio.AbstractEventLoop, small_voice: Path, heard: list[object]
) -> None:
    async def go() -> None:
        bridge.load(small_voice, "cpu")
        stream = bridge.continue_(ask(bridge))
        chunks = await collect(stream)
        assert stream.result is not None
        assert "".join(chunk.text for chunk in chunks) == stream.result.text
        assert threading.current_thread() is threading.main_thread()

    loop.run_until_complete(go())
    assert isinstance(heard[0], LoadedVoice)
    assert heard[0].name == "small"


def test_the_iteration_ends_at_once_on_stop_and_late_chunks_are_dropped(
    bridge: WritingBridge, loop: asyncio.AbstractEventLoop, small_voice: Path
) -> None:
    async def go() -> None:
        bridge.load(small_voice, "cpu")
        first = bridge.continue_(ask(bridge, 2000))
        await anext(first)
        second = bridge.continue_(ask(bridge))
        assert all(chunk.number == 1 for chunk in await collect(first))
        assert first.result is None
        assert {chunk.number for chunk in await collect(second)} == {2}

    loop.run_until_complete(go())


def test_without_a_voice_the_iteration_raises(bridge: WritingBridge, loop: asyncio.AbstractEventLoop) -> None:
    async def go() -> None:
        with pytest.raises(VoiceError, match="No voice is loaded"):
            await collect(bridge.continue_(ask(bridge)))

    loop.run_until_complete(go())


def test_a_voice_that_cannot_be_loaded_is_told(
    bridge: WritingBridge, tmp_path: Path, heard: list[object], qtbot: Any
) -> None:
    (tmp_path / "bad.voice").write_bytes(b"no voice at all")
    bridge.load(tmp_path / "bad.voice", "cpu")
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], PandemoniumError)


def test_closing_in_mid_sentence_returns(
    loop: asyncio.AbstractEventLoop, small_voice: Path, heard: list[object], qtbot: Any
) -> None:
    bridge = WritingBridge(loop, heard.append, heard.append)
    bridge.load(small_voice, "cpu")
    bridge.continue_(ask(bridge, 2000))
    qtbot.waitUntil(lambda: bool(heard))
    bridge.close()
    assert "writing" not in [thread.name for thread in threading.enumerate()]
