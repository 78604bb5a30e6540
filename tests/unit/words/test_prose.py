import ast
import re
import unicodedata
from datetime import date
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from components.basics import messages
from components.basics.formatting import escape_markdown, format_date, lower_first
from components.basics.us_states import STATE_NAMES
from components.facts.dataset import load
from components.facts.schema import CONFIDENCES, KNOWN, PRECISIONS, QUALIFIERS, STAGES
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import prose
from tests.frozen import FOLDER
from tests.unit.factories import PLEDGE, make_baseline, make_projects, make_view

ROOT = Path(__file__).parents[3]
NAMES = list(prose.SECTIONS)
SHIPPED = Baseline.of(load(FOLDER))

SMALL = make_baseline(
    make_projects(
        ("plant", "OH", 10.0, "about"),
        ("mill", "OH", 2.0),
        ("reactors", "TN;AL", 40.0, "up_to"),
        tranche=[1, 1, 2],
        stage=["financed", "financed", "announced"],
        stage_extent=["part", "whole", ""],
    )
)
"""Tranche 1 adds up to its official $12B; tranche 2 has 40 of its official 50."""

ONE = make_projects(("plant", "OH", 12.0))

VIEWS = {
    "shipped": SHIPPED.view(ProjectFilter()),
    "shipped, on a past day": SHIPPED.as_known_on(date(2026, 3, 1)).view(ProjectFilter()),
    "shipped, before anything": SHIPPED.as_known_on(date(2020, 1, 1)).view(ProjectFilter()),
    "small": SMALL.view(ProjectFilter()),
    "one project": make_view(ONE),
    "no match": SMALL.view(ProjectFilter(state=("DE",))),
    "nothing announced": make_view(ONE.iloc[:0]),
    "no tranches": make_view(ONE, tranches=[]),
    "nothing declared": make_view(ONE.iloc[:0], tranches=[], sectors=[]),
    "undisclosed": make_view(make_projects(("plant", "OH;TN")), tranches=[]),
    "undisclosed in a tranche": make_view(make_projects(("plant", "OH"))),
    "reached": make_view(ONE, total_usd_bn=12.0, total_qualifier="exact"),
}

NUMBER_WORD = re.compile(
    r"""\b(?:(?:
    two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen
    |(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|trillion|dozen
    |first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|half|halves|quarter
    |twice|thrice|percent)(?:s|fold)?|per[ ]cent)\b""",
    re.IGNORECASE | re.VERBOSE,
)
LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"|(?<![\w.])[0-9][0-9._]*")


def plain(name: str, view: View) -> str:
    """Return a rendered text as one line, unescaped."""
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", prose.render(name, view)).split())


def source_of(name: str) -> str:
    return (prose.TEXTS / f"{name}.md").read_text(encoding="utf-8")


def typed_numbers(template: str) -> list[str]:
    """Return the figures in a template that do not come from its variables.

    A literal inside a tag counts as typed by hand, like any other text.
    """
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    text = re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}",
        lambda tag: " ".join(["", *LITERAL.findall(tag[0]), ""]),
        text,
        flags=re.DOTALL,
    )
    signs = [
        sign
        for sign in text
        if sign.isnumeric() or sign in "%‰" or unicodedata.category(sign) == "Sc"
    ]
    return signs + NUMBER_WORD.findall(text)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_in_a_text_is_typed_by_hand(name: str):
    assert typed_numbers(source_of(name)) == []


@pytest.mark.parametrize(
    "text",
    [
        "up to 109",
        "$5",
        "19.8 %",
        "${{ amount }}",
        "€ {{ amount }}",
        "{{ share }}%",
        "two tranches",
        "Twelve projects",
        "a THIRD of it",
        "thirty-six",
        "two-thirds",
        "a twofold rise",
        "billions of dollars",
        "the first tranche",
        "half of the pledge",
        "twice as much",
        "some per cent",
        "½ of it",
        "三 projects",
        "{% if groups %}six{% endif %}",
        "{{ 12 }}",
        "{{ 'nine' }}",
        '{{ count or "no 1" }}',
        "{% set total = 550 %}",
        "{{ one }} and 2 {{ more }}",
        "{# none #} 3 {# none #}",
    ],
)
def test_a_number_typed_by_hand_is_caught(text: str):
    assert typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "one amount, once in both states",
        "Someone often listens to the weighty tension beyond.",
        "at least {{ unannounced }}, {{ share }} of it",
        "{# 6 projects, twelve states #}none",
        "{% for group in groups %}{{ group.part2 }}{% endfor %}",
        '{{ amount or "an undisclosed amount" }}',
        "{% if tranche.sum %}, a sum of {{ tranche.sum }}.{% endif %}",
        "U.S. dollars",
        "**Shared.** An amount – “up to” or not.",
        "",
    ],
)
def test_a_text_without_numbers_passes(text: str):
    assert typed_numbers(text) == []


