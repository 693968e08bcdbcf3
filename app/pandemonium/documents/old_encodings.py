"""Finds out which old encoding a text is in by what its bytes would spell in each."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

# Letters beyond ASCII by language, of the languages that an encoding serves, and the marks that all of them use.
_WESTERN = (
    "àâæçéèêëîïôœùûüÿñ",
    "äöüßéàèê",
    "áéíóúàèëïöüâêîôûäç",
    "áéíñóúüºªç",
    "àèéìòùîóú",
    "áâãàçéêíóôõúüºª",
    "æøåéèêóôòüö",
    "åäöéüàæø",
    "áðéíóúýþæö",
    "ñáéíóúëöïäü",
    "éèçëïöêûôâîàñæœü",
    "àèéíïòóúüç",
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž")
_TURKISH = ("çğıöşüâîûi̇",)
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_CYRILLIC = (_RUSSIAN, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдђежзијклљмнњопрстћуфхцчџш")
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
_HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)
# The encodings of each group, the commonest first; those from cp437 to cp866 are of DOS.
_GROUPS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("cp1252", "iso8859_15", "mac_roman", "cp850", "cp437"), _WESTERN),
    (("cp1250", "iso8859_2", "cp852"), _CENTRAL),
    (("cp1254",), _TURKISH),
    (("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic"), _CYRILLIC),
    (("cp1253", "iso8859_7", "cp737"), _GREEK),
    (("cp1255", "cp862"), _HEBREW),
)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")
_ICELANDIC = ("áðéíóúýþæö",)
_THAI = ("".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5C)))),)
_ARABIC = ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؛؟ـًٌٍَُِّْ",)
_KAZAKH = (_RUSSIAN + "әғқңөұүһі",)
_TAJIK = (_RUSSIAN + "ғӣқӯҳҷ",)
_VIETNAMESE = ("ăâđêôơưàáãèéìíòóõùúý\u0300\u0301\u0303\u0309\u0323",)
# What is asked where none of these fits, all at once: encodings of fewer languages, and of other systems.
_RARE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("cp1257", "iso8859_13", "cp775", "iso8859_4"), _BALTIC),
    (("cp861", "mac_iceland", "iso8859_10"), _ICELANDIC),
    (("mac_latin2", "mac_croatian", "iso8859_16"), _CENTRAL),
    (("cp857", "mac_turkish"), _TURKISH),
    (("iso8859_3",), ("ĉĝĥĵŝŭ",)),
    (("iso8859_14",), ("âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ",)),
    (("cp1258",), _VIETNAMESE),
    (("mac_greek", "cp869"), _GREEK),
    (("cp874",), _THAI),
    (("cp1256", "iso8859_6", "cp720", "mac_arabic"), _ARABIC),
    (("cp855",), _CYRILLIC),
    (("kz1048", "ptcp154"), _KAZAKH),
    (("koi8_t",), _TAJIK),
)
_LEAST_LETTERS = 3  # different ones beyond ASCII, for a rare encoding to be told
# The letters that are half of every text, of alphabets that share their bytes with others.
_COMMON = {_CYRILLIC: "оеаинтсрвлі", _GREEK: "αοιετσνηυρς", _HEBREW: "יוהלאתרמבשנ"}
_COMMON |= {_THAI: "านรกอเงวยมลทสตดบแไ่้ัิี", _ARABIC: "اليمونرتبهدسعف"}
_COMMON |= {_KAZAKH: "аеынтріқлдсмбкуоғ", _TAJIK: "аиоронтдекмбвлсу"}
_MARKS = frozenset("\u20ac‚„…‘’“”–—«»‹›•£¢¥§©®°½¼¾¿¡´¨·\u2122\u00a0\u00ad†‡×")
_LETTER = r"[^\W\d_]"
_MISPLACED = re.compile(
    rf"[a-zà-ÿ](?:[À-ÞŸŽŠŒ]|[‚„…“”«»€£§©®°½¿¡†‡](?=[a-zà-ÿ]))|[£¢¥½¼¾©®§°](?=[a-zà-ÿ])|\d[^\W\d_a-zA-ZºªªßА-я]|"
    rf"(?:^|[\s(])[^\W\d_a-zA-ZА-я](?=[\d\s]*\d)|(?<={_LETTER})[‹›€•](?={_LETTER})"
)
_MIXED = re.compile(r"[a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]")
_THREE_LETTERS = re.compile("[À-ÿŒœ]{3}")
# Where letters cannot stand: sigma's two forms, Hebrew ends, Thai vowels and tones without the letter that bears them,
# Arabic ends.
_IMPOSSIBLE: dict[tuple[str, ...], re.Pattern[str]] = {
    _GREEK: re.compile("ς(?=[α-ώ])|σ(?![α-ώΐΰ])"),
    _THAI: re.compile("[เ-ไ](?![ก-ฮ])|(?<![ก-ฮั-ฺ็-๎])[ัิ-ฺ็-๎]"),
    _HEBREW: re.compile("[ךםןףץ](?=[א-ת])"),
    _ARABIC: re.compile("[ةى](?=[ء-ي])|(?<![ء-ي])[ةىئؤ]"),
}
_NASALS = re.compile(rb"[\x84\x8e][oOeE]|[\x94\x99][eE]|[\x84\x8e\x94\x99]")
_HIGH = bytes(range(128, 256))
_KANA = frozenset(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30FD))))
_HANGUL = frozenset(
    "이다는을에의가고를은도하지한로사리기나어자아그들서시만라인해대으니있게일것수거정여부전제내보었러면스과와원동"
    "구장신주마무소우세오상조성공연방모말야없았던까바음안위치화때생간노"
)
_HANZI = frozenset(
    "的一是不了人我在有他這这個个们們来來到時时大地為为子中你說说生國国年著着就那和要她出也得里後后自以會会家可"
    "下而過过天去能對对小多然於于心學学么麼之都好看起發发當当没沒成只如事把還还用第樣样道想作種种開开美總总從从"
    "無无情己面最女但現现前些所同日手又行意動动方期它頭头經经長长兒儿回位分愛爱老因很給给名法間间斯知世什兩两次"
    "使身者被高已親亲其進进此話话常與与活正感見见明問问力理爾尔點点文幾几定本公特做外孩相西果走將将月十實实向聲声"
    "車车全信重三機机工物氣气每並并別别真打太新比才便夫再書书部水像眼等體体卻却加電电主界門门利海受聽听表德少克代"
    "員员許许先口由死安寫写性馬马光白或住難难望教命花結结樂乐色舉举燈灯慢房間间黑暗進进，。「」、：；！？“”"
)
_EASTERN = {
    "cp932": _KANA,
    "euc_jp": _KANA,
    "gb18030": _HANZI,
    "big5": _HANZI,
    "big5hkscs": _HANZI,
    "cp949": _HANGUL,
    "johab": _HANGUL,
}
_FURTHER = ["cp1253", "cp1255", "cp1256", "cp1257", "cp1251", "cp1250", "cp1252", "mac_roman", "cp1254", "iso2022_jp"]


@lru_cache(maxsize=8)
def old_encoding(sample: bytes) -> tuple[str, bool]:
    """The encoding of a text's lines with high bytes, and whether it is certain.

    Args:
        sample: the lines; the last may end within a character.
    """
    if eastern := _eastern(sample):
        return eastern, True
    for encodings, alphabets in _GROUPS:
        if alphabets is _WESTERN and _is_portuguese(sample):
            encodings = ("cp860", *encodings)
        wrong = {name: _wrong(sample, name, alphabets) for name in encodings}
        best = min(encodings, key=lambda name: wrong[name])
        if wrong[best] <= 0.03:
            return _unless_hebrew(best, sample), True
    rare = ""
    least = 1.0
    for encodings, alphabets in _RARE:
        for name in encodings:
            if (share := _wrong(sample, name, alphabets)) < least:
                rare = name
                least = share
    if least > 0.03:
        return _further(sample), False
    letters = {each for each in sample.decode(rare, "replace").lower() if each >= "\x80" and each.isalpha()}
    return (rare, True) if len(letters) >= _LEAST_LETTERS else (_further(sample), False)


def _unless_hebrew(encoding: str, sample: bytes) -> str:
    """Hebrew's encoding for what would be Russian in capitals alone, if it spells Hebrew."""
    is_shouted = encoding.startswith("koi8") and not any(map(str.islower, sample.decode(encoding, "replace")))
    return "cp1255" if is_shouted and _wrong(sample, "cp1255", _HEBREW) <= 0.03 else encoding


