"""Builds Pandemonium as a folder that needs no Python, with PyInstaller, for the system that this runs on.

    python installer/build.py --out dist [--without-training]

The folder is OUT/pandemonium; the program in it is run through its own selftest, and its size is printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "pandemonium"

# What no part of the program imports at run time, though a package that it uses could.
UNUSED_MODULES = """
    IPython PIL PyInstaller _pytest build fsspec hatchling hf_xet httpcore2 httpx2 huggingface_hub hypothesis
    jinja2 lib2to3 matplotlib mypy networkx pandas pip pre_commit pytest pytestqt ruff scipy setuptools tkinter
    tqdm yaml
    PySide6.QtConcurrent PySide6.QtDesigner PySide6.QtHelp PySide6.QtQml PySide6.QtQuick PySide6.QtQuickControls2
    PySide6.QtQuickTest PySide6.QtQuickWidgets PySide6.QtSql PySide6.QtTest PySide6.QtUiTools
    numpy.f2py numpy.testing
    onnx.backend onnx.bin onnx.reference onnx.test onnx.tools
    onnxruntime.backend onnxruntime.datasets onnxruntime.quantization onnxruntime.tools onnxruntime.training
    onnxruntime.transformers
    torch.utils.tensorboard
""".split()
TRAINING_MODULES = "torch torchgen functorch sympy mpmath".split()

# Files that PyInstaller's hooks bring along for parts of Qt and torch that are not used.
UNUSED_FILES = """
    */Qt/plugins/egldeviceintegrations/* */Qt/plugins/generic/* */Qt/plugins/networkinformation/*
    */Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin* */Qt/plugins/imageformats/libqpdf*
    */Qt/plugins/platforms/libqeglfs* */Qt/plugins/platforms/libqlinuxfb* */Qt/plugins/platforms/libqminimal*
    */Qt/plugins/platforms/libqvkkhrdisplay* */Qt/plugins/platforms/libqvnc* */Qt/plugins/tls/*
    */Qt/plugins/platformthemes/libqgtk3* */Qt/plugins/*/libqwebp* */Qt/plugins/*/libqtiff*
    */Qt/plugins/*/libqtga* */Qt/plugins/*/libqwbmp*
    */Qt/qml/* */Qt/translations/qt_help_* */Qt/translations/qtquick* */Qt/translations/qtdeclarative*
    *libQt6Quick* *libQt6Qml* *libQt6VirtualKeyboard* *libQt6Pdf.* *libQt6Eglfs* *libQt6EglFs*
    torch/bin/protoc* torch/bin/test_* torch/bin/*Test torch/bin/*.pt torch/bin/*.ptl torch/bin/upgrader*
    torch/include/* torch/share/* torch/test/* torch/lib/*.a */tests/* */testdata/*
""".split()

ENTRY = f"""import sys
from {NAME}.__main__ import main
sys.exit(main())
"""

SPEC = """
from fnmatch import fnmatch
from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

def wanted(entry):
    return not any(fnmatch("/" + entry[0].replace("\\\\", "/"), "*/" + each.lstrip("*/")) for each in {unused_files})

analysis = Analysis(
    [{entry}],
    pathex=[{app}],
    datas=[
        ({resources}, "resources"), ({models}, "models"),
        *collect_data_files("odfdo"), *copy_metadata("odfdo"), *collect_data_files("py3langid"),
    ],
    hiddenimports=collect_submodules("pandemonium"),
    excludes={excludes},
)
analysis.binaries = [entry for entry in analysis.binaries if wanted(entry)]
analysis.datas = [entry for entry in analysis.datas if wanted(entry)]
program = EXE(PYZ(analysis.pure), analysis.scripts, [], exclude_binaries=True, name={name}, upx=False)
COLLECT(program, analysis.binaries, analysis.datas, name={name}, upx=False)
"""


def build(out: Path, *, training: bool) -> Path:
    """Builds the program's folder under `out` and gives its path.

    Raises:
        CalledProcessError: PyInstaller failed; it has said why.
    """
    with tempfile.TemporaryDirectory(prefix="pandemonium-build-") as name:
        work = Path(name)
        entry, spec = work / "entry.py", work / f"{NAME}.spec"
        entry.write_text(ENTRY, "utf-8")
        values = {
            "unused_files": UNUSED_FILES,
            "entry": str(entry),
            "app": str(ROOT / "app"),
            "resources": str(ROOT / "resources"),
            "models": str(ROOT / "models"),
            "excludes": UNUSED_MODULES + ([] if training else TRAINING_MODULES),
            "name": NAME,
        }
        spec.write_text(SPEC.format(**{key: repr(value) for key, value in values.items()}), "utf-8")
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        places = ["--distpath", str(out), "--workpath", str(work / "work")]
        subprocess.run([*command, *places, str(spec)], check=True)
    if sys.platform.startswith("linux"):
        strip(out / NAME)
    return out / NAME


def strip(folder: Path) -> None:
    """Takes symbols out of the libraries, but for those in NAME.libs: rearranged once, they would not bear it."""
    libraries = [
        path
        for path in folder.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and not path.parent.name.endswith(".libs")
    ]
    subprocess.run(["strip", "--strip-unneeded", "--preserve-dates", *map(str, libraries)], check=True)


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


def size(folder: Path) -> int:
    """The bytes of all files in `folder`; a link counts as nothing."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    """Builds, runs the selftest, prints the size; exit code 1 where a step failed."""
    parser = argparse.ArgumentParser(description="Builds Pandemonium as a folder that needs no Python.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder goes (default: dist/)")
    parser.add_argument("--without-training", action="store_true", help="leave torch out: write, but train no voices")
    arguments = parser.parse_args()
    try:
        folder = build(arguments.out.resolve(), training=not arguments.without_training)
        selftest(folder)
    except subprocess.CalledProcessError as error:
        print(f"The build failed: {error}", file=sys.stderr)
        return 1
    print(f"{folder}: {size(folder) / 1e6:.0f} MB, selftest passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
