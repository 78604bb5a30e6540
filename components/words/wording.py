"""The sentences of the dashboard, composed from figures and labels: no number is hard-coded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from components.basics import formatting
from components.basics.amounts import Amount, Money
from components.basics.formatting import (
    as_sentence,
    bracketed,
    format_count,
    format_date,
    format_units,
    join_clauses,
    join_details,
    join_words,
    labelled,
    lower_first,
    shorten,
    spell_count,
    spell_number,
    upper_first,
)
from components.basics.messages import Labels, _, in_context, in_japanese, mark, plural
from components.basics.us_states import STATE_NAMES
from components.facts.pledge import Aside
from components.facts.schema import CONFIDENCES, KNOWN, MONEY_STEPS, STAGES, SUBJECTS
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Makeup
from components.views.money_events import MoneyTotal
from components.views.summaries import Headline, rows_of
from components.views.view import View

TITLES: Final = Labels(
    {
        "projects": "Projects in this view",
        "sources": "Sources of this view",
        "facts": "What is known",
        "milestones": "What happened",
        "conflicts": "Where sources disagree",
        "gaps": "Looked for and not found",
        "own-sources": "Sources",
        "comparison": "States with a project",
    }
)
"""Titles of cards that are not charts."""

PUBLISHERS_NAMED: Final = 2
MAX_REPORTED: Final = 4
"""A sentence names at most this many publishers, and reported projects; the rest is counted."""

MAX_LISTED: Final = 12
"""A text alternative names at most this many bars, states or steps; the table has the rest."""

UNIT: Final = mark("US$ billions, announced, not spent")

DAY_HELP: Final = mark(
    "Everything as it was known on a day: projects, stages, totals and milestones."
)

NONE_STATED: Final = mark("none stated")
NONE_FOUND: Final = mark("none found")
COMPARED_HELP: Final = mark(
    "Each day is told in today's words: what the present data dates up to it, whenever that was "
    "added here."
)
AGREEMENTS_WARNING: Final = mark(
    "None of these amounts belongs to the pledge or to any total of it."
)
INTERESTS_WARNING: Final = mark(
    "These figures are business scale and expressions of interest. They are no part of the pledge "
    "and of no total, and are not added up here."
)
ALL_STATES: Final = mark("All states side by side")
NO_MILESTONES: Final = mark("No milestone of this project is known.")
NOT_STATED: Final = mark("Not stated")
CONFLICTS_HELP: Final = mark("Every value with who gives it, the one used here, and why.")

NO_ADDRESS: Final = mark(" (no public address is known)")


DATA_LEAD: Final = mark(
    "Programs can read all that the pages show, under the same filter and day. No key is needed. "
    "What is asked again and again comes from a cache; a program that asks for more than a few "
    "hundred answers a minute is told to wait."
)
DATA_FILES: Final = mark(
    "Programs can read all that the pages show: whole, or of one sector, state, tranche or stage, "
    "as files under addresses that stay. No key is needed."
)
DATA_TABLES: Final = mark(
    "CSV and JSON have the same rows; in CSV the last columns, about_…, say what a file is. "
    "A change of what a column means would come under another version than v1."
)
FOLLOW: Final = mark(
    "A feed reader shows new events of this view, a calendar the days by which steps are expected. "
    "Both keep to the filter and are always of the present."
)


def how_known(known: str) -> str:
    """Return what follows a source that was not read itself: ``original not seen``; "" for others.

    ``known`` is a word of ``KNOWN``, or "" in a table that does not say.
    """
    return lower_first(KNOWN[known]) if known in KNOWN and known != "read" else ""


def how_sure(confidence: str) -> str:
    """Return the word for what is not official: ``reported``; "" for what is, or where none."""
    return lower_first(CONFIDENCES.get(confidence, "")) if confidence != "official" else ""


def listed(items: Sequence[str], *, hidden: int = 0) -> str:
    """Return the items of a text alternative, joined, with the number of those left out."""
    rest = max(len(items) - MAX_LISTED, 0) + hidden
    return join_clauses([*items[:MAX_LISTED], *([more(rest)] if rest else [])])


def nothing_dated(view: View, *, added: int) -> str:
    """Return that nothing is dated in the days compared, and how many events were added in them."""
    nothing = (
        _("No announcement, event or list in this filter is dated in these days.")
        if view.filter
        else _("No announcement, event or list in the data is dated in these days.")
    )
    were_added = plural(
        "{count} event was added here in them.",
        "{count} events were added here in them.",
        added,
        count=upper_first(spell_number(added)),
    )
    return join_sentences(nothing, were_added)


def added_after(view: View, since: date, *, added: int) -> str:
    """Return how much was added after a day that is not before the newest facts."""
    as_of, first = (format_date(day.isoformat()) for day in (view.pledge.as_of, since))
    were_added = plural(
        "{count} event was added here after {first}.",
        "{count} events were added here after {first}.",
        added,
        count=upper_first(spell_number(added)),
        first=first,
    )
    nothing = _("The facts are as of {as_of}: nothing is dated later.", as_of=as_of)
    return join_sentences(nothing, were_added)


def day_help(last: date) -> str:
    """Return how to write a day in a field."""
    day = last.isoformat()
    return _("A day such as {day}, the last one; press Enter to apply it.", day=day)


def no_day(text: str, last: date) -> str:
    """Return the notice that a field holds no day that can be shown."""
    return join_sentences(
        _(
            "“{text}” is no day up to {last}.",
            text=_clip(text),
            last=format_date(last.isoformat()),
        ),
        _("Write year, month and day, such as {day}.", day=last.isoformat()),
    )


def more(count: int) -> str:
    """Return how many items a list leaves out: ``and 12 more``."""
    return _("and {count} more", count=f"{count:,}")


def more_states(count: int) -> str:
    """Return how many states a list leaves out, as ``more`` does."""
    return in_context("states", "and {count} more", count=f"{count:,}")


def more_sectors(count: int) -> str:
    """Return how many sectors a list leaves out, as ``more`` does."""
    return in_context("sectors", "and {count} more", count=f"{count:,}")


def found(view: View, count: int, *, search: str, can_sort: bool = True) -> str:
    """Return how many projects match the filter and the search."""
    if not search.strip():
        how = (
            _("Click a column title to sort, a name to open the project.")
            if can_sort
            else _("Click a name to open the project.")
        )
        return join_sentences(as_sentence(filter_line(view)), how)
    return _(
        "{filter}; {projects} found for “{search}”.",
        filter=filter_line(view),
        projects=format_count(count, "project"),
        search=_clip(search),
    )


def found_subtitle(view: View, count: int, *, search: str) -> str:
    """Return the subtitle of a file that has only what a search found."""
    return join_sentences(as_sentence(_(UNIT)), found(view, count, search=search))


def unknown_project(wanted: str) -> str:
    """Return the notice that a link names a project that is not in the data."""
    return _("There is no project “{wanted}” here.", wanted=_clip(wanted))


def not_yet(view: View) -> str:
    """Return the notice that the project of a link was not yet announced on the day."""
    name = shorten(view.words, limit=160)
    day = format_date(view.pledge.as_of.isoformat())
    return _("Not announced as of {day}: {name}.", day=day, name=name)


def unknown_page(wanted: str) -> str:
    """Return the notice that a link names a page that does not exist."""
    return _("There is no page “{wanted}” here.", wanted=_clip(wanted))


def state_choice(code: str, count: int) -> str:
    """Return the label of a state in a list, with its number of projects.

    The code comes first: whoever types it gets this state before others with the same letters.
    """
    name = f"{code} · {STATE_NAMES[code]}" if code in STATE_NAMES else code
    return bracketed(name, f"{count:,}" if count else "")


def states_placeholder(view: View) -> str:
    """Return what is shown while no single state is chosen: all, or the several of a link."""
    count = len(view.filter.state)
    if not count:
        return _(ALL_STATES)
    return _("{states} side by side", states=spell_count(count, "state"))


def more_in_list(count: int) -> str:
    """Return how many projects a sheet leaves out."""
    return _(
        "{projects} in the list of projects and in the download.",
        projects=format_count(count, "more project"),
    )


def elsewhere_help(view: View) -> str:
    """Return which announcements in other states are listed."""
    rest = view.baseline.view(view.filter.without("state"))
    return join_sentences(as_sentence(_(UNIT)), as_sentence(filter_line(rest)))


def comparison_help(view: View) -> str:
    """Return what the table of states counts, and that its amounts do not add up."""
    rest = view.baseline.view(view.filter.without("state"))
    shared = _("A shared amount stands in full in each of its states: the column does not add up.")
    return join_sentences(
        as_sentence(_(UNIT)),
        as_sentence(filter_line(rest)),
        shared if rest.headline.shared else "",
    )


def rows_found(count: int, whole: int, noun: str) -> str:
    """Return the number of rows in a list, and the number of all rows if a search hides some."""
    many = {"company": "companies"}.get(noun)
    rows = format_count(whole, noun, many)
    if count == whole:
        return _("All {rows}.", rows=rows)
    # Japanese counts nothing without a counter.
    some = format_count(count, noun, many) if in_japanese() else f"{count:,}"
    return _("{count} of {rows}.", count=some, rows=rows)


def no_list(aside: Aside | None, view: View) -> str:
    """Return the notice that a list is not in the data, or not yet published on the day shown."""
    if aside and aside.dated > view.pledge.as_of:
        day = format_date(view.pledge.as_of.isoformat())
        return _("Not published as of {day}: {title}.", day=day, title=aside.title)
    return _("The data lists none.")


def earlier(count: int) -> str:
    """Return how many earlier milestones a list leaves out."""
    return plural(
        "{count} earlier one is not listed; the download has it.",
        "{count} earlier ones are not listed; the download has them.",
        count,
    )


def gaps_help(view: View) -> str:
    """Return until which day no source was found."""
    day = format_date(view.baseline.newest.isoformat())
    return _("We found no source for these as of {day}.", day=day)


def opening(view: View) -> str:
    """Return a few sentences on how much, for what and where, for the current filter."""
    head = view.headline
    if view.filter:
        return join_sentences(
            _(
                "{amount} is announced for {subject}.",
                amount=upper_first(head.announced.in_words()),
                subject=view.words_inside,
            ),
            _matching(head),
            _shared(view),
            press_reports(view),
            _in_part(view),
            _undisclosed(head),
            _unnamed(view),
            money_said(view),
        )
    return join_sentences(
        _first(view),
        _undisclosed(head),
        _remainder(view),
        money_said(view),
    )


def _first(view: View) -> str:
    """Return how much is announced in all, and the leading sectors."""
    said, sectors = counted(view.headline), _leading_sectors(view)
    if not sectors:
        return _("{amount} is announced in {tranches}, for {projects} in {states}.", **said)
    return _(
        "{amount} is announced in {tranches}, for {projects} in {states}: {sectors}.",
        sectors=sectors,
        **said,
    )


def counted(head: Headline) -> dict[str, str]:
    """Return in words what is announced in all, in how many tranches, for what and where."""
    numbers = [number for number, _count in head.tranches]
    names = [_("tranche {number}", number=number) for number in numbers]
    return {
        "amount": upper_first(head.announced.in_words()),
        "tranches": (
            # Japanese names what English counts.
            join_words(names) if in_japanese() else spell_count(len(names), "tranche")
        ),
        "projects": spell_count(head.project_count, "project"),
        "states": spell_count(len(head.states), "state"),
    }


def finding(view: View) -> str:
    """Return what a view shows in one clause, without a full stop: the title of its pictures."""
    head = view.headline
    if not view.filter:
        return _(
            "{part} of the {whole} pledged is announced",
            part=upper_first(head.announced.in_words()),
            whole=head.pledged.in_words(),
        )
    return _shared_with(view) or announced_for(head.announced, view)


def _shared_with(view: View) -> str:
    """Return with which other states the amounts of a view are shared; "" for none."""
    chosen = set(view.filter.state or view.headline.states)
    partners = [set(codes.split(";")) - chosen for codes in view.projects["amount_states"]]
    names = [STATE_NAMES.get(code, code) for code in sorted(set().union(*partners)) if code]
    if not names:
        return ""
    said = {
        "amount": upper_first(view.headline.announced.in_words()),
        "subject": view.words_inside,
        "states": join_words(names),
    }
    if all(partners):
        return _("{amount} is announced for {subject}, shared with {states}", **said)
    return _("{amount} is announced for {subject}, part of it shared with {states}", **said)


def announced_by_sector(view: View) -> str:
    """Return which sector has most of what is announced, as ``finding`` does."""
    head = view.headline
    if view.filter.sector or len(head.sectors) < 2 or not head.sectors[0][1].is_disclosed:
        return finding(view)
    sector, amount = head.sectors[0]
    said = {
        "whole": head.announced.in_words(),
        "amount": amount.in_words(),
        "sector": lower_first(view.baseline.vocabulary.sector[sector]),
    }
    if not view.filter:
        return _("Of {whole} announced, {amount} is for {sector}", **said)
    return _(
        "Of {whole} announced for {subject}, {amount} is for {sector}",
        subject=view.words_inside,
        **said,
    )


def announced_by_state(view: View) -> str:
    """Return for how many states how much is announced, as ``finding`` does."""
    head = view.headline
    if view.filter or len(head.states) < 2:
        return finding(view)
    return _announced_to(head.announced, spell_count(len(head.states), "state"))


def announced_by_project(view: View) -> str:
    """Return for how many projects how much is announced, as ``finding`` does."""
    head = view.headline
    if view.filter or head.project_count < 2:
        return finding(view)
    return _announced_to(head.announced, spell_count(head.project_count, "project"))


def milestones_of(view: View) -> str:
    """Return whose milestones these are: those of all projects, or of the projects named."""
    return _("Milestones of {subject}", subject=view.words_inside)


def headline_figures(view: View) -> str:
    """Return announced amount, its share of the pledge and the remainder in one sentence."""
    head = view.headline
    return _(
        "{amount} announced, {share} of the pledge; {rest} unannounced.",
        amount=upper_first(str(head.announced)),
        share=head.announced.share_of(view.pledge.total),
        rest=remainder(head),
    )


def _matching(head: Headline) -> str:
    """Return how many of all projects the filter leaves: ``One of six projects matches.``."""
    count, whole = head.project_count, head.whole_project_count
    if count == whole:
        return ""
    return plural(
        "{count} of {whole} matches.",
        "{count} of {whole} match.",
        count,
        count=upper_first(spell_number(count)),
        whole=spell_count(whole, "project"),
    )


def no_matches(view: View) -> str:
    """Return the notice that nothing matches, as of when, and what is announced elsewhere."""
    as_of = format_date(view.pledge.as_of.isoformat())
    if not view.headline.whole_project_count:
        return nothing_announced(view)
    if view.filter == ProjectFilter(state=view.filter.state):
        places = join_words([STATE_NAMES[code] for code in view.filter.state], conjunction="or")
        first = _("No project is named in {states} as of {as_of}.", states=places, as_of=as_of)
    else:
        first = _(
            "No project matches this filter as of {as_of}: {filter}.",
            as_of=as_of,
            filter=view.words_inside,
        )
    whole = _(
        "In all, {amount} is announced for {projects}.",
        amount=view.headline.whole_announced.in_words(),
        projects=spell_count(view.headline.whole_project_count, "project"),
    )
    return join_sentences(first, whole)


def past_day(view: View) -> str:
    """Return the notice on a past day: what is as of that day, and what is from present data."""
    return _(
        "As known on {day}: projects, stages, totals and milestones follow their dates; words, "
        "amounts and sources are those of the present data.",
        day=format_date(view.pledge.as_of.isoformat()),
    )


def nothing_announced(view: View) -> str:
    """Return that no project was announced by the day, and how large the pledge is."""
    pledge = view.pledge
    said = {
        "as_of": format_date(pledge.as_of.isoformat()),
        "pledged": pledge.total.in_words(),
        "signed": format_date(pledge.signed_on.isoformat()),
    }
    if pledge.as_of < pledge.signed_on:
        return _(
            "No project is announced as of {as_of}, and the pledge of {pledged} is not signed "
            "before {signed}.",
            **said,
        )
    return _(
        "No project is announced as of {as_of}. The pledge of {pledged} was signed on {signed}.",
        **said,
    )


def filter_line(view: View) -> str:
    """Return the filter in words and the number of matches: ``…: 1 of 6 projects``."""
    shown, whole = view.headline.project_count, view.headline.whole_project_count
    if view.filter:
        line = _(
            "{filter}: {shown} of {projects}",
            filter=view.words,
            shown=f"{shown:,}",
            projects=format_count(whole, "project"),
        )
    elif whole:
        line = plural("All {count} project", "All {count} projects", whole)
    else:
        line = _("All projects: none")
    return line + known_on(view)


def known_on(view: View) -> str:
    """Return the suffix for a past day, ``, as known on 1 March 2026``; "" for the newest."""
    if not view.known_on:
        return ""
    return _(", as known on {day}", day=format_date(view.known_on.isoformat()))


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """One figure under the opening: what it is, a remark, and what it is made of.

    ``qualifier`` is in words and precedes the value: ``up to``; "" for none.
    """

    value: str
    label: str
    remark: str
    makeup: Makeup
    qualifier: str = ""

    @property
    def text(self) -> str:
        """The value with its qualifier: ``up to $109B``."""
        between = "" if in_japanese() else " "
        return f"{self.qualifier}{between}{self.value}".lstrip()

    @property
    def source_ids(self) -> list[str]:
        """The sources of its parts; those that decide come first."""
        return self.makeup.source_ids


def figures(view: View) -> list[HeadlineFigure]:
    """Return the figures under the opening: amounts, share, number of projects and states."""
    head, pledge = view.headline, view.pledge
    states = [code for code in head.states if not view.filter.state or code in view.filter.state]
    announced, share = makeup.of_announced(view), makeup.of_share(view)
    rest = head.unannounced
    left = _("of the {amount}", amount=pledge.total)
    whole = _("{amount} in all", amount=pledge.total)
    percent = head.announced.percent_of(pledge.total)
    prefix = head.announced.prefix
    return [
        HeadlineFigure(
            head.announced.figure,
            in_context("figure", "announced"),
            in_context("figure", "not spent"),
            announced,
            prefix,
        ),
        HeadlineFigure(percent, in_context("figure", "of the pledge"), whole, share, prefix),
        HeadlineFigure(
            rest.figure,
            in_context("figure", "unannounced"),
            left,
            makeup.of_unannounced(view),
            rest.prefix,
        ),
        HeadlineFigure(
            in_context("projects", "{count}", count=f"{head.project_count:,}"),
            in_context("figure", "project" if head.project_count == 1 else "projects"),
            _per_tranche(head),
            makeup.of_projects(view),
        ),
        HeadlineFigure(
            in_context("states", "{count}", count=f"{len(states):,}"),
            in_context("figure", "state" if len(states) == 1 else "states"),
            _shared_remark(head),
            makeup.of_states(view),
        ),
    ]


def subtitle(view: View, *, facet: str | None = None) -> str:
    """Return a subtitle: what is measured, and which projects are included.

    ``facet`` is the facet that a chart's own bars filter by: all bars stay, some are highlighted.
    """
    unit = as_sentence(_(UNIT))
    if facet is None or not view.filter.of(facet):
        return join_sentences(unit, as_sentence(filter_line(view)))
    rest = view.filter.without(facet).describe(view.baseline.vocabulary)
    labels = [view.baseline.vocabulary.of(facet)[value] for value in view.filter.of(facet)]
    chosen = join_words(labels if facet == "state" else [lower_first(label) for label in labels])
    return join_sentences(unit, _("{filter}; {chosen} highlighted.", filter=rest, chosen=chosen))


def rung(stage: str) -> str:
    """Return the label of a stage; the first counts only projects that have got no further."""
    return _("Announced only") if stage == "announced" else STAGES[stage]


def money_amount(total: MoneyTotal, *, long: bool = False) -> str:
    """Write the sum of money events as its sources give it, then in dollars; or none found.

    ``more than ¥340B, about $2.2B``; in words ``more than ¥340 billion, about $2.2 billion``.
    """
    if not total.is_found:
        return _(NONE_FOUND)
    parts = [total.original, total.amount if total.amount.is_disclosed else None]
    given = [part.in_words() if long else str(part) for part in parts if part]
    return join_details(given) or _("amounts in several currencies")


def money_lines(shown: MoneyTotal, whole: MoneyTotal, view: View) -> tuple[str, ...]:
    """Return the label of a step of the money: the amount, then how sure it is and for whom.

    ``whole`` is the sum without a filter; the amount of several projects is never divided.
    """
    if not shown.is_found:
        if not whole.is_found:
            return (_(NONE_FOUND),)
        return (_("none found; {amount} in all", amount=money_amount(whole)),)
    sure = lower_first(CONFIDENCES.get(shown.confidence, shown.confidence))
    count = len(shown.project_ids)
    if not count:
        return money_amount(shown), sure
    whose = plural("for {count} project", "for {count} projects together", count)
    inside = int(view.projects["project_id"].isin(shown.project_ids).sum())
    here = _("{count} here", count=f"{inside:,}") if inside < count else ""
    return money_amount(shown), join_details([sure, whose, here])


def money_whole(total: MoneyTotal, view: View, *, in_report: bool = True) -> str:
    """Write the sum of money events in words, how sure it is, and for how many projects.

    Those of them that the view has are counted where it has not all.
    """
    count = len(total.project_ids)
    inside = int(view.projects["project_id"].isin(total.project_ids).sum())
    is_reported = in_report and total.confidence == "reported"
    projects = spell_count(count, "project")
    is_part = inside < count and len(view.filter.project) != 1
    return join_details(
        [
            money_amount(total, long=True),
            lower_first(CONFIDENCES["reported"]) if is_reported else "",
            _("for {projects} together", projects=projects) if count > 1 else "",
            _("{count} of them here", count=spell_number(inside)) if is_part else "",
        ]
    )


def money_said(view: View) -> str:
    """Return what is signed, paid out and spent, in a sentence; "" where nothing of it is found."""
    totals = view.money_totals
    found = [
        labelled(lower_first(MONEY_STEPS[step]), money_whole(total, view))
        for step, total in totals.items()
        if total.is_found
    ]
    if not found:
        return ""
    missing = [lower_first(MONEY_STEPS[step]) for step in totals if not totals[step].is_found]
    said = upper_first(join_clauses(found))
    if not missing:
        return as_sentence(said)
    return _("{found}; {missing}: none found.", found=said, missing=join_words(missing))


def rates(total: MoneyTotal) -> str:
    """Return the rates by which money events were converted: ``¥156 to the dollar``."""
    found = dict.fromkeys(_rate(row) for row in total.events if row.rate_per_usd > 0)
    return join_clauses(list(found))


def _rate(row: Any) -> str:
    units = format_units(row.rate_per_usd, currency=row.original_currency)
    return _("{units} to the dollar", units=units)


def conversion(row: Any) -> str:
    """Return at which rate, of which day, a money event is converted, and why; "" if it is not."""
    if not row.rate_per_usd > 0:
        return ""
    return _(
        "Own conversion at {rate}, a rate of {day}: {note}",
        rate=_rate(row),
        day=format_date(row.rate_on),
        note=lower_first(row.rate_note),
    )


def concerned(view: View, project_ids: str) -> list[str]:
    """Return the names of the projects of an event, or the pledge for an event of its own."""
    names = view.baseline.vocabulary.project
    return [names.get(one, one) for one in project_ids.split(";") if one] or [SUBJECTS["pledge"]]


def timeline_subtitle(view: View) -> str:
    """Return whose milestones are drawn, and how many there are."""
    count = format_count(len(view.milestones), "milestone")
    whose = "" if len(view.filter.project) == 1 else as_sentence(filter_line(view))
    by_stage = _("{milestones}, by the stage each brought", milestones=count) + known_on(view)
    return join_sentences(whose, as_sentence(by_stage))


def issue_line(view: View) -> str:
    """Return whose data a view shows and of which day, where it has no row with a source."""
    return join_sentences(as_sentence(view.pledge.publisher), data_as_of(view))


def data_as_of(view: View) -> str:
    """Return of which day the data of a view is, in a sentence."""
    return _("Data as of {day}.", day=format_date(view.pledge.as_of.isoformat()))


def source_line(view: View, source_ids: Sequence[str]) -> str:
    """Return the leading publishers of sources, how many more there are, and the as-of date."""
    known = view.baseline.publishers
    leading = list(dict.fromkeys(known[source] for source in source_ids[:PUBLISHERS_NAMED]))
    rest = len(source_ids) - min(len(source_ids), PUBLISHERS_NAMED)
    names = [*leading, _("{count} more", count=f"{rest:,}")] if rest else leading
    return join_sentences(_("Sources: {names}.", names=join_words(names)), data_as_of(view))


def reported_part(row: Any) -> Amount:
    """Return the reported part of the amount of a project or state; undisclosed where none is."""
    return (
        Amount(row.reported_usd_bn, row.reported_qualifier) if row.reported_qualifier else Amount()
    )


def also_given(project: Any, *, long: bool = False) -> str:
    """Write the same amount as a source gives it in another currency: `` (¥5.2T)``; "" for none."""
    if not project.also_currency:
        return ""
    money = Money(project.also_bn, project.also_currency)
    return bracketed("", str(money.in_words() if long else money))


def project_label(project: Any) -> str:
    """Write the amount of a project, and whether other projects share it."""
    amount = str(Amount.of(project))
    return _("{amount} shared", amount=amount) if project.amount_id else amount


def project_amount(project: Any) -> str:
    """Write the amount of a project, also in another currency where a source gives both.

    Then follow whether others share it, and the part reported for it.
    """
    amount = project_label(project) + also_given(project)
    return join_details([amount, reported_share(project)])


def reported_share(project: Any) -> str:
    """Write the part of its amount that press reports give to a project; "" for none."""
    part = reported_part(project)
    return _("{part} of it by press reports", part=part) if part.is_disclosed else ""


def press_reports(view: View) -> str:
    """Return what is reported by the press rather than official; "" if there is nothing."""
    return view.cached(_press_reports)


def _press_reports(view: View) -> str:
    return join_sentences(_reported_amounts(view.projects), _reported_parts(view.projects))


def _reported_parts(projects: pd.DataFrame) -> str:
    is_reported = ~np.isnan(projects["reported_usd_bn"].to_numpy(dtype=float))
    count = int(is_reported.sum())
    if not count:
        return ""
    if count > MAX_REPORTED:
        return _(
            "Press reports divide the shared amounts of {count} projects further.",
            count=f"{count:,}",
        )
    parts = [
        _("{part} to {project}", part=reported_part(row).in_words(), project=row.project)
        for row in rows_of(projects[is_reported])
    ]
    return _("Of what is shared, press reports give {parts}.", parts=join_words(parts))


def _reported_amounts(projects: pd.DataFrame) -> str:
    is_reported = projects["amount_confidence"].to_numpy() == "reported"
    count = int(is_reported.sum())
    if not count:
        return ""
    if count > MAX_REPORTED:
        return _("{count} of the amounts are press reports, not official.", count=f"{count:,}")
    return plural(
        "The amount of {projects} is a press report, not official.",
        "The amounts of {projects} are press reports, not official.",
        count,
        projects=join_words(list(projects["project"].to_numpy()[is_reported])),
    )


def data_note(view: View) -> str:
    """Return what a reader must know before adding up the rows of a view."""
    shared = _(
        "A shared amount stands in full in each of its states: figures of states do not add up."
    )
    return join_sentences(
        _("An amount whose qualifier is up_to is a ceiling."),
        shared if view.headline.shared else "",
        press_reports(view),
    )


def state_hover(
    amount: Amount,
    *,
    project_count: int,
    names: Sequence[str],
    shared_with: Sequence[str],
    as_of: date,
) -> str:
    """Return the tooltip of a state: amount, sharing states, and projects, one line each."""
    if not project_count:
        return _("No project named as of {day}", day=format_date(as_of.isoformat()))
    lines = [state_amount(amount)]
    if shared_with:
        partners = join_words([STATE_NAMES.get(code, code) for code in shared_with])
        lines.append(_("shared with {states}, no official split", states=partners))
    lines += [f"· {name}" for name in names]
    if project_count > len(names):
        lines.append(f"· {more(project_count - len(names))}")
    return "\n".join(lines)


def state_amount(amount: Amount) -> str:
    """Return the first line on a state of the map: ``Up to $40B announced``."""
    if not amount.is_disclosed:
        return _("Amount undisclosed")
    return _("{amount} announced", amount=upper_first(str(amount)))


def join_sentences(*sentences: str) -> str:
    """Return sentences joined to a paragraph, without those that are empty."""
    return formatting.join_sentences(*sentences)


def dropped_from_link(dropped: Sequence[tuple[str, str]]) -> str:
    """Return the notice on unknown values of a link, shortened and as plain text."""
    shown = [f"{_clip(parameter)}={_clip(value)}" for parameter, value in dropped[:5]]
    if len(dropped) > len(shown):
        shown.append(_("{count} more", count=f"{len(dropped) - len(shown):,}"))
    return _(
        "This link asks for values that are not known here and were left out: {values}.",
        values=join_clauses(shown),
    )


def days_known(newest: date) -> str:
    """Return how a link names a day, and which day is the last."""
    return _(
        "Write dates as YYYY-MM-DD; the last one known is {day}.",
        day=newest.isoformat(),
    )


def unknown_state(wanted: str) -> str:
    """Return the notice that a link names a state that does not exist."""
    return _(
        "There is no state “{wanted}” here: a link has its two-letter code.",
        wanted=_clip(wanted),
    )


def _clip(text: str) -> str:
    visible = "".join(character if character.isprintable() else "�" for character in text)
    return visible if len(visible) <= 40 else f"{visible[:39]}…"


def announced_for(amount: Amount, view: View) -> str:
    """Return how much is announced for what a view shows, in a clause without a full stop."""
    return _announced_to(amount, view.words_inside)


def _announced_to(amount: Amount, subject: str) -> str:
    return _(
        "{amount} is announced for {subject}",
        amount=upper_first(amount.in_words()),
        subject=subject,
    )


def reported_of_it(part: Amount, name: str) -> str:
    """Return what press reports give of a shared amount to a state or project, in a sentence."""
    return _("Press reports give {part} of it to {name}.", part=part.in_words(), name=name)


def _leading_sectors(view: View) -> str:
    labels = view.baseline.vocabulary.sector
    leading = []
    for place, (sector, amount) in enumerate(view.headline.sectors[:2]):
        said = {"amount": amount.in_words(), "sector": lower_first(labels[sector])}
        if amount.is_disclosed:
            leading.append(
                _("{amount} of it for {sector}", **said)
                if not place
                else _("{amount} for {sector}", **said)
            )
    return join_words(leading)


def _remainder(view: View) -> str:
    head = view.headline
    deadline = format_date(view.pledge.deadline.isoformat())
    if not head.unannounced.usd_bn:
        return _("That is the whole pledge, which runs to {deadline}.", deadline=deadline)
    return _(
        "Nothing is announced yet for {rest} pledged, to be invested by {deadline}.",
        rest=remainder(head, long=True),
        deadline=deadline,
    )


def remainder(head: Headline, *, long: bool = False) -> str:
    """Write what is left of the pledge, and that the pledge may itself be a ceiling.

    ``at least $441B of the up to $550B``; on a day without any project ``all of the up to $550B``.
    """
    rest, pledged = head.unannounced, head.pledged
    whole = pledged.in_words() if long else str(pledged)
    if rest == pledged:
        return _("all of the {whole}", whole=whole)
    return _("{rest} of the {whole}", rest=rest.in_words() if long else str(rest), whole=whole)


def _undisclosed(head: Headline) -> str:
    count = head.undisclosed_count
    if not count:
        return ""
    return plural(
        "{projects} of {whole} discloses no amount of its own.",
        "{projects} of {whole} disclose no amount of their own.",
        count,
        projects=upper_first(spell_count(count, "project")),
        whole=f"{head.project_count:,}",
    )


def _shared(view: View) -> str:
    chosen = set(view.filter.state or view.headline.states)
    groups = [set(group) for group in view.headline.shared if chosen & set(group)]
    partners = sorted({code for group in groups for code in group} - chosen)
    if not partners:
        return ""
    return _(
        "What is shared with {states} is counted in full: no official source divides it.",
        states=join_words([STATE_NAMES.get(code, code) for code in partners]),
    )


def _in_part(view: View) -> str:
    if "financed" not in view.filter.stage:
        return ""
    is_part = view.projects["stage_extent"].to_numpy() == "part"
    return _("The loans signed cover these projects only in part.") if is_part.any() else ""


def _unnamed(view: View) -> str:
    absent = [STATE_NAMES[code] for code in view.filter.state if code not in view.headline.states]
    names = join_words(absent, conjunction="or")
    return _("No project of this filter is named in {states}.", states=names) if absent else ""


def _shared_remark(head: Headline) -> str:
    if not head.shared:
        return _("none shared")
    if len(head.shared) == 1 and len(head.shared[0]) < 4:
        return _("{states} share one amount", states=join_words(head.shared[0]))
    return _("{groups} of states share amounts", groups=format_count(len(head.shared), "group"))


def _per_tranche(head: Headline) -> str:
    if not head.tranches:
        return _("none yet")
    if len(head.tranches) == 1:
        return _("in tranche {number}", number=head.tranches[0][0])
    counts = {count for _number, count in head.tranches}
    if len(counts) == 1:
        return _("{count} in each tranche", count=f"{counts.pop():,}")
    if len(head.tranches) > 4:
        return _("in {count} tranches", count=f"{len(head.tranches):,}")
    listed = " + ".join(f"{count:,}" for _number, count in head.tranches)
    return _("{counts} by tranche", counts=listed)
