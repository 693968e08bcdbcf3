"""The voice file: comes back bit for bit, and whatever is broken or hostile is refused in a sentence."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from pandemonium.errors import VoiceError
from pandemonium.voice.file import Voice, _digest, file_sha256, load_voice, read_card, save_voice

Header = dict[str, dict[str, object]]


def parts(path: Path) -> tuple[Header, bytes]:
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def write(path: Path, header: Header | bytes, body: bytes) -> None:
    encoded = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(encoded)) + encoded + body)


def forge(path: Path, **metadata: str) -> None:
    """Changes metadata and makes the checksum right again, as somebody with bad intentions would."""
    header, _ = parts(path)
    tensors = load(path.read_bytes())
    changed = {**{key: str(value) for key, value in header["__metadata__"].items()}, **metadata}
    changed["sha256"] = _digest(changed, tensors)
    path.write_bytes(save(tensors, changed))


def refusal(path: Path) -> VoiceError:
    with pytest.raises(VoiceError) as refused:
        load_voice(path)
    assert refused.value.message.endswith(".")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400
    assert refused.value.hint
    return refused.value


@pytest.fixture
def copy(tiny_voice_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(tiny_voice_path, tmp_path / "copy.voice"))


def test_comes_back_bit_for_bit(tiny_voice: Voice, tiny_voice_path: Path) -> None:
    loaded = load_voice(tiny_voice_path)
    assert (loaded.name, loaded.architecture, loaded.card) == ("tiny", tiny_voice.architecture, tiny_voice.card)
    assert loaded.tokenizer.definition == tiny_voice.tokenizer.definition
    assert loaded.dequantize().keys() == tiny_voice.architecture.shapes().keys()
    for name, weights in tiny_voice.dequantize().items():
        np.testing.assert_array_equal(loaded.dequantize()[name], weights)
    assert read_card(tiny_voice_path) == tiny_voice.card


def test_the_same_voice_makes_the_same_file(tiny_voice: Voice, tiny_voice_path: Path, tmp_path: Path) -> None:
    save_voice(load_voice(tiny_voice_path), tmp_path / "again.voice")
    assert load_voice(tmp_path / "again.voice").card == tiny_voice.card
    assert file_sha256(tmp_path / "again.voice") == file_sha256(tmp_path / "again.voice")


def test_the_name_is_the_files(copy: Path) -> None:
    assert load_voice(copy).name == "copy"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_refused(copy: Path, tiny_voice_path: Path, share: float) -> None:
    data = tiny_voice_path.read_bytes()
    copy.write_bytes(data[: int(share * len(data))])
    refusal(copy)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_a_flipped_bit_is_refused(copy: Path, tiny_voice_path: Path, place: float, bit: int) -> None:
    data = bytearray(tiny_voice_path.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    copy.write_bytes(data)
    refusal(copy)


def test_more_behind_the_end_is_refused(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes() + b"more")
    refusal(copy)


def test_a_renamed_tensor_is_refused(copy: Path) -> None:
    header, body = parts(copy)
    header["output.shift"] = header.pop("output.bias")
    write(copy, header, body)
    refusal(copy)
    forge(copy)
    assert "output.bias" in str(refusal(copy))


def test_a_tensor_of_another_shape_or_type_is_refused(copy: Path, tiny_voice_path: Path) -> None:
    for change in (
        lambda t: t.reshape(-1, 2),
        lambda t: t.astype(np.float64),
        lambda t: np.full_like(t, np.nan),
        lambda t: t[:-1].copy(),
    ):
        header, _ = parts(tiny_voice_path)
        tensors = load(tiny_voice_path.read_bytes())
        tensors["output.bias"] = change(tensors["output.bias"])
        metadata = {key: str(value) for key, value in header["__metadata__"].items()}
        metadata["sha256"] = _digest(metadata, tensors)
        copy.write_bytes(save(tensors, metadata))
        refusal(copy)


@pytest.mark.parametrize(
    "metadata",
    [
        {"format": "pandemonium-voice-99"},
        {"architecture": "{}"},
        {"architecture": "[1, 2]"},
        {"architecture": '{"vocabulary": 400, "embedding": 24, "hidden": 48, "layers": 2, "experts": 8}'},
        {"architecture": '{"vocabulary": 400, "embedding": 24, "hidden": 1e99, "layers": 2}'},
        {"architecture": '{"vocabulary": 400, "embedding": 24, "hidden": 48, "layers": 3}'},
        {"architecture": "[" * 100_000},
        {"tokenizer": "{}"},
        {"tokenizer": ""},
        {"card": "null"},
        {"card": "{}"},
        {"card": "[" * 100_000},
        {"card": '{"title": "A", "hours": 1' + "0" * 400 + "}"},
        {"card": '{"title": "A", "hours": NaN, "bits_per_character": NaN}'},
        {"card": '{"title": "A", "hours": -Infinity}'},
        {"card": '{"title": "A", "bits_per_character": 1e999}'},
        {"card": '{"title": "A", "characters": -1}'},
        {"card": '{"title": "' + "A" * (2 << 20) + '"}'},
        {"architecture": '{"vocabulary": 400, "embedding": NaN, "hidden": 48, "layers": 2}'},
    ],
)
def test_forged_metadata_is_refused(copy: Path, metadata: dict[str, str]) -> None:
    forge(copy, **metadata)
    refusal(copy)


def test_another_voices_tokenizer_is_refused(copy: Path, bundled_voice: Voice) -> None:
    forge(copy, tokenizer=bundled_voice.tokenizer.definition)
    assert "tokenizer" in str(refusal(copy))


class _Trap:
    """Would leave a file behind if anything unpickled it."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return (Path.touch, (self._target,))


