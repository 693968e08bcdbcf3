"""Which voices cut words into the same pieces, and can therefore be mixed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safetensors import SafetensorError, safe_open

from pandemonium.errors import VoiceError
from pandemonium.regular_files import check_regular
from pandemonium.voice.file import LARGEST


def read_vocabulary(path: Path) -> str:
    """A digest of a voice file's tokenizer, read without its weights; equal for voices of one vocabulary.

    Whether the file keeps what it promises is seen when it is loaded.

    Raises:
        VoiceError: it is missing, or no voice.
    """
    try:
        check_regular(path, LARGEST)
        with safe_open(str(path), framework="numpy") as file:
            definition = (file.metadata() or {})["tokenizer"]
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise VoiceError(f"{path.name} is not a voice, or it is damaged.", "Choose another voice.") from error
    return hashlib.sha256(definition.encode("utf-8", "surrogatepass")).hexdigest()
