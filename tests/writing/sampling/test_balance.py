"""The balance gives back to each piece the share that truncation took from it, and travels with the voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.voice import file
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling import balance
from pandemonium.writing.sampling.balance import find_balance


@pytest.mark.long
def test_it_brings_the_shares_nearer_to_the_text(tiny_voice: Voice, prose: str) -> None:
    distances: list[float] = []
    moves = find_balance(
        CpuRuntime(tiny_voice, 1),
        tiny_voice.tokenizer,
        [prose],
        rounds=4,
        on_round=lambda number, distance: distances.append(distance),
    )
    assert len(distances) == 4
    assert distances[-1] < 0.7 * distances[0]
    assert moves.shape == (tiny_voice.tokenizer.size,)
    assert -balance.LARGEST <= moves.min() < 0 < moves.max() <= balance.HIGHEST
    assert moves[tiny_voice.tokenizer.separator] == 0
    inside = [i for i, piece in enumerate(tiny_voice.tokenizer.pieces) if piece[:1].isalnum()]
    assert inside
    assert not moves[inside].any()


def test_it_needs_no_text_and_may_begin_at_another_voices(tiny_voice: Voice) -> None:
    begin = np.ones(tiny_voice.tokenizer.size, dtype=np.float32)
    moves = find_balance(CpuRuntime(tiny_voice, 1), tiny_voice.tokenizer, [], begin=begin, rounds=1)
    assert np.isfinite(moves).all()
    assert begin.all()


def test_it_travels_in_the_voice_file_to_half_precision(tiny_voice: Voice, tmp_path: Path) -> None:
    moves = np.linspace(-3, 3, tiny_voice.tokenizer.size, dtype=np.float32)
    save_voice(replace(tiny_voice, balance=moves), tmp_path / "own.voice")
    loaded = load_voice(tmp_path / "own.voice")
    np.testing.assert_array_equal(loaded.balance, moves.astype(np.float16).astype(np.float32))
    save_voice(replace(loaded, balance=np.zeros(0, dtype=np.float32)), tmp_path / "own.voice")
    assert not len(load_voice(tmp_path / "own.voice").balance)


@pytest.mark.parametrize("moves", [np.zeros(3), np.full(400, np.nan), np.full(400, np.inf), np.full(400, 60.0)])
def test_a_balance_that_is_none_is_refused(tiny_voice: Voice, tmp_path: Path, moves: np.ndarray) -> None:
    save_voice(replace(tiny_voice, balance=moves.astype(np.float32)), tmp_path / "own.voice")
    with pytest.raises(VoiceError, match="balance"):
        load_voice(tmp_path / "own.voice")


@pytest.mark.long
def test_what_is_moved_up_comes_and_what_is_moved_down_does_not(tiny_voice: Voice) -> None:
    tokenizer = tiny_voice.tokenizer
    word = max((piece.decode("utf-8", "ignore") for piece in tokenizer.pieces if piece[:1] == b" "), key=len)
    chosen = tokenizer.encode(word)
    assert len(chosen) == 1

    def written(move: float) -> str:
        moves = np.zeros(tokenizer.size, dtype=np.float32)
        moves[chosen] = move
        continuer = Continuer(replace(tiny_voice, balance=moves), CpuRuntime(tiny_voice, 1))
        settings = WritingSettings(words=60, seed=5, balance=1.0, memory=0.0, dry_multiplier=0.0)
        request = ContinueRequest(1, 0, "The lamp", settings=settings)
        return "".join(piece.text for piece in continuer.write(request))

    assert written(9.0).count(word) > 5
    # It is not written twice on end for that.
    assert written(9.0).count(f"{word}{word} ") == 0
    assert written(-9.0).count(word) == 0


@pytest.mark.long
def test_the_command_writes_it_into_the_file(
    tiny_voice: Voice, prose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(balance, "ROUNDS", 1)
    path = tmp_path / "own.voice"
    text = tmp_path / "prose.txt"
    save_voice(tiny_voice, path)
    text.write_text(prose, "utf-8")
    assert balance.main([str(path), str(text)]) == 0
    assert load_voice(path).balance.any()
    assert "round 0" in capsys.readouterr().err
    assert balance.main([str(path), str(tmp_path / "none.txt")]) == 1
    assert "none.txt cannot be read" in capsys.readouterr().err
    assert file.read_card(path) == tiny_voice.card
