"""`pandemonium train`: from a folder of texts to a voice; also the child process of the window's wizard."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandemonium.cli.arguments import whole_number
from pandemonium.cli.streams import OutputError, forget_output

if TYPE_CHECKING:
    from pandemonium.errors import PandemoniumError
    from pandemonium.training.job import JobFolder
    from pandemonium.training.recipe import Recipe

NAME = "train"
HELP = "trains a voice on a folder of texts"

_WIDTH = 30
_PHASES = {
    "reading": "Reading your texts",
    "beginning": "Looking for where to begin",
    "replay": "The base voice writes what it must not forget",
    "paused": "Paused",
    "tuning": "Tuning how often it uses your words",
    "judging": "Comparing both voices",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="folders or single files")
    parser.add_argument("--name", help="of the new voice")
    parser.add_argument("--base", default="lovecraft", metavar="VOICE", help="the voice to go on from")
    parser.add_argument("--minutes", type=float, default=20.0, help="to spend on learning; 0 until it stops improving")
    parser.add_argument(
        "--from-scratch",
        action="store_true",
        default=None,
        help="learns from the texts alone; the base voice is only compared with",
    )
    parser.add_argument(
        "--recipe", metavar="RECIPE", help="with --from-scratch: a tutorial's system by its name, or a .toml file"
    )
    parser.add_argument("--resume", action="store_true", help="goes on with the last training (of --name)")
    parser.add_argument("--include", action="append", default=[], metavar="PATH", help="keep this all the same")
    parser.add_argument("--exclude", action="append", default=[], metavar="PATH", help="leave this out")
    parser.add_argument("--language", default="", metavar="CODE", help="the language to keep, like en or nl")
    parser.add_argument("--seed", type=whole_number(0, 2**63 - 1), default=1)
    parser.add_argument("--threads", type=whole_number(0, 1024), default=0, help="0 takes one for each physical core")
    parser.add_argument("--replace", action="store_true", help="a voice of this name may be replaced")
    parser.add_argument("--pause-on-battery", action="store_true", help="waits while the machine is not plugged in")
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="changes the plan, e.g. dropout=0.3",
    )
    parser.add_argument("--measure", action="store_true", help="only says how fast this machine learns")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="a line of JSON for each event on standard output")
    parser.set_defaults(refuse=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Trains; gives 0 when there is a voice, whether it was learned to the end or stopped before.

    Raises:
        KeyboardInterrupt: it was interrupted; what was learned is kept, and a sentence says how to go on.
        SystemExit: with 2 where there is neither a folder nor a training to go on with.
    """
    if not arguments.folders and not (arguments.resume or arguments.measure or arguments.job):
        arguments.refuse("name a folder of texts and a voice (FOLDER --name NAME), or go on with --resume")
    try:
        from pandemonium.training.running import run_job
    except ImportError as error:
        from pandemonium.errors import TrainingError

        raise TrainingError("Training needs PyTorch, which is not installed.", "Install the training parts.") from error
    from pandemonium import paths
    from pandemonium.errors import PandemoniumError
    from pandemonium.training.personal.machine import keep_memory, lower_priority

    keep_memory()
    if arguments.measure:
        return _measure(arguments)

    if (recipe := _recipe(arguments)) is not None and recipe.why_no_voice:
        return _experiment(recipe, arguments)
    watch = _Watch(_Lines(forgiving=arguments.job is not None) if arguments.json else _Bar())
    umask = os.umask(0o077)  # the job folder holds copies of her texts
    try:
        folder = _folder(arguments)
        lower_priority()
        with watch.heeding_signals():
            result = run_job(folder, paths.user_voices(), watch, is_interrupted=lambda: watch.is_interrupted)
    except PandemoniumError as error:
        watch.fail(error)
        raise
    except KeyboardInterrupt:
        print("\nInterrupted; what was learned is kept. Go on with: pandemonium train --resume", file=sys.stderr)
        raise
    finally:
        os.umask(umask)
    if not arguments.json:
        print(_summary(result))
    return 0


def _measure(arguments: argparse.Namespace) -> int:
    """Says how fast this machine learns."""
    from pandemonium.cli.texts import library
    from pandemonium.training.personal.measuring import measure_machine

    speed = measure_machine(library().find(arguments.base), arguments.threads)
    print(json.dumps({"tokens_per_second": speed}) if arguments.json else f"{speed:,.0f} sub-words a second")
    return 0