def test_no_number_in_a_finished_phrase_is_typed_by_hand():
    module = ast.parse((ROOT / "components" / "words" / "prose.py").read_text(encoding="utf-8"))
    statements = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    phrases = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in statements
    ]
    assert "project" in phrases
    assert [phrase for phrase in phrases if typed_numbers(phrase)] == []


def test_every_text_has_its_place():
    found = {path.relative_to(prose.TEXTS).as_posix() for path in prose.TEXTS.rglob("*.md")}
    assert found == {prose.file_of(name, code) for name in NAMES for code in messages.LANGUAGES}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_read_whatever_there_is(name: str, view: View):
    text = prose.render(name, view)
    assert text.endswith((".", "\\."))
    wrong = r"\S  |\n\n\n| [.,:]|\.\.|\(\)|[{}]|\bNone\b|\bnan\b|Undisclosed|<[a-z-]+ "
    assert not re.search(wrong, text)


@pytest.mark.parametrize("name", NAMES)
def test_a_text_holds_no_fact_of_the_shipped_data(name: str):
    pledge = SHIPPED.dataset.pledge
    labels = [sector.label for sector in pledge.sectors]
    facts = [pledge.investor, pledge.recipient, pledge.publisher, *labels, *STATE_NAMES.values()]
    text = source_of(name).lower()
    assert [fact for fact in facts if re.search(rf"\b{re.escape(fact.lower())}\b", text)] == []


def test_the_shipped_pledge_is_told_in_its_own_figures():
    text = plain("what", VIEWS["shipped"])
    for phrase in (
        "Japan's $550 billion U.S. investment pledge.",
        "Total: up to $550 billion",
        "Start: 4 September 2025 (memorandum of understanding signed)",
        "Deadline: 19 January 2029",
        "six projects in two tranches, over six states",
        "The announced total is up to $109 billion, which is up to 19.8% of the pledge.",
        "the rest, at least $441 billion of the up to $550 billion,",
    ):
        assert phrase in text


def test_the_shipped_tranches_stand_with_official_total_and_sum():
    text = plain("method", VIEWS["shipped"])
    assert "Tennessee and Alabama share up to $40 billion." in text
    assert (
        "Tranche 1, announced on 17 February 2026, has an official total of $36 billion. "
        "In the data it has three projects with a sum of about $36 billion." in text
    )
    assert (
        "Tranche 2, announced on 19 March 2026, has an official total of up to $73 billion. "
        "In the data it has three projects with a sum of up to $73 billion." in text
    )
    assert "the pledge of up to $550 billion less everything announced" in text


def test_a_past_day_has_its_own_figures():
    text = plain("what", VIEWS["shipped, on a past day"])
    assert "As of 1 March 2026 the governments have announced three projects in one tranche" in text
    assert "The announced total is $36 billion, which is 6.5% of the pledge." in text
    assert "the rest, $514 billion of the up to $550 billion," in text
    days = plain("as-of", VIEWS["shipped, on a past day"])
    newest = format_date(SHIPPED.dataset.pledge.as_of.isoformat())
    assert f"The day chosen is 1 March 2026; the data was collected up to {newest}." in days


def test_small_sums_agree_with_a_calculation_by_hand():
    text = plain("what", VIEWS["small"])
    assert "three projects in two tranches, over three states" in text
    assert "The announced total is up to $52 billion, which is up to 52.0% of the pledge." in text
    assert "the rest, at least $48 billion of the up to $100 billion," in text


def test_a_sum_that_misses_the_official_total_says_so():
    text = plain("method", VIEWS["small"])
    assert "has an official total of $12 billion. In the data it has two projects with a " in text
    assert (
        "has an official total of up to $50 billion. In the data it has one project with a sum of "
        "up to $40 billion. The sum does not reconcile with the total, and is used instead." in text
    )
    assert text.count("does not reconcile") == 1


