"""Which texts are foreign to a voice: those in another language, and none that are merely short or odd."""

from __future__ import annotations

import pytest

from pandemonium.text.language import LanguageIdentifier
from pandemonium.writing.reading.languages import LanguageCheck

GERMAN = "Es war einmal ein K\u00f6nig, der hatte eine Tochter, die war so sch\u00f6n, dass die Sonne sich wunderte."
FRENCH = "Il \u00e9tait une fois un gentilhomme qui \u00e9pousa en secondes noces une femme, la plus hautaine."
ENGLISH = "He went down the stairs and into the cellar, where the lamp of the old man burned low in the dark."


def never() -> LanguageIdentifier:
    raise AssertionError("half a second for nothing")


@pytest.mark.parametrize(("text", "code"), [(GERMAN, "de"), (FRENCH, "fr")])
def test_another_language_is_foreign(text: str, code: str) -> None:
    check = LanguageCheck("en")
    assert check.foreign(text) == code
    assert check.foreign(ENGLISH * 20 + "\n\n" + text * 9) == code
    assert check.foreign(text * 9 + "\n\n" + ENGLISH * 9) == ""


@pytest.mark.parametrize("text", ["", "Es war", ENGLISH, "ENTER " * 4, "\u4ed6\u5728\u5730\u7a96\u91cc"])
def test_english_and_too_little_are_told_at_once(text: str) -> None:
    assert LanguageCheck("en", never).foreign(text) == ""


@pytest.mark.long
def test_a_voice_knows_its_own_language_and_one_without_knows_all() -> None:
    assert LanguageCheck("de").foreign(GERMAN) == ""
    assert LanguageCheck("de").foreign(ENGLISH) == "en"
    assert LanguageCheck("", never).foreign(GERMAN) == ""
