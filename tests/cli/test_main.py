"""The entry: which sub-command runs, what is imported for it, and which exit code each end has."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import pandemonium
from pandemonium.cli import main as entry
from pandemonium.errors import VoiceError

APP = Path(__file__).resolve().parents[2] / "app"


def command(ending: BaseException | None = None, said: str = "") -> ModuleType:
    """A small sub-command that prints its one argument and ends as it is told."""
    module = ModuleType("pandemonium.cli.selftest")

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("word", nargs="?", default=said)

    def run(arguments: argparse.Namespace) -> int:
        print(arguments.word)
        if ending is not None:
            raise ending
        return 0

    vars(module).update(NAME="selftest", HELP="tests itself", add_arguments=add_arguments, run=run)
    return module


@pytest.fixture
def selftest(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Lets a test put its own sub-command in the place of `selftest`."""
    monkeypatch.setattr(entry, "available_commands", lambda: ["selftest"])
    return monkeypatch


def place(monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> None:
    monkeypatch.setitem(sys.modules, "pandemonium.cli.selftest", module)


def test_runs_the_command_that_is_named(selftest: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    place(selftest, command())
    assert entry.main(["selftest", "Yuggoth"]) == 0
    assert capsys.readouterr().out == "Yuggoth\n"


def test_says_an_error_of_the_program_and_what_to_do(
    selftest: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place(selftest, command(VoiceError("The voice is broken.", "Import it again.")))
    assert entry.main(["selftest"]) == 1
    assert capsys.readouterr().err == "The voice is broken. Import it again.\n"


def test_an_interruption_is_130(selftest: pytest.MonkeyPatch) -> None:
    place(selftest, command(KeyboardInterrupt()))
    assert entry.main(["selftest"]) == 130


def test_wrong_usage_is_2(selftest: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    place(selftest, command())
    with pytest.raises(SystemExit) as ending:
        entry.main(["selftest", "one", "two"])
    assert ending.value.code == 2
    assert "pandemonium selftest" in capsys.readouterr().err


def test_what_nobody_foresaw_is_a_sentence_and_a_log(
    selftest: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pandemonium_home: Path
) -> None:
    place(selftest, command(ZeroDivisionError("the angles are wrong")))
    assert entry.main(["selftest"]) == 1
    said = capsys.readouterr().err
    (log,) = (pandemonium_home / "data" / "logs").iterdir()
    assert "the angles are wrong" in said
    assert str(log) in said
    assert "Traceback" not in said
    assert "Traceback" in log.read_text("utf-8")


def test_a_command_that_this_build_lacks_is_an_error(
    selftest: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.main(["benchmark"]) == 1
    assert "no command 'benchmark'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "file"),
    [([], None), (["draft.md"], Path("draft.md")), (["./continue"], Path("./continue"))],
)
def test_anything_else_opens_the_window(
    arguments: list[str], file: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    desktop = ModuleType("pandemonium.desktop")

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    vars(desktop)["run"] = open_window
    monkeypatch.setitem(sys.modules, "pandemonium.desktop", desktop)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert entry.main(arguments) == 0
    assert opened == [file]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_no_screen_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert entry.main([]) == 1
    assert "pandemonium continue" in capsys.readouterr().err


def test_help_lists_every_command_and_version_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        entry.main(["--help"])
    assert ending.value.code == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in entry.available_commands())
    with pytest.raises(SystemExit):
        entry.main(["--version"])
    assert pandemonium.__version__ in capsys.readouterr().out


@pytest.mark.parametrize("name", entry.available_commands())
def test_every_command_answers_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        entry.main([name, "--help"])
    assert ending.value.code == 0
    assert f"pandemonium {name}" in capsys.readouterr().out


def child(code: str, stdout: int) -> subprocess.Popen[bytes]:
    search = {**os.environ, "PYTHONPATH": str(APP)}
    return subprocess.Popen([sys.executable, "-c", code], env=search, stdout=stdout, stderr=subprocess.PIPE)


def test_the_entry_imports_only_what_is_asked_for() -> None:
    code = (
        "import sys; from pandemonium.cli.main import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'numpy', 'PySide6', 'onnxruntime', 'tokenizers'} & set(sys.modules)\n"
        "sys.exit(f'{heavy}' if heavy else 0)"
    )
    process = child(code, stdout=subprocess.DEVNULL)
    assert process.communicate()[1] == b""
    assert process.returncode == 0


def test_a_reader_who_leaves_is_no_complaint() -> None:
    code = (
        "import sys, types; from pandemonium.cli import main as entry\n"
        "module = types.ModuleType('selftest'); module.NAME, module.HELP = 'selftest', ''\n"
        "module.add_arguments = lambda parser: None\n"
        "module.run = lambda arguments: print('dust ' * 100_000) or 0\n"
        "entry._load = lambda name: module\n"
        "sys.exit(entry.main(['selftest']))"
    )
    process = child(code, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_prose_is_utf8_and_a_lone_surrogate_no_crash() -> None:
    code = (
        "import sys, types; from pandemonium.cli import main as entry\n"
        "module = types.ModuleType('selftest'); module.NAME, module.HELP = 'selftest', ''\n"
        "module.add_arguments = lambda parser: None\n"
        "module.run = lambda arguments: print('\\u201cIa\\u0308!\\u201d \\ud800') or 0\n"
        "entry._load = lambda name: module\n"
        "sys.exit(entry.main(['selftest']))"
    )
    process = child(code, stdout=subprocess.PIPE)
    written, complaint = process.communicate()
    assert (process.returncode, complaint) == (0, b"")
    assert written.decode("utf-8").startswith("\u201cIa\u0308!\u201d")
