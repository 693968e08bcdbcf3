"""A sent letter is what its writer wrote; a letter in a tale stays whole."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.mail import cut_mail

HEADER = (
    "From: Anna <a@example.org>\nTo: b@example.org\nSubject: Re: the moor\nDate: Tue, 5 Mar 2024 10:00:00 +0100\n"
    "References: <1@example.org>\n\t<2@example.org>\n"
)


def test_a_letter_is_its_own_words() -> None:
    quoted = "On Mon, Ben wrote:\n> How is it?\n>> And you?\n\n"
    letter = f"{HEADER}\nDear Ben,\n\nIt rained.\n\n{quoted}Anna\n\n-- \nAnna Grey\n"
    assert "\n".join(filter(None, cut_mail(letter).split("\n"))) == "Dear Ben,\nIt rained.\nAnna"


def test_every_letter_of_a_mailbox() -> None:
    letter = f"From a@example.org Tue Mar  5 10:00:00 2024\n{HEADER}\nIt rained.\n\n-- \nAnna\n\n"
    assert cut_mail(letter * 3).split() == ["It", "rained."] * 3


def test_a_forwarded_letter_loses_the_line_above_it() -> None:
    text = f"See below.\n\n---------- Forwarded message ---------\n{HEADER}\nIt rained."
    assert cut_mail(text).split("\n") == ["See below.", "", "", "It rained."]


@pytest.mark.parametrize(
    "between", ["-----Original Message-----\n", "----- Ursprüngliche Nachricht -----\n", "_" * 32 + "\n"]
)
def test_the_letter_that_is_answered_below_ones_own_goes(between: str) -> None:
    text = f"{HEADER}\nIt rained.\n\n{between}{HEADER}\nDid it rain?\n\nNext line.\n\n"
    assert cut_mail(text).split() == ["It", "rained."]
    assert cut_mail(text + text).split() == ["It", "rained."] * 2


@pytest.mark.parametrize(
    "attribution",
    [
        "On 5 March, Ben Grey <b@example.org> wrote:",
        "Am 5. März schrieb Ben:",
        "Le 5 mars, Ben a écrit :",
        "Op maandag schreef Ben:",
    ],
)
def test_a_quotation_that_is_attributed_goes(attribution: str) -> None:
    assert cut_mail(f"It rained.\n\n{attribution}\n\n> How is it?\n") == "It rained.\n\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "From: the master of the house\nTo: his daughter\nDate: the fifth of March\n\nMy dear child, come home.",
        "From: Anna\nTo: Ben\nSubject: the moor\n\nDear Ben, it rained.\n\n-- \nAnna",
        "> A line of verse\n> and another\n\nThe tale begins.",
        "On the wall somebody wrote:\n\nNobody leaves.",
        "To: be or not.\nFrom here on it was dark.",
        "He wrote: a@example.org was his address.\n--\nThe end.",
        "Subject: a@example.org",
    ],
)
def test_prose_stays(text: str) -> None:
    assert cut_mail(text) == text


def test_hostile_lines_take_no_time() -> None:
    for line in ("From: a@b\n", "> ", "on wrote: ", "From " + "a" * 300, "a@" * 30, "-- \n", "To: x\n\t"):
        cut_mail(HEADER + line * 20_000)
