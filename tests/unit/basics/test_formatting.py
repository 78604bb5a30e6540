import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics import messages
from components.basics.formatting import (
    bracketed,
    escape_markdown,
    format_bytes,
    format_count,
    format_date,
    format_money,
    format_number,
    format_percent,
    format_usd_bn,
    is_japanese,
    join_clauses,
    join_sentences,
    join_words,
    labelled,
    language_name,
    lower_first,
    shorten,
    spell_count,
    spell_number,
    upper_first,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(0, "0", id="zero"),
        pytest.param(33.30, "33.3", id="no trailing zero"),
        pytest.param(40.0, "40", id="whole"),
        pytest.param(100.0, "100", id="zeros of a whole number stay"),
        pytest.param(0.6, "0.6", id="below one"),
        pytest.param(0.35, "0.35", id="two decimals below one"),
        pytest.param(0.996, "1", id="rounded up to one"),
        pytest.param(1.25, "1.2", id="one decimal from one on"),
        pytest.param(1234.5, "1,234.5", id="thousands"),
        pytest.param(999.96, "1,000", id="rounded up to a thousand"),
        pytest.param(-2.5, "-2.5", id="negative"),
    ],
)
def test_a_figure_has_as_many_decimals_as_it_needs(value: float, text: str):
    assert format_number(value) == text


@given(st.floats(min_value=0.0001, max_value=1e5))
def test_no_disclosed_amount_reads_as_zero(value: float):
    assert format_usd_bn(value) != "$0B"


@pytest.mark.parametrize(
    ("value", "qualifier", "short", "long"),
    [
        pytest.param(33.3, "exact", "$33.3B", "$33.3 billion", id="exact"),
        pytest.param(33.3, "about", "about $33.3B", "about $33.3 billion", id="about"),
        pytest.param(40, "up_to", "up to $40B", "up to $40 billion", id="ceiling"),
        pytest.param(441, "at_least", "at least $441B", "at least $441 billion", id="what is left"),
        pytest.param(math.nan, "exact", "Undisclosed", "Undisclosed", id="missing is not zero"),
        pytest.param(math.nan, "up_to", "Undisclosed", "Undisclosed", id="missing has no ceiling"),
        pytest.param(0, "exact", "$0", "$0", id="zero is a figure"),
    ],
)
def test_an_amount_keeps_its_qualifier(value: float, qualifier: str, short: str, long: str):
    assert format_usd_bn(value, qualifier=qualifier) == short
    assert format_usd_bn(value, qualifier=qualifier, long=True) == long


@pytest.mark.parametrize(
    ("value", "qualifier", "text"),
    [
        pytest.param(19.818, "up_to", "up to 19.8%", id="one decimal"),
        pytest.param(0.04, "exact", "0.04%", id="two decimals below a tenth"),
        pytest.param(0.0, "exact", "0.0%", id="zero"),
        pytest.param(6.5, "about", "about 6.5%", id="about"),
        pytest.param(math.nan, "up_to", "Undisclosed", id="missing"),
    ],
)
def test_a_share_keeps_its_qualifier(value: float, qualifier: str, text: str):
    assert format_percent(value, qualifier=qualifier) == text


@pytest.mark.parametrize(
    ("count", "figures", "words"),
    [
        pytest.param(0, "0 projects", "no projects", id="none"),
        pytest.param(1, "1 project", "one project", id="one"),
        pytest.param(10, "10 projects", "ten projects", id="last in words"),
        pytest.param(11, "11 projects", "11 projects", id="first in figures"),
        pytest.param(1200, "1,200 projects", "1,200 projects", id="thousands"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, figures: str, words: str):
    assert format_count(count, "project") == figures
    assert spell_count(count, "project") == words
    assert words.startswith(spell_number(count))


def test_an_irregular_plural_is_given():
    assert format_count(2, "facility", "facilities") == "2 facilities"
    assert spell_count(2, "facility", "facilities") == "two facilities"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("2026-03-19", "19 March 2026", id="day"),
        pytest.param("2026-03-01", "1 March 2026", id="no leading zero"),
        pytest.param("2026-05", "May 2026", id="month"),
        pytest.param("2026-12", "December 2026", id="last month"),
        pytest.param("", "", id="empty"),
        pytest.param("2026", "2026", id="year alone"),
        pytest.param("spring 2026", "spring 2026", id="words"),
        pytest.param("2026-13", "2026-13", id="no such month"),
        pytest.param("2026-00", "2026-00", id="month zero"),
    ],
)
def test_a_date_is_written_as_closely_as_it_is_known(text: str, words: str):
    assert format_date(text) == words