def _experiment(recipe: Recipe, arguments: argparse.Namespace) -> int:
    """Trains what no voice can be made of, and says what it shows."""
    from pandemonium import paths
    from pandemonium.errors import TrainingError
    from pandemonium.text.words import WORDS, WordList
    from pandemonium.training.job import Job
    from pandemonium.training.personal.presets import LEAST_CHARACTERS
    from pandemonium.training.recipes.experiment import run_experiment
    from pandemonium.training.running import read_documents
    from pandemonium.writing.runtimes.cpu_runtime import physical_cores

    documents, _ = read_documents(Job(recipe.name, [str(Path(each).absolute()) for each in arguments.folders], ""))
    if (characters := sum(len(text) for _, text in documents)) < LEAST_CHARACTERS:
        raise TrainingError(f"There are only {characters:,} characters here.", f"It needs {LEAST_CHARACTERS:,}.")
    print(f"{recipe.why_no_voice} It is trained as an experiment.", file=sys.stderr)
    words = WordList.read(paths.resources() / WORDS)
    show: Callable[[dict[str, Any]], None] = _Lines(forgiving=False) if arguments.json else _show_experiment
    threads = arguments.threads or physical_cores()
    outcome = run_experiment(
        recipe, documents, arguments.minutes, words, seed=arguments.seed, threads=threads, on_event=show
    )
    if arguments.json:
        show({"event": "done", "voice": None, **outcome.to_dict()})
    else:
        print(
            f"\n{outcome.sentence}\nOf the words that it writes {outcome.real_words:.1%} stand in the dictionary. It "
            f"writes:\n\n{outcome.sample.strip()}"
        )
    return 0


def _show_experiment(event: dict[str, Any]) -> None:
    print(
        f"\r{event['seconds']:6.0f} s  {event['bits_per_piece']:.3f} bits a piece", end="", file=sys.stderr, flush=True
    )


def _folder(arguments: argparse.Namespace) -> JobFolder:
    from pandemonium import paths
    from pandemonium.training.job import JobFolder

    if arguments.job is not None:
        return JobFolder(arguments.job)
    parent = paths.user_data() / "trainings"
    return _resumed(parent, arguments.name) if arguments.resume else _new(parent, arguments)


def _resumed(parent: Path, name: str | None) -> JobFolder:
    """The last training that sleeps; one that has learned already goes before one that has not."""
    from pandemonium.errors import TrainingError
    from pandemonium.training.job import unfinished

    found = [folder for folder in unfinished(parent) if not name or folder.job().name == name]
    if not found:
        raise TrainingError("There is no training to go on with.", "Start one: pandemonium train FOLDER --name NAME.")
    folder = min(found, key=lambda each: (each.worker() is not None, not each.checkpoint.exists()))
    folder.take_back("pause")
    return folder


def _new(parent: Path, arguments: argparse.Namespace) -> JobFolder:
    from pandemonium.cli.texts import library
    from pandemonium.errors import TrainingError
    from pandemonium.training.job import Job, JobFolder
    from pandemonium.training.personal.planning import plan
    from pandemonium.voice.library import check_name

    if arguments.name is None:
        arguments.refuse("name the new voice: --name NAME")
    check_name(arguments.name)
    taken = [entry for entry in library().entries() if entry.name.casefold() == arguments.name.casefold()]
    if taken and (taken[0].bundled or not arguments.replace):
        raise TrainingError(f"There is a voice '{taken[0].name}' already.", "Choose another name.")
    sources = [str(Path(source).absolute()) for source in arguments.folders]
    missing = [source for source in sources if not Path(source).exists()]
    if missing:
        raise TrainingError(f"There is no folder {missing[0]}.", "Check its name.")
    changes = _changes(arguments.changes)
    recipe = _recipe(arguments)
    plan(arguments.minutes, 1, changes, from_scratch=bool(arguments.from_scratch))
    job = Job(
        name=arguments.name,
        sources=sources,
        base=str(library().find(arguments.base).absolute()),
        minutes=arguments.minutes,
        include=arguments.include,
        exclude=arguments.exclude,
        language=arguments.language,
        from_scratch=arguments.from_scratch,
        seed=arguments.seed,
        threads=arguments.threads,
        pause_on_battery=arguments.pause_on_battery,
        replace=arguments.replace,
        changes=changes,
        recipe=recipe.to_dict() if recipe else {},
    )
    return JobFolder.create(parent, job)


def _recipe(arguments: argparse.Namespace) -> Recipe | None:
    from pandemonium.errors import TrainingError
    from pandemonium.training.recipe import find_recipe

    if arguments.recipe is None:
        return None
    recipe = find_recipe(arguments.recipe)
    if not arguments.from_scratch:
        raise TrainingError("A recipe makes a voice of its own.", "Add --from-scratch.")
    if arguments.changes:
        raise TrainingError("With a recipe there is no plan to --set.", "Copy the recipe's file and change that.")
    return recipe


