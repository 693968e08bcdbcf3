"""A job from its texts to a voice in the library: whatever happens on the way, there is a voice or a sentence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import psutil
import pytest

from pandemonium import paths
from pandemonium.errors import DocumentError, PandemoniumError, TrainingError, VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.training import running
from pandemonium.training.job import Job, JobFolder, unfinished
from pandemonium.training.material.openings import Reader
from pandemonium.training.personal import evaluation, machine
from pandemonium.training.personal import loop as personal
from pandemonium.training.reading import texts as texts_module
from pandemonium.training.running import read_documents, run_job
from pandemonium.voice.file import Voice, file_sha256, load_voice, quantize_voice, save_voice
from pandemonium.writing.decoding.judge import judge_shapes
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling import balance

Event = dict[str, Any]

# Which of the two is the machine's to say: so little is learned by heart, by a quick one before the time is up.
ENDED = ("done", "no gain")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything as it is, but less of it."""
    monkeypatch.setattr(running, "LEAST_CHARACTERS", 15_000)
    monkeypatch.setattr(personal, "REPLAY_TOKENS", 1280)
    monkeypatch.setattr(evaluation, "_COPY_SAMPLES", 2)
    monkeypatch.setattr(evaluation, "_SAMPLE_WORDS", 5)
    monkeypatch.setattr(balance, "STEPS", 2)
    monkeypatch.setattr(balance, "_WARM_UP", 2)


def write_texts(folder: Path, write: Callable[[int], str], count: int = 3) -> Path:
    folder.mkdir(parents=True)
    for seed in range(count):
        (folder / f"{seed}.txt").write_text(write(seed), "utf-8")
    return folder


@pytest.fixture
def texts(tmp_path: Path, invented: Callable[..., str]) -> Path:
    return write_texts(tmp_path / "texts", lambda seed: invented(seed, paragraphs=30))


class Room:
    """A place for jobs, with a library, and everything that was told there."""

    def __init__(self, path: Path, base: Path, texts: Path) -> None:
        self.path = path
        self.base = base
        self.texts = texts
        self.voices = path / "voices"
        self.voices.mkdir()
        self.events: list[Event] = []

    def job(self, name: str = "Anna", **changes: Any) -> JobFolder:
        values = {"sources": [str(self.texts)], "base": str(self.base), "minutes": 0.01, "threads": 1, **changes}
        return JobFolder.create(self.path / "trainings", Job(name, **values))

    def run(self, folder: JobFolder, listener: Callable[[Event], None] = lambda event: None, **options: Any) -> Event:
        self.events.clear()

        def hear(event: Event) -> None:
            self.events.append(event)
            listener(event)

        return run_job(folder, self.voices, hear, **options)

    def told(self, event: str) -> list[Event]:
        return [each for each in self.events if each["event"] == event]


@pytest.fixture
def room(tmp_path: Path, tiny_voice: Voice, texts: Path) -> Room:
    base = tmp_path / "tiny.voice"
    save_voice(tiny_voice, base)
    return Room(tmp_path, base, texts)


def interrupt_early(room: Room, folder: JobFolder) -> None:
    """Begins a training, which is interrupted where it begins to learn, however busy the machine is."""
    with pytest.raises(KeyboardInterrupt):
        room.run(folder, is_interrupted=lambda: bool(room.told("evaluation")))
    assert folder.checkpoint.exists()
    assert folder.worker() is None


def interrupt() -> bool:
    raise KeyboardInterrupt


def chinese(seed: int) -> str:
    """Sentences of invented words in Chinese characters, two or three to a word."""
    draw = random.Random(seed)
    words = ["".join(chr(draw.randint(0x4E00, 0x4E90)) for _ in range(draw.randint(1, 3))) for _ in range(150)]
    lines = ["\uff0c".join("".join(draw.choices(words, k=6)) for _ in range(3)) + "\u3002" for _ in range(400)]
    return "\n\n".join("".join(lines[i : i + 5]) for i in range(0, len(lines), 5))


