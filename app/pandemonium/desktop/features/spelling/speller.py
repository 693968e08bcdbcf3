"""What the thread beside the window knows of spelling: one dictionary, loaded when first needed, and own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.text.dictionaries import FOLDER, HOUSE, Dictionary, find_dictionaries, system_folders
from pandemonium.text.own_words import NAME, read_words
from pandemonium.text.spelling import SpellChecker

DEFAULT = "en_US"
Places = tuple[tuple[int, int], ...]


class Speller:
    """Looks words up in the language asked for; holds one dictionary at a time."""

    def __init__(self, folders: Sequence[Path], own_words: Path, house: Path | None = None) -> None:
        """Args:
        folders: where dictionaries are looked for, the most important first.
        own_words: the writer's words.
        house: words that are right in English beside the dictionary's.
        """
        self._house = house
        self.folders = tuple(folders)
        self.own_words = own_words
        self.note: PandemoniumError | None = None
        self._checker: SpellChecker | None = None
        self._language = ""
        self._stamp: tuple[int, int] | None = None

    @classmethod
    def of_this_computer(cls) -> Speller:
        """Knows the user's dictionaries, the program's, and the system's, in this order."""
        own = paths.user_data() / FOLDER
        bundled = paths.resources() / FOLDER
        return cls([own, bundled, *system_folders()], paths.user_data() / NAME, bundled / HOUSE)

    def check(
        self, language: str, texts: Sequence[str], *, capitals: bool, stopped: Callable[[], bool] = lambda: False
    ) -> dict[str, Places]:
        """Gives where in each text misspelt words stand; texts that were not come to where it was stopped are missing.

        `note` says, once, why another dictionary than the one asked for is used, or why own words are not.

        Raises:
            PandemoniumError: there is no dictionary at all.
        """
        checker = self._ready(language)
        found: dict[str, Places] = {}
        for text in texts:
            if stopped():
                break
            found[text] = checker.misspelt(text, capitals=capitals)
        return found

    def suggestions(self, word: str) -> list[str]:
        """Gives what a misspelt word may have been meant to be; nothing while no dictionary is loaded."""
        return self._checker.suggestions(word) if self._checker is not None else []

    def pop_note(self) -> PandemoniumError | None:
        """Gives what there is to be told, and forgets it."""
        note = self.note
        self.note = None
        return note

    def _ready(self, language: str) -> SpellChecker:
        if self._checker is None or self._language != language:
            self._checker = None  # one at a time: each takes about ten megabytes
            self._checker = self._load(language)
            self._language = language
            self._stamp = None
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._stamp = stamp
            self._checker.take_words(self._extra(self._checker.dictionary))
        return self._checker

    def _load(self, language: str) -> SpellChecker:
        known = find_dictionaries(self.folders)
        if language in known:
            try:
                return SpellChecker(known[language])
            except PandemoniumError as error:
                if language == DEFAULT:
                    raise
                self.note = error
        else:
            self.note = PandemoniumError(
                f"There is no dictionary \u201c{language}\u201d here; words are looked up in American English.",
                "Another language can be chosen under Edit > Spelling.",
            )
        if DEFAULT not in known:
            raise PandemoniumError("No dictionary was found, so spelling is off.", "Install Pandemonium again.")
        return SpellChecker(known[DEFAULT])

    def _extra(self, dictionary: Dictionary) -> list[str]:
        try:
            own = read_words(self.own_words)
        except PandemoniumError as error:
            self.note = error
            own = []
        return [*own, *(read_words(self._house) if self._house and dictionary.is_english else ())]

    def _stamp_now(self) -> tuple[int, int]:
        try:
            status = self.own_words.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size
