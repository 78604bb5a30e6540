import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.amounts import Amount, add_up, loosest, loosest_by_group

AMOUNTS = st.builds(
    Amount,
    st.one_of(st.just(math.nan), st.integers(1, 10_000).map(lambda tenths: tenths / 10)),
    st.sampled_from(["exact", "about", "up_to"]),
)


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        pytest.param(Amount(36.0), Amount(73.0, "up_to"), "up to $109B", id="a ceiling stays"),
        pytest.param(Amount(2.0), Amount(0.6, "about"), "about $2.6B", id="an estimate stays"),
        pytest.param(Amount(1, "about"), Amount(1, "up_to"), "up to $2B", id="ceiling wins"),
        pytest.param(Amount(2.0), Amount(3.0), "$5B", id="exact"),
        pytest.param(Amount(2.0), Amount(), "$2B", id="undisclosed adds nothing"),
        pytest.param(Amount(2.0), Amount(math.nan, "up_to"), "$2B", id="nor loosens anything"),
        pytest.param(Amount(), Amount(), "Undisclosed", id="missing is not zero"),
        pytest.param(Amount(0.1), Amount(0.2), "$0.3B", id="no dust of floating point"),
    ],
)
def test_a_sum_remembers_what_its_parts_are(first: Amount, second: Amount, text: str):
    assert str(first + second) == str(second + first) == text


@given(st.lists(AMOUNTS, max_size=8))
def test_a_sum_is_as_loose_as_its_loosest_disclosed_part(amounts: list[Amount]):
    disclosed = [amount for amount in amounts if amount.is_disclosed]
    qualifiers = {amount.qualifier for amount in disclosed}
    total = add_up(amounts)
    assert total.is_disclosed == bool(disclosed)
    if disclosed:
        assert total.usd_bn == pytest.approx(sum(amount.usd_bn for amount in disclosed))
        assert total.qualifier == next(q for q in ("up_to", "about", "exact") if q in qualifiers)


def test_nothing_adds_up_to_an_undisclosed_amount():
    assert not add_up([]).is_disclosed


def test_an_amount_in_words_spells_out_billions():
    assert Amount(109.0, "up_to").in_words() == "up to $109 billion"


@pytest.mark.parametrize(
    ("amount", "share"),
    [
        pytest.param(Amount(109.0, "up_to"), "up to 19.8%", id="ceiling"),
        pytest.param(Amount(55.0), "10.0%", id="exact"),
        pytest.param(Amount(), "Undisclosed", id="undisclosed"),
    ],
)
def test_a_share_has_the_qualifier_of_its_amount(amount: Amount, share: str):
    assert amount.share_of(Amount(550.0)) == share


@pytest.mark.parametrize(
    ("qualifiers", "qualifier"),
    [
        (["exact", "up_to", "about"], "up_to"),
        (["up_to", "exact"], "up_to"),
        (["about", "exact"], "about"),
        (["exact"], "exact"),
        ([], "exact"),
    ],
)
def test_a_ceiling_outweighs_an_estimate(qualifiers: list[str], qualifier: str):
    assert loosest(qualifiers) == qualifier


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["exact", "about", "up_to"]))))
def test_groups_of_rows_are_as_loose_as_their_loosest_row(rows: list[tuple[int, str]]):
    codes = np.array([code for code, _ in rows], dtype=np.intp)
    qualifiers = np.array([qualifier for _, qualifier in rows], dtype=object)
    assert list(loosest_by_group(codes, qualifiers, groups=4)) == [
        loosest([qualifier for code, qualifier in rows if code == group]) for group in range(4)
    ]


UP_TO_550 = Amount(550.0, "up_to")


@pytest.mark.parametrize(
    ("whole", "part", "rest"),
    [
        pytest.param(UP_TO_550, Amount(109.0, "up_to"), "at least $441B", id="ceiling"),
        pytest.param(UP_TO_550, Amount(36.0), "$514B", id="exact"),
        pytest.param(Amount(550.0), Amount(36.0, "about"), "about $514B", id="about"),
        pytest.param(UP_TO_550, Amount(0.0), "up to $550B", id="nothing yet"),
        pytest.param(UP_TO_550, Amount(), "up to $550B", id="undisclosed"),
        pytest.param(Amount(5.0), Amount(6.0), "$0", id="more than the whole"),
    ],
)
def test_what_a_ceiling_leaves_is_a_floor(whole: Amount, part: Amount, rest: str):
    assert str(whole.less(part)) == rest


def test_an_amount_is_read_from_the_two_columns_of_a_row():
    row = SimpleNamespace(whole_usd_bn=40, whole_qualifier="up_to", amount_usd_bn=math.nan,
                          amount_qualifier="")  # fmt: skip
    assert str(Amount.of(row, "whole")) == "up to $40B"
    assert (str(Amount.of(row)), Amount.of(row).prefix) == ("Undisclosed", "")


@given(AMOUNTS)
def test_prefix_and_figure_are_the_two_parts_of_the_text(amount: Amount):
    assert f"{amount.prefix} {amount.figure}".strip() == str(amount)
