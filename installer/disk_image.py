"""Packs the built program for macOS, as a disk image. Not tried yet: see docs/installing.md.

PANDEMONIUM_SIGN_AS names a Developer ID to sign with, and PANDEMONIUM_NOTARY a keychain profile of `notarytool`;
without them the image is unsigned, and a Mac asks before it opens the program.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from icons import write_icon

MACOS = Path(__file__).resolve().parent / "macos"


def bundle_values(work: Path, version: str) -> dict[str, Any]:
    """What PyInstaller puts into the application: its icon, its Info.plist and its signature."""
    plist = plistlib.loads((MACOS / "Info.plist").read_bytes())
    plist |= {"CFBundleShortVersionString": version, "CFBundleVersion": version}
    return {
        "icon": str(write_icon(work / "pandemonium.icns", 512)),
        "info_plist": plist,
        "entitlements": str(MACOS / "entitlements.plist"),
        "identity": os.environ.get("PANDEMONIUM_SIGN_AS"),
    }


def make_disk_image(application: Path, out: Path, version: str) -> Path:
    """Packs the application into a disk image beside a link to /Applications, where it is to be dragged.

    Raises:
        CalledProcessError: a tool of macOS failed; it has said why.
    """
    image = out / f"Pandemonium-{version}.dmg"
    with tempfile.TemporaryDirectory(prefix="image-", dir=out) as name:
        subprocess.run(["ditto", str(application), str(Path(name) / application.name)], check=True)
        (Path(name) / "Applications").symlink_to("/Applications")
        made = ["hdiutil", "create", "-volname", "Pandemonium", "-srcfolder", name, "-ov", "-format", "ULFO"]
        subprocess.run([*made, str(image)], check=True)
    if (identity := os.environ.get("PANDEMONIUM_SIGN_AS")) is not None:
        subprocess.run(["codesign", "--sign", identity, "--timestamp", str(image)], check=True)
    if (profile := os.environ.get("PANDEMONIUM_NOTARY")) is not None:
        subprocess.run(
            ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait"], check=True
        )
        subprocess.run(["xcrun", "stapler", "staple", str(image)], check=True)
    return image
