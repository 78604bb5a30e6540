"""The sentences of the dashboard, composed from figures and labels: no number is hard-coded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from components.basics.amounts import Amount, Money
from components.basics.formatting import (
    CURRENCY_SIGNS,
    format_count,
    format_date,
    format_number,
    join_words,
    lower_first,
    shorten,
    spell_count,
    spell_number,
    upper_first,
)
from components.basics.us_states import STATE_NAMES
from components.facts.pledge import Aside
from components.facts.schema import CONFIDENCES, KNOWN, MONEY_STEPS, STAGES, SUBJECTS
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Makeup
from components.views.money_events import MoneyTotal
from components.views.summaries import Headline, rows_of
from components.views.view import View

TITLES: Final = {
    "projects": "Projects in this view",
    "sources": "Sources of this view",
    "facts": "What is known",
    "milestones": "What happened",
    "conflicts": "Where sources disagree",
    "gaps": "Looked for and not found",
    "own-sources": "Sources",
    "comparison": "States with a project",
}
"""Titles of cards that are not charts."""

PUBLISHERS_NAMED: Final = 2
MAX_REPORTED: Final = 4
"""A sentence names at most this many publishers, and reported projects; the rest is counted."""

MAX_LISTED: Final = 12
"""A text alternative names at most this many bars, states or steps; the table has the rest."""

UNIT: Final = "US$ billions, announced, not spent"

DAY_HELP: Final = "Everything as it was known on a day: projects, stages, totals and milestones."

NONE_STATED: Final = "none stated"
NONE_FOUND: Final = "none found"
COMPARED_HELP: Final = (
    "Each day is told in today's words: what the present data dates up to it, whenever that was "
    "added here."
)
AGREEMENTS_WARNING: Final = "None of these amounts belongs to the pledge or to any total of it."
INTERESTS_WARNING: Final = (
    "These figures are business scale and expressions of interest. They are no part of the pledge "
    "and of no total, and are not added up here."
)
ALL_STATES: Final = "All states side by side"
NO_MILESTONES: Final = "No milestone of this project is known."
NOT_STATED: Final = "Not stated"
CONFLICTS_HELP: Final = "Every value with who gives it, the one used here, and why."

NO_ADDRESS: Final = " (no public address is known)"


DATA_LEAD: Final = (
    "Programs can read all that the pages show, under the same filter and day. No key is needed. "
    "What is asked again and again comes from a cache; a program that asks for more than a few "
    "hundred answers a minute is told to wait."
)
DATA_FILES: Final = (
    "Programs can read all that the pages show: whole, or of one sector, state, tranche or stage, "
    "as files under addresses that stay. No key is needed."
)
DATA_TABLES: Final = (
    "CSV and JSON have the same rows; in CSV the last columns, about_…, say what a file is. "
    "A change of what a column means would come under another version than v1."
)
FOLLOW: Final = (
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
    return "; ".join([*items[:MAX_LISTED], *([f"and {rest:,} more"] if rest else [])])


def nothing_dated(view: View, *, added: int) -> str:
    """Return that nothing is dated in the days compared, and how many events were added in them."""
    subject = "this filter" if view.filter else "the data"
    nothing = f"No announcement, event or list in {subject} is dated in these days."
    return f"{nothing} {_added(added)} in them."


def added_after(view: View, since: date, *, added: int) -> str:
    """Return how much was added after a day that is not before the newest facts."""
    as_of, first = (format_date(day.isoformat()) for day in (view.pledge.as_of, since))
    return f"The facts are as of {as_of}: nothing is dated later. {_added(added)} after {first}."


def _added(count: int) -> str:
    events = upper_first(spell_count(count, "event"))
    return f"{events} {'was' if count == 1 else 'were'} added here"


def day_help(last: date) -> str:
    """Return how to write a day in a field."""
    return f"A day such as {last.isoformat()}, the last one; press Enter to apply it."


def no_day(text: str, last: date) -> str:
    """Return the notice that a field holds no day that can be shown."""
    written = f"Write year, month and day, such as {last.isoformat()}."
    return f"“{_clip(text)}” is no day up to {format_date(last.isoformat())}. {written}"


def more(count: int) -> str:
    """Return how many items a list leaves out: ``and 12 more``."""
    return f"and {count:,} more"


def found(view: View, count: int, *, search: str, can_sort: bool = True) -> str:
    """Return how many projects match the filter and the search."""
    if not search.strip():
        sort = "a column title to sort, " if can_sort else ""
        return f"{filter_line(view)}. Click {sort}a name to open the project."
    hits = format_count(count, "project")
    return f"{filter_line(view)}; {hits} found for “{_clip(search)}”."


def found_subtitle(view: View, count: int, *, search: str) -> str:
    """Return the subtitle of a file that has only what a search found."""
    return f"{UNIT}. {found(view, count, search=search)}"


def unknown_project(wanted: str) -> str:
    """Return the notice that a link names a project that is not in the data."""
    return f"There is no project “{_clip(wanted)}” here."


def not_yet(view: View) -> str:
    """Return the notice that the project of a link was not yet announced on the day."""
    name = shorten(view.words, limit=160)
    return f"Not announced as of {format_date(view.pledge.as_of.isoformat())}: {name}."


def unknown_page(wanted: str) -> str:
    """Return the notice that a link names a page that does not exist."""
    return f"There is no page “{_clip(wanted)}” here."


def state_choice(code: str, count: int) -> str:
    """Return the label of a state in a list, with its number of projects.

    The code comes first: whoever types it gets this state before others with the same letters.
    """
    name = f"{code} · {STATE_NAMES[code]}" if code in STATE_NAMES else code
    return f"{name} ({count:,})" if count else name


def states_placeholder(view: View) -> str:
    """Return what is shown while no single state is chosen: all, or the several of a link."""
    count = len(view.filter.state)
    return f"{spell_count(count, 'state')} side by side" if count else ALL_STATES


def more_in_list(count: int) -> str:
    """Return how many projects a sheet leaves out."""
    return f"{format_count(count, 'more project')} in the list of projects and in the download."


def elsewhere_help(view: View) -> str:
    """Return which announcements in other states are listed."""
    rest = view.baseline.view(view.filter.without("state"))
    return f"{UNIT}. {filter_line(rest)}."


def comparison_help(view: View) -> str:
    """Return what the table of states counts, and that its amounts do not add up."""
    rest = view.baseline.view(view.filter.without("state"))
    shared = "A shared amount stands in full in each of its states: the column does not add up."
    return join_sentences(f"{UNIT}. {filter_line(rest)}.", shared if rest.headline.shared else "")


def rows_found(count: int, whole: int, noun: str) -> str:
    """Return the number of rows in a list, and the number of all rows if a search hides some."""
    plural = {"company": "companies"}.get(noun)
    if count == whole:
        return f"All {format_count(whole, noun, plural)}."
    return f"{count:,} of {format_count(whole, noun, plural)}."


def no_list(aside: Aside | None, view: View) -> str:
    """Return the notice that a list is not in the data, or not yet published on the day shown."""
    if aside and aside.dated > view.pledge.as_of:
        day = format_date(view.pledge.as_of.isoformat())
        return f"Not published as of {day}: {aside.title}."
    return "The data lists none."


def earlier(count: int) -> str:
    """Return how many earlier milestones a list leaves out."""
    if count == 1:
        return "1 earlier one is not listed; the download has it."
    return f"{count:,} earlier ones are not listed; the download has them."


def gaps_help(view: View) -> str:
    """Return until which day no source was found."""
    return f"We found no source for these as of {format_date(view.baseline.newest.isoformat())}."


def opening(view: View) -> str:
    """Return a few sentences on how much, for what and where, for the current filter."""
    head = view.headline
    if view.filter:
        first = f"{announced(head.announced)} for {view.words_inside}. {_matching(head)}"
        return join_sentences(
            first,
            _shared(view),
            press_reports(view),
            _in_part(view),
            _undisclosed(head),
            _unnamed(view),
            money_said(view),
        )
    return join_sentences(
        f"{announced_where(head)}{_leading_sectors(view)}.",
        _undisclosed(head),
        _remainder(view),
        money_said(view),
    )


def finding(view: View) -> str:
    """Return what a view shows in one clause, without a full stop: the title of its pictures."""
    head = view.headline
    if not view.filter:
        part = upper_first(head.announced.in_words())
        return f"{part} of the {head.pledged.in_words()} pledged is announced"
    return f"{announced(head.announced)} for {view.words_inside}{_shared_with(view)}"


def _shared_with(view: View) -> str:
    """Return with which other states the amounts of a view are shared; "" for none."""
    chosen = set(view.filter.state or view.headline.states)
    partners = [set(codes.split(";")) - chosen for codes in view.projects["amount_states"]]
    names = [STATE_NAMES.get(code, code) for code in sorted(set().union(*partners)) if code]
    if not names:
        return ""
    part = "" if all(partners) else "part of it "
    return f", {part}shared with {join_words(names)}"


def announced_by_sector(view: View) -> str:
    """Return which sector has most of what is announced, as ``finding`` does."""
    head = view.headline
    if view.filter.sector or len(head.sectors) < 2 or not head.sectors[0][1].is_disclosed:
        return finding(view)
    sector, amount = head.sectors[0]
    label = lower_first(view.baseline.vocabulary.sector[sector])
    whole = head.announced.in_words()
    return f"Of {whole} announced{_for_whom(view)}, {amount.in_words()} is for {label}"


def announced_by_state(view: View) -> str:
    """Return for how many states how much is announced, as ``finding`` does."""
    head = view.headline
    if view.filter or len(head.states) < 2:
        return finding(view)
    return f"{announced(head.announced)} for {spell_count(len(head.states), 'state')}"


def announced_by_project(view: View) -> str:
    """Return for how many projects how much is announced, as ``finding`` does."""
    head = view.headline
    if view.filter or head.project_count < 2:
        return finding(view)
    return f"{announced(head.announced)} for {spell_count(head.project_count, 'project')}"


def milestones_of(view: View) -> str:
    """Return whose milestones these are: those of all projects, or of the projects named."""
    return f"Milestones of {view.words_inside}"


def headline_figures(view: View) -> str:
    """Return announced amount, its share of the pledge and the remainder in one sentence."""
    head = view.headline
    share = head.announced.share_of(view.pledge.total)
    return (
        f"{upper_first(str(head.announced))} announced, {share} of the pledge; "
        f"{remainder(head)} unannounced."
    )


def _for_whom(view: View) -> str:
    return f" for {view.words_inside}" if view.filter else ""


def _matching(head: Headline) -> str:
    """Return how many of all projects the filter leaves: ``One of six projects matches.``."""
    count, whole = head.project_count, spell_count(head.whole_project_count, "project")
    if count == head.whole_project_count:
        return ""
    verb = "matches" if count == 1 else "match"
    return f"{upper_first(spell_number(count))} of {whole} {verb}."


def no_matches(view: View) -> str:
    """Return the notice that nothing matches, as of when, and what is announced elsewhere."""
    as_of = format_date(view.pledge.as_of.isoformat())
    if not view.headline.whole_project_count:
        return nothing_announced(view)
    if view.filter == ProjectFilter(state=view.filter.state):
        places = join_words([STATE_NAMES[code] for code in view.filter.state], conjunction="or")
        first = f"No project is named in {places} as of {as_of}."
    else:
        first = f"No project matches this filter as of {as_of}: {view.words_inside}."
    whole = lower_first(announced(view.headline.whole_announced))
    projects = spell_count(view.headline.whole_project_count, "project")
    return f"{first} In all, {whole} for {projects}."


def past_day(view: View) -> str:
    """Return the notice on a past day: what is as of that day, and what is from present data."""
    day = format_date(view.pledge.as_of.isoformat())
    return (
        f"As known on {day}: projects, stages, totals and milestones follow their dates; words, "
        "amounts and sources are those of the present data."
    )


def nothing_announced(view: View) -> str:
    """Return that no project was announced by the day, and how large the pledge is."""
    pledge = view.pledge
    as_of = format_date(pledge.as_of.isoformat())
    whole = pledge.total.in_words()
    signed = format_date(pledge.signed_on.isoformat())
    if pledge.as_of < pledge.signed_on:
        return (
            f"No project is announced as of {as_of}, and the pledge of {whole} is not signed "
            f"before {signed}."
        )
    return f"No project is announced as of {as_of}. The pledge of {whole} was signed on {signed}."


def filter_line(view: View) -> str:
    """Return the filter in words and the number of matches: ``…: 1 of 6 projects``."""
    shown, whole = view.headline.project_count, view.headline.whole_project_count
    if not view.filter:
        count = format_count(whole, "project") if whole else "projects: none"
        return f"All {count}{known_on(view)}"
    return f"{view.words}: {shown:,} of {format_count(whole, 'project')}{known_on(view)}"


def known_on(view: View) -> str:
    """Return the suffix for a past day, ``, as known on 1 March 2026``; "" for the newest."""
    return f", as known on {format_date(view.known_on.isoformat())}" if view.known_on else ""


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
        return f"{self.qualifier} {self.value}".lstrip()

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
    left = f"of the {pledge.total}"
    percent = head.announced.percent_of(pledge.total)
    prefix = head.announced.prefix
    return [
        HeadlineFigure(head.announced.figure, "announced", "not spent", announced, prefix),
        HeadlineFigure(percent, "of the pledge", f"{pledge.total} in all", share, prefix),
        HeadlineFigure(rest.figure, "unannounced", left, makeup.of_unannounced(view), rest.prefix),
        HeadlineFigure(
            f"{head.project_count:,}",
            "project" if head.project_count == 1 else "projects",
            _per_tranche(head),
            makeup.of_projects(view),
        ),
        HeadlineFigure(
            f"{len(states):,}",
            "state" if len(states) == 1 else "states",
            _shared_remark(head),
            makeup.of_states(view),
        ),
    ]


def subtitle(view: View, *, facet: str | None = None) -> str:
    """Return a subtitle: what is measured, and which projects are included.

    ``facet`` is the facet that a chart's own bars filter by: all bars stay, some are highlighted.
    """
    if facet is None or not view.filter.of(facet):
        return f"{UNIT}. {filter_line(view)}."
    rest = view.filter.without(facet).describe(view.baseline.vocabulary)
    labels = [view.baseline.vocabulary.of(facet)[value] for value in view.filter.of(facet)]
    chosen = join_words(labels if facet == "state" else [lower_first(label) for label in labels])
    return f"{UNIT}. {rest}; {chosen} highlighted."


def rung(stage: str) -> str:
    """Return the label of a stage; the first counts only projects that have got no further."""
    return "Announced only" if stage == "announced" else STAGES[stage]


def money_amount(total: MoneyTotal, *, long: bool = False) -> str:
    """Write the sum of money events as its sources give it, then in dollars; or none found.

    ``more than ¥340B, about $2.2B``; in words ``more than ¥340 billion, about $2.2 billion``.
    """
    if not total.is_found:
        return NONE_FOUND
    parts = [total.original, total.amount if total.amount.is_disclosed else None]
    given = [part.in_words() if long else str(part) for part in parts if part]
    return ", ".join(given) or "amounts in several currencies"


def money_lines(shown: MoneyTotal, whole: MoneyTotal, view: View) -> tuple[str, ...]:
    """Return the label of a step of the money: the amount, then how sure it is and for whom.

    ``whole`` is the sum without a filter; the amount of several projects is never divided.
    """
    if not shown.is_found:
        elsewhere = f"; {money_amount(whole)} in all" if whole.is_found else ""
        return (NONE_FOUND + elsewhere,)
    count = len(shown.project_ids)
    inside = int(view.projects["project_id"].isin(shown.project_ids).sum())
    here = f", {inside:,} here" if inside < count else ""
    whose = [f"for {format_count(count, 'project')}{' together' if count > 1 else ''}{here}"]
    return money_amount(shown), ", ".join([shown.confidence, *(whose if count else [])])


def money_whole(total: MoneyTotal, view: View, *, in_report: bool = True) -> str:
    """Write the sum of money events in words, how sure it is, and for how many projects.

    Those of them that the view has are counted where it has not all.
    """
    count = len(total.project_ids)
    inside = int(view.projects["project_id"].isin(total.project_ids).sum())
    reported = ", reported" if in_report and total.confidence == "reported" else ""
    together = f", for {spell_count(count, 'project')} together" if count > 1 else ""
    if inside < count and len(view.filter.project) != 1:
        together += f", {spell_number(inside)} of them here"
    return f"{money_amount(total, long=True)}{reported}{together}"


def money_said(view: View) -> str:
    """Return what is signed, paid out and spent, in a sentence; "" where nothing of it is found."""
    totals = view.money_totals
    found = [
        f"{lower_first(MONEY_STEPS[step])}: {money_whole(total, view)}"
        for step, total in totals.items()
        if total.is_found
    ]
    if not found:
        return ""
    missing = [lower_first(MONEY_STEPS[step]) for step in totals if not totals[step].is_found]
    nothing = [f"{join_words(missing)}: {NONE_FOUND}"] if missing else []
    return f"{upper_first('; '.join([*found, *nothing]))}."


def rates(total: MoneyTotal) -> str:
    """Return the rates by which money events were converted: ``¥156 to the dollar``."""
    found = dict.fromkeys(_rate(row) for row in total.events if row.rate_per_usd > 0)
    return "; ".join(found)


def _rate(row: Any) -> str:
    sign = CURRENCY_SIGNS[row.original_currency]
    return f"{sign}{format_number(row.rate_per_usd)} to the dollar"


def conversion(row: Any) -> str:
    """Return at which rate, of which day, a money event is converted, and why; "" if it is not."""
    if not row.rate_per_usd > 0:
        return ""
    on = format_date(row.rate_on)
    return f"Own conversion at {_rate(row)}, a rate of {on}: {lower_first(row.rate_note)}"


def concerned(view: View, project_ids: str) -> list[str]:
    """Return the names of the projects of an event, or the pledge for an event of its own."""
    names = view.baseline.vocabulary.project
    return [names.get(one, one) for one in project_ids.split(";") if one] or [SUBJECTS["pledge"]]


def timeline_subtitle(view: View) -> str:
    """Return whose milestones are drawn, and how many there are."""
    count = format_count(len(view.milestones), "milestone")
    whose = "" if len(view.filter.project) == 1 else f"{filter_line(view)}. "
    return f"{whose}{count}, by the stage each brought{known_on(view)}."


def issue_line(view: View) -> str:
    """Return whose data a view shows and of which day, where it has no row with a source."""
    as_of = format_date(view.pledge.as_of.isoformat())
    return f"{view.pledge.publisher}. Data as of {as_of}."


def source_line(view: View, source_ids: Sequence[str]) -> str:
    """Return the leading publishers of sources, how many more there are, and the as-of date."""
    known = view.baseline.publishers
    leading = dict.fromkeys(known[source] for source in source_ids[:PUBLISHERS_NAMED])
    rest = len(source_ids) - min(len(source_ids), PUBLISHERS_NAMED)
    sources = join_words([*leading, f"{rest:,} more"] if rest else list(leading))
    as_of = format_date(view.pledge.as_of.isoformat())
    return f"Sources: {sources}. Data as of {as_of}."


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
    return f" ({money.in_words() if long else money})"


def project_label(project: Any) -> str:
    """Write the amount of a project, and whether other projects share it."""
    return f"{Amount.of(project)} shared" if project.amount_id else str(Amount.of(project))


def project_amount(project: Any) -> str:
    """Write the amount of a project, also in another currency where a source gives both.

    Then follow whether others share it, and the part reported for it.
    """
    amount = project_label(project) + also_given(project)
    return ", ".join(filter(None, [amount, reported_share(project)]))


def reported_share(project: Any) -> str:
    """Write the part of its amount that press reports give to a project; "" for none."""
    part = reported_part(project)
    return f"{part} of it by press reports" if part.is_disclosed else ""


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
        return f"Press reports divide the shared amounts of {count:,} projects further."
    parts = [
        f"{reported_part(row).in_words()} to {row.project}"
        for row in rows_of(projects[is_reported])
    ]
    return f"Of what is shared, press reports give {join_words(parts)}."


def _reported_amounts(projects: pd.DataFrame) -> str:
    is_reported = projects["amount_confidence"].to_numpy() == "reported"
    count = int(is_reported.sum())
    if not count:
        return ""
    if count > MAX_REPORTED:
        return f"{count:,} of the amounts are press reports, not official."
    names = join_words(list(projects["project"].to_numpy()[is_reported]))
    verb = "is a press report" if count == 1 else "are press reports"
    noun = "The amount of" if count == 1 else "The amounts of"
    return f"{noun} {names} {verb}, not official."


def data_note(view: View) -> str:
    """Return what a reader must know before adding up the rows of a view."""
    return join_sentences(
        "An amount whose qualifier is up_to is a ceiling.",
        "A shared amount stands in full in each of its states: figures of states do not add up."
        if view.headline.shared
        else "",
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
        return f"No project named as of {format_date(as_of.isoformat())}"
    lines = [state_amount(amount)]
    if shared_with:
        partners = join_words([STATE_NAMES.get(code, code) for code in shared_with])
        lines.append(f"shared with {partners}, no official split")
    lines += [f"· {name}" for name in names]
    if project_count > len(names):
        lines.append(f"· and {project_count - len(names):,} more")
    return "\n".join(lines)


def state_amount(amount: Amount) -> str:
    """Return the first line on a state of the map: ``Up to $40B announced``."""
    if not amount.is_disclosed:
        return f"Amount {amount.figure.lower()}"
    return f"{upper_first(str(amount))} announced"


def join_sentences(*sentences: str) -> str:
    """Return sentences joined to a paragraph, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def dropped_from_link(dropped: Sequence[tuple[str, str]]) -> str:
    """Return the notice on unknown values of a link, shortened and as plain text."""
    shown = [f"{_clip(parameter)}={_clip(value)}" for parameter, value in dropped[:5]]
    if len(dropped) > len(shown):
        shown.append(f"{len(dropped) - len(shown):,} more")
    return (
        f"This link asks for values that are not known here and were left out: {'; '.join(shown)}."
    )


