"""The bundled voices' corpus as packed tokens: which works, which collection, what is cut of them, which tokenizer."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.hyphens import join_hyphens
from pandemonium.training.material.tokens import TokenDataset, pack, write_token_file
from pandemonium.voice.tokenizer import SubwordTokenizer

COLLECTIONS = {
    "lovecraft": "lovecraft",
    "weird": "base/weird-and-fantastic",
    "novels": "base/novels-33-authors",
    "eltec": "base/novels-eltec",
    "tales": "more/weird",
    "classics": "more/novels",
    "modern": "more/modern",
}
RUN = 13  # words on end that a training text may not share with a held-out one
_SHARED_BY_CHANCE = 40  # runs: a verse, a prayer, a proverb; a work that shares more is another edition

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_KNOWN = 5  # times that a joined word must stand in the corpus to be taken for one
_FRONT_MATTER = 20_000  # characters within which a work's first page of prose is looked for
_PROSE = 160  # characters of a paragraph that is no title page


def held_out(corpus: Path) -> dict[str, list[Path]]:
    """The works that no training may see, by what they are for.

    Those are dev, test, base-dev, base-test, personal and modern_test.
    """
    tales = tomllib.loads((corpus / "lovecraft-split.toml").read_text("utf-8"))
    base = tomllib.loads((corpus / "base-split.toml").read_text("utf-8"))
    found = {part: [corpus / "lovecraft" / f"{name}.txt" for name in tales[part]] for part in ("dev", "test")}
    for part, names in base.items():
        key = part if part == "personal" else f"base-{part}"
        found[key] = [corpus / "base" / f"{name}.txt" for name in names]
    more = corpus / "more-split.toml"
    if more.exists():
        for part, names in tomllib.loads(more.read_text("utf-8")).items():
            found[part] = [corpus / "more" / f"{name}.txt" for name in names]
    return found


def training_works(corpus: Path) -> dict[str, list[Path]]:
    """The works that a base voice is trained on, by collection, without those held out."""
    closed = {path for paths in held_out(corpus).values() for path in paths}
    return {
        collection: [path for path in sorted((corpus / folder).glob("*.txt")) if path not in closed]
        for collection, folder in COLLECTIONS.items()
        if (corpus / folder).is_dir()
    }


def read_work(path: Path) -> str:
    """One work as canonical prose, its title page and its _emphasis_ marks taken off."""
    return without_title_page(clean(path.read_text("utf-8")).replace("_", ""))


def without_title_page(text: str) -> str:
    """Gives `text` from its first paragraph of prose on; all of it where none comes soon.

    Titles, bylines and lists of chapters stand before it, mostly in capitals: the voice would open with them.
    """
    start = 0
    for paragraph in text[:_FRONT_MATTER].split(PARAGRAPH):
        if len(paragraph) >= _PROSE and not paragraph.isupper():
            return text[start:]
        start += len(paragraph) + len(PARAGRAPH)
    return text


def known_words(words: Mapping[str, int]) -> frozenset[str]:
    """The words, in lower case, that stand in the corpus often enough to be taken for words."""
    return frozenset(word for word, count in words.items() if count >= _KNOWN)


def hashed_runs(text: str) -> NDArray[np.uint64]:
    """A hash of each run of `RUN` words of `text`, in lower case and without punctuation, [words - RUN + 1]."""
    words = _WORD.findall(text.lower())
    # Python's hash of a text differs between processes; this one does not.
    ids = np.fromiter(
        (int.from_bytes(w.encode()[:8].ljust(8, b"\0"), "little") + len(w) for w in words), dtype=np.uint64
    )
    count = len(ids) - RUN + 1
    found = np.zeros(max(0, count), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(RUN if count > 0 else 0):
            found = found * np.uint64(0x9E3779B97F4A7C15) + ids[offset : offset + count]
    return found


def without_shared_runs(text: str, closed: NDArray[np.uint64]) -> str:
    """Gives `text` without the paragraphs that share a run of words with held-out works; "" where too many do.

    Args:
        text: a training work.
        closed: `hashed_runs` of the held-out works, sorted.
    """
    shared = int(_among(hashed_runs(text), closed).sum())
    if not shared:
        return text
    if shared > _SHARED_BY_CHANCE:
        return ""
    kept = [part for part in text.split(PARAGRAPH) if not _among(hashed_runs(part), closed).any()]
    rest = PARAGRAPH.join(kept)
    # What is left may share a run across a paragraph's end.
    return rest if not _among(hashed_runs(rest), closed).any() else ""


def _among(runs: NDArray[np.uint64], closed: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(closed):
        return np.zeros(len(runs), dtype=np.bool_)
    places = np.minimum(np.searchsorted(closed, runs), len(closed) - 1)
    found: NDArray[np.bool_] = closed[places] == runs
    return found


def closed_runs(corpus: Path) -> NDArray[np.uint64]:
    """`hashed_runs` of every held-out work, sorted."""
    texts = [clean(path.read_text("utf-8")) for paths in held_out(corpus).values() for path in paths]
    return np.unique(np.concatenate([hashed_runs(text) for text in texts]))


def read_works(corpus: Path, say: Callable[[str], None] = lambda text: None) -> dict[str, list[str]]:
    """Every training work's canonical prose by collection, mended, and without what held-out works share with it."""
    closed = closed_runs(corpus)
    with ProcessPoolExecutor() as pool:
        works = {collection: list(pool.map(read_work, paths)) for collection, paths in training_works(corpus).items()}
        words: Counter[str] = Counter()
        for counted in pool.map(_count_words, (text for texts in works.values() for text in texts), chunksize=8):
            words.update(counted)
        known = known_words(words)
        found: dict[str, list[str]] = {}
        for collection, texts in works.items():
            mended = [join_hyphens(text, known) for text in texts]
            kept = list(pool.map(without_shared_runs, mended, [closed] * len(mended), chunksize=8))
            dropped = sum(not text for text in kept)
            changed = sum(a != b for a, b in zip(mended, kept, strict=True))
            say(f"{collection}: {len(kept)} works, {changed} share runs with held-out ones, {dropped} of them left out")
            found[collection] = [text for text in kept if text]
    return found