def _changes(texts: list[str]) -> dict[str, float]:
    from pandemonium.errors import TrainingError

    changes: dict[str, float] = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            changes[name.strip()] = float(value)
        except ValueError as error:
            raise TrainingError(f"'{text}' is no change of the plan.", "Write it as dropout=0.3.") from error
    return changes


class _Watch:
    """Hands each event on, and knows when an interruption can wait until what was learned is saved.

    Attributes:
        is_interrupted: the loop is to save and to end.
    """

    def __init__(self, show: Callable[[dict[str, Any]], None]) -> None:
        self._show = show
        self._learning = self._failed = False
        self.is_interrupted = False

    def __call__(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        phase = event.get("phase")
        self._failed = kind == "failed"
        # From the first evaluation to the evaluation report the loop looks at `is_interrupted` before each step.
        self._learning = kind in ("evaluation", "sample") or phase in ("learning", "paused")
        self._show(event)
        if self.is_interrupted and not self._learning and phase != "interrupted":
            raise KeyboardInterrupt

    def fail(self, error: PandemoniumError) -> None:
        """Shows a failure that no event has told of yet."""
        if not self._failed:
            self._show({"event": "failed", "message": error.message, "hint": error.hint})

    @contextlib.contextmanager
    def heeding_signals(self) -> Iterator[None]:
        """While it lasts, Ctrl-C and a polite request to end let the running step finish; the second does not wait."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self._interrupt) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _interrupt(self, number: int, frame: object) -> None:
        if self.is_interrupted or not self._learning:
            raise KeyboardInterrupt
        self.is_interrupted = True


class _Lines:
    """A line of JSON for each event on standard output.

    Args:
        forgiving: whoever reads may go away, and the training goes on; the job folder has it all.
    """

    def __init__(self, *, forgiving: bool) -> None:
        self._forgiving = forgiving

    def __call__(self, event: dict[str, Any]) -> None:
        try:
            print(json.dumps(event, ensure_ascii=False), flush=True)
        except (OSError, OutputError):
            if not self._forgiving:
                raise
            forget_output()


class _Bar:
    """A progress bar on standard error."""

    def __init__(self) -> None:
        self._best = 0.0

    def __call__(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "plan":
                self._line(f"{event['characters']:,} characters, about {event['passes']:.1f} passes", end="\n")
            case "evaluation":
                self._best = event["best"]
            case "progress" if event["phase"] == "learning":
                left = event["seconds_left"]
                share = event["seconds"] / max(1e-9, event["seconds"] + left) if left is not None else 0.0
                bar = "#" * int(_WIDTH * share)
                self._line(
                    f"[{bar:<{_WIDTH}}] {f'{left / 60:.1f} min left' if left is not None else ''}  "
                    f"held-out {self._best:.3f} bits a character  {event['tokens_per_second']:,.0f} sub-words/s"
                )
            case "sample":
                self._line(f"{event['opening']} \u2026 {' '.join(event['text'].split())}\n", end="\n")
            case "progress":
                done = f"{event['share']:.0%}" if "share" in event else ""
                self._line(" ".join(filter(None, (_PHASES.get(event["phase"], ""), event.get("why"), done))))
            case "done" | "stopped" | "failed":
                print(file=sys.stderr)

    def _line(self, text: str, end: str = "") -> None:
        print(f"\r{text:<100}", end=end, file=sys.stderr, flush=True)


def _summary(result: dict[str, Any]) -> str:
    return (
        f"{' '.join(filter(None, (_format_end(result), result['sentence'])))}\n"
        f"{_format_bits(result)} "
        f"Copied: {100 * result['copied_8']:.1f} % of runs of eight words, the longest of {result['longest_run']} "
        "words.\n"
        f"The voice '{result['voice']}' is in the library."
    )


def _format_bits(result: dict[str, Any]) -> str:
    """What the held-out pages took: before and after, or beside a model that counts letters."""
    after = f"{result['after']:.3f}"
    if result["counted"] is not None:
        return f"Held-out text: {after} bits a character; counting letters alone gives {result['counted']:.3f}."
    return f"Held-out text: {result['before']:.3f} bits a character before, {after} after."


def _format_end(result: dict[str, Any]) -> str:
    """That the learning ended before its time, and when the gain did."""
    if result.get("ended") != "no gain":
        return ""
    eased = result.get("eased_at")
    minutes = (eased if eased is not None else result["seconds"]) / 60
    rest = "and was polished from its best state" if eased is not None else "and its best state is kept"
    return f"It stopped improving after {minutes:.1f} minutes, {rest}."