def _is_portuguese(sample: bytes) -> bool:
    """Tells whether a text is Portuguese as DOS wrote it, where other encodings of DOS have letters of other languages.

    Nearly every "ã" and "õ" is one of "ão", "ães" and "ões", which as "äo", "äe" and "öe" no language has.
    """
    nasals = _NASALS.findall(sample)
    return len(nasals) > 1 and sum(1 for each in nasals if len(each) > 1) * 2 >= len(nasals)


def is_western(sample: bytes, encoding: str) -> bool:
    """Tells whether one Western alphabet spells (nearly) every high byte of `sample`, each in a fitting place."""
    return _wrong(sample, encoding, _WESTERN) <= 0.03


def _wrong(sample: bytes, encoding: str, alphabets: tuple[str, ...]) -> float:
    """The share of high characters that no one language of `alphabets` has, or has not in such a place."""
    text = sample.decode(encoding, "replace")
    high = Counter(character for character in text.lower() if character >= "\x80")
    total = high.total()
    if not total:
        return 1.0
    common = _COMMON.get(alphabets)
    many = 0.35 if len(sample) > 60 and alphabets is _WESTERN else 0.5
    if common is None and len(sample) - len(sample.translate(None, _HIGH)) > len(sample) * many:
        return 1.0
    letters = {character: count for character, count in high.items() if character.isalpha()}
    spelled = frozenset("".join(alphabets))
    wrong = sum(
        count for mark, count in high.items() if mark not in letters and mark not in _MARKS and mark not in spelled
    )
    if impossible := _IMPOSSIBLE.get(alphabets):
        wrong += len(impossible.findall(text))
    wrong += len(_MISPLACED.findall(text))
    if alphabets is _WESTERN:
        wrong += len(_THREE_LETTERS.findall(text))
    else:
        wrong += sum(1 for one, two in pairwise(text) if one.islower() and two.isupper())
    wrong += min(sum(count for letter, count in letters.items() if letter not in each) for each in alphabets)
    if common is not None:
        wrong += len(_MIXED.findall(text))
        known = sum(count for letter, count in letters.items() if letter in common)
        wrong += total if known < 0.5 * sum(letters.values()) else 0
    return wrong / total


def _eastern(sample: bytes) -> str:
    """The East Asian encoding in which a text has the signs that every text of its language has; "" if none."""
    best = ""
    most = 0.2
    for name, common in _EASTERN.items():
        text = sample.decode(name, "replace")
        wide = [sign for sign in text if sign >= "\x80"]
        broken = text.count("\ufffd")
        halves = sum(1 for sign in wide if "\uff61" <= sign <= "\uff9f" or "\ue000" <= sign <= "\uf8ff")
        if not wide or broken * 50 > len(wide) + 50:
            continue
        share = (sum(1 for sign in wide if sign in common) - halves - 2 * broken) / len(wide)
        if share > most:
            best = name
            most = share
    return best


def _further(sample: bytes) -> str:
    # Imported when needed: most files are UTF-8.
    from charset_normalizer import from_bytes

    # The sample's end may lie within a character.
    cuts = (sample[: len(sample) - cut] for cut in range(4))
    best = next((found for each in cuts if (found := from_bytes(each, cp_isolation=_FURTHER).best())), None)
    return str(best.encoding) if best is not None else "cp1252"
