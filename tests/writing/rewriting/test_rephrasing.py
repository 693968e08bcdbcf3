"""Wordings by rule: what is said stays, another order or another word, and nothing where no rule fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.writing.rewriting.rephrasing import is_sound_edit, rephrase


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("It was raining when they reached the inn.", "When they reached the inn, it was raining."),
        ("When the telephone rang, Anna let it ring.", "Anna let it ring when the telephone rang."),
        ("They buried him on a Thursday.", "On a Thursday they buried him."),
        ("It was done; it was finished.", "It was done. It was finished."),
        ("She looked at the steps; they were empty.", "She looked at the steps, and they were empty."),
        ("Nobody had lived in the house for years.", "For years nobody had lived in the house."),
        ("Tonight the lights were out.", "The lights were out tonight."),
        ("That morning she was silent.", "She was silent that morning."),
        ("We rowed through the fog, hearing nothing.", "Hearing nothing, we rowed through the fog."),
        ("He was late for dinner, and his wife would be angry.", "He was late for dinner; his wife would be angry."),
        ("Anna knew this perfectly well, but she had a key.", "Although Anna knew this perfectly well, she had a key."),
        ("The road climbed steadily through the woods.", "The road steadily climbed through the woods."),
        ('"You are late," said the woman at the desk.', '"You are late," the woman at the desk said.'),
        ("Nobody answered.", "No one answered."),
        ("I am not afraid.", "I am not at all afraid."),
        ("He seemed to sleep.", "He appeared to sleep."),
        ("She looked pale.", "She seemed pale."),
        ("She closed the door.", "She shut the door."),
        ("The door was closed.", "The door was shut."),
        ("She went up the stairs.", "She climbed the stairs."),
        ("He smiled at her!", "He gave her a smile!"),
        ("I did not like the look of it.", "I disliked the look of it."),
        ("He was a very old man.", "He was an ancient man."),
        ("It was an enormous house, a huge house.", "It was an enormous house, an enormous house."),
        ("She sat down beside him.", "She sat down next to him."),
        ("She opened her hand, and showed him a lock of hair.", "She opened her hand; she showed him a lock of hair."),
        ("Agnes took a chair, and looked at the fire.", "Agnes took a chair. She looked at the fire."),
        ("I think he is asleep.", "I think that he is asleep."),
        ("She knew that they were late.", "She knew they were late."),
        ("The next day it was cold.", "The following day it was cold."),
        ("He kept walking.", "He went on walking."),
        ("Two days later, they were in Paris.", "They were in Paris two days later."),
        ("She came back an hour later.", "An hour later she came back."),
        ("Being his friend, he had gone to see him.", "He had gone to see him, being his friend."),
        ("Without waiting for him, she led the way.", "She led the way without waiting for him."),
        ("She returned his bow with an icy smile.", "With an icy smile, she returned his bow."),
        ("Mrs. Rolland laughed when the door had closed.", "When the door had closed, Mrs. Rolland laughed."),
        ("'You may be right.'", "'Perhaps you are right.'"),
        ("'You have made me think.'", "'You've made me think.'"),
        # What is said is reworded as well, between whatever signs it stands, and also where it begins or ends there.
        ('"It was raining when they reached the inn."', '"When they reached the inn, it was raining."'),
        ("'It was raining when they reached the inn.'", "'When they reached the inn, it was raining.'"),
        ("'It was raining when they reached the inn.", "'When they reached the inn, it was raining."),
        ("It was raining when they reached the inn.'", "When they reached the inn, it was raining.'"),
        ("'I do not know.'", "'I don't know.'"),
        ("'I don't care.'", "'I do not care.'"),
        ("She didn't care.", "She did not care."),
        ("'I am the younger brother.'", "'I'm the younger brother.'"),
        ("'I pity her,' said Mrs. Rolland.", "'I pity her,' Mrs. Rolland said."),
        ("'How much?' the nurse asked.", "'How much?' asked the nurse."),
        ("'Yes,' said the old man, rising, 'it is late.'", "'Yes,' the old man said, rising, 'it is late.'"),
    ],
)
def test_it_is_said_otherwise(sentence: str, wording: str) -> None:
    assert wording in rephrase(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He asked when the train would come.",  # no time, but what he asked
        "He saw the gate; a rude, crooked framework of wood.",  # the second is no sentence
        "When Anna came, she smiled.",  # who would she be?
        "Rain fell when they reached the inn.",  # whether Rain is a name, nobody tells
        "She answered the door.",
        "Once upon a time.",
        "He was beside himself.",
        "It failed again and again.",
        "A shout went up.",
        "Very well.",
        "They ran all at once.",
        "On the whole it went off well.",
        "He went, though.",
        "They will never meet again.",
        "They were plainly answered.",
        "They were talking, when he knocked.",  # that he knocked is told, and not at what time
        "It was an evil hour when they met.",
        "It was settled early in the spring.",
        "Her ladyship looked miserably worn.",
        "The envelope held a sheet of paper, and a folded note.",
        "The stair lies between the upper room, and the room in which they slept.",
        "They saw, with some surprise, that it was at once sad and cruel.",
        "'Who is it?'",
        "They went over the whole of it, without a word of warning.",
        "Passing the door, she met him just leaving the house.",  # who passed it?
        "The wolf is still at large.",
        "Er kam am Abend zu uns nach Hause.",
        "the old house by the sea",
        '"I shall go when',
        "...",
        "",
        "We went down the steps and into the dark, suffocating crypt.",
        "His frightened horse had a frightened look.",  # said twice on purpose
    ],
)
def test_where_no_rule_fits_there_is_none(sentence: str) -> None:
    assert rephrase(sentence) == []


@given(st.text("Aa enowhd,.;\"'I-\u2026\u00e9", max_size=60) | st.text(max_size=40))
def test_of_whatever_stands_there_it_makes_others(sentence: str) -> None:
    found = rephrase(sentence)
    assert sentence not in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("edited", "sound"),
    [
        ("She smiled faintly at him.", True),
        ("She still smiled at him.", False),  # she did before, then
        ("She smiled suddenly at him.", False),
        ("She smiled at him again.", False),
        ("She smiled at him family.", False),
        ("She smiled by him.", False),
        ("She hardly smiled at him.", False),
        ("He smiled at him.", False),
        ("She smiled at him.", False),
    ],
)
def test_one_word_more_or_another_must_not_say_something_else(edited: str, sound: bool) -> None:
    assert is_sound_edit("She smiled at him.", edited) is sound
    assert is_sound_edit("He stood on the hill.", "He stood upon the hill.")


@pytest.mark.parametrize(
    ("sentence", "edited", "sound"),
    [
        ("They went on ski down the hill.", "They went upon ski down the hill.", False),
        ("He came on Monday.", "He came upon Monday.", False),
        ("They spoke in the end.", "They spoke within the end.", False),
        ("She sang in the morning.", "She sang within the morning.", False),
        ("He stood by his chair.", "He stood beside his chair.", True),
        ("He passed by degrees.", "He passed beside degrees.", False),
        ("He lay in the old house.", "He lay within the old house.", True),
        ("He turned towards home.", "He turned toward home.", True),
    ],
)
def test_another_preposition_leads_to_a_thing(sentence: str, edited: str, sound: bool) -> None:
    assert is_sound_edit(sentence, edited) is sound


def test_a_name_of_the_draft_may_stand_within_a_sentence() -> None:
    sentence = "Montbarry's brother rose when she came in."
    assert "When she came in, Montbarry's brother rose." in rephrase(sentence, {"Montbarry"})
    assert not any(each.startswith("When") for each in rephrase(sentence))
