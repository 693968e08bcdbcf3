#!/bin/sh
# Makes .venv/ ready: `prepare.sh run` for the program, `prepare.sh development` for its tests as well, and
# `prepare.sh long`, after that, for what only the long tests use, each part of it where it can be had.
#
# Safe to call before every command: a stamp in .venv/ remembers what was installed, and a machine, a
# checkout or an environment that changed since is set up again. Nothing in .venv/ is ever deleted.
set -eu

purpose=${1:-run}
cd "$(dirname "$0")/.."
venv=.venv
stamp=$venv/.pandemonium-$purpose

say() { printf 'pandemonium: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

# What an unchanged environment would say: the files that decide, the Python, and where the checkout lies.
state() {
    cat pyproject.toml constraints.txt hatch_build.py installer/prepare.sh | cksum
    "$venv/bin/python" --version
    pwd
}

# Is each package that the installed program asks for there? (An interrupted or tampered install is not.)
complete() {
    "$venv/bin/python" - "$purpose" <<'PYTHON' 2>/dev/null
import re, sys
from importlib import metadata
for requirement in metadata.requires("pandemonium") or []:
    if "extra ==" not in requirement or sys.argv[1] in requirement:
        metadata.version(re.match(r"[A-Za-z0-9._-]+", requirement)[0])
PYTHON
}

if [ -f "$stamp" ] && suits "$venv/bin/python" && [ "$(cat "$stamp")" = "$(state)" ] && complete; then
    exit 0
fi

# Installs Debian packages that are not there. One that cannot be had is said once, and what does
# not need it goes on.
system_packages() {
    command -v apt-get >/dev/null 2>&1 || return 0
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        if ! command -v sudo >/dev/null 2>&1 || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then
            say "these system packages are missing; ask an administrator for: apt-get install$missing"
            return 0
        fi
    fi
    say "installing system packages:$missing"
    # shellcheck disable=SC2086
    { { [ -n "${updated:-}" ] || $as_root apt-get update -qq; } && updated=yes &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends $missing >/dev/null; } ||
        say "apt-get could not install$missing; what needs it will not start, or is left out of the tests"
}

# The long tests open documents with the real program, pages in a real browser, and packages on a bare Debian. Each
# says so and is left out where its part is missing; one that cannot be had today keeps nothing else out.
if [ "$purpose" = long ]; then
    if [ "$(uname -s)" = Linux ]; then
        for package in chromium libreoffice-writer-nogui default-jre-headless epubcheck debootstrap appstream; do
            system_packages "$package"
        done
    fi
    state >"$stamp"
    exit 0
fi

find_python() {
    for candidate in python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
        if command -v "$candidate" >/dev/null 2>&1 && suits "$candidate"; then
            printf '%s' "$candidate"
            break
        fi
    done
}

usable() { suits "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
minor() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

python=$venv/bin/python
usable || python=$(find_python)
packages=
if [ -z "$python" ]; then
    packages="python3 python3-venv"
elif ! usable && ! has_venv "$python"; then
    packages="python$(minor "$python")-venv"
fi
if [ "$(uname -s)" = Linux ]; then
    # What Qt's plugins link to, by `ldd`, beyond what every Debian has.
    packages="$packages libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libx11-6 libx11-xcb1
        libwayland-client0 libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0
        libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0
        libxcb-xkb1 libxkbcommon0 libxkbcommon-x11-0"
    # shellcheck disable=SC2086
    system_packages $packages
    # A virtual screen for tests of the real window; binutils for the frozen build.
    [ "$purpose" = run ] || system_packages xvfb xauth binutils
fi

if ! usable; then
    [ -n "$python" ] || python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11, 3.12 or 3.13 is needed and none was found. Install one and try again."
    has_venv "$python" ||
        fail "Python $(minor "$python") cannot make environments. Install python$(minor "$python")-venv and try again."
    say "making $venv with Python $(minor "$python")"
    "$python" -m venv "$venv"
fi
python=$venv/bin/python

# The frozen build takes the shared Python along.
if [ "$purpose" != run ] && [ "$(uname -s)" = Linux ]; then
    library=$("$python" -c '
import os, sysconfig
print(os.path.join(sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("INSTSONAME") or ""))')
    [ -f "$library" ] || system_packages "libpython$(minor "$python")"
fi

say "installing packages into $venv (a few minutes the first time)"
quiet=
[ -t 1 ] || quiet=--quiet
install() { "$python" -m pip install --disable-pip-version-check $quiet -c constraints.txt "$@"; }
sorry="The packages could not be installed. Is there a network, and room on the disk? Try again; what is there is kept."

# An environment that has PyTorch keeps the one it has.
if [ -z "${TORCH_INDEX:-}" ] && ! "$python" -c 'import importlib.metadata as m; m.version("torch")' 2>/dev/null; then
    TORCH_INDEX=$("$python" installer/torch_index.py)
    [ -z "$TORCH_INDEX" ] || say "no NVIDIA card was found: PyTorch comes from $TORCH_INDEX"
fi
if [ -n "${TORCH_INDEX:-}" ]; then
    # Alone: what it needs comes with the rest, in the versions that were tested.
    install --no-deps --index-url "$TORCH_INDEX" torch || fail "PyTorch could not be installed from $TORCH_INDEX. Check the address."
fi
if [ "$purpose" = run ]; then
    install -e . || fail "$sorry"
else
    install -e ".[$purpose]" || fail "$sorry"
fi
state >"$stamp"
