"""The table of pieces: what opens a word, what closes a sentence."""

from __future__ import annotations

from pandemonium.voice.file import Voice
from pandemonium.writing.pieces import PieceTable


def test_knows_the_kinds_of_pieces(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    table = PieceTable(tokenizer)
    assert tokenizer.pieces[table.full_stop] == b"."
    assert tokenizer.pieces[table.quote] == b'"'
    closing = {tokenizer.pieces[i] for i in table.closing}
    assert {b".", b"!", b"?", b'."'} <= closing
    assert not closing & {b",", b'"', b";", b" ."}
    assert {b"\n", b"\n\n", b'"'} <= {tokenizer.pieces[i] for i in table.breakers}
    assert table.spaced[tokenizer.encode(" the")[0]]
    assert not table.spaced[table.full_stop]
    assert not table.spaced[tokenizer.separator]
