"""Plain text is read whole or in parts that make the same whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.documents.reading.plain import read_plain, read_plain_parts


def test_line_ends_become_lf() -> None:
    assert read_plain(b"one\r\ntwo\rthree\n").text == "one\ntwo\nthree\n"


def test_halves_of_a_sign_become_one() -> None:
    """As Java and old databases write what lies beyond 16 bits."""
    assert read_plain(b"a \xed\xa0\xbd\xed\xb8\x80 z").text == "a \U0001f600 z"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_parts_are_cut_at_paragraphs(tmp_path: Path, encoding: str) -> None:
    text = "\n\n".join(f"Paragraph {n} – naïve and long enough." for n in range(200))
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    parts = [part.text for part in read_plain_parts(path, 1000)]
    assert "".join(parts) == text
    assert len(parts) > 5
    assert all(part.endswith("\n\n") for part in parts[:-2])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(1, 50))
def test_parts_make_the_whole(tmp_path: Path, text: str, size: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + text).encode())
    assert "".join(part.text for part in read_plain_parts(path, size)) == text
