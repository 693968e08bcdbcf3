"""Who is spoken of: people, no places, no titles; and which tokens gain by them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest, Person
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.name_samplers import NamesKept, NewNameSpelling
from pandemonium.writing.sampling.names import NameSpellings, NameTokens, find_cast, find_scene, stands_behind_title
from pandemonium.writing.sampling.rows import Row, Rows
from pandemonium.writing.sampling.token_table import TokenTable


@pytest.mark.parametrize(
    ("text", "people", "pronoun"),
    [
        ("I went to Arkham with Carter. There was Mrs. Gilman, too.", ("Gilman", "Carter"), ""),
        ("Malone searched a house of Suydam's in Parker Place. He found Hook Station.", ("Suydam",), "he"),
        ("In the vault Birch swore. He had lost his lamp.", ("Birch",), "he"),
        ("Then Marta came. Her phone was dead, and Marta cursed.", ("Marta",), "she"),
        ("Birch came. The door fell. Nobody spoke.", (), ""),
        ("Birch did not hurry. The door fell. Birch came.", ("Birch",), ""),
        ("Night had come. Nobody had slept that night. Night was cold.", (), ""),
        ("There was rain. There was a door. Then was it open. Then it was shut.", (), ""),
        ("I'd come. I'd had enough. Don't do it. Don't.", (), ""),
        ("Martha shut the door. Somebody laughed.", ("Martha",), ""),
        ("Rose light fell, and she had a rose. Rose thorns hurt.", (), "she"),
        ("He looked at Birch\u2019s hand.", ("Birch",), "he"),
        ("On Monday, in Boston, God knows, I saw nobody.", (), ""),
        ("THE END OF IT ALL", (), ""),
        ("", (), ""),
    ],
)
def test_people_are_found(text: str, people: tuple[str, ...], pronoun: str) -> None:
    cast = find_cast(text)
    assert (cast.people, cast.pronoun) == (people, pronoun)


def test_only_the_passage_counts() -> None:
    assert find_cast("And Birch swore. " + "It was cold. " * 60).people == ()
    assert find_cast("And then Birch swore. " + "It was cold. " * 8).recent == frozenset()
    assert find_cast("And then Birch swore.").recent == {"Birch"}


def test_who_is_named_in_a_sentence() -> None:
    cast = find_cast("And then Birch swore, and Davis was gone. " + "It was cold. " * 8 + "He saw Peck.")
    assert cast.people == ("Peck", "Davis", "Birch")
    assert cast.is_named_in(" Nobody saw Birch\u2019s lamp.")
    assert cast.is_named_in(' "Davis."')
    assert not cast.is_named_in(" Peck was gone.")  # just named
    assert not cast.is_named_in(" The birch stood there, and Birchwood, too.")
    assert find_scene("It was cold.", (Person("Jonas Orne", "he"),)).is_named_in(" Then Orne came.")


def test_names_gain_and_begun_ones_are_finished(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    names = NameTokens(tokenizer)
    cast = find_cast("And then Birchwood swore to himself. " + "It was cold. " * 8)
    spelled = tokenizer.encode(" Birchwood")
    assert len(spelled) > 1
    ids, gains = names.raised(cast, tokenizer.encode("and"))
    gained = dict(zip(ids.tolist(), gains.tolist(), strict=True))
    assert gained[spelled[0]] > 0
    assert gained[tokenizer.encode(" she")[0]] < 0
    ids, gains = names.raised(cast, [*tokenizer.encode("and"), spelled[0]])
    assert dict(zip(ids.tolist(), gains.tolist(), strict=True))[spelled[1]] == 2


@pytest.mark.parametrize("before", ["And then", "\n\n"])
def test_a_whole_name_is_no_part_of_another_word(bundled_voice: Voice, before: str) -> None:
    tokenizer = bundled_voice.tokenizer
    cast = find_cast("And then Birch swore. " + "It was cold. " * 8)
    history = tokenizer.encode(f"{before} Birch" if before.strip() else f"{before}Birch")
    ids, gains = NameTokens(tokenizer).raised(cast, history)
    assert dict(zip(ids.tolist(), gains.tolist(), strict=True))[tokenizer.encode("-")[0]] < 0


def test_a_name_may_stand_where_a_sentence_would_begin_with_its_pronoun(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    names = NameTokens(tokenizer)
    cold = "He said that it was cold. " * 4
    he, birch = tokenizer.encode(" He")[0], tokenizer.encode(" Birch")[0]
    ids, pronouns = names.for_pronoun(find_cast(f"And then Birch swore. {cold}"), tokenizer.encode("cold."))
    assert dict(zip(ids.tolist(), pronouns.tolist(), strict=True))[birch] == he
    for text in (
        f"Nobody swore. {cold}",  # nobody is named
        f"And then Birch swore. {cold} She swore.",  # nobody knows whose pronoun is whose
        f"{cold} And then Birch swore.",  # he was just named
    ):
        assert not len(names.for_pronoun(find_cast(text), tokenizer.encode("cold."))[0]), text
    assert not len(names.for_pronoun(find_cast(f"And then Birch swore. {cold}"), [birch, he])[0])


def test_a_name_is_as_likely_as_its_pronoun() -> None:
    pairs = np.array([1, 2]), np.array([3, 4])
    rows = Rows([Row(for_pronoun=pairs), Row(for_pronoun=pairs, spelled=True), Row()])
    network = np.array([[0.0, 1.0, 5.0, 2.0, 3.0]] * 3, dtype=np.float32)
    assert NamesKept(1.0)(network.copy(), rows)[:, 1:3].tolist() == [[2, 5], [1, 5], [1, 5]]
    assert (NamesKept(0.0)(network.copy(), rows) == network).all()


def test_a_name_that_was_begun_is_spelled_as_the_text_has_it(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    table = TokenTable(tokenizer)
    miriam = tokenizer.encode(" Miriam")
    mirah = tokenizer.encode(" Mirah")
    assert miriam[:2] == mirah[:2]
    spellings = NameSpellings(tokenizer.encode("Nobody knew Miriam, or Hale."), table, NameTokens(tokenizer).letters)
    strange = spellings.strange("Mir")
    assert miriam[2] not in strange
    assert mirah[2] in strange
    ends = [tokenizer.encode(each)[0] for each in ("'s", ".", " went")]  # "Mir" is nobody
    assert np.isin(ends, strange).all()
    whole = spellings.strange("Hale")
    assert mirah[2] in whole
    assert not np.isin(ends, whole).any()
    for other in ("Kerr", "house", ""):
        assert not len(spellings.strange(other))
    given = [Row(in_word=True, strange_spellings=strange, name_letters=letters) for letters in (2, 5, 30)]
    logits = NewNameSpelling(1.0)(np.zeros((4, tokenizer.size), dtype=np.float32), Rows([*given, Row(in_word=True)]))
    assert logits[:, mirah[2]].tolist() == [-3, -9, -21, 0]  # the more letters stand, the less easily
    assert np.count_nonzero(logits) == 3 * len(strange)


@pytest.mark.long
@pytest.mark.parametrize("begun", ["Then Wul", "Then Wulf", "Then Wulfgr", "Wulf"])
def test_a_name_that_she_has_begun_is_the_texts(lovecraft: Continuer, begun: str) -> None:
    before = (
        "Wulfgrim came down to the harbour before it was light. Nobody but Maerwen was there, and she did not speak to "
        "Wulfgrim until the boat had been pushed off.\n\n"
    )
    for seed in range(1, 5):
        request = ContinueRequest(1, 0, before + begun, "", WritingSettings(words=4, seed=seed, candidates=1))
        text = "".join(chunk.text for chunk in lovecraft.write(request))
        assert re.match(r"(Then )?Wulfgrim(?![^\W\d_])", begun + text), text


def test_behind_a_title_nobody_new_is_expected(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    table = TokenTable(tokenizer)
    letters = NameTokens(tokenizer).letters

    def strange(text: str) -> list[bool]:
        found = NameSpellings([tokenizer.separator, *tokenizer.encode(text)], table, letters).strange_behind_title()
        return [tokenizer.encode(name)[0] in found for name in (" Hale", " Grey", " Orne")]

    assert strange("He rode to Grey, and Mr. Hale with Jonas Orne behind him.") == [False, True, False]
    assert strange("Then Grey lay before Hale.") == [False, False, False]  # no name has a title or another before it


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("said Mr.", True),
        ("Mrs. ", True),
        ("old Miss", True),
        ("Captain ", True),
        ("amiss", False),
        ("St Mrs. X", False),
    ],
)
def test_what_asks_for_a_name(text: str, asks: bool) -> None:
    assert stands_behind_title(text) == asks


def test_a_name_that_was_just_written_gains_nothing(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    cast = find_cast("And then Birchwood swore to himself. " + "It was cold. " * 8)
    name = tokenizer.encode(" Birchwood")
    ids, gains = NameTokens(tokenizer).raised(cast, [*name, *tokenizer.encode(" and the old man")])
    assert dict(zip(ids.tolist(), gains.tolist(), strict=True))[name[0]] == 0


@pytest.mark.long
def test_no_name_is_strung_together(bundled_voice: Voice) -> None:
    """In a long sentence the passage's people came again and again, and names that the voice had made up with them."""
    opening = (
        "In a dream Kuranes saw the city in the valley, and the seacoast beyond, and the snowy peak overlooking the "
        "sea, and the gaily painted galleys that sail out of the harbour toward distant regions where the sea meets "
        "the sky."
    )
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    for seed in (1, 2, 3):
        writing = continuer.write(ContinueRequest(1, 0, opening, settings=WritingSettings(words=60, seed=seed)))
        text = "".join(piece.text for piece in writing)
        assert text.count("Kuranes") <= 6, text


