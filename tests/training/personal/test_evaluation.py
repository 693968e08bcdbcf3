"""The evaluation report: before and after, how much is copied and from where, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from pandemonium import paths
from pandemonium.text.ngrams import Copied
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.material.openings import Reader
from pandemonium.training.personal import evaluation
from pandemonium.training.personal.evaluation import evaluate_voices, scored_tokens, told_of_recipe
from pandemonium.voice.file import Voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

NOT_COPIED = Copied(0.01, 0.0, 5, "of the house and the")
COPIED = Copied(0.6, 0.4, 41, " ".join(["word"] * 41))


@pytest.fixture(scope="module", autouse=True)
def short_samples() -> Iterator[None]:
    """A small voice's words are long and its sentences longer: few of them will do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation, "_COPY_SAMPLES", 3)
        patch.setattr(evaluation, "_SAMPLE_WORDS", 20)
        patch.setattr(evaluation, "_COPIED_WORDS", 20)
        yield


@pytest.mark.parametrize(
    ("gain", "copied", "learned", "says"),
    [
        (0.20, NOT_COPIED, "much", "20 % less than they do the base voice. Keep it."),
        (0.08, NOT_COPIED, "much", "8 % less than they do the base voice. Keep it."),
        (0.05, NOT_COPIED, "some", "something of how you write: your held-out pages surprise it 5 % less"),
        (0.03, NOT_COPIED, "little", "learned a little: your held-out pages surprise it 3 % less"),
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
    kind, sentence = evaluation._in_words(gain, copied, "done")
    assert kind == learned
    assert says in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("gain", [0.0, 0.01, 0.05])
def test_what_would_bring_more_depends_on_how_it_ended(gain: float) -> None:
    assert "Train on, or add more of your texts." in evaluation._in_words(gain, NOT_COPIED, "done")[1]
    exhausted = evaluation._in_words(gain, NOT_COPIED, "no gain")[1]
    assert "Train on" not in exhausted
    assert exhausted.endswith("more minutes would bring nothing: add more of your texts.")


def test_a_run_is_traced_to_its_file_and_a_stranger_is_none() -> None:
    train = [
        ("a.txt", "Nothing here."),
        ("b.txt", "\u201cThe old man's house,\u201d he said, stood by the sea. It was grey."),
    ]
    run = "the old man's house he said stood by the sea"
    assert evaluation._trace(run, train) == (run, "b.txt")
    assert evaluation._trace(f"and {run}", train) == (run, "b.txt")
    assert evaluation._trace("he old man's house he said", train) == ("old man's house he said", "b.txt")
    assert evaluation._trace("none of these words is there", train) == ("", "")
    assert evaluation._trace("", train) == ("", "")


@pytest.fixture(scope="module")
def judged(tiny_voice: Voice, invented: Callable[..., str]) -> dict[str, object]:
    """A report on a voice whose output bias prefers the pieces that the writer uses."""
    tokenizer = tiny_voice.tokenizer
    train = [(f"{seed}.txt", invented(seed, paragraphs=20)) for seed in (1, 2)]
    counts = np.bincount(tokenizer.encode(train[0][1]), minlength=tokenizer.size)
    vectors = {**tiny_voice.vectors, "output.bias": np.log(counts + 0.01).astype(np.float32)}
    own = replace(tiny_voice, name="own", vectors=vectors)
    profile = StyleProfile.of([text for _, text in train], WordList.read(paths.resources() / WORDS))
    readers = [Reader(each, CpuRuntime(each, 1)) for each in (tiny_voice, own)]
    return evaluate_voices(*readers, [("2.txt", invented(3, paragraphs=6))], profile, train).to_dict()


@pytest.mark.long
def test_before_and_after(judged: dict[str, float]) -> None:
    assert judged["after"] < judged["before"]
    assert judged["gain"] == pytest.approx(1 - judged["after"] / judged["before"], abs=1e-3)
    assert judged["learned"] == "much"


@pytest.mark.long
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
    found = evaluate_voices(
        reader, reader, [("x", "Held out.")], profile, [("other.txt", "Other."), ("tale.txt", prose)]
    )
    assert found.learned == "memorised"
    assert found.longest_from == "tale.txt"
    assert found.longest_run >= 58
    assert found.copied_8 > 0.85


@pytest.mark.parametrize(
    ("gain", "copied", "learned", "says"),
    [
        (0.15, NOT_COPIED, "much", "has learned to write from your texts alone"),
        (0.08, NOT_COPIED, "some", "has begun to write"),
        (0.02, NOT_COPIED, "nothing", "learned too little yet"),
        (-0.5, NOT_COPIED, "nothing", "Train on, or add more of your texts."),
        (0.15, COPIED, "memorised", "It has mostly memorised"),
    ],
)
def test_a_voice_from_scratch_in_words(gain: float, copied: Copied, learned: str, says: str) -> None:
    kind, sentence = evaluation._alone_in_words(gain, copied, "done")
    assert kind == learned
    assert says in sentence
    assert "base voice" not in sentence
    assert "%" not in sentence


SCRIPTS = {
    "chinese": "老人举起灯笼，走进门来。风在窗外呼啸。",
    "spanish": "El viejo levantó la lámpara y entró en la casa sin decir una sola palabra a nadie.",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_noise_from_scratch_is_too_little_in_any_language(tiny_voice: Voice, script: str) -> None:
    text = "\n\n".join(f"{SCRIPTS[script]} {n}" for n in range(60))
    reader = Reader(tiny_voice, CpuRuntime(tiny_voice, 1))
    profile = StyleProfile.of([text])
    found = evaluate_voices(reader, reader, [("b", text[:600])], profile, [("a", text)], from_scratch=True)
    assert (found.before, found.learned) == (None, "nothing")
    assert found.counted is not None
    assert found.counted < found.after
    assert "too little" in found.sentence
    assert all(opening.base == "" for opening in found.openings)
    recipe = told_of_recipe(found, "Strika")
    assert recipe.learned == "recipe"
    assert f"where counting letters alone gives {found.counted:.2f}" in recipe.sentence


def test_copying_is_found_where_no_spaces_part_words(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(chr(0x4E00 + (n * 7919) % 5000) + "\u3002" * (n % 9 == 8) for n in range(900))
    train = [("o.txt", "Other."), ("t.txt", text)]
    reader = Reader(tiny_voice, CpuRuntime(tiny_voice, 1))
    monkeypatch.setattr(reader, "go_on", lambda *_: text[100:200])
    found = evaluate_voices(
        reader,
        reader,
        [("x", text[:60])],
        StyleProfile.of([text]),
        train,
        from_scratch=True,
    )
    assert (found.learned, found.longest_from) == ("memorised", "t.txt")
    assert 40 <= found.longest_run <= 50


@pytest.mark.parametrize(("seconds", "tokens"), [(0, 4_000), (120, 4_800), (1200, 24_000), (36_000, 24_000)])
def test_a_short_training_is_evaluated_shortly(seconds: float, tokens: int) -> None:
    assert scored_tokens(seconds) == tokens


def test_of_much_held_out_text_every_document_is_sampled(tiny_voice: Voice, invented: Callable[..., str]) -> None:
    test = [(f"{seed}", invented(seed, paragraphs=30)) for seed in range(3)]
    tokenizer = tiny_voice.tokenizer
    chosen = evaluation._beginnings(test, 3_000, [tokenizer])
    assert [name for name, _ in chosen] == ["0", "1", "2"]
    assert all(whole.startswith(part) and part for (_, whole), (_, part) in zip(test, chosen, strict=True))
    assert 2_000 < sum(len(tokenizer.encode(text)) for _, text in chosen) < 4_500
    assert evaluation._beginnings(test, 10**6, [tokenizer]) == test


@pytest.mark.long
def test_the_share_that_is_done_grows_to_all_of_it(tiny_voice: Voice, invented: Callable[..., str]) -> None:
    reader = Reader(tiny_voice, CpuRuntime(tiny_voice, 1))
    text = invented(1, paragraphs=8)
    shares: list[float] = []
    evaluate_voices(reader, reader, [("a", text)], StyleProfile.of([text]), [("a", text)], on_share=shares.append)
    assert shares == sorted(shares)
    assert shares[0] < 0.5
    assert shares[-1] == pytest.approx(1.0)
