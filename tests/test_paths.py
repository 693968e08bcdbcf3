"""The user's own folders are nobody else's, whatever the system's habit is."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pandemonium import paths
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.vault import Vault
from pandemonium.training.job import Job, JobFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PANDEMONIUM_HOME", str(tmp_path / "home"))
    umask = os.umask(0)
    yield tmp_path / "home"
    os.umask(umask)


def test_own_folders_are_closed_to_others_also_those_of_earlier_versions(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    for folder in (paths.user_data(), paths.user_config(), paths.user_voices()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_holds_her_texts_is_closed_to_others_by_itself(home: Path, tmp_path: Path) -> None:
    vault = Vault.at(paths.user_data())
    document = tmp_path / "a.docx"
    document.write_bytes(b"text")
    vault.versions.keep_file(document)
    manuscript = Manuscript(format="docx", package=b"PK")
    slot = vault.autosaves.new()
    slot.write(manuscript, "a", None, [Passage("It was dark.")])
    slot.write(manuscript, "a", None, [Passage("It was light.")])
    JobFolder.create(paths.user_data() / "trainings", Job("mine", ["."], "lovecraft"))
    found = [path for path in paths.user_data().rglob("*") if not path.name.endswith("lock")]
    assert {path.suffix for path in found if path.is_file()} >= {".z", ".json", ".txt", ".package", ""}
    for path in found:
        open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
        assert not open_to_others or path.parent == paths.user_data(), path
    slot.leave()
