"""The map of announced amounts as SVG that is part of a page, its states as links."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import pandas as pd
from markupsafe import Markup

from components.basics.geography import HEIGHT, WIDTH, Outline, Outlines
from components.basics.palette import Theme, text_on
from components.drawing.maps import (
    BORDER,
    CHOSEN_LINE,
    HATCH_OPACITY,
    HATCH_WIDTH,
    HOLLOW_LINE,
    SCREEN_SPACING,
    SITE_LINE,
    SITE_OPACITY,
    Shading,
    StateMark,
    clear_of,
    has_room,
    letter_size,
    placed,
)
from components.drawing.polygons import rings_of
from components.drawing.svg_axes import MIDDLE
from components.drawing.svg_elements import Link, escaped, linked, number, paint, text_element, tile

HALO: Final = 4
"""What keeps hatching out of the letters of a state, in pixels around and between them."""

LEAST_SPACING: Final = 6
"""Between lines of hatching, in pixels: closer ones would look like another shade."""


def state_svg(
    marks: Sequence[StateMark],
    sites: pd.DataFrame,
    *,
    outlines: Outlines,
    theme: Theme,
    label: str,
    prefix: str,
    link: Link | None = None,
) -> Markup:
    """Draw the states by amount, shared ones hatched, published sites as circles, as ``<svg>``.

    Lines and letters are as thick and high as on the screen where it is ``theme.width`` pixels
    wide. ``label`` says in words what it shows. ``prefix`` begins the ids inside; no two pictures
    of a page may have the same. Each state with a project has its text on hover, and is a link
    where ``link`` has an address for it.
    """
    unit = WIDTH / theme.width
    shading, paths = Shading.of(marks), _paths(outlines)
    shown = [mark for mark in marks if mark.state in paths]
    named = {mark.state: mark for mark in shown if mark.project_count}
    hatched = {shading.shade(mark.amount, theme): "" for mark in named.values() if mark.is_shared}
    hatched = {shade: escaped(f"{prefix}-{place}") for place, shade in enumerate(hatched)}
    fills = {
        mark.state: f' fill="url(#{hatched[shade]})"' if mark.is_shared else paint(fill=shade)
        for mark in named.values()
        for shade in [shading.shade(mark.amount, theme)]
    }
    land = paint(fill=theme.land)
    chosen = [mark for mark in shown if mark.is_selected]
    plain = "".join(path for state, path in paths.items() if state not in named)
    areas = [
        _area(mark, f'<path d="{paths[mark.state]}"{fills[mark.state]}/>', link)
        for mark in named.values()
        if not mark.is_selected
    ]
    on_top = [
        _area(mark, f'<path d="{paths[mark.state]}"{fills.get(mark.state, land)}/>', link)
        for mark in chosen
    ]
    role = "group" if link and any(map(link, named)) else "img"
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="{role}"'
        f' aria-label="{escaped(label)}" stroke-linejoin="round">'
        f"{_defined(hatched, unit=unit, theme=theme)}"
        f'<g stroke-width="{number(BORDER * unit)}"{paint(stroke=theme.paper)}>'
        f'<path d="{plain}"{land}/>{"".join(areas)}</g>'
        f'<g stroke-width="{number(CHOSEN_LINE * unit)}"{paint(stroke=theme.ink)}>'
        f"{''.join(on_top)}</g>"
        f'<g pointer-events="none" aria-hidden="true">{_circles(sites, unit=unit, theme=theme)}'
        f"{_letters(named, sites, outlines=outlines, shading=shading, theme=theme)}</g></svg>"
    )


@lru_cache(maxsize=2)
def _paths(outlines: Outlines) -> Mapping[str, str]:
    """Return the outline of each state as the data of a path, in whole units."""
    return {outline.state: _path(outline) for outline in outlines.features}


def _path(outline: Outline) -> str:
    """Round points before they are subtracted, so that neighbours still touch."""
    path = ""
    for ring in rings_of(outline.rings):
        points = [(round(point[0]), round(point[1])) for point in ring]
        (x, y), steps = points[0], []
        path += f"M{x} {y}"
        for next_x, next_y in points[1:-1]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y}")
                x, y = next_x, next_y
        path += f"l{' '.join(steps)}z" if steps else "z"
    return path.replace(" -", "-")


def _area(mark: StateMark, path: str, link: Link | None) -> str:
    """Return the area of a state with its text on hover, as a link where it has an address."""
    if not mark.project_count:
        return path
    words = f"{mark.name}\n{mark.hover}"
    drawn = f"<title>{escaped(words)}</title>{path}"
    address = link(mark.state) if link else None
    return linked(drawn, address) if address else f"<g>{drawn}</g>"


def _defined(hatched: Mapping[str, str], *, unit: float, theme: Theme) -> str:
    """Return the patterns of hatching, one for each shade: shade -> id."""
    tiles = [
        tile(
            name,
            "\\",
            ground=shade,
            line=theme.paper,
            size=max(SCREEN_SPACING, LEAST_SPACING * unit),
            width=HATCH_WIDTH * unit,
            opacity=HATCH_OPACITY,
        )
        for shade, name in hatched.items()
    ]
    return f"<defs>{''.join(tiles)}</defs>" if tiles else ""


def _circles(sites: pd.DataFrame, *, unit: float, theme: Theme) -> str:
    """Draw the sites, hollow ones above the others."""
    kinds = (
        (False, paint(fill=theme.ink, stroke=theme.paper), SITE_LINE),
        (True, f' fill="none"{paint(stroke=theme.ink)}', HOLLOW_LINE),
    )
    circles = placed(sites)
    groups = []
    for is_hollow, colours, line in kinds:
        drawn = [
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(circle["radius"])}"/>'
            for circle in circles
            if circle["hollow"] is is_hollow
            for x, y in [circle["position"]]
        ]
        width = f' fill-opacity="{SITE_OPACITY}" stroke-width="{number(line * unit)}"'
        groups.append(f"<g{colours}{width}>{''.join(drawn)}</g>" if drawn else "")
    return "".join(groups)


def _letters(
    named: Mapping[str, StateMark],
    sites: pd.DataFrame,
    *,
    outlines: Outlines,
    shading: Shading,
    theme: Theme,
) -> str:
    """Write the letters of states with a project clear of sites, hatching kept out of them."""
    unit, size, circles = WIDTH / theme.width, letter_size(theme), placed(sites)
    letters = []
    for outline in outlines.features:
        if outline.state not in named or not has_room(outline):
            continue
        mark = named[outline.state]
        shade = shading.shade(mark.amount, theme)
        away = clear_of(circles, outline, scale=1 / unit, size=size)
        letters.append(
            text_element(
                [escaped(outline.state)],
                x=outline.label_x,
                y=outline.label_y + away + MIDDLE * size * unit,
                attributes=paint(fill=text_on(shade), stroke=shade if mark.is_shared else ""),
            )
        )
    return (
        f'<g text-anchor="middle" font-size="{number(size * unit)}" font-weight="600"'
        f' paint-order="stroke" stroke-width="{number(HALO * unit)}">{"".join(letters)}</g>'
    )