SCENE = (Person("Birchwood", "he", ("George Birchwood",)),)
BEFORE = "And then Birchwood swore to himself. " + "It was cold. " * 8


def test_a_scene_raises_its_own_people_and_nobody_else() -> None:
    cast = find_scene(f"Then Marta came with Birch. {BEFORE}", SCENE)
    assert (cast.people, cast.pinned, cast.recent) == (("Birchwood",), {"Birchwood"}, frozenset())
    assert cast.pronoun == ""  # Marta is spoken of, too
    assert find_scene(BEFORE, SCENE).pronoun == "he"
    assert find_scene("And then George Birchwood swore.", SCENE).recent == {"Birchwood"}
    two = (*SCENE, Person("Marta", "she"))
    assert find_scene(f"{BEFORE} And Marta spoke.", two).pronoun == ""
    assert find_scene("", (Person("Marta"),)).pronoun == ""


def test_places_and_things_are_nobody_beside_a_scene() -> None:
    she = (Person("Agnes", "she"),)
    alone = "Agnes had lived at Number Fourteen. She hated it, and the Skerry, and Saltmere in Saltmere."
    assert find_scene(alone, she).pronoun == "she"
    assert find_scene(f"{alone} Then Hale came.", she).pronoun == ""


def test_a_sentence_does_not_begin_with_another_pronoun_than_the_scenes(bundled_voice: Voice) -> None:
    names = NameTokens(bundled_voice.tokenizer)
    ids, gains = names.raised(find_scene("Agnes came in. She sat.", (Person("Agnes", "she"),)), [])
    loses = {int(token) for token, gain in zip(ids, gains, strict=True) if gain < 0}
    encode = bundled_voice.tokenizer.encode
    assert {encode(" he")[0], encode(" He")[0], encode("He")[0], encode(" His")[0]} <= loses
    assert encode(" She")[0] not in loses


