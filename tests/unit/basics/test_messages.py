import threading

import pytest

from components.basics import messages
from components.basics.messages import Labels, _, in_context, plural


def test_a_message_is_given_in_the_present_language():
    assert _("Ohio") == "Ohio"
    with messages.using("ja"):
        assert _("Ohio") == "オハイオ州"
    assert _("Ohio") == "Ohio"


def test_a_message_without_a_translation_stays_english():
    with messages.using("ja"):
        assert _("No such message, {name}.", name="reader") == "No such message, reader."
        assert in_context("nowhere", "No such message") == "No such message"
        assert plural("{count} such message", "{count} such messages", 2) == "2 such messages"


def test_values_are_inserted_as_they_are():
    assert _("about {figure}", figure="{__class__} {0} %s") == "about {__class__} {0} %s"
    with messages.using("ja"):
        assert _("about {figure}", figure="{__class__}") == "約{__class__}"


def test_a_message_without_values_may_have_braces():
    assert _("{title} and {body} may stand") == "{title} and {body} may stand"


def test_the_empty_message_is_empty_and_not_the_head_of_the_catalogue():
    with messages.using("ja"):
        assert _("") == ""


def test_a_number_of_things_has_a_counter():
    numbers = [plural("{count} project", "{count} projects", count) for count in (0, 1, 1200)]
    assert numbers == ["0 projects", "1 project", "1,200 projects"]
    with messages.using("ja"):
        assert plural("{count} project", "{count} projects", 1200) == "1,200件"


def test_labels_are_looked_up_in_the_language_of_whoever_reads_them():
    labels = Labels({"TX": "Texas"}) | Labels({"OH": "Ohio"}, context="nowhere")
    assert dict(labels) == {"TX": "Texas", "OH": "Ohio"}
    assert "TX" in labels
    assert "ZZ" not in labels
    assert len(labels) == 2
    with messages.using("ja"):
        assert labels["TX"] == "テキサス州"
        assert labels["OH"] == "Ohio", "another context has another translation"
        assert labels.get("ZZ", "none") == "none"


def test_links_name_a_language_that_is_not_the_default_or_was_asked_for():
    assert messages.named() == ""
    with messages.using("en", is_asked=True):
        assert messages.named() == "en"
        with messages.using("ja"):
            assert messages.named() == "ja"
        assert messages.named() == "en"


def test_another_thread_writes_english_unless_what_it_calls_is_bound():
    written = {}

    def write(name: str) -> None:
        written[name] = _("Ohio")

    with messages.using("ja"):
        calls = {"plain": write, "bound": messages.bound(write)}
        threads = [threading.Thread(target=call, args=(name,)) for name, call in calls.items()]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert written == {"plain": "Ohio", "bound": "オハイオ州"}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-US,en;q=0.9,ja;q=0.8", "en"),
        ("en-US,ja;q=0.5", "en"),
        ("ja-JP,en;q=0.5", "ja"),
        ("en-Latn-GB;q=0.8,ja-Jpan-JP;q=0.9", "ja"),
        ("fr,ja;q=0.5", "ja"),
        ("de-DE,de;q=0.9", "en"),
        ("ja;q=0,en", "en"),
        ("*", "en"),
        ("ja;q=nothing", "en"),
        ("\x00;;==,," * 400, "en"),
    ],
)
def test_the_language_of_a_browser_is_the_one_it_likes_best(accepted: str, language: str):
    assert messages.from_header(accepted) == language
