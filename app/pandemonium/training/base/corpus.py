"""The bundled voice's corpus as packed tokens: which works, which shelf, which tokenizer."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pandemonium.text.cleaning import clean
from pandemonium.training.material.tokens import pack, write_token_file
from pandemonium.voice.tokenizer import SubwordTokenizer

SHELVES = {
    "lovecraft": "lovecraft",
    "weird": "base/weird-and-fantastic",
    "novels": "base/novels-33-authors",
    "eltec": "base/novels-eltec",
}


def held_out(corpus: Path) -> dict[str, list[Path]]:
    """The works that no training may see, by what they are for: dev, test, base-dev, base-test, personal."""
    tales = tomllib.loads((corpus / "lovecraft-split.toml").read_text("utf-8"))
    base = tomllib.loads((corpus / "base-split.toml").read_text("utf-8"))
    found = {part: [corpus / "lovecraft" / f"{name}.txt" for name in tales[part]] for part in ("dev", "test")}
    for part, names in base.items():
        key = part if part == "personal" else f"base-{part}"
        found[key] = [corpus / "base" / f"{name}.txt" for name in names]
    return found


def training_works(corpus: Path) -> dict[str, list[Path]]:
    """The works that a base voice is trained on, by shelf, without those held out."""
    closed = {path for paths in held_out(corpus).values() for path in paths}
    return {
        shelf: [path for path in sorted((corpus / folder).glob("*.txt")) if path not in closed]
        for shelf, folder in SHELVES.items()
    }


def read_work(path: Path) -> str:
    """One work as canonical prose, its _emphasis_ marks taken off."""
    return clean(path.read_text("utf-8")).replace("_", "")


def read_works(corpus: Path) -> dict[str, list[str]]:
    """Every training work's canonical prose, by shelf."""
    with ProcessPoolExecutor() as pool:
        return {shelf: list(pool.map(read_work, paths)) for shelf, paths in training_works(corpus).items()}


def train_tokenizer(works: dict[str, list[str]], size: int) -> SubwordTokenizer:
    """Learns the pieces: Lovecraft counts eightfold, the weird shelf twice, every third other novel once."""

    def texts() -> Iterable[str]:
        for _ in range(8):
            yield from works["lovecraft"]
        for _ in range(2):
            yield from works["weird"]
        yield from works["novels"][::3]
        yield from works["eltec"][::3]

    return SubwordTokenizer.train(texts(), size)


def write_tokens(
    corpus: Path, target: Path, vocabulary: int, say: Callable[[str], None], tokenizer: SubwordTokenizer | None = None
) -> None:
    """Reads, cleans and encodes the corpus into a token file with its tokenizer; the held-out tales lie in it as
    shelves of their own that only evaluation reads. Without a `tokenizer` one is learned."""
    say("reading and cleaning the corpus")
    works = read_works(corpus)
    if tokenizer is None:
        say("learning the pieces")
        tokenizer = train_tokenizer(works, vocabulary)
    say("encoding")
    shelves = {name: pack(texts, tokenizer) for name, texts in works.items()}
    closed = held_out(corpus)
    originals = {part: [path.read_text("utf-8") for path in closed[part]] for part in ("dev", "test")}
    for part, texts in originals.items():
        shelves[part] = pack((clean(text) for text in texts), tokenizer)
    header: dict[str, object] = {
        "tokenizer": tokenizer.definition,
        "vocabulary": vocabulary,
        "characters": {part: sum(map(len, texts)) for part, texts in originals.items()},
        "trained_characters": {name: sum(map(len, texts)) for name, texts in works.items()},
    }
    write_token_file(target, shelves, header, vocabulary)
