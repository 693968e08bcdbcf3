"""Note programs' signs go, the notes stay; a sharp sign or a bracket in a sentence is prose."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.note_programs import cut_note_programs


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


@pytest.mark.parametrize(
    ("written", "prose"),
    [
        ("He left.\n  :LOGBOOK:\n  CLOCK: [2023-01-01 Sun]\n  :END:\nShe stayed.", "He left.\nShe stayed."),
        ("He left. :LOGBOOK: CLOCK: [2023-01-01 Sun] :END:", "He left."),
        ("One.\n#+BEGIN_COMMENT\nnot this\n#+END_COMMENT\nTwo.", "One.\nTwo."),
        ("One.\n#+begin_src\nTwo.", "One.\nTwo."),
        (f"A note.\n\nid: {'0a' * 16}\nparent_id: \ncreated_time: 2020-01-01T10:00:00.000Z\ntype_: 1", "A note.\n"),
        ("Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\n\nA note.", "A note."),
    ],
    ids=["drawer", "drawer on a line", "comment", "never ended", "joplin", "zim"],
)
def test_what_other_programs_keep_beside_a_note_goes(written: str, prose: str) -> None:
    assert cut_note_programs(written) == prose


def test_hostile_blocks_take_no_time() -> None:
    for block in ("#+begin_src\n", ":LOGBOOK: ", "a:  ", "a: b:", f"id: {'0a' * 16}\n"):
        cut_note_programs(block * 20_000 + "type_: x")
