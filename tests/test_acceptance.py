"""Every test that docs/acceptance.md names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "acceptance.md"
ROWS = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "---" not in line]
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE.read_text("utf-8"))))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_it_exists(file: str, name: str) -> None:
    assert re.search(rf"^\s*(?:async )?def {name}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)


def test_every_row_names_a_test_or_says_what_is_missing() -> None:
    heads = {"| what | where | shown by |"}
    assert [row for row in ROWS if row not in heads and "::" not in row and "missing: " not in row] == []
    assert len(NAMED) > 60
