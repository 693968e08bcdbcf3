"""Passages on the clipboard come back with their authors, and nothing hostile does."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QByteArray, QMimeData

from pandemonium.desktop.editor.clipboard import PASSAGE_TYPE, passage_from, put_passage
from pandemonium.documents.model.passage import Passage


def test_a_passage_comes_back() -> None:
    passage = Passage("mine ") + Passage.by("v", "its\nown")
    data = QMimeData()
    put_passage(data, passage)
    assert data.text() == "mine its\nown"
    assert passage_from(data) == passage


def test_text_without_authors_is_plain_text() -> None:
    data = QMimeData()
    put_passage(data, Passage("mine"))
    assert data.formats() == ["text/plain"]
    assert passage_from(data) is None


@pytest.mark.parametrize(
    "marks",
    [[[0, 99, "v"]], [[2, 1, "v"]], [[0, 2, "v"], [1, 3, "v"]], [[-1, 2, "v"]], [["a", 1, "v"]], 7, [[0, 4, "v"]]],
)
def test_what_cannot_be_believed_is_passed_over(marks: object) -> None:
    data = QMimeData()
    data.setData(PASSAGE_TYPE, QByteArray(json.dumps({"text": "ab\ncd", "marks": marks}).encode()))
    assert passage_from(data) is None


def test_no_json_is_passed_over() -> None:
    data = QMimeData()
    data.setData(PASSAGE_TYPE, QByteArray(b"\xff{"))
    assert passage_from(data) is None
