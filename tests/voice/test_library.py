"""The library: finding, importing, exporting, renaming, duplicating, removing and bringing back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.errors import VoiceError
from pandemonium.voice.file import load_voice, save_voice
from pandemonium.voice.library import VoiceLibrary, check_name, sweep_voices


@pytest.fixture
def library(tiny_voice_path: Path, tmp_path: Path) -> VoiceLibrary:
    """One bundled voice, "lovecraft", and one own, "Mine"."""
    for folder, name in (("bundled", "lovecraft"), ("own", "Mine")):
        (tmp_path / folder).mkdir()
        shutil.copy(tiny_voice_path, tmp_path / folder / f"{name}.voice")
    return VoiceLibrary(tmp_path / "bundled", tmp_path / "own")


def names(library: VoiceLibrary) -> list[str]:
    return [entry.name for entry in library.entries()]


def test_lists_bundled_voices_first(library: VoiceLibrary) -> None:
    assert [(entry.name, entry.bundled) for entry in library.entries()] == [("lovecraft", True), ("Mine", False)]
    assert library.entries()[0].card().title == "Tiny"


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert VoiceLibrary(tmp_path / "a", tmp_path / "b").entries() == []


def test_an_own_voice_hides_a_bundled_one(library: VoiceLibrary, tiny_voice_path: Path, tmp_path: Path) -> None:
    shutil.copy(tiny_voice_path, tmp_path / "own" / "lovecraft.voice")
    assert library.find("lovecraft") == tmp_path / "own" / "lovecraft.voice"
    assert names(library) == ["lovecraft", "Mine"]


def test_half_copied_and_other_files_are_no_voices(library: VoiceLibrary, tmp_path: Path) -> None:
    (tmp_path / "own" / ".new.voice").touch()
    (tmp_path / "own" / "notes.txt").touch()
    assert names(library) == ["lovecraft", "Mine"]


def test_finds_by_name_whatever_the_case_and_by_path(library: VoiceLibrary, tiny_voice_path: Path) -> None:
    assert library.find("LOVECRAFT").stem == "lovecraft"
    assert library.find(str(tiny_voice_path)) == tiny_voice_path


@pytest.mark.parametrize("name", ["Poe", "", "x" * 5000, "nul\0", "~nobody-at-all/poe", "\ud800", "../own"])
def test_what_is_not_there_is_a_sentence_with_what_is(library: VoiceLibrary, name: str) -> None:
    with pytest.raises(VoiceError) as refused:
        library.find(name)
    assert "lovecraft, Mine" in refused.value.hint


def test_imports_a_verified_copy(library: VoiceLibrary, tiny_voice_path: Path, tmp_path: Path) -> None:
    entry = library.import_file(tiny_voice_path)
    assert entry.path == tmp_path / "own" / "tiny.voice"
    assert not entry.bundled
    assert entry.path.read_bytes() == tiny_voice_path.read_bytes()
    assert library.import_file(tiny_voice_path, "Na\u00efve 2").name == "Na\u00efve 2"
    assert names(library) == ["lovecraft", "Mine", "Na\u00efve 2", "tiny"]


def test_a_broken_file_is_not_imported(library: VoiceLibrary, tiny_voice_path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.voice"
    broken.write_bytes(tiny_voice_path.read_bytes()[:-1])
    with pytest.raises(VoiceError):
        library.import_file(broken)
    assert names(library) == ["lovecraft", "Mine"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " a",
        "a ",
        ".a",
        "a/b",
        "a\\b",
        "../a",
        "a\nb",
        "a:b",
        'a"b',
        "x" * 81,
        "\u4e2d" * 80,
        "\ud800",
        "mine",
        "Lovecraft",
    ],
)
def test_refuses_impossible_and_taken_names(library: VoiceLibrary, name: str) -> None:
    with pytest.raises(VoiceError):
        library.duplicate("Mine", name)
    with pytest.raises(VoiceError):
        library.rename("lovecraft", name)
    assert names(library) == ["lovecraft", "Mine"]


def test_exports_and_replaces_the_target_as_a_whole(library: VoiceLibrary, tmp_path: Path) -> None:
    target = tmp_path / "out" / "copy.voice"
    library.export("Mine", target)
    library.export("lovecraft", target)
    assert load_voice(target).name == "copy"
    assert list(target.parent.iterdir()) == [target]


def test_an_export_that_cannot_be_is_a_sentence(library: VoiceLibrary, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="is a folder"):
        library.export("Mine", tmp_path / "own")
    (tmp_path / "file").touch()
    with pytest.raises(VoiceError, match="could not be copied"):
        library.export("Mine", tmp_path / "file" / "mine.voice")
    with pytest.raises(VoiceError, match="There is no voice"):
        library.export("Poe", tmp_path / "poe.voice")
    assert not list(tmp_path.glob(".*.part"))


def test_duplicates_a_bundled_voice_into_an_own_one(library: VoiceLibrary) -> None:
    assert not library.duplicate("lovecraft", "Howard").bundled
    assert names(library) == ["lovecraft", "Howard", "Mine"]


def test_renames_an_own_voice(library: VoiceLibrary) -> None:
    assert library.rename("mine", "Ours").path.is_file()
    assert names(library) == ["lovecraft", "Ours"]
    assert library.rename("Ours", "ours").name == "ours"
    assert names(library) == ["lovecraft", "ours"]


def test_bundled_voices_cannot_be_changed(library: VoiceLibrary) -> None:
    for change in (lambda: library.rename("lovecraft", "Poe"), lambda: library.remove("lovecraft")):
        with pytest.raises(VoiceError, match="comes with the program"):
            change()


def test_removes_and_brings_back(library: VoiceLibrary) -> None:
    assert library.remove("mine").is_file()
    assert names(library) == ["lovecraft"]
    assert library.restore("Mine").path.is_file()
    assert names(library) == ["lovecraft", "Mine"]


def test_two_voices_removed_under_one_name_are_both_kept(library: VoiceLibrary, tmp_path: Path) -> None:
    for _ in range(3):
        library.remove("Mine")
        library.duplicate("lovecraft", "Mine")
    assert len(list((tmp_path / "own" / "removed").glob("*.voice"))) == 3
    with pytest.raises(VoiceError, match="already"):
        library.restore("Mine")


@pytest.mark.parametrize("name", ["Poe", "", "../Mine"])
def test_what_was_not_removed_does_not_come_back(library: VoiceLibrary, name: str) -> None:
    with pytest.raises(VoiceError):
        library.restore(name)
    with pytest.raises(VoiceError):
        library.remove(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " Anna",
        "Anna ",
        ".hidden",
        "a/b",
        "..",
        "a\\b",
        "a:b",
        "a\nb",
        "x" * 81,
        "\u7ea2" * 67,
        "a\x00",
        'a"',
        "a\u202eb",
    ],
)
def test_a_name_that_is_no_files_is_refused(name: str, library: VoiceLibrary, tiny_voice_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be called"):
        check_name(name)
    if name:  # without one, the file's own name is taken
        with pytest.raises(VoiceError, match="cannot be called"):
            library.import_file(tiny_voice_path, name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "Anna's second, 2",
        "\u7ea2" * 66,
        "\u00c9mile",
        "x" * 80,
        "\u0645\u06cc\u200c\u0646\u0648\u06cc\u0633\u0645",
    ],
)
def test_names_that_may_be(name: str, library: VoiceLibrary, tiny_voice_path: Path) -> None:
    check_name(name)
    assert library.import_file(tiny_voice_path, name).path.is_file()


@pytest.mark.long
def test_of_two_processes_that_want_a_name_one_gets_it(library: VoiceLibrary, tmp_path: Path) -> None:
    """Two voices of different content are imported and duplicated under the same names at once."""
    for letter in "ab":
        voice = load_voice(tmp_path / "own" / "Mine.voice")
        save_voice(replace(voice, card=replace(voice.card, title=letter)), tmp_path / f"{letter}.voice")
    script = (
        "import sys; from pathlib import Path; from pandemonium.errors import VoiceError\n"
        "from pandemonium.voice.library import VoiceLibrary\n"
        "library, won = VoiceLibrary(Path(sys.argv[1]), Path(sys.argv[2])), 0\n"
        "for n in range(15):\n"
        "    try: library.import_file(Path(sys.argv[3]), f'v{n}'); won += 1\n"
        "    except VoiceError as error: assert 'already' in str(error), error\n"
        "print(won)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "bundled"), str(tmp_path / "own")]
    processes = [
        subprocess.Popen([*command, str(tmp_path / f"{letter}.voice")], stdout=subprocess.PIPE) for letter in "ab"
    ]
    assert sum(int(process.communicate()[0]) for process in processes) == 15
    assert {load_voice(tmp_path / "own" / f"v{n}.voice").card.title for n in range(15)} <= {"a", "b"}
    assert names(library) == ["lovecraft", "Mine", *sorted(f"v{n}" for n in range(15))]


def test_what_killed_copies_left_is_swept(library: VoiceLibrary, tmp_path: Path) -> None:
    (tmp_path / "own" / ".Mine.voice.part").write_bytes(b"half")
    (tmp_path / "own" / ".other.part").write_bytes(b"is not ours")
    sweep_voices(tmp_path / "own")
    assert {path.name for path in (tmp_path / "own").iterdir()} == {"Mine.voice", ".other.part"}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_nothing_but_a_file_is_imported_or_replaced(library: VoiceLibrary, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.voice")
    for name in (str(tmp_path / "pipe.voice"), "/dev/zero", str(tmp_path)):
        with pytest.raises(VoiceError):
            library.import_file(Path(name), "New")
    with pytest.raises(VoiceError, match="not a file"):
        library.export("Mine", tmp_path / "pipe.voice")
    assert (tmp_path / "pipe.voice").is_fifo()


@pytest.mark.parametrize("name", ["x" * 5000, "a\x1b[31m", "\U0001f419" * 81])
def test_an_impossible_name_is_said_in_one_line(name: str) -> None:
    with pytest.raises(VoiceError) as refused:
        check_name(name)
    assert len(str(refused.value)) < 300
    assert str(refused.value).isprintable()