def days_known(newest: date) -> str:
    """Return how a link names a day, and which day is the last."""
    return f"Write dates as YYYY-MM-DD; the last one known is {newest.isoformat()}."


def unknown_state(wanted: str) -> str:
    """Return the notice that a link names a state that does not exist."""
    return f"There is no state “{_clip(wanted)}” here: a link has its two-letter code."


def _clip(text: str) -> str:
    visible = "".join(character if character.isprintable() else "�" for character in text)
    return visible if len(visible) <= 40 else f"{visible[:39]}…"


def announced(amount: Amount) -> str:
    """Return the start of a sentence on an amount: ``Up to $109 billion is announced``."""
    return f"{upper_first(amount.in_words())} is announced"


def announced_where(head: Headline) -> str:
    """Return that start with how many tranches, projects and states the amount is for."""
    tranches = spell_count(len(head.tranches), "tranche")
    projects = spell_count(head.project_count, "project")
    states = spell_count(len(head.states), "state")
    return f"{announced(head.announced)} in {tranches}, for {projects} in {states}"


def reported_of_it(part: Amount, name: str) -> str:
    """Return what press reports give of a shared amount to a state or project, in a sentence."""
    return f"Press reports give {part.in_words()} of it to {name}."


def _leading_sectors(view: View) -> str:
    labels = view.baseline.vocabulary.sector
    leading = [
        f"{amount.in_words()}{'' if place else ' of it'} for {lower_first(labels[sector])}"
        for place, (sector, amount) in enumerate(view.headline.sectors[:2])
        if amount.is_disclosed
    ]
    return f": {join_words(leading)}" if leading else ""