@given(st.text(max_size=20))
def test_any_text_may_stand_for_a_date(text: str):
    assert format_date(text) or not text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param([], "", id="none"),
        pytest.param(["Ohio"], "Ohio", id="one"),
        pytest.param(["Ohio", "Texas"], "Ohio and Texas", id="two"),
        pytest.param(["Ohio", "Texas", "Utah"], "Ohio, Texas and Utah", id="three"),
    ],
)
def test_words_are_joined_as_prose_does(words: list[str], text: str):
    assert join_words(words) == text
    assert join_words(words, conjunction="or") == text.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        pytest.param("Nuclear power", "nuclear power", id="word"),
        pytest.param("AI and chips", "AI and chips", id="abbreviation"),
        pytest.param("A", "A", id="single letter"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_label_starts_small_inside_a_sentence_unless_it_is_an_abbreviation(
    label: str, inside: str
):
    assert lower_first(label) == inside


def test_a_sentence_starts_large_and_keeps_the_rest():
    assert upper_first("up to $40B in Ohio") == "Up to $40B in Ohio"
    assert upper_first("") == ""


@pytest.mark.parametrize(
    ("text", "short"),
    [
        pytest.param("Small reactors", "Small reactors", id="fits exactly"),
        pytest.param("Small modular reactors", "Small modular…", id="cut at a word"),
        pytest.param("Supercalifragilistic", "Supercalifrag…", id="one long word"),
        pytest.param("Natural gas, power", "Natural gas…", id="no comma before the ellipsis"),
    ],
)
def test_a_long_text_is_cut_at_a_word(text: str, short: str):
    assert shorten(text, limit=14) == short


@given(st.text(max_size=60), st.integers(min_value=2, max_value=70))
def test_a_cut_text_fits(text: str, limit: int):
    assert len(shorten(text, limit=limit)) <= limit


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$33B and $40B", id="math"),
        pytest.param('<b onclick="x">', id="tag"),
        pytest.param("[x](y) ![x](y)", id="link and picture"),
        pytest.param(":red[x] :material/home: :smile:", id="colour and icons"),
        pytest.param("# *a* _b_ ~~c~~ `d` | e", id="marks"),
        pytest.param("&lt;b&gt;", id="entities"),
        pytest.param("福島 🏭 العربية", id="letters of any script"),
    ],
)
def test_markdown_is_shown_and_not_obeyed(text: str):
    escaped = escape_markdown(text)
    assert not re.search(r"(?<!\\)[`*_{}\[\]<>#|~$:!&]", escaped)
    assert re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", escaped) == text


def test_escaped_text_stays_on_one_line():
    assert escape_markdown("a\n\n  b\tc") == "a b c"


@pytest.mark.parametrize(
    "text",
    ["http://evil.example", "HTTPS://evil.example/a", "www.evil.example", "me@evil.example"],
)
def test_no_address_becomes_a_link(text: str):
    # Streamlit links addresses after Markdown has removed the backslashes.
    seen = escape_markdown(text).replace("\\", "")
    assert not re.search(r"https?://|www\.|[\w.+-]@\w", seen, flags=re.IGNORECASE)


@pytest.mark.parametrize("text", ["1. one", "1) one", "- one", "+ one"])
def test_no_text_becomes_a_list(text: str):
    assert not re.match(r"\d+[.)] |[-+*] ", escape_markdown(text))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("日本", True),
        ("Hitachi (日立)", True),
        ("カナ", True),
        ("ﾄﾖﾀ", True),
        ("ひらがな", True),
        ("Ｔｏｙｏｔａ", False),
        ("Japan", False),
        ("한국", False),
        ("", False),
    ],
)
def test_japanese_is_told_by_its_letters(text: str, is_one: bool):
    assert is_japanese(text) is is_one


