"""Summaries drawn as Plotly figures: sorted by size unless it is time, bars from zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.amounts import Amount
from components.figures import (
    PATTERNS,
    base_figure,
    money_axis,
    plain,
    reach_for_labels,
    text_width,
)
from components.formatting import format_date, format_usd_bn, shorten
from components.palette import Theme, rgb

FADED: Final = 0.28
"""Opacity of what a filter leaves out but a chart still shows for comparison."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its id (what a click filters by), its name and the label at its end."""

    id: str
    name: str
    value: float
    label: str
    is_faded: bool = False


def bars_by_group(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars of stacked segments, names to the left, labels at the ends.

    ``bars`` are drawn from top to bottom; ``segments`` is as ``summaries.segments`` gives it, its
    column ``by`` holding the bars' ids; ``sectors`` maps id to label and colour name. A bar
    without a segment (undisclosed) keeps its row and its label.
    """
    left = round(max((text_width(bar.name, theme.font_size) for bar in bars), default=0)) + 12
    left = min(left + (32 if theme.is_print else 0), theme.width // 2)
    present = list(dict.fromkeys(segments["sector"]))
    has_legend = by != "sector" and len(present) > 1
    row = theme.font_size * 2.7
    top = round(theme.font_size * 2.4) if has_legend else 4
    figure = base_figure(
        theme,
        height=round(row * len(bars)) + top + 34,
        margin={"l": left, "r": 32 if theme.is_print else 8, "t": top, "b": 34},
    )
    _add_segments(figure, bars, segments, by=by, sectors=sectors, theme=theme, centre=0.0)
    _add_end_labels(figure, bars, theme=theme, centre=0.0)
    _set_bar_axes(figure, bars, theme=theme, left=left)
    figure.update_yaxes(
        tickvals=list(range(len(bars))),
        ticktext=[plain(shorten(bar.name, limit=40)) for bar in bars],
        ticklabelstandoff=8,
    )
    if has_legend:
        _add_legend(figure, theme)
    return figure


def bars_with_titles(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars with the name above each, for names too long for a margin.

    Arguments as in ``bars_by_group``; the segments' ``project_id`` holds the bars' ids.
    """
    side = 32 if theme.is_print else 4
    present = list(dict.fromkeys(segments["sector"]))
    has_legend = len(present) > 1
    top = round(theme.font_size * 2.4) if has_legend else 4
    row = theme.font_size * 3.5
    figure = base_figure(
        theme,
        height=round(row * len(bars)) + top + 34,
        margin={"l": side, "r": side + 4, "t": top, "b": 34},
    )
    _add_segments(figure, bars, segments, by="project_id", sectors=sectors, theme=theme, centre=0.2)
    _add_end_labels(figure, bars, theme=theme, centre=0.2)
    room = int((theme.width - 2 * side) / (theme.font_size * 0.53))
    figure.add_scatter(
        x=[0] * len(bars),
        y=[index - 0.27 for index in range(len(bars))],
        text=[plain(shorten(bar.name, limit=room)) for bar in bars],
        mode="text",
        textposition="middle right",
        textfont={"color": theme.ink},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    _set_bar_axes(figure, bars, theme=theme, left=side)
    figure.update_yaxes(showticklabels=False)
    if has_legend:
        _add_legend(figure, theme)
    return figure


def pledge_progress(
    tranches: Sequence[tuple[str, Amount, Amount]],
    *,
    pledge: Amount,
    unannounced: str,
    theme: Theme,
) -> go.Figure:
    """Draw the pledge as steps: its total, each tranche where the one before ends, the rest.

    ``tranches`` are (label, amount in the filter, whole amount); what the filter leaves out of a
    tranche is drawn pale. ``unannounced`` is the label of the remainder, which is always drawn.
    """
    names = ["Pledge", *(name for name, _, _ in tranches), "Unannounced"]
    left = round(max(text_width(name, theme.font_size) for name in names)) + 12
    left += 32 if theme.is_print else 0
    figure = base_figure(
        theme,
        height=round(theme.font_size * 2.9) * len(names) + 40,
        margin={"l": left, "r": 32 if theme.is_print else 8, "t": 4, "b": 34},
    )
    start = 0.0
    _add_step(figure, 0, base=0.0, value=pledge.usd_bn, colour=theme.remainder, line=theme.muted)
    labels = [(pledge.usd_bn, 0, f"{pledge} pledged")]
    for row, (name, chosen, whole) in enumerate(tranches, start=1):
        value = chosen.usd_bn if chosen.is_disclosed else 0.0
        all_of_it = whole.usd_bn if whole.is_disclosed else 0.0
        hatch = "/" if whole.qualifier == "up_to" else ""
        hover = f"<b>{plain(name)}</b><br>{chosen} in this filter<br>{whole} in all"
        _add_step(figure, row, base=start, value=value, colour=theme.accent, hatch=hatch, paper=theme.paper, hover=hover)
        _add_step(figure, row, base=start + value, value=all_of_it - value, colour=theme.accent_pale, hatch=hatch, paper=theme.paper, hover=hover)
        label = str(whole) if chosen == whole else f"{chosen} of {whole}"
        labels.append((start + all_of_it, row, label))
        start += all_of_it
    last = len(names) - 1
    rest = max(pledge.usd_bn - start, 0.0)
    _add_step(figure, last, base=min(start, pledge.usd_bn), value=rest, colour=theme.remainder, line=theme.muted)
    labels.append((pledge.usd_bn, last, unannounced))
    _add_step_labels(figure, labels, pledge_usd_bn=max(pledge.usd_bn, start), theme=theme)
    figure.update_xaxes(money_axis(theme, top=pledge.usd_bn, reach=max(pledge.usd_bn, start) * 1.005))
    figure.update_yaxes(
        range=[last + 0.6, -0.6],
        tickvals=list(range(len(names))),
        ticktext=[plain(name) for name in names],
        ticklabelstandoff=8,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return figure


def announced_over_time(
    steps: pd.DataFrame,
    whole_steps: pd.DataFrame,
    *,
    pledge_usd_bn: float,
    signed_on: date,
    as_of: date,
    deadline: date,
    theme: Theme,
) -> go.Figure:
    """Draw the announced sum as steps up to the as-of date, against an even pace to the deadline.

    ``steps`` is as ``summaries.announced_over_time`` gives it for the filter, ``whole_steps`` for
    everything; they are drawn apart when they differ. Nothing is drawn after the as-of date but
    the pace that would still reach the pledge.
    """
    left = 56 if theme.font_size < 16 else 110
    figure = base_figure(
        theme,
        height=round(theme.font_size * 24),
        margin={"l": left, "r": 32 if theme.is_print else 12, "t": 14, "b": 34},
    )
    announced = _end_of(whole_steps)
    figure.add_scatter(
        x=[signed_on, deadline],
        y=[0, pledge_usd_bn],
        mode="lines",
        line={"color": theme.muted, "width": 1.2, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[as_of, deadline],
        y=[announced, pledge_usd_bn],
        mode="lines",
        line={"color": theme.accent, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
    is_filtered = len(steps) != len(whole_steps) or _end_of(steps) != announced
    if is_filtered:
        _add_stairs(figure, whole_steps, signed_on=signed_on, as_of=as_of, colour=theme.accent_pale, fill=False)
    _add_stairs(figure, steps, signed_on=signed_on, as_of=as_of, colour=theme.accent, fill=True)
    _add_time_labels(figure, steps, whole_steps, pledge_usd_bn=pledge_usd_bn, signed_on=signed_on, as_of=as_of, deadline=deadline, theme=theme, is_filtered=is_filtered)
    axis = money_axis(theme, top=pledge_usd_bn, reach=max(pledge_usd_bn, announced) * 1.09)
    figure.update_yaxes(axis)
    first = min([signed_on, *(stamp.date() for stamp in whole_steps["announced_at"])])
    figure.update_xaxes(
        range=[first.isoformat(), deadline.isoformat()],
        tickformat="%Y",
        dtick="M12",
        tick0="2000-01-01",
        ticklabelmode="instant",
        tickfont={"color": theme.muted, "size": theme.font_size - 1},
        showgrid=False,
        ticks="outside",
        tickcolor=theme.muted,
        fixedrange=True,
    )
    return figure


def clicked_ids(selection: Mapping[str, Any]) -> list[str]:
    """Read the ids of the clicked bars from a chart's selection, whichever form Plotly gave."""
    ids: list[str] = []
    for point in selection.get("points", []):
        value = point.get("customdata")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first not in ids:
            ids.append(first)
    return ids


def _add_segments(
    figure: go.Figure,
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
    centre: float,
) -> None:
    rows = {bar.id: index for index, bar in enumerate(bars)}
    named: set[str] = set()
    drawn = segments[segments[by].isin(list(rows))]
    keys = ["is_shared", "is_ceiling", "sector"]
    for (is_shared, is_ceiling, sector), group in drawn.groupby(keys, sort=False):
        label, colour_name = sectors.get(str(sector), (str(sector), "slate"))
        colour = theme.sector_colour(colour_name)
        ids = [str(value) for value in group[by]]
        amounts = [float(value) for value in group["amount_usd_bn"]]
        bars_drawn = [bars[rows[value]] for value in ids]
        figure.add_bar(
            x=amounts,
            y=[rows[value] + centre for value in ids],
            customdata=ids,
            orientation="h",
            width=0.46 if centre else 0.62,
            name=plain(label),
            legendgroup=str(sector),
            showlegend=str(sector) not in named,
            hovertext=[
                _hover(bar, label, amount, is_ceiling=bool(is_ceiling), is_shared=bool(is_shared))
                for bar, amount in zip(bars_drawn, amounts, strict=True)
            ],
            hoverinfo="text",
            marker={
                "color": colour,
                "opacity": [FADED if bar.is_faded else 1.0 for bar in bars_drawn],
                "line": {"width": 0},
                "pattern": _pattern(colour, bool(is_ceiling), bool(is_shared), theme),
            },
            # The filter, not Plotly's own selection, says what is chosen.
            unselected={"marker": {"opacity": 1.0}} if not any(b.is_faded for b in bars) else None,
        )
        named.add(str(sector))


def _pattern(colour: str, is_ceiling: bool, is_shared: bool, theme: Theme) -> dict[str, Any]:
    shape = PATTERNS[is_ceiling, is_shared]
    if not shape:
        return {"shape": ""}
    # Plotly leaves a patterned bar without ground invisible, so both colours are given.
    return {
        "shape": shape,
        "fillmode": "replace",
        "fgcolor": theme.paper,
        "fgopacity": 0.75,
        "bgcolor": colour,
        "size": 7 if theme.font_size < 16 else 10,
        "solidity": 0.22,
    }


def _hover(bar: Bar, sector: str, amount: float, *, is_ceiling: bool, is_shared: bool) -> str:
    value = format_usd_bn(amount, qualifier="up_to" if is_ceiling else "exact")
    shared = ", shared between states" if is_shared else ""
    return f"<b>{plain(shorten(bar.name, limit=60))}</b><br>{plain(sector)}: {value}{shared}<br>In all: {plain(bar.label)}"


def _add_end_labels(figure: go.Figure, bars: Sequence[Bar], *, theme: Theme, centre: float) -> None:
    figure.add_scatter(
        x=[max(bar.value, 0.0) if bar.value == bar.value else 0.0 for bar in bars],
        y=[index + centre for index in range(len(bars))],
        text=[f" {plain(bar.label)}" for bar in bars],
        mode="text",
        textposition="middle right",
        textfont={"color": [theme.muted if bar.is_faded else theme.ink for bar in bars]},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _set_bar_axes(figure: go.Figure, bars: Sequence[Bar], *, theme: Theme, left: int) -> None:
    values = [bar.value if bar.value == bar.value else 0.0 for bar in bars]
    plot_width = max(theme.width - left - 16, 80)
    reach = reach_for_labels(values, [bar.label for bar in bars], theme=theme, plot_width=plot_width)
    figure.update_xaxes(money_axis(theme, top=max([*values, 0.0]) or 1.0, reach=reach))
    figure.update_yaxes(
        range=[len(bars) - 0.45, -0.55],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"color": theme.ink},
    )


def _add_legend(figure: go.Figure, theme: Theme) -> None:
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "xanchor": "left",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"color": theme.muted, "size": theme.font_size - 1},
            "itemwidth": 30,
        },
    )


def _add_step(
    figure: go.Figure,
    row: int,
    *,
    base: float,
    value: float,
    colour: str,
    hatch: str = "",
    paper: str = "",
    line: str = "",
    hover: str = "",
) -> None:
    pattern = {"shape": hatch, "fillmode": "replace", "fgcolor": paper, "fgopacity": 0.75, "bgcolor": colour, "size": 7, "solidity": 0.22}
    figure.add_bar(
        x=[max(value, 0.0)],
        y=[row],
        base=[base],
        orientation="h",
        width=0.6,
        hovertext=[hover],
        hoverinfo="text" if hover else "skip",
        marker={
            "color": colour,
            "line": {"width": 1 if line else 0, "color": line or colour},
            "pattern": pattern if hatch else {"shape": ""},
        },
    )


def _add_step_labels(
    figure: go.Figure,
    labels: Sequence[tuple[float, int, str]],
    *,
    pledge_usd_bn: float,
    theme: Theme,
) -> None:
    """Label each step after its end, or inside where the end is the edge of the chart."""
    for end, row, label in labels:
        is_at_edge = end > 0.6 * pledge_usd_bn
        figure.add_annotation(
            x=end,
            y=row,
            text=plain(label),
            showarrow=False,
            xanchor="right" if is_at_edge else "left",
            xshift=-8 if is_at_edge else 8,
            font={"color": theme.ink},
        )


def _end_of(steps: pd.DataFrame) -> float:
    return float(steps["cumulative_usd_bn"].iloc[-1]) if len(steps) else 0.0


def _add_stairs(
    figure: go.Figure,
    steps: pd.DataFrame,
    *,
    signed_on: date,
    as_of: date,
    colour: str,
    fill: bool,
) -> None:
    days = [signed_on.isoformat(), *(stamp.date().isoformat() for stamp in steps["announced_at"]), as_of.isoformat()]
    sums = [0.0, *(float(value) for value in steps["cumulative_usd_bn"]), _end_of(steps)]
    qualifiers = ["exact", *steps["amount_qualifier"], "exact"]
    figure.add_scatter(
        x=days,
        y=sums,
        mode="lines",
        line={"color": colour, "width": 2.5, "shape": "hv"},
        fill="tozeroy" if fill else "none",
        fillcolor=f"rgba{(*rgb(colour), 0.14)}",
        hovertext=[
            f"<b>{format_date(day)}</b><br>{format_usd_bn(value, qualifier=str(qualifier))} announced so far"
            for day, value, qualifier in zip(days, sums, qualifiers, strict=True)
        ],
        hoverinfo="text",
    )


def _add_time_labels(
    figure: go.Figure,
    steps: pd.DataFrame,
    whole_steps: pd.DataFrame,
    *,
    pledge_usd_bn: float,
    signed_on: date,
    as_of: date,
    deadline: date,
    theme: Theme,
    is_filtered: bool,
) -> None:
    small = {"size": theme.font_size - 1}
    elapsed = (as_of - signed_on).days / max((deadline - signed_on).days, 1)
    qualifier = str(steps["amount_qualifier"].iloc[-1]) if len(steps) else "exact"
    figure.add_annotation(
        x=deadline.isoformat(),
        y=pledge_usd_bn,
        text=f"{format_usd_bn(pledge_usd_bn)} by {format_date(deadline.isoformat())}",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=4,
        font={**small, "color": theme.ink},
    )
    figure.add_annotation(
        x=as_of.isoformat(),
        y=pledge_usd_bn * min(max(elapsed, 0.0), 1.0),
        text="even pace",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        xshift=-6,
        yshift=2,
        font={**small, "color": theme.muted},
    )
    figure.add_annotation(
        x=as_of.isoformat(),
        y=_end_of(steps),
        text=f"<b>{format_usd_bn(_end_of(steps), qualifier=qualifier)}</b>",
        showarrow=False,
        xanchor="left",
        yanchor="top" if not is_filtered else "middle",
        xshift=8,
        yshift=-2,
        font={"color": theme.accent},
    )
    if is_filtered:
        figure.add_annotation(
            x=as_of.isoformat(),
            y=_end_of(whole_steps),
            text="all projects",
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            xshift=-6,
            font={**small, "color": theme.muted},
        )
    middle = as_of + (deadline - as_of) / 2
    figure.add_annotation(
        x=middle.isoformat(),
        y=(_end_of(whole_steps) + pledge_usd_bn) / 2,
        text="pace still needed",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        xshift=8,
        font={**small, "color": theme.accent},
    )

