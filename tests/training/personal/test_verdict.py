"""The verdict: before and after, how much is copied and from where, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pandemonium import paths
from pandemonium.text.ngrams import Copied
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.material.openings import Reader
from pandemonium.training.personal import verdict
from pandemonium.training.personal.verdict import judge
from pandemonium.voice.file import Voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.cpu_runtime import CpuRuntime

NOT_COPIED = Copied(0.01, 0.0, 5, "of the house and the")
COPIED = Copied(0.6, 0.4, 41, " ".join(["word"] * 41))


@pytest.mark.parametrize(
    ("gain", "copied", "learned", "says"),
    [
        (0.20, NOT_COPIED, "much", "20 % less than they do the base voice. Keep it."),
        (0.08, NOT_COPIED, "much", "8 % less than they do the base voice. Keep it."),
        (0.03, NOT_COPIED, "some", "a good part of how you write: your held-out pages surprise it 3 % less"),
        (0.01, NOT_COPIED, "little", "learned a little: your held-out pages surprise it 1 % less"),
        (0.0, NOT_COPIED, "nothing", "next to nothing"),
        (-0.2, NOT_COPIED, "nothing", "next to nothing"),
        (0.12, COPIED, "memorised", "12 % better, but it has mostly memorised: it repeats runs of up to 41 words."),
        (0.01, COPIED, "memorised", "1 % better, but it has mostly memorised"),
        (-0.05, COPIED, "memorised", "It has mostly memorised"),
        (0.12, replace(NOT_COPIED, longest_run=16), "memorised", "fewer minutes"),
    ],
)
def test_in_words(gain: float, copied: Copied, learned: str, says: str) -> None:
    kind, sentence = verdict._in_words(gain, copied, "done")
    assert kind == learned
    assert says in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("gain", [0.0, 0.01, 0.03])
def test_what_would_bring_more_depends_on_how_it_ended(gain: float) -> None:
    assert "Train on, or add more of your texts." in verdict._in_words(gain, NOT_COPIED, "done")[1]
    exhausted = verdict._in_words(gain, NOT_COPIED, "no gain")[1]
    assert "Train on" not in exhausted
    assert exhausted.endswith("more minutes would bring nothing: add more of your texts.")


def test_a_run_is_traced_to_its_file_and_a_stranger_is_none() -> None:
    train = [
        ("a.txt", "Nothing here."),
        ("b.txt", "\u201cThe old man's house,\u201d he said, stood by the sea. It was grey."),
    ]
    run = "the old man's house he said stood by the sea"
    assert verdict._trace(run, train) == (run, "b.txt")
    assert verdict._trace(f"and {run}", train) == (run, "b.txt")
    assert verdict._trace("he old man's house he said", train) == ("old man's house he said", "b.txt")
    assert verdict._trace("none of these words is there", train) == ("", "")
    assert verdict._trace("", train) == ("", "")


@pytest.fixture(scope="module")
def judged(tiny_voice: Voice, invented: Callable[..., str]) -> dict[str, object]:
    """A verdict on a voice whose output bias prefers the pieces that the writer uses."""
    tokenizer = tiny_voice.tokenizer
    train = [(f"{seed}.txt", invented(seed, paragraphs=20)) for seed in (1, 2)]
    counts = np.bincount(tokenizer.encode(train[0][1]), minlength=tokenizer.size)
    vectors = {**tiny_voice.vectors, "output.bias": np.log(counts + 0.01).astype(np.float32)}
    own = replace(tiny_voice, name="own", vectors=vectors)
    profile = StyleProfile.of([text for _, text in train], WordList.read(paths.resources() / WORDS))
    readers = [Reader(each, CpuRuntime(each, 1)) for each in (tiny_voice, own)]
    return judge(*readers, [("2.txt", invented(3, paragraphs=6))], profile, train).to_dict()


def test_before_and_after(judged: dict[str, float]) -> None:
    assert judged["after"] < judged["before"]
    assert judged["gain"] == pytest.approx(1 - judged["after"] / judged["before"], abs=1e-3)
    assert judged["learned"] == "much"


def test_held_out_openings_continued_by_both(
    judged: dict[str, list[dict[str, str]]], invented: Callable[..., str]
) -> None:
    assert len(judged["openings"]) == 3
    for opening in judged["openings"]:
        assert opening["opening"] in " ".join(invented(3, paragraphs=6).split())
        assert opening["base"]
        assert opening["own"]
        assert opening["base"] != opening["own"]


def test_a_result_file_can_hold_it(judged: dict[str, object]) -> None:
    assert json.loads(json.dumps(judged)) == judged
    assert isinstance(judged["copied_8"], float)
    assert isinstance(judged["longest_run"], int)


def test_copying_is_found_with_its_file(tiny_voice: Voice, prose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice that only recites is told so, with where it has it from."""
    reader = Reader(tiny_voice, CpuRuntime(tiny_voice, 1))
    monkeypatch.setattr(reader, "go_on", lambda *_: " ".join(prose.split()[100:160]))
    profile = StyleProfile.of([prose], WordList.read(paths.resources() / WORDS))
    found = judge(reader, reader, [("x", "Held out.")], profile, [("other.txt", "Other."), ("tale.txt", prose)])
    assert found.learned == "memorised"
    assert found.longest_from == "tale.txt"
    assert found.longest_run >= 58
    assert found.copied_8 > 0.85
