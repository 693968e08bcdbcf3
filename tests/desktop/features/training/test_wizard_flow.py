from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.desktop.features.training.wizard_flow import Base, Flow, Obstacle, Page, Way
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Survey

ROOT = Path("/texts")
ENGLISH = Base("lovecraft", Path("/models/lovecraft.voice"), "en")


def text(name: str, language: str = "en", characters: int = 200_000) -> Examined:
    return Examined(ROOT / name, 10, words=characters // 6, characters=characters, language=language, format="txt")


def found(*files: Examined) -> Flow:
    flow = Flow(lambda: ["lovecraft"])
    flow.begin([ROOT])
    flow.next()
    flow.set_survey(Survey(files or (text("a.txt"), text("b.txt"), text("c.txt", "nl", 1_000))))
    flow.base = ENGLISH
    return flow


def test_it_begins_without_texts_and_says_so() -> None:
    flow = Flow(lambda: [])
    assert (flow.page, flow.obstacle) == (Page.TEXTS, Obstacle.NO_TEXTS)
    assert flow.next() is Page.TEXTS
    assert not flow.can_go_back


def test_the_way_through_all_pages() -> None:
    flow = found()
    assert flow.page is Page.FOUND
    assert flow.next() is Page.PLAN
    assert flow.obstacle is None
    assert flow.next() is Page.LEARNING
    assert flow.obstacle is Obstacle.STILL_LEARNING
    assert flow.next() is Page.LEARNING
    assert flow.back() is Page.LEARNING
    flow.show_result()
    assert flow.page is Page.RESULT
    assert flow.next() is Page.RESULT


def test_back_and_forth_keeps_what_was_decided() -> None:
    flow = found()
    flow.next()
    flow.minutes = 5.0
    assert flow.back() is Page.FOUND
    assert flow.back() is Page.TEXTS
    flow.next()
    flow.next()
    assert flow.minutes == 5.0
    assert flow.selection is not None


def test_one_waits_for_the_reading() -> None:
    flow = Flow(lambda: [])
    flow.begin([ROOT])
    flow.next()
    assert flow.obstacle is Obstacle.STILL_READING


def test_a_decision_can_be_overruled_and_taken_back() -> None:
    flow = found()
    assert flow.selection is not None
    assert [each.file.path.name for each in flow.selection.kept] == ["a.txt", "b.txt"]
    flow.keep(ROOT / "c.txt", True)
    assert [each.file.path.name for each in flow.selection.kept] == ["a.txt", "b.txt", "c.txt"]
    assert flow.overrules.include == {ROOT / "c.txt"}
    flow.keep(ROOT / "c.txt", False)
    assert flow.overrules.include == flow.overrules.exclude == frozenset()
    for name in ("a.txt", "b.txt"):
        flow.keep(ROOT / name, False)
    flow.keep(ROOT / "c.txt", False)
    assert flow.obstacle is Obstacle.NOTHING_KEPT


def test_another_language_can_be_kept() -> None:
    flow = found(text("a.txt"), text("b.txt", "nl", 150_000))
    assert flow.languages == ["en", "nl"]
    flow.choose_language("nl")
    assert flow.selection is not None
    assert [each.file.path.name for each in flow.selection.kept] == ["b.txt"]
    assert flow.job().language == "nl"


def test_other_texts_are_read_anew() -> None:
    flow = found()
    flow.keep(ROOT / "a.txt", False)
    flow.add([ROOT / "more"])
    assert flow.selection is None
    assert flow.overrules.exclude == frozenset()
    flow.remove(ROOT)
    assert flow.sources == [ROOT / "more"]
    flow.add([ROOT / "more"])
    assert flow.sources == [ROOT / "more"]


@pytest.mark.parametrize(
    ("name", "obstacle"),
    [
        ("", Obstacle.NO_NAME),
        ("  ", Obstacle.NO_NAME),
        ("a/b", Obstacle.IMPOSSIBLE_NAME),
        (".hidden", Obstacle.IMPOSSIBLE_NAME),
        ("x" * 81, Obstacle.IMPOSSIBLE_NAME),
        ("LOVECRAFT", Obstacle.TAKEN_NAME),
        ("Mine", None),
    ],
)
def test_names(name: str, obstacle: Obstacle | None) -> None:
    flow = found()
    flow.next()
    flow.name = name
    assert flow.obstacle is obstacle


def test_the_folder_gives_a_free_name() -> None:
    flow = Flow(lambda: ["texts", "texts 2"])
    flow.begin([ROOT])
    assert flow.name == "texts 3"


@pytest.mark.parametrize(
    ("language", "characters", "way"),
    [
        ("en", 200_000, Way.LEARNS),
        ("en", 50_000, Way.REMEMBERS),
        ("zh", 200_000, Way.ALONE),
        ("zh", 50_000, Way.IMPOSSIBLE),
    ],
)
def test_what_will_be_made_of_the_texts(language: str, characters: int, way: Way) -> None:
    flow = found(text("a.txt", language, characters))
    assert flow.way is way
    flow.next()
    assert flow.obstacle is (Obstacle.TOO_LITTLE_ALONE if way is Way.IMPOSSIBLE else None)


def test_there_must_be_a_base() -> None:
    flow = found()
    flow.base = None
    flow.next()
    assert flow.obstacle is Obstacle.NO_BASE


def test_passes_grow_with_the_minutes() -> None:
    flow = found()
    flow.minutes = 5.0
    few = flow.passes(1000)
    flow.minutes = 20.0
    assert flow.passes(1000) == pytest.approx(4 * few)


def test_the_job_holds_every_decision() -> None:
    flow = found()
    flow.keep(ROOT / "b.txt", False)
    flow.name = " Mine "
    flow.minutes = 5.0
    flow.pause_on_battery = True
    job = flow.job()
    assert (job.name, job.base, job.minutes, job.pause_on_battery) == ("Mine", str(ENGLISH.path), 5.0, True)
    assert (job.sources, job.exclude) == ([str(ROOT)], [str(ROOT / "b.txt")])


def test_training_on_goes_from_the_new_voice_and_keeps_both() -> None:
    flow = found()
    job = flow.job()
    names = ["lovecraft", "texts"]
    flow = Flow(lambda: names)
    base = Base("texts", Path("/voices/texts.voice"))
    flow.train_on(base, job)
    assert (flow.page, flow.base, flow.name) == (Page.FOUND, base, "texts 2")
    assert flow.sources == [ROOT]


def test_a_training_under_way_is_shown() -> None:
    flow = found()
    job = flow.job()
    fresh = Flow(lambda: [])
    fresh.watch(job)
    assert (fresh.page, fresh.name, fresh.sources) == (Page.LEARNING, "texts", [ROOT])
