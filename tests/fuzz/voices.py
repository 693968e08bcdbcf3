"""Throws mutated voices at the program: each is loaded and, if it is taken, writes two chunks.

    python tests/fuzz/voices.py                        an hour
    python tests/fuzz/voices.py --seconds 60 --seed 7
    python tests/fuzz/voices.py --seed 7 --case 1234   one case again, in this process

A case is known by seed and number. The cases run in a child process, so that a crash, an abort or a hang is a find
like any other: printed, with the file kept in --keep.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import struct
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import _digest, load_voice, quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.opening import open_runtime

PROSE = "The old house stood upon the hill. I heard a sound, and the sea was dark.\n\n" * 40
PATIENCE = 60.0  # seconds for one case, on a busy machine
PIECES = 2
NUMBERS: tuple[Any, ...] = (
    0,
    1,
    -1,
    255,
    256,
    65_535,
    65_536,
    1 << 31,
    1 << 53,
    1 << 64,
    10**400,
    -(10**400),
    0.5,
    1e308,
    float("nan"),
    float("inf"),
    -float("inf"),
    True,
    None,
    "",
    [],
    {},
)
TEXTS = ("", "\x00", "\x1b[31m", "\ud800", "<img src=x>", "a" * 70_000, "\u202e", "../../x", "NaN", "(x+x+)+y")
DTYPES = {
    "<f4": "F32",
    "<f8": "F64",
    "<f2": "F16",
    "|i1": "I8",
    "|u1": "U8",
    "<u2": "U16",
    "|b1": "BOOL",
}
EXTREMES = (0.0, -0.0, 1e-45, 3e38, -3e38, np.inf, -np.inf, np.nan, 1e3, 1e4)


def sound_voice(path: Path) -> bytes:
    """Makes a small sound voice with everything that a voice can have."""
    tokenizer = SubwordTokenizer.train([PROSE], 400)
    shape = PlainArchitecture(tokenizer.size, 16, 24, 2)
    chance = np.random.default_rng(7)
    weights = {name: chance.normal(0, 0.3, size).astype(np.float32) for name, size in shape.shapes().items()}
    voice = quantize_voice("sound", shape, tokenizer, weights, Card("Sound"), StyleProfile.of([PROSE]))
    balance = chance.normal(0, 1, tokenizer.size).astype(np.float32)
    remembered = np.array(tokenizer.encode(PROSE[:400]), dtype=np.uint16)
    save_voice(
        type(voice)(
            voice.name,
            voice.architecture,
            voice.tokenizer,
            voice.matrices,
            voice.vectors,
            voice.card,
            voice.profile,
            remembered,
            balance,
        ),
        path,
    )
    (size,) = struct.unpack("<Q", path.read_bytes()[:8])
    metadata = json.loads(path.read_bytes()[8 : 8 + size])["__metadata__"]
    return _packed(load(path.read_bytes()), metadata)


def mutated(sound: bytes, seed: int, case: int) -> bytes:
    """The file of one case: bytes changed as a bad disk does, or contents changed and the checksum made right again."""
    chance = random.Random(f"{seed} {case}")
    if chance.random() < 0.25:
        return _damaged(sound, chance)
    (size,) = struct.unpack("<Q", sound[:8])
    metadata = {name: str(text) for name, text in json.loads(sound[8 : 8 + size])["__metadata__"].items()}
    tensors = {name: tensor.copy() for name, tensor in load(sound).items()}
    try:
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            if chance.random() < 0.6:
                _change_metadata(metadata, chance)
            else:
                _change_tensors(tensors, chance)
        metadata["sha256"] = _digest(metadata, tensors)
        return _packed(tensors, metadata)
    except (KeyError, UnicodeEncodeError, ValueError, OverflowError, RecursionError):  # nothing that a file could hold
        return _damaged(sound, chance)


def outcome(path: Path) -> str:
    """Loads a voice and has it write: what became of it in a word, or the fault.

    Raises:
        Exception: the program did not foresee this; so may BaseException.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            voice = load_voice(path)
            json.dumps(voice.card.to_dict(), allow_nan=False).encode()
            continuer = Continuer(voice, open_runtime(voice, "cpu", threads=1))
            request = ContinueRequest(1, 0, "The old house", settings=WritingSettings(words=3, seed=1))
            for chunk in islice(continuer.write(request), PIECES):
                chunk.text.encode()
        except PandemoniumError as error:
            sentence = str(error)
            if not sentence or "\n" in sentence or len(sentence) > 600:
                raise ValueError(f"no sentence for people: {sentence[:200]!r}") from error
            return "refused"
    return "taken"


def run_cases(seed: int, start: int, folder: Path) -> Iterator[tuple[int, str]]:
    """Tries case after case, without end."""
    sound = sound_voice(folder / "sound.voice")
    path = folder / "case.voice"
    for case in range(start, sys.maxsize):
        path.write_bytes(mutated(sound, seed, case))
        print(f"try {case}", flush=True)
        yield case, outcome(path)


def fuzz(seconds: float, seed: int, keep: Path) -> list[str]:
    """Runs cases in child processes for so long; gives a line for each find."""
    finds: list[str] = []
    counts = {"taken": 0, "refused": 0}
    until = time.monotonic() + seconds
    case = 0
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            found, case = _run_child(seed, case, Path(folder), until, counts)
            if found:
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{seed}-{case}.voice"
                kept.write_bytes((Path(folder) / "case.voice").read_bytes())
                finds.append(f"seed {seed}, case {case}: {found} (kept as {kept})")
                print(finds[-1], flush=True)
                case += 1
    print(f"{case} cases: {counts['taken']} taken, {counts['refused']} refused, {len(finds)} finds", flush=True)
    return finds


