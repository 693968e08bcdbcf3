"""A voice that writes: what every command here that has one write begins with."""

from __future__ import annotations

from pandemonium import paths
from pandemonium.voice.file import load_voice
from pandemonium.voice.library import VoiceLibrary
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.runtimes.opening import open_runtime


def open_writer(voice: str) -> Continuer:
    """Loads a voice by its name in the library, or by its file, and opens it on the CPU.

    Raises:
        VoiceError: there is none, or it is no sound one.
    """
    found = load_voice(VoiceLibrary(bundled=paths.models(), own=paths.user_voices()).find(voice))
    return Continuer(found, open_runtime(found, "cpu"))
