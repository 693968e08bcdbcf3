"""The program that needs no Python, and its packages on a bare Debian: installed, used offline, taken away."""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import pandemonium

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "installer" / "linux"
PROGRAM = "usr/lib/pandemonium"
OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"
on_debian = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian packages are made on Debian")


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command that knows nothing of this Python's surroundings, and gives what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PANDEMONIUM", "QT_"))}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where the program and its packages were built, and what the build said."""
    out = tmp_path_factory.mktemp("built")
    said = run(sys.executable, ROOT / "installer" / "build.py", "--out", out, "--packages", "--quick", cwd=out)
    return out, said


def package(built: tuple[Path, str], name: str) -> Path:
    (found,) = built[0].glob(f"{name}_*.deb")
    return found


def contents(deb: Path) -> dict[str, str]:
    """What a package brings: paths, and how they may be used."""
    lines = run("dpkg-deb", "--contents", deb, cwd=deb.parent).splitlines()
    return {line.split(None, 5)[5].split(" -> ")[0].removeprefix("./"): line[:10] for line in lines}


@pytest.mark.long
def test_the_frozen_program_passes_its_selftest_with_and_without_training(built: tuple[Path, str]) -> None:
    out, said = built
    assert said.count("selftest passed") == 2
    assert said.count("training: 2 steps") == 1
    assert said.count("training: not part of this installation") == 1
    program = out / "pandemonium" / ("pandemonium.exe" if os.name == "nt" else "pandemonium")
    assert pandemonium.__version__ in run(program, "--version", cwd=out)
    assert "pyside6-essentials" in (out / "pandemonium" / "licences" / "README.txt").read_text("utf-8")


@pytest.mark.long
def test_it_is_as_small_as_was_promised(built: tuple[Path, str]) -> None:
    whole, writing = (int(each) for each in re.findall(r": (\d+) MB, selftest passed", built[1]))
    assert writing < 350
    assert whole < 900


