"""The voice that comes with the program, ready to write."""

from __future__ import annotations

import pytest

from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


@pytest.fixture(scope="session")
def lovecraft(bundled_voice: Voice) -> Continuer:
    """One for all tests: what it writes does not depend on what it read before, and a test holds that."""
    return Continuer(bundled_voice, CpuRuntime(bundled_voice, threads=1))
