"""A GPU that gives up in mid-sentence: the CPU goes on, and not a letter is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import DeviceError
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes import opening
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.falling_back import FallingBackRuntime
from pandemonium.writing.runtimes.runtime import Device, Floats, Ids, Runtime


class FailingRuntime(CpuRuntime):
    """Says that it is a GPU, and vanishes after some calls."""

    device: Device = "gpu"

    def __init__(self, voice: Voice, calls: int) -> None:
        super().__init__(voice, threads=1)
        self._calls = calls

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        self._count()
        return super().read(tokens, state)

    def logits(self, hidden: Floats) -> Floats:
        self._count()
        return super().logits(hidden)

    def _count(self) -> None:
        self._calls -= 1
        if self._calls < 0:
            raise DeviceError("The GPU gave up.", "Go on with the CPU.")


def written(voice: Voice, runtime: Runtime) -> str:
    settings = WritingSettings(words=30, seed=5)
    chunks = Continuer(voice, runtime).write(ContinueRequest(1, 0, "The old house stood", settings=settings))
    return "".join(chunk.text for chunk in chunks)


@pytest.mark.long
@pytest.mark.parametrize("calls", [0, 1, 7, 20])
def test_goes_on_with_the_same_text(bundled_voice: Voice, calls: int) -> None:
    runtime = FallingBackRuntime(FailingRuntime(bundled_voice, calls), lambda: CpuRuntime(bundled_voice, 1))
    assert runtime.device == "gpu"
    assert written(bundled_voice, runtime) == written(bundled_voice, CpuRuntime(bundled_voice, 1))
    assert runtime.device == "cpu"


def test_a_second_failure_is_said(tiny_voice: Voice) -> None:
    runtime = FallingBackRuntime(FailingRuntime(tiny_voice, 0), lambda: FailingRuntime(tiny_voice, 0))
    with pytest.raises(DeviceError):
        runtime.read(np.array([[1]]), runtime.zero_state())


def test_auto_takes_what_is_faster(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = CpuRuntime(tiny_voice, 1)
    gpu = FailingRuntime(tiny_voice, 100)
    speeds = {id(cpu): 2.0, id(gpu): 1.0}
    monkeypatch.setattr(opening, "step_seconds", lambda runtime: speeds[id(runtime)])
    assert opening.faster(cpu, gpu) is gpu
    speeds[id(gpu)] = 3.0
    assert opening.faster(cpu, gpu) is cpu


def test_auto_does_without_a_gpu_that_cannot_be_opened(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Runtime:
        raise DeviceError("The GPU has no room for this voice.", "Choose the CPU.")

    monkeypatch.setattr(opening, "available_devices", lambda: ["cpu", "gpu"])
    monkeypatch.setattr(opening, "_open_gpu", refuse)
    assert opening.open_runtime(tiny_voice, "auto").device == "cpu"


def test_a_step_takes_time(tiny_voice: Voice) -> None:
    assert opening.step_seconds(CpuRuntime(tiny_voice, 1)) > 0


@pytest.mark.long
def test_the_window_hears_of_the_other_device(
    bundled_voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pandemonium.voice.file import save_voice
    from pandemonium.writing import worker as working

    devices: list[str] = []
    texts: list[str] = []

    class Listener:
        def voice_loaded(self, voice: working.LoadedVoice) -> None:
            devices.append(voice.device)

        def voice_failed(self, error: Exception) -> None:
            raise error

        def chunk_written(self, chunk: object) -> None:
            pass

        def finished(self, continuation: object) -> None:
            texts.extend(continuation.texts)  # type: ignore[attr-defined]

        def failed(self, number: int, error: Exception) -> None:
            texts.append(str(error))

        def answered(self, number: int, answer: object) -> None:
            pass

    path = tmp_path / "a.voice"
    save_voice(bundled_voice, path)
    monkeypatch.setattr(
        opening,
        "open_runtime",
        lambda voice, *_: FallingBackRuntime(FailingRuntime(voice, 9), lambda: CpuRuntime(voice, 1)),
    )
    worker = working.WritingWorker(Listener())  # type: ignore[arg-type]
    worker.load(path)
    worker.continue_(ContinueRequest(1, 0, "The old house stood", settings=WritingSettings(words=30, seed=5)))
    worker._jobs.put(None)  # behind the request, which close() would stop
    worker._thread.join()
    assert devices == ["gpu", "cpu"]
    assert texts == [written(bundled_voice, CpuRuntime(bundled_voice, 1))]
