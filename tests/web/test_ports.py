"""The page's JavaScript beside the Python that it is a port of: the same answers to the same questions."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pandemonium import paths
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import clean
from pandemonium.text.first_names import FIRST_NAMES
from pandemonium.text.function_words import AUXILIARIES, FUNCTION_WORDS
from pandemonium.text.ngrams import gram_hash, word_hash
from pandemonium.text.sentences import count_words, ends_sentence, has_open_quote
from pandemonium.text.typography import Typography, TypographyWriter
from pandemonium.text.wrapping import lines_are_paragraphs
from pandemonium.voice.bloom import BloomFilter
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import train_tokenizer
from pandemonium.web.page import CODE, _folding
from pandemonium.writing.decoding.stopping import SentenceStop
from pandemonium.writing.reading.context import prepare
from pandemonium.writing.reading.phrases import Phrases
from pandemonium.writing.sampling.chain import make_chain, run_chain
from pandemonium.writing.sampling.drawing import draw, uniform
from pandemonium.writing.sampling.names import NameSpellings, NameTokens, begun_word, find_cast, stands_behind_title
from pandemonium.writing.sampling.presence import PresencePenalty
from pandemonium.writing.sampling.rows import Row, Rows
from pandemonium.writing.sampling.slurs import completing
from pandemonium.writing.sampling.token_table import TokenTable

NODE = shutil.which("node")
SMALL_OR_FIRST = (*FIRST_NAMES, *FUNCTION_WORDS)
pytestmark = pytest.mark.skipif(NODE is None, reason="Node.js is not installed: the page's code is not run")

_SIGNS = [
    *" \n\t.,;:!?-'\"",
    "\u2014",
    " -- ",
    "...",
    "\u2026",
    "\u201c",
    "\u201d",
    "\u2018",
    "\u2019",
    "\n\n",
    "\r\n",
    " \n  ",
    "\u00a0",
    "\u00e9",
    "e\u0301",
    "\u4e2d",
    "\U0001f70f",
    "\x85",
    "\x1c",
    "\ufeff",
    "\u2028",
    "``",
    "''",
    " - ",
    "5 \u2013 6",
    "\u0130",
    "\u00df",
    "\u0661",
    "\u00b2",
    "CHAPTER",
    "Mr.",
    "don't",
    "'tis",
    "the",
    " of",
    "Ph'nglui",
    "mother-in-law",
    "1928",
    "\u200b",
    "~",
    "\u0903",
]


def ask(expression: str, inputs: Sequence[Any], setup: str = "", given: Any = None) -> list[Any]:
    """The value of a JavaScript expression over `it` for each of `inputs`; P is the page's code, `given` a value."""
    source = "".join((paths.resources() / "web" / "code" / name).read_text("utf-8") for name in CODE[:-1])
    program = (
        f"{source}\nconst P = Pandemonium, {{inputs, given}} = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"
        f"{setup}\nconsole.log(JSON.stringify(inputs.map((it) => ({expression}))));"
    )
    assert NODE is not None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "program.js").write_text(program, "utf-8")
        done = subprocess.run(
            [NODE, str(Path(folder) / "program.js")],
            input=json.dumps({"inputs": list(inputs), "given": given}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    result: list[Any] = json.loads(done.stdout)
    return result


def lines(prose: str, count: int) -> list[str]:
    """Lines of prose, mixed with everything that might be read otherwise."""
    chance = random.Random(5)
    words = prose.split(" ")
    made = []
    for _ in range(count):
        start = chance.randrange(len(words))
        parts = words[start : start + chance.randrange(1, 12)]
        for _ in range(chance.randrange(6)):
            parts.insert(chance.randrange(len(parts) + 1), chance.choice(_SIGNS))
        made.append(chance.choice(["", " "]).join(parts))
    return made


@pytest.mark.parametrize("unit", ["sub-word", "word", "character"])
def test_the_same_pieces(prose: str, unit: Any) -> None:
    tokenizer = train_tokenizer([prose] * 2, unit, 600)
    texts = [*lines(prose, 3000), prose, ""]
    found = ask("T.encode(it)", texts, "const T = new P.PieceTokenizer(given);", tokenizer.definition)
    assert found == [tokenizer.encode(text) for text in texts]
    pieces = ask(
        "Array.from(it, (i) => Array.from(T.pieces[i], (c) => c.charCodeAt(0)))",
        [list(range(tokenizer.size))],
        "const T = new P.PieceTokenizer(given);",
        tokenizer.definition,
    )
    assert pieces == [[list(piece) for piece in tokenizer.pieces]]


def test_the_same_kinds_of_pieces(tokenizer: SubwordTokenizer) -> None:
    table = TokenTable(tokenizer)
    expected = [
        table.spaced.tolist(),
        table.inside.tolist(),
        table.closing.tolist(),
        table.closing_bare.tolist(),
        table.names.tolist(),
        sorted(table.breakers),
        [table.full_stop, table.quote],
        table.capitals.tolist(),
        table.single_capitals.tolist(),
        table.never.tolist(),
        table.spaced_ids.tolist(),
    ]
    [found] = ask(
        "[K.spaced, K.inside, [...K.closing], [...K.closingBare], K.names, "
        "[...K.breakers].sort((a, b) => a - b), [K.fullStop, K.quote], "
        "K.capitals, K.singleCapitals, K.never, K.spacedIds]",
        [0],
        "const K = new P.PieceTable(new P.PieceTokenizer(given), 4, 1, []);",
        tokenizer.definition,
    )
    assert found == [[*expected[0][:-1], False], [*expected[1][:-1], False], *expected[2:]]


def test_the_same_canonical_prose(prose: str) -> None:
    chance = random.Random(6)
    made = lines(prose, 1500)
    wrapped = ["\n".join(chance.sample(made, 12)) for _ in range(60)]
    narrow = "\n".join(prose.replace("\n\n", " ")[i : i + 60] for i in range(0, 2400, 60))
    texts = [*made, *wrapped, narrow, prose]
    assert ask("[P.clean(it), P.clean(it, true)]", texts) == [[clean(t), clean(t, unwrapped=True)] for t in texts]


def test_the_same_sentences(prose: str) -> None:
    texts = lines(prose, 1500)
    found = ask("[P.countWords(it), P.endsSentence(it), P.hasOpenQuote(it), P.linesAreParagraphs(it)]", texts)
    expected = [[count_words(t), ends_sentence(t), has_open_quote(t), lines_are_paragraphs(t)] for t in texts]
    assert found == expected


def test_the_same_typography(prose: str) -> None:
    texts = lines(prose, 800)
    script = """(() => {
        const typography = P.typographyOf(it[0]), writer = new P.TypographyWriter(typography, it[0]);
        return [typography, it[1].map((part) => writer.add(part)), writer.finish()];
    })()"""
    pairs = [[a, [b[i : i + 3] for i in range(0, len(b), 3)]] for a, b in pairwise(texts)]
    expected = []
    for before, parts in pairs:
        typography = Typography.of(before)
        writer = TypographyWriter(typography, before)
        values = {"curly": typography.curly, "dash": typography.dash, "ellipsis": typography.ellipsis}
        expected.append([values, [writer.add(part) for part in parts], writer.finish()])
    assert ask(script, pairs) == expected


def test_the_same_context(prose: str, tokenizer: SubwordTokenizer) -> None:
    odd = [
        "THE TITLE",
        "THE TITLE\n\n",
        "THE TITLE\n",
        "He cried NO.\n\nIt was dark.\n",
        "IT WAS DARK. AND I, TOO, WAS COLD.",
        "I don\u2019",
        "na\u00efve \u2116 3, \u263d",
        "\u4ed6",
        "...",
    ]
    texts = [*odd, *lines(prose, 300), *(prose[:end] for end in range(1, 200)), "one two " * 4000, prose + "\n\n", ""]
    found = ask(
        "Object.values(P.prepare(it, T, '\\n\\n'))",
        texts,
        "const T = new P.PieceTokenizer(given);",
        tokenizer.definition,
    )
    for text, (tokens, prefix, typography, starts_line, tail, *more) in zip(texts, found, strict=True):
        context = prepare(text, tokenizer)
        assert (tokens, prefix.encode("latin-1"), starts_line, tail) == (
            context.tokens,
            context.prefix,
            context.starts_line,
            context.tail,
        )
        assert more == [context.lead, context.opening, context.unknown, context.capitals]
        assert typography["dash"] == context.typography.dash


def test_the_same_ends(prose: str) -> None:
    texts = [prose[start : start + 400] for start in range(0, 2000, 13)]
    script = """(() => {
        const stop = new P.SentenceStop(20, "He said: ");
        return Array.from(it.match(/[^]{1,7}/g), (part) => {
            stop.add(part);
            return [stop.count, stop.mayEnd, stop.pressure, stop.mustEnd];
        });
    })()"""
    expected = []
    for text in texts:
        stop = SentenceStop(20, "He said: ")
        states = []
        for at in range(0, len(text), 7):
            stop.add(text[at : at + 7])
            states.append([stop.count, stop.may_end, stop.pressure, stop.must_end])
        expected.append(states)
    assert ask(script, texts) == expected


def test_the_same_chances() -> None:
    places = [[str(seed), counter] for seed in (1, 7, 2**31, 2**53 - 1, 2**63 - 1) for counter in range(50)]
    found = ask("P.uniform(BigInt(it[0]), it[1])", places)
    assert found == [uniform(int(seed), counter) for seed, counter in places]
    # SplitMix64 as published, seeded with nothing: the first numbers of its stream.
    assert [int(uniform(0, i) * 2**53) for i in range(2)] == [
        0xE220A8397B1DCDAF >> 11,
        0x6E789E6AA1B965F4 >> 11,
    ]


@pytest.mark.parametrize(
    "changed",
    [{}, {"top_k": 9}, {"typical": 0.6}, {"top_p": 1.0, "min_p": 0.0, "temperature": 1.4}, {"spelling": 0.0}],
)
def test_the_same_choices(changed: dict[str, Any]) -> None:
    settings = WritingSettings(**changed)
    size = 300
    generator = np.random.default_rng(2)
    rows = [generator.normal(0, 4, 300).astype(np.float32) for _ in range(60)]
    inside = generator.random(300) < 0.4
    bias = generator.normal(0, 0.5, 300).astype(np.float32)
    history = [*generator.integers(0, 6, 200).tolist(), 2, 1]  # "steep and"
    groups = [[0, 2], [3, 7, 11]]
    families = {token: frozenset(group) for group in groups for token in group}
    unjoined = np.isin(np.arange(size), list(families))
    table = SimpleNamespace(
        tokenizer=SubwordTokenizer.train(["a"], 300),
        going_on=np.flatnonzero(inside),
        stops=[np.array([3, 4]), np.array([9])],
        never=np.array([7]),
        breakers=frozenset({5}),
        stretch=1,
        spaced=np.ones(size, dtype=bool),
        ends_in_letter=np.ones(size, dtype=bool),
    )
    chain = [
        replace(each, families=families, unjoined=unjoined, conjunctions=frozenset({1}))
        if isinstance(each, PresencePenalty)
        else each
        for each in make_chain(settings, table, bias=bias)  # type: ignore[arg-type]
    ]
    kinds = {
        "inside": inside.tolist(),
        "stops": [[3, 4], [9]],
        "never": [7],
        "breakers": [5],
        "stretch": 1,
        "spaced": [True] * size,
        "texts": ["a", " and", *["a"] * (size - 2)],
        "families": groups,
    }
    given = {
        "s": {each.name: getattr(settings, each.name) for each in fields(WritingSettings)} | {"memory": 0.0},
        "kinds": kinds,
        "bias": bias.tolist(),
        "history": history,
        "names": [each.name for each in chain],
    }
    facts = [
        {
            "inWord": number % 2 == 0,
            "spelled": number % 7 == 0,
            "last": number % 5,
            "ending": [[11, 12], (number % 4) / 4],
            "unknownNames": [20, 21, 22][: number % 4],
            "strangeSpellings": np.flatnonzero(inside)[:9].tolist() if number % 4 == 0 else [],
            "nameLetters": number,
            "raised": [[30, 1.0], [31, -1.0]],
            "forPronoun": [[32, number], [33, 34]] if number % 3 else [],
            "bans": [[40 + number]],
            "allowed": [[1, 2, 50, 60], 50] if number % 9 == 0 else None,
        }
        for number in range(len(rows))
    ]
    script = """(() => {
        const row = {...it[2], bias, history: given.history, hidden: null, written: 0,
                     memory: {mix: () => null}};
        const kinds = {...given.kinds, breakers: new Set(given.kinds.breakers),
                       families: new Map(given.kinds.families.flatMap((each) => each.map((id) => [id, each])))};
        return P.draw(P.runChain(given.names, Float32Array.from(it[0]), row, given.s, kinds), it[1]);
    })()"""
    chances = generator.random(len(rows)).tolist()
    found = ask(
        script,
        [[row.tolist(), chance, fact] for row, chance, fact in zip(rows, chances, facts, strict=True)],
        "const bias = Float32Array.from(given.bias);",
        given,
    )
    known = [
        Row(
            in_word=fact["inWord"],
            spelled=fact["spelled"],
            last=fact["last"],
            history=history,
            ending=(np.array(fact["ending"][0]), fact["ending"][1]),
            unknown_names=np.array(fact["unknownNames"], dtype=np.int64),
            strange_spellings=np.array(fact["strangeSpellings"], dtype=np.int64),
            name_letters=fact["nameLetters"],
            raised=(np.array([30, 31]), np.array([1, -1], dtype=np.float32)),
            for_pronoun=(
                np.array([name for name, _ in fact["forPronoun"]], dtype=np.int64),
                np.array([pronoun for _, pronoun in fact["forPronoun"]], dtype=np.int64),
            ),
            bans=[np.array(ids) for ids in fact["bans"]],
            allowed=None if fact["allowed"] is None else (np.array(fact["allowed"][0]), 50),
        )
        for fact in facts
    ]
    assert found == draw(run_chain(chain, np.stack(rows), Rows(known)), chances)


def test_the_same_people(prose: str, tokenizer: SubwordTokenizer, bundled_voice: Voice) -> None:
    texts = [
        "I went to Arkham with Carter. There was Mrs. Gilman, too, and she saw Carter's house in Boston.",
        'Birch sat. "Davis," he said, and Birch rose from Peck Valley. And Davis went.',
        "I knew Birch. " + "He had lost it, and it was cold. " * 5,
        "Birch did not hurry. Martha\u2019s lamp fell. I'd seen it. Birch came. I'd had enough. There was rain. There.",
        "Malone searched a house in Parker Place, near Hook Station. He found Peck in the College.",
        "Night had come. Rose light fell on a rose. Night was cold that night.",
        *(f"{name} was cold. Nobody spoke. {name} came." for name in map(str.capitalize, SMALL_OR_FIRST)),
        *(f"Birch {word} it. Nobody spoke. Birch went." for word in (*AUXILIARIES, "saw", "and")),
        *lines(prose, 300),
        prose,
    ]
    found = ask("P.findCast(it)", texts)
    casts = [find_cast(text) for text in texts]
    assert [(each["people"], set(each["recent"]), each["pronoun"]) for each in found] == [
        (list(cast.people), set(cast.recent), cast.pronoun) for cast in casts
    ]
    assert casts[0].people == ("Carter", "Gilman")
    begun = [
        text for cast in casts[:2] for name in cast.people for text in (f"and then {name[:4]}", f"and {name}", name)
    ]
    for spells in (tokenizer, bundled_voice.tokenizer):
        histories = [spells.encode(text)[-6:] for text in begun]
        asked = [[text, history] for text in texts[:3] for history in histories]
        names = NameTokens(spells)
        setup = "const N = new P.NameTokens(new P.PieceTokenizer(given));"
        raised = ask("N.raised(P.findCast(it[0]), it[1])", asked, setup, spells.definition)
        for (text, history), gains in zip(asked, raised, strict=True):
            ids, expected = names.raised(find_cast(text), history)
            assert sorted(map(tuple, gains)) == sorted(zip(ids.tolist(), expected.tolist(), strict=True))
        pairs = ask("N.forPronoun(P.findCast(it[0]), it[1])", asked, setup, spells.definition)
        here = [names.for_pronoun(find_cast(text), history) for text, history in asked]
        assert pairs == [[list(pair) for pair in zip(*map(np.ndarray.tolist, each), strict=True)] for each in here]
    assert any(pairs)


def test_the_same_strangers(prose: str, tokenizer: SubwordTokenizer) -> None:
    texts = ["Nobody knew Miriam. In Greywater lived Mr. Hale, and Jonas Orne with Miss Grey.", "No names.", prose]
    words = ("Mir", "Grey", "Hale", "Orne", "Miriam", "", "N", "He", "Greywat")
    asked = [[[tokenizer.separator, *tokenizer.encode(text)], word] for text in texts for word in words]
    setup = "const K = new P.PieceTable(new P.PieceTokenizer(given), 4, 1, []);"
    found = ask(
        """(() => {
            const s = new P.NameSpellings(it[0], K);
            const begun = it[1].slice(-2);
            const rests = s.strangeRests(it[1], begun, K.tokenizer.spelling(begun));
            return [s.strange(it[1]), rests, s.strangeBehindTitle()];
        })()""",
        asked,
        setup,
        tokenizer.definition,
    )
    table = TokenTable(tokenizer)
    names = NameTokens(tokenizer)
    for (tokens, word), (strange, rests, behind_title) in zip(asked, found, strict=True):
        spellings = NameSpellings(tokens, table, names.letters)
        begun = word[-2:].encode()
        assert sorted(strange) == sorted(spellings.strange(word).tolist())
        assert sorted(rests) == sorted(spellings.strange_rests(word, begun, tokenizer.spelling(begun)).tolist())
        assert sorted(behind_title) == sorted(spellings.strange_behind_title().tolist())
    known = ask("K.beginnings.has(it)", ["ther", "wulfg", "a"], setup, tokenizer.definition)
    assert known == [names.opens_word(each) for each in ("Ther", "Wulfg", "A")]
    texts = ["old Gre", "", "St. 3rd", "\u00c9tie"]
    assert ask("P.begunWord(it)", texts) == [begun_word(each) for each in texts]
    endings = ["said Mr.", "old Miss ", "amiss", "Mr. Hale", "St Mrs. ", "Capt", "Profs."]
    assert ask("P.BEHIND_TITLE.test(it)", endings) == [stands_behind_title(each) for each in endings]


def test_the_same_words_are_never_completed(tokenizer: SubwordTokenizer) -> None:
    texts = ["the nig", "Shub-Nigg", "I snig", "a nigh", "", "ni", "(NIGGE"]
    found = ask("P.completing(it, given.map((piece) => piece))", texts, "", ["ger", "gers", "er", "urath", "R", "ht"])
    assert found == [completing(text, [b"ger", b"gers", b"er", b"urath", b"R", b"ht"]) for text in texts]
    assert found[:2] == [[0, 1], [2]]


@pytest.mark.parametrize("stretch", [1, 2])
def test_the_same_memory(stretch: int) -> None:
    generator = np.random.default_rng(8)
    tokens = generator.integers(0, 6, 400)
    logits = generator.normal(0, 1, 20).astype(np.float32)
    memory = Phrases(tokens, stretch)
    histories = [tokens[:3].tolist(), tokens[90:97].tolist(), [1, 2, 19], [4], []]
    found = ask(
        "((x) => x && [Array.from(x.mixed), x.recalled])(M.mix(Float32Array.from(given.logits), 0.1, it))",
        histories,
        "const M = new P.Phrases(given.tokens, given.stretch);",
        {"tokens": tokens.tolist(), "logits": logits.tolist(), "stretch": stretch},
    )
    assert found[-1] is None
    for history, answer in zip(histories, found, strict=True):
        mixed, recalled = memory.mix(logits[None], 0.1, [history])
        assert (answer is None) == (recalled == [])
        if answer is not None:
            np.testing.assert_allclose(answer[0], mixed[0], rtol=2e-5, atol=2e-6)
            shares = dict(zip(recalled[0].tokens.tolist(), recalled[0].own.tolist(), strict=True))
            assert {token: pytest.approx(own, rel=1e-4) for token, own in answer[1]} == shares


def test_the_same_hashes_and_filters(prose: str) -> None:
    words = [*dict.fromkeys(prose.split()), "", "\u00e9" * 200, "x" * 128]
    found = ask("String(P.blake2b8(new TextEncoder().encode(it)))", words)
    assert [int(each) for each in found] == [word_hash(word) for word in words]
    runs = [[word_hash(word) for word in words[i : i + 5]] for i in range(len(words) - 5)]
    hashes = [gram_hash(run) for run in runs]
    known = BloomFilter.of(np.array(hashes[::2], dtype=np.uint64))
    given = {"bits": known.bits.tolist(), "probes": known.probes}
    answers = ask(
        "F.has(P.gramHash(it.map(BigInt)))",
        [[str(each) for each in run] for run in runs],
        "const F = new P.BloomFilter(Uint8Array.from(given.bits), given.probes);",
        given,
    )
    assert answers == [each in known for each in hashes]


@pytest.mark.long
def test_the_same_case_folding() -> None:
    characters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000 and chr(code).isalnum()]
    folding = _folding()
    found = ask("Array.from(it, (c) => given[c] ?? c.toLowerCase())", characters, "", folding)
    differing = [c for c, folded in zip(characters, found, strict=True) if "".join(folded) != c.casefold()]
    # The two may know different versions of Unicode.
    assert len(differing) < 100
