"""What of a finished text stands in the texts that a voice was trained on."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from pandemonium.voice.file import Voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.insight.copied import copied_in, find_copied

BELL = "Under the water a bell began to ring, and the fishermen drew in their nets without a word."
TALE = "Nobody had been up in the tower for years, and the stairs were as dusty as the sermons that were kept there."


def test_copied_runs_of_a_text_are_found_with_their_source() -> None:
    profile = StyleProfile.of([TALE, BELL], names=["tale.txt", "The Bell.docx"])
    part = BELL[: BELL.index(" drew")]
    text = f"He wrote: {part} \u2013 and then nobody spoke for a whole long year of silence."
    (run,) = find_copied(profile, text)
    assert text[run.start : run.end] == part
    assert run.source == "The Bell"
    assert find_copied(profile, "Nobody ever wrote a sentence that is quite like this one here.") == []
    assert find_copied(profile, "") == []
    whole = find_copied(profile, BELL)
    assert [(each.start, each.end) for each in whole] == [(0, len(BELL) - 1)]
    assert [each.source for each in find_copied(StyleProfile.of([BELL]), BELL)] == [""]


def test_a_voice_answers_as_far_as_it_is_let(bundled_voice: Voice) -> None:
    continuer = SimpleNamespace(voice=replace(bundled_voice, profile=StyleProfile.of([TALE])))
    assert list(copied_in(["a", "b"])(continuer, lambda: False)) == ["a", "b"]  # type: ignore[arg-type]
    assert copied_in(["a", "b"])(continuer, lambda: True) == {}  # type: ignore[arg-type]
    assert copied_in(["a"])(SimpleNamespace(voice=replace(bundled_voice, profile=None)), bool) == {"a": []}  # type: ignore[arg-type]
