"""What the characters of fonts of signs mean, which old files write Greek letters, quotes and dashes with."""

from __future__ import annotations

_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_MEANINGS = dict(enumerate(_LOW, 0x20)) | dict(enumerate(_HIGH, 0xA0))
_MEANINGS[0xBE] = "\u2014"  # drawn as a part of a long arrow, and written for a dash
_WORD_PERFECT = {"A": "“", "@": "”", ">": "‘", "=": "’", "B": "–", "C": "—", "'": "§"}
_PRIVATE = 0xF000  # where Windows keeps the characters of such a font


def symbol(code: int) -> str:
    """The character that Symbol shows for a code, 0x20 to 0xFE or the same from 0xF000 on; "" for any other."""
    return _MEANINGS.get(code - _PRIVATE if code >= _PRIVATE else code, "")


def sign_of(font: str, code: int) -> str:
    """The character that a font shows for a code; "" where the font is one of pictures, whose signs have no letters."""
    name = font.strip().strip('"').lower()
    if name in ("symbol", "symbol mt", "standard symbols l"):
        return symbol(code)
    if name == "wp typographicsymbols":
        return _WORD_PERFECT.get(chr(code & 0xFF), "")
    is_private = _PRIVATE <= code < _PRIVATE + 0x100 or 0xE000 <= code < 0xF900
    is_of_pictures = any(each in name for each in ("dings", "marlett", "zapf", "sorts"))
    if is_private or is_of_pictures or not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)
