"""The table of tokens: what opens a word, what closes a sentence."""

from __future__ import annotations

from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.sampling.token_table import TokenTable


def test_knows_the_kinds_of_tokens(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    table = TokenTable(tokenizer)
    assert tokenizer.pieces[table.full_stop] == b"."
    assert tokenizer.pieces[table.quote] == b'"'
    closing = {tokenizer.pieces[i] for i in table.closing}
    assert {b".", b"!", b"?", b'."'} <= closing
    assert not closing & {b",", b'"', b";", b" ."}
    assert {b"\n", b"\n\n", b'"'} <= {tokenizer.pieces[i] for i in table.breakers}
    assert table.spaced[tokenizer.encode(" the")[0]]
    assert not table.spaced[table.full_stop]
    assert not table.spaced[tokenizer.separator]
    assert {b" THE", b"THE"} & {tokenizer.pieces[i] for i in table.capitals}
    assert not {b" I", b"A", b" The"} & {tokenizer.pieces[i] for i in table.capitals}


def test_parts_of_characters_are_never_written_where_no_script_needs_them(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    table = TokenTable(tokenizer)
    never = {tokenizer.pieces[i] for i in table.never}
    assert {bytes([byte]) for byte in range(0x80, 0xF5)} <= never
    assert b"\x00" in never
    assert "\u2014".encode() not in never


def test_a_script_that_is_spelled_in_parts_keeps_them() -> None:
    chinese = "".join(map(chr, range(0x4E00, 0x5200)))
    tokenizer = SubwordTokenizer.train([chinese * 3], size=900)
    table = TokenTable(tokenizer)
    assert len(table.broken)
    assert not set(table.broken) & set(table.never)
