"""The states, and which of them a misspelt name may mean."""

import pytest

from components.basics.us_states import STATE_NAMES, nearest


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        pytest.param("Tennesee", ["TN"], id="misspelt"),
        pytest.param("tx", ["TX"], id="small letters"),
        pytest.param(" GEORGIA ", ["GA"], id="capitals and blanks"),
        pytest.param("zz", [], id="nothing near"),
        pytest.param("", [], id="empty"),
        pytest.param("x" * 100_000, [], id="endless"),
    ],
)
def test_a_state_that_is_nearly_named_is_found(wanted: str, codes: list[str]):
    assert nearest(wanted) == codes


def test_every_name_and_code_finds_its_state():
    assert all(nearest(name)[0] == code for code, name in STATE_NAMES.items())
    assert all(nearest(code)[0] == code for code in STATE_NAMES)