def _run_child(seed: int, start: int, folder: Path, until: float, counts: dict[str, int]) -> tuple[str, int]:
    """Runs cases from `start` on until the time is over or one goes wrong: what went wrong, and the last case."""
    command = [sys.executable, __file__, "--child", str(folder), "--seed", str(seed), "--case", str(start)]
    case = start
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as child:
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        errors: list[str] = []
        threads = [
            threading.Thread(target=lambda: [*map(lines.put, child.stdout or ()), lines.put(None)], daemon=True),
            threading.Thread(target=lambda: errors.extend(child.stderr or ()), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            while time.monotonic() < until:
                line = lines.get(timeout=PATIENCE)
                if line is None:
                    threads[1].join()
                    return f"exit {child.wait()}: {errors[-1].strip() if errors else 'no word'}", case
                what, _, number = line.strip().partition(" ")
                if what == "try":
                    case = int(number)
                elif what in counts:
                    counts[what] += 1
        except queue.Empty:
            return f"no answer within {PATIENCE:.0f} seconds", case
        finally:
            child.kill()
    return "", case


def _packed(tensors: dict[str, Any], metadata: dict[str, str]) -> bytes:
    """A voice file in which all stands in its order: the library shuffles metadata, and a case must stay itself."""
    header: dict[str, Any] = {"__metadata__": dict(sorted(metadata.items()))}
    body = b""
    for name, tensor in sorted(tensors.items(), key=lambda each: (-each[1].itemsize, each[0])):
        data = np.ascontiguousarray(tensor).tobytes()
        offsets = [len(body), len(body) + len(data)]
        header[name] = {"dtype": DTYPES[tensor.dtype.str], "shape": list(tensor.shape), "data_offsets": offsets}
        body += data
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    return struct.pack("<Q", len(encoded)) + encoded + body


def _damaged(sound: bytes, chance: random.Random) -> bytes:
    data = bytearray(sound)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.choice((1, 8, 4096))]
            case 2:
                data[place:place] = chance.randbytes(chance.choice((1, 8, 4096)))
            case 3:
                data[:8] = struct.pack("<Q", chance.choice((0, 2, 1 << 20, 1 << 62, place)))
        if not data:
            break
    return bytes(data)


def _change_metadata(metadata: dict[str, str], chance: random.Random) -> None:
    name = chance.choice(("architecture", "tokenizer", "card", "profile", "format"))
    try:
        tree = json.loads(metadata[name])
    except ValueError:
        metadata[name] = chance.choice(TEXTS)
        return
    if chance.random() < 0.1:
        metadata[name] = chance.choice((*TEXTS, "[" * 50_000, "null", "{}", metadata[name][: chance.randrange(99)]))
        return
    _change_tree(tree, chance)
    metadata[name] = json.dumps(tree)


def _change_tree(tree: Any, chance: random.Random) -> None:
    """Changes one place of a tree of dictionaries and lists."""
    while isinstance(tree, (dict, list)) and tree:
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        key = chance.choice(keys)
        inside = tree[key]
        if isinstance(inside, (dict, list)) and inside and chance.random() < 0.8:
            tree = inside
            continue
        match chance.randrange(5):
            case 0:
                del tree[key]
            case 1 if isinstance(tree, dict):
                tree[chance.choice(TEXTS)] = inside
            case 1:
                tree.append(inside)
            case 2:
                tree[key] = chance.choice(TEXTS)
            case 3 if isinstance(inside, (int, float)):
                tree[key] = inside * chance.choice((-1, 0, 2, 1e300, 1.0001)) + chance.choice((0, 1, -1))
            case _:
                tree[key] = chance.choice(NUMBERS)
        return


def _change_tensors(tensors: dict[str, Any], chance: random.Random) -> None:
    name = chance.choice(sorted(tensors))
    tensor = tensors[name]
    match chance.randrange(6):
        case 0:
            del tensors[name]
        case 1:
            tensors[chance.choice(("more", "", *sorted(tensors)))] = tensor
        case 2:
            tensors[name] = np.ascontiguousarray(tensor[: len(tensor) // 2])
        case 3:
            tensors[name] = tensor.astype(chance.choice((np.float64, np.float16, np.int8, np.uint16, np.bool_)))
        case 4:
            with np.errstate(all="ignore"):
                tensor.fill(chance.choice(EXTREMES) if tensor.dtype.kind == "f" else chance.choice((0, 1, 127)))
        case _:
            flat = tensor.reshape(-1)
            values = chance.choice(EXTREMES) if tensor.dtype.kind == "f" else chance.choice((0, 1, 127))
            with np.errstate(all="ignore"):
                flat[chance.randrange(len(flat))] = values


def main() -> int:
    """Runs as the command line says; gives 1 where there are finds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="tries this one case alone, in this process")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"), help="where the files of finds are kept")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child is not None:
        for _, word in run_cases(chosen.seed, chosen.case, chosen.child):
            print(word, flush=True)
    if chosen.case is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(next(run_cases(chosen.seed, chosen.case, Path(folder))))
        return 0
    return 1 if fuzz(chosen.seconds, chosen.seed, chosen.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
