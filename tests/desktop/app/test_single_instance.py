"""One running window: who gets its place, who hands over, and what dead processes leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pandemonium.desktop.app import single_instance as single
from pandemonium.desktop.app.single_instance import Arrival, Place, Request, arrive

APP = Path(__file__).resolve().parents[3] / "app"


@pytest.fixture
def place() -> Iterator[Place]:
    """The place that a running window has."""
    taken = arrive(None).place
    assert taken is not None
    yield taken
    taken.leave()


def arriving(file: Path | None) -> tuple[threading.Thread, list[Arrival]]:
    """A later start, on its way."""
    found: list[Arrival] = []
    thread = threading.Thread(target=lambda: found.append(arrive(file)))
    thread.start()
    return thread, found


def taken(place: Place) -> list[Request]:
    """What arrives in the next seconds."""
    for _ in range(500):
        if requests := place.requests():
            return requests
        time.sleep(0.01)
    return []


def test_the_first_start_has_the_place_and_the_next_one_after_it_left() -> None:
    first = arrive(None)
    assert first.place is not None
    assert not first.heard
    first.place.leave()
    first.place.leave()
    second = arrive(None)
    assert second.place is not None
    second.place.leave()


def test_a_later_start_hands_its_file_over(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "leave")
    thread, found = arriving(Path("näivé \udcff.txt"))
    assert taken(place) == [Request(tmp_path / "näivé \udcff.txt", "leave")]
    thread.join()
    assert found == [Arrival(heard=True)]
    assert list(place.folder.iterdir()) == [place.folder / "window.lock"]


def test_a_later_start_without_a_file_asks_for_the_window(place: Place) -> None:
    thread, found = arriving(None)
    assert taken(place) == [Request()]
    thread.join()
    assert found == [Arrival(heard=True)]


def test_a_window_that_does_not_answer_loses_the_request(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "PATIENCE", 0.05)
    assert arrive(Path("a.txt")) == Arrival()
    assert place.requests() == []


def test_the_place_of_a_window_that_closes_goes_to_the_one_who_waits(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, found = arriving(Path("a.txt"))
    while not list(place.folder.glob("*.request")):
        time.sleep(0.005)
    place.leave()
    thread.join()
    (arrival,) = found
    assert arrival.place is not None
    assert not arrival.heard
    assert arrival.place.requests() == []
    arrival.place.leave()


def test_what_a_killed_start_left_is_forgotten_and_one_that_waits_is_heard(place: Place) -> None:
    place.leave()
    old = place.folder / f"{time.time_ns() - int(single.PATIENCE * 2e9):020d}-00.request"
    new = place.folder / f"{time.time_ns():020d}-00.request"
    for path in (old, new):
        path.write_text('{"file": null, "token": ""}')
    again = arrive(None).place
    assert again is not None
    assert not old.exists()
    assert again.requests() == [Request()]
    again.leave()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "[" * 60_000,
        "[" * 100_000,
        '{"file": "a\\u0000", "token": ""}',
        '{"file": 3, "token": ""}',
        '{"file": "a"}',
        "\x00",
    ],
    ids=range(8),
)
def test_a_damaged_request_is_taken_away(place: Place, written: str) -> None:
    (place.folder / "1.request").write_text(written)
    assert place.requests() == []
    assert not list(place.folder.glob("*.request"))


def test_another_screen_is_another_place(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":77")
    other = arrive(None).place
    assert other is not None
    other.leave()


def test_where_no_place_can_be_had_there_is_one_more_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PANDEMONIUM_HOME", str(tmp_path / "file"))
    assert arrive(Path("a.txt")) == Arrival()


def test_a_killed_window_keeps_nobody_out(tmp_path: Path, pandemonium_home: Path) -> None:
    code = (
        "from pandemonium.desktop.app.single_instance import arrive; "
        "arrival = arrive(None); print('in', flush=True); input()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(APP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "in\n"
    child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    child.communicate()
    arrival = arrive(None)
    assert arrival.place is not None
    arrival.place.leave()


def test_a_later_start_ends_with_0_and_loads_no_qt(place: Place, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Opened.")
    code = (
        "import sys; from pandemonium.cli.main import main; status = main(['a.txt'])\n"
        "loaded = {'PySide6', 'qasync', 'numpy', 'torch'} & set(sys.modules)\n"
        "sys.exit(status or f'loaded {loaded}' if loaded else status)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    requests: list[Request] = []
    while child.poll() is None:
        requests += place.requests()
        time.sleep(0.01)
    assert (child.returncode, child.communicate()[1]) == (0, "")
    assert requests == [Request(tmp_path / "a.txt")]
