"""The command that trains a base voice: prepare, train, stop, resume, finish and write, on a tiny corpus."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tools.train_base.__main__ import main

from pandemonium.training.network.checkpoint import load_checkpoint
from pandemonium.voice.file import file_sha256, load_voice
from pandemonium.writing.sampling import balance

ROOT = Path(__file__).resolve().parents[3]

RECIPE = """
[network]
vocabulary = 400
embedding = 24
hidden = 32
layers = 2

[training]
batch = 4
length = 16
windows = 4
rate = 1e-2
matrix_rate = 0.0
weight_decay = 0.01
average = 1e3
warm_up = 500

[[main]]
name = "broad"
tokens = 6400
mixture = { novels = 0.4, eltec = 0.2, weird = 0.3, lovecraft = 0.1 }
dropout = 0.05

[[foundation]]
name = "broad"
tokens = 1024
mixture = { novels = 0.5, lovecraft = 0.5 }
end = 0.1

[[finish]]
name = "lovecraft"
tokens = 1280
mixture = { lovecraft = 1.0 }
start = 1.0
end = 0.1
teacher = 0.0
"""


class Place:
    """A folder with a recipe, and with what the command makes in it."""

    def __init__(self, folder: Path, corpus: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        (folder / "recipe.toml").write_text(RECIPE, "utf-8")
        self._places = ["--corpus", str(corpus), "--work", str(self.work), "--recipe", str(folder / "recipe.toml")]

    def arguments(self, part: str, *more: str) -> list[str]:
        return [part, *self._places, "--device", "cpu", "--threads", "1", *more]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tools.train_base", *self.arguments(*arguments)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "app"), str(ROOT)])},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def tokens(self, part: str = "main") -> int:
        tokens: int = load_checkpoint(self.work / f"{part}.checkpoint")["trainer"]["tokens"]
        return tokens


@pytest.fixture(autouse=True)
def short_fitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The balance is fitted for a moment: how well is tested elsewhere."""
    monkeypatch.setattr(balance, "STEPS", 2)
    monkeypatch.setattr(balance, "_WARM_UP", 2)


