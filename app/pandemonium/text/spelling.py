"""Tells which words of a text are misspelt, and what they may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import hunspell
import regex

from pandemonium.errors import PandemoniumError
from pandemonium.text.dictionaries import Dictionary

MOST_SUGGESTIONS = 6
_LONGEST = 60  # letters; what is longer is no word
_REMEMBERED = 60_000  # judged words
_APOSTROPHES = "'\u2019\u02bc"
_STRAIGHT = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00ad": None})
_WORD = regex.compile(r"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'\u2019\u02bc\u00ad]*")
_NO_PROSE = regex.compile(
    r"""`[^`\n]{1,80}`                                     # code in Markdown
      | \]\([^)\s]*\)                                      # where a link of Markdown leads
      | </?[A-Za-z][^<>\n]{0,200}>                         # a tag
      | &\#?\w{1,10};                                      # a sign written by its name
      | (?:https?|ftp|file):\S+ | mailto:\S+ | www\.\S+
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | [\w.-]*\w\.(?:com|org|net|html?|txt|docx?|odt|pdf|md|jpe?g|png|epub)\b
      | [@\#]\w+""",
    regex.VERBOSE,
)
_LATIN = regex.compile(r"(?:\p{Latin}|\p{M}|')+")
_LATIN_LETTERS = regex.compile(r"\p{Latin}+")


def words_to_check(text: str, *, capitals: bool = False) -> Iterator[tuple[int, int]]:
    """Gives the places [start, end) of the words of `text`.

    Left out are words with digits, addresses, tags and the signs of Markdown, single letters, and words in CAPITALS
    unless `capitals` asks for them.
    """
    skipped = iter([(match.start(), match.end()) for match in _NO_PROSE.finditer(text)])
    begin, stop = next(skipped, (len(text), len(text)))
    for match in _WORD.finditer(text):
        while match.start() >= stop and stop < len(text):
            begin, stop = next(skipped, (len(text), len(text)))
        if begin <= match.start() < stop:
            continue
        run = match.group()
        word = run.strip(f"_{_APOSTROPHES}")
        start = match.start() + len(run) - len(run.lstrip("_"))
        if not 1 < len(word) <= _LONGEST or "_" in word or any(each.isnumeric() for each in word):
            continue
        if word.isupper() and not capitals:
            continue
        yield start, start + len(word)


class SpellChecker:
    """One dictionary, and words that are right beside it. It may be asked from one thread at a time."""

    def __init__(self, dictionary: Dictionary, extra: Iterable[str] = ()) -> None:
        """Loads the dictionary, which takes tenths of a second.

        Raises:
            PandemoniumError: its files are missing or are no dictionary.
        """
        self.dictionary = dictionary
        self._is_latin = _looks_whole(dictionary)
        folder = dictionary.affixes.parent
        name = dictionary.affixes.stem
        try:
            self._hunspell = hunspell.Hunspell(name, hunspell_data_dir=str(folder), system_encoding="UTF-8")
        except OSError as error:
            raise _no_dictionary(dictionary) from error
        self._judged: dict[str, bool] = {}
        self.take_words(extra)

    def take_words(self, extra: Iterable[str]) -> None:
        """Takes other words beside the dictionary's. One in small letters is right at a sentence's beginning too."""
        self._extra = {each.translate(_STRAIGHT) for each in extra}
        self._extra_capitals = {each.upper() for each in self._extra}
        self._judged.clear()

    def is_right(self, word: str) -> bool:
        """Tells whether `word` may stand so; a word in another script than the dictionary's always may."""
        word = word.translate(_STRAIGHT)
        known = self._judged.get(word)
        if known is None:
            if len(self._judged) >= _REMEMBERED:
                self._judged.clear()
            known = self._judged[word] = self._judge(word)
        return known

    def misspelt(self, text: str, *, capitals: bool = False) -> tuple[tuple[int, int], ...]:
        """Gives the places [start, end) of the misspelt words of `text`, in order."""
        found = []
        for start, end in words_to_check(text, capitals=capitals):
            word = text[start:end]
            if self.is_right(word):
                continue
            before = text[start - 1 : start]
            after = text[end : end + 1]
            if before and before in "'\u2018\u2019" and self.is_right("'" + word):
                continue  # 'tis
            if after and after in _APOSTROPHES and self._is_clipped(word):
                continue
            found.append((start, end))
        return tuple(found)

    def suggestions(self, word: str) -> list[str]:
        """Gives what `word` may have been meant to be, the likeliest first; takes up to tenths of a second."""
        plain = word.translate(_STRAIGHT)
        near = get_close_matches(plain, self._extra, 2, 0.8)
        try:
            found = [*near, *self._hunspell.suggest(plain)]
        except UnicodeEncodeError:
            found = near
        curly = "\u2019" in word
        unique = dict.fromkeys(each.replace("'", "\u2019") if curly else each for each in found if each)
        return [each for each in unique if each != word][:MOST_SUGGESTIONS]

    def _is_clipped(self, word: str) -> bool:
        """In English speech: runnin', an', o', ol'."""
        if not self.dictionary.is_english:
            return False
        return (
            self.is_right(word + "'")
            or (word.endswith("in") and self.is_right(word + "g"))
            or self.is_right(word + "d")
        )

    def _judge(self, word: str) -> bool:
        if self._is_latin is not bool(_LATIN.fullmatch(word)):
            return True
        if self._is_extra(word) or any(
            word.endswith(end) and self._is_extra(word[: -len(end)]) for end in ("'s", "s'")
        ):
            return True
        try:
            return bool(self._hunspell.spell(word))
        except UnicodeEncodeError:
            return True  # a letter that this dictionary cannot know

    def _is_extra(self, word: str) -> bool:
        if word in self._extra or (word.isupper() and word in self._extra_capitals):
            return True
        at = len(word) - len(word.lstrip("'"))  # 'Tis as 'tis
        return word[at : at + 1].isupper() and word[:at] + word[at : at + 1].lower() + word[at + 1 :] in self._extra


def _looks_whole(dictionary: Dictionary) -> bool:
    """Tells whether a dictionary is of a language in Latin letters.

    Raises:
        PandemoniumError: the files are no dictionary.
    """
    try:
        with dictionary.words.open("rb") as file:
            head = file.read(60_000)
        with dictionary.affixes.open("rb") as file:
            affixes = file.read(4_000_000)
    except OSError as error:
        raise _no_dictionary(dictionary) from error
    count, _, words = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if not count.split()[:1] or not count.split()[0].isdigit() or not words.strip() or b"\0" in head:
        raise _no_dictionary(dictionary)
    named = regex.search(rb"^\s*SET\s+([\w-]+)", affixes.removeprefix(b"\xef\xbb\xbf"), regex.MULTILINE)
    try:
        text = words.decode(named[1].decode("ascii") if named else "latin-1", "ignore")
    except LookupError as error:
        raise _no_dictionary(dictionary) from error
    return 2 * sum(map(len, _LATIN_LETTERS.findall(text))) > sum(map(str.isalpha, text))


def _no_dictionary(dictionary: Dictionary) -> PandemoniumError:
    return PandemoniumError(
        f"The dictionary {dictionary.code} in {dictionary.words.parent} cannot be read.",
        "Choose another language for spelling, or install the dictionary again.",
    )
