from __future__ import annotations

from pathlib import Path

from pandemonium.desktop.features.training.drop_preview import preview_drop


def test_a_folder_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "Novels"
    (folder / "old").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("a.txt", "b.docx", "old/c.md", "cover.jpg", ".git/d.txt"):
        (folder / name).touch()
    seen = preview_drop([folder])
    assert (seen.kind, seen.name, seen.texts, seen.more) == ("texts", "Novels", 3, False)


def test_one_file_is_a_document_and_several_are_texts(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "mine.VOICE"):
        (tmp_path / name).touch()
    assert preview_drop([tmp_path / "a.txt"]).kind == "document"
    assert preview_drop([tmp_path / "mine.VOICE"]).kind == "voice"
    both = preview_drop([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert (both.kind, both.name, both.texts) == ("texts", tmp_path.name, 2)


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert preview_drop([tmp_path / "gone"]).kind == "nothing"
    assert preview_drop([]).kind == "nothing"