@pytest.fixture(scope="module")
def token_file(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus's token file, made by a process of its own."""
    place = Place(tmp_path_factory.mktemp("base"), corpus)
    with place.start("prepare") as child:
        _, said = child.communicate(timeout=600)
    assert child.returncode == 0, said
    assert [path.name for path in place.work.iterdir()] == ["tokens.npz"]
    return place.work / "tokens.npz"


@pytest.fixture
def place(tmp_path: Path, token_file: Path) -> Place:
    """A folder in which nothing but the token file was made."""
    place = Place(tmp_path, tmp_path / "no corpus")
    place.work.mkdir()
    shutil.copy(token_file, place.work)
    return place


@pytest.mark.long
def test_from_a_corpus_to_a_voice(
    place: Place, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    voice, other, weights = (place.folder / name for name in ("tiny.voice", "other.voice", "weights"))
    assert main(place.arguments("train", "--set", "main.0.tokens=3200")) == 0
    assert place.tokens() == 3200
    assert main(place.arguments("train")) == 0
    assert place.tokens() == 6400
    assert main(place.arguments("finish", "--output", str(voice))) == 0
    assert place.tokens("finish") == 7680
    said = capfd.readouterr().err
    loaded = load_voice(voice)
    assert loaded.architecture.hidden == 32
    assert loaded.card.tokens == 7680
    assert f"test: {loaded.card.bits_per_character:.4f} bits per character, weights in int8" in said
    # An untrained voice would need the logarithm of its vocabulary for each piece.
    assert loaded.card.bits_per_character < 5.0

    assert main(place.arguments("weights", "--weights", str(weights))) == 0
    assert main(place.arguments("voice", "--weights", str(weights), "--output", str(other))) == 0
    assert load_voice(other).card.bits_per_character == pytest.approx(loaded.card.bits_per_character, abs=0.01)


@pytest.mark.long
def test_the_finished_voice_names_its_foundation(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    foundation = place.folder / "classics.voice"
    finished = place.folder / "finished.voice"
    assert main(place.arguments("train", "--set", "main.0.tokens=1280")) == 0
    assert main(place.arguments("foundation", "--output", str(foundation))) == 0
    assert main(place.arguments("finish", "--foundation", str(foundation), "--output", str(finished))) == 0
    assert (place.tokens("foundation"), place.tokens("finish")) == (1280 + 1024, 1280 + 1280)
    cards = load_voice(foundation).card, load_voice(finished).card
    assert [card.title for card in cards] == ["Classics", "Lovecraft"]
    assert [card.foundation for card in cards] == ["", "classics"]
    assert cards[1].foundation_sha256 == file_sha256(foundation)


@pytest.mark.long
def test_a_voice_teaches_the_next(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own tokens are asked for, and what the teacher expects has a part in what is learned."""
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    alone, taught = place.folder / "alone.voice", place.folder / "taught.voice"
    assert main(place.arguments("train", "--set", "main.0.tokens=1280")) == 0
    share = ["--set", "finish.0.teacher=0.5"]
    assert main(place.arguments("finish", *share)) == 1
    assert "Name its voice with --teacher." in capsys.readouterr().err
    assert main(place.arguments("finish", *share, "--teacher", str(ROOT / "models" / "classics.voice"))) == 1
    assert "has other tokens than the token file" in capsys.readouterr().err
    assert main(place.arguments("finish", "--output", str(alone))) == 0
    place.work.joinpath("finish.checkpoint").unlink()
    assert main(place.arguments("finish", *share, "--teacher", str(alone), "--output", str(taught))) == 0
    weights = [load_voice(path).dequantize()["output.bias"] for path in (alone, taught)]
    assert not np.array_equal(*weights)


@pytest.mark.long
def test_goes_on_from_the_voice_where_the_checkpoints_are_gone(
    place: Place, corpus: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    first = place.folder / "first.voice"
    second = place.folder / "second.voice"
    assert main(place.arguments("train")) == 0
    assert main(place.arguments("finish", "--output", str(first))) == 0
    shutil.rmtree(place.work)
    again = [str(corpus) if "no corpus" in each else each for each in place.arguments("train", "--start", str(first))]
    assert main([*again, "--set", "main.0.tokens=1280"]) == 0
    assert "beginning with first, which has learned from 7,680 sub-words" in capfd.readouterr().err
    assert main(place.arguments("finish", "--output", str(second))) == 0
    loaded = load_voice(second)
    before = load_voice(first)
    assert loaded.tokenizer.definition == before.tokenizer.definition
    assert loaded.card.tokens == 7680 + 1280 + 1280
    assert loaded.card.hours >= before.card.hours
    assert loaded.card.bits_per_character is not None
    assert before.card.bits_per_character is not None
    assert loaded.card.bits_per_character < before.card.bits_per_character + 0.1

    shutil.rmtree(place.work)
    assert main([*again, "--set", "network.hidden=48"]) == 1
    assert "has another shape or other pieces than the recipe" in capfd.readouterr().err


@pytest.mark.long
def test_what_two_trainings_found_is_merged(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    first, second, between = (place.folder / f"{name}.voice" for name in ("first", "second", "between"))
    merging = ["merge", "--from", "foundation", "--with", f"{first}=0.25"]
    assert main(place.arguments("train", "--set", "main.0.tokens=1280")) == 0
    assert main(place.arguments(*merging)) == 1
    assert "Train first" in capsys.readouterr().err
    assert main(place.arguments("foundation", "--output", str(first))) == 0
    place.work.joinpath("foundation.checkpoint").unlink()
    assert main(place.arguments("train", "--set", "main.0.tokens=3200")) == 0
    assert main(place.arguments("foundation", "--output", str(second))) == 0
    assert main(place.arguments(*merging)) == 0
    assert f"bits per character with 0.25 of {first}" in capsys.readouterr().err
    assert main(place.arguments("voice", "--from", "foundation", "--output", str(between))) == 0
    found = [load_voice(path).dequantize()["lstm.0.bias"] for path in (first, second, between)]
    assert not np.array_equal(found[0], found[1])
    np.testing.assert_allclose(found[2], 0.25 * found[0] + 0.75 * found[1], atol=1e-6)

    assert main(place.arguments(*merging[:-1], f"{ROOT / 'models' / 'classics.voice'}=0.5")) == 1
    assert "has another shape or other pieces than the recipe" in capsys.readouterr().err
    assert main(place.arguments(*merging[:-1], f"{place.folder / 'none.voice'}=0.5")) == 1
    with pytest.raises(SystemExit) as wrong:
        main(place.arguments(*merging[:-1], f"{first}=2"))
    assert wrong.value.code == 2


@pytest.mark.long
def test_asked_to_stop_it_saves_and_goes_on_there(place: Place) -> None:
    with place.start("train", "--set", "main.0.tokens=100_000_000") as child:
        assert child.stderr is not None
        # It reports when a quarter of a million sub-words are learned; long before, it can be stopped.
        while child.poll() is None and not _handles_signals(child.pid):
            time.sleep(0.05)
        child.terminate()
        _, said = child.communicate(timeout=600)
    assert child.returncode == 0, said
    tokens = place.tokens()
    with place.start("train", "--set", f"main.0.tokens={tokens + 64}") as child:
        _, said = child.communicate(timeout=600)
    assert re.search(rf"going on with main at {tokens:,}", said)
    assert place.tokens() == tokens + 64


def _handles_signals(process: int) -> bool:
    """Tells whether the process has its own handler for SIGTERM; True where the system does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        time.sleep(10)
        return True
    caught = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigCgt")), "0")
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def test_what_is_missing_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(Place(tmp_path, tmp_path / "nothing").arguments("prepare")) == 1
    assert "There is no corpus" in capsys.readouterr().err
    assert main(["prepare", "--recipe", str(tmp_path / "none.toml"), "--work", str(tmp_path)]) == 1
    assert "cannot be used" in capsys.readouterr().err


@pytest.mark.long
def test_another_vocabulary_than_the_token_files_is_a_sentence(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(place.arguments("train", "--set", "network.vocabulary=500")) == 1
    assert "another --work folder" in capsys.readouterr().err


def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["dance"])
    assert ending.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_finishing_what_was_never_begun_is_a_sentence(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(place.arguments("finish")) == 1
    assert "Train first." in capsys.readouterr().err
