"""Carries out a job folder's training from its texts to a voice in the library."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from pandemonium import __version__, paths
from pandemonium.errors import TrainingError
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.language import LanguageIdentifier
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.folder import examine, read_prose
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.material import FILE, Material
from pandemonium.training.personal import Event, PersonalTraining
from pandemonium.training.planning import LEAST_CHARACTERS, Plan, measure_speed, plan
from pandemonium.training.remembering import measure_memory, with_memory
from pandemonium.training.selection import Overrules, Survey
from pandemonium.training.start import TOKENIZER, Start, why_from_scratch
from pandemonium.training.verdict import Reader, Verdict, judge
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, file_sha256, load_voice, quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.cpu_runtime import CpuRuntime, physical_cores

LEAST_DISK = 1 << 30


def read_documents(job: Job) -> tuple[list[tuple[str, str]], str]:
    """Reads a job's sources: (path, canonical prose) of every file that is kept, and the folder's language.

    Raises:
        DocumentError: a source is not there.
    """
    examined = examine([Path(source) for source in job.sources], LanguageIdentifier())
    include, exclude = (frozenset(Path(path) for path in paths) for paths in (job.include, job.exclude))
    selection = Survey(examined).select(Overrules(include, exclude, job.language or None))
    found: list[tuple[str, str]] = []
    for decision in selection.kept:
        found.append((str(decision.file.path), PARAGRAPH.join(read_prose(decision.file.path))))
    return found, selection.language


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
    start, material, why = _prepare(folder, job, base, on_event)
    if material is None:
        return _remember(folder, job, base, target, on_event)
    chosen = plan(job.minutes, material.train_characters, job.changes, from_scratch=start.weights is None)
    speed = measure_speed(start.architecture, chosen, 3.0)
    on_event(
        folder.report(
            "plan", name=job.name, base=base.name, minutes=chosen.minutes, characters=material.train_characters,
            held_out_characters=material.development_characters + sum(len(t) for _, t in material.test),
            tokens=len(material.train.tokens), tokens_per_second=round(speed, 1),
            passes=round(speed * 60 * chosen.minutes * (1 - chosen.replay) / max(1, len(material.train.tokens)), 2),
            plan=asdict(chosen), from_scratch=start.weights is None, why=why, weights=start.architecture.weights,
        )  # fmt: skip
    )
    training = PersonalTraining(folder, start, material, chosen, seed=job.seed, on_event=on_event)
    reason = training.run()
    return _conclude(folder, job, start, material, training, chosen, reason, target, on_event)


def _prepare(folder: JobFolder, job: Job, base: Voice, on_event: Event) -> tuple[Start, Material | None, str]:
    """What to start from and what to learn from (None: too little, remember it), and why from scratch if so."""
    if (folder.path / FILE).exists():
        material = Material.load(folder.path)
        if (folder.path / TOKENIZER).exists():
            return Start.resumed(base, folder.path), material, ""
        return Start.from_voice(base), material, ""
    on_event(folder.report("progress", phase="reading", seconds=0.0))
    documents, language = read_documents(job)
    texts = [text for _, text in documents]
    if not texts:
        raise TrainingError("There is no text to learn from here.", "See 'pandemonium inspect' for what was left out.")
    why = why_from_scratch(base, language)
    scratch = bool(why) if job.from_scratch is None else job.from_scratch
    if sum(map(len, texts)) < LEAST_CHARACTERS:
        if scratch:
            raise TrainingError(
                f"There are only {sum(map(len, texts)):,} characters here; a voice from scratch needs {LEAST_CHARACTERS:,}.",
                "Add more of your texts.",
            )
        return Start.from_voice(base), None, ""
    start = Start.from_scratch(base, texts, folder.path) if scratch else Start.from_voice(base)
    return start, Material.prepare(documents, start.tokenizer, job.seed, folder.path), why if scratch else ""


def _remember(folder: JobFolder, job: Job, base: Voice, target: Path, on_event: Event) -> dict[str, Any]:
    """The voice for a folder that is too small to learn from."""
    documents, _ = read_documents(job)
    texts = [text for _, text in documents]
    characters = sum(map(len, texts))
    before, after = measure_memory(base, CpuRuntime(base), texts)
    card = replace(
        base.card,
        title=job.name,
        description=f"The voice '{base.name}', which remembers {len(texts)} texts; its weights are unchanged.",
        bits_per_character=round(after, 4),
        characters=characters,
        base=base.card.title,
        base_sha256=file_sha256(Path(job.base)),
    )
    save_voice(with_memory(base, job.name, texts, card), target)
    sentence = (
        f"{characters:,} characters are too few to learn from (a voice needs {LEAST_CHARACTERS:,}), so no weight was "
        "changed: the voice remembers your texts and calls their words and names back. Add texts to train it."
    )
    result = {
        "voice": job.name, "path": str(target), "ended": "remembered", "seconds": 0.0, "tokens": 0,
        "before": round(before, 4), "after": round(after, 4), "gain": round(1 - after / before, 4) if before else 0.0,
        "copied_5": 0.0, "copied_8": 0.0, "longest_run": 0, "longest": "", "longest_from": "",
        "learned": "remembered", "sentence": sentence, "openings": [],
    }  # fmt: skip
    folder.finish(result)
    on_event(folder.report("done", **result))
    return result


def _conclude(
    folder: JobFolder, job: Job, start: Start, material: Material, training: PersonalTraining, chosen: Plan, reason: str,
    target: Path, on_event: Event,
) -> dict[str, Any]:  # fmt: skip
    on_event(folder.report("progress", phase="judging", seconds=round(training.seconds, 1)))
    decode = start.tokenizer.decode
    train = [(name, decode(map(int, material.train.document(i)))) for i, name in enumerate(material.train_names)]
    profile = StyleProfile.of([text for _, text in train], WordList.read(paths.resources() / WORDS))
    weights = training.best_weights()
    voice = quantize_voice(job.name, start.architecture, start.tokenizer, weights, Card(title=job.name), profile)
    base = start.base
    verdict = judge(Reader(base, CpuRuntime(base)), Reader(voice, CpuRuntime(voice)), material.test, profile, train)
    card = _card(job, start, material, training, chosen, verdict)
    save_voice(replace(voice, card=card), target)
    result = {
        "voice": job.name,
        "path": str(target),
        "ended": reason,
        "seconds": round(training.seconds, 1),
        "tokens": training.trainer.tokens,
        **verdict.to_dict(),
    }
    folder.finish(result)
    on_event(folder.report("stopped" if reason == "stopped" else "done", **result))
    return result


def _card(job: Job, start: Start, material: Material, training: PersonalTraining, chosen: Plan, verdict: Verdict) -> Card:
    base, alone = start.base, start.weights is None
    return Card(
        title=job.name,
        description=f"Learned from {len(material.train_names)} texts"
        + (" alone, from scratch." if alone else f", starting from the voice '{base.name}'."),
        trained_on="; ".join(Path(name).name for name in material.train_names)[:2000],
        characters=material.train_characters,
        held_out="; ".join(Path(name).name for name, _ in material.test)[:1000],
        bits_per_character=verdict.after,
        trained_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        program=__version__,
        device=f"CPU, {torch.get_num_threads()} threads",
        hours=round(training.seconds / 3600, 3),
        tokens=training.trainer.tokens,
        base="" if alone else base.card.title,
        base_sha256="" if alone else file_sha256(Path(job.base)),
        licence="Yours, as far as the texts are" + ("." if alone else f"; the base voice's: {base.card.licence}"),
        language=job.language or ("" if alone else base.card.language),
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
