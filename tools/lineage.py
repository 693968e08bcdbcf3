"""Trains every recipe on the Lovecraft training tales and prints docs/lineage.md.

python -m tools.lineage CORPUS --minutes 10 > docs/lineage.md

What is trained already in the --work folder is not trained again, so that a run that was cut off goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.recipe import Recipe, find_recipe, recipe_names
from pandemonium.training.recipes.experiment import run_experiment
from pandemonium.training.running import read_documents, run_job
from pandemonium.voice.file import SUFFIX, load_voice
from pandemonium.writing.measuring.comparison import Counts, compare, read_openings
from pandemonium.writing.measuring.foresight import foresee
from pandemonium.writing.runtimes.cpu_runtime import physical_cores
from pandemonium.writing.runtimes.opening import open_runtime
from tools.lineage_tables import Line, page
from tools.train_base.corpus import held_out, training_works

BUNDLED = "lovecraft"
LEARNED_TALE = "dagon"
_MOST = 20_000


class Lineage:
    """The trainings of one corpus, in one folder.

    Args:
        corpus: with `lovecraft/` and `lovecraft-split.toml`.
        work: where voices and outcomes are kept.
        minutes: of each training.
        threads: of the processor; 0 takes one for each physical core.
    """

    def __init__(self, corpus: Path, work: Path, minutes: float, threads: int) -> None:
        self._corpus = corpus
        self._work = work
        self._minutes = minutes
        self._threads = threads
        self._words = WordList.read(paths.resources() / WORDS)
        (work / "voices").mkdir(parents=True, exist_ok=True)

    def train(self, recipe: Recipe) -> None:
        """Trains what is not there yet."""
        if recipe.why_no_voice:
            if not (target := self._outcome(recipe.name)).exists():
                documents, _ = read_documents(self._job(recipe))
                outcome = run_experiment(
                    recipe, documents, self._minutes, self._words, threads=self._threads or physical_cores()
                )
                target.write_text(json.dumps(outcome.to_dict(), indent=1), "utf-8")
            return
        if not self._voice(recipe.name).exists():
            folder = JobFolder.create(self._work / "trainings", self._job(recipe))
            run_job(folder, self._work / "voices", lambda event: None)

    def lines(self, names: Sequence[str]) -> Iterator[Line]:
        """Measures those of `names` that are trained, and the bundled voice."""
        tales = [path.read_text("utf-8") for path in held_out(self._corpus)["test"]]
        learned = (self._corpus / "lovecraft" / f"{LEARNED_TALE}.txt").read_text("utf-8")
        openings = read_openings(paths.resources() / "openings.toml")
        bundled = paths.models() / f"{BUNDLED}{SUFFIX}"
        for path in (*(self._voice(name) for name in names if self._voice(name).exists()), bundled):
            voice = load_voice(path)
            runtime = open_runtime(voice, threads=self._threads)
            say(f"{voice.name}: measuring")
            row = compare(voice, runtime, tales, openings, self._words, most=_MOST)
            yield Line(row, foresee(learned, runtime, voice.tokenizer, most=_MOST).accuracy)

    def outcomes(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """The experiments among `names` that are done."""
        found = [self._outcome(name) for name in names]
        return [json.loads(path.read_text("utf-8")) for path in found if path.exists()]

    def author(self) -> Counts:
        """What the held-out tales count up to."""
        return Counts.of("\n\n".join(path.read_text("utf-8") for path in held_out(self._corpus)["test"]), self._words)

    def _job(self, recipe: Recipe) -> Job:
        return Job(
            name=_file_name(recipe.name),
            sources=[str(path) for path in training_works(self._corpus)["lovecraft"]],
            base=str(paths.models() / f"{BUNDLED}{SUFFIX}"),
            minutes=self._minutes,
            from_scratch=True,
            threads=self._threads,
            recipe=recipe.to_dict(),
        )

    def _voice(self, name: str) -> Path:
        return self._work / "voices" / f"{_file_name(name)}{SUFFIX}"

    def _outcome(self, name: str) -> Path:
        return self._work / f"{_file_name(name)}.json"


def _file_name(recipe: str) -> str:
    return recipe.replace(":", " ")


def say(text: str) -> None:
    """Reports on standard error, at once."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.lineage", description=__doc__)
    parser.add_argument("corpus", type=Path, help="the folder with lovecraft/ and lovecraft-split.toml")
    parser.add_argument("--minutes", type=float, default=10.0, help="of each training")
    parser.add_argument("--work", type=Path, help="where voices are kept (in the user's data if not told)")
    parser.add_argument("--only", default="", metavar="A,B,...", help="these recipes alone")
    parser.add_argument("--threads", type=int, default=0, help="0 takes one for each physical core")
    parser.add_argument("--no-training", action="store_true", help="prints what is trained already")
    chosen = parser.parse_args(arguments)
    try:
        names = [name.strip() for name in chosen.only.split(",") if name.strip()] or recipe_names()
        recipes = [find_recipe(name) for name in names]
        lineage = Lineage(chosen.corpus, chosen.work or paths.user_data() / "lineage", chosen.minutes, chosen.threads)
        for recipe in recipes if not chosen.no_training else ():
            say(f"{recipe.name}: training")
            lineage.train(recipe)
        command = f"python -m tools.lineage CORPUS --minutes {chosen.minutes:g}"
        print(page(list(lineage.lines(names)), lineage.outcomes(names), lineage.author(), command), end="")
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
