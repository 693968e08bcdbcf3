"""Other words for a sentence: near in content, said otherwise, in its place, and the same for a seed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import Continuation, ContinueRequest
from pandemonium.writing.rewriting.rephrasing import rephrase
from pandemonium.writing.rewriting.rewriting import _Reading, _relates_alike, _Rewriter, reword
from pandemonium.writing.rewriting.word_edits import edit_words
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

QUOTED = '"You will have heard it, then," said the housekeeper in the morning.'
PLAIN = "I was not a superstitious man."


def request_for(prose: str, original: str, **values: Any) -> ContinueRequest:
    place = prose.index(original)
    settings = WritingSettings(**{"seed": 1, "alternatives": 3, **values})
    after = prose[place + len(original) :][:600]
    return ContinueRequest(1, 0, prose[:place], after, settings, original=original)


def wordings(continuer: Continuer, request: ContinueRequest) -> Continuation:
    writing = reword(continuer, request)
    while True:
        try:
            next(writing)
        except StopIteration as end:
            continuation: Continuation = end.value
            return continuation


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.mark.long
@pytest.mark.parametrize("original", [QUOTED, PLAIN])
def test_wordings_are_whole_other_and_near(lovecraft: Continuer, prose: str, original: str) -> None:
    found = wordings(lovecraft, request_for(prose, original))
    texts = [text for text in found.texts if text]
    assert len(found.texts) == len(found.seeds) == 3
    assert len(texts) >= 2
    assert len({tuple(words(text)) for text in texts}) == len(texts)
    for text in texts:
        assert words(text) != words(original)
        assert ends_sentence(text)
        assert "\n" not in text
        assert text == text.strip()
        assert text.count('"') == original.count('"')
        assert len(words(text)) <= 2.5 * len(words(original)) + 2
    kept = max(len(set(words(text)) & set(words(original))) for text in texts)
    assert kept >= len(set(words(original))) // 3


@pytest.mark.long
def test_the_same_seed_finds_the_same_and_its_recipe_too(lovecraft: Continuer, prose: str) -> None:
    request = request_for(prose, PLAIN)
    first = wordings(lovecraft, request)
    assert wordings(lovecraft, request).texts == first.texts
    recipe = Recipe.of(request, "lovecraft", "", "cpu", "")
    again = Recipe.from_dict(recipe.to_dict()).request(2, 0, request.before)
    assert again.original == PLAIN
    assert wordings(lovecraft, again).texts == first.texts


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "part", "behind"),
    [
        ("She took the lantern and ", "walked slowly down the stairs", " to the cellar."),
        ("Nobody had lived in ", "the old grey house", " by the sea for a hundred years."),
        ("We came at last to a ", "vast and silent chamber", " under the hill."),
    ],
)
def test_a_selected_part_finds_words_that_fit_between_its_neighbours(
    lovecraft: Continuer, before: str, part: str, behind: str
) -> None:
    settings = WritingSettings(seed=1, alternatives=3)
    found = wordings(lovecraft, ContinueRequest(1, 0, f"It was late. {before}", behind, settings, original=part))
    texts = [text for text in found.texts if text]
    assert texts
    for text in texts:
        assert text != part
        assert len(set(words(text)) - set(words(part))) <= 3
        assert not (before.endswith(" a ") and text[0] in "aeiou")


def test_a_part_of_a_sentence_stays_one(lovecraft: Continuer, prose: str) -> None:
    found = wordings(lovecraft, request_for(prose, "superstitious man"))
    texts = [text for text in found.texts if text]
    assert texts
    assert not any(ends_sentence(text) for text in texts)


@pytest.mark.long
def test_the_documents_typography_and_white_space_stay(lovecraft: Continuer, prose: str) -> None:
    original = "\u201cYou will have heard it, then,\u201d said the housekeeper in the morning."
    found = wordings(lovecraft, request_for(prose.replace(QUOTED, original), original))
    assert any(found.texts)
    assert not any('"' in text for text in found.texts)
    spaced = wordings(lovecraft, request_for(prose, f" {PLAIN}" if f" {PLAIN}" in prose else f"\n{PLAIN}"))
    assert all(text[0].isspace() for text in spaced.texts if text)


def test_what_has_no_words_finds_none(lovecraft: Continuer) -> None:
    found = wordings(
        lovecraft, ContinueRequest(1, 0, "He came. ", " He went.", WritingSettings(seed=1), original="* * *")
    )
    assert found.texts == ("",)
    assert found.notes == ("This voice finds no other words for that.",)


def test_a_stop_gives_nothing(lovecraft: Continuer, prose: str) -> None:
    asked = iter(range(100_000))
    writing = reword(lovecraft, request_for(prose, PLAIN), lambda: next(asked) > 6)
    with pytest.raises(StopIteration) as end:
        next(writing)
    assert end.value.value.stopped
    assert not any(end.value.value.texts)


def test_a_voice_that_knows_nothing_comes_to_an_end(tiny_voice: Voice, prose: str) -> None:
    continuer = Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))
    found = wordings(continuer, request_for(prose, PLAIN))
    assert len(found.texts) == 3


@pytest.mark.long
@pytest.mark.parametrize("original", ["I am not afraid.", "She smiled at him.", "Nobody answered."])
def test_a_short_sentence_gets_wordings_that_say_the_same(lovecraft: Continuer, prose: str, original: str) -> None:
    place = prose.index(PLAIN)
    request = request_for(f"{prose[:place]}{original} {prose[place:]}", original)
    texts = [text for text in wordings(lovecraft, request).texts if text]
    assert texts
    said = {word[:5] for word in words(original) if len(word) > 3}
    for text in texts:
        assert said <= {word[:5] for word in words(text)} or text in rephrase(original)
        assert ("not" in words(text)) == ("not" in words(original))
        assert '"' not in text


def test_what_the_voice_would_hardly_write_is_no_wording() -> None:
    def reading(tokens: list[int], told: list[float]) -> _Reading:
        return _Reading(np.array(tokens), np.array(told, dtype=np.float32), 0.0)

    own = reading([1, 2, 3], [-2.0, -7.0, -1.0])
    assert not reading([1, 9, 2, 3], [-2.0, -5.0, -7.5, -1.0]).is_worse_than(own)
    assert reading([1, 9, 2, 3], [-2.0, -5.0, -8.5, -1.0]).is_worse_than(own)  # its own word is out of place
    assert reading([1, 9, 3], [-2.0, -6.6, -1.0]).is_worse_than(own)  # a new word is
    assert reading([1, 9, 3], [-2.0, -5.0, -4.6]).is_worse_than(own)
    assert reading([1, 9, 3], [-4.5, -5.0, -4.0]).is_worse_than(own)  # all of it is


def test_words_are_put_in_and_replaced_but_the_first(lovecraft: Continuer, prose: str) -> None:
    tokenizer = lovecraft.voice.tokenizer
    _, hidden, state, _ = lovecraft.look(prose[: prose.index(PLAIN)], "\n\n", None, lambda: False)
    tokens = tokenizer.encode("Then Doctor Harwood closed the door.")
    edits = edit_words(lovecraft.runtime, tokenizer.pieces, tokens, hidden, state)
    likely = [each.likely for each in edits]
    assert likely == sorted(likely, reverse=True)
    texts = {each.text for each in edits}
    assert len(texts) == len(edits) > 20
    for text in texts:
        assert text.startswith("Then ")
        assert text.endswith(".")
        assert 5 <= len(words(text)) <= 7
    assert not any(re.search(r"Doctor (?!Harwood)\w+ Harwood", text) for text in texts)
    assert edit_words(lovecraft.runtime, tokenizer.pieces, tokenizer.encode("Then"), hidden, state) == []


@pytest.mark.parametrize(
    ("wording", "alike"),
    [
        ("The people in the square had come from the villages.", True),
        ("The people in a square had come from the villages.", True),
        ("The people in the square had come early from the villages.", True),
        ("The people in the square had come to the villages.", False),
        ("The people in their square had come from the villages.", False),
        ("The people in the square had come from the villages and the villages.", False),
        ("The people in the square may have come from the villages.", False),
        ("The people in the square have come from the villages.", False),
        ("The people in the square had come over from the villages.", False),
        ("The people in the square had come from the city from the villages.", False),
        ("The people in the square had to go from the villages.", False),
        ("The people in the square, though, had come from the villages.", False),
    ],
)
def test_who_does_what_where_stays_in_a_wording(wording: str, alike: bool) -> None:
    assert _relates_alike("The people in the square had come from the villages.", wording) is alike


@pytest.mark.parametrize(
    ("part", "wording", "may"),
    [
        ("took the key from his pocket", "took from his pocket the key", True),
        ("took the key from his pocket", "took the key from my pocket", False),
        ("took the key from his pocket", "took the key from his coat pocket", False),
        ("took the key from his pocket", "took a key from his pocket", False),
        ("The stranger asked for the glass.", "A stranger asked for the glass.", False),
        ("The stranger asked for the glass.", "The old stranger asked for the glass.", False),
    ],
)
def test_a_part_is_judged_as_strictly_as_a_whole(
    lovecraft: Continuer, prose: str, part: str, wording: str, may: bool
) -> None:
    request = ContinueRequest(1, 0, prose, "", WritingSettings(seed=1), original=part)
    assert _Rewriter(lovecraft, request, lambda: False)._may_stand_there(wording) is may


def test_where_a_part_has_no_other_words_the_sentence_may(tiny_voice: Voice, prose: str) -> None:
    continuer = Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))
    request = request_for(prose, PLAIN, alternatives=1)
    request = replace(request, before=f"{prose} It was too", after=" back.", original=" late to turn")
    assert wordings(continuer, request).notes[0].endswith("the whole sentence may have some.")
