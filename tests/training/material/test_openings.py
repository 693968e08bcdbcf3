"""Held-out openings: found in every script, and continued by a voice."""

from __future__ import annotations

from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import count_words
from pandemonium.training.material.openings import Reader, find_openings
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


def test_openings_are_the_beginnings_of_paragraphs(prose: str) -> None:
    found = find_openings([prose, prose[::-1]], 4)
    assert 1 <= len(found) <= 4
    assert all(len(each.split()) <= 40 for each in found)
    assert " ".join(prose.split()).find(found[0]) >= 0


def test_a_script_without_spaces_has_openings_too() -> None:
    found = find_openings(["\u5b57\u6bcd\u3002" * 400 + "\n\n" + "\u6c34\u706b" * 300], 12)
    assert len(found) == 2
    assert all(0 < len(each) <= 400 for each in found)


def test_short_texts_are_openings_themselves() -> None:
    assert find_openings(["Only this.", " "], 3) == ["Only this."]
    assert find_openings([], 3) == []
    assert find_openings([""], 3) == []


def test_a_voice_goes_on(tiny_voice: Voice) -> None:
    reader = Reader(tiny_voice, CpuRuntime(tiny_voice, 1))
    settings = WritingSettings(words=5, seed=3)
    text = reader.go_on("It was in the", settings)
    assert text == reader.go_on("It was in the", settings)
    assert count_words(text) <= 8
    assert reader.go_on("It was in the", settings, lambda: True) == ""
