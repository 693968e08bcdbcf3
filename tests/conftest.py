"""What holds for every test: its own user data folder, and no network but this machine's own; and small voices."""

from __future__ import annotations

import ipaddress
import os
import random
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import psutil
import pytest

from pandemonium import paths
from pandemonium.voice.architecture import Architecture, PlainArchitecture, ResidualArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, load_voice, quantize_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer

_status = pytest.StashKey[int]()

# Beside another worker of pytest-xdist, several threads for one small product only wait for each other. The libraries
# read this when they are loaded, and so do the programs that tests start.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# Everyone's run sees the same examples, so that what fails was changed and not drawn, and a busy machine may be slow.
# New ones, and more: make test ARGS="tests --hypothesis-profile=drawn". `make test-fast` takes the first few.
hypothesis.settings.register_profile("drawn", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile(
    "same", hypothesis.settings.get_profile("drawn"), derandomize=True, max_examples=40
)
hypothesis.settings.register_profile("few", hypothesis.settings.get_profile("same"), max_examples=15)
hypothesis.settings.load_profile("same")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_status] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the process where Qt was in it, with pytest's own status, before the interpreter takes itself apart.

    After some hundred windows in one process PySide6 6.11 crashes in its very last clean-up, when every result is
    known and written; the program itself, with its one window, ends by itself and is tested to do so in a child.
    A worker of pytest-xdist has sent its last report as its session finished, before this.
    """
    if "PySide6" in sys.modules and _status in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_status])


@pytest.fixture(autouse=True)
def pandemonium_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Moves all user data into a folder of this test alone."""
    home = tmp_path / "pandemonium-home"
    monkeypatch.setenv("PANDEMONIUM_HOME", str(home))
    return home


def _is_this_machine(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuses every connection that would leave this machine, and fails the test that tried, even if it went on."""
    tried: list[str] = []

    def refuse(what: str) -> None:
        tried.append(what)
        raise OSError(f"tests may not reach the network: {what}")

    def guarded(name: str, address_at: int) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def guard(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[address_at]
            inside = self.family == getattr(socket, "AF_UNIX", None) or (
                isinstance(address, tuple) and _is_this_machine(address[0])
            )
            if not inside:
                refuse(f"{name} {address!r}")
            return original(self, *arguments)

        return guard

    original_lookup = socket.getaddrinfo

    def lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_this_machine(host):
            refuse(f"getaddrinfo {host!r}")
        return original_lookup(host, *arguments, **options)

    for name, address_at in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        monkeypatch.setattr(socket.socket, name, guarded(name, address_at))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    yield
    if tried:
        pytest.fail(f"the test tried to reach the network: {'; '.join(tried)}")


@pytest.fixture(autouse=True)
def exact_arithmetic() -> Iterator[None]:
    """Takes back what a training in this process sets: that numbers next to nothing are flushed to nothing."""
    yield
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_flush_denormal(False)


@pytest.fixture(scope="session")
def one_thread() -> None:
    """Keeps torch to one thread: beside other work, small products on several take ten times as long."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def comes_to_rest() -> Callable[[int], bool]:
    """Whether a process, given by its number, spends a whole second almost idle, sooner or later.

    What was under way when it was paused may end first, however long that takes on a busy machine; a process that
    works on has no such second.
    """

    def rests(pid: int) -> bool:
        process = psutil.Process(pid)
        for _ in range(60):
            before = sum(process.cpu_times()[:2])
            time.sleep(1.0)
            if sum(process.cpu_times()[:2]) - before < 0.2:
                return True
        return False

    return rests


@pytest.fixture(scope="session")
def prose() -> str:
    """A little over three thousand characters of a tale that no voice was trained on, canonical."""
    return (Path(__file__).parent / "prose.txt").read_text("utf-8").strip()


@pytest.fixture(scope="session")
def tokenizer(prose: str) -> SubwordTokenizer:
    """Sub-words learned from `prose` alone: 400 ids."""
    return SubwordTokenizer.train([prose] * 2, size=400)


@pytest.fixture(scope="session")
def tiny_voice(tokenizer: SubwordTokenizer) -> Voice:
    """A voice of two small layers with random weights: knows nothing, but is whole."""
    architecture = PlainArchitecture(vocabulary=tokenizer.size, embedding=24, hidden=48, layers=2)
    return _random_voice(tokenizer, architecture)


@pytest.fixture(scope="session")
def tiny_residual_voice(tokenizer: SubwordTokenizer) -> Voice:
    """The same of two small residual blocks; its widths are multiples of nothing."""
    architecture = ResidualArchitecture(
        vocabulary=tokenizer.size, embedding=24, hidden=48, layers=2, width=40, inner=56
    )
    return _random_voice(tokenizer, architecture)


@pytest.fixture(scope="session", params=["plain", "residual"])
def tiny_voice_of_each_kind(request: pytest.FixtureRequest, tiny_voice: Voice, tiny_residual_voice: Voice) -> Voice:
    """`tiny_voice`, then `tiny_residual_voice`."""
    return tiny_voice if request.param == "plain" else tiny_residual_voice


def _random_voice(tokenizer: SubwordTokenizer, architecture: Architecture) -> Voice:
    random = np.random.default_rng(7)
    weights = {name: random.normal(0, 0.4, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    return quantize_voice("tiny", architecture, tokenizer, weights, Card(title="Tiny", licence="MIT"))


@pytest.fixture(scope="session")
def tiny_voice_path(tiny_voice: Voice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of `tiny_voice`; not to be changed."""
    path = tmp_path_factory.mktemp("voices") / "tiny.voice"
    save_voice(tiny_voice, path)
    return path


@pytest.fixture(scope="session")
def bundled_voice() -> Voice:
    """The voice that comes with the program."""
    return load_voice(paths.models() / "lovecraft.voice")


SENTENCES = {
    "en": "the {} stood beside the {} in the {};he spoke of {} and of {} without {};"
    "when {} came back, {} was afraid of {};nobody had seen the {} that {} remembered from {}",
    "nl": "de {} stond naast het {} in een {};hij sprak over {} en over {} zonder {};"
    "toen {} terugkwam, was {} bang voor {};niemand had de {} gezien die {} kende van {}",
}
SYLLABLES = "ba co du fe gi la mo nu pe ri sa te vo wi zu lin mar ton der sel".split()


@pytest.fixture(scope="session")
def invented() -> Callable[..., str]:
    """Gives paragraphs of invented nouns, others for every seed: `invented(seed, paragraphs=40, language="en")`."""

    def write(seed: int, paragraphs: int = 40, language: str = "en") -> str:
        draw = random.Random(seed)

        def sentence() -> str:
            nouns = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(3)]
            text = draw.choice(SENTENCES[language].split(";")).format(*nouns)
            return text[0].upper() + text[1:] + draw.choice([".", ".", "!", "?"])

        return "\n\n".join(" ".join(sentence() for _ in range(draw.randint(3, 6))) for _ in range(paragraphs))

    return write
