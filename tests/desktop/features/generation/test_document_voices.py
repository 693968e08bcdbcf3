from __future__ import annotations

import json
from pathlib import Path

from pandemonium.desktop.features.generation.document_voices import DocumentVoices


def test_a_document_keeps_its_voice(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    draft = tmp_path / "draft.txt"
    voices = DocumentVoices(file)
    assert voices.voice_of(draft) == ""
    voices.remember(draft, "Novels")
    assert DocumentVoices(file).voice_of(draft) == "Novels"
    assert DocumentVoices(file).voice_of(tmp_path / "x" / ".." / "draft.txt") == "Novels"
    assert "draft" not in file.read_text("utf-8")
    voices.rename("Novels", "Letters")
    assert voices.voice_of(draft) == "Letters"


def test_a_broken_file_counts_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    for text in ("nonsense", "[1]", '{"a": 1}'):
        file.write_text(text, "utf-8")
        assert DocumentVoices(file).voice_of(tmp_path / "a") == ""
    DocumentVoices(file).remember(tmp_path / "a", "x")
    assert DocumentVoices(file).voice_of(tmp_path / "a") == "x"


def test_what_is_oldest_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    file.write_text(json.dumps({f"k{n}": "x" for n in range(2000)}), "utf-8")
    DocumentVoices(file).remember(tmp_path / "new", "y")
    kept = json.loads(file.read_text("utf-8"))
    assert len(kept) == 2000
    assert "k0" not in kept
