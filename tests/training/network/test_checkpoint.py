"""Checkpoints: replaced as a whole, read without running anything, refused in a sentence."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from pandemonium.errors import TrainingError
from pandemonium.training.network.checkpoint import load_checkpoint, save_checkpoint

APP = Path(__file__).resolve().parents[3] / "app"


def test_comes_back(tmp_path: Path) -> None:
    saved = {
        "weights": {"a": torch.randn(3, 4)},
        "tokens": 2**40,
        "queue": [(1, 2)],
        "random": {"state": 2**100},
        "none": None,
    }
    save_checkpoint(tmp_path / "main.checkpoint", saved)
    found = load_checkpoint(tmp_path / "main.checkpoint")
    torch.testing.assert_close(found.pop("weights"), saved.pop("weights"))
    assert found == saved
    assert [path.name for path in tmp_path.iterdir()] == ["main.checkpoint"]


def test_a_checkpoint_that_cannot_be_written_leaves_the_last(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="could not be saved"):
        save_checkpoint(tmp_path / "missing" / "main.checkpoint", {})
    path = tmp_path / "main.checkpoint"
    save_checkpoint(path, {"tokens": 1})
    (tmp_path / "folder.checkpoint").mkdir()
    with pytest.raises(TrainingError, match="could not be saved"):
        save_checkpoint(tmp_path / "folder.checkpoint", {"tokens": 2})
    assert load_checkpoint(path) == {"tokens": 1}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.checkpoint", "main.checkpoint"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_last_and_is_a_sentence(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "main.checkpoint"
    save_checkpoint(path, {"tokens": 1})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(TrainingError, match="could not be saved"):
            save_checkpoint(path, {"weights": torch.zeros(100_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert load_checkpoint(path) == {"tokens": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["main.checkpoint"]


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04"])
def test_a_damaged_checkpoint_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "main.checkpoint"
    path.write_bytes(data)
    with pytest.raises(TrainingError, match="cannot be read"):
        load_checkpoint(path)
    with pytest.raises(TrainingError, match="no checkpoint"):
        load_checkpoint(tmp_path / "missing.checkpoint")


class _Trap:
    def __init__(self, target: Path) -> None:
        self._target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self._target,))


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
def test_code_in_a_checkpoint_is_never_run(tmp_path: Path) -> None:
    torch.save({"trap": _Trap(tmp_path / "sprung")}, tmp_path / "zip.checkpoint")
    (tmp_path / "plain.checkpoint").write_bytes(pickle.dumps(_Trap(tmp_path / "sprung")))
    for name in ("zip", "plain"):
        with pytest.raises(TrainingError):
            load_checkpoint(tmp_path / f"{name}.checkpoint")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.long
def test_a_kill_at_any_moment_leaves_a_whole_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "main.checkpoint"
    code = (
        f"import sys, torch; sys.path.insert(0, {str(APP)!r})\n"
        "from pathlib import Path\n"
        "from pandemonium.training.network.checkpoint import save_checkpoint\n"
        "number = 0\n"
        "while True:\n"
        "    saved = {'number': number, 'weights': torch.full((200_000,), number)}\n"
        f"    save_checkpoint(Path({str(path)!r}), saved)\n"
        "    number += 1"
    )
    last = 0
    with subprocess.Popen([sys.executable, "-c", code]) as child:
        for _ in range(6000):  # a busy machine may take minutes to import torch
            if path.exists() and (last := load_checkpoint(path)["number"]) > 3:
                break
            time.sleep(0.05)
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    found = load_checkpoint(path)
    assert found["number"] >= last > 3
    assert found["weights"].eq(found["number"]).all()
