"""Parts of a sentence in another order, by rule: what belongs together stays so, and nothing where that is not sure."""

from __future__ import annotations

import pytest

from pandemonium.writing.rewriting.grammar import present_participle
from pandemonium.writing.rewriting.rephrasing import rephrase, rephrase_part


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("There was no light in the upper room.", "In the upper room there was no light."),
        ("Behind the chapel there was a well.", "There was a well behind the chapel."),
        ("A woman in a grey cloak stood at the corner.", "At the corner stood a woman in a grey cloak."),
        ("A cold wind blew from the north.", "From the north blew a cold wind."),
        ("I found the glove under the bench.", "Under the bench I found the glove."),
        ("She kept the photograph in a drawer of her desk.", "In a drawer of her desk she kept the photograph."),
        ("Something moved in the dark behind the curtain.", "Behind the curtain something moved in the dark."),
        ("The crowd grew silent as the coffin passed.", "As the coffin passed, the crowd grew silent."),
        ("As we climbed, the path grew narrower.", "The path grew narrower as we climbed."),
        (
            "The children ran down the hill to meet the carriage.",
            "To meet the carriage, the children ran down the hill.",
        ),
        ("She spoke so softly that I could hardly hear her.", "I could hardly hear her, she spoke so softly."),
        ("She spoke so softly that I could hardly hear her.", "She spoke so softly I could hardly hear her."),
        ("She had never seen the sea so calm.", "Never had she seen the sea so calm."),
        (
            "He took the key from his pocket and opened the door.",
            "Taking the key from his pocket, he opened the door.",
        ),
        ("The old woman laughed and shook her head.", "Laughing, the old woman shook her head."),
        ("The dog lay by the fire and did not move.", "Lying by the fire, the dog did not move."),
        ("She put down the letter and went out.", "She put the letter down and went out."),
        ("She put the letter down.", "She put down the letter."),
        ("She told him everything that night.", "That night she told him everything."),
        ("The house had been empty since the war.", "Since the war the house had been empty."),
        ("No one had lived in the cottage for years.", "For years no one had lived in the cottage."),
        (
            "The book was old, and several pages had been torn out.",
            "The book was old; several pages had been torn out.",
        ),
        ("The bell rang twice, and then there was silence.", "The bell rang twice; then there was silence."),
        ("I heard a sound from the cellar of the house.", "From the cellar of the house I heard a sound."),
        # Words for others.
        ("I heard a sound behind me.", "I heard a noise behind me."),
        ("But his uncle remained where he was.", "Yet his uncle remained where he was."),
        ("Yet she had the key.", "But she had the key."),
        ("She wondered whether he would return.", "She wondered if he would return."),
        ("I could not remember his name.", "I was unable to remember his name."),
        ("I could not remember his name.", "I could not recall his name."),
        ("I was not a superstitious man.", "I was no superstitious man."),
        ("It was the last time I saw him.", "It was the last time that I saw him."),
        ("They buried it beneath the stairs.", "They buried it under the stairs."),
        ("Snow fell all afternoon.", "Snow fell the whole afternoon."),
        ("He took the key from his pocket.", "He took the key out of his pocket."),
        ("The road was covered with snow.", "The road was covered in snow."),
    ],
)
def test_its_parts_stand_elsewhere(sentence: str, wording: str) -> None:
    assert wording in rephrase(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He saw the man in the grey coat.",  # who has it on, and not where he was seen
        "Agnes had buried her face in her hands.",
        "They had heard about the incident at the fountain.",
        "There was a knock at the door.",
        "On the contrary, there was a good deal of it.",
        "There was a way of keeping him in his place.",
        "A succession of men had sat in that chair.",
        "He left it as he found it.",
        "She was as tall as he was.",
        "He did as she told him.",
        "As it was, he heard them.",
        "As I expected, they came.",
        "Then the Bishop smiled as he rode on.",
        "A strange turn of its body as it reached him.",
        "It was too late to turn back.",
        "He got up to open the door.",
        "He hurt me so much that the tears came.",
        "He had never asked, and had never heard.",
        "He knew the way and loved the hills.",  # no deed hangs on what is so all the time
        "He wondered why they stood there and admired them.",
        "She was tired and went home.",
        "He took out a torch and a hammer.",
        "He took up his tale.",
        "He said he died that night.",  # was it said, or did he die?
        "She asked whether or not it was so.",
    ],
)
def test_where_a_part_may_belong_elsewhere_it_stays(sentence: str) -> None:
    assert rephrase(sentence) == []


@pytest.mark.parametrize(
    ("past", "participle"),
    [
        ("took", "taking"),
        ("turned", "turning"),
        ("stopped", "stopping"),
        ("closed", "closing"),
        ("carried", "carrying"),
        ("tied", "tying"),
        ("agreed", "agreeing"),
        ("small", ""),
        ("red", ""),
    ],
)
def test_a_participle_of_a_past(past: str, participle: str) -> None:
    assert present_participle(past) == participle


@pytest.mark.parametrize(
    ("part", "wordings"),
    [
        ("put down the letter", ["put the letter down"]),
        ("for a long time", ["for a long while"]),
        ("walked slowly along the wall", []),
        ("the house walked slowly", ["the house slowly walked"]),
        ("a tall man", ["a tall fellow", "a tall person"]),
        ("too late to turn back", []),
        ("the candle went out when she came", []),  # its order is the sentence's matter
        ("", []),
    ],
)
def test_a_part_of_a_sentence_keeps_its_order(part: str, wordings: list[str]) -> None:
    assert rephrase_part(part) == wordings
