from __future__ import annotations

from pandemonium.desktop.core.theme import LIGHT
from pandemonium.desktop.features.training.prose import sample_html


def test_the_voices_words_are_in_the_accent() -> None:
    page = sample_html("It was <late>", " and dark.\n\nShe slept.", LIGHT)
    assert page.count("<p ") == 2
    assert f'<span style="color:{LIGHT.ink}">It was &lt;late&gt;</span>' in page
    assert f'<span style="color:{LIGHT.accent}"> and dark.</span></p>' in page
    assert f'<span style="color:{LIGHT.accent}">She slept.' in page


def test_a_new_paragraph_begins_one() -> None:
    assert sample_html("It was late.", "\nShe slept.", LIGHT).count("<p ") == 2
    assert sample_html("It was", "late", LIGHT).count(" late") == 1
    assert "<p" not in sample_html("", "", LIGHT)