@pytest.mark.long
def test_begins_between_the_base_voice_and_its_foundation(
    room: Room, tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    monkeypatch.setattr(paths, "models", lambda: room.path)
    foundation = room.path / "classics.voice"
    save_voice(tiny_voice, foundation)
    card = replace(tiny_voice.card, foundation="classics", foundation_sha256=file_sha256(foundation))
    noisy = {name: w + rng.normal(0, 1, w.shape).astype(np.float32) for name, w in tiny_voice.dequantize().items()}
    base = quantize_voice("tiny", tiny_voice.architecture, tiny_voice.tokenizer, noisy, card)
    save_voice(base, room.base)
    result = room.run(room.job())
    (plan,) = room.told("plan")
    assert (plan["base"], plan["foundation"]) == ("tiny", "classics")
    assert "beginning" in [each["phase"] for each in room.told("progress")]
    own = load_voice(Path(result["path"])).card
    assert own.base_sha256 == file_sha256(room.base)
    assert own.foundation == ""  # what is trained on with this voice begins with it
    assert own.recipe["foundation_share"] == plan["foundation_share"] > 0
    assert "between the voices 'tiny' and 'classics'" in own.description
    between = room.told("evaluation")[0]["held_out_bits_per_character"]

    room.run(room.job("Berta", changes={"foundation": 0}))
    (plan,) = room.told("plan")
    assert (plan["foundation"], plan["foundation_share"]) == ("", 0)
    assert "beginning" not in [each["phase"] for each in room.told("progress")]
    assert between < 0.95 * room.told("evaluation")[0]["held_out_bits_per_character"]


@pytest.mark.long
def test_from_a_folder_to_a_voice(room: Room, tiny_voice: Voice) -> None:
    judge = {
        name: np.ones(shape, np.float32) for name, shape in judge_shapes(tiny_voice.architecture.output_width).items()
    }
    save_voice(replace(tiny_voice, judge=judge), room.base)
    folder = room.job()
    result = room.run(folder, on_battery=interrupt)
    voice = load_voice(room.voices / "Anna.voice")
    assert voice.profile is not None
    assert voice.profile.sources is not None
    assert voice.judge.keys() == judge.keys()  # what a sound sentence is, it knows from the base voice
    assert set(voice.profile.sources.names) == {path.stem for path in room.texts.iterdir()}
    assert len(voice.profile.sources.runs) > 100
    assert result == folder.result()
    assert result["path"] == str(room.voices / "Anna.voice")
    assert result["voice"] == "Anna"
    assert result["ended"] in ENDED
    assert result["learned"] in ("much", "some", "little", "nothing", "memorised")
    assert room.events == folder.events()
    assert (room.events[0]["phase"], room.events[-1]["event"]) == ("reading", "done")
    assert {each["event"] for each in room.events} >= {"plan", "progress", "evaluation", "done"}
    phases = [each["phase"] for each in room.told("progress")]
    assert phases.index("tuning") > phases.index("judging")
    assert phases[-1] == "judging"
    assert result["eased_at"] is None or 0 < result["eased_at"] < 60 * 0.01
    (plan,) = room.told("plan")
    assert plan["characters"] + plan["held_out_characters"] == pytest.approx(
        sum(len(path.read_text("utf-8")) for path in room.texts.iterdir()), rel=0.01
    )
    assert plan["tokens_per_second"] > 0
    assert plan["from_scratch"] is False
    assert plan["why"] == ""
    assert sorted(path.name for path in folder.path.iterdir()) == ["job.json", "progress.jsonl", "result.json"]
    card = voice.card
    assert (card.title, card.base, card.base_sha256) == ("Anna", "Tiny", file_sha256(room.base))
    assert card.trained_on == "0.txt; 1.txt; 2.txt"
    assert card.bits_per_character == result["after"]
    assert card.language == "en"
    assert card.recipe["minutes"] == 0.01
    assert voice.profile is not None
    assert Reader(voice, CpuRuntime(voice, 1)).go_on("The old", WritingSettings(words=3, seed=1))


def test_a_training_that_is_over_stays_over(room: Room) -> None:
    folder = room.job()
    folder.finish({"voice": "Anna"})
    with pytest.raises(TrainingError, match="is over"):
        room.run(folder)
    assert folder.events() == []


@pytest.mark.long
def test_resumes_after_the_texts_and_the_base_voice_are_gone(room: Room) -> None:
    folder = room.job()
    interrupt_early(room, folder)
    shutil.rmtree(room.texts)
    room.base.unlink()
    assert [each.path for each in unfinished(folder.path.parent)] == [folder.path]
    result = room.run(folder)
    assert result["ended"] in ENDED
    assert "reading" not in {each.get("phase") for each in room.events}
    assert load_voice(Path(result["path"])).card.base == "Tiny"
    assert unfinished(folder.path.parent) == []


@pytest.mark.long
def test_a_name_that_is_taken(room: Room) -> None:
    shutil.copy(room.base, room.voices / "Anna.voice")
    folder = room.job()
    with pytest.raises(TrainingError, match="There is a voice 'Anna' already"):
        room.run(folder)
    assert room.told("failed")[0]["message"] == "There is a voice 'Anna' already."
    assert folder.worker() is None
    assert room.run(room.job(replace=True))["voice"] == "Anna"


@pytest.mark.long
def test_a_name_that_was_taken_meanwhile(room: Room) -> None:
    folder = room.job()
    before = file_sha256(room.base)

    def take(event: Event) -> None:
        if event["event"] == "plan":
            shutil.copy(room.base, room.voices / "Anna.voice")

    assert room.run(folder, take)["voice"] == "Anna 2"
    assert file_sha256(room.voices / "Anna.voice") == before
    assert load_voice(room.voices / "Anna 2.voice").card.title == "Anna"


@pytest.mark.long
def test_killed_between_the_voice_and_the_result(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = room.job()

    def die(self: JobFolder, result: Event) -> None:
        raise SystemExit

    with monkeypatch.context() as context:
        context.setattr(JobFolder, "finish", die)
        with pytest.raises(SystemExit):
            room.run(folder)
    assert (room.voices / "Anna.voice").exists()
    assert folder.result() is None
    assert room.run(folder)["voice"] == "Anna"
    assert [path.name for path in room.voices.iterdir()] == ["Anna.voice"]


def test_a_second_process_says_nothing_into_the_first_ones_folder(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = room.job()
    monkeypatch.setattr(JobFolder, "worker", lambda self: 1)
    with pytest.raises(TrainingError, match="already running"):
        room.run(folder)
    assert folder.events() == []


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"base": "/nowhere/base.voice"}, VoiceError, "There is no voice file"),
        ({"sources": ["/nowhere/texts"]}, DocumentError, "There is no file or folder"),
        ({"minutes": -3}, TrainingError, "may take up to"),
        ({"changes": {"dropout": 7}}, TrainingError, "'dropout' cannot be 7"),
        ({"name": "../../Anna"}, VoiceError, "cannot be called"),
    ],
)
def test_what_cannot_start_is_a_sentence(room: Room, changes: Event, kind: type[PandemoniumError], says: str) -> None:
    folder = room.job(**changes)
    with pytest.raises(kind, match=says):
        room.run(folder)
    (failed,) = room.told("failed")
    assert says in failed["message"]
    assert folder.events()[-1] == failed
    assert folder.worker() is None


