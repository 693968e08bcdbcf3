from __future__ import annotations

import asyncio
import threading

import pytest

from pandemonium.desktop.core.background import call_in, in_thread


def test_work_is_done_elsewhere_and_comes_home(loop: asyncio.AbstractEventLoop) -> None:
    here = threading.get_ident()
    assert loop.run_until_complete(in_thread(loop, threading.get_ident)) != here


def test_an_error_comes_home_too(loop: asyncio.AbstractEventLoop) -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        loop.run_until_complete(in_thread(loop, fail))


def test_a_closed_loop_hears_nothing() -> None:
    closed = asyncio.new_event_loop()
    closed.close()
    call_in(closed, lambda: pytest.fail("it was called"))
