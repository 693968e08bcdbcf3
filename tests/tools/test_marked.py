"""Marked sentences: they are kept without the texts around them, and found again in these."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from tools.marked import MARKED, Marked, find_texts, read_marked, write_marked
from tools.marking import collect, main, write_candidates

from pandemonium.settings import WritingSettings
from pandemonium.training.material.tokens import pack, write_token_file
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

PLACE = Marked("weird", 1, "He came down.", " It rained.", (" The lamp went out.", " No."), (4.0, 2.5))


def test_they_come_back_as_they_were(tmp_path: Path) -> None:
    other = Marked("modern", 0, "\u201cWell\u201d", "", (" Yes.",), (1.0,))
    write_marked([PLACE, other], tmp_path / "marked.xz")
    assert read_marked(tmp_path / "marked.xz") == [PLACE, other]


def test_those_of_the_project_are_sound() -> None:
    marked = read_marked()
    assert len(marked) > 1000
    assert all(1 < len(each.sentences) == len(each.marks) for each in marked)
    assert {mark for each in marked for mark in each.marks} <= {n / 2 for n in range(11)}
    assert all(len(each.behind) <= 60 for each in marked)  # the corpus's texts are not part of the project
    assert MARKED.stat().st_size < 2 << 20


def test_a_place_is_found_in_its_document(tokenizer: SubwordTokenizer) -> None:
    texts = ["He came down. And another text.", "The night was dark. He came down. And went away."]
    datasets = {"weird": pack(texts, tokenizer)}
    strangers = [Marked("weird", 7, "x", "", (" a",), (0.0,)), Marked("gone", 0, "x", "", (" a",), (0.0,))]
    strangers.append(Marked("weird", 0, "not there", "", (" a",), (0.0,)))
    assert list(find_texts([*strangers, PLACE], datasets, tokenizer)) == [
        (PLACE, "The night was dark. He came down. It rained.")
    ]


def test_candidates_are_those_of_a_continuation(bundled_voice: Voice) -> None:
    voice = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    settings = WritingSettings(words=60, seed=5, candidates=4)
    request = ContinueRequest(0, 0, "Birch went down into the vault. He had forgotten the lamp.", settings=settings)
    own, first = write_candidates(voice, request, 0)
    assert own == ""
    assert len(first) == 2  # the first sentence is waited for, and has half as many
    own, second = write_candidates(voice, request, 1)
    assert own == first[0]
    assert 1 < len(second) <= 4
    written = "".join(piece.text for piece in voice.write(request))
    assert _words(written).startswith(_words(own + second[0]))
    assert write_candidates(voice, request, 50) == ("", [])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.long
def test_sheets_are_made_and_marks_collected(bundled_voice: Voice, prose: str, tmp_path: Path) -> None:
    tokenizer = bundled_voice.tokenizer
    data = pack([prose * (1 + 8000 // len(prose)) * 2], tokenizer)
    names = ("lovecraft", "weird", "tales", "modern")
    write_token_file(tmp_path / "tokens.npz", dict.fromkeys(names, data), {}, tokenizer.size)
    sheets = tmp_path / "sheets"
    assert main(["make", "--work", str(tmp_path), "--folder", str(sheets), "--places", "2"]) == 0
    sheet = (sheets / "sheet-01.md").read_text("utf-8")
    assert [line for line in sheet.splitlines() if line.startswith("## ")] == ["## 1", "## 2"]
    counts = [len(re.findall(r"^[a-h]\) ", item, re.MULTILINE)) for item in sheet.split("## ")[1:]]
    (sheets / "sheet-01.txt").write_text(
        "\n".join(f"{n}: {' '.join(['3'] * count)}" for n, count in enumerate(counts, 1)), "utf-8"
    )
    assert collect(sheets, tmp_path / "marked.xz") == 2
    marked = read_marked(tmp_path / "marked.xz")
    assert sorted(len(each.sentences) for each in marked) == sorted(counts)
    assert np.unique([mark for each in marked for mark in each.marks]).tolist() == [3.0]
    assert len(list(find_texts(marked, dict.fromkeys(names, data), tokenizer))) == 2
