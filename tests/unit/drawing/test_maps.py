import json
import math
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.basics.amounts import Amount
from components.basics.geography import HEIGHT, WIDTH
from components.basics.palette import Theme, print_theme, rgb, screen_theme
from components.basics.us_states import STATE_NAMES
from components.drawing.clicks import PICKED_LAYER, clicked_states
from components.drawing.maps import (
    FILLED,
    MAX_SITES,
    Shading,
    StateMark,
    Swatch,
    height_for,
    legend,
    state_deck,
    state_figure,
    zoom_for,
)
from components.facts.outlines import read_outlines
from components.facts.schema import PRECISIONS
from tests.frozen import FOLDER
from tests.unit.factories import make_outlines

SHIPPED = FOLDER / "us_states.geojson"
LIGHT = screen_theme("light", width=600)
THEMES = {"light": LIGHT, "dark": screen_theme("dark", width=343), "print": print_theme()}
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
HOSTILE = "<img src=x onerror=alert(1)>"


def mark(
    state: str,
    amount: float = math.nan,
    *,
    count: int = 1,
    is_shared: bool = False,
    is_selected: bool = False,
) -> StateMark:
    return StateMark(
        state, f"Name of {state}", Amount(amount), count, is_shared, is_selected, f"In {state}"
    )


MARKS = [
    mark("OH", 33.3, is_selected=True),
    mark("TN", 40.0, is_shared=True),
    mark("AL", 40.0, is_shared=True),
    mark("DE", count=0),
]
SITES = pd.DataFrame(
    [(-83.0, 39.0, 33.3, "exact"), (-84.4, 33.9, 0.6, "county"), (-95.3, 28.9, math.nan, "exact")],
    columns=["longitude", "latitude", "amount_usd_bn", "location_precision"],
)
NO_SITES = SITES.head(0)


def deck_json(
    marks: list[StateMark] = MARKS, sites: pd.DataFrame = SITES, theme: Theme = LIGHT
) -> str:
    text: str = state_deck(marks, sites, outlines=make_outlines(), theme=theme).to_json()
    return text


def layers(**changes: Any) -> dict[str, Any]:
    return {layer["id"]: layer for layer in json.loads(deck_json(**changes))["layers"]}


def states_of(**changes: Any) -> dict[str, Any]:
    features = layers(**changes)[PICKED_LAYER]["data"]["features"]
    return {feature["properties"]["state"]: feature["properties"] for feature in features}


def draw(
    marks: list[StateMark] = MARKS, sites: pd.DataFrame = SITES, theme: Theme = LIGHT
) -> go.Figure:
    return state_figure(marks, sites, outlines=make_outlines(), theme=theme)


@each_theme
def test_the_map_asks_nobody_for_anything(theme: Theme):
    text = deck_json(theme=theme)
    assert "://" not in text
    assert {"mapProvider", "mapStyle", "mapboxKey"}.isdisjoint(json.loads(text))


def test_one_layer_can_be_clicked():
    assert [name for name, layer in layers().items() if layer.get("pickable")] == [PICKED_LAYER]


@pytest.mark.parametrize(
    ("marks", "sites"),
    [
        pytest.param(MARKS[:1], NO_SITES, id="one state"),
        pytest.param([], NO_SITES, id="nothing"),
        pytest.param([mark("OH", 1.0)], SITES, id="other amounts"),
    ],
)
def test_layers_and_view_are_the_same_whatever_the_filter(
    marks: list[StateMark], sites: pd.DataFrame
):
    before, after = json.loads(deck_json()), json.loads(deck_json(marks, sites))
    for name in ("initialViewState", "views"):
        assert after[name] == before[name]
    assert [layer["id"] for layer in after["layers"]] == [layer["id"] for layer in before["layers"]]


def test_the_view_shows_the_whole_frame():
    view = json.loads(deck_json())["initialViewState"]
    assert view["target"] == [WIDTH / 2, HEIGHT / 2, 0]
    assert view["zoom"] == zoom_for(LIGHT.width)


@pytest.mark.parametrize("width", [320, 600, 975, 1600])
def test_the_map_fits_its_card(width: int):
    drawn = WIDTH * 2 ** zoom_for(width)
    assert width - 20 < drawn < width
    assert height_for(width) == pytest.approx(width * HEIGHT / WIDTH, abs=0.5)


def test_a_card_too_narrow_for_a_map_has_some_zoom():
    assert math.isfinite(zoom_for(0))


