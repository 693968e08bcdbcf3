"""The same text is found again, whole or in part, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pandemonium.training.reading import duplicates
from pandemonium.training.reading.duplicates import Sketch, Sketcher, find_copies


def sketch(*parts: str) -> Sketch:
    sketcher = Sketcher()
    for part in parts:
        sketcher.add(part)
    return sketcher.sketch()


def found(*texts: str, least: float = 0.5) -> dict[int, int]:
    copies = find_copies([sketch(text) for text in texts], range(len(texts)), [least] * len(texts))
    return {index: match.other for index, match in copies.items()}


def test_the_same_text_in_other_dress(invented: Callable[..., str]) -> None:
    text = invented(1)
    dressed = text.replace("to", "tò").replace("\n\n", "\n").replace(".", " .").upper()
    assert found(text, dressed) == {1: 0}


def test_other_texts_are_other_texts(invented: Callable[..., str]) -> None:
    assert found(invented(1, 200), invented(2, 200), invented(3, 200), least=0.5) == {}


@pytest.mark.parametrize("paragraphs", [8, 400])
def test_a_part_is_found_in_the_whole(invented: Callable[..., str], paragraphs: int) -> None:
    whole = invented(1, paragraphs * 4)
    part = "\n\n".join(whole.split("\n\n")[paragraphs : paragraphs * 2])
    copies = find_copies([sketch(whole), sketch(part)], [0, 1], [0.5, 0.5])
    assert copies[1].contained > 0.95
    assert copies[1].containing == pytest.approx(0.25, abs=0.15)


def test_a_draft_is_found_again_after_changes(invented: Callable[..., str]) -> None:
    paragraphs = invented(1, 100).split("\n\n")
    draft = "\n\n".join(invented(9, 1) if number % 4 == 0 else each for number, each in enumerate(paragraphs))
    assert found("\n\n".join(paragraphs), draft) == {1: 0}


def test_parts_make_the_sketch_of_the_whole(invented: Callable[..., str]) -> None:
    first = invented(1)
    second = invented(2)
    together = find_copies([sketch(first + "\n\n" + second), sketch(first, second)], [0, 1], [0.5, 0.5])
    assert together[1].contained > 0.95


def test_a_long_text_takes_no_more_memory(invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [invented(seed, 40) for seed in range(20)]
    exact = sketch(*parts).runs
    monkeypatch.setattr(duplicates, "_MOST_KEPT", 2_000)
    long = sketch(*parts)
    assert len(long.hashes) <= 2_000
    assert long.runs == pytest.approx(exact, rel=0.15)
    assert find_copies([long, sketch(parts[7])], [0, 1], [0.5, 0.5])[1].contained > 0.9


def test_many_texts_are_held_by_fewer_hashes(invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_TOTAL_KEPT", 3_000)
    texts = [invented(seed, 60) for seed in range(6)]
    assert found(*texts, *texts) == {number + 6: number for number in range(6)}


def test_short_and_empty_texts(invented: Callable[..., str]) -> None:
    assert found("", "", "one", "one") == {3: 2}
    assert sketch("").runs == 0
    assert found("天下大勢分久必合合久必分", "天下大勢，分久必合，合久必分。") == {1: 0}
