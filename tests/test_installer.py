"""What is handed to other programmers holds together: the wheel and the source archive."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import pandemonium

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ("resources", "models")


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command that knows nothing of this Python's surroundings, and gives what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ ;\[]", name, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("folder", BUNDLED)
def test_bundled_folders_say_what_they_are(folder: str) -> None:
    assert json.loads((ROOT / folder / "MANIFEST.json").read_text("utf-8"))["name"] == folder


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["development"]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {normal(line) for line in lines if "==" in line}
    assert {normal(each) for each in asked} - pinned == set()


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel built out of it and of nothing else."""
    out = tmp_path_factory.mktemp("archives")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (source,) = out.glob("*.tar.gz")
    (wheel,) = out.glob("*.whl")
    return source, wheel


@pytest.mark.long
def test_the_source_archive_has_what_a_build_and_its_tests_need(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "Makefile", "constraints.txt", "hatch_build.py", "installer/build.py"}
    wanted |= {f"{folder}/MANIFEST.json" for folder in BUNDLED} | {"tests/conftest.py", "docs/architecture.md"}
    assert wanted - names == set()
    assert not [name for name in names if name.startswith((".venv", ".git/")) or "__pycache__" in name]


@pytest.mark.long
@pytest.mark.parametrize("kind", [0, 1], ids=["source", "wheel"])
def test_what_is_installed_finds_its_parts_and_passes_its_selftest(
    archives: tuple[Path, Path], kind: int, tmp_path: Path
) -> None:
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    (python,) = [path for path in (scripts / "python", scripts / "python.exe") if path.exists()]
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # The other packages are taken from this environment, as if they had been installed first.
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed")
    run(*pip, "install", *options, archives[kind], cwd=tmp_path)

    code = "from pandemonium import paths; print(paths.resources()); print(paths.models())"
    found = [Path(line) for line in run(python, "-c", code, cwd=tmp_path).splitlines()]
    assert found == [site / "pandemonium" / folder for folder in BUNDLED]
    assert pandemonium.__version__ in run(scripts / "pandemonium", "--version", cwd=tmp_path)
    run(scripts / "pandemonium", "selftest", cwd=tmp_path)


@pytest.mark.long
def test_only_standard_wheels_carry_the_bundled_folders(archives: tuple[Path, Path], tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel:editable", "-d", tmp_path, cwd=ROOT)
    (editable,) = tmp_path.glob("*.whl")

    def carried(wheel: Path) -> set[str]:
        with zipfile.ZipFile(wheel) as archive:
            return {folder for folder in BUNDLED if f"pandemonium/{folder}/MANIFEST.json" in archive.namelist()}

    assert carried(archives[1]) == set(BUNDLED)
    assert carried(editable) == set()
