"""Carries out a job folder's training from its texts to a voice in the library."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from pandemonium import __version__, paths
from pandemonium.errors import TrainingError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.language import LanguageIdentifier
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.folder import Examined, examine, read_prose
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.material import FILE, Material
from pandemonium.training.personal import Event, PersonalTraining
from pandemonium.training.planning import LEAST_CHARACTERS, Plan, measure_speed, plan
from pandemonium.training.selection import Overrules, Survey
from pandemonium.training.verdict import Reader, Verdict, judge
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, file_sha256, load_voice, quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.cpu_runtime import CpuRuntime, physical_cores

LEAST_DISK = 1 << 30


def read_documents(job: Job, on_file: Callable[[str], None] = lambda name: None) -> list[tuple[str, str]]:
    """Reads a job's sources: (path, canonical prose) of every file that is kept.

    Raises:
        DocumentError: a source is not there.
    """
    examined = examine([Path(source) for source in job.sources], LanguageIdentifier())
    include, exclude = (frozenset(Path(path) for path in paths) for paths in (job.include, job.exclude))
    selection = Survey(_told(examined, on_file)).select(Overrules(include, exclude, job.language or None))
    found: list[tuple[str, str]] = []
    for decision in selection.kept:
        found.append((str(decision.file.path), PARAGRAPH.join(read_prose(decision.file.path))))
    return found


def _told(files: Iterable[Examined], on_file: Callable[[str], None]) -> Iterator[Examined]:
    for file in files:
        on_file(str(file.path))
        yield file


def run_job(folder: JobFolder, voices: Path, on_event: Event) -> dict[str, Any]:
    """Trains what `folder` asks for, or goes on where it stopped.

    Args:
        folder: of the job; claimed for this process.
        voices: the library's folder that the new voice goes into.
        on_event: hears each event as it is written to the folder.

    Returns:
        the result, as written to `result.json`.

    Raises:
        TrainingError: there is too little text or room, or the disk is full; what was learned is kept.
        VoiceError: the base voice cannot be read.
    """
    folder.claim()
    job = folder.job()
    _lower_priority()
    torch.set_flush_denormal(True)
    torch.set_num_threads(job.threads or physical_cores())
    _check_room(folder.path)
    target = voices / f"{job.name}.voice"
    if target.exists() and not job.replace:
        raise TrainingError(f"There is a voice '{job.name}' already.", "Choose another name.")
    base = load_voice(Path(job.base))
    material = _material(folder, job, base, on_event)
    chosen = plan(job.minutes, material.train_characters, job.changes)
    speed = measure_speed(base.architecture, chosen, 3.0)
    on_event(
        folder.report(
            "plan", name=job.name, base=base.name, minutes=chosen.minutes, characters=material.train_characters,
            held_out_characters=material.development_characters + sum(len(t) for _, t in material.test),
            tokens=len(material.train.tokens), tokens_per_second=round(speed, 1),
            passes=round(speed * 60 * chosen.minutes * (1 - chosen.replay) / max(1, len(material.train.tokens)), 2),
            plan=asdict(chosen),
        )  # fmt: skip
    )
    training = PersonalTraining(folder, base, material, chosen, seed=job.seed, on_event=on_event)
    reason = training.run()
    return _conclude(folder, job, base, material, training, chosen, reason, target, on_event)


def _material(folder: JobFolder, job: Job, base: Voice, on_event: Event) -> Material:
    if (folder.path / FILE).exists():
        return Material.load(folder.path)
    on_event(folder.report("progress", phase="reading", seconds=0.0))
    documents = read_documents(job)
    characters = sum(len(text) for _, text in documents)
    if characters < LEAST_CHARACTERS:
        raise TrainingError(
            f"There are only {characters:,} characters of your text here; a voice needs at least {LEAST_CHARACTERS:,}.",
            "Add more of your texts.",
        )
    return Material.prepare(documents, base.tokenizer, job.seed, folder.path)


def _conclude(
    folder: JobFolder, job: Job, base: Voice, material: Material, training: PersonalTraining, chosen: Plan, reason: str,
    target: Path, on_event: Event,
) -> dict[str, Any]:  # fmt: skip
    on_event(folder.report("progress", phase="judging", seconds=round(training.seconds, 1)))
    train = [
        (name, base.tokenizer.decode(int(t) for t in material.train.document(i)))
        for i, name in enumerate(material.train_names)
    ]
    profile = StyleProfile.of([text for _, text in train], WordList.read(paths.resources() / WORDS))
    voice = quantize_voice(
        job.name, base.architecture, base.tokenizer, training.best_weights(), Card(title=job.name), profile=profile
    )
    runtimes = Reader(base, CpuRuntime(base)), Reader(voice, CpuRuntime(voice))
    verdict = judge(*runtimes, material.test, profile, train)
    card = _card(job, base, material, training, chosen, verdict)
    save_voice(
        quantize_voice(job.name, base.architecture, base.tokenizer, training.best_weights(), card, profile=profile), target
    )
    result = {
        "voice": job.name,
        "path": str(target),
        "ended": reason,
        "seconds": round(training.seconds, 1),
        "tokens": training.trainer.tokens,
        **verdict.to_dict(),
    }
    event = {"done": "done", "no gain": "done", "stopped": "stopped"}[reason]
    folder.finish(result)
    on_event(folder.report(event, **result))
    return result


def _card(
    job: Job, base: Voice, material: Material, training: PersonalTraining, chosen: Plan, verdict: Verdict
) -> Card:  # fmt: skip
    return Card(
        title=job.name,
        description=f"Learned from {len(material.train_names)} texts, starting from the voice '{base.name}'.",
        trained_on="; ".join(Path(name).name for name in material.train_names)[:2000],
        characters=material.train_characters,
        held_out="; ".join(Path(name).name for name, _ in material.test)[:1000],
        bits_per_character=verdict.after,
        trained_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        program=__version__,
        device=f"cpu, {torch.get_num_threads()} threads",
        hours=round(training.seconds / 3600, 3),
        tokens=training.trainer.tokens,
        base=base.card.title,
        base_sha256=file_sha256(Path(job.base)),
        licence="Yours, as far as the texts are; the base voice's licence: " + base.card.licence,
        limits=base.card.limits,
        recipe=asdict(chosen),
    )


def _check_room(path: Path) -> None:
    free = shutil.disk_usage(path).free
    if free < LEAST_DISK:
        raise TrainingError(
            f"There is only {free / 1e6:,.0f} MB left on the disk; a training needs {LEAST_DISK / 1e6:,.0f} MB.",
            "Make room, then resume.",
        )


def _lower_priority() -> None:
    if hasattr(os, "nice"):
        os.nice(10)
        return
    import psutil

    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
