"""Continues a text: reads what is new, then writes token by token, all sequences in one batch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import clean
from pandemonium.text.language import language_name
from pandemonium.text.typography import Typography
from pandemonium.voice.file import Voice
from pandemonium.writing.decoding.candidates import SentenceWriter
from pandemonium.writing.decoding.choosing import Chooser
from pandemonium.writing.decoding.joining import Behind, BehindScorer, BridgeWriter, JoiningJudge
from pandemonium.writing.decoding.judge import CandidateJudge, Judge, figures_of
from pandemonium.writing.decoding.sequence import DecodingSequence, RequestContext
from pandemonium.writing.mixing import Remixing, mixed_balance, parse_mix, shares_of
from pandemonium.writing.reading.checkpoints import DIGEST, CheckpointStore, Kept
from pandemonium.writing.reading.context import (
    MOST_CHARACTERS,
    STEP,
    Context,
    cut,
    earlier,
    gap_behind,
    prepare,
    reading_start,
)
from pandemonium.writing.reading.draft import DraftTokens
from pandemonium.writing.reading.languages import LanguageCheck
from pandemonium.writing.reading.memory import remember
from pandemonium.writing.reading.origins import Origin, OriginFinder
from pandemonium.writing.reading.phrases import Memory, Phrases
from pandemonium.writing.reading.reader import CHECKPOINT, Reader
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest, draw_seed, seeds_from
from pandemonium.writing.runtimes.mixed_runtime import MixedRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime
from pandemonium.writing.sampling.bans import PhraseBans
from pandemonium.writing.sampling.copy_guard import CopyGuard, MixedGuard
from pandemonium.writing.sampling.names import NameSpellings, NameTokens
from pandemonium.writing.sampling.token_table import TokenTable
from pandemonium.writing.sampling.wanted import WantedWords

_TYPOGRAPHY_TAIL = 4000
_SIGNS_NAMED = 12
_MOST_NEW_NAME_PENALTY = 10.0
_CLOSED_SCENE = 2.0  # so much harder are new names held back where the writer says who is there
_WINDOW = 240  # characters that tell a window from others


class _Named(NamedTuple):
    """Who is named in a draft, or in a scene.

    Attributes:
        phrases: of the draft.
        scene: names of the scene.
        strangers: tokens that begin no name of either, ids.
        spellings: how their names are spelled.
    """

    phrases: Phrases
    scene: tuple[str, ...]
    strangers: Ids
    spellings: NameSpellings


class Continuer:
    """A loaded voice at work on one document after the other; belongs to one thread."""

    def __init__(self, voice: Voice, runtime: Runtime, others: Sequence[Voice] = (), kept: Kept | None = None) -> None:
        """Begins.

        Args:
            voice: that writes.
            runtime: its network, or a `MixedRuntime` over its and the others'.
            others: voices that may be mixed in, in the runtime's order; the settings' `mix` has their shares.
            kept: where what was read is kept; None for nowhere.
        """
        self.voice = voice
        self.others = tuple(others)
        self._runtime = runtime
        self._store: CheckpointStore | None = None  # a mix of voices is read anew
        if kept is not None and runtime.device == "cpu" and not isinstance(runtime, MixedRuntime):
            self._store = kept.store(voice, runtime)
        self._reader = Reader(runtime, self._store)
        self._ahead = Reader(runtime, self._store)  # of the rest of a manuscript: what is at the cursor stays
        self._draft = DraftTokens(voice.tokenizer)
        if self._store is not None:
            self._store.load_tokens(self._draft.load)
        self._recall = remember(runtime, voice.remembered.astype(np.int64)) if len(voice.remembered) else None
        self._tokens = TokenTable(voice.tokenizer)
        self._names = NameTokens(voice.tokenizer)
        self._languages = LanguageCheck(voice.card.language)
        self._judge = Judge.of(voice.judge, voice.architecture.output_width) if voice.judge else None
        guards = [CopyGuard(each.profile) for each in (voice, *others) if each.profile]
        self._guard = MixedGuard(guards) if len(guards) > 1 else (guards[0] if guards else None)
        self._wanted = lru_cache(maxsize=2)(lambda words: WantedWords([clean(each) for each in words], voice.tokenizer))
        self._named: _Named | None = None
        self._memory: Memory | None = None
        self._memory_of_what: tuple[str, str, Context] | None = None

    def write(
        self,
        request: ContinueRequest,
        stop: Callable[[], bool] = lambda: False,
        moved: Callable[[], Sequence[str] | None] = lambda: None,
    ) -> Generator[Chunk, None, Continuation]:
        """Yields chunks of text as they are written; returns the whole.

        Args:
            request: what to continue and how.
            stop: looked at between any two sub-words; True ends the writing there.
            moved: gives the shares of mixed voices where they were moved meanwhile, else None; looked at likewise, and
                heeded from the next sub-word on.
        """
        started = time.perf_counter()
        self.set_mix(request.settings.mix)
        context, notes = self._prepare(request)
        memory = self._memory_of(request.before, request.paragraph, context)
        behind = self._behind(request, context)
        writers = self._writers(request, context, behind, stop)
        chooser = self.chooser(request)
        texts = [""] * len(writers)
        finders: dict[int, OriginFinder] = {}
        remixing = Remixing(request.settings.mix, request.remixes, moved) if self.others else None

        def show(index: int, text: str) -> list[Chunk]:
            texts[index] += text
            if not text:
                return []
            canonical, recalled = writers[index].origins
            origins: tuple[Origin, ...] = ()
            if recalled:
                if index not in finders:
                    finders[index] = self._finder(request, context, memory)
                origins = finders[index].find(canonical, recalled, texts[index])
            return [Chunk(request.number, index, text, origins, remixing.remixes if remixing else ())]

        while not stop():
            active = [sequence for writer in writers for sequence in writer.active]
            if not active:
                break
            if remixing is not None and (mix := remixing.look()) is not None:
                self.set_mix(mix)
                chooser = self.chooser(request)
            chooser.step_in_turn(active)
            for i, writer in enumerate(writers):
                if not writer.done:
                    writer.settle()
                    yield from show(i, writer.pop_text())
        chooser.finish_reading()
        stopped = not all(writer.done for writer in writers)
        for i, writer in enumerate(writers):
            yield from show(i, writer.finish(stopped=stopped))
            if texts[i] and not texts[i][-1].isspace():
                yield from show(i, _gap_behind(request, behind))
        return Continuation(
            request.number,
            tuple(texts),
            tuple(writer.seed for writer in writers),
            self.voice.name,
            time.perf_counter() - started,
            sum(writer.tokens for writer in writers),
            stopped,
            notes,
        )

    def judge_sentences(self, before: str, sentences: Sequence[str], outputs: Sequence[Floats]) -> Floats:
        """The voice's judgement on each of several sentences behind what was read last, [sentences]; 0 without a judge.

        Args:
            before: the canonical text there.
            sentences: canonical.
            outputs: the network's behind each of a sentence's tokens, [tokens, output width] each.
        """
        if self._judge is None:
            return np.zeros(len(sentences), dtype=np.float32)
        lead = self._runtime.architecture.lead
        keys = [lead.keys(np.ascontiguousarray(each[:, : lead.output_width])) for each in outputs]
        figures = np.stack([figures_of(before, sentence) for sentence in sentences])
        return self._judge.score(self._reader.passage(), keys, figures)

    @property
    def runtime(self) -> Runtime:
        """The voice's network."""
        return self._runtime

    @property
    def tokens(self) -> TokenTable:
        """The kinds of the voice's tokens."""
        return self._tokens

    def foreign(self, text: str) -> str:
        """The code of the language of a text that the voice does not know; empty where it knows it."""
        return self._languages.foreign(text)

    def look(
        self, before: str, paragraph: str, usual: Typography | None, stop: Callable[[], bool]
    ) -> tuple[Context, Floats, Floats, Memory]:
        """Reads the text before the cursor for a question about what comes next.

        Args:
            before, paragraph, usual: as in a `ContinueRequest`.
            stop: looked at between two checkpoints; stopped early, what is given is of the place it had come to.

        Returns:
            what was read, the network's output behind it [output_width], its state, and the memory of it.
        """
        context, _ = self._prepare(ContinueRequest(0, 0, before, paragraph=paragraph, usual=usual or Typography()))
        hidden, state, _ = self._reader.read(context.tokens, stop, _window(context, paragraph))
        return context, hidden, state, self._memory_of(before, paragraph, context)

    def read_ahead(self, before: str, paragraph: str, stop: Callable[[], bool]) -> None:
        """Reads the text before the cursor, so that the next continuation there begins at once.

        Args:
            before: as in a `ContinueRequest`.
            paragraph: likewise.
            stop: looked at between two checkpoints; what was read until then is kept.
        """
        if not self._languages.foreign(before):
            context = prepare(before, self.voice.tokenizer, paragraph)
            self._read_on(self._reader, before, paragraph, context, stop)

    def read_elsewhere(self, before: str, paragraph: str, stop: Callable[[], bool]) -> int:
        """Reads another place of the manuscript and keeps what was read, unless it was kept already.

        Args:
            before: the text before that place, as in a `ContinueRequest`.
            paragraph: likewise.
            stop: looked at between two checkpoints; called again, it goes on from there.

        Returns:
            how many tokens were really read.
        """
        if self._store is None or self._languages.foreign(before):
            return 0
        source = cut(before)
        if self._store.covers(window_of(source, paragraph), _digest(source, paragraph)):
            return 0
        context = prepare(before, self.voice.tokenizer, paragraph)
        return self._read_on(self._ahead, before, paragraph, context, stop)

    @property
    def can_keep(self) -> bool:
        """There is room to keep what is read."""
        return self._store is not None and not self._store.is_full

    def keep(self) -> None:
        """Keeps the tokens of the draft beside what was read."""
        if self._store is not None and self._draft.changed:
            self._store.save_tokens(self._draft.dump())

    def _read_on(self, reader: Reader, before: str, paragraph: str, context: Context, stop: Callable[[], bool]) -> int:
        window = _window(context, paragraph)
        _, _, read = reader.read(context.tokens, stop, window)
        if not stop():
            self._draft.of(earlier(before), paragraph)
            if window and read > CHECKPOINT:
                reader.keep(window, _digest(context.source, paragraph), self._first_place(context))
        return read

    def _first_place(self, context: Context) -> int:
        """From which token on a cursor may stand: a longer text is never read for less."""
        if not context.is_cut:
            return 0
        lengths = np.cumsum([len(self.voice.tokenizer.pieces[token]) for token in context.tokens])
        # Cleaning may have shortened it.
        return max(0, int(np.searchsorted(lengths, 0.9 * (MOST_CHARACTERS - STEP))) - CHECKPOINT)

    def _memory_of(self, before: str, paragraph: str, context: Context) -> Memory:
        """The memory of the draft up to the cursor: of what is read, and of what is handed over before that."""
        wanted = before, paragraph, context
        if self._memory is not None and self._memory_of_what == wanted:
            return self._memory
        read = np.array(context.tokens, dtype=np.int64)
        if len(context.tokens) > 1 and context.is_cut and not context.opening:
            read = np.concatenate([self._draft.of(earlier(before), paragraph), read])
        if self._memory is None or not np.array_equal(self._memory.phrases.tokens, read):
            self._memory = Memory(self._recall, Phrases(read, self._tokens.stretch))
        self._memory_of_what = wanted
        return self._memory

    @property
    def judge(self) -> Judge | None:
        """The voice's judge of sentences, where it has one."""
        return self._judge

    def read_before(
        self, request: ContinueRequest, stop: Callable[[], bool] = lambda: False
    ) -> tuple[str, Floats, Floats]:
        """Reads what stands before the cursor.

        Returns:
            its canonical end, the average of the network's outputs over it (`Reader.passage`), [output_width], and its
            state behind it, [2 * layers, 1, hidden].
        """
        context, _ = self._prepare(request)
        _, state, _ = self._reader.read(context.tokens, stop, _window(context, request.paragraph))
        return context.tail, self._reader.passage(), state

    def _prepare(self, request: ContinueRequest) -> tuple[Context, tuple[str, ...]]:
        """What is read, and what is to be said about it."""
        language = self._languages.foreign(request.before)
        context = prepare(
            request.before,
            self.voice.tokenizer,
            request.paragraph,
            foreign=bool(language),
            usual=request.usual,
            goes_on=not request.original,
        )
        if language:
            known = language_name(self.voice.card.language)
            other = language_name(language)
            return context, (f"This voice knows {known} and not {other}: it begins anew, without what stands there.",)
        if context.unknown and not context.tail.strip():
            return context, ("This voice does not know the script of this text, and begins anew without it.",)
        if context.unknown:
            signs = " ".join(context.unknown[:_SIGNS_NAMED]) + (" ..." if len(context.unknown) > _SIGNS_NAMED else "")
            return context, (f"This voice does not know these signs, and read on without them: {signs}",)
        return context, ()

    def _finder(self, request: ContinueRequest, context: Context, memory: Memory) -> OriginFinder:
        """Finds where in the draft words of a continuation come from."""
        skipped = reading_start(len(request.before))
        handed = request.before[skipped:]
        if len(memory.phrases) == len(context.tokens):  # of nothing but what is read
            skipped = len(request.before) - len(context.source)
            handed = context.source
        return OriginFinder(
            handed, skipped, memory.phrases.tokens, len(context.tokens), context.source, self.voice.tokenizer
        )

    def _behind(self, request: ContinueRequest, context: Context) -> Behind | None:
        """What the continuation is led to; None where nothing stands there, or it is not wanted."""
        settings = request.settings
        if not settings.join or not request.after.strip() or self._languages.foreign(request.after):
            return None
        return Behind.of(request.after, context.tail, self.voice.tokenizer, request.paragraph)

    def set_mix(self, mix: Sequence[str]) -> None:
        """Gives each voice its share for what follows; what the mix says of voices that are not here is passed over.

        Args:
            mix: as in `WritingSettings`.
        """
        if isinstance(self._runtime, MixedRuntime):
            names = [each.name for each in (self.voice, *self.others)]
            self._runtime.shares = shares_of(names, parse_mix(mix))

    def _balance(self) -> Floats:
        if isinstance(self._runtime, MixedRuntime):
            return mixed_balance((self.voice, *self.others), self._runtime.shares)
        return self.voice.balance

    def chooser(self, request: ContinueRequest) -> Chooser:
        """What takes sequences of a request a token further."""
        settings = self._scene_settings(request)
        strength = np.float32(settings.balance)
        balance = self._balance() if strength else np.zeros(0, dtype=np.float32)
        bias = strength * balance if len(balance) else None
        return Chooser(self._runtime, self._tokens, settings, bias)

    def begin(
        self, request: ContinueRequest, context: Context, seed: int, stop: Callable[[], bool] = lambda: False
    ) -> DecodingSequence:
        """A sequence that stands behind what is read before the cursor.

        Args:
            request: how to write, and what stands there.
            context: of it.
            seed: what the chances come from.
            stop: looked at between two checkpoints of the reading.
        """
        hidden, state, _ = self._reader.read(context.tokens, stop, _window(context, request.paragraph))
        memory = self._memory_of(request.before, request.paragraph, context)
        shared = self._request_context(request, context)
        return DecodingSequence(context, request.before[-_TYPOGRAPHY_TAIL:], hidden, state, memory, shared, seed)

    def _scene_settings(self, request: ContinueRequest) -> WritingSettings:
        """How to write; where the writer says who is in the scene, strangers are held back harder."""
        settings = request.settings
        if not request.cast:
            return settings
        return replace(settings, newcomers=min(_MOST_NEW_NAME_PENALTY, _CLOSED_SCENE * settings.newcomers))

    def _request_context(self, request: ContinueRequest, context: Context) -> RequestContext:
        settings = request.settings
        # Of all of the draft that is handed over: who was named a chapter ago is no stranger.
        memory = self._memory_of(request.before, request.paragraph, context)
        named = self._named_in(memory.phrases, tuple(_scene_names(request)) if request.cast else ())
        return RequestContext(
            settings,
            self._tokens,
            self._names,
            _bans(settings.banned) if settings.banned else None,
            request.paragraph,
            self._guard if settings.copy_guard else None,
            context.opening,
            context.capitals,
            self._wanted(settings.wanted) if settings.wanted else None,
            self._runtime.architecture.lead.output_width,  # whose judge it is
            request.cast,
            named.strangers,
            named.spellings if settings.newcomers > 0 else None,
        )

    def _named_in(self, phrases: Phrases, scene: tuple[str, ...]) -> _Named:
        """Who is named in a draft or in the scene; the last answer is remembered, since a draft is long."""
        if self._named is None or self._named.phrases is not phrases or self._named.scene != scene:
            tokens = np.concatenate([phrases.tokens, np.array(self._names.spellings(scene), dtype=np.int64)])
            strangers = np.setdiff1d(self._tokens.names, tokens)
            spellings = NameSpellings(tokens, self._tokens, self._names.letters)
            self._named = _Named(phrases, scene, strangers, spellings)
        return self._named

    def _writers(
        self, request: ContinueRequest, context: Context, behind: Behind | None, stop: Callable[[], bool]
    ) -> Sequence[SentenceWriter]:
        settings = request.settings
        first = settings.seed or draw_seed()
        lead = self._runtime.architecture.lead  # whose judge it is
        begun = self.begin(request, context, first, stop)
        seeds = seeds_from(first, settings.alternatives)
        passage = self._reader.passage()
        expects = BehindScorer(self._runtime, behind) if behind is not None else None
        writers: list[SentenceWriter] = []
        for seed in seeds:
            sequence = begun.twin(seed)
            if expects is None:
                judge = CandidateJudge(self._judge, lead, passage)
                # Where shares of a mixture may move, a sentence is written when its turn has come.
                ahead = not self.others
                writers.append(SentenceWriter(sequence, settings.candidates, judge, ahead=ahead))
                continue
            joining = JoiningJudge(self._judge, lead, passage, expects)
            if expects.behind.goes_on:
                writers.append(BridgeWriter(sequence, settings.candidates, joining, expects))
            else:
                writers.append(SentenceWriter(sequence, settings.candidates, joining))
        return writers


@lru_cache(maxsize=2)
def _bans(phrases: tuple[str, ...]) -> PhraseBans:
    return PhraseBans([clean(phrase) for phrase in phrases])


def _scene_names(request: ContinueRequest) -> list[str]:
    """Names that are no strangers in the scene."""
    return [form for each in request.cast for form in each.forms] + list(request.known)


def _gap_behind(request: ContinueRequest, behind: Behind | None) -> str:
    """What parts a continuation from what stands behind the cursor, where the document does not."""
    gap = gap_behind(request.before, request.after, request.paragraph)
    return gap if behind is None or gap == "\n" else " " if behind.needs_space else ""


def _window(context: Context, paragraph: str) -> str:
    return window_of(context.source, paragraph) if len(context.tokens) > CHECKPOINT else ""


def window_of(source: str, paragraph: str) -> str:
    """What the store knows a text's beginning by."""
    return _digest(source[:_WINDOW], paragraph).hex()


def _digest(source: str, paragraph: str) -> bytes:
    return hashlib.blake2b(f"{paragraph}{source}".encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()