def test_of_a_scene_nobody_gains_where_one_was_just_named(bundled_voice: Voice) -> None:
    """Two of a scene called each other up: "Kuranes and Marta were bent on Kuranes"."""
    tokenizer = bundled_voice.tokenizer
    scene = find_scene(BEFORE, (*SCENE, Person("Marta", "she")))
    names = NameTokens(tokenizer)
    ids, gains = names.raised(scene, tokenizer.encode("and"))
    assert (gains > 0).all()
    assert len(ids) == 2
    ids, gains = names.raised(scene, [*tokenizer.encode(" Marta"), *tokenizer.encode(" and the old man")])
    assert (gains <= 0).all()


def written(voice: Voice, request: ContinueRequest) -> str:
    return "".join(piece.text for piece in Continuer(voice, CpuRuntime(voice, 1)).write(request))


@pytest.mark.long
def test_where_nobody_is_pinned_the_prose_is_the_same_letter_for_letter(bundled_voice: Voice) -> None:
    request = ContinueRequest(1, 0, BEFORE, settings=WritingSettings(words=30, seed=3, candidates=2, names=5.0))
    text = written(bundled_voice, request)
    assert written(bundled_voice, replace(request, known=("Zadok", "Marta"))) == text
    assert written(bundled_voice, replace(request, cast=(Person("Marta", "she"),))) != text


