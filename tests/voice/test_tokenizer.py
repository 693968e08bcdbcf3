"""Sub-words: every text comes back, no text is the separator, and no half character is ever shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.errors import VoiceError
from pandemonium.text.cleaning import normalize
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import LONGEST_PIECE, SubwordTokenizer
from pandemonium.voice.units import words_of

of_session = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
DIFFICULT = [
    "",
    " ",
    "\n",
    "\n\n\n",
    "   leading",
    "\U0001f419\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u4ed6\u5728\u5730\u7a96\u91cc\u542c\u5230\u4e86\u58f0\u97f3\u3002",
    "na\u00efve \u0645\u0631\u062d\u0628\u0627 \u0928\u092e\u0938\u094d\u0924\u0947",
    "tab\tnul\x00bell\x07",
    "<|document|></s><unk>[SEP]\u2581\u0120\u010a",
]


@of_session
@given(st.text())
def test_every_text_comes_back(tokenizer: SubwordTokenizer, text: str) -> None:
    text = normalize(text)
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert tokenizer.separator not in ids
    assert all(0 <= each < tokenizer.separator for each in ids)


@pytest.mark.parametrize("text", DIFFICULT)
def test_difficult_texts_come_back(bundled_voice: Voice, text: str) -> None:
    tokenizer = bundled_voice.tokenizer
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert tokenizer.separator not in ids


def test_the_bundled_voice_reads_prose_in_few_pieces(bundled_voice: Voice, prose: str) -> None:
    tokenizer = bundled_voice.tokenizer
    assert tokenizer.size == 8192
    assert len(tokenizer.encode(prose)) < len(prose) / 3.5
    assert tokenizer.paragraph is not None
    assert tokenizer.pieces[tokenizer.paragraph] == b"\n\n"


@of_session
@given(st.text(max_size=20))
def test_a_lone_surrogate_is_read_as_the_replacement_character(tokenizer: SubwordTokenizer, text: str) -> None:
    text = normalize(text)
    broken = f"{text}\ud800 and \udfff"
    assert tokenizer.decode(tokenizer.encode(broken)) == f"{text}\ufffd and \ufffd"


def test_batches_are_the_same_as_single_texts(tokenizer: SubwordTokenizer) -> None:
    assert tokenizer.encode_batch([*DIFFICULT, "\udc00"]) == [tokenizer.encode(text) for text in [*DIFFICULT, "\udc00"]]


def test_its_definition_makes_the_same_tokenizer(tokenizer: SubwordTokenizer, prose: str) -> None:
    twin = SubwordTokenizer(tokenizer.definition)
    assert twin.encode(prose) == tokenizer.encode(prose)
    assert twin.pieces == tokenizer.pieces
    assert twin.size == tokenizer.size == len(tokenizer.pieces) == len(tokenizer.lengths)


def test_pieces_that_spell_a_prefix(tokenizer: SubwordTokenizer) -> None:
    found = {tokenizer.pieces[i] for i in tokenizer.spelling(b" th")}
    assert {b" ", b" t", b" the"} <= found
    assert all(piece.startswith(b" th") or b" th".startswith(piece) for piece in found)
    assert b"" not in found


def _changed(definition: str, **changes: object) -> str:
    return json.dumps({**json.loads(definition), **changes})


def test_refuses_what_is_no_tokenizer(tokenizer: SubwordTokenizer) -> None:
    deep = "[" * 100_000
    lossy = _changed(tokenizer.definition, normalizer={"type": "Lowercase"})
    words = {"type": "WordLevel", "vocab": {"a": 0, "b": 1}, "unk_token": "a"}
    holes = json.loads(tokenizer.definition)
    holes["model"]["vocab"] = {piece: 2 * i for piece, i in holes["model"]["vocab"].items()}
    for definition in ("", "{}", "null", deep, lossy, _changed(tokenizer.definition, model=words), json.dumps(holes)):
        with pytest.raises(VoiceError) as refused:
            SubwordTokenizer(definition)
        assert refused.value.hint


def _hostile() -> dict[str, Callable[[dict[str, Any]], object]]:
    """What `tokenizers` could do and ours never does, each as a change of a sound definition."""

    def replacing(old: str, new: str) -> dict[str, object]:
        return {"type": "Replace", "pattern": {"String": old}, "content": new}

    def steps(tree: dict[str, Any]) -> list[Any]:
        found: list[Any] = tree["pre_tokenizer"]["pretokenizers"]
        return found

    slow = {"type": "Split", "pattern": {"Regex": "(x+x+)+y"}, "behavior": "Isolated", "invert": False}
    charsmap = {"type": "Precompiled", "precompiled_charsmap": "/////w=="}
    added = {"id": 0, "content": "the", "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {
        "cuts texts short": lambda tree: tree.update(
            truncation={"direction": "Right", "max_length": 50, "strategy": "LongestFirst", "stride": 0}
        ),
        "fills up": lambda tree: tree.update(padding={"strategy": {"Fixed": 9}}),
        "panics": lambda tree: tree.update(normalizer={"type": "Precompiled", "precompiled_charsmap": "AAAA"}),
        "aborts": lambda tree: tree.update(normalizer=charsmap),
        "explodes": lambda tree: tree.update(
            normalizer={"type": "Sequence", "normalizers": [replacing("x", "xx")] * 40}
        ),
        "swaps words": lambda tree: tree.update(normalizer=replacing("sea", "SPONSOR")),
        "backtracks": lambda tree: steps(tree).insert(0, slow),
        "splits otherwise": lambda tree: steps(tree)[0].update(pattern={"Regex": "."}),
        "adds a space": lambda tree: steps(tree)[1].update(add_prefix_space=True),
        "has tokens of its own": lambda tree: tree.update(added_tokens=[added]),
        "adds signs": lambda tree: tree.update(post_processor={"type": "ByteLevel", "trim_offsets": True}),
        "decodes otherwise": lambda tree: tree["decoder"].update(type="Fuse"),
        "draws": lambda tree: tree["model"].update(dropout=0.5),
        "knows the unknown": lambda tree: tree["model"].update(unk_token="a"),
        "ends words": lambda tree: tree["model"].update(end_of_word_suffix="a"),
        "falls back": lambda tree: tree["model"].update(byte_fallback=True),
        "merges at its will": lambda tree: tree["model"].update(ignore_merges="yes"),
        "is another model": lambda tree: tree["model"].update(type="Unigram"),
        "merges nothing": lambda tree: tree["model"]["merges"].append(["\u0120the", "nothing"]),
        "merges too much": lambda tree: tree["model"].update(merges=tree["model"]["merges"] * 900),
        "has no byte": lambda tree: tree["model"]["vocab"].pop("a"),
        "has a huge number": lambda tree: tree["model"]["vocab"].update(a=10**400),
        "has a number below nothing": lambda tree: tree["model"]["vocab"].update(a=-1),
        "numbers by yes and no": lambda tree: tree["model"]["vocab"].update({"!": True}),
        "has a piece of no bytes": lambda tree: tree["model"]["vocab"].update({"\u4e2d": 399}),
        "has an endless piece": lambda tree: tree["model"]["vocab"].update({"a" * 5000: 399}),
        "has one more field": lambda tree: tree.update(extension="x"),
    }


@pytest.mark.parametrize("name", _hostile())
def test_only_what_this_program_makes_is_a_tokenizer(tokenizer: SubwordTokenizer, name: str) -> None:
    tree = json.loads(tokenizer.definition)
    _hostile()[name](tree)
    with pytest.raises(VoiceError) as refused:
        SubwordTokenizer(json.dumps(tree))
    assert refused.value.hint


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "1" * 5000])
def test_numbers_that_are_none_are_refused(tokenizer: SubwordTokenizer, number: str) -> None:
    with pytest.raises(VoiceError):
        SubwordTokenizer(tokenizer.definition.replace('"dropout":null', f'"dropout":{number}'))


def test_a_definition_of_an_older_library_is_read(tokenizer: SubwordTokenizer, prose: str) -> None:
    tree = json.loads(tokenizer.definition)
    tree["model"]["merges"] = [" ".join(pair) for pair in tree["model"]["merges"]]
    for name in ("dropout", "unk_token", "byte_fallback", "ignore_merges"):
        del tree["model"][name]
    assert SubwordTokenizer(json.dumps(tree)).encode(prose) == tokenizer.encode(prose)


def test_a_long_line_of_one_sign_makes_no_endless_piece() -> None:
    tokenizer = SubwordTokenizer.train(["-" * 5000 + "\n"] * 3, size=400)
    assert max(map(len, tokenizer.pieces)) <= LONGEST_PIECE
    assert SubwordTokenizer(tokenizer.definition).pieces == tokenizer.pieces
    words, _ = words_of(["-" * 5000 + "\n"] * 3, size=400)
    assert SubwordTokenizer(words.definition).pieces == words.pieces
