"""Cards in Japanese: what is in another order, with other marks, or must not be mixed."""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from components.basics import messages
from components.subjects.difference import Change, Group
from components.ui import (
    about_cards,
    aside_cards,
    company_cards,
    difference_cards,
    evidence,
    list_card,
    state_cards,
    step_cards,
)
from components.ui.canvas import drawing_on
from components.ui.paper import Paper
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.view import Baseline, View
from tests.unit.factories import make_dataset, make_event, make_projects

SOURCES = [
    {
        "source_id": "courier",
        "publisher": "The Courier",
        "title": "Plant announced",
        "url": "https://courier.example",
        "published_on": "2026-02-17",
        "language": "en",
        "known": "read",
    },
    {
        "source_id": "gazette",
        "publisher": "官報",
        "title": "発電所を発表",
        "url": "https://gazette.example",
        "language": "ja",
        "known": "read",
    },
    {
        "source_id": "herald",
        "publisher": "The Herald",
        "title": "A plant",
        "language": "en",
        "known": "cited",
    },
]
DATASET = make_dataset(
    make_projects(("plant", "OH", 12.0), ("mill", "TN;AL", 40.0, "up_to")),
    sources=SOURCES,
    events=[make_event("plant", "2026-02-17", "announced", source_ids="courier")],
    companies=[
        {"company_id": "acme", "company": "アクメ", "japanese_name": "アクメ", "country": "JP"},
        {"company_id": "yota", "company": "ヨタ"},
        {"company_id": "zeta", "company": "Zeta", "japanese_name": "ゼータ"},
    ],
    roles=[
        {
            "role_id": f"mill-{company}",
            "company_id": company,
            "project_id": "mill",
            "role": "builds",
            "confidence": "official",
            "source_ids": "courier",
        }
        for company in ("acme", "zeta")
    ],
    gates=[
        {
            "gate_id": "permit",
            "project_id": "plant",
            "gate": "permit",
            "what": "用水の許可",
            "status": "not_found",
            "decided_by": "オハイオ州",
            "looked_on": "2026-10-10",
        }
    ],
    interests=[
        {
            "interest_id": "acme",
            "company": "Acme",
            "area": "電力",
            "company_id": "acme",
            "may_join_ids": "yota;zeta",
            "joint_confidence": "official",
            "joint_note": "上限額。",
            "source_ids": "courier",
        }
    ],
)


def view() -> View:
    return View(Baseline.of(DATASET), ProjectFilter())


def drawn(draw: Callable[[], object]) -> Markup:
    paper = Paper(url="https://pledge.example.org/projects", parameters={})
    paper.session_state |= {"link": Link(), "recalled": ()}
    with drawing_on(paper):
        draw()
    return paper.page()


def test_what_is_known_of_a_source_is_in_brackets():
    with messages.using("ja"):
        (cell,) = {evidence.cited(view(), ["herald"]).striptags()}
        decisive = evidence.decisive(view(), ["courier"]).striptags()
    assert cell.startswith("The Herald（")
    assert cell.endswith("）")
    assert decisive == "The Courier（2026年2月17日）"


def test_a_source_has_its_language_where_it_is_not_that_of_the_page_and_caches_are_not_mixed():
    def listed() -> list[str]:
        return [
            item.striptags()
            for item in map(Markup, evidence.listed(view(), ["courier", "gazette"]).split("<li>"))
        ][1:]

    english = listed()
    assert english == [
        "The Courier: Plant announced, 17 February 2026",
        "官報: 発電所を発表, in Japanese",
    ]
    with messages.using("ja"):
        japanese = listed()
    assert japanese == [
        "The Courier：Plant announced、2026年2月17日、英語",
        "官報：発電所を発表",
    ]
    assert listed() == english


def test_a_change_says_its_day_then_its_project():
    change = Change("It happened.", "2026-03", ("plant",), ("courier",), milestone_id="event-01")
    group = Group("events", "出来事", (change,))
    with messages.using("ja"):
        shown = view()
        page = drawn(lambda: difference_cards.listing([group], shown, shown, date(2026, 1, 1)))
    assert "2026年3月の出来事。The plant：It happened." in page.striptags()


def test_a_company_has_its_one_name_once_and_takes_its_role_in_a_project_of_states():
    with messages.using("ja"):
        text = drawn(lambda: company_cards.card(view(), names=True)).striptags()
    assert "アクメ日本" in text  # The next cell follows its one name.
    assert "Zeta ゼータ" in text
    assert "アラバマ州のThe mill" in text


def test_who_decides_a_step_is_in_brackets_after_it():
    with messages.using("ja"):
        text = drawn(lambda: step_cards.not_found(view())).striptags()
    assert "用水の許可（決定主体：オハイオ州）" in text
    assert "見つからなかったこと" in text


def test_titles_that_are_one_word_in_english_are_told_apart():
    with messages.using("ja"):
        text = drawn(lambda: state_cards.comparison(view(), [])).striptags()
    assert "発表額" in text
    assert "プロジェクト数" in text


def test_a_company_that_may_join_is_named_before_the_verb():
    (row,) = DATASET.interests.itertuples()
    with messages.using("ja"):
        cell = aside_cards._company(row, view()).striptags()
        figure = aside_cards._figure(row, "joint").striptags()
    assert cell == "アクメ ヨタとZetaが参加する可能性あり"
    assert figure.endswith("。上限額。")


def test_headings_follow_the_language_and_not_the_first_reader():
    with messages.using("ja"):
        assert about_cards._title("terms") == "対米投資の条件"
    assert about_cards._title("terms") == "Terms of the pledge"
    assert about_cards._title("gaps") == "Looked for and not found"


def test_a_cell_has_half_as_many_japanese_letters():
    with messages.using("ja"):
        assert list_card._short("あ" * 80) == "あ" * 44 + "…"
        assert list_card._short("a" * 80) == "a" * 80
