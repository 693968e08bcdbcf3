"""CommonMark's examples come through the page as they were; `commonmark.py` beside this prints the counts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


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
    assert counts.same >= 643
    assert counts.same_words >= 649


HARD = [
    ">\n",
    "a\n\n> \n\nb\n",
    "- >\n- b\n",
    "> a\n>\n> >\n",
    "[a]() b\n",
    "**[a](<> 't')** b [](<> 't')\n",
    "a <b></b><i></i> c\n",
    "a <span></span> b\n",
    "a <x></x>  <!-- c -->  b\n",
    "<ruby>a<rt>b</rt></ruby><ruby>c<rp>(</rp><rt>d</rt><rp>)</rp></ruby>\n",
    "![a](b)![c](d)`e` `f`\n",
    "1. a\n2. b\n3) c\n",
]


@pytest.mark.parametrize("way", ["page", "docx", "odt"])
@pytest.mark.parametrize("source", HARD)
def test_what_has_no_words_comes_through(way: str, source: str) -> None:
    module = commonmark()
    assert module._COMMON_MARK.render(module.WAYS[way](source)) == module._COMMON_MARK.render(source)