def test_whoever_is_pinned_is_no_stranger_and_strangers_are_held_back_harder(bundled_voice: Voice) -> None:
    request = ContinueRequest(1, 0, "It was cold that night, and the sea", cast=SCENE, known=("Zadok",))
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    around = continuer._request_context(request, continuer._prepare(request)[0])
    for name in ("Birchwood", "George", "Zadok"):
        assert bundled_voice.tokenizer.encode(f" {name}")[0] not in around.strangers
    assert continuer._scene_settings(request).newcomers == 2 * request.settings.newcomers
    alone = replace(request, cast=())
    strangers = continuer._request_context(alone, continuer._prepare(alone)[0]).strangers
    assert all(bundled_voice.tokenizer.encode(f" {name}")[0] in strangers for name in ("George", "Zadok"))
    assert continuer._scene_settings(alone) == request.settings


def test_whoever_was_named_a_chapter_ago_is_no_stranger(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    pages = 200 * "Nobody came up the hill that night, and the lamp burned low.\n\n"
    request = ContinueRequest(1, 0, f"I asked for Philip there.\n\n{pages}The sea was dark.")
    context, _ = continuer._prepare(request)
    around = continuer._request_context(request, context)
    philip, robert = (tokenizer.encode(f" {name}")[0] for name in ("Philip", "Robert"))
    assert philip not in context.tokens
    assert philip not in around.strangers
    assert robert in around.strangers
    assert around.spellings is not None
    assert len(around.spellings.strange("Phil")) > 0


def test_a_sentence_begins_with_any_word_and_seldom_with_a_stranger(bundled_voice: Voice) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    the, robert = (bundled_voice.tokenizer.encode(word)[0] for word in (" The", " Robert"))
    held_back = []
    for before in ("The sea was dark.", "The sea was dark and"):
        request = ContinueRequest(1, 0, before)
        sequence = continuer.begin(request, continuer._prepare(request)[0], 1)
        held_back.append([each in sequence._strangers(before) for each in (the, robert)])
    assert held_back == [[False, True], [True, True]]


def test_a_whole_name_of_the_scene_does_not_become_another(bundled_voice: Voice) -> None:
    """Hale was pinned, and Halem spoke."""
    tokenizer = bundled_voice.tokenizer
    scene = find_scene(BEFORE, SCENE)
    written_name = [*tokenizer.encode("and"), *tokenizer.encode(" Birchwood")]
    ids, gains = NameTokens(tokenizer).raised(scene, written_name)
    moved = dict(zip(ids.tolist(), gains.tolist(), strict=True))
    assert moved[tokenizer.encode("s")[0]] < -2
    assert all(moved.get(tokenizer.encode(sign)[0], 0) > -2 for sign in ("'s", ",", ".", " and"))
    ids, gains = NameTokens(tokenizer).raised(find_cast(BEFORE), written_name)
    moved = dict(zip(ids.tolist(), gains.tolist(), strict=True))
    assert not any(moved.get(letter) for letter in NameTokens(tokenizer).letters.tolist())