@pytest.mark.parametrize(
    ("view", "name", "phrase"),
    [
        pytest.param("nothing announced", "what", "so the announced total is $0", id="zero"),
        pytest.param("nothing announced", "what", "up to $100 billion, is unannounced", id="all"),
        pytest.param("nothing announced", "method", "In the data it has no projects.", id="none"),
        pytest.param("no tranches", "method", "no tranche with an official total", id="tranches"),
        pytest.param("one project", "method", "No project in the data has a shared", id="sole"),
        pytest.param("undisclosed", "what", "No amount has been disclosed for them", id="no sum"),
        pytest.param("undisclosed", "method", "Ohio and Tennessee share an undisclosed", id="gap"),
        pytest.param(
            "undisclosed in a tranche", "method", "one project, no amount disclosed.", id="open"
        ),
        pytest.param(
            "undisclosed in a tranche", "what", "For one project among these no amount", id="own"
        ),
        pytest.param("reached", "what", "Nothing is left unannounced.", id="reached"),
        pytest.param("reached", "method", "Nothing is left of it.", id="no remainder"),
    ],
)
def test_what_is_missing_is_said(view: str, name: str, phrase: str):
    assert phrase in plain(name, VIEWS[view])


@pytest.mark.parametrize("name", prose.SECTIONS)
def test_a_section_is_about_the_whole_pledge_whatever_the_filter(name: str):
    assert prose.render(name, VIEWS["no match"]) == prose.render(name, VIEWS["small"])


def test_one_group_of_states_is_one_whatever_the_order_and_the_largest_stands_first():
    projects = make_projects(
        ("a", "OH;TN", 1.0), ("b", "AL;TN", 3.0), ("c", "TN;AL", 2.0, "up_to"), ("d", "AL;OH")
    )
    text = plain("method", make_view(projects))
    shares = re.findall(r"\S+ and \S+ share [^.]+\.", text)
    assert shares == [
        "Alabama and Tennessee share up to $5 billion.",
        "Ohio and Tennessee share $1 billion.",
        "Alabama and Ohio share an undisclosed amount.",
    ]


def test_of_many_groups_the_smaller_ones_are_counted():
    codes = list(STATE_NAMES)[: prose.MAX_GROUPS + 3]
    rows = [(f"p{n}", f"{codes[0]};{code}", 1.0) for n, code in enumerate(codes[1:])]
    text = plain("method", make_view(make_projects(*rows)))
    assert text.count("share $1 billion.") == prose.MAX_GROUPS
    assert "Further amounts are shared by two more groups." in text


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        pytest.param("definitions", STAGES, id="stages"),
        pytest.param("definitions", QUALIFIERS, id="qualifiers"),
        pytest.param("definitions", CONFIDENCES, id="confidences"),
        pytest.param("method", PRECISIONS, id="precisions"),
        pytest.param(
            "definitions", {id: KNOWN[id] for id in ("copy", "cited")}, id="ways-of-being-known"
        ),
    ],
)
def test_every_word_of_a_list_is_explained(name: str, labels: dict[str, str]):
    text = plain(name, VIEWS["small"])
    assert [label for label in labels.values() if f"*{label}*: " not in text] == []


HOSTILE = "**Bold** <b>x</b> [go](https://x.example) $a$ :red[b] `c` # {{ 7 * 7 }} | ![i](j) _d_"


@pytest.mark.parametrize("key", ["title", "publisher", "investor", "recipient", "signed_event"])
def test_text_of_the_pledge_is_literal(key: str):
    texts = "\n".join(prose.render(name, make_view(ONE, None, **{key: HOSTILE})) for name in NAMES)
    assert escape_markdown(HOSTILE) in texts
    assert HOSTILE not in texts


def test_text_in_lists_of_the_pledge_is_literal():
    tranche = PLEDGE["tranches"][0] | {"note": f"{HOSTILE}\n\n- # x"}
    sector = PLEDGE["sectors"][0] | {"label": HOSTILE}
    view = make_view(ONE, tranches=[tranche], sectors=[sector])
    assert escape_markdown(f"{HOSTILE} - # x") in prose.render("method", view)
    assert escape_markdown(lower_first(HOSTILE)) in prose.render("definitions", view)


@pytest.mark.parametrize("name", prose.SECTIONS)
def test_a_section_fills_in_the_same_values_in_each_language(name: str):
    used = {}
    for code in messages.LANGUAGES:
        text = (prose.TEXTS / prose.file_of(name, code)).read_text(encoding="utf-8")
        used[code] = meta.find_undeclared_variables(jinja2.Environment().parse(text))
    assert used["ja"] == used["en"]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_as_many_items_in_each_language(name: str, view: View):
    items = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            items[code] = re.findall(r"^ *- ", prose.render(name, view), re.MULTILINE)
    assert len(items["ja"]) == len(items["en"])


def test_no_space_stands_between_two_lines_of_a_japanese_paragraph():
    with messages.using("ja"):
        text = prose.render("what", SHIPPED.in_language().view(ProjectFilter()))
    assert "います。発表額" in text
    assert "\n\n" in text, "paragraphs stay"
    assert "\n- " in text, "lists stay"