def test_every_state_says_something_on_hover():
    assert {state: found["hover"] for state, found in states_of().items()} == {
        "OH": "In OH",
        "TN": "In TN",
        "AL": "In AL",
        "DE": "In DE",
    }
    assert {found["name"] for found in states_of().values()} == {
        f"Name of {state}" for state in ("OH", "TN", "AL", "DE")
    }


def test_states_are_shaded_by_amount_and_plain_without_a_project():
    fills = {state: found["fill"][:3] for state, found in states_of().items()}
    assert fills["TN"] == fills["AL"] == list(rgb(LIGHT.shades[3]))
    assert fills["OH"] == list(rgb(LIGHT.shades[3]))
    assert fills["DE"] == list(rgb(LIGHT.land))


def overlap(label: Any, circle: Any, scale: float) -> bool:
    """Return whether a label of two letters lies on a circle; both are centred on their place."""
    reach = circle.marker.size / 2
    across = abs(label.x - circle.x[0]) * scale
    down = abs(label.y - circle.y[0]) * scale
    size = label.font.size
    return bool(across < reach + 0.7 * size and down < reach + 0.6 * size)


@pytest.mark.parametrize("width", [400, 700, 1100])
def test_no_label_of_a_saved_map_lies_on_a_site(width: int):
    figure = draw(theme=print_theme(width=width))
    scale = (width - 48) / 975
    labels = [note for note in figure.layout.annotations if note.text == "<b>OH</b>"]
    circles = [trace for trace in figure.data if trace.mode == "markers"]
    assert labels
    assert circles
    assert not any(overlap(one, circle, scale) for one in labels for circle in circles)


def test_the_key_of_a_saved_map_hatches_as_the_map_does():
    figure = draw()
    (shape,) = {
        trace.fillpattern.shape for trace in figure.data if trace.fillpattern.shape is not None
    }
    assert f"{shape * 3}</span> hatched" in figure.layout.annotations[-1].text


def test_a_saved_map_writes_its_amounts_unless_they_are_many():
    named = [replace(one, label=f"amount {one.state}") for one in MARKS]
    assert "OH amount OH" in draw(named).layout.annotations[-1].text
    many = [replace(mark(code, 1.0), label=f"amount {code}") for code in list(STATE_NAMES)[:40]]
    assert "amount OH" not in draw(many).layout.annotations[-1].text


def test_shared_states_and_no_others_are_hatched():
    squares = {"TN": (580, 630, 300, 350), "AL": (580, 630, 400, 450)}
    lines = layers()["hatching"]["data"]
    hatched = set()
    for line in lines:
        x = (line["from"][0] + line["to"][0]) / 2
        y = (line["from"][1] + line["to"][1]) / 2
        inside = [s for s, (w, e, n, so) in squares.items() if w <= x <= e and n <= y <= so]
        assert len(inside) == 1
        hatched.update(inside)
    assert hatched == {"TN", "AL"}
    assert layers(marks=MARKS[:1])["hatching"]["data"] == []


def test_selected_states_and_no_others_are_outlined():
    (feature,) = layers()["selected"]["data"]["features"]
    assert feature["geometry"] == make_outlines().features[0].rings
    assert layers(marks=MARKS[1:])["selected"]["data"]["features"] == []


def test_a_site_is_a_circle_by_area_hollow_where_only_the_county_is_known():
    full, hollow = layers()["sites"]["data"], layers()["sites-hollow"]["data"]
    assert [circle["radius"] for circle in full] == [9.8, 3.0]
    assert [circle["radius"] for circle in hollow] == [3.0]
    assert (layers()["sites"]["filled"], layers()["sites-hollow"]["filled"]) == (True, False)


@each_theme
def test_circles_are_drawn_in_ink_which_no_shade_is(theme: Theme):
    ink, paper = list(rgb(theme.ink)), list(rgb(theme.paper))
    full, hollow = (layers(theme=theme)[name] for name in ("sites", "sites-hollow"))
    assert full["getFillColor"][:3] == ink
    assert (full["getLineColor"], hollow["getLineColor"]) == (paper, ink)
    circles = [trace.marker for trace in draw(theme=theme).data if trace.mode == "markers"]
    assert [(circle.color, circle.line.color) for circle in circles] == [
        (theme.ink, theme.paper),
        ("rgba(0,0,0,0)", theme.ink),
        (theme.ink, theme.paper),
    ]
    assert theme.ink not in (*theme.shades, theme.land, theme.undisclosed)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_circle_is_filled_where_the_site_is_known(precision: str):
    found = layers(sites=SITES.assign(location_precision=precision))
    kinds = {name: len(found[name]["data"]) for name in ("sites", "sites-hollow")}
    is_filled = precision in FILLED
    assert kinds == {"sites": 3 * is_filled, "sites-hollow": 3 * (not is_filled)}
    assert FILLED == ("exact", "approximate")


