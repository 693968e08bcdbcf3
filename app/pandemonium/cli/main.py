"""Takes the command line apart, runs the one sub-command that was asked for, and turns errors into exit codes."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

import pandemonium
from pandemonium.cli.problem_log import write_problem
from pandemonium.errors import PandemoniumError

COMMANDS = ("continue", "inspect", "train", "evaluate", "voices", "compare", "benchmark", "convert", "selftest")
DONE, FAILED, INTERRUPTED = 0, 1, 130


class Command(Protocol):
    """What each module of a sub-command has."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declares the sub-command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Carries it out and gives the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program and gives its exit code: 0 done, 1 an error said on standard error, 130 interrupted.

    Args:
        argv: the arguments without the program's name; the process's own where None.

    Raises:
        SystemExit: with 2 on wrong usage, with 0 after --help and --version.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        status = _dispatch(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except PandemoniumError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return DONE
    except Exception as error:  # noqa: BLE001 - the edge: whatever was not foreseen becomes a sentence and a log
        return _fail(write_problem(error, arguments))


def available_commands() -> list[str]:
    """The sub-commands of this installation, in the order in which they are shown."""
    return [name for name in COMMANDS if importlib.util.find_spec(_module(name)) is not None]


def _module(name: str) -> str:
    return f"pandemonium.cli.{'continue_' if name == 'continue' else name}"


def _load(name: str) -> Command:
    if name not in available_commands():
        raise PandemoniumError(f"This build of Pandemonium has no command '{name}'.", "See 'pandemonium --help'.")
    return cast(Command, importlib.import_module(_module(name)))


def _dispatch(arguments: list[str]) -> int:
    if arguments and arguments[0] in COMMANDS:
        command = _load(arguments[0])
        parser = argparse.ArgumentParser(prog=f"pandemonium {command.NAME}", description=command.HELP)
        command.add_arguments(parser)
        return command.run(parser.parse_args(arguments[1:]))
    parser = _window_parser(with_commands=not {"-h", "--help"}.isdisjoint(arguments))
    return _open_window(parser.parse_args(arguments).file)


def _window_parser(*, with_commands: bool) -> argparse.ArgumentParser:
    """The parser of `pandemonium [FILE]`; listing the sub-commands imports them, so only --help does."""
    lines = []
    if with_commands:
        lines = [f"  {name:<10} {_load(name).HELP}" for name in available_commands()]
    parser = argparse.ArgumentParser(
        prog="pandemonium",
        usage="pandemonium [FILE]\n       pandemonium COMMAND ...",
        description="Opens the writing desk, with FILE on it if one is named.",
        epilog="\n".join(
            ["commands (each with its own --help):", *lines, "", "A file named like a command opens as ./NAME."]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the document to open")
    parser.add_argument("--version", action="version", version=f"pandemonium {pandemonium.__version__}")
    return parser


def _open_window(file: Path | None) -> int:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        raise PandemoniumError(
            "There is no screen here to open the window on.", "In a terminal, use 'pandemonium continue'."
        )
    try:
        desktop = importlib.import_module("pandemonium.desktop")
    except ImportError as error:
        if (error.name or "").startswith("pandemonium"):
            raise
        raise PandemoniumError(
            f"A part of the window is missing: {error}.",
            "Install Pandemonium again, or use 'pandemonium continue' in a terminal.",
        ) from error
    return int(desktop.run(file))


def _speak_utf8() -> None:
    """Prose has curly quotes and more: both outputs are UTF-8 everywhere, and a lone surrogate is no crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _forget_stdout() -> None:
    """Whoever read has had enough: what is still buffered goes nowhere, without a complaint at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(sentence: str) -> int:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(sentence, file=sys.stderr, flush=True)
    return FAILED
