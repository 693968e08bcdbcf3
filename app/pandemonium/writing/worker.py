"""The one long-lived thread that owns the loaded voice: takes requests, gives chunks, stops at once."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pandemonium.errors import PandemoniumError, VoiceError
from pandemonium.text.controls import one_line
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, file_sha256, load_voice
from pandemonium.writing.recipe import MixedVoice
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest
from pandemonium.writing.runtimes.runtime import Runtime

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.reading.checkpoints import Kept

_log = logging.getLogger(__name__)

# What a voice can be asked beside continuing: is given the loaded voice and a `stop` that says when to end early, and
# gives its answer, whole or as far as it came.
Question = Callable[["Continuer", Callable[[], bool]], object]


@dataclass(frozen=True)
class LoadedVoice:
    """A voice that is ready to write.

    Attributes:
        name: of the voice.
        path: of its file.
        device: "cpu" or "gpu".
        card: what it is.
        sha256: the hash of its file, hexadecimal.
        others: the names of the voices that may be mixed in.
        others_sha256: the hash of each one's file.
    """

    name: str
    path: Path
    device: str
    card: Card
    sha256: str = ""
    others: tuple[str, ...] = ()
    others_sha256: tuple[str, ...] = ()

    @property
    def mixed(self) -> tuple[MixedVoice, ...]:
        """The voices that may be mixed in, as a recipe keeps them."""
        return tuple(MixedVoice(*each) for each in zip(self.others, self.others_sha256, strict=True))


class WritingListener(Protocol):
    """Hears from the worker. Every method is called on the worker's thread and must return soon."""

    def voice_loaded(self, voice: LoadedVoice) -> None:
        """A voice is ready."""

    def voice_failed(self, error: PandemoniumError) -> None:
        """A voice could not be loaded; the one before, if any, is still there."""

    def chunk_written(self, chunk: Chunk) -> None:
        """A chunk of the running request."""

    def finished(self, continuation: Continuation) -> None:
        """A request is over: written to its end, or stopped."""

    def failed(self, number: int, error: PandemoniumError) -> None:
        """A request could not be answered."""

    def answered(self, number: int, answer: object) -> None:
        """A question's answer, or a PandemoniumError where there is none."""


class _Jobs:
    """What the thread has to do, in turn; what was asked for gently waits until there is nothing else."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[Callable[[], None] | None] = deque()
        self._gentle: deque[Callable[[], None]] = deque()

    def put(self, job: Callable[[], None] | None, *, gently: bool = False) -> None:
        """Adds a job; None ends the thread, and what waits gently is done no more."""
        with self._changed:
            if not gently:
                self._waiting.append(job)
            elif job is not None:
                self._gentle.append(job)
            self._changed.notify()

    def get(self) -> Callable[[], None] | None:
        """Waits for the next job."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._gentle)
            return self._waiting.popleft() if self._waiting else self._gentle.popleft()

    def empty(self) -> bool:
        """Nothing waits that must not."""
        return not self._waiting


