from __future__ import annotations

import json
from pathlib import Path

from pandemonium.desktop.features.generation.document_voices import DocumentVoices
from pandemonium.documents.safekeeping.known_documents import DocumentKeys


def test_a_document_keeps_its_voice(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    draft = DocumentKeys.of(tmp_path / "draft.txt")
    voices = DocumentVoices(file)
    assert voices.voice_of(draft) == ""
    voices.remember(draft, "Novels")
    assert DocumentVoices(file).voice_of(draft) == "Novels"
    assert DocumentVoices(file).voice_of(DocumentKeys.of(tmp_path / "x" / ".." / "draft.txt")) == "Novels"
    assert "draft" not in file.read_text("utf-8")
    voices.rename("Novels", "Letters")
    assert voices.voice_of(draft) == "Letters"
    renamed = DocumentKeys("another", draft.all)
    assert voices.voice_of(renamed) == "Letters"
    voices.remember(renamed, "Novels")
    assert (voices.voice_of(draft), voices.voice_of(renamed)) == ("Letters", "Novels")


def test_a_broken_file_counts_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    for text in ("nonsense", "[1]", '{"a": 1}'):
        file.write_text(text, "utf-8")
        assert DocumentVoices(file).voice_of(DocumentKeys.of(tmp_path / "a")) == ""
    DocumentVoices(file).remember(DocumentKeys.of(tmp_path / "a"), "x")
    assert DocumentVoices(file).voice_of(DocumentKeys.of(tmp_path / "a")) == "x"


def test_what_is_oldest_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "document-voices.json"
    file.write_text(json.dumps({f"k{n}": "x" for n in range(2000)}), "utf-8")
    DocumentVoices(file).remember(DocumentKeys.of(tmp_path / "new"), "y")
    kept = json.loads(file.read_text("utf-8"))
    assert len(kept) == 2000
    assert "k0" not in kept
