"""A profile knows its training text, travels in the voice file, and refuses what nobody honest would write."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file

from pandemonium.errors import VoiceError
from pandemonium.text.ngrams import folded_words, gram_hash, word_hash
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, load_voice, quantize_voice, save_voice
from pandemonium.voice.profile import PASSAGE_WORDS, StyleProfile, gram_hashes
from pandemonium.voice.tokenizer import SubwordTokenizer

_WORDS = "cellar stair lantern moor hill tower whisper shadow night stone door abbey tomb wind star gulf".split()


def tale(seed: int, words: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(_WORDS)}{chance.choice(['', 's', 'ed', 'ing.', ','])}" for _ in range(words))


DOCUMENTS = (tale(1, 1500), tale(2, 900), tale(3, 400))


@cache
def profile() -> StyleProfile:
    return StyleProfile.of(DOCUMENTS)


@cache
def voice() -> Voice:
    tokenizer = SubwordTokenizer.train(DOCUMENTS, 300)
    architecture = PlainArchitecture(tokenizer.size, 4, 4, 1)
    chance = np.random.default_rng(1)
    weights = {name: chance.normal(size=shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    return quantize_voice("little", architecture, tokenizer, weights, Card("Little"), profile())


@given(st.lists(st.integers(0, 2**64 - 1), max_size=30), st.integers(1, 9))
def test_many_runs_are_hashed_as_one_is(hashes: list[int], n: int) -> None:
    many = gram_hashes(np.array(hashes, dtype=np.uint64), n).tolist()
    assert many == [gram_hash(hashes[i : i + n]) for i in range(max(0, len(hashes) - n + 1))]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.integers(0, 3000), st.integers(8, 60))
def test_a_passage_of_the_training_text_is_copied_whole(document: str, start: int, length: int) -> None:
    words = folded_words(document)
    start %= max(1, len(words) - length)
    passage = words[start : start + length]
    copied = profile().copied("\n".join(passage).upper())
    assert copied.grams_8 == 1
    assert copied.grams_5 == pytest.approx(1)
    assert (copied.longest_run, copied.longest) == (len(passage), " ".join(passage))


def test_another_text_is_not_copied() -> None:
    chance = random.Random(5)
    other = " ".join("".join(chance.choices("abcdefgh", k=6)) for _ in range(4000))
    copied = profile().copied(other)
    assert copied.grams_8 == 0
    assert copied.grams_5 < 0.01
    assert copied.longest_run < 8


def test_a_borrowed_run_is_found_in_its_place() -> None:
    borrowed = folded_words(DOCUMENTS[1])[100:120]
    strange = [f"strange{i}" for i in range(50)]
    copied = profile().copied(" ".join([*strange, *borrowed, *reversed(strange)]))
    assert borrowed == [word for word in copied.longest.split() if not word.startswith("strange")]
    assert 20 <= copied.longest_run <= 21
    assert copied.grams_8 == pytest.approx(13 / (120 - 7), abs=0.02)


def test_no_run_reaches_from_one_document_into_the_next() -> None:
    seam = folded_words(DOCUMENTS[0])[-4:] + folded_words(DOCUMENTS[1])[:4]
    assert profile().copied(" ".join(seam)).grams_8 == 0


def test_little_or_nothing_can_be_looked_at() -> None:
    for text in ("", "one", "one two three four five", "\ud800"):
        assert profile().copied(text).grams_8 == 0


def test_it_knows_words_that_occur_twice() -> None:
    made = StyleProfile.of(["Zann and Zann's viol; once Auseil"])
    assert made.knows("ZANN")
    assert made.knows("zann\u2019s")
    assert not made.knows("Auseil")


def test_halves_and_passages() -> None:
    made = profile()
    assert set(made.halves) == {"word_lengths", "letters"}
    assert all(0 < each.total_variation < 0.2 for each in made.halves.values())
    assert [each.words for each in made.passages] == list(PASSAGE_WORDS[:1])
    assert 0 < made.passages[0].distinct_1 < made.passages[0].distinct_2 <= 1


@pytest.mark.parametrize(
    "documents", [[], [""], ["one"], ["one two"], ["\u4e00\u4e8c\u4e09\u3002"], ["\u043e\u043d"], [tale(4, 50)]]
)
def test_any_training_text_has_a_profile(documents: list[str]) -> None:
    made = StyleProfile.of(documents)
    again = StyleProfile.read(made.to_json(), made.tensors())
    assert (again.figures, again.halves, again.passages) == (made.figures, made.halves, made.passages)


def test_the_file_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "little.voice"
    save_voice(voice(), path)
    kept = load_voice(path).profile
    assert kept is not None
    assert (kept.figures, kept.halves, kept.passages) == (profile().figures, profile().halves, profile().passages)
    for name, bits in profile().tensors().items():
        assert np.array_equal(kept.tensors()[name], bits)
    assert kept.copied(DOCUMENTS[0]) == profile().copied(DOCUMENTS[0])


def test_a_voice_without_a_profile_is_a_voice(tmp_path: Path) -> None:
    path = tmp_path / "old.voice"
    save_voice(replace(voice(), profile=None), path)
    assert load_voice(path).profile is None
    with safe_open(str(path), framework="numpy") as file:
        assert "profile" not in file.metadata()


def opened(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    with safe_open(str(path), framework="numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()


@pytest.mark.parametrize("part", ["profile", "grams5", "grams8", "words"])
def test_the_checksum_covers_it(tmp_path: Path, part: str) -> None:
    path = tmp_path / "little.voice"
    save_voice(voice(), path)
    tensors, metadata = opened(path)
    if part == "profile":
        metadata["profile"] = metadata["profile"].replace("0.", "0.0", 1)
    else:
        tensors[f"profile.{part}"][3] ^= 1
    save_file(tensors, path, metadata)
    with pytest.raises(VoiceError, match="checksum"):
        load_voice(path)


_GOOD = "profile.grams5"
_DAMAGE: dict[str, Any] = {
    "no table": lambda values, tensors: "[]",
    "no JSON": lambda values, tensors: "{",
    "a deep one": lambda values, tensors: "[" * 100_000,
    "a number": lambda values, tensors: "7",
    "a later format": lambda values, tensors: {**values, "format": 2},
    "no figures": lambda values, tensors: {**values, "figures": None},
    "no halves": lambda values, tensors: {**values, "halves": {}},
    "a negative distance": lambda values, tensors: {
        **values,
        "halves": {**values["halves"], "letters": {"total_variation": -1, "jensen_shannon": 0}},
    },
    "no number": lambda values, tensors: json.dumps(values).replace('"the": 0.0', '"the": NaN'),
    "passages of text": lambda values, tensors: {**values, "passages": "far too many"},
    "passages by name": lambda values, tensors: {**values, "passages": {"a": 1}},
    "no probes": lambda values, tensors: {**values, "probes": {}},
    "many probes": lambda values, tensors: {**values, "probes": {**values["probes"], "grams8": 10**9}},
    "probes of text": lambda values, tensors: {**values, "probes": {**values["probes"], "grams8": "7"}},
    "a missing filter": lambda values, tensors: [tensors.pop(_GOOD), values][1],
    "an empty filter": lambda values, tensors: tensors.update({_GOOD: tensors[_GOOD][:0]}) or values,
    "a full filter": lambda values, tensors: tensors.update({_GOOD: np.full_like(tensors[_GOOD], 255)}) or values,
    "a filter of floats": lambda values, tensors: tensors.update({_GOOD: tensors[_GOOD].astype(np.float32)}) or values,
    "a square filter": lambda values, tensors: tensors.update({_GOOD: tensors[_GOOD][:64].reshape(8, 8)}) or values,
}


@pytest.mark.parametrize("damage", _DAMAGE)
def test_hostile_profiles_are_one_sentence(damage: str) -> None:
    tensors = dict(profile().tensors())
    made = _DAMAGE[damage](json.loads(profile().to_json()), tensors)
    with pytest.raises(VoiceError, match="profile of its training text is damaged"):
        StyleProfile.read(made if isinstance(made, str) else json.dumps(made), tensors)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_change_of_a_value_is_worse_than_a_sentence(data: st.DataObject) -> None:
    values = json.loads(profile().to_json())
    table = values
    while isinstance(table, (dict, list)):
        keys = list(table) if isinstance(table, dict) else list(range(len(table)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(table[key], (dict, list)) or not table[key] or data.draw(st.booleans()):
            table[key] = data.draw(st.sampled_from([None, -1, 10**30, 0.5, "x", [], {}, [[]], True, float("nan")]))
            break
        table = table[key]
    try:
        read = StyleProfile.read(json.dumps(values), profile().tensors())
    except VoiceError:
        return
    assert read.copied(DOCUMENTS[0]).grams_8 <= 1
    assert word_hash("stone") in read.words or read.words.probes != profile().words.probes
