"""Languages are told apart, and too little is not guessed at."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from pandemonium.errors import PandemoniumError
from pandemonium.text.language import UNKNOWN, LanguageIdentifier, language_codes, language_name

TEXTS = {
    "en": "The old house stood upon the hill, and nobody in the village would speak of it after dark.",
    "nl": "Het oude huis stond op de heuvel en niemand in het dorp wilde er na donker over spreken.",
    "de": "Das alte Haus stand auf dem Hügel, und niemand im Dorf wollte nach Einbruch der Nacht davon sprechen.",
    "fr": "La vieille maison se dressait sur la colline, et personne au village ne voulait en parler la nuit.",
    "es": "La vieja casa se alzaba en la colina, y nadie en el pueblo quería hablar de ella por la noche.",
    "pl": "Stary dom stał na wzgórzu i nikt we wsi nie chciał o nim mówić po zmroku.",
    "ru": "Старый дом стоял на холме, и никто в деревне не хотел говорить о нём после захода солнца.",
    "uk": "Старий будинок стояв на пагорбі, і ніхто в селі не хотів говорити про нього після заходу сонця.",
    "el": "Το παλιό σπίτι στεκόταν στον λόφο και κανείς δεν ήθελε να μιλήσει γι' αυτό.",
    "zh": "老屋立在山上，天黑之后村里没有人愿意谈起它。",
    "ja": "古い家は丘の上に立っていて、暗くなると村の誰もその話をしたがらなかった。",
    "ko": "오래된 집은 언덕 위에 서 있었고 마을 사람들은 아무도 말하려 하지 않았다.",
    "he": "הבית הישן עמד על הגבעה ואיש בכפר לא רצה לדבר עליו אחרי רדת החשכה.",
    "th": "บ้านเก่าตั้งอยู่บนเนินเขาและไม่มีใครในหมู่บ้านอยากพูดถึง",
}


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier()


@pytest.mark.parametrize("code", TEXTS)
def test_languages(identifier: LanguageIdentifier, code: str) -> None:
    assert identifier.identify(TEXTS[code]) == code


def test_shouted_text(identifier: LanguageIdentifier) -> None:
    assert identifier.identify(TEXTS["en"].upper()) == "en"


def test_a_long_text_is_judged_by_most_of_it(identifier: LanguageIdentifier) -> None:
    assert identifier.identify(TEXTS["de"] + (TEXTS["en"] + "\n\n") * 2000 + TEXTS["fr"]) == "en"


def test_english_with_a_chinese_name_is_english(identifier: LanguageIdentifier) -> None:
    assert identifier.identify("He read the poems of 杜甫 aloud in the evening, by the old lamp.") == "en"


@pytest.mark.parametrize("text", ["", "12 34 56", "Oh!", "* * *"])
def test_too_little_is_unknown(identifier: LanguageIdentifier, text: str) -> None:
    assert identifier.identify(text) == UNKNOWN


def test_names() -> None:
    assert language_name("nl") == "Dutch"
    assert language_name(UNKNOWN) == "an unknown language"
    assert {"en", "zh"} <= language_codes()


def test_a_model_that_cannot_be_unpacked_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(PandemoniumError, match=r"^Languages cannot be told apart: No such file or directory"):
        LanguageIdentifier().identify(TEXTS["en"])
