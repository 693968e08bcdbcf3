"""Pages that a library puts around a work go; a tale that speaks of books keeps its pages."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.downloads import cut_downloads

IMPRINT = (
    "Imprint\n\nThis ebook is the product of many hours of hard work by volunteers for Standard Ebooks.\n\n"
    "This particular ebook is based on a transcription from Project Gutenberg.\n\n"
    "The source text and artwork in this ebook are believed to be in the United States public domain.\n\n"
    "Standard Ebooks is a volunteer-driven project that produces ebook editions of public domain literature.\n\n"
)
COLOPHON = (
    "\n\nColophon\n\nThe Return\nwas published in 1910 by\nWalter de la Mare.\n\n"
    "This ebook was produced for\nStandard Ebooks\nby\nA Volunteer,\nand is based on a transcription produced in 2001"
    " by\nOthers\nfor\nProject Gutenberg.\n\nThe cover page is adapted from\nSunset,\na painting.\n\n"
    "The cover and title pages feature the\nLeague Spartan\nand\nSorts Mill Goudy\ntypefaces.\n\n"
    "You can check for updates to this ebook at\nstandardebooks.org.\n\nUncopyright\n\n"
    "May you do good and not evil.\n\nCopyright pages exist to tell you that you can\u2019t do something."
)
TALE = "It rained all day.\n\nThe house was published in 1910 by nobody, he said.\n\nNobody came."
ARCHIVE = (
    "Preface\n\nThe Lamp\n\nPosted originally on the Archive of Our Own at http://archiveofourown.org/works/1.\n\n"
    "Rating:\n\nGeneral Audiences\n\nArchive Warning:\n\nNo Archive Warnings Apply\n\nFandom:\n\nThe Moor\n\n"
    "Additional Tags:\n\nRain, Fog\n\nStats:\n\nPublished: 2019-01-01\nWords: 1,234\nChapters: 1/1\n\n"
    "The Lamp\n\nby anna\n\nSummary\n\nA lamp goes out.\n\nNotes\n\nThanks to Ben.\n\n"
    "See the end of the work for notes\n\n"
)
AFTERWORD = (
    "\n\nAfterword\n\nEnd Notes\n\nIt is done.\n\nPlease drop by the Archive and comment to let the creator know!"
)


def blocks(text: str) -> list[str]:
    return [block for block in text.split("\n\n") if block.strip()]


def test_standard_pages_go() -> None:
    assert blocks(cut_downloads(IMPRINT + TALE + COLOPHON)) == blocks(TALE)


def test_a_page_alone_is_nothing() -> None:
    assert blocks(cut_downloads(IMPRINT)) == blocks(cut_downloads(COLOPHON)) == []


def test_an_archive_work_is_its_tale() -> None:
    assert blocks(cut_downloads(ARCHIVE + TALE + AFTERWORD)) == ["The Lamp", "The Lamp", "by anna", *blocks(TALE)]


def test_a_short_archive_work_is_not_taken_for_its_notes() -> None:
    head, _, _ = ARCHIVE.partition("See the end")
    work = f"{head}{TALE}\n\nEnd Notes\n\nThanks.{AFTERWORD}"
    assert blocks(cut_downloads(work))[: 3 + len(blocks(TALE))] == ["The Lamp", "The Lamp", "by anna", *blocks(TALE)]


LIBRARIES = [
    (
        "* A Distributed Proofreaders Canada eBook *\n\nThis eBook is made available at no cost and with very few\n"
        "restrictions.\n\nThis work is in the Canadian public domain.\n\n_Title:_ The Lamp\n\n_Author:_ A. B.\n\n"
        "_Date first posted:_ January 1, 2020\n\nFaded Page eBook #20200101\n\nThis eBook was produced by: C. & the\n"
        "online Distributed Proofreaders Canada team\n\n",
        "\n\n[The end of _The Lamp_ by A. B.]\n",
    ),
    (
        "Project Gutenberg Australia\na treasure-trove of literature\n\nTitle: The Lamp\n* A Project Gutenberg of"
        " Australia eBook *\neBook No.: 0600031.txt\n\nThis eBook is made available at no cost.\n\n"
        "To contact Project Gutenberg of Australia go to http://gutenberg.net.au\n\n------------------\n\n",
        "\n\nThis site is full of FREE ebooks - Project Gutenberg Australia\n",
    ),
]


@pytest.mark.parametrize(("above", "below"), LIBRARIES, ids=["Faded Page", "Australia"])
def test_what_other_libraries_print_around_a_book_goes(above: str, below: str) -> None:
    assert blocks(cut_downloads(above + TALE + below)) == blocks(TALE)
    for text in (f"{TALE}\n\nShe found a faded page.", f"Faded, page after page.\n\n{TALE}"):
        assert cut_downloads(text) == text


def test_a_work_without_notes_keeps_its_first_page() -> None:
    bare = ARCHIVE.split("Summary")[0]
    assert blocks(cut_downloads(bare + TALE)) == ["The Lamp", "The Lamp", "by anna", *blocks(TALE)]


@pytest.mark.parametrize(
    "text",
    [
        TALE,
        "Summary\n\nHe summed it up.\n\nAfterword\n\nIt was over.",
        "May you do good and not evil, she said.\n\nColophon\n\nA word.",
        "She posted it on the Archive of Our Own and waited.\n\nNotes\n\nNobody came.",
        "Rating: high\n\nChapters: 1/1",
    ],
)
def test_prose_stays(text: str) -> None:
    assert cut_downloads(text) == text


def test_hostile_pages_take_no_time() -> None:
    for block in ("Rating:\n\n", "Summary\n\n", "Afterword\n\n", "standard ebooks\n\n", "was published in "):
        cut_downloads(ARCHIVE + block * 20_000)


CARD = "Story: The Boat\nStoryid: 123\nCategory: Books\nGenre: Drama\nAuthor: Somebody\nWords: 5000\nSummary: X.\n\n"


def test_the_card_above_fan_fiction_goes() -> None:
    assert cut_downloads(CARD + TALE) == TALE
    assert cut_downloads("Title: The Boat\nAuthor: Somebody\n\n" + TALE).startswith("Title: The Boat")


def test_where_a_page_was_copied_from_goes() -> None:
    page = f'{TALE}\n\nRetrieved from "https://en.wikisource.org/w/index.php?title=X&oldid=1"\nCategory: Tales\n'
    assert cut_downloads(page).strip() == TALE.strip()
    assert cut_downloads("It was retrieved from the lake. Category: none.") == (
        "It was retrieved from the lake. Category: none."
    )
