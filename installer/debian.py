"""Packs the built program for Debian and its relatives: two packages, and an archive for every other Linux.

`pandemonium` writes; `pandemonium-training` is what learning takes (PyTorch), into the same folder. Neither has a
script that runs on installing or removing: what they bring is what dpkg takes away, and nothing else.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from icons import DRAWING, write_icon
from linking import copy_files

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "installer" / "linux"
NAME = "pandemonium"
MAINTAINER = "The Pandemonium authors <pandemonium@localhost>"
HOME = Path("usr/lib") / NAME
ICON_SIZES = (32, 48, 64, 128, 256)

# What the program's own libraries read: keyboards, their composed letters, and where fonts lie (and one font).
DATA_PACKAGES = ["fontconfig-config", "libx11-data", "xkb-data"]

SUMMARY = "offline writing desk with a small network that goes on in your voice"
DESCRIPTION = """ A document, a Continue key, and a small LSTM on this very machine that goes on in
 Lovecraft's voice or, with pandemonium-training, in the writer's own. It opens and
 saves plain text, Markdown, Word and OpenDocument files, and needs no network."""
TRAINING_SUMMARY = "what Pandemonium takes to learn the voice of a folder of texts"
TRAINING_DESCRIPTION = """ PyTorch for the processor. With it, Pandemonium trains voices of the writer's
 own, on this very machine."""


def make_debs(
    folder: Path, writing: list[Path], training: list[Path], out: Path, version: str, *, quick: bool
) -> list[Path]:
    """Packs the program's folder into one package, or two where it can train.

    Args:
        folder: the built program.
        writing: its files but those of training, relative to it.
        training: the files of its training component; may be none.
        out: where the packages go.
        version: the program's.
        quick: compress little.

    Raises:
        CalledProcessError: dpkg-deb failed; it has said why.
    """
    provided = library_names(folder, [*writing, *training])
    made = []
    with tempfile.TemporaryDirectory(prefix="deb-", dir=out) as name:
        tree = Path(name) / NAME
        _place(folder, writing, tree / HOME)
        add_desktop_files(tree / "usr", version, exec_name=NAME)
        _link(tree / "usr/bin" / NAME, f"../lib/{NAME}/{NAME}")
        _add_papers(tree / "usr/share/doc" / NAME)
        depends = [*needed_packages(folder, writing, provided), *DATA_PACKAGES]
        control = {"Depends": ", ".join(depends), "Recommends": "fonts-dejavu-core", "Section": "editors"}
        if training:
            control["Suggests"] = f"{NAME}-training"
        made.append(_pack(tree, NAME, version, control, (SUMMARY, DESCRIPTION), out, quick))
        if training:
            tree = Path(name) / f"{NAME}-training"
            _place(folder, training, tree / HOME)
            _add_papers(tree / "usr/share/doc" / f"{NAME}-training")
            depends = [f"{NAME} (= {version})", *needed_packages(folder, training, provided)]
            control = {"Depends": ", ".join(depends), "Section": "editors"}
            made.append(
                _pack(tree, f"{NAME}-training", version, control, (TRAINING_SUMMARY, TRAINING_DESCRIPTION), out, quick)
            )
    return made


def make_archive(folder: Path, out: Path, version: str, *, quick: bool) -> Path:
    """Packs the whole program, with what a desktop needs to know of it, into an archive to be unpacked anywhere."""
    machine = os.uname().machine
    with tempfile.TemporaryDirectory(prefix="archive-", dir=out) as name:
        top = Path(name) / f"{NAME}-{version}"
        _place(folder, sorted(path.relative_to(folder) for path in folder.rglob("*") if _is_file(path)), top / NAME)
        add_desktop_files(top, version, exec_name=NAME)
        _add_papers(top / "share/doc" / NAME)
        for script in ("install.sh", "uninstall.sh"):
            shutil.copy2(LINUX / script, top / script)
            (top / script).chmod(0o755)
        archive = out / f"{NAME}-{version}-linux-{machine}.tar.xz"
        compress = "xz -T0 -0" if quick else "xz -T0 -6"
        command = ["tar", "--create", "--file", str(archive), "--use-compress-program", compress]
        subprocess.run([*command, "--owner=0", "--group=0", "-C", name, top.name], check=True)
    return archive


def add_desktop_files(prefix: Path, version: str, *, exec_name: str) -> None:
    """Puts the desktop entry, the icons, the file type and the software centre's page under `prefix`/share."""
    share = prefix / "share"
    for name, place in (
        ("pandemonium.desktop", "applications/pandemonium.desktop"),
        ("pandemonium.xml", "mime/packages/pandemonium.xml"),
        ("pandemonium.metainfo.xml", "metainfo/pandemonium.metainfo.xml"),
    ):
        text = (LINUX / name).read_text("utf-8")
        text = text.replace("@VERSION@", version).replace("@DATE@", date.today().isoformat())
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("@EXEC@", exec_name), "utf-8")
    icons = share / "icons" / "hicolor"
    for size in ICON_SIZES:
        write_icon(icons / f"{size}x{size}" / "apps" / f"{NAME}.png", size)
    scalable = icons / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(DRAWING, scalable / f"{NAME}.svg")


