"""A page of an edition as a file: its links, and text that only looks like one."""

from markupsafe import Markup

from components.edition.document import has_mark, relinked
from components.edition.plan import ORIGIN, Plan
from tests.unit.factories import make_projects, make_view

BASELINE = make_view(make_projects(("plant", "OH", 12.0))).baseline
PLAN = Plan.of(BASELINE, [], base="https://example.org/")
FILE, ADDRESS = "companies/index.html", f"{ORIGIN}/companies"


def rewrite(page: Markup) -> tuple[str, list[str], list[str]]:
    broken: list[str] = []
    written, asked = relinked(page, address=ADDRESS, file=FILE, plan=PLAN, report=broken.append)
    return written, asked, broken


def test_links_lead_from_the_file_and_are_asked_for():
    written, asked, broken = rewrite(
        Markup('<a class="way" href="projects?project=plant">P</a> <a href="./">All</a>')
    )
    assert written == '<a class="way" href="../projects/plant/">P</a> <a href="../">All</a>'
    assert asked == [f"{ORIGIN}/projects?project=plant", f"{ORIGIN}/"]
    assert broken == []


def test_a_link_that_only_the_app_can_answer_is_plain_text_without_one():
    written, asked, _ = rewrite(Markup('<a class="inside" href="?sort=-amount&amp;search=x">S</a>'))
    assert written == '<a class="inside">S</a>'
    assert asked == []


def test_other_sites_and_parts_of_the_page_stay_as_they_are():
    page = Markup('<a href="https://a.example/?x=1&amp;y=2">A</a> <a href="#notes">N</a>')
    written, asked, _ = rewrite(page)
    assert written == page
    assert asked == [f"{ADDRESS}#notes"]


def test_a_link_to_nothing_is_reported_by_its_address():
    _, _, broken = rewrite(Markup('<a href="nothing">N</a> <a href="projects?project=no">N</a>'))
    assert broken == ["nothing", "projects?project=no"]


def test_text_that_looks_like_a_link_is_none():
    text = '"><a href="nothing">x</a> href="nothing"'
    page = Markup('<p title="{}">{}</p>').format(text, text)
    written, asked, broken = rewrite(page)
    assert (written, asked, broken) == (page, [], [])


def test_a_mark_is_the_id_of_an_element():
    assert has_mark('<section id="about-codebook">', "about-codebook")
    assert not has_mark("about-codebook", "about-codebook")