def _remainder(view: View) -> str:
    head = view.headline
    deadline = format_date(view.pledge.deadline.isoformat())
    if not head.unannounced.usd_bn:
        return f"That is the whole pledge, which runs to {deadline}."
    rest = remainder(head, long=True)
    return f"Nothing is announced yet for {rest} pledged, to be invested by {deadline}."


def remainder(head: Headline, *, long: bool = False) -> str:
    """Write what is left of the pledge, and that the pledge may itself be a ceiling.

    ``at least $441B of the up to $550B``; on a day without any project ``all of the up to $550B``.
    """
    rest, whole = head.unannounced, head.pledged
    left = "all" if rest == whole else rest.in_words() if long else str(rest)
    return f"{left} of the {whole.in_words() if long else whole}"


def _undisclosed(head: Headline) -> str:
    count = head.undisclosed_count
    if not count:
        return ""
    projects = upper_first(spell_count(count, "project"))
    verb, own = ("discloses", "its") if count == 1 else ("disclose", "their")
    return f"{projects} of {head.project_count:,} {verb} no amount of {own} own."


def _shared(view: View) -> str:
    chosen = set(view.filter.state or view.headline.states)
    groups = [set(group) for group in view.headline.shared if chosen & set(group)]
    partners = sorted({code for group in groups for code in group} - chosen)
    if not partners:
        return ""
    names = join_words([STATE_NAMES.get(code, code) for code in partners])
    return f"What is shared with {names} is counted in full: no official source divides it."


def _in_part(view: View) -> str:
    if "financed" not in view.filter.stage:
        return ""
    is_part = view.projects["stage_extent"].to_numpy() == "part"
    return "The loans signed cover these projects only in part." if is_part.any() else ""


def _unnamed(view: View) -> str:
    absent = [STATE_NAMES[code] for code in view.filter.state if code not in view.headline.states]
    names = join_words(absent, conjunction="or")
    return f"No project of this filter is named in {names}." if absent else ""


def _shared_remark(head: Headline) -> str:
    if not head.shared:
        return "none shared"
    if len(head.shared) == 1 and len(head.shared[0]) < 4:
        return f"{join_words(head.shared[0])} share one amount"
    return f"{format_count(len(head.shared), 'group')} of states share amounts"


def _per_tranche(head: Headline) -> str:
    if not head.tranches:
        return "none yet"
    if len(head.tranches) == 1:
        return f"in tranche {head.tranches[0][0]}"
    counts = {count for _, count in head.tranches}
    if len(counts) == 1:
        return f"{counts.pop():,} in each tranche"
    if len(head.tranches) > 4:
        return f"in {len(head.tranches):,} tranches"
    return " + ".join(f"{count:,}" for _, count in head.tranches) + " by tranche"