def test_a_pickle_is_refused_and_never_run(tmp_path: Path) -> None:
    path = tmp_path / "trap.voice"
    sprung = tmp_path / "sprung"
    path.write_bytes(pickle.dumps(_Trap(sprung)))
    refusal(path)
    assert not sprung.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 8,
        b"\0" * 4096,
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 90_000_000) + b"{" * 64,
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 4) + b"null",
        b"PK\x03\x04 not a voice",
        b"The house at the end of Pickman Lane" * 100,
    ],
    ids=range(9),
)
def test_something_else_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.voice"
    path.write_bytes(data)
    refusal(path)
    with pytest.raises(VoiceError):
        read_card(path)


@pytest.mark.parametrize(
    "entry",
    [
        {"dtype": "F32", "shape": [1 << 62, 1 << 62], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [1], "data_offsets": [0, 1 << 62]},
        {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]},
        {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]},
        {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]},
        {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]},
        {"dtype": "O", "shape": [1], "data_offsets": [0, 4]},
    ],
)
def test_a_hostile_header_is_refused(copy: Path, entry: dict[str, object]) -> None:
    header, _ = parts(copy)
    write(copy, {"__metadata__": header["__metadata__"], "output.bias": entry}, b"\0" * 4)
    refusal(copy)


@pytest.mark.parametrize("name", ["embedding.scales", "lstm.0.recurrent.scales", "output.bias", "lstm.1.bias"])
@pytest.mark.parametrize("value", [3e38, -3e38, 1e5, np.inf, -np.inf, np.nan])
def test_weights_that_no_network_has_are_refused(copy: Path, name: str, value: float) -> None:
    header, _ = parts(copy)
    tensors = load(copy.read_bytes())
    tensors[name] = tensors[name].copy()
    tensors[name][-1] = value
    metadata = {key: str(value) for key, value in header["__metadata__"].items()}
    metadata["sha256"] = _digest(metadata, tensors)
    copy.write_bytes(save(tensors, metadata))
    assert "weights" in str(refusal(copy))


def test_a_card_is_read_and_obeyed_by_no_terminal(copy: Path) -> None:
    title = "\x1b[31mred\x1b]0;owned\x07 title\u202etxt.exe"
    forge(copy, card=json.dumps({"title": title, "description": "\x1b[2J\x00 nul\nline", "licence": "a" * 90_000}))
    for card in (load_voice(copy).card, read_card(copy)):
        assert card.title == "\ufffd[31mred\ufffd]0;owned\ufffd title\ufffdtxt.exe"
        assert card.description == "\ufffd[2J\ufffd nul line"
        assert len(card.licence) == 4000


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_or_a_device_is_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.voice")
    (tmp_path / "zero.voice").symlink_to("/dev/zero")
    for name in ("pipe.voice", "zero.voice"):
        assert "not a file" in str(refusal(tmp_path / name))
        with pytest.raises(VoiceError):
            read_card(tmp_path / name)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.voice").mkdir()
    refusal(tmp_path / "folder.voice")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "There is no voice file" in str(refusal(tmp_path / "none.voice"))
    refusal(tmp_path / "file" / "none.voice")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.voice"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert "too large" in str(refusal(path))


def test_a_voice_that_cannot_be_saved_is_a_sentence(tiny_voice: Voice, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="could not be saved"):
        save_voice(tiny_voice, tmp_path / "missing" / "tiny.voice")


def test_saving_over_a_voice_replaces_it(tiny_voice: Voice, copy: Path) -> None:
    copy.write_bytes(b"broken")
    save_voice(tiny_voice, copy)
    assert load_voice(copy).card == tiny_voice.card
    assert [path.name for path in copy.parent.glob("*.voice*")] == ["copy.voice"]


def test_the_bundled_voice_is_sound(bundled_voice: Voice) -> None:
    assert bundled_voice.card.title
    assert bundled_voice.card.licence
    assert 1.0 < bundled_voice.card.bits_per_character < 3.0
