"""Candidates: the best of several sentences stays, only it is shown, and a seed writes it again."""

from __future__ import annotations

from typing import Any

import pytest

from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import count_words, ends_sentence
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.decoding import candidates
from pandemonium.writing.decoding.candidates import candidate_seed
from pandemonium.writing.decoding.judge import CandidateJudge, Judge
from pandemonium.writing.request import Continuation, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats

OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"


def write(continuer: Continuer, before: str = OPENING, **values: Any) -> tuple[list[str], Continuation]:
    """The chunks in the order in which they were shown, and the whole."""
    request = ContinueRequest(1, 0, before, settings=WritingSettings(**{"words": 40, "seed": 3, **values}))
    writing = continuer.write(request)
    shown = []
    while True:
        try:
            shown.append(next(writing).text)
        except StopIteration as end:
            return shown, end.value


@pytest.mark.long
def test_one_is_shown_sentence_by_sentence_and_can_be_written_again(lovecraft: Continuer) -> None:
    shown, continuation = write(lovecraft, candidates=4)
    assert "".join(shown) == continuation.text
    assert 40 <= count_words(continuation.text) <= 60
    assert ends_sentence(continuation.text)
    assert write(lovecraft, candidates=4)[1].text == continuation.text
    assert write(lovecraft, candidates=4, seed=4)[1].text != continuation.text
    # All candidates' tokens are counted.
    assert continuation.tokens > 2 * len(lovecraft.voice.tokenizer.encode(continuation.text))


@pytest.mark.long
def test_the_judge_is_asked_and_what_it_chooses_stays(lovecraft: Continuer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[str], str]] = []
    choose = CandidateJudge.choose

    def listen(judge: CandidateJudge, candidates: Any) -> Any:
        best = choose(judge, candidates)
        asked.append(([each.sentence for each in candidates], best.sentence))
        return best

    monkeypatch.setattr(CandidateJudge, "choose", listen)
    _, continuation = write(lovecraft, candidates=4)
    assert len(asked[0][0]) == 2  # of the first sentence there are half as many: it is waited for
    assert len(asked[1][0]) == 4
    assert continuation.text.strip() == "".join(best for _, best in asked).strip()


@pytest.mark.long
def test_a_candidate_is_judged_once_whoever_ends_after_it(
    lovecraft: Continuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = 0
    ended = 0
    score = Judge.score
    choose = CandidateJudge.choose

    def count(judge: Judge, passage: Floats, sentences: Any, figures: Floats) -> Floats:
        nonlocal judged
        judged += len(sentences)
        return score(judge, passage, sentences, figures)

    def listen(judge: CandidateJudge, candidates: Any) -> Any:
        nonlocal ended
        ended += len(candidates)
        return choose(judge, candidates)

    monkeypatch.setattr(Judge, "score", count)
    monkeypatch.setattr(CandidateJudge, "choose", listen)
    write(lovecraft, candidates=4)
    assert judged == ended > 8


def test_a_stop_shows_whole_sentences(lovecraft: Continuer) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 70

    request = ContinueRequest(1, 0, OPENING, settings=WritingSettings(words=200, seed=1, candidates=4))
    writing = lovecraft.write(request, stop)
    shown = []
    while True:
        try:
            shown.append(next(writing).text)
        except StopIteration as end:
            continuation = end.value
            break
    assert continuation.stopped
    assert "".join(shown) == continuation.text
    assert not continuation.text or ends_sentence(continuation.text)


@pytest.mark.long
def test_a_ban_holds_over_the_border_of_two_sentences(lovecraft: Continuer) -> None:
    for seed in range(1, 4):
        text = write(lovecraft, candidates=3, seed=seed, banned=(". The", ". I", "the"))[1].text
        assert ". the" not in text.casefold().replace("\n", " ")
        assert ". i" not in text.casefold().replace("\n", " ")
        assert count_words(text) >= 20


def test_alternatives_have_candidates_of_their_own(lovecraft: Continuer) -> None:
    _, together = write(lovecraft, candidates=2, alternatives=2, words=8)
    assert len(set(together.texts)) == 2


def test_seeds_of_candidates() -> None:
    seeds = [candidate_seed(2**63 - 1, number) for number in range(16)]
    assert seeds[0] == 2**63 - 1
    assert len(set(seeds)) == 16
    assert all(0 < seed < 2**63 for seed in seeds)


def test_a_voice_that_knows_nothing_comes_to_an_end(tiny_voice: Voice) -> None:
    continuer = Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))
    _, continuation = write(continuer, "The house", candidates=5, words=20, temperature=2.0, top_p=1.0)
    assert count_words(continuation.text) <= 30


@pytest.mark.long
@pytest.mark.parametrize("banned", [(), (". The", "the house", "was")])
def test_what_is_begun_ahead_is_what_would_have_been_written(
    lovecraft: Continuer, monkeypatch: pytest.MonkeyPatch, banned: tuple[str, ...]
) -> None:
    def written(share: float) -> tuple[list[str], int]:
        monkeypatch.setattr(candidates, "_MOST_ENDED", share)
        steps = 0

        def count() -> bool:
            nonlocal steps
            steps += 1
            return False

        texts = []
        for seed in (1, 2):
            settings = WritingSettings(words=60, seed=seed, candidates=5, banned=banned)
            chunks = lovecraft.write(ContinueRequest(1, 0, OPENING, settings=settings), count)
            texts.append("".join(chunk.text for chunk in chunks))
        return texts, steps

    in_turn, all_steps = written(2.0)
    for share in (0.2, 0.6):
        ahead, steps = written(share)
        assert ahead == in_turn
        assert steps < all_steps
