"""Where sentences end and how many words there are."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_LETTERS_A_WORD = 2  # of those scripts, on average
_SENTENCE_END = re.compile(r"""(?:[.!?\u2026\u3002\uff01\uff1f]|\.\.\.)["'\u201d\u2019)\]\u300d\u300f]*$""")
_CLOSE = re.compile(r"""[.!?\u2026]+["'\u201d\u2019\u00bb)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d]*""")
_NEAR = 4000  # characters on either side that a sentence is looked for in
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'\u201c\u2018\u2014])(?:[A-Z]|Mrs?|Ms|Dr|Prof|Rev|St|Hon|Capt|Col|Gen|Lieut?|Sergt?|Jr|Sr|Messrs|Esq|No|"
    r"vs|viz|etc|cf|i\.e|e\.g|[ap]\.m|Co|Vol|Ch)\.$"
)


def count_words(text: str) -> int:
    """How many words `text` has: the one notion of a word of the status bar, of trainings and of the length asked for.

    A word holds letters or digits, inner hyphens and apostrophes. In scripts that set no spaces two letters of a run
    count as one word. The words of paragraphs add up to those of the text.
    """
    words = 0
    if not text.isascii():
        runs = [len(run) for run in _UNSPACED.findall(text)]
        words = sum(-(-length // _LETTERS_A_WORD) for length in runs)
        text = _UNSPACED.sub(" ", text) if runs else text
    return words + len(_WORD.findall(text))


def is_unspaced(text: str) -> bool:
    """Tells whether most letters of `text` belong to scripts that set no spaces between words."""
    if text.isascii():
        return False
    return sum(map(len, _UNSPACED.findall(text))) * 2 > sum(map(str.isalpha, text))


def ends_sentence(text: str) -> bool:
    """Tells whether `text` could end here as a whole sentence: closed, and not behind an abbreviation."""
    tail = text[-40:].rstrip(" ")
    return bool(_SENTENCE_END.search(tail)) and not _ABBREVIATION.search(tail)


def capitalized(text: str) -> str:
    """`text` with a capital at its beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def has_open_quote(text: str) -> bool:
    """Tells whether the last paragraph of `text` has a double quote that is not closed."""
    paragraph = text.rsplit("\n", 1)[-1]
    straight = paragraph.count('"')
    return straight % 2 == 1 or paragraph.count("\u201c") > paragraph.count("\u201d")


def sentence_around(text: str, offset: int) -> tuple[int, int]:
    """Where the sentence at place `offset` of a paragraph begins and ends; right behind a sentence it is that one."""
    low = max(0, offset - _NEAR)
    high = min(len(text), offset + _NEAR)
    start = low
    for match in _CLOSE.finditer(text, low, high):
        if not ends_sentence(text[max(0, match.end() - 40) : match.end()]):
            continue
        end = match.end()
        rest = text[end:high].lstrip()
        if rest[:1].islower():
            continue  # "No!" he said
        if offset <= end or not rest:
            return start, end
        begins = high - len(rest)
        if offset < begins:
            return start, end
        start = begins
    return start, high


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words begin and end in which the passage [start, end) of `text` begins and ends.

    Scripts that set no spaces have no words that could be cut in two.
    """

    def cut_in_two(place: int) -> re.Match[str] | None:
        if not 0 < place < len(text):
            return None
        inside = (match for match in _WORD.finditer(text) if match.start() < place < match.end())
        word = next(inside, None)
        return word if word is not None and not is_unspaced(word[0]) else None

    first = cut_in_two(start)
    last = cut_in_two(end)
    return first.start() if first is not None else start, last.end() if last is not None else end


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, as `sentence_around` finds them; none of a blank one."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _CLOSE.finditer(text):
        end = match.end()
        rest = text[end : end + 40].lstrip()
        if end <= start or rest[:1].islower() or not ends_sentence(text[max(0, end - 40) : end]):
            continue
        found.append((start, end))
        while end < len(text) and text[end].isspace():
            end += 1
        start = end
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found
