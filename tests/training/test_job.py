"""The job folder: either side may die at any moment, and the other finds its way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import TrainingError
from pandemonium.training.job import Job, JobFolder, unfinished

JOB = Job("Anna", ["/texts"], "/voices/lovecraft.voice", minutes=5.0, changes={"dropout": 0.3})


@pytest.fixture
def folder(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / "trainings", JOB)


@contextmanager
def other_process() -> Iterator[int]:
    """A live process of another number."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        yield child.pid
    finally:
        child.kill()
        child.communicate()


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Stands for a disk that is full: no file of this process grows beyond `size` bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_job_comes_back_as_it_was_written(folder: JobFolder) -> None:
    assert JobFolder(folder.path).job() == JOB


def test_fields_of_another_version_are_passed_over(folder: JobFolder) -> None:
    (folder.path / "job.json").write_text(json.dumps({**asdict(JOB), "colour": "green"}), "utf-8")
    assert folder.job() == JOB


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "null", "{}", '{"name": "Anna"}', '"Anna"'])
def test_a_broken_job_is_a_sentence(folder: JobFolder, content: str) -> None:
    (folder.path / "job.json").write_text(content, "utf-8")
    with pytest.raises(TrainingError, match="There is no training in"):
        folder.job()


def test_two_jobs_of_one_name_in_one_second_have_two_folders(tmp_path: Path) -> None:
    paths = {JobFolder.create(tmp_path, replace(JOB, name="A/B: \u5b57")).path for _ in range(3)}
    assert len(paths) == 3
    assert all(path.parent == tmp_path for path in paths)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TrainingError, match="cannot be made"):
        JobFolder.create(tmp_path / "file", JOB)


def test_events_come_back_in_order(folder: JobFolder) -> None:
    assert folder.events() == []
    for number in range(3):
        told = folder.report("progress", number=number, text="curly \u201cquotes\u201d\u2028 and a lone \ud800")
        assert told["event"] == "progress"
        assert told == folder.events()[-1]
    assert [event["number"] for event in folder.events(skip=1)] == [1, 2]


def test_a_line_still_being_written_is_left_for_later(folder: JobFolder) -> None:
    folder.report("progress", number=1)
    with (folder.path / "progress.jsonl").open("ab") as file:
        file.write(b'{"event": "progress", "num')
        file.flush()
        assert [event["number"] for event in folder.events()] == [1]
        file.write(b'ber": 2}\n')
    assert [event["number"] for event in folder.events()] == [1, 2]


@pytest.mark.parametrize("half", [b'{"event": "prog', b"{", '{"a": "\u00e9'.encode()[:-1], b"7"])
def test_a_half_written_line_swallows_no_other(folder: JobFolder, half: bytes) -> None:
    folder.report("progress", number=1)
    with (folder.path / "progress.jsonl").open("ab") as file:
        file.write(half)
    folder.report("progress", number=2)
    assert [event.get("number", event["event"]) for event in folder.events()] == [1, "unreadable", 2]


@given(st.binary(max_size=300))
def test_whatever_the_file_holds_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = JobFolder(tmp_path_factory.mktemp("job"))
    (folder.path / "progress.jsonl").write_bytes(data)
    before = folder.events()
    folder.report("progress", number=1)
    assert folder.events()[-1]["number"] == 1
    assert len(folder.events()) >= len(before) + 1


def test_a_reader_beside_the_writer_sees_whole_events_only(folder: JobFolder) -> None:
    count = 300
    writer = threading.Thread(target=lambda: [folder.report("progress", n=n, fill="x" * 500) for n in range(count)])
    writer.start()
    seen: list[int] = []
    while len(seen) < count and (writer.is_alive() or len(seen) < count):
        seen += [event["n"] for event in JobFolder(folder.path).events(skip=len(seen))]
    writer.join()
    assert seen == list(range(count))


def test_what_is_asked_stands_until_it_is_taken_back(folder: JobFolder) -> None:
    for what in ("stop", "pause"):
        assert not folder.is_asked(what)
        folder.ask(what)
        folder.ask(what)
        assert folder.is_asked(what)
        folder.take_back(what)
        folder.take_back(what)
        assert not folder.is_asked(what)


