"""What libraries, shops and sites print into a text goes; a tale that speaks of the same stays."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.authoring import cut_authoring
from pandemonium.text.boilerplate.cutting import CUTS, cut_and_count
from pandemonium.text.boilerplate.sites import cut_sites

A = "She came down to the water in the morning, and nobody had seen the boat since the storm."
B = "He said nothing about it, and the wind went on all night."


def around(*lines: str) -> str:
    return "\n\n".join((A, *lines, B))


@pytest.mark.parametrize(
    "stamp",
    [
        "Generated for somebody on 2020-01-01 10:00 GMT  /  https://hdl.handle.net/2027/x\n"
        "Public Domain, Google-digitized  /  http://www.hathitrust.org/access_use#pd-google",
        "This content downloaded from 1.2.3.4 on Mon, 1 Jan 2020 10:00:00 UTC\nAll use subject to https://about.jstor.org/terms",
        "Digitized by Google",
        "Digitized by VjOOQ IC",
        'Full text of "The Boat"',
        "Smashwords Edition, License Notes\n\nThis ebook is licensed for your personal enjoyment only.",
        "Transcribed by https://otter.ai",
        "Sent from my iPhone",
        "Sent from Proton Mail mobile",
        "This story has been unlawfully obtained without the author's consent. Report any appearances on Amazon.",
        "A/N: Hi everyone, please review!",
        "AN: please review!",
        "Disclaimer: I don't own anybody in this.",
        "**Author's Note:** thanks to all.",
        "1.2K Reads 30 Votes 5 Part Story\n\n+ 12\n\nVote\n\nContinue reading next part",
        "Chapter Text",
        "Actions\n↑ Top\n← Previous Chapter\nKudos ♥\nBookmark",
        "This is a digital copy of a book that was preserved for generations on library shelves before it was scanned.",
    ],
)
def test_what_is_printed_into_a_text_goes(stamp: str) -> None:
    assert cut_sites(around(stamp)).split() == around().split()


@pytest.mark.parametrize(
    "prose",
    [
        "The map was stolen on the Amazon, said the author of the book about the river, and no one believed her, "
        "since the narrative that she told of it went on for as long as the river is, and had as many arms; by the "
        "time that she came to the end of it the lamps were out, and half of those who had come to hear her slept.",
        "It was digitized by a machine that nobody understood.",
        "A note: he never came.",
        "An\u2014an apple, she said.",
        "An: he never said who.",
        "+ 12",
        "Vote",
        "Bookmark",
        "She sent from the city what she could.",
    ],
)
def test_prose_stays(prose: str) -> None:
    assert cut_sites(around(prose)) == around(prose)


def test_what_a_reading_device_writes_above_a_passage_goes() -> None:
    head = "The Boat (Anna Author)\n- Your Highlight on page {} | Added on Monday, January 1, 2020\n\n"
    clippings = f"{head.format(1)}{A}\n==========\n{head.format(2)}{B}\n==========\n"
    assert cut_sites(clippings).split() == around().split()


def test_remarks_behind_a_text_go_with_the_letters_that_lead_to_them() -> None:
    text = around().replace("storm.", "storm.[a]")
    assert cut_sites(f"{text}\n\n[a]Is that so?\n[b]I think not.\n").split() == around().split()
    assert cut_sites(text) == text


@pytest.mark.parametrize(
    "source",
    [
        f"%%~name: x\n%%~kind: NOVEL/DOCUMENT\n@pov: x\n\n% a comment\n%Synopsis: x\n\n{A}\n\n{B}",
        f"\tDate:\tJanuary 1, 2020\n\tWeather:\tfine\n\n{A}\n\n{B}",
        f":Author: x\n:toc: left\n\n.. image:: x.png\n   :alt: y\n\n.. _place:\n\n{A}\n\n{B}",
        f'[quote="x"]y z[/quote]\n\n{A.replace("boat", "[i]boat[/i]")}\n\n[url=http://x.org]{B}[/url] [url]y.org[/url]',
        f':: StoryTitle\nx\n\n:: StoryData\n{{"ifid": "x"}}\n\n:: Start [tag]\n{A}\n\n:: Two {{"at": "1,2"}}\n{B}',
    ],
)
def test_signs_of_authors_markups_go(source: str) -> None:
    assert cut_authoring(source).split() == around().split()


@pytest.mark.parametrize(
    ("marked", "prose"),
    [
        ("He {--ran--}{++walked++} {~~down~>up~~} the {==long==}{>>why?<<} road.", "He walked up the long road."),
        ("{>>A remark.\n\nOf two paragraphs.<<}He went.", "He went."),
        ("{++He went.\n\nShe came.++}", "He went.\n\nShe came."),
    ],
)
def test_what_readers_of_a_draft_marked_is_settled(marked: str, prose: str) -> None:
    assert cut_authoring(around(marked)) == around(prose)


def test_calls_to_subscribe_go() -> None:
    calls = (
        "Thanks for reading The Boat! Subscribe for free to receive new posts and support my work.\n\nSubscribe now\n\n"
        "Share\n\nThe Boat is a reader-supported publication. To receive new posts and support my work, consider"
        " becoming a free or paid subscriber."
    )
    assert cut_sites(around(calls)).split() == around().split()


@pytest.mark.parametrize("prose", [":smile: she wrote.", ".. and then he went.", "He [b] and she [c].", "100 % of it"])
def test_prose_that_looks_like_a_markup_stays(prose: str) -> None:
    assert cut_authoring(around(prose)) == around(prose)


def test_the_lines_of_a_song_lose_their_times() -> None:
    song = "[ti:The Boat]\n" + "".join(f"[00:1{number}.50]{A}\n" for number in range(4))
    assert cut_and_count(song)[0].split() == (A + " ").split() * 4


def test_news_lose_their_headers() -> None:
    head = "Path: a!b\nFrom: anna@example.org (Anna)\nNewsgroups: rec.arts\nSubject: boats\nLines: 20\n"
    quoted = "In article <1@example.org>, Ben <ben@example.org> writes:\n> Is it?\n\n"
    assert cut_and_count(f"{head}\n{quoted}{around()}")[0].split() == around().split()


@pytest.mark.parametrize("cut", [each.function for each in CUTS if each.function in (cut_sites, cut_authoring)])
@pytest.mark.parametrize(
    "unit", ["[quote]", "[a]", "..  ", ":toc:", "A/N:", "[/b][url=", "Generated for ", ":: x", "==========\n"]
)
def test_what_repeats_costs_what_it_is_long(cut, unit: str) -> None:  # type: ignore[no-untyped-def]
    text = unit * (200_000 // len(unit))
    assert len(cut(text)) <= len(text)
