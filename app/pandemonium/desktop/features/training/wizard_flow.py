"""The wizard's flow: its five pages, what was decided on them, and why one cannot go on. Knows no window."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pandemonium.errors import VoiceError
from pandemonium.text.language import UNKNOWN
from pandemonium.training.job import Job
from pandemonium.training.personal.presets import LEAST_CHARACTERS, PRESETS
from pandemonium.training.reading.selection import Overrules, Selection, Survey
from pandemonium.training.recipe import Recipe
from pandemonium.voice.library import check_name

_IMPOSSIBLE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\ud800-\udfff]")
_CHARACTERS_PER_TOKEN = 4.2
_LEARNED_SHARE = 0.7  # of the sub-words: a quarter is the base voice's own, and some texts are held out


class Page(Enum):
    """The wizard's pages, in their order."""

    TEXTS = 0
    FOUND = 1
    PLAN = 2
    LEARNING = 3
    RESULT = 4


class Obstacle(Enum):
    """Why one cannot go on."""

    NO_TEXTS = "no texts"
    STILL_READING = "still reading"
    NOTHING_KEPT = "nothing kept"
    NO_NAME = "no name"
    IMPOSSIBLE_NAME = "impossible name"
    TAKEN_NAME = "taken name"
    NO_BASE = "no base"
    TOO_LITTLE_ALONE = "too little alone"
    STILL_LEARNING = "still learning"


class Way(Enum):
    """What will be made of the texts."""

    LEARNS = "learns"
    ALONE = "alone"  # from scratch: she wants it so, or the base voice does not write their language
    REMEMBERS = "remembers"  # too few to learn from
    IMPOSSIBLE = "impossible"  # too few to learn from alone


@dataclass(frozen=True)
class Base:
    """A voice that a training can go on from.

    Attributes:
        name: in the library.
        path: its file.
        language: ISO 639-1 of what it writes.
    """

    name: str
    path: Path
    language: str = "en"


