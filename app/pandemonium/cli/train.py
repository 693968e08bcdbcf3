"""`pandemonium train`: from a folder of texts to a voice; also the child process of the window's wizard."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "train"
HELP = "trains a voice on a folder of texts"

_WIDTH = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="folders or single files")
    parser.add_argument("--name", help="of the new voice")
    parser.add_argument("--base", default="lovecraft", metavar="VOICE", help="the voice to go on from")
    parser.add_argument("--minutes", type=float, default=20.0, help="to spend on learning; 0 until it stops improving")
    parser.add_argument("--from-scratch", action="store_true", default=None,
                        help="learns from the texts alone; the base voice is only compared with")  # fmt: skip
    parser.add_argument("--resume", action="store_true", help="goes on with the last training (of --name)")
    parser.add_argument("--include", action="append", default=[], metavar="PATH", help="keep this all the same")
    parser.add_argument("--exclude", action="append", default=[], metavar="PATH", help="leave this out")
    parser.add_argument("--language", default="", metavar="CODE", help="the language to keep, like en or nl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0 takes one for each physical core")
    parser.add_argument("--replace", action="store_true", help="a voice of this name may be replaced")
    parser.add_argument("--set", dest="changes", action="append", default=[], metavar="NAME=NUMBER",
                        help="changes the plan, e.g. dropout=0.3")  # fmt: skip
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="a line of JSON for each event on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Trains; gives 0 when there is a voice, whether it was learned to the end or stopped before."""
    try:
        from pandemonium.training.running import run_job
    except ImportError as error:
        from pandemonium.errors import TrainingError

        raise TrainingError("Training needs PyTorch, which is not installed.", "Install the training parts.") from error
    from pandemonium import paths
    from pandemonium.errors import PandemoniumError
    from pandemonium.training.job import JobFolder

    folder = JobFolder(arguments.job) if arguments.job else _folder(arguments)
    show = _print_line if arguments.json else _Bar()
    try:
        result = run_job(folder, paths.user_voices(), show)
    except PandemoniumError as error:
        show(folder.report("failed", message=error.message, hint=error.hint))
        raise
    if not arguments.json:
        print(_summary(result))
    return 0


def _folder(arguments: argparse.Namespace) -> Any:
    from pandemonium import paths
    from pandemonium.cli.texts import library
    from pandemonium.errors import TrainingError
    from pandemonium.training.job import Job, JobFolder, unfinished

    parent = paths.user_data() / "trainings"
    if arguments.resume:
        for folder in unfinished(parent):
            if not arguments.name or folder.job().name == arguments.name:
                return folder
        raise TrainingError("There is no training to go on with.", "Start one: pandemonium train FOLDER --name NAME.")
    if not arguments.folders or not arguments.name:
        raise TrainingError("A training needs a folder and a name.", "pandemonium train FOLDER --name NAME")
    sources = [str(Path(source).absolute()) for source in arguments.folders]
    missing = [source for source in sources if not Path(source).exists()]
    if missing:
        raise TrainingError(f"There is no folder {missing[0]}.", "Check its name.")
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
        replace=arguments.replace,
        changes=_changes(arguments.changes),
    )
    return JobFolder.create(parent, job)


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


def _print_line(event: dict[str, Any]) -> None:
    print(json.dumps(event, ensure_ascii=False), flush=True)


class _Bar:
    """A progress bar on standard error."""

    def __init__(self) -> None:
        self._minutes = 0.0
        self._best = 0.0

    def __call__(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "plan":
                self._minutes = event["minutes"]
                self._line(f"{event['characters']:,} characters, about {event['passes']:.1f} passes", end="\n")
            case "evaluation":
                self._best = event["best"]
            case "progress" if event["phase"] == "learning":
                share = min(1.0, event["seconds"] / (60 * self._minutes)) if self._minutes else 0.0
                bar = "#" * int(_WIDTH * share)
                left = event["seconds_left"]
                self._line(
                    f"[{bar:<{_WIDTH}}] {f'{left / 60:.1f} min left' if left is not None else ''}  "
                    f"held-out {self._best:.3f} bits a character  {event['tokens_per_second']:,.0f} sub-words/s"
                )
            case "progress":
                self._line({"reading": "Reading your texts", "replay": "The base voice writes what it must not forget",
                            "judging": "Comparing both voices", "paused": "Paused"}.get(event["phase"], ""))  # fmt: skip
            case "done" | "stopped" | "failed":
                print(file=sys.stderr)

    def _line(self, text: str, end: str = "") -> None:
        print(f"\r{text:<100}", end=end, file=sys.stderr, flush=True)


def _summary(result: dict[str, Any]) -> str:
    return (
        f"{result['sentence']}\n"
        f"Held-out text: {result['before']:.3f} bits a character before, {result['after']:.3f} after. "
        f"Copied: {100 * result['copied_8']:.1f} % of runs of eight words, the longest of {result['longest_run']} words.\n"
        f"The voice '{result['voice']}' is in the library."
    )
