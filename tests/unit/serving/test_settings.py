from pathlib import Path

import pytest

from components.serving import settings
from components.serving.settings import SettingsError

README = Path(__file__).parents[3] / "README.md"


def test_without_variables_every_setting_has_its_default():
    chosen = settings.read({})
    assert (chosen.port, chosen.address, chosen.hosts[0]) == (8501, "localhost", "localhost")
    assert chosen.data == settings.ROOT / "data"


def test_an_empty_variable_is_one_that_is_not_set():
    assert settings.read({"PLEDGE_PORT": ""}).port == 8501


def test_other_variables_are_ignored():
    assert settings.read({"PORT": "x", "HOME": "/nowhere"}) == settings.read({})


def test_lists_are_separated_by_commas_or_spaces():
    chosen = settings.read({"PLEDGE_HOSTS": "a.example, *.B.example  c"})
    assert chosen.hosts == ("a.example", "*.b.example", "c")


def test_the_host_of_the_public_address_is_allowed_too():
    chosen = settings.read({"PLEDGE_PUBLIC_URL": "https://Pledge.Example.org:8443/"})
    assert chosen.public_url == "https://Pledge.Example.org:8443"
    assert chosen.allowed_hosts == ("localhost", "127.0.0.1", "::1", "pledge.example.org")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("PORT", "eighty", "0 to 65535"),
        ("PORT", "70000", "0 to 65535"),
        ("DATA", "no/such/folder", "an existing folder"),
        ("HOSTS", "https://a.example", "host names"),
        ("HOSTS", ",", "host names"),
        ("PUBLIC_URL", "pledge.example.org", "a web address without a path"),
        ("PUBLIC_URL", "https://a.example/path", "a web address without a path"),
        ("PUBLIC_URL", "ftp://a.example", "a web address without a path"),
        ("FRAME_ANCESTORS", "https://a.example; script-src *", "or origins such as"),
        ("TRUSTED_PROXIES", "10.0.0", "addresses or networks"),
        ("LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("DRAIN_SECONDS", "-1", "0 to 600"),
        ("PICTURES_PER_MINUTE", "0", "1 or more"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_variable_value_and_what_is_allowed(
    name: str, value: str, allowed: str
):
    with pytest.raises(SettingsError) as error:
        settings.read({f"PLEDGE_{name}": value})
    words = str(error.value)
    assert words.startswith(f"PLEDGE_{name} is '{value}'. Allowed: ")
    assert allowed in words
    assert "\n" not in words


def test_a_misspelt_variable_stops_the_start_too():
    with pytest.raises(
        SettingsError, match=r"PLEDGE_PROT is an unknown setting\. Did you mean PLEDGE_PORT\?"
    ):
        settings.read({"PLEDGE_PROT": "1"})


def test_the_readme_has_the_table_of_all_settings():
    assert settings.table() in README.read_text("utf-8")
