"""Writes a voice's page: a folder of plain files that a browser opens from the disk or from any server."""

from __future__ import annotations

import base64
import gzip
import html
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandemonium
from pandemonium import paths
from pandemonium.atomic import write_atomically
from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.web.graph import build_head, build_layers
from pandemonium.web.tokenizing import check_tokenizer
from pandemonium.writing.sampling.chain import make_chain
from pandemonium.writing.sampling.presence import content_families
from pandemonium.writing.sampling.token_table import TokenTable

MARK = "pandemonium-voice-page"
# In the order in which the page needs them.
CODE = (
    "text.js",
    "typography.js",
    "tokenizer.js",
    "samplers.js",
    "memory.js",
    "copy_guard.js",
    "context.js",
    "names.js",
    "sequence.js",
    "runtime.js",
    "continuer.js",
    "page.js",
)
# One voice and one text at a time, nothing behind the cursor, a seed of its own, no words that are wanted or banned,
# and no batch in which candidates would cost little. Every other setting of writing is on the page.
_NOT_ON_THE_PAGE = frozenset(("candidates", "alternatives", "seed", "join", "mix", "wanted", "banned"))
_CARD = (
    "title",
    "description",
    "trained_on",
    "characters",
    "held_out",
    "bits_per_character",
    "trained_at",
    "base",
    "licence",
    "language",
    "limits",
)


@dataclass(frozen=True)
class WebPage:
    """What was written.

    Attributes:
        index: the page to open.
        files: all files, `index` among them.
        bytes: their size together.
        left_out: words of the writer's own texts that the voice carries along and the page does not.
    """

    index: Path
    files: tuple[Path, ...]
    bytes: int
    left_out: int


def export_page(voice: Voice, folder: Path) -> WebPage:
    """Writes the page of `voice` into `folder`, which is made, or is empty, or holds an earlier page.

    Texts that a voice carries along to recall them stay out: whoever opened the page could read them.

    Raises:
        VoiceError: the folder holds something else or cannot be written, or the voice's tokenizer is of a kind that
            the page cannot read.
    """
    check_tokenizer(voice.tokenizer)
    _check_folder(folder)
    files = _files(voice)
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)
        stale = [each for each in (folder / "code").glob("*.js") if each.name not in CODE]
        for each in stale:
            each.unlink()
    except OSError as error:
        raise VoiceError(
            f"The page could not be written to {folder}: {error.strerror}.", "Make room or choose another folder."
        ) from error
    written = tuple(folder / name for name in files)
    left_out = len(voice.tokenizer.decode(int(i) for i in voice.remembered).split()) if len(voice.remembered) else 0
    return WebPage(folder / "index.html", written, sum(map(len, files.values())), left_out)


def _check_folder(folder: Path) -> None:
    """Refuses a folder in which something else lies than an earlier page."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise VoiceError(f"{folder} is a file.", "Name a folder for the page.")
    try:
        if not any(folder.iterdir()):
            return
        index = folder / "index.html"
        if index.is_file() and MARK in index.read_text("utf-8", "replace"):
            return
    except OSError as error:
        raise VoiceError(f"The folder {folder} cannot be read: {error.strerror}.", "Choose another folder.") from error
    raise VoiceError(f"The folder {folder} is not empty.", "Name a new or an empty folder for the page.")


def _files(voice: Voice) -> dict[str, bytes]:
    source = paths.resources() / "web"
    try:
        files = {name: (source / name).read_bytes() for name in ("page.css", "README.txt")}
        files |= {f"code/{name}": (source / "code" / name).read_bytes() for name in CODE}
        for name in ("ort.wasm.min.js", "LICENSE", "ThirdPartyNotices.txt.gz"):
            files[f"onnxruntime/{name}"] = (source / "onnxruntime" / name).read_bytes()
        wasm = (source / "onnxruntime" / "ort-wasm-simd-threaded.wasm.gz").read_bytes()
        module = (source / "onnxruntime" / "ort-wasm-simd-threaded.mjs").read_bytes()
        fonts = paths.resources() / "fonts" / "literata"
        for name in ("Literata_400Regular.ttf", "OFL.txt"):
            files[f"fonts/{name}"] = (fonts / name).read_bytes()
        index = (source / "index.html").read_text("utf-8")
    except OSError as error:
        raise VoiceError(f"A file of the page is missing: {error.filename}.", "Install Pandemonium again.") from error
    files["onnxruntime/wasm.js"] = _script(
        {"onnxruntime.mjs": gzip.compress(module, mtime=0), "onnxruntime.wasm": wasm}
    )
    files["voice.js"] = _script({name: gzip.compress(data, mtime=0) for name, data in _parts(voice).items()})
    title = html.escape(voice.card.title or voice.name)
    description = html.escape(voice.card.description or "A voice that goes on with your text, in your browser.")
    files["index.html"] = index.replace("{{title}}", title).replace("{{description}}", description).encode()
    return files


def _parts(voice: Voice) -> dict[str, bytes]:
    """The voice as the page reads it, by the names that code/continuer.js asks for."""
    embedding = voice.matrices["embedding"]
    parts = {
        "voice.json": json.dumps(_description(voice), ensure_ascii=False).encode(),
        "scales": embedding.scales.astype("<f4").tobytes(),
        "embedding": embedding.values.tobytes(),
        "layers": build_layers(voice),
        "head": build_head(voice),
    }
    if len(voice.balance):
        parts["balance"] = voice.balance.astype("<f4").tobytes()
    if voice.profile:
        parts["grams5"] = voice.profile.grams5.bits.tobytes()
        parts["grams8"] = voice.profile.grams8.bits.tobytes()
    return parts


def _description(voice: Voice) -> dict[str, Any]:
    card = voice.card.to_dict()
    pieces = TokenTable(voice.tokenizer)
    return {
        "name": voice.name,
        "program": pandemonium.__version__,
        "card": {name: card[name] for name in _CARD},
        "architecture": voice.architecture.to_dict(),
        "weights": voice.architecture.weights,
        "tokenizer": voice.tokenizer.definition,
        "per_word": pieces.per_word,
        "stretch": pieces.stretch,
        "families": content_families(voice.tokenizer),
        "samplers": [each.name for each in make_chain(WritingSettings(), pieces)],
        "balanced": bool(len(voice.balance)),
        "settings": {
            each.name: {
                key: value
                for key, value in {"default": each.default, **each.metadata}.items()
                if key in ("default", "low", "high", "meaning")
            }
            for each in fields(WritingSettings)
            if each.name not in _NOT_ON_THE_PAGE
        },
        "grams": [voice.profile.grams5.probes, voice.profile.grams8.probes] if voice.profile else None,
        "folding": _folding(),
    }


def _folding() -> dict[str, str]:
    """Characters whose case folds into something else than their small letter: JavaScript knows only the latter."""
    characters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    return {c: c.casefold() for c in characters if c.casefold() != c.lower()}


def _script(parts: dict[str, bytes]) -> bytes:
    """A script that lays `parts` down for the page, as base64: browsers read scripts from the disk, not data."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(base64.b64encode(data).decode('ascii'))}," for name, data in parts.items()
    ]
    head = "Object.assign(((globalThis.Pandemonium ??= {}).parts ??= {}), {\n"
    return (head + "\n".join(lines) + "\n});\n").encode()
