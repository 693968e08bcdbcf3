"""Which tokenizers the page can read: the kinds that resources/web/code/tokenizer.js has a port of."""

from __future__ import annotations

import json
from typing import Any

from pandemonium.errors import VoiceError
from pandemonium.voice.tokenizer import SubwordTokenizer


def check_tokenizer(tokenizer: SubwordTokenizer) -> None:
    """Refuses a tokenizer that the page would read otherwise than the program does.

    Raises:
        VoiceError: its model, or a step before it, is of an unknown kind.
    """
    definition = json.loads(tokenizer.definition)
    model = definition["model"]
    # A file of the library's early days has no type: byte pair encoding has merges.
    kind = model.get("type") or ("BPE" if "merges" in model else "WordLevel")
    marks = ("byte_fallback", "continuing_subword_prefix", "end_of_word_suffix", "unk_token")
    if kind not in ("BPE", "WordLevel"):
        _refuse(f"the kind '{kind}'")
    if kind == "BPE" and any(model.get(mark) for mark in marks):
        _refuse("marks on its pieces")
    if definition.get("normalizer"):
        _refuse("a step that changes texts before they are read")
    if definition.get("added_tokens"):
        _refuse("pieces beside its model")
    kinds = [step.get("type") for step in _steps(definition.get("pre_tokenizer"))]
    if "ByteLevel" not in kinds or not set(kinds) <= {"Split", "ByteLevel"}:
        _refuse(f"the splitting {', '.join(map(str, kinds)) or 'into nothing'}")


def _steps(part: dict[str, Any] | None) -> list[dict[str, Any]]:
    if not part:
        return []
    if part.get("type") == "Sequence":
        return [step for each in part["pretokenizers"] for step in _steps(each)]
    return [part]


def _refuse(what: str) -> None:
    raise VoiceError(
        f"A page cannot read this voice's tokenizer: it has {what}.", "Share the voice itself: export it as a file."
    )
