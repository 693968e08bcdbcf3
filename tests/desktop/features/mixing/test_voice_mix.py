"""The shares of a mix: whatever is moved, they add up, and what is kept is read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.features.mixing.voice_mix import WHOLE, VoiceMix

VOICES = ("ann", "ben", "a=b")
acts = st.lists(
    st.one_of(
        st.tuples(st.just("name"), st.integers(0, 1), st.sampled_from(["", *VOICES])),
        st.tuples(st.just("percent"), st.integers(0, 1), st.integers(-10, 120)),
        st.tuples(st.just("first"), st.just(0), st.integers(-10, 120)),
    ),
    max_size=12,
)


@given(acts)
def test_shares_add_up_whatever_is_moved(moved: list[tuple[str, int, int | str]]) -> None:
    mix = VoiceMix()
    for act, place, value in moved:
        if act == "name":
            mix = mix.with_name(place, str(value))
        elif act == "percent":
            mix = mix.with_percent(place, int(value))
        else:
            mix = mix.with_first(int(value))
        assert mix.first + sum(mix.percents) == WHOLE
        assert all(0 <= percent <= WHOLE for percent in (mix.first, *mix.percents))
        assert all(name or not percent for name, percent in zip(mix.names, mix.percents, strict=True))
        named = [name for name in mix.names if name]
        assert len(set(named)) == len(named)
        again = VoiceMix.of(mix.setting(), VOICES)
        assert dict(zip(again.names, again.percents, strict=True)).items() >= {
            (name, percent) for name, percent in zip(mix.names, mix.percents, strict=True) if name
        }


def test_the_first_gives_and_takes() -> None:
    mix = VoiceMix().with_name(0, "ann").with_percent(0, 30).with_name(1, "ben").with_percent(1, 10)
    assert mix.first == 60
    assert mix.with_first(20).percents == (60, 20)
    assert mix.with_first(100).percents == (0, 0)
    assert mix.with_first(100).with_first(50).percents == (25, 25)
    assert mix.with_percent(0, 95).percents == (95, 5)
    assert VoiceMix().with_first(40) == VoiceMix()


def test_a_setting_written_by_hand() -> None:
    assert VoiceMix.of(["nonsense"], VOICES) == VoiceMix()
    assert VoiceMix.of(["nobody=0.5", "ann=0.25"], VOICES).names == ("ann", "")
    assert VoiceMix.of(["ann=0.9", "ben=0.9", "a=b=0.2"], VOICES).percents == (10, 90)
