"""A recipe: out of a file it is what it was, and the bundled voice writes the same from it, whatever it read before."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.typography import Typography
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.recipe import MixedVoice, Recipe
from pandemonium.writing.request import Continuation, ContinueRequest, Person
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

SETTINGS = WritingSettings(words=25, seed=77, alternatives=3, temperature=0.8)


def write(continuer: Continuer, request: ContinueRequest) -> Continuation:
    writing = continuer.write(request)
    while True:
        try:
            next(writing)
        except StopIteration as end:
            result: Continuation = end.value
            return result


def recipe_of(request: ContinueRequest, alternative: int = 0) -> Recipe:
    return Recipe.of(request, "lovecraft", "ab" * 32, "cpu", "2026-01-02T03:04:05", alternative)


@given(
    before=st.text(max_size=40),
    after=st.text(max_size=20),
    banned=st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=5), max_size=3),
    curly=st.booleans(),
    alternative=st.integers(0, 7),
)
def test_out_of_a_file_it_asks_the_same(
    before: str, after: str, banned: list[str], curly: bool, alternative: int
) -> None:
    settings = WritingSettings(seed=3, banned=tuple(banned))
    request = ContinueRequest(4, 9, before, after, settings, "\n", Typography(curly=curly, dash=" - "))
    recipe = recipe_of(request, alternative)
    again = Recipe.from_dict(json.loads(json.dumps(recipe.to_dict())))
    assert again == recipe
    assert again.fits(before)
    assert not again.fits(before + "x")
    assert again.request(4, 9, before) == request
    assert again.settings == settings


def test_who_was_in_the_scene_is_in_it() -> None:
    cast = (Person("Marta", "she", ("Marta Vane",)), Person("Hale"))
    request = ContinueRequest(4, 9, "It was dark.", settings=SETTINGS, cast=cast, known=("Greywater",))
    again = Recipe.from_dict(json.loads(json.dumps(recipe_of(request).to_dict())))
    assert again.request(4, 9, "It was dark.") == request


def test_the_voices_beside_it_are_in_it_and_older_recipes_have_none() -> None:
    mixed = (MixedVoice("twin", "cd" * 32), MixedVoice("third", "ef" * 32))
    recipe = Recipe.of(ContinueRequest(1, 0, ""), "lovecraft", "ab" * 32, "cpu", "", mixed=mixed)
    values = json.loads(json.dumps(recipe.to_dict()))
    assert Recipe.from_dict(values).mixed == mixed
    del values["mixed"]
    assert Recipe.from_dict(values).mixed == ()
    for wrong in (3, [3], [{"name": "twin"}]):
        with pytest.raises(PandemoniumError):
            Recipe.from_dict({**values, "mixed": wrong})


@pytest.mark.parametrize("values", [None, [], {}, {"voice": 3}, {"voice": "x"}])
def test_what_is_no_recipe_is_told(values: object) -> None:
    with pytest.raises(PandemoniumError, match="no recipe"):
        Recipe.from_dict(values)


def test_it_is_of_another_version_where_it_says_what_this_one_does_not_know() -> None:
    recipe = recipe_of(ContinueRequest(1, 0, ""))
    for asked in ({"settings": {"words": -5}}, {"settings": 3}, {"usual": []}):
        broken = Recipe.from_dict({**recipe.to_dict(), "asked": asked})
        with pytest.raises(PandemoniumError):
            broken.request(1, 0, "")


@pytest.mark.long
def test_the_same_is_written_whatever_was_read_before(bundled_voice: Voice, prose: str) -> None:
    """The reading state's checkpoints and the draft's memory leave no trace of what they were asked before."""
    runtime = CpuRuntime(bundled_voice, 1)
    before = prose[:1500]
    request = ContinueRequest(1, 0, before, settings=SETTINGS)
    recipe = recipe_of(request)
    first = write(Continuer(bundled_voice, runtime), request)

    reader = Continuer(bundled_voice, runtime)
    for length in (0, 700, 703, 1499, 1600, 3):  # there and back, off the grid of the checkpoints
        reader.read_ahead(prose[:length], "\n\n", lambda: False)
    write(reader, ContinueRequest(2, 0, prose[200:900], settings=WritingSettings(words=30, seed=5)))
    calls = iter([False, True])
    reader.read_ahead(before, "\n\n", lambda: next(calls, True))  # cut off in the midst
    again = write(reader, recipe.request(3, 0, before))
    assert again.texts == first.texts
    assert again.seeds == first.seeds
    assert write(reader, recipe.request(4, 0, before)).texts == first.texts


@pytest.mark.long
def test_a_stopped_text_is_a_beginning_of_what_is_written_again(bundled_voice: Voice, prose: str) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    request = ContinueRequest(1, 0, prose[:300], settings=SETTINGS)
    steps = iter(range(10_000))
    writing = continuer.write(request, lambda: next(steps) > 30)
    stopped = None
    while stopped is None:
        try:
            next(writing)
        except StopIteration as end:
            stopped = end.value
    again = write(continuer, recipe_of(request).request(2, 0, prose[:300]))
    assert stopped.stopped
    for part, whole in zip(stopped.texts, again.texts, strict=True):
        assert whole.startswith(part)
