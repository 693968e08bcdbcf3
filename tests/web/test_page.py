"""The page's folder: what is in it, what is not, and which folders and voices are refused."""

from __future__ import annotations

import base64
import copy
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium import paths
from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice, load_voice
from pandemonium.web.page import CODE, export_page
from pandemonium.writing.decoding import sequence
from pandemonium.writing.reading import context, phrases
from pandemonium.writing.sampling import chain, dry, names, presence, samplers


def unpacked(script: Path) -> dict[str, bytes]:
    lines = script.read_text("utf-8").splitlines()[1:-1]
    parts = json.loads("{" + "".join(lines).rstrip(",") + "}")
    return {name: gzip.decompress(base64.b64decode(data)) for name, data in parts.items()}


@pytest.fixture(scope="module")
def folder(tiny_voice: Voice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_page(tiny_voice, tmp_path_factory.mktemp("page") / "new" / "page").index.parent


def test_holds_all_that_the_page_asks_for(folder: Path) -> None:
    index = (folder / "index.html").read_text("utf-8")
    asked = re.findall(r'(?:src|href)="([^"#]+)"', index)
    local = [name for name in asked if not name.startswith("data:")]
    assert {f"code/{name}" for name in CODE} < set(local)
    assert [name for name in local if not (folder / name).is_file()] == []
    assert (folder / "onnxruntime" / "LICENSE").is_file()
    assert (folder / "fonts" / "OFL.txt").is_file()


def test_names_no_other_place(folder: Path) -> None:
    ours = [*folder.glob("code/*.js"), folder / "index.html", folder / "page.css"]
    assert len(ours) > 10
    assert [path.name for path in ours if re.search(r"https?://|//[a-z]+\.", path.read_text("utf-8"))] == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    assert policy is not None
    assert policy[1].startswith("default-src 'none';")
    assert "http" not in policy[1]
    assert "unsafe-inline" not in policy[1]


def test_holds_the_voice(folder: Path, tiny_voice: Voice) -> None:
    parts = unpacked(folder / "voice.js")
    description = json.loads(parts["voice.json"])
    assert description["architecture"] == tiny_voice.architecture.to_dict()
    assert description["tokenizer"] == tiny_voice.tokenizer.definition
    assert description["settings"]["temperature"] == {
        "default": WritingSettings().temperature,
        "low": 0.1,
        "high": 2.0,
        "meaning": "how daring the choice of words is",
    }
    assert parts["embedding"] == tiny_voice.matrices["embedding"].values.tobytes()


def test_every_setting_that_chooses_pieces_is_on_the_page(folder: Path) -> None:
    declared = set(WritingSettings.__dataclass_fields__)
    known = set(json.loads(unpacked(folder / "voice.js")["voice.json"])["settings"])
    assert declared - known == {"alternatives", "candidates", "seed", "banned", "join", "mix", "wanted"}


def test_the_runtime_is_the_packages_own(folder: Path) -> None:
    import hashlib

    readme = (paths.resources() / "web" / "onnxruntime" / "README.md").read_text("utf-8")
    parts = unpacked(folder / "onnxruntime" / "wasm.js")
    assert hashlib.sha256(parts["onnxruntime.wasm"]).hexdigest() in readme
    assert hashlib.sha256(parts["onnxruntime.mjs"]).hexdigest() in readme
    assert hashlib.sha256((folder / "onnxruntime" / "ort.wasm.min.js").read_bytes()).hexdigest() in readme


def test_the_ports_numbers_are_the_desktops() -> None:
    numbers = {
        "samplers": [
            (samplers, ["_PRESSURE", "_STOP"]),
            (chain, ["_FRAME", "_PRESENCE"]),
            (dry, ["_FRAME_REACH", "_THIRD_TIME"]),
            (presence, ["_REACH"]),
        ],
        "sequence": [(sequence, ["_MOST_BANNED", "_HISTORY", "JUST_NAMED"])],
        "memory": [(phrases, ["VARIETY", "FRESH", "_MOST"])],
        "context": [(context, ["MOST_CHARACTERS", "STEP", "_LINE_START", "_TAIL", "_TITLE_WORDS"])],
        "names": [(names, ["PASSAGE_WORDS", "_RECENT_WORDS"])],
    }
    for port, modules in numbers.items():
        code = (paths.resources() / "web" / "code" / f"{port}.js").read_text("utf-8")
        for module, name in ((module, name) for module, constants in modules for name in constants):
            found = re.search(rf"\b{name.removeprefix('_')} = ([\d.]+)", code)
            assert found is not None
            assert float(found[1]) == float(getattr(module, name)), name


def test_the_page_has_every_sampler_of_the_chain(folder: Path) -> None:
    code = (paths.resources() / "web" / "code" / "samplers.js").read_text("utf-8")
    exported = json.loads(unpacked(folder / "voice.js")["voice.json"])["samplers"]
    assert {"top_p", "temperature"} < set(exported)
    assert [name for name in exported if not re.search(rf"^    {name}(?:\(|:)", code, re.MULTILINE)] == []


def test_a_card_cannot_bring_code_along(tiny_voice: Voice, tmp_path: Path) -> None:
    wicked = replace(tiny_voice, card=replace(tiny_voice.card, title="<script>alert(1)</script>"))
    index = export_page(wicked, tmp_path / "page").index.read_text("utf-8")
    assert "<script>alert" not in index
    assert "&lt;script&gt;alert" in index


def test_leaves_the_writers_own_texts_out(tiny_voice: Voice, tmp_path: Path) -> None:
    tokens = tiny_voice.tokenizer.encode("My secret diary of the year.")
    own = replace(tiny_voice, remembered=np.array(tokens, dtype=np.uint16))
    page = export_page(own, tmp_path / "page")
    assert page.left_out == 6
    assert unpacked(page.index.parent / "voice.js").keys() == {"voice.json", "scales", "embedding", "layers", "head"}


@pytest.mark.long
def test_takes_an_earlier_pages_place(folder: Path, tiny_voice: Voice, tmp_path: Path) -> None:
    page = export_page(tiny_voice, tmp_path / "page")
    (tmp_path / "page" / "code" / "old.js").write_text("")
    again = export_page(replace(tiny_voice, card=replace(tiny_voice.card, title="Later")), tmp_path / "page")
    assert "Later" in again.index.read_text("utf-8")
    assert not (page.index.parent / "code" / "old.js").exists()


def test_refuses_a_folder_with_other_things(tiny_voice: Voice, tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("All of it.")
    with pytest.raises(VoiceError, match="is not empty"):
        export_page(tiny_voice, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "pandemonium-home"] == ["novel.txt"]
    with pytest.raises(VoiceError, match="is a file"):
        export_page(tiny_voice, tmp_path / "novel.txt")


def test_refuses_a_tokenizer_that_the_page_cannot_read(tiny_voice: Voice, tmp_path: Path) -> None:
    definition = json.loads(tiny_voice.tokenizer.definition)
    definition["normalizer"] = {"type": "NFC"}
    # Such a one is in no file that can be opened: the program itself makes it.
    tokenizer = copy.copy(tiny_voice.tokenizer)
    tokenizer.definition = json.dumps(definition)
    other = replace(tiny_voice, tokenizer=tokenizer)
    with pytest.raises(VoiceError, match="cannot read this voice's tokenizer"):
        export_page(other, tmp_path / "page")
    assert not (tmp_path / "page").exists()


def test_exports_a_voice_that_was_saved(tiny_voice_path: Path, tmp_path: Path) -> None:
    assert export_page(load_voice(tiny_voice_path), tmp_path / "page").bytes > 1_000_000
