"""Reports of errors: what is filled in, and that nothing but a web or mail address is a link."""

from urllib.parse import parse_qs, urlsplit

import pytest

from components.views.filters import ProjectFilter
from components.words import correction
from tests.unit.factories import make_projects, make_view

TEMPLATE = "https://reports.example/new?title={title}&body={body}"


def test_a_report_has_row_version_and_link():
    view = make_view(make_projects(), ProjectFilter(project=("a",)))
    link = "https://pledge.example/projects?project=a&as_of=2026-03-01"
    asked = parse_qs(urlsplit(correction.address_of(TEMPLATE, view, link=link)).query)
    assert asked["title"] == [f"Correction: {view.words}"]
    (body,) = asked["body"]
    assert body.startswith("Row: a\n")
    assert f"Page: {link}\n" in body
    assert f"({view.dataset.version})" in body


@pytest.mark.parametrize("template", ["", "javascript:alert(1)", "http://reports.example"])
def test_nothing_else_is_a_link(template: str):
    assert correction.address_of(template, make_view(make_projects()), link="") == ""


def test_a_mail_is_addressed_and_filled_in():
    view = make_view(make_projects())
    address = correction.address_of("mailto:a@b.example?subject={title}", view, link="")
    assert address.startswith("mailto:a@b.example?subject=Correction%3A%20")