def test_a_folder_without_a_job_is_a_sentence(room: Room) -> None:
    (room.path / "empty").mkdir()
    with pytest.raises(TrainingError, match="There is no training in"):
        room.run(JobFolder(room.path / "empty"))
    assert list((room.path / "empty").iterdir()) == []


def test_too_little_memory_or_disk_is_a_sentence(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = room.job()
    with monkeypatch.context() as context:
        context.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1_000_000))
        with pytest.raises(TrainingError, match="There is only 1 MB of memory free"):
            room.run(folder)
    with monkeypatch.context() as context:
        context.setattr(machine, "free_disk", lambda path: 5_000_000)
        with pytest.raises(TrainingError, match="There is only 5 MB left on the disk"):
            room.run(folder)


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to")]
)
def test_memory_that_runs_out_all_the_same_is_a_sentence(
    room: Room, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(running, "find_texts", fail)
    with pytest.raises(TrainingError, match="The memory ran out"):
        room.run(room.job())
    assert room.events[-1]["event"] == "failed"


def test_a_fault_of_ours_is_not_hidden(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(running, "find_texts", fail)
    folder = room.job()
    with pytest.raises(RuntimeError, match="a fault"):
        room.run(folder)
    assert folder.worker() is None


def test_the_battery_is_looked_at_if_the_job_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "REPORT_SECONDS", 0.0)
    with pytest.raises(KeyboardInterrupt):
        room.run(room.job(pause_on_battery=True), on_battery=interrupt)


@pytest.mark.long
def test_too_little_to_learn_from_is_remembered(room: Room, invented: Callable[..., str]) -> None:
    (room.texts / "0.txt").unlink()
    (room.texts / "1.txt").unlink()
    (room.texts / "2.txt").write_text(
        invented(5, paragraphs=8) + "\n\n" + "Ozymbra the tinker laughed at the bell. " * 12, "utf-8"
    )
    folder = room.job()
    result = room.run(folder)
    assert (result["learned"], result["ended"]) == ("remembered", "remembered")
    assert "too few to learn from" in result["sentence"]
    assert "no weight was changed" in result["sentence"]
    voice = load_voice(room.voices / "Anna.voice")
    base = load_voice(room.base)
    assert len(voice.remembered) > 300
    for name, matrix in base.matrices.items():
        assert voice.matrices[name].values.tobytes() == matrix.values.tobytes()
        assert voice.matrices[name].scales.tobytes() == matrix.scales.tobytes()
    assert all(voice.vectors[name].tobytes() == vector.tobytes() for name, vector in base.vectors.items())
    assert voice.card.description == "The voice 'tiny', which remembers one text; its weights are unchanged."
    assert folder.result() == result
    assert not list(folder.path.glob("*.checkpoint"))


def test_nothing_to_read_is_a_sentence(room: Room) -> None:
    for path in room.texts.iterdir():
        path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(TrainingError, match="There is no text to learn from here"):
        room.run(room.job())


@pytest.mark.long
def test_a_folder_in_a_script_that_the_base_does_not_know(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LEAST_CHARACTERS", 10_000)
    shutil.rmtree(room.texts)
    write_texts(room.texts, chinese, count=2)
    folder = room.job(minutes=0.03)
    interrupt_early(room, folder)
    (plan,) = room.told("plan")
    assert plan["from_scratch"] is True
    assert "Your texts are in Chinese, and the voice 'tiny' writes English" in plan["why"]
    shutil.rmtree(room.texts)
    result = room.run(folder)
    voice = load_voice(Path(result["path"]))
    assert voice.architecture != load_voice(room.base).architecture
    assert (voice.card.language, voice.card.base) == ("zh", "")
    assert "from scratch" in voice.card.description
    assert result["before"] is None
    assert result["counted"] > 0
    assert all(0 < len(each["opening"]) <= 400 for each in result["openings"])
    runtime = CpuRuntime(voice, 1)
    assert Reader(voice, runtime).go_on(result["openings"][0]["opening"], WritingSettings(words=3, seed=1))
    assert 0 < score(chinese(7)[:2000], runtime, voice.tokenizer).bits_per_character < 20


def test_too_little_for_a_voice_of_its_own(room: Room) -> None:
    shutil.rmtree(room.texts)
    write_texts(room.texts, lambda seed: chinese(seed)[:2_000], count=2)
    with pytest.raises(TrainingError, match=r"Your texts are in Chinese.* needs 15,000\."):
        room.run(room.job())


@pytest.mark.long
def test_from_scratch_because_it_was_asked(room: Room) -> None:
    result = room.run(room.job(from_scratch=True))
    (plan,) = room.told("plan")
    assert plan["from_scratch"] is True
    assert plan["plan"]["replay"] == 0
    assert "replay" not in {each.get("phase") for each in room.events}
    voice = load_voice(Path(result["path"]))
    assert (voice.card.language, voice.card.base, voice.card.base_sha256) == ("en", "", "")
    assert voice.judge == {}


@pytest.mark.long
def test_a_file_that_vanishes_while_it_reads_stops_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    original = texts_module.read_prose

    def vanish(path: Path) -> Any:
        if path.name == "1.txt":
            path.unlink()
        return original(path)

    monkeypatch.setattr(texts_module, "read_prose", vanish)
    documents, language = read_documents(room.job().job())
    assert [Path(name).name for name, _ in documents] == ["0.txt", "2.txt"]
    assert language == "en"


@pytest.mark.long
def test_what_was_overruled_is_heeded(room: Room) -> None:
    job = room.job(exclude=[str(room.texts / "1.txt")]).job()
    assert [Path(name).name for name, _ in read_documents(job)[0]] == ["0.txt", "2.txt"]
