"""Other wordings of an English sentence by rule: a part moved to its other end, joined otherwise, a word for another.

A voice of this size says little otherwise without saying something else. What is made here leaves what is said as it is
and a sound sentence sound, as far as words alone can tell; which of it reads best in its place is the voice's to judge
(`rewriting`). Of another language nothing is found, since none of the words are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pandemonium.text.first_names import told_by
from pandemonium.text.function_words import AUXILIARIES, PREPOSITIONS
from pandemonium.writing.rewriting.grammar import (
    NOUN,
    PART,
    PRONOUN,
    SMALL_WORDS,
    SUBJECTS,
    lowered,
    may_be_past,
    may_stand_within,
    raised,
    with_article,
)
from pandemonium.writing.rewriting.reordering import is_between, owner_turned, pair_turned, particle_moved, reordered
from pandemonium.writing.rewriting.words_alike import INSTEAD

_MOST = 24
_MOST_SAYING = 5  # words of who says something
_MOST_TOGETHER = 3  # other words in one wording
_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)]*$")
_JOINS = "when|while|after|before|until|because|although|though|as soon as|whenever"
_BEGINS_CLAUSE = rf"(?:{PRONOUN}|nobody|no one|somebody|someone|everybody|everyone|there)"
_TIMES = (
    "morning|mornings|evening|evenings|night|nights|noon|midnight|day|days|week|weeks|month|months|year|years|hour|hours|"
    "minutes|spring|summer|autumn|winter|dawn|dusk|january|february|march|april|may|june|july|august|september|october|"
    "november|december|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|afternoons?|time|while"
)
# A clause behind it may be what is asked or known, and no time.
_OF_TELLING = re.compile(
    r"\b(?:ask|tell|told|know|knew|known|wonder|remember|forget|forgot|see|saw|say|said|think|thought|that|who|which|what|if|"
    r"than|whether)\w*\b"
)
# A time may be that of what is told, where that is a clause.
_OF_TELLING_MORE = re.compile(
    r"\b(?:that|who|which|what|if|than|whether)\b|"
    r"\b(?:ask|tell|told|know|knew|known|wonder|remember|forget|forgot|see|saw|say|said|think|thought)\w* "
    r"(?:(?:he|i|it|she|there|they|we|you)\b|\w+ \w+ \w)"
)
# ", when" often tells what came, and not at what time: "They were talking, when he knocked".
_MOVED_END = re.compile(rf"^(?P<main>{PART}?)(?:,(?! when ))? (?P<sub>(?:{_JOINS}) {PART})$", re.IGNORECASE)
_MOVED_START = re.compile(
    rf"^(?P<sub>(?:{_JOINS}) {PART}), (?P<main>(?!(?:and|but|or|yet|so|as|than|{_JOINS}) ){PART})$", re.IGNORECASE
)
_LATER = (
    rf"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|a few) (?:{_TIMES}) "
    "(?:ago|afterwards|later)"
)
_TIME_END = re.compile(
    rf"^(?P<main>{PART}) (?P<sub>(?:in|on|at|during|for|all|every|that|this) (?:[^,;:\"\u2014()]* )?(?:{_TIMES})"
    rf"(?: (?:of|past|to|after|before) [\w' ]+)?|{_LATER}|"
    r"since (?:the|that|his|her|my|our|their) [a-z]+|since (?:childhood|dawn|midnight|morning|noon|then|yesterday))$",
    re.IGNORECASE,
)
_TIME_START = re.compile(
    rf"^(?P<sub>(?:(?:in|on|at|during|for|every|that|this) (?:[\w']+ ){{0,3}}(?:{_TIMES})|{_LATER}|"
    r"tonight|today|yesterday)),? "
    rf"(?P<main>(?:{_BEGINS_CLAUSE}|{NOUN}) {PART})$",
    re.IGNORECASE,
)
# What stands behind such a word tells which it is: "It was an evil hour when she came", "early in May".
_TELLS_WHICH = re.compile(
    rf"\b(?:{_TIMES}|moment|instant|occasion|case|age|period|early|late|later|long|soon|shortly|once|only|just|even)$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    rf"^(?P<main>{PART}), (?P<sub>(?!nothing|something|anything|everything|according)[a-z]+ing {PART})$"
)
# What somebody does first, or leaves, and how she looks or sounds: "Being his friend, he had gone there".
_FRONTED = re.compile(
    rf"^(?P<sub>(?P<without>Without )?(?!Nothing|Something|Anything|Everything|According)[A-Za-z][a-z]+ing {PART}), "
    rf"(?P<main>(?:he|she|they|we|I) (?![^,]*ing\b){PART})$"
)
_MANNER = re.compile(
    rf"^(?P<main>(?:He|She|They|We|I) {PART}) (?P<sub>with an? (?:[a-z]+ ){{0,2}}"
    r"(?:bow|cry|frown|gesture|glance|groan|laugh|look|nod|shrug|shudder|sigh|smile|sneer|start)(?: of [a-z]+)?)$"
)
_MOST_BEFORE = 12  # words before what is put behind them
_PARTS = re.compile(r"[\w'\u2019-]+|[^\w\s]")
_ADVERB = re.compile(
    r"(?P<before>\w+) (?P<verb>(?!(?:appeared|looked|remained|seemed|smelled) )[a-z]+ed) (?P<adverb>[a-z]{2,}ly)\b"
    r"(?! [a-z]+ed\b|, and\b)"
)
_ADVERB_LAST = re.compile(
    r"(?<=[a-z] )(?P<all>(?P<verb>[a-z]+) "
    r"(?P<object>him|her|it|them|me|us|(?:the|his|her|its|my|their) (?:[a-z]+ )?[a-z]+) "
    r"(?P<adverb>[a-z]{2,}ly))(?=[.,;!?]| and\b| (?:in|from|into|to|with|upon|on) |$)"
)
_ADVERB_FIRST = re.compile(
    r"(?<=[a-z] )(?<!\bso )(?<!\bas )(?<!\bvery )(?<!\bthe )(?<!\ba )(?<!\bmore )(?<!\band )"
    r"(?P<all>(?P<adverb>[a-z]{2,}ly) "
    r"(?P<verb>(?:[a-z]{2,}ed|crept|gone|went|sat|stood|rose|said|spoke|spoken|wept|fell)))"
    r"(?=[.,;!?]|$)"
)
_CLAUSES = re.compile(
    rf"^(?P<first>[^;:\"]{{12,}}?), (?P<join>and|but) (?P<second>(?:yet |then )?(?:{_BEGINS_CLAUSE}) "
    r"[^;:\"]{8,})$",
    re.IGNORECASE,
)
_CLAUSES_OF_NOUNS = re.compile(
    rf"^(?!.*\b(?:between|both) .*, and )(?P<first>[^,;:\"]{{12,}}?), (?P<join>and|but) "
    rf"(?P<second>(?!th(?:at|is|ese|ose) )(?:{NOUN}|several|some|many|two|three|four|all the|every|each) "
    r"[^,;:\"]{12,})$",
    re.IGNORECASE,
)
# "It was done; it was finished." Each of the two stands for itself; behind "had" the second may be the reason.
_PARTED = re.compile(
    rf"^(?P<first>(?:{_BEGINS_CLAUSE}|{NOUN}) [^;:\"()\u2014]{{4,}}); "
    rf"(?P<second>(?!an? )(?:{_BEGINS_CLAUSE}|{NOUN}) [^;:\"()\u2014]{{4,}})$",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:had|would|could|should|must|might)\b|\w'd\b")
# Two things that one person did: "She opened her hand, and showed him a lock of hair".
_DEEDS = re.compile(
    r"^(?P<who>He|She|I|We|They|[A-Z][a-z]+) (?P<first>(?P<deed>[a-z]+) [^,;:\"\u2014A-Z]{6,}), and "
    r"(?P<second>(?:then )?(?P<other>[a-z]+) [^;:\"]{6,})$"
)
_SAID = re.compile(r"^(?P<words>\"[^\"]+[,?!]\") said (?P<who>(?!(?:he|she|they|it|I|we|you)\b)[^,;:.\"]+)\.$")
# Who says something, by name or as the one that she is, and what stands behind it.
_SPEAKER = rf"(?P<who>(?!I\b){NOUN} [a-z]+(?: [a-z]+)?|(?!I\b)[A-Z][\w.'-]*(?: [A-Z][\w'-]*){{0,2}})"
_SAYS = r"(?P<verb>said|answered|replied|cried|asked|whispered|murmured|repeated|remarked|exclaimed)"
_SAYING = r"(?P<words>\"[^\"]+[,?!\u2014]\")"
_BEHIND_SAYING = r"(?P<rest>(?: (?!only |family )[a-z]+ly| in an? [a-z]+ [a-z]+| with an? [a-z]+)?(?:, .+|\.))"
_SAID_BY = re.compile(rf"^{_SAYING} {_SAYS} {_SPEAKER}{_BEHIND_SAYING}$")
_WHO_SAID = re.compile(rf"^{_SAYING} {_SPEAKER} {_SAYS}{_BEHIND_SAYING}$")
_SAYING_TIME = re.compile(
    rf"^(?P<who>[^,;:\"]+?) (?P<time>(?:in|on|at|that) (?:[\w']+ ){{0,2}}(?:{_TIMES}))$", re.IGNORECASE
)
_BEGINS = rf"(?:{_BEGINS_CLAUSE}|{NOUN}|nothing|something|no)"
_SO_THAT = r"\b(?:that|if|what|where) (?:\w+ ){1,3}could\b"
_THINK = r"(think|thought|know|knew|believed?|hoped?|supposed?|convinced|certain|sure|afraid)"
_KEPT_IN = "(?:bag|belt|breast|coat|desk|drawer|pocket|purse|sleeve)"
_GROWING = (
    "(?:cold|colder|dark|darker|fainter|larger|louder|narrower|pale|paler|quiet|quieter|restless|smaller|stronger|tired|"
    "weaker)"
)
# Words for which others stand nearly everywhere, each with what takes its place; of some, in what sentence they stay.
_INSTEAD: tuple[tuple[str, ...], ...] = (
    (rf"^but(?= {_BEGINS}\b)", "yet"),
    (rf"^yet(?= {_BEGINS}\b)", "but"),
    (r"nobody", "no one"),
    (r"no one", "nobody"),
    (r"everybody", "everyone"),
    (r"everyone", "everybody"),
    (r"somebody", "someone"),
    (r"someone", "somebody"),
    (r"anybody", "anyone"),
    (r"anyone", "anybody"),
    (r"began to", "started to"),
    (r"started to", "began to"),
    (r"could see", "saw", _SO_THAT),
    (r"could hear", "heard", _SO_THAT),
    (r"could feel", "felt", _SO_THAT),
    (r"did not like", "disliked"),
    (r"(am|are|is|was|were) not(?= (?:afraid|certain|happy|sorry|sure|surprised|tired)\b)", r"\1 not at all"),
    (r"was afraid of", "feared"),
    (r"were afraid of", "feared"),
    (r"had always been afraid of", "had always feared"),
    (r"did not (?:seem|appear) to", "hardly seemed to"),
    (r"seemed(?= to )", "appeared"),
    (r"appeared(?= to )", "seemed"),
    (r"as though", "as if"),
    (r"as if", "as though"),
    (r"(?<!once )upon", "on"),
    (r"towards", "toward"),
    (r"toward", "towards"),
    (r"till", "until"),
    (r"almost", "nearly"),
    (r"nearly", "almost"),
    (r"perhaps", "maybe"),
    (r"(?<!all )at once(?! \w+ and\b)", "immediately"),
    (r"immediately(?! (?:above|after|before|behind|below|beneath))", "at once"),
    (r"from time to time", "now and then"),
    (r"now and then", "from time to time"),
    (r"for a long time", "for a long while"),
    (r"for a long while", "for a long time"),
    (r"once more", "again"),
    (
        r"(?<!and )(?<!ever )(?<!once )(?<!over )(?<!then )again(?=[.,!?]|$)",
        "once more",
        r"\b(?:never|no|nor|not)\b|n't\b",
    ),
    (r"without a word(?! of\b)", "in silence"),
    (r"nothing but", "only"),
    (r"a quarter of an hour", "fifteen minutes"),
    (r"(?<=\w )perfectly well", "very well"),
    (r"(?<=\w )very well", "perfectly well"),
    (r"very small", "tiny"),
    (r"very large", "huge"),
    (r"very old", "ancient"),
    (r"very tired", "exhausted"),
    (r"quite still", "perfectly still"),
    (r"suddenly(?= \w)", "all at once"),
    (r"quickly", "rapidly"),
    (r"(?<!fell )(?<!grew )silent", "quiet"),
    (r"grew silent", "fell silent"),
    (r"fell silent", "grew silent"),
    (r"shouting", "crying out"),
    (r"answered(?=[.,!?;]|$)", "replied", r"\b(?:am|are|be|been|being|is|was|were)\b[^,;]*\banswered\b"),
    (r"replied(?! to)", "answered"),
    (r"closed(?= the (?:door|window|gate|book|lid)\b)", "shut"),
    (r"shut(?= the (?:door|window|gate|book|lid)\b)", "closed"),
    (r"(?<!first )smiled at (me|him|her|us|them|you)(?=[.,!?;]|$| and )", r"gave \1 a smile"),
    (r"(?<!first )looked at (me|him|her|us|them|you)(?=[.,!?;]|$| and )", r"gave \1 a look"),
    (r"looked(?= (?:tired|pale|old|ill|happy|sad|angry|frightened)\b)", "seemed"),
    (r"went up(?= the stairs)", "climbed"),
    (r"(was|were) closed", r"\1 shut"),
    (r"(was|were) shut", r"\1 closed"),
    (r"frightened", "scared"),
    (r"(?<!and )(?<!at )large", "big"),
    (r"huge", "enormous"),
    (r"in order to", "to"),
    (r"because(?! of)", "since"),
    (r"although", "though"),
    (r"(?<=, )though(?= \w)", "although"),
    (r"(?<!as a )(?<!on the )whole(?! of\b)", "entire"),
    (r"beside(?! (?:\w+sel(?:f|ves)|the (?:mark|point)))", "next to"),
    (r"in the mean ?(?:time|while)", "meanwhile"),
    (r"in spite of", "despite"),
    (r"despite", "in spite of"),
    (r"each other", "one another"),
    (r"one another", "each other"),
    (r"for instance", "for example"),
    (r"for example", "for instance"),
    (r"the next (day|morning|evening|night|week|year)", r"the following \1"),
    (r"the following (day|morning|evening|night|week|year)", r"the next \1"),
    (r"(?<!almost )(?<!nearly )(?<!not )every (day|night|morning|evening|week|year)", r"each \1"),
    (r"(?:was|were) unable to", "could not"),
    (r"ought to", "should"),
    (r"wished to", "wanted to"),
    (r"(I|we|they|you) wish to", r"\1 want to"),
    (r"endeavou?red to", "tried to"),
    (r"tried to", "attempted to"),
    (r"remained(?= (?:silent|quiet|calm|alone|motionless)\b)", "stayed"),
    (r"stayed(?= (?:silent|quiet|calm|alone|motionless)\b)", "remained"),
    (r"frequently", "often"),
    (r"(?<!how )(?<!so )(?<!too )(?<!very )(?<!more )(?<!as )often", "frequently"),
    (r"seldom", "rarely"),
    (r"rarely", "seldom"),
    (r"completely", "entirely"),
    (r"entirely", "wholly"),
    (r"whilst", "while"),
    (r"amongst", "among"),
    (r"astonished", "amazed"),
    (r"astonishment", "amazement"),
    (r"finally", "at last"),
    (r"on account of", "because of"),
    (r"(?<=, )owing to", "because of"),
    (r"so as to", "in order to"),
    (r"sure(?= (?:that|of|I|he|she|it|they|we|you)\b)", "certain"),
    (r"certain(?= (?:that|I|he|she|they|we|you)\b)", "sure"),
    (r"(am|are|is|was|were) glad", r"\1 pleased"),
    (r"by degrees", "gradually"),
    (r"gradually", "little by little"),
    (r"instantly", "at once"),
    (r"probably", "most likely"),
    (r"kept(?= (?!nothing|something|anything|everything)[a-z]{2,}ing\b)", "went on"),
    (r"went on(?= (?!nothing|something|anything|everything)[a-z]{2,}ing\b)", "kept"),
    (r"stood up(?! (?:against|for|to))", "rose"),
    (r"rose to (?:his|her|my|our|their) feet", "stood up"),
    (r"went out of the room", "left the room"),
    (r"left the room", "went out of the room"),
    (r"(?<!\w )you may be(?= (?:right|wrong|mistaken)\b)", "perhaps you are"),
    (r"(?<!\w )they may be(?= (?:right|wrong|mistaken)\b)", "perhaps they are"),
    (r"(?<!\w )he may be(?= (?:right|wrong|mistaken)\b)", "perhaps he is"),
    (r"(?<!\w )she may be(?= (?:right|wrong|mistaken)\b)", "perhaps she is"),
    # "That" may stand before what is thought, and may be left out.
    (rf"{_THINK}(?= (?:he|she|they|we|I) [a-z])", r"\1 that", r"\?"),
    (rf"{_THINK} that(?= (?:he|she|they|we|I|you|it) [a-z])", r"\1"),
    (r"the (first|last|only) time(?= (?:I|he|she|we|they|you) )", r"the \1 time that"),
    (r"the (first|last|only) time that(?= (?:I|he|she|we|they|you) )", r"the \1 time"),
    (r"(wondered|wondering|asked|asking|doubted)( me| him| her| us| them)? whether(?! or\b)", r"\1\2 if", r"\bor\b"),
    (r"(wondered|wondering) if", r"\1 whether"),
    (
        r"(?<!as if )(?<!as though )(I|he|she|it) could not(?= (?!but\b|possibly\b|have\b|be\b|help\b)[a-z])",
        r"\1 was unable to",
        r"\bif\b|\bwould\b|\bwish|\?",
    ),
    (
        r"(we|they) could not(?= (?!but\b|possibly\b|have\b|be\b|help\b)[a-z])",
        r"\1 were unable to",
        r"\bif\b|\bwould\b|\bwish|\?",
    ),
    (r"(am|are|is|was|were) not a(?= [a-z]+ (?:man|woman|person|place|house|child|boy|girl)\b)", r"\1 by no means a"),
    (r"(am|are|is|was|were) not a(?= [a-z]+ (?:man|woman|person|place|house|child|boy|girl)\b)", r"\1 no"),
    (r"remember(?= (?:his|her|my|your|our|their|its) )", "recall"),
    (rf"(took (?:\w+ ){{1,4}})from(?= (?:his|her|my|their) {_KEPT_IN}\b)", r"\1out of"),
    (rf"(took (?:\w+ ){{1,4}})out of(?= (?:his|her|my|their) {_KEPT_IN}\b)", r"\1from"),
    (r"beneath(?= (?:the|a|his|her|my|our|their|its) )", "under"),
    (
        r"under(?= (?:the|a|his|her|my|our|their|its) (?:arch|bed|bench|bridge|chair|desk|earth|eaves|floor|hill|"
        r"pillow|roof|stairs?|stones?|table|trees?|wall|water|window)\b)",
        "beneath",
    ),
    (r"(heard|hear) a sound(?! of\b)", r"\1 a noise"),
    (r"(heard|hear) a noise", r"\1 a sound"),
    (r"within sight of", "in sight of"),
    (r"in sight of", "within sight of"),
    (rf"grew(?= {_GROWING}\b)", "became"),
    (rf"became(?= {_GROWING}\b)", "grew"),
    (r"dragged(?= (?:the|a|his|her|my|our|their) (?:boat|body|box|chest|log|sack|trunk)\b)", "hauled"),
    (
        r"(?<!above )(?<!after )(?<!almost )(?<!at )(?<!in )(?<!nearly )(?<!not )(?<!of )"
        r"all(?= (?:afternoon|day|evening|morning|night|summer|winter)\b(?! long\b))",
        "the whole",
    ),
    (r"covered with(?= (?:ashes|blood|dust|ice|ivy|leaves|moss|mud|snow)\b)", "covered in"),
    (r"covered in(?= (?:ashes|blood|dust|ice|ivy|leaves|moss|mud|snow)\b)", "covered with"),
    (r"it was raining", "rain was falling"),
    (r"there was no wind", "no wind was blowing"),
)
_NOWHERE = r"(?!)"
_HELPS = r"([Dd]o|[Dd]oes|[Dd]id|[Ii]s|[Aa]re|[Ww]as|[Ww]ere|[Hh]as|[Hh]ave|[Hh]ad|[Cc]ould|[Ww]ould|[Ss]hould|[Mm]ust)"


def _compiled(rules: Iterable[tuple[str, ...]]) -> tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(rf"(?<![\w'-]){old}(?![\w'-])", re.IGNORECASE),
            new,
            re.compile(unless[0] if unless else _NOWHERE, re.IGNORECASE),
        )
        for old, new, *unless in rules
    )


_RULES = _compiled(_INSTEAD)
_RULES_IN_PART = _compiled((*INSTEAD, *_INSTEAD))
# What somebody says is said with or without an apostrophe; not where a question has it before its subject.
_DONE = r"(?:[a-z]+ed|been|come|done|forgotten|found|given|gone|had|heard|known|lost|made|said|seen|taken|thought|told)"
_WORD_BEHIND = r"(?= (?!but\b|only\b|to\b)[a-z])"
_SHORTER = tuple(
    (re.compile(rf"\b{long}{_WORD_BEHIND}"), short)
    for long, short in (
        (r"(?<!\w )(I|We|You|They|He|She|It) (?:will)", r"\1'll"),
        (r"(?<=[,;] )(I|we|you|they|he|she) (?:will)", r"\1'll"),
        (r"(?<!\w )I am", "I'm"),
        (r"(?<=[,;] )I am", "I'm"),
        (r"(?<!\w )(We|You|They) are", r"\1're"),
        (rf"(?<!\w )(I|We|You|They) have(?= (?:not |never |always |already )?{_DONE}\b)", r"\1've"),
        (rf"{_HELPS} not", r"\1n't"),
        (r"([Ww])ill not", r"\1on't"),
        (r"([Cc]an)not", r"\1't"),
    )
)
_LONGER = tuple(
    (re.compile(rf"\b{short}(?= [a-z])"), long)
    for short, long in (
        (rf"{_HELPS}n't", r"\1 not"),
        (r"([Ww])on't", r"\1ill not"),
        (r"([Cc]an)'t", r"\1not"),
        (r"(\w+)'ll", r"\1 will"),
        (r"I'm", "I am"),
        (r"([Ww]e|[Yy]ou|[Tt]hey)'re", r"\1 are"),
        (r"(I|[Ww]e|[Yy]ou|[Tt]hey)'ve", r"\1 have"),
    )
)
_SINGLE_QUOTE = re.compile(r"(?<![\w.,!?\u2014])'(?=[\w\u2014])|(?<=[.,!?\u2014])'(?=\s|$)")
# What an apostrophe begins looks like what a quote opens.
_CUT_SHORT = re.compile(r"(?<!\w)'(?:tis|twas|em|cause|bout)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?<=[a-z] )man$")
# Adverbs that may be put in behind what somebody does, and say hardly more than that does.
_MANNERS = {
    "glanced": "quickly briefly",
    "gazed": "steadily fixedly",
    "grinned": "broadly",
    "leaned": "heavily",
    "looked": "intently steadily closely",
    "nodded": "slowly gravely",
    "shivered": "slightly violently",
    "sighed": "deeply heavily wearily",
    "smiled": "faintly slightly",
    "stared": "fixedly blankly",
    "trembled": "slightly violently",
    "waited": "patiently quietly",
    "watched": "closely quietly",
    "wept": "quietly bitterly softly",
}
_NO_ADVERBS = frozenset(
    (
        "assembly belly bully butterfly comply deadly early elderly family friendly ghostly holly homely italy jelly "
        "july likely lively lonely lovely monthly only reply silly sickly stately supply unlikely weekly yearly "
        "barely hardly merely nearly rarely scarcely"  # with one of these it says something else
    ).split()
)
# Words of which one may stand for another; these where they lead to a thing.
_ALIKE_OF_PLACE = (
    frozenset("in within inside".split()),
    frozenset("on upon".split()),
    frozenset("through across".split()),
    frozenset("by beside near".split()),
    frozenset("beneath below under underneath".split()),
)
_BEFORE_THINGS = frozenset("a an the his her its my our your their this that these those him it them me us".split())
_OF_NO_PLACE = frozenset(_TIMES.replace("s?", "").split("|")) | frozenset(
    (
        "account beginning behalf case charge condition contrary course degree end fact fashion hand hurry least "
        "manner moment name occasion opinion order other part pity point question rate same sense sort subject sudden "
        "view way whole word words"
    ).split()
)
_ALIKE = (
    frozenset("towards toward".split()),
    frozenset("said answered replied".split()),
    frozenset("man person fellow".split()),
)


def rephrase(sentence: str, names: Collection[str] = ()) -> list[str]:
    """Other wordings of a sentence, the ones that change its order first; none where no rule fits.

    Args:
        sentence: canonical, whole, without white space around it.
        names: words that keep their capital within a sentence.
    """
    single = sentence
    if '"' not in sentence:
        sentence = _with_double_quotes(sentence)
    opens, inner, closes = _unquoted(sentence)
    if opens or closes:
        found = dict.fromkeys([*_rephrased(inner, names), *_with_apostrophes(inner, is_spoken=True)])
        wordings = [f"{opens}{each}{closes}" for each in found]
    else:
        wordings = [*_rephrased(sentence, names), *_with_apostrophes(sentence, is_spoken=False)]
    if single != sentence:
        wordings = [each.replace('"', "'") for each in wordings]
    wordings = list(dict.fromkeys(wordings))
    return [each for each in wordings if each != single][:_MOST]


def rephrase_part(part: str, before: str = "", behind: str = "") -> list[str]:
    """Other words for a part of a sentence, which fit what stands around it there.

    Args:
        part: canonical, without white space around it.
        before, behind: the rest of its sentence, with the spaces between.
    """
    sentence = f"{before}{part}{behind}"
    start = len(before)
    end = start + len(part)
    wholes = list(_with_other_words(sentence, start, end))[::-1]
    for rule in (particle_moved, _adverb_moved, _adverb_put_first, _adverb_put_last, pair_turned, owner_turned):
        wholes += rule(sentence, start, end)
    found = [each[start : len(each) - len(behind)] for each in wholes if each[:start] == before]
    somebody = _SOMEBODY.search(part)
    if somebody is not None and not behind.startswith(("'", "-", "\u2019")):
        found += [f"{part[: somebody.start()]}{each}{part[somebody.end() :]}" for each in ("fellow", "person")]
    return [each for each in dict.fromkeys(found) if each != part][:_MOST]


def _rephrased(sentence: str, names: Collection[str]) -> list[str]:
    ending = _END.search(sentence)
    if ending is None or sentence.count('"') % 2:
        return []
    body = sentence[: ending.start()]
    end = ending[0]
    is_spoken = end.endswith('"')
    moved = [] if is_spoken or '"' in body else [f"{each}{end}" for each in _moved(body, names)]
    changed = list(_with_other_words(sentence))
    both = [other for each in moved for other in list(_with_other_words(each))[-1:]]
    return list(dict.fromkeys([*_told(sentence), *moved, *both, *changed[::-1]]))


def _with_double_quotes(sentence: str) -> str:
    """What is said between single quotes stands between double ones."""
    return sentence if _CUT_SHORT.search(sentence) else _SINGLE_QUOTE.sub('"', sentence)


def _unquoted(sentence: str) -> tuple[str, str, str]:
    """A sentence that is said as a whole, or begins or ends what is said: its signs, and what stands within them."""
    opens = '"' if sentence[:1] == '"' else ""
    closes = '"' if len(sentence) > 1 and sentence[-1] == '"' else ""
    inner = sentence[len(opens) : len(sentence) - len(closes)]
    return ("", sentence, "") if '"' in inner else (opens, inner, closes)


def _with_apostrophes(sentence: str, *, is_spoken: bool) -> Iterator[str]:
    """What is said in a shorter form; or, wherever it stands, in a longer one."""
    if sentence.count('"') or _END.search(sentence) is None:
        return
    longer = sentence if sentence.endswith("?") else _each_replaced(sentence, _LONGER)
    if longer != sentence:
        yield longer
    elif is_spoken and not sentence.endswith("?") and (shorter := _each_replaced(sentence, _SHORTER)) != sentence:
        yield shorter


def _each_replaced(sentence: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, new in rules:
        sentence = pattern.sub(new, sentence)
    return sentence


def is_sound_edit(sentence: str, edited: str) -> bool:
    """Tells whether a sentence in which one word was put in or replaced says the same.

    An adverb put in tells how something is done, beside what somebody does; how something is said is said by the words.

    Args:
        sentence, edited: before and after.
    """
    before = _PARTS.findall(sentence.lower())
    after = _PARTS.findall(edited.lower())
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    if at == len(before) or after[at + 1 :] not in (before[at:], before[at + 1 :]):
        return False
    word = after[at]
    if len(after) == len(before):
        if any({before[at], word} <= group for group in _ALIKE_OF_PLACE):
            return _leads_to_thing(after[at + 1 :])
        return any({before[at], word} <= group for group in _ALIKE)
    return at > 0 and word in _MANNERS.get(after[at - 1], "").split()


def _leads_to_thing(words: list[str]) -> bool:
    """What stands before these is said of a place: "on the hill", and not "on ski", "on Monday" or "in the end"."""
    return bool(words) and words[0] in _BEFORE_THINGS and not _OF_NO_PLACE & {*words[1:4]}


def _moved(body: str, names: Collection[str]) -> Iterator[str]:
    """The sentence with its parts in another order, or joined otherwise; without its end."""
    for pattern in (_MOVED_END, _TIME_END, _PARTICIPLE):
        found = pattern.match(body)
        is_turned = pattern is _PARTICIPLE and found is not None and not _is_deed_beside(found["main"], found["sub"])
        if (
            found is not None
            and not is_turned
            and _may_move(found["main"], found["sub"], names, is_time=pattern is _TIME_END)
        ):
            comma = "" if pattern is _TIME_END else ","
            yield f"{raised(found['sub'])}{comma} {lowered(found['main'])}"
    fronted = _FRONTED.match(body)
    if fronted is not None and len(fronted["main"].split()) <= _MOST_BEFORE:
        sub = f"{fronted['sub'][0].lower()}{fronted['sub'][1:]}"
        yield f"{raised(fronted['main'])}{'' if fronted['without'] else ','} {sub}"
    manner = _MANNER.match(body)
    if manner is not None:
        yield f"{raised(manner['sub'])}, {lowered(manner['main'])}"
    for pattern in (_MOVED_START, _TIME_START):
        found = pattern.match(body)
        if found is not None and not _refers_back(found["sub"], found["main"]):
            yield f"{raised(found['main'])} {found['sub'][0].lower()}{found['sub'][1:]}"
    yield from _adverb_moved(body)
    yield from reordered(body, names)
    yield from _deeds(body)
    found = _CLAUSES.match(body) or _CLAUSES_OF_NOUNS.match(body)
    if found is not None and _is_clause(found["second"]) and len(found["first"].split()) > 3:
        second = found["second"]
        if found["join"].lower() == "but":
            if "," not in found["first"] and may_stand_within(found["first"], names):
                yield f"Although {lowered(found['first'])}, {second}"
            yield (
                f"{found['first']}; {second.removeprefix('yet ')}, however"
                if "," not in second
                else (f"{found['first']}. But {second}")
            )
        else:
            yield f"{found['first']}; {second.removeprefix('yet ')}"
            yield f"{found['first']}. {raised(second)}"
    parted = _PARTED.match(body)
    if parted is not None and all(_is_clause(part.partition(",")[0]) for part in parted.groups()):
        yield f"{parted['first']}. {raised(parted['second'])}"
        if not _REASON.search(parted["second"]) and ", and " not in body:
            yield f"{parted['first']}, and {parted['second']}"


def _is_deed_beside(main: str, sub: str) -> bool:
    """ "Hearing nothing" beside a clause; in "the dark, suffocating crypt" it is an adjective."""
    behind = sub.split()[1].lower()
    is_deed = behind in SMALL_WORDS or behind.endswith("ly") or behind[0].isupper()
    return is_deed and main.split()[0].lower() not in PREPOSITIONS


def _adverb_moved(body: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """ "He slowly walked" for "He walked slowly", where both stand between two places of the body."""
    found = next((each for each in _ADVERB.finditer(body) if is_between(each.span("verb"), start, end)), None)
    if found is None or not is_between(found.span("adverb"), start, end):
        return
    if found["before"].lower() not in AUXILIARIES and found["adverb"] not in _NO_ADVERBS:
        yield f"{body[: found.start('verb')]}{found['adverb']} {found['verb']}{body[found.end() :]}"


def _adverb_put_first(body: str, start: int, end: int) -> Iterator[str]:
    """ "He eagerly took the ring" for "He took the ring eagerly"."""
    for found in _ADVERB_LAST.finditer(body):
        is_past = may_be_past(found["verb"]) and found["verb"] not in AUXILIARIES
        if is_past and found["adverb"] not in _NO_ADVERBS and is_between(found.span("all"), start, end):
            put = f"{found['adverb']} {found['verb']} {found['object']}"
            yield f"{body[: found.start('all')]}{put}{body[found.end('all') :]}"


def _adverb_put_last(body: str, start: int, end: int) -> Iterator[str]:
    """ "It had been opened stealthily" for "It had been stealthily opened"."""
    for found in _ADVERB_FIRST.finditer(body):
        if found["adverb"] not in _NO_ADVERBS and is_between(found.span("all"), start, end):
            yield f"{body[: found.start('all')]}{found['verb']} {found['adverb']}{body[found.end('all') :]}"


def _deeds(body: str) -> Iterator[str]:
    """Two things that one person did, each a clause, or a sentence, of its own."""
    found = _DEEDS.match(body)
    if found is None:
        return
    who = found["who"]
    again = who.lower() if who in ("He", "She", "We", "They") else "I" if who == "I" else told_by(who)
    verbs = (found["deed"], found["other"])
    is_alone = not SUBJECTS & {*found["first"].lower().split()}  # nobody else may have done the other
    if again and is_alone and all(may_be_past(verb) and verb not in AUXILIARIES for verb in verbs):
        yield f"{who} {found['first']}; {again} {found['second']}"
        yield f"{who} {found['first']}. {raised(again)} {found['second']}"


def _is_clause(text: str) -> bool:
    """It has a verb of its own, before any clause that hangs on it; what a noun has before it is none."""
    words = text.lower().split()
    least = 1 if words[0] in SUBJECTS else 2
    verb = next((number for number in range(1, len(words)) if may_be_past(words[number])), -1)
    return verb >= least and not {"which", "who", "whom", "whose", "that", "where"} & {*words[:verb]}


def _told(sentence: str) -> Iterator[str]:
    """Whoever says something stands before "said" or behind it, and when she does before all of it."""
    by = _SAID_BY.match(sentence)
    if by is not None:
        yield f"{by['words']} {by['who']} {by['verb']}{by['rest']}"
    who_first = _WHO_SAID.match(sentence)
    if who_first is not None:
        yield f"{who_first['words']} {who_first['verb']} {who_first['who']}{who_first['rest']}"
    said = _SAID.match(sentence)
    if said is None:
        return
    words = said["words"]
    timed = _SAYING_TIME.match(said["who"])
    who = timed["who"] if timed is not None else said["who"]
    if len(who.split()) > _MOST_SAYING:
        return
    if timed is None:
        yield f"{words} {who} said."
        return
    yield f"{words} {who} said {timed['time']}."
    inner = words[1:-1]
    yield f'{raised(timed["time"])} {who} said, "{inner[:-1] + "." if inner.endswith(",") else inner}"'


def _may_move(main: str, sub: str, names: Collection[str], *, is_time: bool) -> bool:
    """The part, a time or a clause, belongs to all of what stands before it, and neither is too short to stand so."""
    words = main.split()
    is_long = len(words) > 1 and len(sub.split()) > 1 and not _TELLS_WHICH.search(main)
    telling = _OF_TELLING_MORE if is_time else _OF_TELLING
    return is_long and may_stand_within(main, names) and not telling.search(main.lower())


def _refers_back(sub: str, main: str) -> bool:
    """What stands first names somebody for whom a pronoun stands in the other part."""
    first = main.split()[0].lower()
    subject = sub.split()[1].lower() if len(sub.split()) > 1 else ""
    speaks = first in ("i", "we", "you") or subject in SUBJECTS
    return first in SUBJECTS and not speaks and bool(re.match(rf"(?:{_JOINS})\b", sub, re.IGNORECASE))


def _with_other_words(sentence: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """The sentence with other words for some between two places of it: each alone, and at last all of them."""
    whole = sentence
    count = 0
    for pattern, new, unless in _RULES if end is None else _RULES_IN_PART:
        found = next((each for each in pattern.finditer(sentence) if is_between(each.span(), start, end)), None)
        if found is None or unless.search(sentence) or _is_said_twice(found):
            continue
        yield _replaced(found, new)
        behind = None if end is None else end + len(whole) - len(sentence)
        also = next((each for each in pattern.finditer(whole) if is_between(each.span(), start, behind)), None)
        if also is not None and count < _MOST_TOGETHER:
            whole = _replaced(also, new)
            count += 1
    if count > 1:
        yield whole


def _is_said_twice(found: re.Match[str]) -> bool:
    """A sentence that says the same words again does so on purpose."""
    return len(re.findall(rf"(?<![\w'-]){re.escape(found[0])}(?![\w'-])", found.string, re.IGNORECASE)) > 1


def _replaced(found: re.Match[str], new: str) -> str:
    """The text with other words for those that were found, a capital and an article as they want them."""
    put_in = found.expand(new)
    before = with_article(found.string[: found.start()], put_in)
    return f"{before}{raised(put_in) if found[0][:1].isupper() else put_in}{found.string[found.end() :]}"
