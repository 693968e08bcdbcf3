"""Continuing: ends at a sentence, can be written again, shows nothing it takes back, and answers every text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import count_words, ends_sentence, has_open_quote
from pandemonium.text.typography import Typography
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.reading.context import reading_start
from pandemonium.writing.reading.reader import CHECKPOINT
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids

OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"


class CountingRuntime(CpuRuntime):
    """Counts what it reads."""

    read_so_far = 0

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        self.read_so_far += len(tokens)
        return super().read(tokens, state)


@pytest.fixture(scope="module")
def tiny(tiny_voice: Voice) -> Continuer:
    return Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))


def write(
    continuer: Continuer,
    before: str,
    *,
    after: str = "",
    paragraph: str = "\n\n",
    stop: Callable[[], bool] = lambda: False,
    **values: Any,
) -> tuple[list[Chunk], Continuation]:
    """Writes to the end, one candidate at a time; whatever was shown must be the continuation, chunk by chunk."""
    request = ContinueRequest(7, 3, before, after, WritingSettings(**{"candidates": 1, **values}), paragraph)
    chunks: list[Chunk] = []
    writing = continuer.write(request, stop)
    while True:
        try:
            chunks.append(next(writing))
        except StopIteration as end:
            continuation: Continuation = end.value
            break
    for index, text in enumerate(continuation.texts):
        assert "".join(chunk.text for chunk in chunks if chunk.alternative == index) == text
    assert all(chunk.number == 7 and chunk.text for chunk in chunks)
    return chunks, continuation


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("words", [6, 40])
def test_ends_at_a_sentence_after_the_asked_words(lovecraft: Continuer, words: int, seed: int) -> None:
    _, continuation = write(lovecraft, OPENING, words=words, seed=seed)
    assert words <= count_words(continuation.text) <= words + max(1, words // 2)
    assert ends_sentence(continuation.text)
    assert not continuation.stopped
    assert (continuation.seeds, continuation.voice, continuation.number) == ((seed,), "lovecraft", 7)


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_sentence_that_is_closed_is_not_closed_again(lovecraft: Continuer, seed: int) -> None:
    for before in ('He looked up. "I have seen', '"Tell me'):
        _, continuation = write(lovecraft, before, words=10, seed=seed)
        assert not re.search(r"[.!?\u2026\"' ]{6}", continuation.text)


@pytest.mark.parametrize("seed", range(1, 5))
def test_closes_a_quotation_that_stands_open(lovecraft: Continuer, seed: int) -> None:
    for before in ('He looked up. "I have seen', "He looked up. \u201cI have seen"):
        _, continuation = write(lovecraft, before, words=10, seed=seed)
        assert not has_open_quote(
            before.replace("\u201c", '"') + continuation.text.replace("\u201c", '"').replace("\u201d", '"')
        )
        assert count_words(continuation.text) <= 15


@pytest.mark.long
def test_an_end_by_force_stands_where_the_sentence_might_have_ended(lovecraft: Continuer) -> None:
    cut = re.compile(r"\b(?:the|an?|of|and|my|his|to|with|which)[.!?]\"?$")
    texts = [write(lovecraft, OPENING, words=6, seed=seed)[1].text for seed in range(1, 41)]
    # Now and then a word that could end a sentence does not: the float network writes so too.
    assert sum(bool(cut.search(text)) for text in texts) <= 3
    assert all(6 <= count_words(text) <= 9 for text in texts)


@pytest.mark.long
def test_a_quotation_is_closed_once(lovecraft: Continuer) -> None:
    before = '"I should never have believed'
    for seed in range(1, 121):
        text = before + write(lovecraft, before, words=5, seed=seed)[1].text
        assert not re.search(r'""|[.!?]"\w', text), seed


def test_a_word_that_touches_a_closed_quotation_can_be_finished(lovecraft: Continuer) -> None:
    text = write(lovecraft, 'He went away."The', words=6, seed=1)[1].text
    assert count_words(text) >= 6


def test_a_seed_writes_the_same_again_and_another_writes_another(lovecraft: Continuer) -> None:
    first, second, third = (write(lovecraft, OPENING, words=25, seed=seed)[1].text for seed in (1, 1, 2))
    assert first == second != third


def test_without_a_seed_each_is_new_and_its_seed_writes_it_again(lovecraft: Continuer) -> None:
    _, first = write(lovecraft, OPENING, words=12)
    _, second = write(lovecraft, OPENING, words=12)
    assert first.text != second.text
    assert write(lovecraft, OPENING, words=12, seed=first.seeds[0])[1].text == first.text


def test_alternatives_differ_and_each_ends(lovecraft: Continuer) -> None:
    chunks, continuation = write(lovecraft, OPENING, words=12, seed=5, alternatives=4)
    assert len(set(continuation.texts)) == 4
    assert continuation.seeds == (5, 6, 7, 8)
    assert {chunk.alternative for chunk in chunks} == {0, 1, 2, 3}
    for text in continuation.texts:
        assert 12 <= count_words(text) <= 18
        assert ends_sentence(text)
    assert write(lovecraft, OPENING, words=12, seed=5, alternatives=4)[1].texts == continuation.texts


def test_the_largest_seed_has_neighbours(tiny: Continuer) -> None:
    _, continuation = write(tiny, "A", words=1, seed=2**63 - 1, alternatives=2)
    assert continuation.seeds == (2**63 - 1, 1)


def test_a_stop_ends_within_one_chunk(lovecraft: Continuer) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 12

    _, continuation = write(lovecraft, OPENING, words=200, seed=1, stop=stop)
    assert continuation.stopped
    assert continuation.tokens <= 12
    assert write(lovecraft, OPENING, words=200, seed=1, stop=lambda: True)[1].tokens == 0


@pytest.mark.parametrize("phrases", [("the",), ("The",), ("e",), ("of the", "a", "\u201cI", ".")])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_banned_phrase_never_appears(lovecraft: Continuer, phrases: tuple[str, ...], seed: int) -> None:
    chunks, continuation = write(lovecraft, OPENING, words=30, seed=seed, banned=phrases)
    shown = OPENING
    for chunk in chunks:
        shown += chunk.text
        for phrase in phrases:
            plain = phrase.replace("\u201c", '"').casefold()
            assert plain not in shown[len(OPENING) - len(plain) + 1 :].casefold()
    assert len(continuation.text) > 5


def test_a_ban_reaches_over_the_cursor_and_into_a_word(lovecraft: Continuer) -> None:
    for seed in range(1, 5):
        _, continuation = write(
            lovecraft, "He went down the stairs and into the cel", words=3, seed=seed, banned=("cell",)
        )
        assert not continuation.text.startswith("l")
        _, continuation = write(lovecraft, "It was one of", words=3, seed=seed, banned=("of the", "of his", "often"))
        assert not continuation.text.startswith((" the", " his", "ten"))


def test_what_cannot_be_written_without_its_ban_ends(tiny: Continuer) -> None:
    every_letter = tuple("abcdefghijklmnopqrstuvwxyz,.;:!?'\"-0123456789")
    _, continuation = write(tiny, "The house", words=10, seed=1, banned=every_letter)
    assert not set(continuation.text.casefold()) & set(every_letter)


@pytest.mark.long
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("aehst THE'.,"), min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=4
    ),
    st.integers(1, 10**6),
)
def test_no_ban_is_ever_broken(tiny: Continuer, phrases: list[str], seed: int) -> None:
    _, continuation = write(tiny, "The house", words=8, seed=seed, banned=tuple(phrases))
    for phrase in phrases:
        assert phrase.strip().casefold() not in continuation.text.casefold().replace("\n", " ")


def book(prose: str) -> str:
    return ("\n\n".join([prose] * 70))[:200_000]


@pytest.mark.parametrize(
    "before",
    [
        "",
        " ",
        "   ",
        "\n",
        "\n\n\n\n",
        "\x00",
        "The\x00 house",
        "\U0001f419",
        "\u4ed6\u5728\u5730\u7a96\u91cc\u542c\u5230\u4e86\u58f0\u97f3\u3002",
        "\ud800",
        "The house \udfff",
        "\u201c",
        '"',
        "\u2014",
        "...",
        "\u0301",
        "x" * 5000,
        "\t",
        "\u200b",
        "<|document|>",
        "The house. ",
    ],
)
def test_answers_every_text(lovecraft: Continuer, tiny: Continuer, before: str) -> None:
    for continuer in (lovecraft, tiny):
        _, continuation = write(continuer, before, words=5, seed=1)
        assert continuation.text.strip()
        continuation.text.encode()
        assert "\x00" not in continuation.text or continuer is tiny


@pytest.mark.long
def test_answers_a_pasted_book_and_a_cursor_in_the_first_position(lovecraft: Continuer, prose: str) -> None:
    _, continuation = write(lovecraft, book(prose), words=5, seed=1)
    assert count_words(continuation.text) >= 5
    _, continuation = write(lovecraft, "", after=book(prose), words=5, seed=1)
    assert continuation.text[0].isalnum() or continuation.text[0] in "\"'("
    assert continuation.text.endswith(" ")


@pytest.mark.long
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(
    st.text(max_size=40), st.text(max_size=10), st.integers(1, 12), st.integers(1, 3), st.sampled_from(["\n", "\n\n"])
)
def test_a_voice_that_knows_nothing_ends_as_well(
    tiny: Continuer, before: str, after: str, words: int, alternatives: int, paragraph: str
) -> None:
    _, continuation = write(
        tiny,
        before,
        after=after,
        paragraph=paragraph,
        words=words,
        alternatives=alternatives,
        seed=3,
        temperature=2.0,
        top_p=1.0,
    )
    assert len(continuation.texts) == alternatives
    for text in continuation.texts:
        assert count_words(text) <= words + max(1, words // 2)


@pytest.mark.long
def test_writes_in_the_documents_typography(lovecraft: Continuer) -> None:
    before = "\u201cI\u2019ve seen it,\u201d he said \u2013 \u201cand you\u2019ll see it, too\u2026\u201d\n\n"
    texts = "".join(write(lovecraft, before, words=40, seed=seed)[1].text for seed in range(1, 6))
    assert "\u201c" in texts
    assert "\u2019" in texts
    assert not set(texts) & {'"', "'", "\u2014"}
    assert "..." not in texts


@pytest.mark.long
def test_a_page_without_an_example_is_written_as_it_is_typed(lovecraft: Continuer) -> None:
    settings = WritingSettings(words=30, seed=2, candidates=1)
    before = "The old man looked at me, and then he said,"
    plain = "".join(chunk.text for chunk in lovecraft.write(ContinueRequest(1, 0, before, settings=settings)))
    usual = Typography(curly=True, ellipsis="\u2026")
    typed = "".join(p.text for p in lovecraft.write(ContinueRequest(1, 0, before, settings=settings, usual=usual)))
    assert '"' in plain
    assert "\u201c" in typed
    assert not set(typed) & {'"', "'"}
    shown = "".join(
        p.text for p in lovecraft.write(ContinueRequest(1, 0, f'"No." {before}', settings=settings, usual=usual))
    )
    assert not set(shown) & {"\u201c", "\u2019"}


@pytest.mark.long
def test_paragraphs_are_the_documents(lovecraft: Continuer) -> None:
    texts = [write(lovecraft, '"Who is there?"\n', paragraph="\n", words=60, seed=seed)[1].text for seed in range(1, 5)]
    assert any("\n" in text for text in texts)
    assert not any("\n\n" in text for text in texts)


def test_begins_where_the_cursor_stands(lovecraft: Continuer) -> None:
    for seed in range(1, 6):
        assert write(lovecraft, "It was late.", words=2, seed=seed)[1].text[0].isspace()
        assert not write(lovecraft, "It was late. ", words=2, seed=seed)[1].text[0].isspace()
        assert not write(lovecraft, "It was late.\n\n", words=2, seed=seed)[1].text[0].isspace()


def test_does_not_run_into_the_word_behind_the_cursor(lovecraft: Continuer) -> None:
    assert write(lovecraft, OPENING, after="And then", words=5, seed=1)[1].text.endswith(" ")
    assert not write(lovecraft, OPENING, after=" And then", words=5, seed=1)[1].text.endswith(" ")
    assert not write(lovecraft, OPENING, after="", words=5, seed=1)[1].text.endswith(" ")


@pytest.mark.long
def test_dry_keeps_a_voice_from_going_round(lovecraft: Continuer) -> None:
    before = "The bell rang, and the bell rang again; and the bell rang, and the bell rang again; and"

    def repeated(dry: float, seed: int) -> int:
        """How many runs of three words have been there before."""
        text = write(lovecraft, before, words=40, seed=seed, temperature=0.1, dry_multiplier=dry, memory=0.0)[1].text
        words = re.findall(r"\w+", f"{before}{text}".lower())
        runs = list(zip(words, words[1:], words[2:], strict=False))
        return len(runs) - len(set(runs))

    seeds = range(1, 4)
    assert sum(repeated(2.0, seed) for seed in seeds) < 0.8 * sum(repeated(0.0, seed) for seed in seeds)


def test_a_stop_comes_only_where_the_network_may_want_one(bundled_voice: Voice) -> None:
    for stop in (",", "."):
        balance = np.zeros(bundled_voice.tokenizer.size, dtype=np.float32)
        balance[bundled_voice.tokenizer.encode(stop)] = 30.0
        pressed = Continuer(replace(bundled_voice, balance=balance), CpuRuntime(bundled_voice, threads=1))
        values = {"words": 2, "seed": 1, "balance": 1.0, "memory": 0.0}
        assert not write(pressed, "I turned the lamp up and shuddered as I faced the", **values)[1].text.startswith(
            stop
        )
        assert write(pressed, "I could not bear to look, and so I closed the door", **values)[1].text.startswith(stop)


@pytest.mark.long
def test_a_word_that_is_whole_is_not_made_another(bundled_voice: Voice) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice))
    starts = []
    for seed in range(1, 21):
        settings = WritingSettings(words=3, seed=seed, candidates=1)
        request = ContinueRequest(1, 0, "I saw the steeple; and under it", settings=settings)
        starts.append("".join(chunk.text for chunk in continuer.write(request))[:1])
    assert sum(start.isalpha() for start in starts) <= 4


def test_what_was_read_ahead_is_not_read_again(tiny_voice: Voice) -> None:
    runtime = CountingRuntime(tiny_voice, threads=1)
    text = OPENING + ", and it came nearer" * 40
    _, expected = write(Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1)), text, words=5, seed=3)
    ahead = Continuer(tiny_voice, runtime)
    ahead.read_ahead(text, "\n\n", lambda: False)
    whole = runtime.read_so_far
    runtime.read_so_far = 0
    _, continuation = write(ahead, text, words=5, seed=3)
    assert continuation.texts == expected.texts
    assert runtime.read_so_far <= continuation.tokens + 1 < whole


def test_reading_ahead_gives_way_and_what_it_read_counts(tiny_voice: Voice) -> None:
    runtime = CountingRuntime(tiny_voice, threads=1)
    text = OPENING + ", and it came nearer" * 40
    ahead = Continuer(tiny_voice, runtime)
    ahead.read_ahead(text, "\n\n", lambda: True)
    begun = runtime.read_so_far
    ahead.read_ahead(text, "\n\n", lambda: False)
    whole = CountingRuntime(tiny_voice, threads=1)
    Continuer(tiny_voice, whole).read_ahead(text, "\n\n", lambda: False)
    assert 0 < begun < whole.read_so_far == runtime.read_so_far


NAMED = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+")


@pytest.mark.long
def test_names_that_the_text_does_not_have_stay_away(lovecraft: Continuer) -> None:
    """Over openings that ask for names: left alone the voice brings a score of its own."""
    openings = [
        "John told me that she had met William at the gate, and that he",
        "In the year of the great storm the ship lay at anchor off the coast of",
        "They had come down from",
    ]

    def strangers(newcomers: float) -> list[str]:
        found: list[str] = []
        for before in openings:
            for seed in range(1, 9):
                _, continuation = write(lovecraft, before, words=60, seed=seed, newcomers=newcomers)
                found += [name for name in NAMED.findall(continuation.text) if name not in before]
        return found

    assert len(strangers(0.0)) >= 6
    assert len(strangers(10.0)) <= 1  # "William Phillips": where nothing else can come


@pytest.mark.long
def test_names_of_the_text_are_no_strangers(lovecraft: Continuer) -> None:
    before = "I went to Arkham with Carter, and with Carter I came back from Arkham. The next day I walked with"
    written = [write(lovecraft, before, words=40, seed=seed, newcomers=10.0)[1].text for seed in range(1, 9)]
    assert any("Carter" in text or "Arkham" in text for text in written)


@pytest.mark.long
def test_in_a_long_book_a_second_continue_reads_only_what_is_new(tiny_voice: Voice, prose: str) -> None:
    """Beyond what is ever read, as the window hands it over: from a place that does not move with the cursor."""
    runtime = CountingRuntime(tiny_voice, threads=1)
    continuer = Continuer(tiny_voice, runtime)
    text = ("\n\n".join([prose] * 200))[:600_000]
    read: list[int] = []
    for seed in range(1, 9):
        runtime.read_so_far = 0
        _, continuation = write(continuer, text[reading_start(len(text)) :], words=20, seed=seed)
        new = len(tiny_voice.tokenizer.encode(continuation.text))
        read.append(runtime.read_so_far - continuation.tokens - new)
        text += continuation.text
    # What stands on the grid again may be read again, and the checkpoint lies a little before.
    assert sum(each > 2 * CHECKPOINT for each in read[1:]) <= 1


@pytest.mark.long
def test_alternatives_are_what_their_seeds_write_alone(lovecraft: Continuer) -> None:
    for candidates in (1, 3):
        values = {"words": 15, "candidates": candidates, "temperature": 0.9}
        _, together = write(lovecraft, OPENING, seed=21, alternatives=4, **values)
        alone = [write(lovecraft, OPENING, seed=seed, **values)[1].text for seed in together.seeds]
        assert list(together.texts) == alone


@pytest.mark.long
def test_a_part_of_a_word_is_never_shown(lovecraft: Continuer) -> None:
    asked = steps = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > steps

    whole = write(lovecraft, OPENING, words=60, seed=2)[1].text
    for most in range(3, 30, 2):
        asked = 0
        steps = most
        _, stopped = write(lovecraft, OPENING, words=60, seed=2, stop=stop)
        assert whole.startswith(stopped.text)
        rest = whole[len(stopped.text) :]
        assert not (stopped.text[-1:].isalnum() and rest[:1].isalnum())


def test_what_is_written_has_no_broken_characters(tiny: Continuer) -> None:
    for seed in range(1, 9):
        text = write(tiny, "The house", words=30, seed=seed, temperature=2.0, top_p=1.0, min_p=0.0)[1].text
        assert "\ufffd" not in text
        assert not any(c < " " and c != "\n" for c in text)


@pytest.mark.long
def test_a_title_is_not_written_where_a_tale_begins(lovecraft: Continuer) -> None:
    for before in ("", "a", "...", "THE THING ON THE STAIR", "IT WAS LATE, AND I"):
        for seed in range(1, 5):
            text = write(lovecraft, before, words=12, seed=seed)[1].text
            assert not re.search(r"[A-Z]{2}", text)
            assert not re.match(r"[^.!?]*\n", text.lstrip("\n"))


class NumberingRuntime(CpuRuntime):
    """Would begin a chapter behind every sentence: "V", and nothing else in its line."""

    tokenizer: SubwordTokenizer

    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`."""
        logits = super().logits(hidden)
        for text, more in (("\n\n", 20), ("V", 20), ("I", 15), (".", 15)):
            (token,) = self.tokenizer.encode(text)
            logits[:, token] += more
        return logits


@pytest.mark.parametrize("before", [f"{OPENING}.", f"{OPENING}.\n\n"])
def test_a_chapters_number_is_no_line(bundled_voice: Voice, before: str) -> None:
    runtime = NumberingRuntime(bundled_voice, threads=1)
    runtime.tokenizer = bundled_voice.tokenizer
    for seed in range(1, 4):
        text = write(Continuer(bundled_voice, runtime), before, words=30, seed=seed)[1].text
        lines = (before + text).split("\n")
        assert len(lines) > 3
        assert not [line for line in lines if re.fullmatch(r"[A-Z][. ]*", line)], text


@pytest.mark.long
def test_a_foreign_text_is_not_read_and_that_is_said(lovecraft: Continuer) -> None:
    german = "Es war einmal ein K\u00f6nig, der hatte eine Tochter, die war so sch\u00f6n, dass"
    _, continuation = write(lovecraft, german, words=8, seed=1)
    assert "German" in continuation.notes[0]
    assert continuation.text[0] == " "
    assert write(lovecraft, OPENING, words=8, seed=1)[1].notes == ()
