import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.text_search import folded, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("SMR", "ＳＭＲ", id="width"),
        pytest.param("TURBINE", "turbine", id="case"),
        pytest.param("Électricité", "electricite", id="accents"),
        pytest.param("Japan’s", "Japan's", id="apostrophes"),
        pytest.param("GE–Hitachi", "GE-Hitachi", id="dashes"),
        pytest.param("ﾋﾞｼﾞｮﾝ", "ビジョン", id="half-width kana"),
        pytest.param("straße", "STRASSE", id="sharp s"),
    ],
)
def test_what_readers_mean_alike_is_found_alike(one: str, other: str):
    assert folded(one) == folded(other)


def test_what_is_another_letter_stays_another():
    assert folded("ハナ") != folded("バナ")
    assert folded("日立") != folded("日本")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str):
    assert folded(folded(text)) == folded(text)


def test_every_word_counts_once():
    assert words("  one two ONE\u3000three four five") == ["one", "two", "three", "four", "five"]