class Flow:
    """What the wizard has been told so far, and where it stands.

    Args:
        taken: the names of all voices there are.
    """

    def __init__(self, taken: Callable[[], Iterable[str]]) -> None:
        self._taken = taken
        self._reset()

    def _reset(self) -> None:
        self.page = Page.TEXTS
        self.sources: list[Path] = []
        self.survey: Survey | None = None
        self.overrules = Overrules()
        self._selection: Selection | None = None
        self.name = ""
        self.minutes = PRESETS["good"]
        self.base: Base | None = None
        self.pause_on_battery = False
        self.alone = False
        self.recipe: Recipe | None = None

    def begin(self, sources: Sequence[Path]) -> None:
        """Begins anew with other texts."""
        self._reset()
        self.add(sources)

    def add(self, sources: Sequence[Path]) -> None:
        """Takes folders or files in; what is there already is passed over."""
        new = [path.absolute() for path in sources if path.absolute() not in self.sources]
        if new:
            self.sources += new
            self._forget_survey()
            if not self.name:
                self.name = self._free_name(self._proposed_name(self.sources[0]))

    def remove(self, source: Path) -> None:
        """Lets go of a folder or file."""
        self.sources.remove(source)
        self._forget_survey()

    def set_survey(self, survey: Survey) -> None:
        """Takes what the reading has found."""
        self.survey = survey
        self._selection = survey.select(self.overrules)

    def hand_on(self, folder: Path) -> None:
        """Puts what was read into the folder of the training, which need not read it again then."""
        if self.survey is None or self.survey.store is None or self._selection is None:
            return
        from pandemonium.training.reading.texts import hand_on

        # Where it cannot be, the training reads the texts itself.
        with contextlib.suppress(OSError):
            hand_on(self._selection, self.survey.store, folder)

    @property
    def selection(self) -> Selection | None:
        """What is kept and left out; None while it is not known."""
        return self._selection

    @property
    def characters(self) -> int:
        """Of the texts that are kept."""
        return sum(each.file.characters for each in self._selection.kept) if self._selection else 0

    @property
    def languages(self) -> list[str]:
        """The languages of the texts (ISO 639-1), the one with most words first."""
        words: Counter[str] = Counter()
        for file in self.survey.files if self.survey else ():
            if file.is_prose and file.language != UNKNOWN:
                words[file.language] += file.words
        return [language for language, _ in words.most_common()]

    def keep(self, path: Path, kept: bool) -> None:
        """Overrules what becomes of one text; agreeing with what was advised takes an overrule back."""
        assert self.survey is not None
        include = self.overrules.include - {path}
        exclude = self.overrules.exclude - {path}
        plain = self.survey.select(replace(self.overrules, include=include, exclude=exclude))
        advised = next((each.kept for each in plain.decisions if each.file.path == path), False)
        if kept != advised:
            include, exclude = (include | {path}, exclude) if kept else (include, exclude | {path})
        self.overrules = replace(self.overrules, include=include, exclude=exclude)
        self._selection = self.survey.select(self.overrules)

    def choose_language(self, language: str) -> None:
        """Keeps the texts in `language`."""
        assert self.survey is not None
        self.overrules = replace(self.overrules, language=language or None)
        self._selection = self.survey.select(self.overrules)

    @property
    def way(self) -> Way:
        """What will be made of the texts that are kept, with this base voice."""
        language = self._selection.language if self._selection else UNKNOWN
        known = self.base.language if self.base else "en"
        alone = self.alone or language not in (known, UNKNOWN, "")
        if self.characters < LEAST_CHARACTERS:
            return Way.IMPOSSIBLE if alone else Way.REMEMBERS
        return Way.ALONE if alone else Way.LEARNS

    def passes(self, tokens_per_second: float) -> float:
        """How often the texts are read in the planned minutes, by a machine of this speed."""
        tokens = max(1.0, self.characters / _CHARACTERS_PER_TOKEN)
        return tokens_per_second * 60 * self.minutes * _LEARNED_SHARE / tokens

    @property
    def obstacle(self) -> Obstacle | None:
        """Why one cannot go on from this page; None if one can."""
        match self.page:
            case Page.TEXTS:
                return None if self.sources else Obstacle.NO_TEXTS
            case Page.FOUND:
                if self._selection is None:
                    return Obstacle.STILL_READING
                return None if self._selection.kept else Obstacle.NOTHING_KEPT
            case Page.PLAN:
                return self._obstacle_to_plan()
            case Page.LEARNING:
                return Obstacle.STILL_LEARNING
            case _:
                return None

    @property
    def can_go_back(self) -> bool:
        """There is a page to go back to."""
        return self.page in (Page.FOUND, Page.PLAN)

    def next(self) -> Page:
        """Goes on; stays where it is if there is an obstacle."""
        if self.obstacle is None and self.page is not Page.RESULT:
            self.page = Page(self.page.value + 1)
        return self.page

    def back(self) -> Page:
        """Goes back, where one can."""
        if self.can_go_back:
            self.page = Page(self.page.value - 1)
        return self.page

    def watch(self, job: Job) -> None:
        """Goes to the page of a training that is under way already, or unfinished."""
        self.name = job.name
        self.minutes = job.minutes
        self.sources = [Path(source) for source in job.sources]
        self.page = Page.LEARNING

    def show_result(self) -> None:
        """The training is over."""
        self.page = Page.RESULT

    def train_on(self, base: Base, job: Job) -> None:
        """Plans another training on the same texts, from the voice that the last one made; both stay."""
        self.begin([Path(source) for source in job.sources])
        self.overrules = Overrules(
            frozenset(map(Path, job.include)), frozenset(map(Path, job.exclude)), job.language or None
        )
        self.base = base
        self.minutes = job.minutes
        self.pause_on_battery = job.pause_on_battery
        self.name = self._free_name(base.name)
        self.page = Page.FOUND

    def job(self) -> Job:
        """What is to be trained."""
        assert self.base is not None
        return Job(
            name=self.name.strip(),
            sources=[str(path) for path in self.sources],
            base=str(self.base.path),
            minutes=self.minutes,
            include=sorted(map(str, self.overrules.include)),
            exclude=sorted(map(str, self.overrules.exclude)),
            language=self.overrules.language or "",
            pause_on_battery=self.pause_on_battery,
            from_scratch=True if self.alone else None,
            recipe=self.recipe.to_dict() if self.alone and self.recipe else {},
        )

    def _obstacle_to_plan(self) -> Obstacle | None:
        name = self.name.strip()
        if not name:
            return Obstacle.NO_NAME
        try:
            check_name(name)
        except VoiceError:
            return Obstacle.IMPOSSIBLE_NAME
        if name.casefold() in {each.casefold() for each in self._taken()}:
            return Obstacle.TAKEN_NAME
        if self.base is None:
            return Obstacle.NO_BASE
        return Obstacle.TOO_LITTLE_ALONE if self.way is Way.IMPOSSIBLE else None

    def _forget_survey(self) -> None:
        self.survey = self._selection = None
        self.overrules = Overrules()

    def _proposed_name(self, source: Path) -> str:
        name = source.stem if source.is_file() else source.name
        return _IMPOSSIBLE.sub(" ", name).strip(" .")[:60] or "My voice"

    def _free_name(self, name: str) -> str:
        taken = {each.casefold() for each in self._taken()}
        stem = re.sub(r" \d+$", "", name) if name.casefold() in taken else name
        tries = (name, *(f"{stem} {number}" for number in range(2, 10_000)))
        return next(each for each in tries if each.casefold() not in taken)
