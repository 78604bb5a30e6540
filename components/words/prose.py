"""Prose: the fixed texts about the data, with every figure in them filled in from a view."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2

from components.basics.amounts import RECONCILED_WITHIN_USD_BN, Amount
from components.basics.formatting import (
    escape_markdown,
    format_date,
    format_usd_bn,
    join_words,
    lower_first,
    spell_count,
)
from components.basics.messages import ENGLISH, Labels, _, in_japanese, language
from components.basics.us_states import STATE_NAMES
from components.facts.schema import (
    CONFIDENCES,
    GATE_STATUSES,
    KNOWN,
    MILESTONE_STAGES,
    PRECISIONS,
    QUALIFIERS,
    STAGES,
)
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of, total_of
from components.views.view import View
from components.words import wording

TEXTS: Final = Path(__file__).parent / "texts"

SECTIONS: Final = Labels(
    {
        "what": "What this is",
        "definitions": "What the words mean",
        "inclusion": "What counts as a project",
        "method": "How figures are counted",
        "as-of": "What a past day shows",
        "errors": "How to report an error",
    }
)
"""The sections about the whole pledge, in reading order: id -> heading."""

MAX_GROUPS: Final = 12
"""At most this many groups of states are named with their shared amount; the rest is counted."""

WITHIN_JAPANESE: Final = re.compile("(?<=[\u3000-\uffef])\n(?=[\u3000-\uffef])")
"""A break between two lines of one paragraph in Japanese."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "qualifiers": QUALIFIERS,
    "confidences": CONFIDENCES,
    "known": KNOWN,
    "precisions": PRECISIONS,
    "stages": STAGES,
    "steps": GATE_STATUSES,
    "events": MILESTONE_STAGES,
}


def render(name: str, view: View) -> str:
    """Return a section as Markdown in the present language; text from the data is escaped.

    It covers all projects on the view's day, whatever the filter.
    """
    subject = view.baseline.view(ProjectFilter())
    values = subject.cached(values_of)
    template = _environment().get_template(file_of(name, language()))
    text = template.render(values).strip()
    # Markdown makes a break between lines a space, which Japanese has not between its letters.
    return WITHIN_JAPANESE.sub("", text) if in_japanese() else text


def file_of(name: str, code: str) -> str:
    """Return the file of a section in a language, below the folder of texts."""
    return f"{name}.md" if code == ENGLISH else f"{code}/{name}.md"


def values_of(view: View) -> dict[str, Any]:
    """Return the variables of a template for a view: phrases, lists of them, and flags.

    A variable without content is "" or an empty list.
    """
    groups = _groups(view)
    beyond = len(groups) - MAX_GROUPS
    return {
        **WORDS,
        **_terms(view),
        **_figures(view),
        "tranches": _tranches(view),
        "groups": groups[:MAX_GROUPS],
        "more_groups": spell_count(beyond, "more group") if beyond > 0 else "",
        "tolerance": format_usd_bn(RECONCILED_WITHIN_USD_BN, long=True),
        "example_id": next(iter(view.projects["project_id"].tolist()), ""),
    }


def _terms(view: View) -> dict[str, str]:
    pledge = view.pledge
    days = {
        "signed_on": pledge.signed_on,
        "deadline": pledge.deadline,
        "as_of": pledge.as_of,
        "searched_on": pledge.searched_on,
        "newest": view.baseline.newest,
        "known_on": view.known_on,
    }
    return {
        **{name: format_date(day.isoformat()) if day else "" for name, day in days.items()},
        "title": pledge.title,
        "publisher": pledge.publisher,
        "investor": pledge.investor,
        "recipient": pledge.recipient,
        "signed_event": lower_first(pledge.signed_event),
        "pledged": pledge.total.in_words(),
        "sectors": join_words([lower_first(sector.label) for sector in pledge.sectors]),
        "version": f"{pledge.version} ({view.dataset.version})",
    }


def _figures(view: View) -> dict[str, Any]:
    head = view.headline
    counts = {
        "project_count": head.project_count,
        "undisclosed": head.undisclosed_count,
    }
    return {
        "is_empty": not head.project_count,
        "is_disclosed": head.announced.is_disclosed,
        "is_reached": not head.unannounced.usd_bn,
        "announced": head.announced.in_words(),
        "share": head.announced.share_of(view.pledge.total),
        "unannounced": wording.remainder(head, long=True),
        "tranche_count": spell_count(len(head.tranches), "tranche"),
        "state_count": spell_count(len(head.states), "state"),
        **{name: spell_count(n, "project") if n else "" for name, n in counts.items()},
    }


def _tranches(view: View) -> list[dict[str, Any]]:
    """Return each tranche with its official total and the sum of all its projects."""
    whole = view.baseline.parts
    entries = []
    for tranche in view.pledge.tranches:
        rows = whole[whole["tranche"].to_numpy() == tranche.tranche]
        summed = total_of(rows)
        is_used = tranche.tranche in view.baseline.official
        entries.append(
            {
                "name": _("Tranche {number}", number=tranche.tranche),
                "announced_on": format_date(tranche.announced_on.isoformat()),
                "official": tranche.total.in_words(),
                "note": tranche.note,
                "projects": spell_count(int(rows["project_count"].sum()), "project"),
                "sum": _in_words(summed),
                "is_off": summed.is_disclosed and not is_used,
                "is_undisclosed": is_used and not summed.is_disclosed,
            }
        )
    return entries


def _groups(view: View) -> list[dict[str, str]]:
    """Return the groups of states that share an amount: largest first, undisclosed last."""
    names: dict[frozenset[str], str] = {}
    sums: dict[frozenset[str], Amount] = {}
    for row in rows_of(view.parts[view.parts["is_shared"].to_numpy(dtype=bool)]):
        if not row.amount_usd_bn:
            continue  # The part of another project that shares the amount has it.
        codes = row.amount_states.split(";")
        group = frozenset(codes)
        names.setdefault(group, join_words([STATE_NAMES.get(code, code) for code in codes]))
        amount = Amount.of(row)
        sums[group] = sums.get(group, Amount()) + amount
    ordered = sorted(sums, key=lambda group: -sums[group].drawn_usd_bn)
    return [{"states": names[group], "amount": _in_words(sums[group])} for group in ordered]


def _in_words(amount: Amount) -> str:
    return amount.in_words() if amount.is_disclosed else ""


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEXTS),
        # The result is Markdown, not HTML: every inserted value is escaped below, in one place.
        autoescape=False,
        finalize=lambda value: escape_markdown(str(value)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
