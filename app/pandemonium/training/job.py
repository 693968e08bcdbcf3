"""The job folder: all that a training's two processes, the one that learns and the one that watches, share.

`job.json` says what to do, `progress.jsonl` grows by a line per event, a `stop` or `pause` file asks,
`state.checkpoint` is what resuming needs, `result.json` comes last. Either side may die at any moment.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from pandemonium.atomic import PRIVATE, one_at_a_time, write_atomically
from pandemonium.errors import PandemoniumError, TrainingError

_LASTING = ("job.json", "progress.jsonl", "result.json", "log.txt")


@dataclass(frozen=True)
class Job:
    """What is to be trained.

    Attributes:
        name: of the new voice.
        sources: folders and files to read.
        base: the base voice's file; from scratch, the voice that the new one is compared with.
        minutes: to spend on learning; 0 goes on until it stops improving.
        include: paths that are read although they would be left out.
        exclude: paths that are left out although they would be read.
        language: ISO 639-1 of what is kept; empty takes the one with most words.
        from_scratch: the base voice's tokenizer and weights are not used; None lets the texts' language decide.
        seed: of every draw.
        threads: of the processor; 0 takes one for each physical core.
        pause_on_battery: learning waits while the machine runs on its battery.
        replace: a voice of this name may be replaced (training on).
        changes: settings of the plan that were set by hand, by name.
        recipe: what a voice from scratch follows, as `Recipe.to_dict` gives it; empty for the program's own way.
    """

    name: str
    sources: list[str]
    base: str
    minutes: float = 20.0
    include: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    language: str = ""
    from_scratch: bool | None = None
    seed: int = 1
    threads: int = 0
    pause_on_battery: bool = False
    replace: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    recipe: dict[str, Any] = field(default_factory=dict)


class JobFolder:
    """One training's folder.

    Attributes:
        path: where it lies.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, parent: Path, job: Job) -> JobFolder:
        """Makes a new folder for `job` under `parent`.

        Raises:
            TrainingError: the folder cannot be made.
        """
        stamp = time.strftime("%Y%m%d-%H%M%S")
        safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in job.name).strip() or "voice"
        for number in range(1, 1000):
            path = parent / (f"{safe} {stamp}" if number == 1 else f"{safe} {stamp} {number}")
            try:
                path.mkdir(parents=True, mode=0o700)
                break
            except FileExistsError:
                continue
            except OSError as error:
                raise TrainingError(
                    f"The training's folder {path} cannot be made: {error.strerror}.", "Make room, then try again."
                ) from error
        folder = cls(path)
        folder._write("job.json", asdict(job))
        return folder

    def job(self) -> Job:
        """Reads `job.json`.

        Raises:
            TrainingError: it is missing or broken.
        """
        try:
            values = dict(json.loads((self.path / "job.json").read_text("utf-8")))
            known = {each.name for each in fields(Job)}
            return Job(**{name: value for name, value in values.items() if name in known})
        except (OSError, ValueError, TypeError) as error:
            raise TrainingError(f"There is no training in {self.path}.", "Start a new one.") from error

    @property
    def checkpoint(self) -> Path:
        """What resuming needs."""
        return self.path / "state.checkpoint"

    @property
    def best(self) -> Path:
        """The finished voice, before it goes into the library."""
        return self.path / "best.voice"

    @property
    def base(self) -> Path:
        """The base voice as it was when the training began."""
        return self.path / "base.voice"

    def report(self, event: str, **values: Any) -> dict[str, Any]:
        """Appends an event to `progress.jsonl` and gives it back.

        Raises:
            TrainingError: the disk is full.
        """
        entry = _entry(event, values)
        line = (json.dumps(entry) + "\n").encode()
        try:
            with (self.path / "progress.jsonl").open("a+b") as file:
                # A line that a dying process left unfinished does not swallow this one.
                file.seek(max(0, file.tell() - 1))
                file.write(b"\n" + line if file.read(1) not in (b"", b"\n") else line)
        except OSError as error:
            raise TrainingError(
                f"The training's progress could not be written: {error.strerror}.",
                "Make room on the disk, then resume.",
            ) from error
        return entry

    def report_failure(self, error: PandemoniumError) -> dict[str, Any]:
        """Appends "failed" and gives it back, also where the disk is too full to hold it."""
        try:
            return self.report("failed", message=error.message, hint=error.hint)
        except TrainingError:
            return _entry("failed", {"message": error.message, "hint": error.hint})

    def events(self, skip: int = 0) -> list[dict[str, Any]]:
        """Every whole event so far but the first `skip`; a line that is still being written is left for later."""
        try:
            lines = (self.path / "progress.jsonl").read_text("utf-8", errors="replace").split("\n")[skip:-1]
        except FileNotFoundError:
            return []
        found = []
        for line in lines:
            try:
                found.append(dict(json.loads(line)))
            except (ValueError, TypeError):
                found.append({"event": "unreadable"})
        return found

    def ask(self, what: str) -> None:
        """Asks the learning process to "stop" or "pause"."""
        (self.path / what).touch()

    def take_back(self, what: str) -> None:
        """Takes an `ask` back."""
        (self.path / what).unlink(missing_ok=True)

    def is_asked(self, what: str) -> bool:
        """Tells whether "stop" or "pause" stands."""
        return (self.path / what).exists()

    def finish(self, result: dict[str, Any]) -> None:
        """Writes `result.json`: the training is over, and what only resuming needs goes."""
        self._write("result.json", result)
        self.tidy()

    def tidy(self) -> None:
        """Deletes all that only resuming needs; what the system holds on to, because it is open, stays for now."""
        for path in self.path.iterdir():
            if path.name not in _LASTING:
                with contextlib.suppress(OSError):
                    path.unlink()

    def result(self) -> dict[str, Any] | None:
        """Reads `result.json`, None while there is none."""
        try:
            return dict(json.loads((self.path / "result.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def claim(self) -> None:
        """Marks the folder as being worked on by this process.

        Raises:
            TrainingError: another live process works on it, or it cannot be written.
        """
        path = self.path / "worker.json"
        try:
            with one_at_a_time(self.path / "claim.lock"):
                if self.worker() in (None, os.getpid()):
                    path.write_text(json.dumps({"process": os.getpid()}), "utf-8")
                    return
        except OSError as error:
            raise _unwritable(error) from error
        raise TrainingError("This training is already running.", "Wait for it, or stop it first.")

    def release(self) -> None:
        """Takes this process's mark off again."""
        if self.worker() == os.getpid():
            with contextlib.suppress(OSError):
                (self.path / "worker.json").unlink(missing_ok=True)

    def worker(self) -> int | None:
        """The live process that works on the folder, or None."""
        import psutil

        try:
            process = int(json.loads((self.path / "worker.json").read_text("utf-8"))["process"])
            running = psutil.Process(process)
            # A number may have been given to another program since the file was written.
            written = (self.path / "worker.json").stat().st_mtime
            if running.create_time() <= written + 1 and running.status() != psutil.STATUS_ZOMBIE:
                return process
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            pass
        return None

    def _write(self, name: str, values: dict[str, Any]) -> None:
        try:
            write_atomically(self.path / name, (json.dumps(values, indent=1) + "\n").encode(), mode=PRIVATE)
        except OSError as error:
            raise _unwritable(error) from error


def unfinished(parent: Path) -> list[JobFolder]:
    """The trainings under `parent` that can be resumed or are running, newest first."""
    if not parent.is_dir():
        return []
    found: list[tuple[float, JobFolder]] = []
    for path in parent.iterdir():
        folder = JobFolder(path)
        with contextlib.suppress(TrainingError, OSError):  # what holds no job, or is being deleted, is passed over
            folder.job()
            if folder.result() is None:
                found.append(((path / "job.json").stat().st_mtime, folder))
    return [folder for _, folder in sorted(found, key=lambda each: -each[0])]


def _entry(event: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"event": event, "time": round(time.time(), 3), **values}


def _unwritable(error: OSError) -> TrainingError:
    return TrainingError(
        f"The training's folder could not be written: {error.strerror}.", "Make room on the disk, then resume."
    )
