import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.amounts import Amount, add_up, qualify

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
    assert amount.share_of(550.0) == share


@pytest.mark.parametrize(
    ("has_ceiling", "has_estimate", "qualifier"),
    [
        (True, True, "up_to"),
        (True, False, "up_to"),
        (False, True, "about"),
        (False, False, "exact"),
    ],
)
def test_a_ceiling_outweighs_an_estimate(has_ceiling: bool, has_estimate: bool, qualifier: str):
    assert qualify(has_ceiling=has_ceiling, has_estimate=has_estimate) == qualifier
