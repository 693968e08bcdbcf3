"""Broken documents are opened or refused in a sentence and lose no word; `documents.py` does it for as long as told."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest


def fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_documents", Path(__file__).with_name("documents.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_documents"] = module
    spec.loader.exec_module(module)
    return module


def found(seed: int, rounds: int) -> list[str]:
    return [f"round {each.round}, {each.name}: {each.what}" for each in fuzzer().run(seed, rounds)]


def test_whole_documents_pass(tmp_path: Path) -> None:
    module = fuzzer()
    chance = random.Random(1)
    for name, data in module.seeds().items():
        assert module.check(name, data, tmp_path, chance) == ""


@pytest.mark.long
def test_broken_documents_pass() -> None:
    assert found(1, 4000) == []