CIRCLE = "circle: published site, area by amount"
HOLLOW = "hollow circle: only the county is known"


@pytest.mark.parametrize(
    ("sites", "labels"),
    [
        pytest.param(SITES, [CIRCLE, HOLLOW], id="both kinds"),
        pytest.param(SITES.head(1), [CIRCLE], id="filled alone"),
        pytest.param(SITES.iloc[1:2], [HOLLOW], id="hollow alone"),
        pytest.param(NO_SITES, [], id="none"),
        pytest.param(
            SITES.iloc[[0] * (MAX_SITES + 1)],
            [CIRCLE, f"the {MAX_SITES} largest only"],
            id="one too many",
        ),
        pytest.param(SITES.iloc[[0] * MAX_SITES], [CIRCLE], id="as many as are drawn"),
    ],
)
def test_circles_are_explained_by_kind(sites: pd.DataFrame, labels: list[str]):
    drawn = [entry.label for entry in legend(MARKS, sites, LIGHT)]
    assert drawn[drawn.index("shared, no official split") + 1 :] == labels
    key = draw(sites=sites).layout.annotations[-1].text.replace("<br>", " ")
    plain = " ".join(re.sub(r"<[^>]*>", "", key).replace("\xa0", " ").split())
    assert [label for label in labels if label not in plain] == []


def test_areas_and_not_radii_follow_the_amounts():
    sites = SITES.assign(amount_usd_bn=[10.0, 40.0, 90.0], location_precision="exact")
    radii = [circle["radius"] for circle in layers(sites=sites)["sites"]["data"]]
    assert [radius / radii[0] for radius in radii] == pytest.approx([1, 2, 3], abs=0.03)


def test_a_site_off_the_map_is_not_drawn():
    guam = SITES.head(1).assign(longitude=144.8, latitude=13.4)
    assert layers(sites=guam)["sites"]["data"] == []
    assert all(trace.mode != "markers" for trace in draw(sites=guam).data)


def test_a_thousand_sites_do_not_bury_the_map():
    many = pd.concat([SITES.head(1)] * (MAX_SITES + 500))
    assert len(layers(sites=many)["sites"]["data"]) == MAX_SITES


def test_labels_stand_on_states_with_a_project_and_room():
    found = layers(marks=[*MARKS[:3], mark("DE", 1.0)])["labels"]["data"]
    assert {label["text"] for label in found} == {"OH", "TN", "AL"}


def test_hostile_names_are_data_and_no_template():
    hostile = StateMark("OH", HOSTILE, Amount(1.0), 1, False, False, HOSTILE)
    deck = json.loads(deck_json([hostile]))
    assert HOSTILE not in json.dumps(deck.get("tooltip", ""))
    assert states_of(marks=[hostile])["OH"]["name"] == HOSTILE


def test_the_shipped_map_is_small():
    outlines, faults = read_outlines(SHIPPED)
    assert faults == []
    assert outlines is not None
    marks = [mark(outline.state, 40.0, is_shared=True) for outline in outlines.features[:6]]
    text = state_deck(marks, SITES, outlines=outlines, theme=LIGHT).to_json()
    assert len(text) < 150_000


@each_theme
@pytest.mark.parametrize(
    ("marks", "sites"),
    [
        pytest.param(MARKS, SITES, id="all"),
        pytest.param(MARKS[:1], NO_SITES, id="one state"),
        pytest.param([mark("OH")], NO_SITES, id="undisclosed"),
        pytest.param([], NO_SITES, id="nothing"),
    ],
)
def test_the_figure_passes_plotlys_own_checks(
    marks: list[StateMark], sites: pd.DataFrame, theme: Theme
):
    figure = draw(marks, sites, theme)
    assert go.Figure(figure.to_dict()).data == figure.data


def test_the_figure_has_the_shades_hatching_and_circles_of_the_deck():
    figure = draw()
    shade = LIGHT.shades[3]
    areas = [trace for trace in figure.data if trace.fill == "toself"]
    assert [(trace.fillcolor, trace.fillpattern.shape) for trace in areas] == [
        (LIGHT.land, None),
        (shade, None),
        (shade, "\\"),
        ("rgba(0,0,0,0)", None),
    ]
    circles = [trace.marker for trace in figure.data if trace.mode == "markers"]
    assert len(circles) == 3
    assert [marker.color == "rgba(0,0,0,0)" for marker in circles] == [False, True, False]
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == ((0, WIDTH), (HEIGHT, 0))


