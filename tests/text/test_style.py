"""Each figure on texts small enough to count by hand; distances as their definitions have them."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.style import StyleFigures, measure, style_figures
from pandemonium.text.words import WordList
from pandemonium.voice.profile import StyleProfile

KNOWN = WordList(["the", "old", "door", "opened", "and", "something", "in", "motion", "stirred", "he", "said", "no"])
TEXT = (
    'The old door opened. "No," he said, and the door\u2014\n\n'
    '"Something stirred in motion? Zzyx stirred," Mr. H. said.\n'
)
# One of every kind, and some that no text has.
TEXTS = st.one_of(st.text(), st.text(alphabet="ab .\"'\n!?\u2014", max_size=200))


def test_words_sentences_and_paragraphs() -> None:
    figures = measure(TEXT, KNOWN)
    assert (figures.words, figures.sentences, figures.paragraphs) == (19, 4, 2)
    assert figures.sentence_length == 19 / 4
    letters = "TheolddooropenedNohesaidandthedoorSomethingstirredinmotionZzyxstirredMrHsaid"
    assert figures.word_length == len(letters) / 19
    assert figures.characters == len(TEXT.strip())


def test_real_words() -> None:
    figures = measure(TEXT, KNOWN)
    # Zzyx and Mr are none; the initial H is let pass.
    assert figures.dictionary_words == pytest.approx(17 / 19)
    long = "door opened said door something stirred motion zzyx stirred said".split()
    assert figures.dictionary_words_long == pytest.approx((len(long) - 1) / len(long))


def test_endings_and_capitals() -> None:
    figures = measure("The king was singing. The nation walked to the station, wicked. A Thing.")
    assert figures.words == 13
    assert figures.the == 3 / 13
    assert figures.ing == 3 / 13
    assert figures.tion == 2 / 13
    assert figures.ed == 2 / 13
    # Behind a space: k w s T n w t t s w A T
    assert figures.capitals_after_spaces == 3 / 12


def test_variety_and_repetition() -> None:
    figures = measure("to be or not to be or not to be")
    assert figures.once == 0
    assert figures.distinct_1 == 4 / 10
    assert figures.distinct_2 == 4 / 10
    assert figures.repeated_4 == pytest.approx(1 - 4 / 7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"He said so," he said.', 0),
        ('"He said so, he said.\n\nThey went.', 1),
        ('"He said so, he said.\n\n"And so," he said.', 0),
        ("\u201cHe said so, he said.\n\nThey went.", 1),
        ('"One.\n\n"Two.\n\nThree.', 1),
    ],
)
def test_quotations_left_open(text: str, count: int) -> None:
    assert measure(text).unclosed_quotes == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He saw Mr. Pickman. He ran!", 2),
        ('"What?" he cried. "No!" And so...', 3),
        ("It was 3.14 miles", 1),
        ("A line\n\nanother line", 2),
        ("\u201cWhat!\u201d She ran.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert measure(text).sentences == count


@given(TEXTS)
def test_every_text_has_figures_that_can_be_kept(text: str) -> None:
    figures = measure(text, KNOWN)
    assert StyleFigures.from_dict(json.loads(json.dumps(asdict(figures)))) == figures
    json.dumps(style_figures(text))


def test_broken_figures_are_refused() -> None:
    good = asdict(measure(TEXT))
    StyleFigures.from_dict(good)
    for name, value in [
        ("words", -1),
        ("words", True),
        ("words", 1.5),
        ("the", 1.01),
        ("the", float("nan")),
        ("the", "0.1"),
        ("word_length", float("inf")),
        ("letters", [0.5, 0.5]),
        ("letters", {"a": 0.5}),
        ("letters", {"a": {}}),
    ]:
        with pytest.raises(ValueError, match=r"."):
            StyleFigures.from_dict({**good, name: value})
    with pytest.raises(ValueError, match="table"):
        StyleFigures.from_dict(None)


def test_without_a_profile_there_is_nothing_to_compare_with() -> None:
    figures = style_figures(TEXT, known=KNOWN)
    assert figures["real_words"] == figures["dictionary_words"]
    assert not {"voice", "distances", "copied"} & figures.keys()


def test_names_of_the_training_text_are_real_words() -> None:
    profile = StyleProfile.of(["The old Zzyx said no. The old Zzyx's door opened. The Qqrt said no."], KNOWN)
    figures = style_figures("Zzyx opened the door. The Zzyx's Qqrt.", profile, KNOWN)
    assert figures["dictionary_words"] == round(4 / 7, 6)
    assert figures["real_words"] == round(6 / 7, 6)


def test_a_text_against_itself() -> None:
    text = "The old door opened and something stirred in motion, he said. " * 3
    figures = style_figures(text, StyleProfile.of([text], KNOWN), KNOWN)
    json.dumps(figures)
    assert figures["distances"]["letters"]["total_variation"] == 0  # type: ignore[index]
    assert figures["distances"]["letters"]["within_twice_halves"] is True  # type: ignore[index]
    assert figures["copied"]["grams_8"] == 1  # type: ignore[index]
    assert figures["copied"]["longest_run"] == 33  # type: ignore[index]
    assert figures["voice"]["words"] == figures["words"]  # type: ignore[index]