def library_names(folder: Path, files: Iterable[Path]) -> set[str]:
    """The names under which the program's own libraries are asked for."""
    return {path.name for path in files if ".so" in path.name} | {
        match[1] for path in files if ".so" in path.name for match in [_SONAME.search(_headers(folder / path))] if match
    }


def needed_packages(folder: Path, files: list[Path], provided: set[str]) -> list[str]:
    """The Debian packages that bring the libraries which `files` ask for and which are not `provided`.

    Raises:
        CalledProcessError: a library is in no package of this system.
    """
    programs = [path for path in files if ".so" in path.name or path.name == NAME]
    asked = {name for path in programs for name in _NEEDED.findall(_headers(folder / path))} - provided
    listed = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, encoding="utf-8").stdout
    here = dict(re.findall(r"^\s+(\S+) \(.*\) => (\S+)$", listed, re.MULTILINE))
    libc = os.confstr("CS_GNU_LIBC_VERSION") or ""
    packages = {f"libc6 (>= {libc.split()[-1]})"}
    for name in sorted(asked & here.keys()):
        path = os.path.realpath(here[name])
        places = [path, path.removeprefix("/usr")]  # dpkg knows a library by the path in its package
        found = [subprocess.run(["dpkg", "-S", each], capture_output=True, encoding="utf-8") for each in places]
        owner = next((each.stdout.split(":")[0] for each in found if each.returncode == 0), None)
        if owner is not None and owner != "libc6":
            packages.add(owner)
    return sorted(packages)


_SONAME = re.compile(r"^\s+SONAME\s+(\S+)$", re.MULTILINE)
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


def _headers(path: Path) -> str:
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, encoding="utf-8", check=False)
    return done.stdout


def _pack(
    tree: Path, name: str, version: str, fields: dict[str, str], said: tuple[str, str], out: Path, quick: bool
) -> Path:
    installed = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    machine = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()
    lines = {
        "Package": name,
        "Version": version,
        "Architecture": machine,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(-(-installed // 1024)),
        "Priority": "optional",
        **fields,
        "Description": f"{said[0]}\n{said[1]}",
    }
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text("".join(f"{key}: {value}\n" for key, value in lines.items()), "utf-8")
    package = out / f"{name}_{version}_{machine}.deb"
    level = ["-Zgzip", "-z1"] if quick else ["-Zxz", "-z6"]
    subprocess.run(["dpkg-deb", "--root-owner-group", *level, "--build", str(tree), str(package)], check=True)
    return package


def _place(folder: Path, files: list[Path], target: Path) -> None:
    copy_files(files, folder, target)
    for path in target.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)


def _add_papers(folder: Path) -> None:
    """The licence as Debian wants it, and what changed."""
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8")
    parts = "Qt (LGPL-3) and the other parts carry their licences beside them, in /usr/lib/pandemonium.\n"
    (folder / "copyright").write_text(f"{licence}\n{parts}", "utf-8")
    with gzip.GzipFile(folder / "changelog.gz", "wb", mtime=0) as file:
        file.write((ROOT / "CHANGELOG.md").read_bytes())


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True)
    path.symlink_to(target)


def _is_file(path: Path) -> bool:
    return path.is_file() or path.is_symlink()
