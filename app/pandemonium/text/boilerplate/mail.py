"""Cuts what mail programs put around a letter: header lines, what is quoted from others, signatures."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate

_NAMES = (
    "from|to|cc|bcc|subject|date|sent|reply-to|message-id|in-reply-to|references|received|return-path|delivered-to"
    "|mime-version|content-type|content-transfer-encoding|content-language|user-agent|importance|priority|attachments?"
    "|path|newsgroups|organi[sz]ation|lines|followup-to|xref|nntp-posting-[\\w-]{1,20}|distribution|summary|keywords"
    "|sender|envelope-to|authentication-results|dkim-signature|arc-[\\w-]{1,40}|list-[\\w-]{1,40}|thread-[\\w-]{1,40}"
    "|x-[\\w-]{1,40}|von|an|betreff|datum|gesendet|kopie|de|à|objet|envoyé|date d['\u2019]envoi|para|asunto|enviado"
    "|van|aan|onderwerp|verzonden|da|a|oggetto|inviato|assunto"
)
_FIELD = re.compile(rf"^(?:> ?)?\*?(?:{_NAMES})\*?:\*?(?:[ \t]|$)", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(r"^(?:> ?)?\*?(?:from|von|de|van|da|return-path|sender)\*?:", re.IGNORECASE | re.MULTILINE)
_MACHINE_MADE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|^message-id:|^received:", re.IGNORECASE | re.MULTILINE
)
_ENVELOPE = re.compile(r"^From \S{1,200} .{1,60}\d{4}$", re.MULTILINE)
_BETWEEN = re.compile(
    r"^[ \t]*(?:-{2,12}[ ]?(?:original message|forwarded message|forwarded by|ursprüngliche nachricht"
    r"|message d['\u2019]origine|weitergeleitete nachricht|mensaje original|oorspronkelijk bericht|messaggio originale)"
    r"\b.{0,80}|begin forwarded message:)[ \t]*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile("forwarded|weitergeleitet", re.IGNORECASE)  # it may be all that there is to say
_RULE = re.compile(r"[ \t]{0,9}_{10,80}[ \t]{0,9}")  # above the letter that Outlook answers to
_QUOTED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_WROTE = re.compile(
    r"^[ \t]*(?:on|am|le|el|op|il|em|den|in article)\b.{3,300}"
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|schreef|ha scritto|escreveu|skrev)\b.{0,120}:[ \t]*$",
    re.IGNORECASE,
)
_SIGNATURE_LINES = 15
_LEAST_FIELDS = 3


def cut_mail(text: str) -> str:
    """Gives `text` without the headers of letters that a program sent, what they quote, and their signatures.

    A letter in a tale has a sender and a date as well; a program's has addresses or numbers of its own, and only
    then is anything cut. Where nothing was sent, a quotation's ">" is left alone but for one that is attributed to
    its writer ("On Monday, Ben wrote:").

    Args:
        text: LF line ends.
    """
    if ":" not in text:
        return text
    lines = text.split("\n")
    headers = _headers(text, lines)
    gone = set(headers)
    if _QUOTED.search(text):
        gone |= _quotations(lines, all_of_them=bool(headers))
    if headers:
        gone |= _signatures(lines, headers) | _enclosed(lines, headers)
    if not gone:
        return text
    return "\n".join(line for index, line in enumerate(lines) if index not in gone)


def _headers(text: str, lines: list[str]) -> set[int]:
    """The lines of every header: at least three fields on end, one of them a sender's, made by a program."""
    if not (_SENDER.search(text) and _MACHINE_MADE.search(text)):
        return set()
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    fields = {bisect(starts, match.start()) - 1 for match in _FIELD.finditer(text)}
    opening = fields | {bisect(starts, match.start()) - 1 for match in _ENVELOPE.finditer(text)}
    found: set[int] = set()
    end = 0
    for index in sorted(opening):
        if index < end:
            continue
        end = index + 1
        while end < len(lines) and lines[end].strip() and (end in opening or lines[end][0] in " \t"):
            end += 1
        block = lines[index:end]
        is_long = sum(each in fields for each in range(index, end)) >= _LEAST_FIELDS
        if is_long and any(map(_SENDER.match, block)) and _MACHINE_MADE.search("\n".join(block)):
            found.update(range(index, end))
    return found


def _enclosed(lines: list[str], headers: set[int]) -> set[int]:
    """The letters below one's own that it answers to, and the lines above those that it passes on."""
    found: set[int] = set()
    is_own = True
    above = 0  # the last line that says something
    for index, line in enumerate(lines):
        if _BETWEEN.match(line):
            found.add(index)
            is_own = _FORWARDED.search(line) is not None
        elif index in headers and index - 1 not in headers:
            told = lines[above]
            is_own = not (_RULE.fullmatch(told) or (_BETWEEN.match(told) and not _FORWARDED.search(told)))
            found |= set() if is_own else {above}
        if not is_own:
            found.add(index)
        above = index if line.strip() else above
    return found


def _quotations(lines: list[str], *, all_of_them: bool) -> set[int]:
    """Lines that others wrote, and the line that says who did."""
    found: set[int] = set()
    quoting = False
    for index, line in enumerate(lines):
        if _QUOTED.match(line):
            if all_of_them or quoting:
                found.add(index)
            continue
        if line.strip():
            quoting = len(line) < 450 and bool(_WROTE.match(line)) and _quotes_follow(lines, index + 1)
            if quoting:
                found.add(index)
    return found


def _quotes_follow(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index : index + 3] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _signatures(lines: list[str], headers: set[int]) -> set[int]:
    """What stands behind "-- ", to the end of the letter, where it is short."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if line not in ("-- ", "--"):
            continue
        end = next((at for at in range(index, min(len(lines), index + 60)) if at in headers), len(lines))
        if end - index <= _SIGNATURE_LINES + 1:
            found.update(range(index, end))
    return found
