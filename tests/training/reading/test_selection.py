"""The program advises and the writer overrules."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.training.reading.duplicates import Sketcher
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Overrules, Selection, Survey

ROOT = Path("root")


def text(name: str, words: int = 1000, language: str = "en", content: str = "", **more: object) -> Examined:
    sketcher = Sketcher()
    sketcher.add(content or " ".join(f"{name.replace('/', '')[:-4]}{number}" for number in range(30)))
    return Examined(ROOT / name, words=words, language=language, format="txt", sketch=sketcher.sketch(), **more)  # type: ignore[arg-type]


@pytest.fixture
def survey() -> Survey:
    same = "the very same words in the very same order and so on"
    return Survey(
        [
            text("a.txt", 5000),
            text("b/copy.txt", 900, content=same),
            text("b/first.txt", 2000, content=same),
            text("dutch/een.txt", 4000, "nl"),
            text("dutch/twee.txt", 1500, "nl"),
            text("verse.txt", 40, "und"),
            text("short.txt", 4, doubt="There are only 4 words in it."),
            Examined(ROOT / "x.png", refusal="This is a picture."),
            Examined(ROOT / "blank.txt", doubt="There are no words in it."),
        ]
    )


def kept(selection: Selection) -> list[str]:
    return [decision.file.path.relative_to(ROOT).as_posix() for decision in selection.kept]


def reasons(selection: Selection) -> dict[str, str]:
    return {decision.file.path.relative_to(ROOT).as_posix(): decision.reason for decision in selection.left_out}


def test_advice(survey: Survey) -> None:
    selection = survey.select()
    assert selection.language == "en"
    assert kept(selection) == ["a.txt", "b/first.txt", "verse.txt"]
    assert selection.words == 7040
    assert reasons(selection) == {
        "b/copy.txt": "This is the same text as 'first.txt'.",
        "dutch/een.txt": "This is in Dutch; the folder is mostly in English.",
        "dutch/twee.txt": "This is in Dutch; the folder is mostly in English.",
        "short.txt": "There are only 4 words in it.",
        "x.png": "This is a picture.",
        "blank.txt": "There are no words in it.",
    }
    assert len(selection.decisions) == len(survey.files)


def test_a_text_is_asked_back(survey: Survey) -> None:
    asked = {"b/copy.txt", "dutch/een.txt", "short.txt"}
    selection = survey.select(Overrules(include=frozenset(ROOT / name for name in asked)))
    assert asked <= set(kept(selection))
    assert all(each.overruled == (each.file.path.relative_to(ROOT).as_posix() in asked) for each in selection.kept)


def test_what_holds_no_text_cannot_be_asked_back(survey: Survey) -> None:
    selection = survey.select(Overrules(include=frozenset([ROOT / "x.png", ROOT / "blank.txt"])))
    assert {"x.png", "blank.txt"} <= set(reasons(selection))
    assert [each.can_be_kept for each in selection.left_out if each.file.path.suffix == ".png"] == [False]


def test_a_folder_is_asked_back_with_each_text_once(survey: Survey) -> None:
    selection = survey.select(Overrules(include=frozenset([ROOT / "dutch", ROOT / "b"])))
    assert {"dutch/een.txt", "dutch/twee.txt"} <= set(kept(selection))
    assert "b/copy.txt" in reasons(selection)


def test_a_text_is_left_out(survey: Survey) -> None:
    selection = survey.select(Overrules(exclude=frozenset([ROOT / "a.txt"])))
    assert reasons(selection)["a.txt"] == "You left this out."


def test_the_nearer_wish_decides(survey: Survey) -> None:
    overrules = Overrules(include=frozenset([ROOT / "dutch/een.txt"]), exclude=frozenset([ROOT / "dutch"]))
    assert "dutch/een.txt" in kept(survey.select(overrules))
    assert reasons(survey.select(overrules))["dutch/twee.txt"] == "You left this out."


def test_the_main_language_follows_what_is_left(survey: Survey) -> None:
    assert survey.select(Overrules(exclude=frozenset([ROOT / "a.txt"]))).language == "nl"


def test_another_language_is_chosen(survey: Survey) -> None:
    selection = survey.select(Overrules(language="nl"))
    assert kept(selection) == ["dutch/een.txt", "dutch/twee.txt", "verse.txt"]
    assert "English; the folder is mostly in Dutch" in reasons(selection)["a.txt"]


def test_nothing_at_all() -> None:
    selection = Survey([]).select()
    assert (selection.language, selection.kept, selection.words) == ("und", (), 0)
