"""The bridge to the writing thread: a continuation as an async iterator on the window's loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from pandemonium.errors import PandemoniumError
from pandemonium.writing.reading.checkpoints import Kept
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest, Person
from pandemonium.writing.worker import LoadedVoice, Question, WritingWorker


class ChunkStream(AsyncIterator[Chunk]):
    """The chunks of one request, in order.

    Attributes:
        result: the whole continuation, once the iteration has ended without an error.
        voice: who writes; None before its first chunk. Another one may be loaded by the time the writer sees it.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.result: Continuation | None = None
        self.voice: LoadedVoice | None = None
        self._loop = loop
        self._chunks: deque[Chunk] = deque()
        self._error: PandemoniumError | None = None
        self._ended = False
        self._waiter: asyncio.Future[None] | None = None

    def __aiter__(self) -> ChunkStream:
        return self

    async def __anext__(self) -> Chunk:
        """The next chunk.

        Raises:
            PandemoniumError: the request could not be answered.
        """
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self._ended:
                raise StopAsyncIteration
            self._waiter = self._loop.create_future()
            await self._waiter
        return self._chunks.popleft()

    def add(self, chunk: Chunk, voice: LoadedVoice | None = None) -> None:
        """Takes in a chunk, and who has written it."""
        self.voice = self.voice or voice
        self._chunks.append(chunk)
        self._wake()

    def end(self, result: Continuation | None, error: PandemoniumError | None = None) -> None:
        """Ends the stream behind the chunks that are still in it."""
        self.result = result
        self._error = error
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class WritingBridge:
    """Owns the writing thread, and brings home what it says.

    The listener's methods are called on the writing thread; they put an event on a pile and wake the loop once
    for the whole pile. Events of a request that nobody waits for any more are dropped.

    Attributes:
        cast, known: who is in the scene, and the draft's other names, for every request: see `ContinueRequest`.
        heard: are called with every chunk, on the window's loop.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        on_voice: Callable[[LoadedVoice], None],
        on_voice_failed: Callable[[PandemoniumError], None],
        threads: int = 0,
        kept: Kept | None = None,
        *,
        held: bool = False,
    ) -> None:
        self._loop = loop
        self._on_voice = on_voice
        self._on_voice_failed = on_voice_failed
        self._pile: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._woken = False
        self._closed = False
        self._voice: LoadedVoice | None = None  # who has written the chunks that are delivered now
        self._number = 0
        self._stream: ChunkStream | None = None
        self._questions = 0
        self._answers: dict[int, asyncio.Future[object]] = {}
        self.heard: list[Callable[[Chunk], None]] = []
        self._worker = WritingWorker(self, threads, kept, held=held)
        self.cast: tuple[Person, ...] = ()
        self.known: tuple[str, ...] = ()

    def begin(self) -> None:
        """Lets a thread that was held do what was asked for so far, and from now on."""
        self._worker.begin()

    def load(self, path: Path, device: str, others: Sequence[Path] = ()) -> None:
        """Asks for a voice, and for others that may be mixed with it.

        `on_voice` is called when it is there, `on_voice_failed` where it is not, or one of the others.
        """
        self._worker.load(path, device, others)

    @property
    def next_number(self) -> int:
        """The number that the next request must have."""
        return self._number + 1

    def continue_(self, request: ContinueRequest) -> ChunkStream:
        """Asks for a continuation; whatever was being written before is stopped and its late chunks are dropped."""
        self.stop()
        self._number = request.number
        self._stream = ChunkStream(self._loop)
        self._worker.continue_(request)
        return self._stream

    def read_ahead(self, before: str, paragraph: str) -> None:
        """Has the text before the cursor read while nothing else is asked for."""
        self._worker.read_ahead(before, paragraph)

    async def ask(self, question: Question, *, gently: bool = False) -> object:
        """Asks the loaded voice something beside continuing, and waits for the answer.

        Args:
            question: called on the writing thread with the voice and a `stop`; see `writing.worker.Question`.
            gently: it ends early as soon as anything else is asked for.

        Raises:
            PandemoniumError: there is no answer.
        """
        self._questions += 1
        number = self._questions
        waiter: asyncio.Future[object] = self._loop.create_future()
        self._answers[number] = waiter
        self._worker.ask(number, question, gently=gently)
        try:
            answer = await waiter
        finally:
            del self._answers[number]
        if isinstance(answer, PandemoniumError):
            raise answer
        return answer

    def remix(self, mix: Sequence[str]) -> None:
        """Gives mixed voices other shares from the running continuation's next sub-word on."""
        self._worker.remix(mix)

    def hold(self, held: bool) -> None:
        """Lets the running continuation wait, or go on: see `WritingWorker.hold`."""
        self._worker.hold(held)

    def stop(self) -> None:
        """Ends the running continuation within one sub-word; its stream ends now."""
        self._worker.stop()
        stream = self._stream
        self._stream = None
        if stream is not None:
            stream.end(None)

    def let_go(self, stream: ChunkStream) -> None:
        """Stops if it is `stream` that is being written."""
        if stream is self._stream:
            self.stop()

    def close(self) -> None:
        """Stops, and waits for the writing thread to end."""
        self._closed = True
        self.stop()
        self._worker.close()

    def voice_loaded(self, voice: LoadedVoice) -> None:
        """A voice is ready."""
        self._post(lambda: self._take_voice(voice))

    def voice_failed(self, error: PandemoniumError) -> None:
        """A voice could not be loaded."""
        self._post(lambda: self._on_voice_failed(error))

    def chunk_written(self, chunk: Chunk) -> None:
        """A chunk of the running request."""
        self._post(lambda: self._hear(chunk))

    def finished(self, continuation: Continuation) -> None:
        """A request is over."""
        self._post(lambda: self._end(continuation.number, continuation))

    def failed(self, number: int, error: PandemoniumError) -> None:
        """A request could not be answered."""
        self._post(lambda: self._end(number, None, error))

    def answered(self, number: int, answer: object) -> None:
        """A question's answer."""
        self._post(lambda: self._give_answer(number, answer))

    def _take_voice(self, voice: LoadedVoice) -> None:
        self._voice = voice
        self._on_voice(voice)

    def _hear(self, chunk: Chunk) -> None:
        for hear in self.heard:
            hear(chunk)
        if self._stream is not None and chunk.number == self._number:
            self._stream.add(chunk, self._voice)

    def _give_answer(self, number: int, answer: object) -> None:
        waiter = self._answers.get(number)
        if waiter is not None and not waiter.done():
            waiter.set_result(answer)

    def _end(self, number: int, result: Continuation | None, error: PandemoniumError | None = None) -> None:
        if self._stream is not None and number == self._number:
            self._stream.end(result, error)

    def _post(self, event: Callable[[], None]) -> None:
        with self._lock:
            self._pile.append(event)
            if self._woken or self._closed:
                return
            self._woken = True
        with contextlib.suppress(RuntimeError):  # the loop was closed behind us
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        with self._lock:
            self._woken = False
            events = self._pile
            self._pile = deque()
        for event in events:
            if not self._closed:
                event()
