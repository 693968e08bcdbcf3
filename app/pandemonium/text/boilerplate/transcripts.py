"""Cuts the times, numbers and names of subtitles and chat logs, and keeps what was said."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*(?:-->|,)"
    r"[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:[ \t][^\n]{0,100})?$",
    re.MULTILINE,
)
_SUNG = re.compile(r"^[ \t\ufeff]*(?:\[\d{1,3}:\d{2}[.:]\d{2,3}\])+")
_SUNG_ANYWHERE = re.compile(r"\[\d{1,3}:\d{2}[.:]\d{2,3}\]")
_SONG = re.compile(r"^[ \t\ufeff]*\[(?:ti|ar|al|by|au|re|ve|la|offset|length|tool):[^\[\]\n]{0,200}\][ \t]*$")
_NUMBER = re.compile(r"^[ \t\ufeff]*\d{1,6}[ \t]*$")
_VTT = re.compile(r"^[ \t\ufeff]*(?:WEBVTT\b.*|Kind: \w+|Language: [\w-]+|NOTE\b.*|STYLE|REGION)$")
_STYLED = re.compile(r"</?[cibuv](?:[. ][^<>\n]{0,60})?>|<\d[\d:.]{4,15}>|\{\\[^{}\n]{1,40}\}|[\u266a\u266b\u266f]")
_SOUND = re.compile(r"^[ \t-]*(?:\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\))[ \t]*$")
_ENDS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)\]]*$")
_LEAST_CUES = 3
_TAIL = 12  # characters in which a sentence ends

_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_NAME = r"[^\n:<>]{1,40}"
# What opens a message, and where its words begin.
_MESSAGES = (
    re.compile(
        rf"^[\u200e\u202a]?\[{_DATE},?[ ]{_TIME}\][ ](?P<name>{_NAME}):[ ]"
    ),  # WhatsApp on a telephone of Apple's
    re.compile(rf"^[\u200e\u202a]?{_DATE},?[ ]{_TIME}[ ]-[ ](?P<name>{_NAME}):[ ]"),  # WhatsApp elsewhere
    re.compile(rf"^\[?{_TIME}\]?[ ]<[ @+%~&]?(?P<name>[^<>\s]{{1,30}})>[ ]"),  # IRC
    re.compile(rf"^\[{_TIME}\][ ](?P<name>{_NAME}):[ ]"),  # Telegram's and others' copies
    re.compile(rf"^\[(?:{_DATE}|\d{{1,2}}-\w{{3}}-\d{{2,4}})[ ]{_TIME}\][ ](?P<name>{_NAME})$"),  # Discord: words below
    re.compile(
        rf"^(?P<name>{_NAME})[ ]\u2014[ ](?:(?:Today|Yesterday)[ ]at[ ]|{_DATE},?[ ](?:at[ ])?){_TIME}$"
    ),  # and copied from its window
)
# The lines that can open one, and those that say anything.
_MAY_OPEN = re.compile(r"^(?:[\[\u200e\u202a0-9][^\n]*|[^\n]{0,77}[ ]\u2014[ ][^\n]*)", re.MULTILINE)
_WRITTEN = re.compile(r"\S[^\n]*")
_SYSTEM = re.compile(
    rf"^[\u200e\u202a]?\[?(?:{_DATE},?[ ])?{_TIME}\]?[ ](?:-[ ]|-!-|\*{{1,3}}|<?--|-->|=!=)[ ]?[^\n]{{0,300}}$"
    r"|^\*{3}[ ](?:Joins|Parts|Quits|Now talking|Mode|Topic)\b[^\n]{0,300}$"
)
_FRAME = re.compile(
    r"^={10,}$|^(?:Guild|Channel|Topic|After|Before): .{1,200}$|^Exported \d[\d,]* message\(s\)$"
    r"|^\{(?:Attachments|Embed|Reactions|Stickers)\}$"
)
_NO_WORDS = re.compile(
    r"^[\u200e\u202a]?(?:<[^<>\n]{3,40}>|(?:image|video|audio|sticker|GIF|document|Contact card) omitted"
    r"|(?:This|You deleted this) message(?: was deleted)?\.?|Messages and calls are end-to-end encrypted\..{0,200}"
    r"|https?://\S{1,400}|null|\(file attached\)|Missed (?:voice|video) call\.?)$",
    re.IGNORECASE,
)
_EDITED = re.compile(r"[ ]?[\u200e\u202a]?<This message was edited>|[ ]\(edited\)$")
_LEAST_MESSAGES = 5
_LEAST_SHARE = 0.3


def cut_transcripts(text: str) -> str:
    """Gives `text` without a transcript's frame: of subtitles what is spoken, of a chat log what was written.

    It is one only where several lines open as a program writes them, with their times; a play's speakers stay.

    Args:
        text: LF line ends.
    """
    if ":" not in text:
        return text
    lines = text.split("\n")
    if len(_CUE.findall(text)) >= _LEAST_CUES:
        return _spoken(lines)
    if _is_chat(text):
        return _written(lines)
    if _SUNG_ANYWHERE.search(text) and sum(1 for line in lines if _SUNG.match(line)) >= _LEAST_CUES:
        sung = (_SUNG.sub("", line).strip() for line in lines if not _SONG.match(line))
        return "\n".join(sung)
    return text


def _spoken(lines: list[str]) -> str:
    """The words of subtitles; one that a cue's end cuts in two is whole again, and a new sentence is a line."""
    said: list[list[str]] = []
    for index, line in enumerate(lines):
        if _CUE.match(line) or _VTT.match(line) or (_NUMBER.match(line) and _cue_follows(lines, index)):
            continue
        words = " ".join(_STYLED.sub("", line).split())
        if not words or _SOUND.match(words):
            continue
        words = words.removeprefix("- ")
        if said and not _ENDS.search(said[-1][-1][-_TAIL:]):
            said[-1].append(words)
        else:
            said.append([words])
    return "\n\n".join(" ".join(sentence) for sentence in said)


def _cue_follows(lines: list[str], index: int) -> bool:
    return any(_CUE.match(line) for line in lines[index + 1 : index + 2])


def _is_chat(text: str) -> bool:
    opened = sum(1 for match in _MAY_OPEN.finditer(text) if _opening(match[0]) is not None)
    return opened >= _LEAST_MESSAGES and opened >= _LEAST_SHARE * len(_WRITTEN.findall(text))


def _opening(line: str) -> re.Match[str] | None:
    if line[:1] not in "[\u200e\u202a0123456789" and (" \u2014 " not in line or len(line) > 80):
        return None
    if line[:1] == "[" and not line[1:2].isdigit() and " \u2014 " not in line:
        return None
    return next((match for pattern in _MESSAGES if (match := pattern.match(line))), None)


def _written(lines: list[str]) -> str:
    """What was written, a paragraph a message."""
    found: list[list[str]] = []
    for line in lines:
        match = _opening(line)
        words = line[match.end() :] if match else line
        if (match is None and (_SYSTEM.match(line) or _FRAME.match(line))) or _NO_WORDS.match(words.strip()):
            continue
        words = _EDITED.sub("", words).strip()
        if match is not None or not found:
            found.append([])
        if words:
            found[-1].append(words)
    return "\n\n".join("\n".join(message) for message in found if message)
