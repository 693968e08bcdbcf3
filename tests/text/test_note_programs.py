"""Note programs' signs go, the notes stay; a sharp sign or a bracket in a sentence is prose."""

from __future__ import annotations

import pytest

from pandemonium.text.note_programs import cut_note_programs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.\n#draft #sea/harbour\nB.", "A.\nB."),
        ("tags:: #draft, #sea\nA.", "A."),
        ("Tags: draft, sea\nA.", "A."),
        ("It was late. #draft #sea", "It was late."),
        ("- id:: 64a1b2c3-0000-4000-8000-000000000000\nA.", "A."),
        ("  collapsed:: true\nA.", "A."),
        (":PROPERTIES:\n:ID: 12\n:END:\n#+TITLE: A\nA.", "A."),
        ("SCHEDULED: <2024-03-05 Tue>\nA.", "A."),
        ("A ((64a1b2c3-0000-4000-8000-000000000000)).", "A ."),
        ("A line. ^37066d", "A line."),
        ("[!note] Remember\nA.", "Remember\nA."),
        ("> [!quote]+ She said\n> so", "> She said\n> so"),
        ("- [ ] write\n- [x] read", "write\nread"),
        ("A walk. id:: 64a1b2c3-0000-4000-8000-000000000000 collapsed:: true\nB.", "A walk.\nB."),
        ("A.\n\nPasted image 20240305.png\n\nB.", "A.\n\n\n\nB."),
        ("A %%not this%% B", "A  B"),
        ("It was ==late== then.", "It was late then."),
        ("See [[https://example.org][the page]].", "See the page."),
        ("Walk\n\nCreated: March 1, 2023 10:00 AM\nTags: draft, sea\nStatus: open\n\nA.", "Walk\n\n\n\nA."),
        ("Walk\n\nCreated: March 1, 2023 10:00 AM Last edited time: March 2, 2023 Tags: draft\n\nA.", "Walk\n\n\n\nA."),
    ],
)
def test_signs_go(text: str, expected: str) -> None:
    assert cut_note_programs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He lived at #12, in room #3.",
        "She wrote #metoo and left. #done",
        "# Chapter one\n\nHe wrote: no.",
        "Note:: he said",
        "ANNA: What was that?",
        "Created: by hand, all of it.",
        "He looked up: created of nothing, updated never, he was.",
        "It was 50 %% of it.",
        "x^2 and x ^ y",
        "She took [x] from the list and [ ] left.",
        "a == b",
        "He opened moor.png and looked at it.",
        '"Where is moor.png?" she said. moor.png',
        "The old card says id:: nothing.",
        "The tags: they were red. And blue.",
        "((He laughed.))",
    ],
)
def test_prose_stays(text: str) -> None:
    assert cut_note_programs(text) == text


def test_hostile_signs_take_no_time() -> None:
    for sign in ("#a", "#a ", "%%", "((", "==a", "[[a][", "[x] ", " ^a1", "a:: ", "Created: ", "#" * 50):
        cut_note_programs(sign * 30_000)
        cut_note_programs((sign + "\n") * 10_000)
