"""Subtitles are what is spoken, chat logs what was written; a play and a diary stay as they are."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.transcripts import cut_transcripts

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>The lamp had gone</i>
out again.

2
00:00:04,000 --> 00:00:05,000
[DOOR CREAKS]

3
00:00:06,000 --> 00:00:08,000
{\\an8}- Who is
{\\an8}there?

4
00:00:09,000 --> 00:00:10,000
1984
"""
VTT = """WEBVTT - A walk

NOTE made by hand

1
00:01.000 --> 00:03.000 align:start
<v Anna>The lamp had gone</v>

00:04.000 --> 00:05.000
out again.

00:06.000 --> 00:07.000
Nobody spoke.
"""


def test_subtitles_are_what_is_spoken() -> None:
    assert cut_transcripts(SRT) == "The lamp had gone out again.\n\nWho is there?\n\n1984"
    assert cut_transcripts(VTT) == "The lamp had gone out again.\n\nNobody spoke."


WHATSAPP = """12/03/2024, 21:14 - Messages and calls are end-to-end encrypted. No one outside of it can read them.
12/03/2024, 21:14 - Anna Grey: It rained all day.
12/03/2024, 21:15 - Ben: Here too.
And it is cold.
12/03/2024, 21:16 - Ben: <Media omitted>
12/03/2024, 21:17 - Anna Grey: Come home.
12/03/2024, 21:18 - Ben: Tomorrow.
12/03/2024, 21:19 - Anna Grey: Good. <This message was edited>
"""
APPLE = "".join(f"[12.03.24, 21:14:{n:02}] Anna: It rained on day {n}.\n" for n in range(6))
IRC = """21:14 -!- anna [a@example.org] has joined #walk
21:14 <@anna> it rained all day
21:15 <ben> here too
21:15 <ben> and it is cold
21:16 < anna> come home
21:17 <ben> tomorrow
21:18 <anna> good
"""
DISCORD = """==============================================================
Guild: Walks
Channel: rain
==============================================================

[03/12/2024 9:14 PM] anna
It rained all day.

[03/12/2024 9:15 PM] ben
Here too.
And it is cold.

[03/12/2024 9:16 PM] anna
{Attachments}
https://example.org/a.png

[03/12/2024 9:17 PM] anna
Come home.

[03/12/2024 9:18 PM] ben (pinned)
Tomorrow.

[03/12/2024 9:19 PM] anna
Good.
"""


def test_chats_are_what_was_written() -> None:
    said = ["It rained all day.", "Here too.\nAnd it is cold.", "Come home.", "Tomorrow.", "Good."]
    assert cut_transcripts(WHATSAPP).split("\n\n") == said
    assert cut_transcripts(DISCORD).split("\n\n") == said
    assert cut_transcripts(APPLE) == "\n\n".join(f"It rained on day {n}." for n in range(6))
    assert cut_transcripts(IRC).split("\n\n") == [
        "it rained all day",
        "here too",
        "and it is cold",
        "come home",
        "tomorrow",
        "good",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ANNA: What was that?\n\nBEN: The lamp.\n\nANNA: It cannot be.\n" * 5,
        "3 May. 8:35 P. M.\u2014Left Munich at 8:35.\n\n" * 10,
        "12/03/2024\nIt rained.\n\n13/03/2024\nIt rained: all day.\n" * 5,
        "At 21:14 Anna came. 21:15: she left.\n" * 10,
        "He looked --> there, at 10:15.\n1\n2\n" * 5,
        "[12:14] He wrote this down.\n" * 2,
    ],
    ids=["play", "diary", "dates", "times", "arrow", "two"],
)
def test_prose_stays(text: str) -> None:
    assert cut_transcripts(text) == text


def test_hostile_lines_take_no_time() -> None:
    for line in ("00:00:01,000 --> ", "[12/03/2024, 21:14] a", "<", "{\\", "1\n", "12:00 <a> b\n"):
        cut_transcripts(SRT + line * 20_000)
        cut_transcripts(WHATSAPP + line * 20_000)


def test_a_chat_with_seconds_is_no_song() -> None:
    chat = "".join(f"[10:00:{at}] <anna> She came down, number {at}.\n" for at in range(10, 16))
    assert cut_transcripts(chat).split("\n\n") == [f"She came down, number {at}." for at in range(10, 16)]


def test_messages_copied_from_discord_are_their_words() -> None:
    chat = "".join(f"Anna — Today at 10:{at} AM\nShe came down, number {at}.\n" for at in range(10, 16))
    assert cut_transcripts(chat).split("\n\n") == [f"She came down, number {at}." for at in range(10, 16)]
    told = "Anna — Today at 10:10 AM\nHe said so.\n"
    assert cut_transcripts(told) == told