@pytest.mark.long
@on_debian
def test_the_two_packages_share_no_file_and_run_no_script(built: tuple[Path, str]) -> None:
    writing, training = (package(built, name) for name in ("pandemonium", "pandemonium-training"))
    files = [{path for path in contents(each) if path and not path.endswith("/")} for each in (writing, training)]
    assert files[0] & files[1] == set()
    assert any(path.endswith("libtorch_cpu.so") for path in files[1])
    assert not [path for path in files[0] if "/_internal/torch" in path]
    for path in (
        "usr/bin/pandemonium",
        "usr/share/applications/pandemonium.desktop",
        "usr/share/icons/hicolor/scalable/apps/pandemonium.svg",
        "usr/share/icons/hicolor/48x48/apps/pandemonium.png",
        "usr/share/metainfo/pandemonium.metainfo.xml",
        "usr/share/mime/packages/pandemonium.xml",
        "usr/share/doc/pandemonium/copyright",
        f"{PROGRAM}/licences/LGPL-3.txt",
    ):
        assert path in files[0]
    for deb in (writing, training):
        papers = run("dpkg-deb", "--info", deb, cwd=deb.parent)
        assert not re.search(r"\b(preinst|postinst|prerm|postrm)\b", papers)
        closed = [mode for path, mode in contents(deb).items() if path.endswith("/") and mode != "drwxr-xr-x"]
        assert closed == []


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an archive is made on Linux")
def test_the_archive_runs_where_it_is_unpacked_and_enters_the_menus(built: tuple[Path, str], tmp_path: Path) -> None:
    (archive,) = built[0].glob("*.tar.xz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="tar")
    (top,) = (path for path in tmp_path.iterdir() if path.is_dir())
    home = tmp_path / "home"
    (home / "documents").mkdir(parents=True)
    (home / "documents" / "mine.txt").write_text("Mine.")

    def script(name: str) -> None:
        run("env", f"HOME={home}", "XDG_DATA_HOME=", top / name, cwd=tmp_path)

    script("install.sh")
    entry = desktop_entry(home / ".local/share/applications/pandemonium.desktop")
    command = shlex.split(entry["Exec"])
    assert command == [str(top / "pandemonium" / "pandemonium"), "%f"]
    assert pandemonium.__version__ in run(command[0], "--version", cwd=tmp_path)
    script("uninstall.sh")
    assert [path for path in home.rglob("*") if "pandemonium" in path.name] == []
    assert (home / "documents" / "mine.txt").read_text() == "Mine."


def desktop_entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the keys' capitals count
    parser.read_string(path.read_text("utf-8"))
    return parser["Desktop Entry"]


def test_the_desktop_entry_the_file_type_and_the_page_agree() -> None:
    entry = desktop_entry(LINUX / "pandemonium.desktop")
    mime = ElementTree.parse(LINUX / "pandemonium.xml").getroot()
    page = ElementTree.parse(LINUX / "pandemonium.metainfo.xml").getroot()
    namespace = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (kind,) = mime.iter(f"{namespace}mime-type")
    (pattern,) = mime.iter(f"{namespace}glob")
    assert kind.get("type") in entry["MimeType"].split(";")
    assert pattern.get("pattern") == "*.voice"
    assert page.findtext("provides/mediatype") == kind.get("type")
    assert page.findtext("launchable") == "pandemonium.desktop"
    assert entry["StartupWMClass"] == entry["Icon"] == "pandemonium"
    assert entry["Exec"].split() == ["@EXEC@", "%f"]


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not here")
def test_the_software_centre_finds_nothing_wrong_with_its_page(tmp_path: Path) -> None:
    text = (LINUX / "pandemonium.metainfo.xml").read_text("utf-8")
    page = tmp_path / "local.pandemonium.Pandemonium.metainfo.xml"
    page.write_text(text.replace("@VERSION@", pandemonium.__version__).replace("@DATE@", "2026-11-22"), "utf-8")
    run("appstreamcli", "validate", "--no-net", page, cwd=tmp_path)


# A root of its own, whose mounts go with the process; with `--net`, a network that leads nowhere.
ENTER = """
set -e
root=$1 user=$2; shift 2
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
if [ -d /tmp/.X11-unix ]; then mkdir -p "$root/tmp/.X11-unix"; mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"; fi
exec chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
"""


class BareDebian:
    """A Debian in a folder, as debootstrap makes it, with one writer who is no administrator."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home" / "writer"

    def command(self, *command: str, writer: bool, **variables: str) -> list[str]:
        """The command line that runs `command` there: as the writer without a network, or as root with one."""
        user, home = ("1000:1000", "/home/writer") if writer else ("0:0", "/root")
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *(["--net"] if writer else [])]
        settings = [f"{key}={value}" for key, value in {"HOME": home, "LANG": "C.UTF-8", **variables}.items()]
        return [*apart, "sh", "-c", ENTER, "enter", str(self.root), user, *settings, *command]

    def administrate(self, *command: str) -> str:
        """Runs a command as root, with the network."""
        proxies = {key: value for key, value in os.environ.items() if key.lower().endswith("_proxy")}
        return run(*self.command(*command, writer=False, DEBIAN_FRONTEND="noninteractive", **proxies), cwd=self.root)

    def write(self, *command: str, **variables: str) -> str:
        """Runs a command as the writer, without any network."""
        return run(*self.command(*command, writer=True, **variables), cwd=self.root)

    def install(self, deb: Path) -> None:
        """Installs a package as apt does, with what it depends on."""
        shutil.copy2(deb, self.root / "tmp" / deb.name)
        self.administrate("apt-get", "install", "-qq", "-y", "--no-install-recommends", f"/tmp/{deb.name}")
        (self.root / "tmp" / deb.name).unlink()


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareDebian]:
    """A bare Debian of this machine's release; passed over where none can be made."""
    missing = [name for name in ("debootstrap", "unshare", "chroot", "dpkg-deb") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")
    if os.geteuid() != 0:
        pytest.skip("only root can make a Debian in a folder")
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)', Path("/etc/os-release").read_text("utf-8"), re.MULTILINE))
    if release.get("ID") != "debian":
        pytest.skip("the packages are for this machine's system, which is no Debian")
    root = tmp_path_factory.mktemp("debian")
    mirror = "http://deb.debian.org/debian"
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", release["VERSION_CODENAME"], str(root), mirror],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        pytest.skip(f"debootstrap made no Debian here: {made.stdout.strip().splitlines()[-1:]}")
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "--net", "true"], check=False).returncode:
        pytest.skip("no namespaces can be made here")
    root.chmod(0o755)  # pytest's folders are for their owner alone, and the writer is another
    system = BareDebian(root)
    system.administrate("useradd", "--create-home", "--uid", "1000", "writer")
    yield system
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, on an X server that goes when the test ends."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-ac"],
        pass_fds=[writes],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


