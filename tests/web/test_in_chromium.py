"""The page in a real browser, cut off from every other machine: it opens, writes what the desk writes, and can be used.

Chromium is installed by `installer/prepare.sh development`; where it cannot be had these tests are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium_driver import PROGRAM, Chromium, browser, served

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.voice.units import train_tokenizer
from pandemonium.web.page import export_page
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed: the page is not opened"),
]
OPENINGS = (
    "It was in the autumn of 1927 that I first heard of the house on the hill, and",
    "\u201cYou\u2019ll never find it,\u201d he said \u2013 and his voi",
    "",
)
READY = "document.getElementById('status').textContent === 'Ready.'"
IDLE = "!document.getElementById('continue').hidden"


@pytest.fixture(scope="module")
def folder(bundled_voice: Voice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_page(bundled_voice, tmp_path_factory.mktemp("lovecraft") / "page").index.parent


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture
def page(chromium: Chromium, folder: Path) -> Iterator[Chromium]:
    with served(folder) as address:
        chromium.requests.clear()
        chromium.messages.clear()
        chromium.open(f"{address}index.html")
        chromium.wait(READY, 120)
        chromium.run("localStorage.clear()")
        yield chromium


def field(name: str) -> str:
    return f"document.getElementById('{name}')"


def web_text(page: Chromium, before: str, seed: int, **changed: Any) -> str:
    script = """(async () => {
        const P = Pandemonium, s = {};
        for (const [name, each] of Object.entries(P.continuer.voice.settings)) s[name] = each.default;
        Object.assign(s, %s, { seed: "%d" });
        return (await P.continuer.write(%s, "", s, () => {}, async () => false)).text;
    })()"""
    text = page.run(script % (json.dumps(changed), seed, json.dumps(before)))
    assert isinstance(text, str)
    return text


def desk_text(continuer: Continuer, before: str, seed: int, **changed: Any) -> str:
    """What the desk writes without a choice among candidates, which the page does not have."""
    settings = WritingSettings(seed=seed, candidates=1, **changed)
    writing = continuer.write(ContinueRequest(1, 0, before, settings=settings))
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return str(end.value.text)


@pytest.mark.parametrize("before", OPENINGS)
def test_writes_what_the_desk_writes(page: Chromium, bundled_voice: Voice, before: str) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice))
    same = 0
    for seed in range(1, 21):
        web = web_text(page, before, seed)
        desk = desk_text(continuer, before, seed)
        assert len(desk) > 150
        same += web[:200] == desk[:200]
    assert same >= 18


@pytest.mark.parametrize(
    "changed",
    [{"temperature": 1.4}, {"top_p": 1.0}, {"min_p": 0.0}, {"memory": 0.0, "copy_guard": False, "dry_multiplier": 0.0}],
)
def test_writes_what_the_desk_writes_at_other_settings(
    page: Chromium, bundled_voice: Voice, changed: dict[str, Any]
) -> None:
    continuer = Continuer(bundled_voice, CpuRuntime(bundled_voice))
    before = OPENINGS[0]
    pairs = [
        (web_text(page, before, seed, **changed), desk_text(continuer, before, seed, **changed)) for seed in range(1, 7)
    ]
    assert sum(web[:200] == desk[:200] for web, desk in pairs) >= 5


@pytest.mark.parametrize("unit", ["character", "word"])
def test_voices_of_other_units_write_what_they_write_at_the_desk(
    chromium: Chromium, make_voice: Any, prose: str, unit: Any, tmp_path: Path
) -> None:
    voice = make_voice(train_tokenizer([prose] * 3, unit, 500))
    export_page(voice, tmp_path / "page")
    continuer = Continuer(voice, CpuRuntime(voice))
    with served(tmp_path / "page") as address:
        chromium.open(f"{address}index.html")
        chromium.wait(READY, 60)
        pairs = [
            (web_text(chromium, prose, seed, words=10), desk_text(continuer, prose, seed, words=10))
            for seed in range(1, 9)
        ]
    # The weights are chance: all pieces are nearly as likely, so that the last bit of a sum, which the browser rounds
    # in another order, chooses another one after some dozens.
    assert sum(web[:16] == desk[:16] for web, desk in pairs) >= 7


def test_asks_no_other_machine(page: Chromium) -> None:
    web_text(page, "The sea", 1, words=5)
    host = page.run("location.origin")
    assert len(page.requests) > 10
    assert [each for each in page.requests if not each.startswith((host, f"blob:{host}", "data:"))] == []
    assert page.messages == []


def test_opens_from_the_disk(chromium: Chromium, folder: Path) -> None:
    chromium.messages.clear()
    chromium.open((folder / "index.html").as_uri())
    chromium.wait(READY, 120)
    assert web_text(chromium, "The sea", 1, words=5)
    assert chromium.messages == []


def test_is_used_with_the_keyboard(page: Chromium) -> None:
    page.run(f"{field('text')}.focus()")
    page.call("Input.insertText", text="The lamp had gone out, and")
    page.press("Enter", 13, modifiers=2)
    page.wait(f"{field('text')}.value.length > 60")
    page.wait(IDLE, 120)
    written = page.run(f"{field('text')}.value")
    assert written.startswith("The lamp had gone out, and ")
    assert written.rstrip('"')[-1] in ".!?"
    assert " a second, with seed " in page.run(f"{field('status')}.textContent")
    # What arrived was handed to screen readers, sentence by sentence.
    said = page.run("[...document.querySelectorAll('#arrived p')].map((p) => p.textContent).join(' ')")
    assert said.split() == written.removeprefix("The lamp had gone out, and").split()
    page.run(f"{field('back')}.click()")
    assert page.run(f"{field('text')}.value") == "The lamp had gone out, and"


def test_stops_and_keeps_what_came(page: Chromium) -> None:
    page.run(f"{field('words')}.value = 400; {field('text')}.value = 'The sea'; {field('text')}.focus()")
    page.run(f"{field('text')}.setSelectionRange(7, 7)")
    page.press("Enter", 13, modifiers=2)
    page.wait(f"{field('text')}.value.length > 100", 120)
    page.press("Escape", 27)
    page.wait(IDLE)
    assert page.run(f"{field('status')}.textContent").startswith("Stopped. ")
    kept = page.run(f"{field('text')}.value")
    assert kept.startswith("The sea")
    page.call("Page.reload")
    page.wait(READY, 120)
    assert page.run(f"{field('text')}.value") == kept


def test_again_writes_in_place_of_the_last(page: Chromium) -> None:
    page.run(
        f"{field('text')}.value = 'The sea END'; {field('text')}.setSelectionRange(7, 7); {field('seed')}.value = '5'"
    )
    page.run(f"{field('continue')}.click()")
    page.wait(IDLE, 120)
    first = page.run(f"{field('text')}.value")
    assert first.startswith("The sea")
    assert first.endswith(" END")
    page.run(f"{field('again')}.click()")
    page.wait(IDLE, 120)
    assert page.run(f"{field('text')}.value") == first


def test_refuses_impossible_settings_in_a_sentence(page: Chromium) -> None:
    page.run(f"{field('seed')}.value = 'minus one'; {field('continue')}.click()")
    assert page.run(f"{field('status')}.textContent").startswith("A seed is a whole number")
    page.run(f"{field('seed')}.value = ''; {field('top_p')}.value = '7'; {field('continue')}.click()")
    assert "must lie between 0.05 and 1" in page.run(f"{field('status')}.textContent")


def test_every_control_has_a_name(page: Chromium) -> None:
    page.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    roles = ("button", "slider", "textbox", "spinbutton", "checkbox", "DisclosureTriangle")
    controls = [each for each in nodes if not each.get("ignored") and each["role"]["value"] in roles]
    assert len(controls) >= 15
    assert [each for each in controls if not each.get("name", {}).get("value", "").strip()] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_fits_every_width(page: Chromium, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 700}
    page.call("Emulation.setDeviceMetricsOverride", **metrics)
    try:
        page.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.run("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.run("document.getElementById('continue').getBoundingClientRect().height >= 44")
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_says_what_is_missing(chromium: Chromium, tiny_voice: Voice, tmp_path: Path) -> None:
    export_page(tiny_voice, tmp_path / "page")
    (tmp_path / "page" / "voice.js").unlink()
    with served(tmp_path / "page") as address:
        chromium.open(f"{address}index.html")
        chromium.wait("document.getElementById('status').className === 'wrong'")
        assert "The voice cannot be opened" in chromium.run("document.getElementById('status').textContent")
