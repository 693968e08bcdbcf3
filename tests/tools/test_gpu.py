"""The script that trains on a GPU, tried at small size on this machine's processor: from a corpus to a voice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.gpu.texts import choose, pack

from pandemonium.voice.architecture import ResidualArchitecture
from pandemonium.voice.file import load_voice

ROOT = Path(__file__).resolve().parents[2]
SMALL = {
    "network.embedding": 16,
    "network.hidden": 24,
    "network.width": 32,
    "network.inner": 32,
    "training.batch": 4,
    "training.length": 16,
    "training.average": 1000,
    "main.0.tokens": 640,
    "foundation.0.tokens": 640,
}


def test_the_author_goes_whole_and_of_the_others_what_there_is_room_for() -> None:
    works = {"lovecraft": ["a" * 50, "b" * 50], "tales": ["c" * 90] * 9, "modern": ["d" * 30] * 9}
    chosen = choose(works, 600)
    assert chosen["lovecraft"] == works["lovecraft"]
    assert (len(chosen["tales"]), len(chosen["modern"])) == (2, 5)
    assert chosen["classics"] == []


@pytest.mark.long
def test_from_a_corpus_to_a_voice(corpus: Path, tmp_path: Path) -> None:
    archive = tmp_path / "texts.xz"
    carried = tmp_path / "carried"
    voice = tmp_path / "large.voice"
    pack(corpus, archive, 1.0)
    changes = [f"--set={key}={value}" for key, value in SMALL.items()]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        ["bash", ROOT / "tools/gpu/train.sh", archive, carried, "0.5"],
        env={**environment, "DEVICE": "cpu", "CHANGES": " ".join([*changes, "--threads=1"])},
        check=True,
    )
    pieces = list(carried.glob("weights-*.safetensors"))
    assert pieces
    assert all(piece.stat().st_size < 16 << 20 for piece in pieces)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tools.train_base",
            "voice",
            "--weights",
            carried,
            "--output",
            voice,
            "--work",
            tmp_path / "work",
            "--corpus",
            corpus,
            "--recipe",
            ROOT / "resources/recipes/lovecraft-gpu.toml",
            *changes,
            "--start",
            ROOT / "models/classics.voice",
        ],
        env={**environment, "PYTHONPATH": os.pathsep.join([str(ROOT / "app"), str(ROOT)])},
        check=True,
    )
    assert isinstance(load_voice(voice).architecture, ResidualArchitecture)
