from datetime import date

from components.words.colophon import UNSPENT, Colophon
from tests.unit.factories import make_projects, make_view

VIEW = make_view(make_projects(("plant", "OH", 33.3, "about")))


def make_colophon(*, note: str = "Hatching: …", link: str = "http://x/?a=b") -> Colophon:
    source = "Sources: The Gazette."
    return Colophon.of(VIEW, title="T", subtitle="S", note=note, source=source, link=link)


def test_the_small_print_says_what_the_figures_are_and_where_from():
    assert make_colophon().small_print().splitlines() == [
        "Hatching: …",
        "Announced amounts, not money spent.",
        "Sources: The Gazette.",
        "A small pledge, dataset version 2026.1 (0123456789ab), CC BY 4.0.",
        "http://x/?a=b",
    ]


def test_what_is_empty_leaves_no_line():
    assert "\n\n" not in make_colophon(note="", link="").small_print()


def test_data_files_carry_the_same_words_under_names():
    assert make_colophon().items() == {
        "title": "T",
        "subtitle": "S",
        "note": "Hatching: …",
        "caution": UNSPENT,
        "source": "Sources: The Gazette.",
        "data_as_of": date(2027, 1, 1).isoformat(),
        "dataset": "A small pledge",
        "dataset_version": "2026.1 (0123456789ab)",
        "licence": "CC BY 4.0",
        "link": "http://x/?a=b",
    }