@pytest.mark.parametrize(
    ("code", "name"), [("ja", "Japanese"), ("en", "English"), ("xx", "xx"), ("", "")]
)
def test_a_language_is_named(code: str, name: str):
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("usd_bn", "text"),
    [
        (550, "5500億ドル"),
        (109, "1090億ドル"),
        (33.3, "333億ドル"),
        (2.1, "21億ドル"),
        (0.6, "6億ドル"),
        (0.35, "3.5億ドル"),
        (393.45, "3934.5億ドル"),
        (0.035, "3500万ドル"),
        (1000, "1兆ドル"),
        (1200, "1.2兆ドル"),
        (0, "0ドル"),
        (math.nan, "非公表"),
    ],
)
def test_dollars_in_japanese_are_counted_in_hundred_millions(usd_bn: float, text: str):
    with messages.using("ja"):
        assert format_usd_bn(usd_bn) == text
        assert format_usd_bn(usd_bn, long=True) == text


@pytest.mark.parametrize(
    ("bn", "currency", "text"),
    [
        (340, "JPY", "3400億円"),
        (5200, "JPY", "5兆2000億円"),
        (6000, "JPY", "6兆円"),
        (0.5, "EUR", "5億ユーロ"),
        (1, "GBP", "10億ポンド"),
        (500_000, "KRW", "500兆ウォン"),
    ],
)
def test_other_currencies_in_japanese_have_their_names(bn: float, currency: str, text: str):
    with messages.using("ja"):
        assert format_money(bn, currency=currency) == text


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        ("exact", "400億ドル"),
        ("about", "約400億ドル"),
        ("up_to", "最大400億ドル"),
        ("at_least", "少なくとも400億ドル"),
        ("more_than", "400億ドル超"),
    ],
)
def test_no_qualifier_is_lost_in_japanese(qualifier: str, text: str):
    with messages.using("ja"):
        assert format_usd_bn(40, qualifier=qualifier) == text


def test_dates_counts_shares_and_sizes_in_japanese():
    with messages.using("ja"):
        assert format_date("2026-03-09") == "2026年3月9日"
        assert format_date("2026-05") == "2026年5月"
        assert format_date("soon") == "soon"
        assert format_percent(19.8, qualifier="up_to") == "最大19.8%"
        assert format_bytes(4_200_000) == "4.2MB"
        assert spell_number(6) == "6"
        assert spell_count(6, "project") == "6件"
        assert format_count(1200, "state") == "1,200州"
        assert language_name("de") == "ドイツ語"


def test_words_in_japanese_are_joined_as_japanese_does():
    with messages.using("ja"):
        assert join_words(["A", "B"]) == "AとB"
        assert join_words(["A", "B", "C"]) == "A、B、C"
        assert join_words(["A", "B"], conjunction="or") == "AまたはB"
        assert join_words(["A", "B", "C"], conjunction="or") == "A、BまたはC"
        assert join_clauses(["A", "B"]) == "A、B"
        assert labelled("出典", "財務省") == "出典：財務省"
        assert bracketed("表", "一部") == "表（一部）"
        assert bracketed("表", "") == "表"
    assert join_clauses(["a", "b"]) == "a; b"
    assert labelled("Sources", "White House") == "Sources: White House"
    assert bracketed("table", "in part") == "table (in part)"


def test_sentences_in_japanese_have_no_space_between_them_but_after_an_english_one():
    with messages.using("ja"):
        assert join_sentences("一つ。", "", "二つ。") == "一つ。二つ。"
        assert join_sentences("Not translated.", "二つ。") == "Not translated. 二つ。"
    assert join_sentences("One.", "", "Two.") == "One. Two."


def test_japanese_has_no_capitals():
    with messages.using("ja"):
        assert lower_first("Westinghouse") == "Westinghouse"
        assert upper_first("about") == "about"


def test_an_approximate_amount_is_no_more_exact_in_japanese_than_in_english():
    assert format_usd_bn(2.18, qualifier="about") == "about $2.2B"
    with messages.using("ja"):
        assert format_usd_bn(2.18, qualifier="about") == "約22億ドル"
