"""The standard streams as a shell may hand them over: closed, full, or read by a terminal that obeys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pandemonium.cli.main import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")


def run(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command line in a shell; {p} stands for the program."""
    program = f"{sys.executable} -m pandemonium"
    return subprocess.run(
        ["sh", "-c", line.replace("{p}", program)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


def is_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    said = done.stderr.strip()
    return (
        "should not have" not in said
        and "Traceback" not in said
        and "\n" not in said
        and 0 < len(said) < 600
        and "Exception ignored" not in said
    )


def test_closed_input_is_a_sentence() -> None:
    done = run("{p} continue <&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no standard input" in done.stderr
    assert is_one_sentence(done)


@pytest.mark.long
def test_input_that_never_ends_is_a_sentence() -> None:
    done = run("{p} continue < /dev/zero")
    assert done.returncode == 1
    assert "larger than any manuscript" in done.stderr
    assert is_one_sentence(done)


@pytest.mark.parametrize("command", ["continue", "voices"])
def test_closed_output_is_a_sentence(command: str) -> None:
    done = run(f"echo The house stood | {{p}} {command} >&-")
    assert done.returncode == 1
    assert "standard output is closed" in done.stderr
    assert is_one_sentence(done)


def test_what_is_done_elsewhere_is_done_with_all_streams_closed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The house stood.")
    assert run(f"{{p}} convert {tmp_path}/a.txt {tmp_path}/b.md <&- >&- 2>&-").returncode == 0
    assert (tmp_path / "b.md").read_text().strip() == "The house stood."
    assert run(f"{{p}} voices export lovecraft {tmp_path}/x.voice >&-").returncode == 0
    assert (tmp_path / "x.voice").exists()


@pytest.mark.long
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk to test with")
@pytest.mark.parametrize("command", ["continue --words 5", "voices --json"])
def test_a_full_disk_under_the_output_is_a_sentence(command: str) -> None:
    done = run(f"echo The house stood | {{p}} {command} > /dev/full")
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert is_one_sentence(done)


@pytest.mark.long
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk to test with")
def test_complaints_that_nobody_can_hear_change_nothing() -> None:
    assert run("{p} continue nothing.txt 2> /dev/full").returncode == 1
    assert run("{p} continue nothing.txt 2>&-").returncode == 1


@pytest.mark.long
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_asked_to_end_in_the_midst_of_writing_it_does_so_quietly(number: int, code: int) -> None:
    command = [sys.executable, "-m", "pandemonium", "continue", "--words", "2000"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:
        assert writing.stdin is not None
        assert writing.stdout is not None
        assert writing.stderr is not None
        writing.stdin.write(b"The house stood upon the hill, and ")
        writing.stdin.close()
        assert writing.stdout.read(1)
        writing.send_signal(number)
        writing.stdout.read()
        assert (writing.wait(), writing.stderr.read()) == (code, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["continue", "--ban=--"],
        ["continue", "--voice=--"],
        ["train", "x", "--name=--"],
        ["train", "x", "--name", "y", "--threads", "-5"],
        ["train", "x", "--name", "y", "--seed", "-5"],
    ],
)
def test_wrong_usage_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 2
    assert f"argument {arguments[-1].partition('=')[0] if '=' in arguments[-1] else arguments[-2]}:" in (
        capsys.readouterr().err
    )


ENDLESS = "n" * 5000


@pytest.mark.parametrize(
    "arguments",
    [
        ["continue", ENDLESS],
        ["continue", "{file}", "--voice", ENDLESS],
        ["evaluate", ENDLESS],
        ["compare", ENDLESS],
        ["inspect", ENDLESS],
        ["train", ENDLESS, "--name", "x"],
        ["train", "{folder}", "--name", ENDLESS],
        ["train", "{folder}", "--name", "x", "--from-scratch", "--recipe", ENDLESS],
        ["convert", ENDLESS, "x.md"],
        ["convert", "{file}", f"{ENDLESS}.md"],
        ["voices", "import", ENDLESS],
        ["voices", "show", ENDLESS],
        ["voices", "restore", ENDLESS],
        ["voices", "export", "lovecraft", ENDLESS],
        ["voices", "export", "lovecraft", "--web", ENDLESS],
        ["voices", "duplicate", "lovecraft", ENDLESS],
    ],
    ids=lambda arguments: " ".join(each[:12] for each in arguments),
)
def test_a_name_without_end_is_a_short_sentence(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], pandemonium_home: Path
) -> None:
    (tmp_path / "a.txt").write_text("The house stood.")
    named = {"{file}": str(tmp_path / "a.txt"), "{folder}": str(tmp_path)}
    assert main([named.get(each, each) for each in arguments]) == 1
    said = capsys.readouterr().err
    assert "should not have" not in said
    assert 0 < len(said.strip()) < 700


@pytest.mark.long
def test_no_terminal_obeys_what_a_file_is_called(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\x1b[2J\x1b]0;owned\x07.txt"
    path.write_text("The house stood upon the hill. " * 30)
    assert main(["inspect", str(tmp_path)]) == 0
    assert main(["evaluate", f"{path}.none"]) == 1
    assert main(["inspect", str(path)]) == 0
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "a\ufffd[2J" in text
