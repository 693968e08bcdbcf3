"""Continuations in order: prose of a person stands above words that were shuffled, and a stop gives no order."""

from __future__ import annotations

import random

from pandemonium import paths
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice, load_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.ranking import rank_texts
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.opening import open_mixed


def test_prose_stands_above_its_own_words_shuffled(bundled_voice: Voice, prose: str) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice, 1))
    before = prose[:1200].rsplit(" ", 1)[0]
    after = prose[1200:1500]
    text = " " + after.split(" ", 1)[1].rsplit(" ", 1)[0]
    words = text.split()
    chance = random.Random(1)
    others = []
    for _ in range(3):
        chance.shuffle(words)
        others.append(" " + " ".join(words))
    request = ContinueRequest(1, 0, before, settings=WritingSettings())
    order = rank_texts(continuer, request, [others[0], text, *others[1:]])
    assert order[0] == 1
    assert sorted(order) == [0, 1, 2, 3]
    assert rank_texts(continuer, request, [text, "", "."])[0] == 0
    assert rank_texts(continuer, request, [text], lambda: True) == []


def test_mixed_voices_are_put_in_order_by_the_first_ones_judge(bundled_voice: Voice, prose: str) -> None:
    classics = load_voice(paths.models() / "classics.voice")
    continuer = Continuer(bundled_voice, open_mixed(bundled_voice, [classics], "cpu", 1), [classics])
    settings = WritingSettings(mix=("classics=0.5",))
    request = ContinueRequest(1, 0, prose[:800].rsplit(" ", 1)[0], settings=settings)
    assert sorted(rank_texts(continuer, request, [" The door was open.", " Door the open was."])) == [0, 1]
