"""Carries out a job folder's training from its texts to a voice in the library."""

from __future__ import annotations

import filecmp
import gc
import itertools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from pandemonium import __version__, paths
from pandemonium.atomic import write_atomically
from pandemonium.errors import PandemoniumError, TrainingError
from pandemonium.text.language import UNKNOWN
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.material.material import FILE, Material
from pandemonium.training.material.openings import Reader
from pandemonium.training.network.interval import Interval
from pandemonium.training.personal.evaluation import (
    EvaluationReport,
    evaluate_voices,
    scored_tokens,
    told_of_recipe,
)
from pandemonium.training.personal.foundation import begin_between, find_foundation
from pandemonium.training.personal.loop import Event, PersonalTraining, Question
from pandemonium.training.personal.machine import check_disk, check_memory, on_battery
from pandemonium.training.personal.planning import LEAST_CHARACTERS, Plan, measure_speed, plan
from pandemonium.training.personal.remembering import measure_memory, with_memory
from pandemonium.training.personal.start import TOKENIZER, Start, why_from_scratch
from pandemonium.training.personal.tuning import tune, tuning_seconds
from pandemonium.training.reading.splitting import held_out
from pandemonium.training.reading.texts import Texts, find_texts, forget_handed_on, handed_on
from pandemonium.training.recipe import Recipe
from pandemonium.training.recipes.plan import RecipePlan
from pandemonium.training.recipes.recipe_training import RecipeTraining, make_trainer
from pandemonium.voice.card import Card
from pandemonium.voice.file import (
    SUFFIX,
    Voice,
    file_sha256,
    load_voice,
    parse_voice,
    quantize_voice,
    read_voice_bytes,
    save_voice,
)
from pandemonium.voice.library import check_name, one_change_at_a_time
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime, physical_cores

PROFILE_CHARACTERS = 8_000_000  # of a longer training text, as many make the profile: it takes far more memory
_TUNING_CHARACTERS = 2_000_000
_MEASURING = 3.0  # seconds
_REPORT_SECONDS = 1.0


def read_documents(job: Job) -> tuple[list[tuple[str, str]], str]:
    """Reads a job's sources into memory: (path, canonical prose) of every file that is kept, and their language.

    A file that can no longer be read when its turn comes is passed over.

    Raises:
        DocumentError: a source is not there.
    """
    texts = find_texts(job)
    return list(texts.whole()), texts.language


