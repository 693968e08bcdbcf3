"""The three standard streams, made safe: closed ones, full disks, and control characters out of strangers' files."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast

from pandemonium.errors import PandemoniumError

# What an ASCII terminal obeys, as in `text.controls`, which would be imported for every start; tabs and line ends stay.
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class OutputError(PandemoniumError):
    """Standard output is closed, or takes no more."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The output could not be written: {reason}.", "Send it to a terminal or into another file.")


class PlainStream:
    """A text stream to which strangers' texts go as plain words: no terminal obeys what is in them.

    Args:
        stream: where it all goes.
        is_output: it is standard output: what it does not take is an error. Of standard error nobody would hear.
    """

    def __init__(self, stream: TextIO, *, is_output: bool) -> None:
        self._stream = stream
        self._is_output = is_output
        self._table = _CONTROLS if is_output else {**_CONTROLS, ord("\r"): "\r"}  # progress is drawn over itself

    def write(self, text: str) -> int:
        """Writes `text` without its control characters.

        Raises:
            OutputError: the disk is full, or the device is gone.
            BrokenPipeError: whoever read has gone.
        """
        with self._telling():
            self._stream.write(text.translate(self._table))
        return len(text)

    def flush(self) -> None:
        """Writes what is still held back.

        Raises:
            OutputError: see `write`.
        """
        with self._telling():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            if self._is_output:
                raise
        except OSError as error:
            if self._is_output:
                reason = "the disk is full" if error.errno in _FULL else error.strerror or str(error)
                raise OutputError(reason) from error


@contextlib.contextmanager
def safe_streams(*, may_be_silent: bool) -> Iterator[None]:
    """Puts plain streams in the place of standard output and standard error while it lasts.

    Args:
        may_be_silent: what is done is done elsewhere, so that closed output only loses the report of it.

    Raises:
        OutputError: standard output is closed, and all would be for nothing.
    """
    _speak_utf8()
    with contextlib.ExitStack() as stack:
        if sys.stderr is not None:
            stack.enter_context(contextlib.redirect_stderr(_plain(sys.stderr, is_output=False)))
        if sys.stdout is not None:
            stack.enter_context(contextlib.redirect_stdout(_plain(sys.stdout, is_output=True)))
        elif may_be_silent:
            nowhere = stack.enter_context(open(os.devnull, "w", encoding="utf-8"))
            stack.enter_context(contextlib.redirect_stdout(nowhere))
        else:
            raise OutputError("standard output is closed")
        yield


def occupy_closed_descriptors() -> None:
    """Puts nothing in the place of closed standard streams, lest a file of the program get one of their numbers."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def forget_output() -> None:
    """What is still buffered for standard output goes nowhere, without a complaint at exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(stream: TextIO, *, is_output: bool) -> TextIO:
    return cast(TextIO, PlainStream(stream, is_output=is_output))


def _speak_utf8() -> None:
    """Prose has curly quotes and more: both outputs are UTF-8 everywhere, and a lone surrogate is no crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
