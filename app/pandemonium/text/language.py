"""Tells which language a text is written in: by its script where one language owns it, else by its letters' habits."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from typing import Any

from pandemonium.errors import PandemoniumError

UNKNOWN = "und"

_NAMES = dict(
    pair.split("=")
    for pair in (
        "af=Afrikaans am=Amharic ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali br=Breton "
        "bs=Bosnian ca=Catalan "
        "cs=Czech cy=Welsh da=Danish de=German el=Greek en=English eo=Esperanto es=Spanish et=Estonian eu=Basque "
        "fa=Persian fi=Finnish "
        "fo=Faroese fr=French fy=Frisian ga=Irish gd=Gaelic gl=Galician gu=Gujarati he=Hebrew hi=Hindi "
        "hr=Croatian hu=Hungarian "
        "hy=Armenian id=Indonesian is=Icelandic it=Italian ja=Japanese jv=Javanese ka=Georgian kk=Kazakh "
        "km=Khmer kn=Kannada ko=Korean "
        "ku=Kurdish ky=Kyrgyz la=Latin lb=Luxembourgish lo=Lao lt=Lithuanian lv=Latvian mk=Macedonian "
        "ml=Malayalam mn=Mongolian "
        "mr=Marathi ms=Malay mt=Maltese my=Burmese ne=Nepali nl=Dutch no=Norwegian oc=Occitan pa=Punjabi "
        "pl=Polish ps=Pashto "
        "pt=Portuguese ro=Romanian ru=Russian sa=Sanskrit si=Sinhala sk=Slovak sl=Slovenian so=Somali "
        "sq=Albanian sr=Serbian sv=Swedish "
        "sw=Swahili ta=Tamil te=Telugu tg=Tajik th=Thai tl=Tagalog tr=Turkish uk=Ukrainian ur=Urdu uz=Uzbek "
        "vi=Vietnamese xh=Xhosa "
        "yi=Yiddish yo=Yoruba zh=Chinese zu=Zulu"
    ).split()
)
# Close kin that the model tells apart and a writer's folder does not.
_KIN = {
    "nn": "no",
    "nb": "no",
    "yue": "zh",
    "wuu": "zh",
    "arz": "ar",
    "ary": "ar",
    "uzs": "uz",
    "sdh": "ku",
    "grc": "el",
    "hbo": "he",
}
# Scripts that one language owns, by the first word of their characters' Unicode names.
_OWNED = dict(
    pair.split("=")
    for pair in (
        "HIRAGANA=ja KATAKANA=ja HANGUL=ko THAI=th GREEK=el ARMENIAN=hy GEORGIAN=ka TAMIL=ta TELUGU=te KANNADA=kn "
        "MALAYALAM=ml GUJARATI=gu GURMUKHI=pa SINHALA=si LAO=lo KHMER=km MYANMAR=my ETHIOPIC=am"
    ).split()
)
_HAN = "CJK"
_EXCERPTS = 8
_EXCERPT = 1_000
_LETTERS_NEEDED = 12
_SURE = 0.45


def language_name(code: str) -> str:
    """The English name of a language, for a sentence; "an unknown language" if it has none here."""
    return _NAMES.get(code, "an unknown language")


def language_codes() -> frozenset[str]:
    """The ISO 639-1 codes that a text may be found to be in."""
    return frozenset(_NAMES)


class LanguageIdentifier:
    """Names languages. It reads its model (half a second, about 60 MB) on a thread of its own, once it is made."""

    def __init__(self) -> None:
        self._model: Any = None
        self._failure: Exception | None = None
        self._reading = threading.Thread(target=self._read_model, name="language model", daemon=True)
        self._reading.start()

    def identify(self, text: str) -> str:
        """The ISO 639-1 code of the language that most of `text` is in, or UNKNOWN if it is too little to tell.

        Excerpts from all over the text are read, so a long text costs no more than a short one.

        Raises:
            PandemoniumError: the model cannot be read; it is unpacked into the folder for temporary files.
        """
        sample = _sampled(text)
        scripts = _scripts(sample)
        if scripts.total() < _LETTERS_NEEDED:
            return UNKNOWN
        script, count = scripts.most_common(1)[0]
        east_asian = scripts[_HAN] + scripts["HIRAGANA"] + scripts["KATAKANA"] + scripts["HANGUL"]
        if east_asian * 2 > scripts.total():
            return _east_asian(scripts, east_asian)
        if script in _OWNED and count * 2 > scripts.total():
            return _OWNED[script]
        return self._by_habits(sample)

    def _by_habits(self, sample: str) -> str:
        self._reading.join()
        if isinstance(self._failure, OSError):
            raise PandemoniumError(
                f"Languages cannot be told apart: {self._failure.strerror or self._failure}.",
                "Make room on the disk, and try again.",
            ) from self._failure
        if self._failure is not None:
            raise self._failure
        # Shouted headings have other habits than prose.
        code, share = self._model.classify(sample.lower() if sample.isupper() else sample)
        code = _KIN.get(str(code), str(code))
        return code if code in _NAMES and share >= _SURE else UNKNOWN

    def _read_model(self) -> None:
        try:
            self._model = _load_model()
        except (ImportError, OSError, ValueError) as error:
            self._failure = error


def _load_model() -> Any:
    # Imported when needed: it brings numpy and a large table.
    from py3langid.langid import MODEL_FILE
    from py3langid.langid import LanguageIdentifier as Model

    model = Model.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([code for code in model.labels if _KIN.get(code, code) in _NAMES])
    return model


def _sampled(text: str) -> str:
    if len(text) <= _EXCERPTS * _EXCERPT:
        return text
    step = (len(text) - _EXCERPT) // (_EXCERPTS - 1)
    return "\n".join(text[start : start + _EXCERPT] for start in range(0, step * _EXCERPTS, step))


def _scripts(sample: str) -> Counter[str]:
    """How many letters of each script there are."""
    letters = Counter(character for character in sample if character.isalpha())
    scripts: Counter[str] = Counter()
    for character, count in letters.items():
        scripts[unicodedata.name(character, "?").split(" ", 1)[0].split("-", 1)[0]] += count
    return scripts


def _east_asian(scripts: Counter[str], total: int) -> str:
    if scripts["HANGUL"] * 3 > total:
        return "ko"
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    return "ja" if kana * 20 > total else "zh"
