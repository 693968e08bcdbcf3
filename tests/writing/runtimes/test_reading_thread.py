"""The thread in which the network reads beside: whether it is worth asking."""

from __future__ import annotations

import numpy as np

from pandemonium.writing.runtimes.reading_thread import ReadingThread

TOKENS = np.zeros((1, 1), dtype=np.int64)
STATE = np.zeros((2, 1, 3), dtype=np.float32)


class Clock:
    """Goes on by `late` seconds from one look to the next."""

    def __init__(self) -> None:
        self.now = 1.0
        self.late = 0.0

    def __call__(self) -> float:
        self.now += self.late
        return self.now


def read(tokens: np.ndarray, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return state[None, 0], state


def ask(thread: ReadingThread, times: int) -> list[bool]:
    """Whether it was to be asked, each time; it reads where it was."""
    asked = []
    for _ in range(times):
        asked.append(thread.comes_soon())
        if asked[-1]:
            outputs, after = thread.submit(read, TOKENS, STATE).result()
            assert outputs.shape == (1, 1, 3)
            assert after is STATE
    return asked


def test_one_that_is_awake_at_once_is_always_asked() -> None:
    clock = Clock()
    clock.late = 1e-4
    assert all(ask(ReadingThread(clock), 2000))


def test_one_that_is_waited_for_is_left_alone_and_tried_again() -> None:
    clock = Clock()
    thread = ReadingThread(clock)
    clock.late = 5e-3
    asked = ask(thread, 2000)
    assert asked[0]
    assert 10 < sum(asked) < 100
    assert not all(asked[:20])
    clock.late = 1e-4
    assert all(ask(thread, 1000)[300:])
