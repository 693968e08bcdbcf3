"""Packs the built program for Windows, with Inno Setup 6. Not tried yet: see docs/installing.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from icons import write_icon

SCRIPT = Path(__file__).resolve().parent / "windows" / "pandemonium.iss"


def make_setup(folder: Path, out: Path, version: str) -> Path:
    """Packs the program's folder into an installer.

    Raises:
        CalledProcessError: Inno Setup failed; it has said why.
        FileNotFoundError: Inno Setup is not here.
    """
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Inno Setup 6" / "ISCC.exe"
    compiler = shutil.which("iscc") or (str(usual) if usual.exists() else None)
    if compiler is None:
        raise FileNotFoundError("Inno Setup 6 is needed: https://jrsoftware.org/isdl.php")
    with tempfile.TemporaryDirectory(prefix="setup-", dir=out) as name:
        icon = write_icon(Path(name) / "pandemonium.ico")
        values = {"Version": version, "Program": folder, "Out": out, "Icon": icon}
        subprocess.run([compiler, *(f"/D{key}={value}" for key, value in values.items()), str(SCRIPT)], check=True)
    return out / f"pandemonium-{version}-setup.exe"