LOOK = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
shown = application.primaryScreen().grabWindow(0).toImage()
shown.save(sys.argv[1])
print(len({shown.pixel(x, y) for x in range(0, shown.width(), 7) for y in range(0, shown.height(), 7)}))
"""


def colours_on(display: str, picture: Path) -> int:
    """How many colours the screen shows."""
    surroundings = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", LOOK, str(picture)]
    done = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=True)
    return int(done.stdout)


def until(true: Callable[[], bool], said: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, said
        time.sleep(0.2)


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file in a folder, and what is in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def tale(seed: int) -> str:
    """Paragraphs of invented nouns."""
    draw = random.Random(seed)
    syllables = "ba co du fe gi la mo nu pe ri sa te vo wi zu lin mar ton der sel".split()
    shapes = (
        "the {} stood beside the {} in the {}",
        "he spoke of {} and of {} without {}",
        "when {} came back, {} was afraid of {}",
        "nobody had seen the {} that {} remembered from {}",
    )

    def sentence() -> str:
        text = draw.choice(shapes).format(*("".join(draw.choices(syllables, k=3)) for _ in range(3)))
        return f"{text[0].upper()}{text[1:]}."

    return "\n\n".join(" ".join(sentence() for _ in range(draw.randint(3, 6))) for _ in range(40))


@pytest.mark.long
def test_a_writers_day_on_a_bare_debian(
    built: tuple[Path, str], debian: BareDebian, display: str, tmp_path: Path
) -> None:
    # She installs one file: it finds its parts and goes on, and there is no network.
    debian.install(package(built, "pandemonium"))
    said = debian.write("pandemonium", "selftest")
    assert "FAILED" not in said
    assert "training: not part of this installation" in said
    (debian.home / "Draft.txt").write_text(OPENING, "utf-8")
    (debian.home / "Second.txt").write_text("The second page.", "utf-8")
    printed = debian.write("pandemonium", "continue", "/home/writer/Draft.txt", "--json", "--seed", "1")
    found = json.loads(printed.splitlines()[-1])
    assert found["voice"] == "lovecraft"
    assert len(found["text"].split()) > 20

    assert not (debian.home / ".cache/Microsoft").exists()

    # The menu's entry opens the window; a document that is opened then goes to the same window.
    entry = desktop_entry(debian.root / "usr/share/applications/pandemonium.desktop")

    def entry_command(file: str) -> list[str]:
        words = [file if word == "%f" else word for word in shlex.split(entry["Exec"])]
        return debian.command(*words, writer=True, DISPLAY=display)

    before = colours_on(display, tmp_path / "before.png")
    window = subprocess.Popen(entry_command("/home/writer/Draft.txt"), cwd=debian.root)
    recent = debian.home / ".local/share/pandemonium/recent-documents.json"
    try:
        until(lambda: colours_on(display, tmp_path / "window.png") > before + 20, "no window came")
        until(lambda: recent.exists() and "Draft.txt" in recent.read_text("utf-8"), "the document was not opened")
        assert window.poll() is None
        assert subprocess.run(entry_command("/home/writer/Second.txt"), cwd=debian.root, check=False).returncode == 0
        until(lambda: "Second.txt" in recent.read_text("utf-8"), "the running window did not take the second document")
        assert window.poll() is None
    finally:
        window.kill()  # unshare waits for its child whatever else it is told, and takes it along
        window.wait()

    # With the second package, she trains for two minutes.
    debian.install(package(built, "pandemonium-training"))
    assert "training: 2 steps" in debian.write("pandemonium", "selftest")
    (debian.home / "Novels").mkdir()
    for number in range(14):
        (debian.home / "Novels" / f"{number}.txt").write_text(tale(number), "utf-8")
    debian.administrate("chown", "-R", "writer:", "/home/writer")
    debian.write("pandemonium", "train", "/home/writer/Novels", "--name", "Anna", "--minutes", "2")
    assert "Anna" in debian.write("pandemonium", "voices")

    # Taken away, the program leaves everything of hers.
    hers = fingerprints(debian.home)
    assert {"Draft.txt", "Novels/0.txt", ".local/share/pandemonium/voices/Anna.voice"} <= hers.keys()
    debian.administrate("apt-get", "purge", "-qq", "-y", "pandemonium-training", "pandemonium")
    assert fingerprints(debian.home) == hers
    left = [path for path in (debian.root / "usr").rglob("*pandemonium*") if path.is_file() or path.is_symlink()]
    assert left == []
    assert not (debian.root / PROGRAM).exists()
