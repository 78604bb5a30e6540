import pytest
from markupsafe import Markup

from components.basics import messages
from components.ui import markup


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Nuclear power", "", "Nuclear power"),
        ("原子力発電", "", '<span lang="ja">原子力発電</span>'),
        ("A title", "en", "A title"),
        ("日本の投資", "ja", '<span lang="ja">日本の投資</span>'),
        ("Un titre", "fr", '<span lang="fr">Un titre</span>'),
    ],
)
def test_an_english_page_marks_other_languages(text: str, language: str, expected: str):
    assert markup.worded(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Nuclear power", "", '<span lang="en">Nuclear power</span>'),
        ("原子力発電", "", "原子力発電"),
        ("GE Vernova日立", "", "GE Vernova日立"),
        ("A title", "en", '<span lang="en">A title</span>'),
        ("日本の投資", "ja", "日本の投資"),
        ("Un titre", "fr", '<span lang="fr">Un titre</span>'),
        ("TX", "", "TX"),
        ("9.2 GW", "", "9.2 GW"),
        ("2026-03-19", "", "2026-03-19"),
        ("<b>", "", "&lt;b&gt;"),
        (Markup("<b>bold</b>"), "", "<b>bold</b>"),
    ],
)
def test_a_japanese_page_marks_english_and_leaves_figures_and_ids(
    text: str, language: str, expected: str
):
    with messages.using("ja"):
        assert markup.worded(text, language) == expected


def test_lists_have_the_marks_of_their_language():
    def listed() -> tuple[Markup, Markup, Markup]:
        items = ["A", "", "B"]
        comma = markup.joined(items, markup.comma())
        return markup.joined(items), comma, markup.joined(items, " · ")

    assert listed() == ("A; B", "A, B", "A · B")
    with messages.using("ja"):
        assert listed() == ("A、B", "A、B", "A · B")
