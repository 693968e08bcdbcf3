"""The index of which text a run stands in: names the right one, stays small, and is believed nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pandemonium.errors import VoiceError
from pandemonium.text.ngrams import folded_words, word_hash
from pandemonium.voice import sources
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.voice.library import VoiceLibrary
from pandemonium.voice.profile import LONG_RUN, StyleProfile, gram_hashes
from pandemonium.voice.sources import RunSources

LAMP = "The old man lit the lamp in the upper room and waited for the boat that never came."
BELL = "Under the water a bell began to ring, and the fishermen drew in their nets without a word."
NAMES = ["novels/The Lamp.docx", "C:\\texts\\The Bell.txt"]


def profile() -> StyleProfile:
    return StyleProfile.of([LAMP, "", BELL], names=[NAMES[0], "empty.txt", NAMES[1]])


def runs(text: str) -> np.ndarray:
    return gram_hashes(np.array([word_hash(word) for word in folded_words(text)], dtype=np.uint64), LONG_RUN)


def test_a_run_is_found_in_its_text() -> None:
    kept = profile().sources
    assert kept is not None
    assert set(kept.names_of(runs(LAMP))) == {"The Lamp"}
    assert set(kept.names_of(runs(BELL))) == {"The Bell"}
    assert set(kept.names_of(runs("Nobody ever wrote a sentence that is quite like this one here."))) == {""}
    assert kept.names_of(runs("")) == []


def test_what_stands_in_two_texts_is_the_firsts() -> None:
    kept = StyleProfile.of([LAMP, f"{LAMP} {BELL}"], names=["a.txt", "b.txt"]).sources
    assert kept is not None
    assert set(kept.names_of(runs(LAMP))) == {"a"}


def test_without_names_nothing_is_kept() -> None:
    assert StyleProfile.of([LAMP]).sources is None
    assert "sources" not in json.loads(StyleProfile.of([LAMP]).to_json())


def test_a_long_text_keeps_an_even_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_RUNS", 500)
    hashes = np.random.default_rng(1).integers(0, 1 << 63, 4000, dtype=np.uint64)
    kept = RunSources.of(["a", "b"], [hashes[:2000], hashes[2000:]])
    assert len(kept.runs) == 500
    assert (np.diff(kept.runs.astype(np.int64)) > 0).all()
    halves = [sum(name != "" for name in kept.names_of(part)) for part in (hashes[:2000], hashes[2000:])]
    assert sum(halves) == 500
    assert min(halves) > 150
    assert set(kept.names_of(hashes[:2000])) == {"a", ""}


def test_the_file_keeps_it_and_an_exported_one_does_not(tiny_voice: Voice, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    card = replace(tiny_voice.card, trained_on="The Lamp.docx; The Bell.txt")
    save_voice(replace(tiny_voice, card=card, profile=profile()), own / "mine.voice")
    loaded = load_voice(own / "mine.voice").profile
    assert loaded is not None
    assert loaded.sources is not None
    assert loaded.sources.names == ("The Lamp", "The Bell")
    assert loaded.sources.names_of(runs(BELL))[0] == "The Bell"
    library = VoiceLibrary(tmp_path / "bundled", own)
    library.export("mine", tmp_path / "sent.voice")
    sent = load_voice(tmp_path / "sent.voice").profile
    assert sent is not None
    assert sent.sources is None
    assert sent.copied(LAMP).grams_8 == 1
    assert load_voice(tmp_path / "sent.voice").card.trained_on == "2 texts"
    assert b"The Lamp" not in (tmp_path / "sent.voice").read_bytes()
    library.export("mine", tmp_path / "whole.voice", with_names=True)
    assert (tmp_path / "whole.voice").read_bytes() == (own / "mine.voice").read_bytes()


_RUNS = "profile.runs"
_TEXTS = "profile.texts"
_DAMAGE: dict[str, Any] = {
    "no names": lambda values, tensors: {**values, "sources": []},
    "names of numbers": lambda values, tensors: {**values, "sources": [1, 2]},
    "too long a name": lambda values, tensors: {**values, "sources": ["a" * 81, "b"]},
    "names by name": lambda values, tensors: {**values, "sources": {"a": "b"}},
    "too few names": lambda values, tensors: {**values, "sources": ["a"]},
    "far too many names": lambda values, tensors: {**values, "sources": ["a"] * 5000},
    "no runs": lambda values, tensors: [tensors.pop(_RUNS), values][1],
    "half a run": lambda values, tensors: tensors.update({_RUNS: tensors[_RUNS][:-1]}) or values,
    "fewer texts": lambda values, tensors: tensors.update({_TEXTS: tensors[_TEXTS][:-2]}) or values,
    "runs of floats": lambda values, tensors: tensors.update({_RUNS: tensors[_RUNS].astype(np.float32)}) or values,
    "square texts": lambda values, tensors: tensors.update({_TEXTS: tensors[_TEXTS].reshape(-1, 2)}) or values,
    "no order": lambda values, tensors: tensors.update({_RUNS: np.zeros_like(tensors[_RUNS])}) or values,
    "a text that is not there": lambda values, tensors: (
        tensors.update({_TEXTS: np.full_like(tensors[_TEXTS], 255)}) or values
    ),
}


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_hostile_index_is_one_sentence(damage: str) -> None:
    tensors = dict(profile().tensors())
    values = _DAMAGE[damage](json.loads(profile().to_json()), tensors)
    with pytest.raises(VoiceError, match="profile of its training text is damaged"):
        StyleProfile.read(json.dumps(values), tensors)


def test_a_name_is_obeyed_by_no_terminal() -> None:
    values = json.loads(profile().to_json())
    values["sources"][0] = "\x1b[31mred\n"
    read = StyleProfile.read(json.dumps(values), profile().tensors()).sources
    assert read is not None
    assert "\x1b" not in read.names[0]
    assert "\n" not in read.names[0]
