"""Takes the command line apart, runs the one sub-command that was asked for, and turns errors into exit codes."""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import importlib.util
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

import pandemonium
from pandemonium.cli.problem_log import write_problem
from pandemonium.cli.streams import OutputError, PlainStream, forget_output, occupy_closed_descriptors, safe_streams
from pandemonium.errors import PandemoniumError

COMMANDS = ("continue", "inspect", "train", "evaluate", "voices", "compare", "benchmark", "convert", "selftest")
DONE = 0
FAILED = 1
INTERRUPTED = 130
TERMINATED = 143
_TEXT_COMMANDS = ("continue", "inspect", "evaluate", "compare", "benchmark")  # what they do is what they print
_LONGEST_WORD = 200  # in a sentence for people: a name without end is cut
# What a file or folder may be to blame for wherever it is met; all else that nobody foresaw goes into a log.
_DISK = (
    errno.ENAMETOOLONG,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EINVAL,
    errno.EFBIG,
    errno.ELOOP,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
)
_DASHES = re.compile(r"--[\w-]+=--")


class Command(Protocol):
    """What each module of a sub-command has."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declares the sub-command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Carries it out and gives the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program and gives its exit code: 0 done, 1 an error said on standard error, 130 or 143 interrupted.

    Args:
        argv: the arguments without the program's name; the process's own where None.

    Raises:
        SystemExit: with 2 on wrong usage, with 0 after --help and --version.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    occupy_closed_descriptors()
    try:
        with safe_streams(may_be_silent=not _is_all_text(arguments)), _heeding_termination(arguments):
            status = _dispatch(arguments)
            sys.stdout.flush()
        return status
    except OutputError as error:
        forget_output()
        return _fail(str(error))
    except PandemoniumError as error:
        return _fail(str(error))
    except _Terminated:
        return TERMINATED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        forget_output()
        return DONE
    except OSError as error:
        if error.errno not in _DISK:
            return _fail(write_problem(error, arguments))
        return _fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}. Choose another name or place.")
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
        for each in arguments[1:]:
            if _DASHES.fullmatch(each):  # argparse would take the value away
                parser.error(f"argument {each[:-3]}: '--' is no value for it")
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


def _is_all_text(arguments: Sequence[str]) -> bool:
    """Tells whether nothing would come of a command whose output goes nowhere."""
    if arguments and arguments[0] == "voices":
        return arguments[1:2] in ([], ["show"], ["--json"])
    return bool(arguments) and arguments[0] in _TEXT_COMMANDS


class _Terminated(KeyboardInterrupt):
    """The system asked the program politely to end."""


@contextlib.contextmanager
def _heeding_termination(arguments: Sequence[str]) -> Iterator[None]:
    """While a sub-command runs, a polite request to end is heard like Ctrl-C; the window's loop has its own way."""
    is_command = bool(arguments) and arguments[0] in COMMANDS
    if not is_command or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _fail(sentence: str) -> int:
    words = " ".join(_shortened(word) for word in sentence.split(" "))
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            PlainStream(sys.stderr, is_output=False).write(f"{words}\n")
            sys.stderr.flush()
    return FAILED


def _shortened(word: str) -> str:
    return word if len(word) <= _LONGEST_WORD else f"{word[:80]}\u2026{word[-40:]}"
