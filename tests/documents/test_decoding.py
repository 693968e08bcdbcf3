"""Any encoding that a writer's old files are in comes back as the text that was written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.decoding import decode, detect_encoding, looks_binary
from pandemonium.documents.formats.plain.coding import decode_plain, encode_plain
from pandemonium.errors import DocumentError

ENGLISH = "It was a dark night — the kind you’d rather forget. “Who’s there?” she asked. The café was closed."
FRENCH = "Il était une fois, dans une forêt éloignée, un garçon. « Où vas-tu ? » demanda le vieillard. Ça m’est égal."
GERMAN = "Es war einmal ein König, der hatte drei Söhne. Die Häuser waren groß; über den Dächern flogen Vögel."
DUTCH = "De broêr van zijn neef was »dáár« en zóó iets deed ik onlangs; evolutiën, elkâar."
POLISH = "Dawno temu, za siedmioma górami, żył sobie król, który miał trzy córki. Źródło biło pod ścianą."
CZECH = "Byl jednou jeden král a ten měl tři dcery. Příliš žluťoučký kůň úpěl ďábelské ódy."
RUSSIAN = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."
PORTUGUESE = "Então João pôs a mão no portão e não falou. As ilusões são só nossas, disse a avó à razão. "
HEBREW = "הזקן ישב ליד הים ולא דיבר זמן רב. אחר כך קם והלך הביתה לאט. "
GREEK = "Μια φορά κι έναν καιρό ήταν ένας βασιλιάς που είχε τρεις κόρες και ζούσε μακριά από τη θάλασσα."
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた。"
SIMPLIFIED = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚、汉分争，又并入于汉。"
TRADITIONAL = "話說天下大勢，分久必合，合久必分。周末七國分爭，併入於秦。及秦滅之後，楚、漢分爭，又併入於漢。"
KOREAN = "모든 행복한 가정은 서로 닮았고, 불행한 가정은 저마다 나름으로 불행하다. 모든 것이 뒤죽박죽이었다."


@pytest.mark.parametrize("times", [1, 40], ids=["short", "long"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("’", "'"), "cp850"),
        (GERMAN, "latin-1"),
        (GERMAN, "cp850"),
        (PORTUGUESE, "cp860"),
        (PORTUGUESE.upper(), "cp860"),
        (PORTUGUESE, "cp850"),
        (PORTUGUESE, "cp1252"),
        (DUTCH, "latin-1"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (GREEK, "cp1253"),
        (GREEK, "cp737"),
        (HEBREW, "cp1255"),
        (HEBREW, "cp862"),
        ("הוא יצא מהבית ולא אמר מילה. ", "cp1255"),
        (RUSSIAN.upper(), "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (KOREAN, "euc-kr"),
    ],
)
def test_old_encodings(text: str, encoding: str, times: int) -> None:
    data = (text * times).encode(encoding)
    assert decode(data).text == data.decode(encoding)


UNICODE = ["utf-8", "utf-8-sig", *(f"utf-{size}{end}" for size in (16, 32) for end in ("", "-le", "-be"))]


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, JAPANESE, SIMPLIFIED, KOREAN])
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_one_accent_is_enough() -> None:
    assert decode("The café".encode("latin-1")).text == "The café"


def test_a_stray_byte_does_not_spoil_utf8() -> None:
    data = ("Žluťoučký kůň — “čas”. " * 30).encode() + b"caf\xe9 " + "úpěl.".encode()
    assert decode(data).text.endswith("café úpěl.")


def test_a_cut_off_end_is_still_utf8() -> None:
    assert detect_encoding(("král " * 30).encode()[:-1] + "á".encode()[:1]) == "utf-8"


def test_line_ends_and_null_bytes_stay() -> None:
    assert decode(b"one\r\ntwo\rthree\0\n").text == "one\r\ntwo\rthree\0\n"


def test_binary_is_refused() -> None:
    data = bytes(range(256)) * 10
    assert looks_binary(data)
    with pytest.raises(DocumentError, match="not a text"):
        decode(data)


def test_an_unknown_codec_is_a_sentence() -> None:
    with pytest.raises(DocumentError, match="not known"):
        decode(b"text", "no-such-codec")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_utf8_comes_back(text: str) -> None:
    assert decode(("\ufeff" + text).encode()).text == text


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with suppress(DocumentError):
        decode(data)


def test_a_text_pasted_together_of_two_encodings_is_right() -> None:
    text = "The caf\u00e9 again. \u201cYes,\u201d said Zo\u00eb."
    data = text[:10].encode("utf-8") + text[10:].encode("cp1252")
    assert decode(data).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Zażółć gęślą jaźń, że świeci słońce nad łąką. "),
        ("cp1251", "Старик поднял лампу и вошёл в дом, никому ничего не сказав. "),
        ("gb18030", "老人举起灯笼，走进门来。"),
    ],
)
def test_another_encoding_is_not_taken_for_two(encoding: str, text: str) -> None:
    assert decode((text * 8).encode(encoding)).text == text * 8


OLD = {
    "It cost £5, or 50¢, for half an hour. ": ("cp437", "cp850", "cp1252"),
    "L'été dernier, à la fenêtre, Hélène rêvait déjà. ": ("cp437", "cp850", "cp1252", "mac_roman"),
    "Été. ": ("cp437", "cp850", "cp1252", "mac_roman"),
    "Über den Flüssen lag süßer Nebel. ": ("cp437", "cp850", "cp1252", "mac_roman"),
    "¿Qué pasó con el niño? ": ("cp437", "cp850", "cp1252", "mac_roman"),
    "Она вышла из дома и пошла к реке. ": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"),
    "Вона вийшла з дому й пішла до річки, їй хотілося спати. ": ("cp1251", "koi8_u"),
    "Żółta gęś poszła na łąkę. Wróciła późno. ": ("cp1250", "iso8859_2", "cp852"),
    "Žluťoučký kůň úpěl ďábelské ódy. ": ("cp1250", "iso8859_2", "cp852"),
    "Η θάλασσα ήταν ήσυχη και το φεγγάρι ψηλά. ": ("cp1253", "iso8859_7"),
    "הים היה שקט והירח היה גבוה. ": ("cp1255",),
    "これは海の底の話である。彼女は静かに歩いた。": ("cp932", "euc_jp"),
    "老人举起灯笼，慢慢地走进了黑暗的房间。": ("gb18030",),
    "老人舉起燈籠，慢慢地走進了黑暗的房間。": ("big5",),
    "노인은 등불을 들고 어두운 방으로 천천히 들어갔다. ": ("cp949", "johab", "iso2022_kr"),
    "Le cœur de la sœur valait 5 €, disait-il à l'été. ": ("iso8859_15", "cp1252"),
    "Senas žmogus sėdėjo prie jūros, įžūlus ąžuolas šlamėjo. ": ("cp1257", "iso8859_13", "cp775", "iso8859_4"),
    "Vecais vīrs sēdēja pie jūras, šķita, ka viņš nerunā. ": ("cp1257", "cp775"),
    "Það var maður sem átti þrjár dætur; Ólöf bjó á bæ. ": ("cp1252", "cp861", "mac_iceland"),
    "Yaşlı adam ırmağın kıyısında oturuyordu. Güneş doğdu, çocuk ağladı. ": ("cp1254", "cp857", "mac_turkish"),
    "Żółta gęś poszła na łąkę; źle, cóż. ": ("cp1250", "mac_latin2"),
    "Ĉu vi aŭdas la ĝojon? Ĵaŭde ŝi iris hejmen, eĥo. ": ("iso8859_3",),
    "Ο γέρος κάθισε δίπλα στη θάλασσα και δεν μίλησε. ": ("cp1253", "mac_greek", "cp869"),
    "ชายชรานั่งอยู่ริมทะเลและไม่พูดอะไรเป็นเวลานาน": ("cp874",),
    "كان البحر هادئا وكان القمر عاليا. ": ("cp1256", "iso8859_6", "cp720"),
    "Старац је седео крај мора; ђак је чекао, њива је цветала. ": ("cp855", "cp1251"),
    "Қария теңіз жағасында ұзақ отырды, өзен ағып жатты. ": ("kz1048", "ptcp154"),
    "Пирамард дар соҳили баҳр нишаст, ӯ ба хона рафт, ҷавонон хандиданд. ": ("koi8_t",),
    "老人坐在海边，很久没有说话。": ("hz",),
}


@pytest.mark.parametrize(("text", "encoding"), [(text, each) for text, names in OLD.items() for each in names])
def test_what_is_spelled_tells_the_old_encoding(text: str, encoding: str) -> None:
    for times in (1, 4):
        data = (text * times).encode(encoding)
        read = decode_plain(data)
        assert read.text == text * times
        assert read.notice == ""
        assert encode_plain(read)[0] == data


def test_an_encoding_that_nothing_tells_is_said() -> None:
    assert "for certain" in decode_plain("Über den Flüssen lag süßer Nebel. ".encode("hp_roman8")).notice


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_four_bytes_for_each_sign_come_back_untouched(encoding: str) -> None:
    data = "One line \U0001f319.\r\nAnother.\r\n".encode(encoding)
    read = decode_plain(data)
    assert (read.text, read.notice) == ("One line \U0001f319.\nAnother.\n", "")
    assert encode_plain(read)[0] == data


def test_a_table_of_numbers_is_no_text() -> None:
    data = b"".join(number.to_bytes(4, "little") for number in range(1, 400))
    with pytest.raises(DocumentError):
        decode(data)