class WritingWorker:
    """Loads voices and answers requests, one after the other, on a thread of its own.

    Every method returns at once; what comes of it is heard by the listener.
    """

    def __init__(
        self, listener: WritingListener, threads: int = 0, kept: Kept | None = None, *, held: bool = False
    ) -> None:
        """Begins.

        Args:
            listener: hears what comes of it.
            threads: of the CPU; 0 takes as many as write fastest.
            kept: where what was read is kept; None for nowhere.
            held: nothing is done before `begin` is called, and what is asked for waits its turn.
        """
        self._listener = listener
        self._kept = kept
        self._threads = threads
        self._jobs = _Jobs()
        self._stopped_before = 0  # requests taken up to this number of submissions are stopped
        self._submitted = 0
        self._moved: tuple[str, ...] | None = None  # the shares, where they were moved since the last request
        self._may_go_on = threading.Event()
        self._may_go_on.set()
        self._begun = threading.Event()
        if not held:
            self._begun.set()
        self._continuer: Continuer | None = None
        self._runtime: Runtime | None = None
        self._loaded: LoadedVoice | None = None
        self._thread = threading.Thread(target=self._run, name="writing", daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Does what was asked for so far, and from now on."""
        self._begun.set()

    def load(self, path: Path, device: str = "auto", others: Sequence[Path] = ()) -> None:
        """Asks for the voice at `path` on `device` ("auto", "cpu", "gpu"), and for others that may be mixed in."""
        self._jobs.put(lambda: self._load(path, device, tuple(others)))

    def continue_(self, request: ContinueRequest) -> None:
        """Asks for a continuation."""
        self._moved = None
        self._may_go_on.set()
        self._submitted += 1
        ticket = self._submitted
        self._jobs.put(lambda: self._continue(request, ticket))

    def read_ahead(self, before: str, paragraph: str) -> None:
        """Reads what a continuation is likely to be asked for behind; gives way to whatever is asked for next."""
        self._jobs.put(lambda: self._read_ahead(before, paragraph))

    def ask(self, number: int, question: Question, *, gently: bool = False) -> None:
        """Asks the loaded voice something.

        Args:
            number: comes back with the answer.
            question: called on the worker's thread; its `stop` says True once `stop()` was called.
            gently: it waits until nothing else is asked for, and `stop` says True as well as soon as something is.
        """
        self._submitted += 1
        ticket = self._submitted
        self._jobs.put(lambda: self._answer(number, question, ticket, gently), gently=gently)

    def remix(self, mix: Sequence[str]) -> None:
        """Gives mixed voices other shares, which hold from the running continuation's next sub-word on."""
        self._moved = tuple(mix)

    def hold(self, held: bool) -> None:
        """Lets the running continuation wait: what is far ahead of what is seen hears of no other shares any more."""
        if held:
            self._may_go_on.clear()
        else:
            self._may_go_on.set()

    def stop(self) -> None:
        """Ends every continuation and question asked for so far: the running one within one sub-word."""
        self._stopped_before = self._submitted
        self._may_go_on.set()

    def close(self) -> None:
        """Stops, and waits for the thread to end."""
        self.stop()
        self._jobs.put(None)
        self._begun.set()
        self._thread.join()

    def _run(self) -> None:
        self._begun.wait()
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except BaseException:  # noqa: BLE001 - the thread must live on; the listener itself has failed
                _log.exception("a listener of the writing thread failed")

    def _load(self, path: Path, device: str, others: Sequence[Path]) -> None:
        try:
            # Here, on the thread: the window does not wait for ONNX Runtime before it is shown.
            from pandemonium.writing.continuer import Continuer
            from pandemonium.writing.runtimes.opening import open_mixed

            voice = load_voice(path)
            digest = file_sha256(path)
            beside, digests = self._load_others(voice, others)
            runtime = open_mixed(voice, beside, device, self._threads)
            continuer = Continuer(voice, runtime, beside, self._kept)
        except PandemoniumError as error:
            self._listener.voice_failed(error)
            return
        except BaseException as error:  # noqa: BLE001 - a runtime's own fault; a panic in Rust is no Exception
            _log.exception("loading %s failed", path)
            self._listener.voice_failed(_unexpected(error))
            return
        self._continuer = continuer
        self._runtime = runtime
        self._loaded = LoadedVoice(
            voice.name,
            path,
            runtime.device,
            voice.card,
            digest,
            tuple(other.name for other in beside),
            tuple(digests),
        )
        self._listener.voice_loaded(self._loaded)

    def _load_others(self, voice: Voice, paths: Sequence[Path]) -> tuple[list[Voice], list[str]]:
        """The voices that can be mixed in, and the hashes of their files.

        Of each that cannot it is said why, and the first writes without it.
        """
        from pandemonium.writing.runtimes.mixed_runtime import check_mixable

        beside: list[Voice] = []
        digests: list[str] = []
        for path in paths:
            try:
                other = load_voice(path)
                check_mixable(voice, [*beside, other])
                digests.append(file_sha256(path))
                beside.append(other)
            except PandemoniumError as error:
                self._listener.voice_failed(error)
        return beside, digests

    def _continue(self, request: ContinueRequest, ticket: int) -> None:
        if self._continuer is None:
            error = VoiceError("No voice is loaded.", "Choose a voice, then press Continue again.")
            self._listener.failed(request.number, error)
            return
        try:
            from pandemonium.writing.responding import respond

            writing = respond(self._continuer, request, lambda: ticket <= self._stopped_before, lambda: self._moved)
            while True:
                self._listener.chunk_written(next(writing))
                self._may_go_on.wait()
        except StopIteration as end:
            self._listener.finished(end.value)
        except PandemoniumError as error:
            self._listener.failed(request.number, error)
        except BaseException as error:  # noqa: BLE001 - the runtime's, whatever its kind
            _log.exception("continuing failed")
            self._listener.failed(request.number, _unexpected(error))
        self._tell_device()

    def _answer(self, number: int, question: Question, ticket: int, gently: bool) -> None:
        if self._continuer is None:
            error = VoiceError("No voice is loaded.", "Choose a voice first.")
            self._listener.answered(number, error)
            return
        try:
            answer = question(
                self._continuer,
                lambda: ticket <= self._stopped_before or (gently and not self._jobs.empty()),
            )
        except PandemoniumError as error:
            answer = error
        except BaseException as error:  # noqa: BLE001 - the runtime's, whatever its kind
            _log.exception("a question failed")
            answer = _unexpected(error)
        self._listener.answered(number, answer)
        self._tell_device()

    def _read_ahead(self, before: str, paragraph: str) -> None:
        if self._continuer is None or not self._jobs.empty():
            return
        try:
            self._continuer.read_ahead(before, paragraph, lambda: not self._jobs.empty())
        except BaseException:  # noqa: BLE001 - whoever continues here hears of it
            _log.exception("reading ahead failed")

    def _tell_device(self) -> None:
        """Says so where the voice runs on another device now: its GPU has given up."""
        if self._loaded is not None and self._runtime is not None and self._runtime.device != self._loaded.device:
            self._loaded = replace(self._loaded, device=self._runtime.device)
            self._listener.voice_loaded(self._loaded)


def _unexpected(error: BaseException) -> PandemoniumError:
    detail = one_line(f"{type(error).__name__}: {error}")
    return PandemoniumError(f"The voice gave up ({detail}).", "Your text is untouched; try again, or choose the CPU.")
