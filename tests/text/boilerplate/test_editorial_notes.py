"""Notes, captions and imprints go; what a writer puts in brackets stays."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.editorial_notes import cut_editorial_notes

PROSE = "The lamp burned low that night, and nobody would speak of it until the morning."


@pytest.mark.parametrize(
    "noise",
    [
        "[Illustration]",
        "[Illustration: The lamp,\n\nas it burned [in winter]]",
        "[Footnote 1: See the Appendix.]",
        "[Sidenote: A lamp]",
        "[Transcriber's Note: spelling kept.]",
        "[Pg 12]",
    ],
)
def test_bracketed_apparatus_goes(noise: str) -> None:
    assert cut_editorial_notes(f"{PROSE}\n\n{noise}\n\n{PROSE}").split() == (PROSE + " " + PROSE).split()


@pytest.mark.parametrize(
    "text",
    [
        "He wrote [sic] of it.",
        "[_Exit the King._]",
        "[He] went.",
        "A word[s] in part.",
        "An [Illustration that is never closed.",
        "1. He came.\n\n2. He saw.",
        "Notes\n\nThe notes rose from the piano.",
    ],
)
def test_a_writers_brackets_and_lists_stay(text: str) -> None:
    assert cut_editorial_notes(text) == text


@pytest.mark.parametrize("mark", ["[1]", "[12]", "[A]", "[*]", "{3}", " [4]"])
def test_note_marks_go(mark: str) -> None:
    assert cut_editorial_notes(f"He spoke{mark}, and left.") == "He spoke, and left."


def test_notes_at_a_chapters_end_go() -> None:
    text = f"{PROSE}\n\nFOOTNOTES:\n\n[1] A note.\n\n    It goes on.\n\n[2] Another.\n\nCHAPTER II\n\n{PROSE}"
    assert cut_editorial_notes(text).split() == f"{PROSE} CHAPTER II {PROSE}".split()


def test_a_transcribers_note_before_the_book_goes_up_to_a_gap() -> None:
    text = f"Transcriber's Notes\n\nSpelling was kept.\n\nSo were errors.\n\n\n\nTHE LAMP\n\n{PROSE}" + "\n\nMore." * 20
    assert cut_editorial_notes(text).split()[:2] == ["THE", "LAMP"]


def test_a_transcribers_note_behind_the_book_goes_to_the_end() -> None:
    body = f"{PROSE}\n\n" * 10
    assert (
        cut_editorial_notes(body + "TRANSCRIBER'S NOTE:\n\nSpelling was kept.\n\n\n\nMore of it.").split()
        == body.split()
    )


def test_the_page_of_rights_before_a_short_text_goes() -> None:
    tale = "\n\n".join(["We went down before the light.", "He held the copyright of it.", "Nobody spoke."] * 3)
    rights = (
        "Copyright \u00a9 2020 by Anna Smith\n\nAll rights reserved. No part of this publication may be reproduced.\n\n"
        "This is a work of fiction. Names, characters, places, and incidents either are the product of the"
        " author\u2019s imagination or are used fictitiously.\n\nISBN 978-0-123456-47-2\n\n"
        "First edition: January 2020\n\n"
    )
    assert cut_editorial_notes(rights + tale).strip() == tale
    assert cut_editorial_notes(tale) == tale


def test_an_imprint_goes_at_both_ends_and_nowhere_else() -> None:
    imprint = "First published in 1922 by Lamp & Co., London"
    middle = f"{PROSE}\n\n" * 200
    cut = cut_editorial_notes(
        f"THE LAMP\n\n{imprint}\n\n{middle}{imprint}\n\n{middle}Copyright © 1922. All rights reserved."
    )
    assert cut.count("published") == 1
    assert "Copyright" not in cut