def _count_words(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text.lower()) if len(word) > 3)


def train_tokenizer(works: Mapping[str, Sequence[str]], size: int) -> SubwordTokenizer:
    """Learns the pieces: Lovecraft counts eightfold, the weird collection twice, every third other novel once."""

    def texts() -> Iterable[str]:
        for _ in range(8):
            yield from works["lovecraft"]
        for _ in range(2):
            yield from works["weird"]
        for collection in works.keys() - {"lovecraft", "weird"}:
            yield from works[collection][::3]

    return SubwordTokenizer.train(texts(), size)


def write_tokens(
    corpus: Path, target: Path, vocabulary: int, say: Callable[[str], None], tokenizer: SubwordTokenizer | None = None
) -> None:
    """Reads, cleans and encodes the corpus into a token file with its tokenizer; the held-out tales lie in it as
    collections of their own that only evaluation reads. Without a `tokenizer` one is learned."""
    say("reading and cleaning the corpus")
    works = read_works(corpus, say)
    if tokenizer is None:
        say("learning the pieces")
        tokenizer = train_tokenizer(works, vocabulary)
    closed = held_out(corpus)
    originals = {part: [path.read_text("utf-8") for path in closed[part]] for part in ("dev", "test")}
    encode_works(works, originals, target, vocabulary, say, tokenizer)


def encode_works(
    works: Mapping[str, Sequence[str]],
    originals: Mapping[str, Sequence[str]],
    target: Path,
    vocabulary: int,
    say: Callable[[str], None],
    tokenizer: SubwordTokenizer,
) -> None:
    """Writes the token file `target`, on all processors.

    Args:
        works: canonical prose by collection.
        originals: the held-out tales of "dev" and "test" as they stand in their files.
        target: the file.
        vocabulary: ids of the tokenizer.
        say: is told what is done.
        tokenizer: its pieces go into the file.
    """
    say("encoding")
    datasets: dict[str, TokenDataset] = {}
    with ProcessPoolExecutor(initializer=_take_tokenizer, initargs=(tokenizer.definition,)) as pool:
        for name, texts in works.items():
            parts = list(pool.map(_encode, texts))
            starts = np.cumsum([0, *map(len, parts)])[:-1].astype(np.int64)
            datasets[name] = TokenDataset(np.concatenate([np.zeros(0, dtype=np.uint16), *parts]), starts)
            say(f"{name}: {len(datasets[name].tokens):,} tokens")
    for part, texts in originals.items():
        datasets[part] = pack((clean(text) for text in texts), tokenizer)
    header: dict[str, object] = {
        "tokenizer": tokenizer.definition,
        "vocabulary": vocabulary,
        "characters": {part: sum(map(len, texts)) for part, texts in originals.items()},
        "trained_characters": {name: sum(map(len, texts)) for name, texts in works.items()},
    }
    write_token_file(target, datasets, header, vocabulary)


_tokenizer: SubwordTokenizer  # a worker process's own


def _take_tokenizer(definition: str) -> None:
    global _tokenizer
    _tokenizer = SubwordTokenizer(definition)


def _encode(text: str) -> NDArray[np.uint16]:
    return pack([text], _tokenizer).tokens
