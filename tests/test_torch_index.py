"""Where PyTorch comes from: no gigabytes for a card that is not there."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def torch_index() -> ModuleType:
    """The script, which lies outside of the package."""
    path = Path(__file__).resolve().parent.parent / "installer" / "torch_index.py"
    spec = importlib.util.spec_from_file_location("torch_index", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("system", "machine", "card", "reachable", "own_index"),
    [
        ("Linux", "x86_64", False, True, True),
        ("Linux", "x86_64", False, False, False),
        ("Linux", "x86_64", True, True, False),
        ("Linux", "aarch64", False, True, False),
        ("Darwin", "x86_64", False, True, False),
    ],
)
def test_only_a_linux_without_a_card_asks_for_the_build_for_processors(
    torch_index: ModuleType, system: str, machine: str, card: bool, reachable: bool, own_index: bool
) -> None:
    found = torch_index.choose_index(system, machine, card, lambda address: reachable)
    assert found == (torch_index.CPU_INDEX if own_index else "")


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/whl/torch/" else 404)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """An index on this machine."""
    httpd = HTTPServer(("127.0.0.1", 0), _Index)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_an_index_that_does_not_answer_is_none(torch_index: ModuleType, server: str) -> None:
    assert torch_index.is_reachable(f"{server}/whl")
    assert not torch_index.is_reachable(f"{server}/elsewhere")
    assert not torch_index.is_reachable("http://127.0.0.1:9")
