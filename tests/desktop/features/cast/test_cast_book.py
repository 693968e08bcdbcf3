"""What the writer decides about names: nothing is lost, no two are called the same, and every mention has an owner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.features.cast.cast_book import LONGEST_NAME, NO_PRONOUN, CastBook, CastMember, clean_name
from pandemonium.text.naming import draft_names

DRAFT = draft_names(
    "Then Randolph Carter went to Arkham, in Arkham. He had lost his lamp.\n"
    "I saw Carter and Marta, and Marta saw Carter. She laughed, and she wept.\n"
    "They saw Joe and the Silver Key."
)


def book() -> CastBook:
    made = CastBook()
    made.take(DRAFT)
    return made


def of(cast: CastBook, name: str) -> CastMember:
    member = cast.member(name)
    assert member is not None
    return member


def test_the_draft_fills_it() -> None:
    members = book().members
    assert [(each.name, each.kind, each.count) for each in members] == [
        ("Randolph Carter", "person", 3),
        ("Marta", "person", 2),
        ("Joe", "person", 1),
        ("Arkham", "place", 2),
        ("Silver Key", "thing", 1),
    ]
    assert members[0].called == "Carter"


def test_a_name_is_meant_that_comes_again_and_again_or_of_which_she_has_said_something() -> None:
    cast = book()
    assert cast.meant_words == {"Randolph", "Carter"}
    cast.pin("Joe", True)
    assert cast.meant_words == {"Randolph", "Carter", "Joe"}
    cast.hide("Joe", True)
    assert "Joe" not in cast.meant_words, "it is no name"


def test_who_is_pinned_has_no_namesake_for_it_once_the_draft_tells_them_apart() -> None:
    cast = CastBook()
    cast.take(draft_names("Then Prue Ramsay laughed, and Prue rose. Here Ramsay knew, and Ramsay left."))
    assert set(of(cast, "Prue Ramsay").forms) == {"Prue Ramsay", "Prue", "Ramsay"}
    cast.pin("Prue Ramsay", True)
    more = "So Mr. Ramsay sat by Mrs. Ramsay. Then Prue Ramsay laughed, and she rose. Here Prue left, and she wept.\n"
    cast.take(draft_names(4 * more + "Here Ramsay knew."))
    assert set(of(cast, "Prue Ramsay").forms) == {"Prue Ramsay", "Prue"}
    assert of(cast, "Prue Ramsay").pinned
    assert set(of(cast, "Mr. Ramsay").forms) == {"Mr. Ramsay", "Ramsay"}
    assert not of(cast, "Mr. Ramsay").pinned


def test_what_is_decided_comes_before_what_the_draft_says() -> None:
    cast = book()
    cast.set_kind("Marta", "thing")
    cast.set_pronoun("Marta", "it")
    cast.set_pronoun("Randolph Carter", NO_PRONOUN)
    assert cast.rename("Joe", "Joseph") == "Joseph"
    cast.take(DRAFT)
    assert [getattr(of(cast, "Marta"), each) for each in ("kind", "pronoun", "count")] == ["thing", "it", 2]
    assert of(cast, "Randolph Carter").pronoun == ""
    joseph = cast.member("Joseph")
    assert joseph is not None
    assert (joseph.forms, joseph.called, joseph.count) == (("Joe",), "Joe", 1)


def test_two_names_become_one_and_two_again() -> None:
    cast = book()
    cast.set_note("Joe", "Her brother.")
    cast.set_note("Marta", "A nurse.")
    assert cast.merge("Joe", "Marta") == "Marta"
    marta = cast.member("Marta")
    assert marta is not None
    assert (marta.count, marta.note) == (3, "A nurse.\nHer brother.")
    assert cast.member("Joe") is None
    assert cast.can_separate("Marta")
    cast.separate("Marta")
    assert not cast.can_separate("Marta")
    assert [of(cast, name).count for name in ("Marta", "Joe")] == [2, 1]
    assert of(cast, "Marta").note == "A nurse.\nHer brother."


def test_a_name_that_another_has_makes_them_one() -> None:
    cast = book()
    assert cast.rename("Joe", "Marta") == "Marta"
    assert cast.member("Joe") is None
    assert of(cast, "Marta").count == 3


def test_the_scene_comes_first_and_what_is_hidden_last() -> None:
    cast = book()
    cast.pin("Arkham", True)
    cast.hide("Joe", True)
    assert cast.members[0].name == "Arkham"
    assert cast.members[-1].name == "Joe"
    assert [each.name for each in cast.pinned] == ["Arkham"]
    cast.hide("Arkham", True)
    assert cast.pinned == []
    cast.hide("Joe", False)
    assert not any(each.hidden for each in cast.members if each.name == "Joe")


def test_whoever_the_draft_does_not_name_can_be_added_and_is_found_later() -> None:
    cast = book()
    assert cast.add("  Ada\nLovelace ") == "Ada Lovelace"
    assert cast.add("\x00") == ""
    cast.pin("Ada Lovelace", True)
    assert of(cast, "Ada Lovelace").count == 0
    cast.take([*DRAFT, *draft_names("We met Ada Lovelace.")])
    assert of(cast, "Ada Lovelace").count == 1


def test_what_says_nothing_more_is_not_kept() -> None:
    cast = book()
    cast.pin("Marta", True)
    assert len(cast.entries) == 1
    cast.pin("Marta", False)
    assert cast.entries == []
    cast.pin("Nobody", True)
    assert cast.entries == []


NAMES = st.sampled_from(["Randolph Carter", "Marta", "Joe", "Arkham", "Silver Key", "Zoe", "Carter", ""])
ACTS = st.one_of(
    st.tuples(st.just("rename"), NAMES, NAMES | st.text(max_size=4)),
    st.tuples(st.just("merge"), NAMES, NAMES),
    st.tuples(st.just("pin"), NAMES, st.booleans()),
    st.tuples(st.just("hide"), NAMES, st.booleans()),
    st.tuples(st.just("set_kind"), NAMES, st.sampled_from(["person", "place", "thing", "god"])),
    st.tuples(st.just("set_pronoun"), NAMES, st.sampled_from(["she", "none", "xe"])),
    st.tuples(st.just("add"), NAMES | st.text(max_size=4)),
    st.tuples(st.just("separate"), NAMES),
    st.tuples(st.just("take"), st.sampled_from([DRAFT, DRAFT[:2], ()])),
    st.tuples(st.just("clear_scene")),
)


@given(st.lists(ACTS, max_size=25))
def test_whatever_is_decided_no_name_and_no_note_is_lost(acts: list[tuple[object, ...]]) -> None:
    cast = book()
    cast.set_note("Marta", "A nurse.")
    found = DRAFT
    for name, *values in acts:
        getattr(cast, str(name))(*values)
        if name == "take":
            found = values[0]  # type: ignore[assignment]
        names = [each.name for each in cast.members]
        assert len(set(names)) == len(names)
        assert all(names)
        assert sum(each.count for each in cast.members) == sum(each.count for each in found)
        assert sum("A nurse." in each.note for each in cast.members) == 1
        assert {form for each in found for form in each.forms} <= {form for each in cast.members for form in each.forms}
        again = CastBook(cast.entries)
        again.take(found)
        assert again.members == cast.members


@given(st.text())
def test_a_clean_name_is_one_line(text: str) -> None:
    name = clean_name(text)
    assert len(name) <= LONGEST_NAME
    assert name == clean_name(name)
    assert not name or (name.isprintable() and name.strip() == name)
