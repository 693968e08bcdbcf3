"""CommonMark's examples come through the page as they were; `commonmark.py` beside this prints the counts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def commonmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("commonmark", Path(__file__).with_name("commonmark.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["commonmark"] = module
    spec.loader.exec_module(module)
    return module


def test_examples_come_through_the_page() -> None:
    module = commonmark()
    counts = module.count(module.through_the_page)
    assert counts.same >= 630
    assert counts.same_words >= 645
