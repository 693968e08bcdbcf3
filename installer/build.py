"""Builds Pandemonium as a folder that needs no Python, and that folder's installers, for the system that this runs on.

    python installer/build.py --out dist [--without-training] [--packages] [--quick]

The folder is OUT/pandemonium; the program in it is run through its own selftest, with and without its training
component, and the size of each part is printed. `--packages` makes what is handed to people beside it: on Debian two
.deb files and an archive, on Windows an installer, on macOS a disk image.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from licences import write_licences
from linking import copy_files

ROOT = Path(__file__).resolve().parent.parent
NAME = "pandemonium"
VERSION = re.search(r'__version__ = "(.+)"', (ROOT / "app/pandemonium/__init__.py").read_text("utf-8"))[1]  # type: ignore[index]

# What no part of the program imports at run time, though a package that it uses could.
UNUSED_MODULES = """
    IPython PIL PyInstaller _pytest build fsspec hatchling hf_xet httpcore2 httpx2 huggingface_hub hypothesis
    jinja2 lib2to3 matplotlib mypy networkx pandas pip pre_commit pytest pytestqt ruff scipy setuptools tkinter
    tqdm yaml
    PySide6.QtConcurrent PySide6.QtDesigner PySide6.QtHelp PySide6.QtNetwork PySide6.QtQml PySide6.QtQuick
    PySide6.QtQuickControls2 PySide6.QtQuickTest PySide6.QtQuickWidgets PySide6.QtSql PySide6.QtTest PySide6.QtUiTools
    numpy.f2py numpy.testing
    onnx
    onnxruntime.backend onnxruntime.datasets onnxruntime.quantization onnxruntime.tools onnxruntime.training
    onnxruntime.transformers
    torch.utils.tensorboard