def test_a_result_is_there_whole_or_not_at_all(folder: JobFolder) -> None:
    folder.checkpoint.write_bytes(b"state")
    folder.report("progress")
    assert folder.result() is None
    with files_of_at_most(1000), pytest.raises(TrainingError, match="Make room"):
        folder.finish({"sentence": "x" * 5000})
    assert folder.result() is None
    assert folder.checkpoint.read_bytes() == b"state"
    folder.finish({"sentence": "Keep it."})
    assert folder.result() == {"sentence": "Keep it."}
    assert sorted(path.name for path in folder.path.iterdir()) == ["job.json", "progress.jsonl", "result.json"]


@pytest.mark.parametrize("content", ["", "{", "null", "[3]"])
def test_a_broken_result_is_none(folder: JobFolder, content: str) -> None:
    (folder.path / "result.json").write_text(content, "utf-8")
    assert folder.result() is None


def test_a_full_disk_is_one_sentence(folder: JobFolder) -> None:
    with files_of_at_most(200):
        with pytest.raises(
            TrainingError, match=r"could not be written: .+\. Make room on the disk, then resume\."
        ) as told:
            folder.report("progress", fill="x" * 500)
        failure = folder.report_failure(told.value)
    assert failure["event"] == "failed"
    assert failure["message"] == told.value.message
    folder.report("progress", number=2)
    assert folder.events()[-1]["number"] == 2


def test_a_live_process_keeps_others_out(folder: JobFolder) -> None:
    with other_process() as number:
        (folder.path / "worker.json").write_text(json.dumps({"process": number}), "utf-8")
        assert folder.worker() == number
        with pytest.raises(TrainingError, match="already running"):
            folder.claim()
        folder.release()
        assert folder.worker() == number
    assert folder.worker() is None


def test_a_dead_process_is_taken_over_from(folder: JobFolder) -> None:
    with other_process() as number:
        (folder.path / "worker.json").write_text(json.dumps({"process": number}), "utf-8")
    folder.claim()
    assert folder.worker() == os.getpid()
    folder.claim()
    folder.release()
    assert folder.worker() is None
    assert not (folder.path / "worker.json").exists()


def test_a_number_that_was_given_to_another_program_counts_as_dead(folder: JobFolder) -> None:
    with other_process() as number:
        path = folder.path / "worker.json"
        path.write_text(json.dumps({"process": number}), "utf-8")
        os.utime(path, (time.time() - 3600,) * 2)
        assert folder.worker() is None
        folder.claim()


@pytest.mark.parametrize("content", ["", "{}", '{"process": "x"}', '{"process": -4}', "[]", '{"process": 99999999}'])
def test_a_broken_mark_is_no_worker(folder: JobFolder, content: str) -> None:
    (folder.path / "worker.json").write_text(content, "utf-8")
    assert folder.worker() is None
    folder.claim()
    assert folder.worker() == os.getpid()


CLAIMING = """
import pathlib, sys
from pandemonium.errors import TrainingError
from pandemonium.training.job import JobFolder

folder = JobFolder(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
input()
try:
    folder.claim()
    print("mine", flush=True)
except TrainingError:
    print("refused", flush=True)
input()
"""


def test_of_two_that_claim_at_once_one_wins(folder: JobFolder) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "app")}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMING, str(folder.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(2)
    ]
    said = []
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        assert child.stdout is not None
        said.append(child.stdout.readline())
    for child in children:
        child.communicate("\n")
    assert sorted(said) == ["mine\n", "refused\n"]


def test_unfinished_ones_come_newest_first(tmp_path: Path) -> None:
    assert unfinished(tmp_path / "nowhere") == []
    folders = [JobFolder.create(tmp_path, replace(JOB, name=name)) for name in ("one", "two", "three", "four")]
    for age, folder in enumerate(folders):
        os.utime(folder.path / "job.json", (1000 - age, 1000 - age))
    folders[1].finish({"voice": "two"})
    (folders[3].path / "job.json").write_text("{", "utf-8")
    (tmp_path / "stray").write_text("no folder")
    assert [folder.job().name for folder in unfinished(tmp_path)] == ["one", "three"]