def test_a_selected_state_is_outlined_on_screen_and_in_print_even_without_a_project():
    marks = [mark("OH", 1.0), mark("DE", count=0, is_selected=True)]
    assert len(layers(marks=marks)["selected"]["data"]["features"]) == 1
    assert any(trace.line.color == LIGHT.ink for trace in draw(marks).data)


def test_the_figure_explains_its_shades_hatching_and_circles():
    texts = [note.text for note in draw().layout.annotations]
    assert "$30–40B" in texts[-1]
    assert "no project named" in texts[-1]
    assert "hatched: shared, no official split" in texts[-1]
    assert "circle: published site" in texts[-1]
    assert set(texts[:-1]) == {"<b>OH</b>", "<b>TN</b>", "<b>AL</b>"}


def test_the_figure_does_not_explain_what_it_does_not_show():
    text = draw(MARKS[:1], NO_SITES).layout.annotations[-1].text
    assert "hatched" not in text
    assert "circle" not in text


@pytest.mark.parametrize(
    ("largest", "labels"),
    [
        pytest.param(40.0, ("$0–10B", "$10–20B", "$20–30B", "$30–40B"), id="tens"),
        pytest.param(33.3, ("$0–10B", "$10–20B", "$20–30B", "$30–40B"), id="reached and passed"),
        pytest.param(0.9, ("$0–0.5B", "$0.5–1B", "$1–1.5B", "$1.5–2B"), id="below one"),
        pytest.param(
            7000.0, ("$0–2,000B", "$2,000–4,000B", "$4,000–6,000B", "$6,000–8,000B"), id="k"
        ),
    ],
)
def test_shades_are_four_equal_round_steps(largest: float, labels: tuple[str, ...]):
    assert Shading.of([mark("OH", largest), mark("TN", 0.1), mark("AL")]).labels() == labels


@pytest.mark.parametrize(
    ("amount", "place"),
    [
        pytest.param(0.1, 0, id="smallest"),
        pytest.param(10.0, 0, id="upper edge"),
        pytest.param(10.1, 1, id="just above"),
        pytest.param(40.0, 3, id="largest"),
    ],
)
def test_an_amount_has_the_shade_of_its_step(amount: float, place: int):
    assert Shading(10.0).shade(Amount(amount), LIGHT) == LIGHT.shades[place]


def test_an_undisclosed_amount_has_a_grey_of_its_own():
    grey = Shading.of([mark("OH")]).shade(Amount(), LIGHT)
    assert grey == LIGHT.undisclosed
    assert grey not in (*LIGHT.shades, LIGHT.land)
    assert Shading.of([]).labels()[0] == "$0–1B"


def test_the_legend_lists_the_shades_in_use_palest_first():
    marks = [mark("OH", 33.3), mark("TN", 12.0), mark("AL", count=0)]
    assert legend(marks, SITES.head(0), LIGHT) == [
        Swatch("$10–20B", "square", LIGHT.shades[1]),
        Swatch("$30–40B", "square", LIGHT.shades[3]),
        Swatch("no project named", "square", LIGHT.land),
    ]


def test_the_legend_puts_no_figure_on_an_undisclosed_amount():
    entries = legend([mark("OH", 33.3), mark("TN")], SITES.head(0), LIGHT)
    assert [entry.label for entry in entries if "$0" in entry.label] == []
    assert "amount undisclosed" in [entry.label for entry in entries]


@pytest.mark.parametrize(
    ("selection", "states"),
    [
        pytest.param(
            {"objects": {"states": [{"properties": {"state": "OH"}}]}}, {"OH"}, id="one state"
        ),
        pytest.param(
            {
                "indices": {"states": [1, 2]},
                "objects": {
                    "states": [{"properties": {"state": "OH"}}, {"properties": {"state": "TN"}}]
                },
            },
            {"OH", "TN"},
            id="two states",
        ),
        pytest.param(
            {"objects": {"sites": [{"properties": {"state": "OH"}}]}}, set(), id="another layer"
        ),
        pytest.param({"objects": {"states": [{}]}}, set(), id="no properties"),
        pytest.param({"objects": {"states": [{"properties": {"state": 3}}]}}, set(), id="number"),
        pytest.param({"objects": {}, "indices": {}}, set(), id="nothing selected"),
        pytest.param({}, set(), id="no selection"),
    ],
)
def test_clicked_states_are_read_from_the_event(selection: dict[str, Any], states: set[str]):
    assert clicked_states(selection) == states