def run_job(
    folder: JobFolder,
    voices: Path,
    on_event: Event,
    *,
    is_interrupted: Question = lambda: False,
    on_battery: Question = on_battery,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Any]:
    """Trains what `folder` asks for, or goes on where it stopped.

    Args:
        folder: of the job.
        voices: the library's folder that the new voice goes into.
        on_event: hears each event as it is written to the folder.
        is_interrupted: looked at between two steps; what was learned is saved and KeyboardInterrupt raised.
        on_battery: tells whether the machine runs on its battery; heeded if the job says so.
        clock: seconds, from any moment on, that the learning is planned by.

    Returns:
        the result, as written to `result.json`.

    Raises:
        TrainingError: the folder is no job or at work, there is too little text or room, or the disk is full; what
            was learned is kept.
        VoiceError: the base voice cannot be read, or the new one not be written.
        DocumentError: a source is not there.
        KeyboardInterrupt: it was interrupted.
    """
    job = folder.job()
    if folder.result() is not None:
        raise TrainingError("This training is over.", "Start another one.")
    folder.claim()
    try:
        torch.set_flush_denormal(True)
        torch.set_num_threads(job.threads or physical_cores())
        return _Run(folder, job, voices, on_event).carry_out(
            is_interrupted, on_battery if job.pause_on_battery else lambda: False, clock
        )
    except PandemoniumError as error:
        on_event(folder.report_failure(error))
        raise
    except (MemoryError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "memory" not in str(error):
            raise
        failure = TrainingError("The memory ran out.", "Close other programs, then resume: what was saved is kept.")
        on_event(folder.report_failure(failure))
        raise failure from error
    finally:
        folder.release()
        if folder.result() is not None:
            gc.collect()  # some systems delete no file that is still mapped into memory
            folder.tidy()


class _Run:
    """One job being carried out."""

    def __init__(self, folder: JobFolder, job: Job, voices: Path, on_event: Event) -> None:
        self._folder = folder
        self._job = job
        self._voices = voices
        self._on_event = on_event
        self._recipe = Recipe.from_dict(job.recipe) if job.recipe else None
        self._network = self._recipe.network if self._recipe else None

    def carry_out(self, is_interrupted: Question, on_battery: Question, clock: Callable[[], float]) -> dict[str, Any]:
        folder = self._folder
        job = self._job
        check_disk(folder.path)
        check_name(job.name)
        if self._is_taken(target := self._target(job.name)):
            raise TrainingError(f"There is a voice '{target.stem}' already.", "Choose another name.")
        base = self._base()
        why = ""
        if (folder.path / FILE).exists():
            material = Material.load(folder.path)
            scratch = (folder.path / TOKENIZER).exists()
            start = Start.resumed(base, folder.path, self._network) if scratch else Start.from_voice(base)
        else:
            self._tell("progress", phase="reading", seconds=0.0)
            texts = handed_on(folder.path) or find_texts(job, folder.path)
            scratch, why = self._decide(base, texts)
            if texts.characters < LEAST_CHARACTERS:
                return self._remember(base, [text for _, text in texts.whole()])
            start, material = self._prepare(base, texts, scratch)
        if recipe := self._recipe:
            chosen: Plan = RecipePlan.of(recipe, job.minutes)
        else:
            chosen = plan(
                job.minutes,
                material.train_characters,
                job.changes,
                from_scratch=scratch,
                base=start.architecture,
            )
        check_memory(start.architecture, chosen)
        if start.weights is not None and chosen.foundation:
            start = self._begin(start, material)
        self._announce(start, material, chosen, why)
        kind = PersonalTraining if recipe is None else RecipeTraining
        training = kind(
            folder,
            start,
            material,
            chosen,
            seed=job.seed,
            on_event=self._on_event,
            is_interrupted=is_interrupted,
            on_battery=on_battery,
            clock=clock,
        )
        return self._conclude(start, material, training, chosen, training.run())

    def _tell(self, event: str, **values: Any) -> None:
        self._on_event(self._folder.report(event, **values))

    def _shown(self, phase: str, seconds: float) -> Callable[[float], None]:
        """Tells what share of a phase is over, once a second at most, and at its beginning."""
        reporting = Interval(_REPORT_SECONDS, last=-math.inf)

        def show(share: float) -> None:
            now = time.monotonic()
            if reporting.is_due(now):
                self._tell("progress", phase=phase, seconds=seconds, share=round(min(1.0, share), 2))
                reporting.done(now, now)

        show(0.0)
        return show

    def _target(self, name: str) -> Path:
        return self._voices / f"{name}{SUFFIX}"

    def _is_taken(self, target: Path) -> bool:
        """Another voice has this name; the one that this job wrote before it was killed has not."""
        if self._job.replace or not target.exists():
            return False
        return not (self._folder.best.exists() and filecmp.cmp(self._folder.best, target, shallow=False))

    def _base(self) -> Voice:
        """The base voice, of which the folder keeps a copy: it may be renamed or replaced while the training sleeps."""
        copy = self._folder.base
        source = Path(self._job.base)
        if not copy.exists():
            data = read_voice_bytes(source)
            parse_voice(source, data)
            try:
                write_atomically(copy, data)
            except OSError as error:
                raise TrainingError(
                    f"The base voice could not be copied: {error.strerror}.", "Make room on the disk, then resume."
                ) from error
        return replace(load_voice(copy), name=source.stem)

    def _decide(self, base: Voice, texts: Texts) -> tuple[bool, str]:
        """Whether to learn from the texts alone, and why if the program decided it."""
        if not texts.characters:
            raise TrainingError("There is no text to learn from here.", "'pandemonium inspect' says why.")
        asked = self._job.from_scratch or self._recipe is not None
        why = why_from_scratch(base, texts.language) if self._job.from_scratch is None and not asked else ""
        scratch = bool(why) or asked
        if scratch and texts.characters < LEAST_CHARACTERS:
            raise TrainingError(
                f"{why} There are only {texts.characters:,} characters here; a voice from scratch needs "
                f"{LEAST_CHARACTERS:,}.".lstrip(),
                "Add more of your texts.",
            )
        return scratch, why

    def _prepare(self, base: Voice, texts: Texts, scratch: bool) -> tuple[Start, Material]:
        path = self._folder.path
        seed = self._job.seed
        (path / TOKENIZER).unlink(missing_ok=True)
        if scratch:
            characters = texts.characters - sum(held_out(texts.sizes, seed))
            learned = (piece for _, piece in texts.learned(seed, []))
            start = Start.from_scratch(base, learned, characters, path, self._network)
        else:
            start = Start.from_voice(base)
        material = Material.prepare(texts, start.tokenizer, path, seed)
        forget_handed_on(path)
        return start, material

    def _begin(self, start: Start, material: Material) -> Start:
        """Moves the start towards the base voice's foundation, if it has one and that helps."""
        if (foundation := find_foundation(start.base, paths.models())) is None:
            return start
        return begin_between(start, foundation, material.development_pieces, self._shown("beginning", 0.0))

    def _announce(self, start: Start, material: Material, chosen: Plan, why: str) -> None:
        seconds = min(_MEASURING, 3 * chosen.minutes) if chosen.minutes else _MEASURING
        make = partial(make_trainer, plan=chosen) if isinstance(chosen, RecipePlan) else None
        speed = measure_speed(start.architecture, chosen, seconds, make)
        tokens = len(material.train.tokens)
        self._tell(
            "plan",
            name=self._job.name,
            base=start.base.name,
            minutes=chosen.minutes,
            characters=material.train_characters,
            held_out_characters=material.development_characters + sum(len(text) for _, text in material.test),
            tokens=tokens,
            tokens_per_second=round(speed, 1),
            passes=round(speed * 60 * chosen.minutes * (1 - chosen.replay) / max(1, tokens), 2),
            plan=asdict(chosen),
            from_scratch=start.weights is None,
            why=why,
            weights=start.architecture.weights,
            foundation=start.foundation,
            foundation_share=start.share,
        )

    def _remember(self, base: Voice, texts: list[str]) -> dict[str, Any]:
        """The voice for a folder that is too small to learn from."""
        characters = sum(map(len, texts))
        before, after = measure_memory(base, CpuRuntime(base, torch.get_num_threads()), texts)
        card = replace(
            base.card,
            title=self._job.name,
            description=f"The voice '{base.name}', which remembers {counted(texts)}; its weights are unchanged.",
            bits_per_character=round(after, 4),
            characters=characters,
            base=base.card.title,
            base_sha256=file_sha256(self._folder.base),
        )
        sentence = (
            f"{characters:,} characters are too few to learn from (a voice needs {LEAST_CHARACTERS:,}), so no weight "
            "was changed: the voice remembers your texts and calls their words and names back. Add texts to train it."
        )
        gain = round(1 - after / before, 4) if before else 0.0
        report = EvaluationReport(
            round(before, 4), round(after, 4), gain, 0.0, 0.0, 0, "", "", "remembered", sentence, []
        )
        return self._finish(with_memory(base, self._job.name, texts, card), report, "remembered", 0.0, 0)

    def _conclude(
        self, start: Start, material: Material, training: PersonalTraining, chosen: Plan, reason: str
    ) -> dict[str, Any]:
        learned = round(training.seconds, 1)
        decode = start.tokenizer.decode
        self._tell("progress", phase="judging", seconds=learned)
        train = material.sample(decode, PROFILE_CHARACTERS)
        known = WordList.read(paths.resources() / WORDS)
        profile = StyleProfile.of([text for _, text in train], known, [name for name, _ in train])
        name = self._job.name
        weights = training.best_weights()
        base = start.base
        voice = quantize_voice(name, start.architecture, start.tokenizer, weights, Card(title=name), profile)
        threads = torch.get_num_threads()
        if self._recipe is None:  # a recipe's network writes as its paper had it
            texts = [text for _, text in material.sample(decode, _TUNING_CHARACTERS)]
            # Who has stopped the learning already has the shortest tuning, which is not stopped again.
            stopped = self._folder.is_asked("stop")
            balance = tune(
                CpuRuntime(voice, threads),
                start.tokenizer,
                texts,
                seconds=tuning_seconds(0 if stopped else learned),
                begin=None if start.weights is None else base.balance,
                on_share=self._shown("tuning", learned),
                stop=lambda: not stopped and self._folder.is_asked("stop"),
            )
            # What a sound sentence looks like in a network's states, it goes on seeing as it learns another author.
            voice = replace(voice, balance=balance, judge={} if start.weights is None else base.judge)
        foundation = find_foundation(base, paths.models()) if start.weights is not None else None

        def reader(voice: Voice) -> Reader:
            return Reader(voice, CpuRuntime(voice, threads))

        report = evaluate_voices(
            reader(base),
            reader(voice),
            material.test,
            profile,
            train,
            reason,
            from_scratch=start.weights is None,
            foundation=reader(foundation) if foundation is not None else None,
            tokens=scored_tokens(learned),
            on_share=self._shown("judging", learned),
        )
        if self._recipe is not None:
            report = told_of_recipe(report, self._recipe.title or self._recipe.name)
        voice = replace(voice, card=self._card(start, material, training, chosen, report))
        tokens = training.trainer.tokens
        eased_at = training.eased_at
        return self._finish(voice, report, reason, training.seconds, tokens, eased_at)

    def _finish(
        self,
        voice: Voice,
        report: EvaluationReport,
        reason: str,
        seconds: float,
        tokens: int,
        eased_at: float | None = None,
    ) -> dict[str, Any]:
        """Puts the voice into the library, under a name of its own if its name was taken meanwhile."""
        names = (voice.name if number == 1 else f"{voice.name} {number}" for number in itertools.count(1))
        try:
            with one_change_at_a_time(self._voices):
                target = next(path for name in names if not self._is_taken(path := self._target(name)))
                save_voice(voice, self._folder.best)
                write_atomically(target, self._folder.best.read_bytes())
        except OSError as error:
            raise TrainingError(
                f"The voice could not be put into the library: {error.strerror}.", "Make room on the disk, then resume."
            ) from error
        result = {
            "voice": target.stem,
            "path": str(target),
            "ended": reason,
            "seconds": round(seconds, 1),
            "tokens": tokens,
            "eased_at": eased_at,
            **report.to_dict(),
        }
        self._folder.finish(result)
        self._tell("stopped" if reason == "stopped" else "done", **result)
        return result

    def _card(
        self, start: Start, material: Material, training: PersonalTraining, chosen: Plan, report: EvaluationReport
    ) -> Card:
        base = start.base
        alone = start.weights is None
        begun = f", starting from the voice '{base.name}'."
        if start.share:
            begun = f", starting between the voices '{base.name}' and '{start.foundation}'."
        return Card(
            title=self._job.name,
            description=f"Learned from {counted(material.train_names)}" + (" alone, from scratch." if alone else begun),
            trained_on="; ".join(Path(name).name for name in material.train_names)[:2000],
            characters=material.train_characters,
            held_out="; ".join(Path(name).name for name, _ in material.test)[:1000],
            bits_per_character=report.after,
            trained_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            program=__version__,
            device=f"CPU, {torch.get_num_threads()} threads",
            hours=round(training.seconds / 3600, 3),
            tokens=training.trainer.tokens,
            base="" if alone else base.card.title,
            base_sha256="" if alone else file_sha256(self._folder.base),
            licence="Yours, as far as the texts are" + ("." if alone else f"; the base voice's: {base.card.licence}"),
            language=material.language.replace(UNKNOWN, "") or ("" if alone else base.card.language),
            limits="" if alone else base.card.limits,
            mixture=report.mixture,
            recipe=self._recipe.to_dict() if self._recipe else {**asdict(chosen), "foundation_share": start.share},
        )


def counted(texts: Sequence[str]) -> str:
    """How many texts, in words for a card."""
    return "one text" if len(texts) == 1 else f"{len(texts)} texts"