""".split()

# What only training needs: a component of its own.
TRAINING_MODULES = "torch torchgen functorch sympy mpmath".split()

# Files that PyInstaller's hooks bring along for parts of Qt, torch and others that are not used.
UNUSED_FILES = """
    Qt/plugins/egldeviceintegrations/* Qt/plugins/generic/* Qt/plugins/networkinformation/*
    Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin* Qt/plugins/imageformats/libqpdf*
    Qt/plugins/platforms/libqeglfs* Qt/plugins/platforms/libqlinuxfb* Qt/plugins/platforms/libqminimal*
    Qt/plugins/platforms/libqvkkhrdisplay* Qt/plugins/platforms/libqvnc* Qt/plugins/tls/*
    Qt/plugins/platformthemes/libqgtk3* Qt/plugins/*/libqwebp* Qt/plugins/*/libqtiff*
    Qt/plugins/*/libqtga* Qt/plugins/*/libqwbmp*
    Qt/qml/* Qt/translations/qt_help_* Qt/translations/qtquick* Qt/translations/qtdeclarative*
    libQt6Quick* libQt6Qml* libQt6VirtualKeyboard* libQt6Pdf.* libQt6Eglfs* libQt6EglFs* libQt6Network.*
    libgtk-3* libgdk-3*
    torch/bin/protoc* torch/bin/test_* torch/bin/*Test torch/bin/*.pt torch/bin/*.ptl torch/bin/upgrader*
    torch/include/* torch/share/* torch/test/* torch/lib/*.a torch/lib/libtorchbind_test*
    torch/lib/libjitbackend_test* torch/lib/libbackend_with_compiler* torch/lib/libaoti_custom_ops*
    hunspell/dictionaries/* tests/* testdata/*
""".split()

ENTRY = f"""import sys
from {NAME}.__main__ import main
sys.exit(main())
"""


def build(out: Path, *, training: bool) -> Path:
    """Builds the program's folder under `out` and gives its path.

    Raises:
        CalledProcessError: PyInstaller failed; it has said why.
    """
    with tempfile.TemporaryDirectory(prefix="pandemonium-build-") as name:
        work = Path(name)
        entry, chosen = work / "entry.py", work / "values.json"
        entry.write_text(ENTRY, "utf-8")
        values: dict[str, Any] = {
            "unused_files": UNUSED_FILES,
            "entry": str(entry),
            "app": str(ROOT / "app"),
            "resources": str(ROOT / "resources"),
            "models": str(ROOT / "models"),
            "excludes": UNUSED_MODULES + ([] if training else TRAINING_MODULES),
            "training_modules": TRAINING_MODULES,
            "name": NAME,
            "version": VERSION,
            **native_values(work),
        }
        chosen.write_text(json.dumps(values), "utf-8")
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        places = ["--distpath", str(out), "--workpath", str(work / "work")]
        spec = ROOT / "installer" / "pandemonium.spec"
        quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}  # what torch's modules say about each other
        subprocess.run([*command, *places, str(spec), "--", str(chosen)], check=True, env=quiet)
    if sys.platform.startswith("linux"):
        strip(out / NAME)
    compile_sources(out / NAME)
    write_licences(out / NAME / "licences")
    return out / NAME


def native_values(work: Path) -> dict[str, Any]:
    """What the program carries on Windows and macOS alone: its icon, its Info.plist, its signature."""
    if sys.platform == "win32":
        from icons import write_icon

        icon = str(write_icon(work / f"{NAME}.ico"))
        return {"icon": icon, "info_plist": None, "entitlements": None, "identity": None}
    if sys.platform == "darwin":
        from disk_image import bundle_values

        return bundle_values(work, VERSION)
    return {"icon": None, "info_plist": None, "entitlements": None, "identity": None}


def strip(folder: Path) -> None:
    """Takes symbols out of the libraries, but for those in NAME.libs: rearranged once, they would not bear it."""
    libraries = [
        path
        for path in folder.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and not path.parent.name.endswith(".libs")
    ]
    subprocess.run(["strip", "--strip-unneeded", "--preserve-dates", *map(str, libraries)], check=True)


def compile_sources(folder: Path) -> None:
    """Compiles what lies there as source: where it is installed, nobody may write, and each start would do it again."""
    compileall.compile_dir(
        folder,
        maxlevels=50,
        quiet=1,
        stripdir=str(folder),
        workers=0,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def selftest(folder: Path) -> None:
    """Runs the built program's selftest without a screen and with an empty user folder.

    Raises:
        CalledProcessError: it failed; it has said why.
    """
    program = folder / (f"{NAME}.exe" if sys.platform == "win32" else NAME)
    # Nothing of this Python may leak in: the program must find everything in its own folder.
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    with tempfile.TemporaryDirectory(prefix="pandemonium-selftest-") as home:
        surroundings |= {"PANDEMONIUM_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        try:
            subprocess.run([str(program), "selftest"], check=True, cwd=home, env=surroundings)
        except subprocess.CalledProcessError:
            for log in Path(home).glob("data/logs/*"):
                print(log.read_text("utf-8"), file=sys.stderr)
            raise


def components(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files (and links) of the program and of its training component, relative to `folder`."""
    parts: tuple[list[Path], list[Path]] = [], []
    for path in sorted(folder.rglob("*")):
        if path.is_file() or path.is_symlink():
            inside = path.relative_to(folder)
            parts[is_training(inside)].append(inside)
    return parts


def is_training(inside: Path) -> bool:
    """Tells whether a path inside the program's folder belongs to the training component."""
    names = [part.split("-")[0] for part in inside.parts[:-1] if part != "_internal"]
    return bool(names) and names[0] in TRAINING_MODULES


def size(folder: Path, files: list[Path]) -> int:
    """The bytes of `files` in `folder`; a link counts as nothing."""
    return sum((folder / path).lstat().st_size for path in files if not (folder / path).is_symlink())


def make_packages(folder: Path, out: Path, *, quick: bool) -> list[Path]:
    """Makes what is handed to people on this system, and gives the files."""
    if sys.platform == "win32":
        from inno_setup import make_setup

        return [make_setup(folder, out, VERSION)]
    if sys.platform == "darwin":
        from disk_image import make_disk_image

        return [make_disk_image(out / "Pandemonium.app", out, VERSION)]
    from debian import make_archive, make_debs

    writing, training = components(folder)
    made = make_debs(folder, writing, training, out, VERSION, quick=quick) if shutil.which("dpkg-deb") else []
    return [*made, make_archive(folder, out, VERSION, quick=quick)]


def main() -> int:
    """Builds, runs the selftest, prints the sizes; exit code 1 where a step failed."""
    parser = argparse.ArgumentParser(description="Builds Pandemonium as a folder that needs no Python.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder goes (default: dist/)")
    parser.add_argument("--without-training", action="store_true", help="leave torch out: write, but train no voices")
    parser.add_argument("--packages", action="store_true", help="make this system's installers as well")
    parser.add_argument("--quick", action="store_true", help="packages that are made fast and are larger, for tests")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    try:
        folder = build(out, training=not arguments.without_training)
        selftest(folder)
        writing, training = components(folder)
        print(f"{folder}: {size(folder, writing + training) / 1e6:.0f} MB, selftest passed")
        if training:
            with tempfile.TemporaryDirectory(prefix="without-training-", dir=out) as name:
                copy_files(writing, folder, Path(name))
                selftest(Path(name))
            print(f"without training: {size(folder, writing) / 1e6:.0f} MB, selftest passed")
        for package in make_packages(folder, out, quick=arguments.quick) if arguments.packages else []:
            print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
    except subprocess.CalledProcessError as error:
        print(f"The build failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
