"""How a view is cited."""

from datetime import date

import pytest
import yaml

from components.basics import messages
from components.exports.citations import cff, of_view, quoted
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_projects, make_view

LINK = "https://a.example/?state=OH"
ACCESSED = date(2027, 2, 3)


def ohio(**pledge: str) -> View:
    return make_view(make_projects(("plant", "OH", 12.0)), ProjectFilter(state=("OH",)), **pledge)


def cite(view: View, link: str = LINK) -> dict[str, str]:
    return {one.id: one.text for one in of_view(view, link=link, accessed=ACCESSED)}


def test_a_view_is_cited_with_filter_version_link_and_days():
    assert cite(ohio(version="2026.12.31.2")) == {
        "apa": "Small Tracker. (2026). A small pledge: Projects in Ohio, as of January 1, 2027 "
        "(Version 2026.12.31.2, 0123456789ab) [Data set]. Retrieved February 3, 2027, from "
        "https://a.example/?state=OH",
        "chicago": "Small Tracker. “A small pledge: Projects in Ohio.” Dataset, version "
        "2026.12.31.2 (0123456789ab), released December 31, 2026; data as of January 1, 2027. "
        "Accessed February 3, 2027. https://a.example/?state=OH.",
        "bibtex": "@misc{small-pledge-2026-12-31,\n"
        "  author = {{Small Tracker}},\n"
        "  title = {{A small pledge: Projects in Ohio}},\n"
        "  year = {2026},\n"
        "  version = {2026.12.31.2 (0123456789ab)},\n"
        "  note = {Data set, version 2026.12.31.2 (0123456789ab), released 31 December 2026, "
        "data as of 1 January 2027},\n"
        "  url = {https://a.example/?state=OH},\n"
        "  urldate = {2027-02-03},\n"
        "}",
        "sist02": "Small Tracker. “A small pledge: Projects in Ohio”. 2026.12.31.2版 "
        "(0123456789ab). 2026-12-31. https://a.example/?state=OH, (参照 2027-02-03).",
        "sentence": "According to “A small pledge” (projects in Ohio) by Small Tracker, dataset "
        "version 2026.12.31.2 (0123456789ab), data as of 1 January 2027: "
        "https://a.example/?state=OH (accessed 3 February 2027).",
    }


def test_the_english_note_of_a_bibtex_entry_has_english_days_in_japanese_too():
    with messages.using("ja"):
        entry = cite(ohio(version="2026.12.31.2"))["bibtex"]
    assert "released 31 December 2026, data as of 1 January 2027}" in entry


def test_a_sentence_is_quoted_with_its_day_credit_and_link():
    said = "$12 billion is announced for projects in Ohio."
    assert quoted(said, ohio(), link=LINK) == (
        "$12 billion is announced for projects in Ohio.\n"
        "As of 1 January 2027. From “A small pledge” by Small Tracker, dataset version 2026.1 "
        "(0123456789ab), CC BY 4.0: https://a.example/?state=OH"
    )
    assert quoted(said, ohio(), link="").endswith("(0123456789ab), CC BY 4.0.")


def test_all_projects_need_no_filter_in_the_title():
    view = make_view(make_projects(("plant", "OH", 12.0)))
    assert "A small pledge, as of January 1, 2027 (Version" in cite(view)["apa"]


def test_without_a_link_no_citation_speaks_of_one():
    for text in cite(ohio(), link="").values():
        assert "ccessed" not in text
        assert "etrieved" not in text
        assert "url" not in text


def test_bibtex_escapes_what_latex_would_run_and_stays_balanced():
    title = r"$5 & 50% \input{x} _a^b ~#"
    entry = cite(ohio(title=title), link="https://a.example/{}")["bibtex"]
    assert (
        r"\$5 \& 50\% \textbackslash{}input\{x\} \_a\textasciicircum{}b \textasciitilde{}\#"
        in entry
    )
    assert "https://a.example/%7B%7D" in entry
    plain = entry.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")


def test_citation_cff_has_the_keys_that_its_schema_asks_for_and_is_dated_by_the_release():
    entry = yaml.safe_load(cff(ohio(version="2026.12.31.2"), link=LINK))
    required = {"cff-version", "message", "title", "authors", "version", "date-released"}
    assert required <= set(entry)
    assert entry["cff-version"] == "1.2.0"
    assert entry["type"] == "dataset"
    assert all(
        isinstance(entry[key], str) and entry[key]
        for key in required - {"authors", "date-released"}
    )
    assert entry["authors"] == [{"name": "Small Tracker"}]
    assert entry["title"] == "A small pledge: Projects in Ohio"
    assert entry["version"] == "2026.12.31.2 (0123456789ab)"
    assert entry["date-released"] == date(2026, 12, 31)
    assert entry["abstract"] == (
        "Filter: Projects in Ohio. Data as of 1 January 2027. Announced amounts, not money spent."
    )
    assert (entry["license"], entry["url"]) == ("CC-BY-4.0", LINK)


def test_a_view_of_a_past_day_is_dated_by_the_release_and_names_the_day():
    view = make_view(make_projects(("plant", "OH", 12.0)), version="2026.12.31")
    past = view.baseline.as_known_on(date(2026, 6, 1)).view(ProjectFilter())
    entry = yaml.safe_load(cff(past, link=LINK))
    assert entry["date-released"] == date(2026, 12, 31)
    assert "Data as of 1 June 2026." in entry["abstract"]
    cited = cite(past)
    assert "(2026). A small pledge, as of June 1, 2026 (Version" in cited["apa"]
    assert "released December 31, 2026; data as of June 1, 2026." in cited["chicago"]
    assert cited["bibtex"].startswith("@misc{small-pledge-2026-12-31,")


@pytest.mark.parametrize("version", ["1", "2026.1", "2026.13.40", "next"])
def test_a_version_without_a_day_is_dated_by_the_newest_facts(version: str):
    view = ohio(version=version)
    past = view.baseline.as_known_on(date(2026, 6, 1)).view(ProjectFilter())
    for one in (view, past):
        assert yaml.safe_load(cff(one, link=""))["date-released"] == date(2027, 1, 1)


@pytest.mark.parametrize("title", ["yes: no", "- a\n- b", "日本の約束", "!!python/object:x", "#"])
def test_no_title_breaks_the_yaml(title: str):
    view = make_view(make_projects(("plant", "OH", 12.0)), title=title)
    assert yaml.safe_load(cff(view, link=""))["title"] == title


def test_a_licence_without_a_known_identifier_is_left_out():
    assert "license" not in yaml.safe_load(cff(ohio(licence="Ask us"), link=""))
