"""Gathers the licences of the packages that the built program carries."""

from __future__ import annotations

import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def write_licences(folder: Path) -> None:
    """Writes a list of what is carried, and the licence texts that came with it, a folder a package."""
    lines = []
    for name in sorted(_carried(), key=str.lower):
        package = metadata.metadata(name)
        said = package.get("License-Expression") or package.get("License") or ""
        if not said or "\n" in said:
            said = next(
                (each.split(" :: ")[-1] for each in _classifiers(name) if each.startswith("License")), "see there"
            )
        lines.append(f"{name} {package['Version']}: {said}\n")
        for file in metadata.files(name) or []:
            if file.parts[0].endswith(".dist-info") and _LICENCE.search("/".join(file.parts[1:])):
                source = Path(str(file.locate()))
                if source.is_file():
                    target = folder / name / Path(*[each for each in file.parts[1:] if each != "licenses"])
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)
    folder.mkdir(parents=True, exist_ok=True)
    for text in ("GPL-3.txt", "LGPL-3.txt"):  # Qt's wheel says its licence and does not bring it
        shutil.copyfile(ROOT / "resources" / "dictionaries" / text, folder / text)
    (folder / "README.txt").write_text("Pandemonium carries these packages:\n\n" + "".join(lines), "utf-8")


def _carried() -> set[str]:
    """The packages that the program asks for, and those that they ask for."""
    found: set[str] = set()
    waiting = _names(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])
    while waiting:
        name = waiting.pop()
        if name not in found:
            try:
                waiting += _names(metadata.requires(name) or [])
            except metadata.PackageNotFoundError:
                continue  # not asked for on this system
            found.add(name)
    return found


def _names(requirements: list[str]) -> list[str]:
    lines = [line for line in requirements if "extra ==" not in line]
    found = [match[0] for line in lines if (match := re.match(r"[A-Za-z0-9._-]+", line))]
    return [re.sub(r"[-_.]+", "-", name).lower() for name in found]


def _classifiers(name: str) -> list[str]:
    return metadata.metadata(name).get_all("Classifier") or []
