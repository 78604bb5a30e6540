import json
import pickle
import re
from copy import copy, deepcopy

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.hatching import Hatching
from components.basics.palette import PRINT_WIDTH, print_theme, screen_theme
from components.drawing.figures import (
    PROSE_WIDTH,
    Caption,
    KeyEntry,
    add_caption,
    assemble,
    base_layout,
    caption_heights,
    key_annotation,
    key_lines,
    labelled,
    money_axis,
    nice_step,
    nice_ticks,
    pattern,
    plain,
    reach_for_labels,
    text_width,
)

LIGHT = screen_theme("light", width=600)
BOOLEANS = (False, True)
PRINT = print_theme()
amounts = st.floats(min_value=1e-3, max_value=1e5)


@given(amounts, st.integers(min_value=1, max_value=8))
def test_a_step_is_round_and_reaches_the_top(top: float, steps: int):
    step = nice_step(top, steps=steps)
    assert f"{step:e}"[0] in "125"
    assert float(f"{step:.0e}") == pytest.approx(step)
    assert step * steps >= top * 0.99999
    assert step <= top / steps * 2.5 * 1.00001


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        pytest.param(40, [0, 10, 20, 30, 40], id="reached"),
        pytest.param(33.3, [0, 10, 20, 30], id="just below"),
        pytest.param(550, [0, 200, 400], id="hundreds"),
        pytest.param(0.6, [0, 0.2, 0.4, 0.6], id="below one, no dust"),
        pytest.param(0, [0], id="nothing to measure"),
    ],
)
def test_ticks_are_round_and_start_at_zero(top: float, ticks: list[float]):
    assert nice_ticks(top) == ticks


@given(amounts)
def test_ticks_are_few_and_do_not_pass_the_top(top: float):
    ticks = nice_ticks(top, steps=4)
    assert 2 <= len(ticks) <= 5
    assert ticks[-1] <= top * 1.00001


@pytest.mark.parametrize("top", [float("inf"), float("nan"), -1.0, 0.0])
def test_a_step_exists_for_what_cannot_be_measured(top: float):
    assert nice_step(top, steps=4) == 1.0


@pytest.mark.parametrize(
    ("room", "labels"),
    [
        pytest.param(400, ["$0", "$10B", "$20B", "$30B", "$40B"], id="wide"),
        pytest.param(120, ["$0", "$20B", "$40B"], id="narrow"),
        pytest.param(30, ["$0", "$40B"], id="hardly any, yet more than zero"),
    ],
)
def test_a_short_axis_has_fewer_ticks(room: float, labels: list[str]):
    axis = money_axis(LIGHT, top=40, reach=41, room=room)
    assert axis["ticktext"] == labels
    assert axis["range"] == [0, 41]


def test_an_axis_in_thousands_separates_them():
    assert money_axis(LIGHT, top=2000, reach=2000)["ticktext"][-1] == "$2,000B"


@given(st.lists(st.tuples(amounts, st.text("x", max_size=30)), max_size=6))
def test_the_label_after_each_bar_fits_the_figure(bars: list[tuple[float, str]]):
    values, labels = [value for value, _ in bars], [label for _, label in bars]
    reach = reach_for_labels(values, labels, theme=LIGHT, plot_width=500)
    for value, label in bars:
        assert value / reach * 500 + text_width(label, LIGHT) <= 500


def test_an_axis_without_bars_has_a_length():
    assert reach_for_labels([], [], theme=LIGHT, plot_width=500) > 0
    assert reach_for_labels([0.0], ["Undisclosed"], theme=LIGHT, plot_width=500) > 0


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        pytest.param("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;", id="tag"),
        pytest.param('<a href="http://x">', '&lt;a href="http://x"&gt;', id="link"),
        pytest.param("&lt;b&gt;", "&amp;lt;b&amp;gt;", id="entity"),
        pytest.param("Oil & gas", "Oil &amp; gas", id="ampersand"),
        pytest.param("福島 “x”", "福島 “x”", id="other letters"),
    ],
)
def test_text_of_others_is_not_read_as_tags(text: str, safe: str):
    assert plain(text) == safe


@given(st.text())
def test_no_text_holds_a_tag_or_a_stray_entity(text: str):
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", plain(text))


def test_a_key_breaks_into_as_many_lines_as_it_needs():
    labels = ("Gas power", "Nuclear power", "Export")
    entries = [KeyEntry("#111111", label) for label in labels]
    assert len(key_lines(entries, theme=LIGHT, room=600)) == 1
    assert len(key_lines(entries, theme=LIGHT, room=220)) == 2
    assert len(key_lines(entries, theme=LIGHT, room=10)) == 3
    assert key_lines([], theme=LIGHT, room=600) == []


@given(st.lists(st.text("abc ", min_size=1, max_size=20), max_size=8), st.integers(50, 900))
def test_a_key_names_every_entry_once_and_keeps_within_its_room(labels: list[str], room: int):
    entries = [KeyEntry("#123456", label) for label in labels]
    lines = key_lines(entries, theme=LIGHT, room=room)
    assert "".join(lines).count("■") == len(labels)
    for line in lines:
        drawn = re.sub(r"<[^>]+>|&nbsp;", "", line)
        assert line.count("■") == 1 or text_width(drawn, LIGHT, smaller=1) <= room


def test_a_key_shows_colours_and_is_not_fooled_by_labels():
    assert key_lines([KeyEntry("#b5600c", "<i>Gas")], theme=LIGHT, room=600) == [
        '<span style="color:#b5600c">■</span> &lt;i&gt;Gas'
    ]
    assert key_annotation(["a", "b"], theme=LIGHT, left=40)["text"] == "a<br>b"


def test_hatching_tells_ceilings_and_shared_amounts_apart():
    kinds = [Hatching.of(is_ceiling=one, is_shared=two) for one in BOOLEANS for two in BOOLEANS]
    assert len({kind.value for kind in kinds}) == 4
    assert pattern("#b5600c", Hatching.NONE, LIGHT) == {"shape": ""}
    assert pattern("#b5600c", Hatching.CEILING, LIGHT)["bgcolor"] == "#b5600c"


def empty_figure() -> go.Figure:
    layout = base_layout(PRINT, height=300, margin={"l": 100, "r": 10, "t": 20, "b": 30})
    return assemble([], layout)


def test_only_a_printed_figure_has_paper_and_a_width_of_its_own():
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    screen = base_layout(LIGHT, height=300, margin=margin)
    printed = base_layout(PRINT, height=300, margin=margin)
    assert (screen["paper_bgcolor"], screen.get("width")) == ("rgba(0,0,0,0)", None)
    assert (printed["paper_bgcolor"], printed["width"]) == ("#ffffff", PRINT_WIDTH)


def test_a_caption_stands_inside_the_figure_which_grows_by_its_room():
    caption = Caption(title="Title", subtitle="Subtitle", footer="One\nTwo")
    above, below = caption_heights(caption, PRINT)
    figure = add_caption(empty_figure(), caption, PRINT)
    assert figure.layout.height == 300 + above + below
    assert (figure.layout.margin.t, figure.layout.margin.b) == (20 + above, 30 + below)
    assert (figure.layout.margin.l, figure.layout.margin.r) == (100, 10)
    assert [note.text for note in figure.layout.annotations] == [
        "<b>Title</b>",
        "Subtitle",
        "One<br>Two",
    ]


@pytest.mark.parametrize(
    ("more", "is_above"),
    [
        pytest.param({"subtitle": "many words " * 30}, True, id="subtitle"),
        pytest.param({"footer": "many words " * 60}, False, id="footer"),
    ],
)
def test_a_longer_caption_takes_more_room(more: dict[str, str], is_above: bool):
    short = Caption(title="Title", subtitle="Subtitle", footer="Footer")
    texts = {"title": short.title, "subtitle": short.subtitle, "footer": short.footer}
    above, below = caption_heights(short, PRINT)
    longer_above, longer_below = caption_heights(Caption(**texts | more), PRINT)
    assert (longer_above > above, longer_below > below) == (is_above, not is_above)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=120))
def test_captions_are_wrapped_within_the_paper_and_lose_no_word(words: list[str]):
    caption = Caption(title="Title", subtitle=" ".join(words), footer="")
    figure = add_caption(empty_figure(), caption, PRINT)
    lines = figure.layout.annotations[1].text.split("<br>")
    assert " ".join(lines).split() == words
    longest = max(map(len, lines)) * PRINT.font_size * PROSE_WIDTH
    assert longest <= PRINT.width - 2 * PRINT.side


def test_captions_are_text_and_not_tags():
    hostile = "<b>x</b>"
    figure = add_caption(empty_figure(), Caption(hostile, hostile, hostile), PRINT)
    safe = "&lt;b&gt;x&lt;/b&gt;"
    assert [note.text for note in figure.layout.annotations] == [f"<b>{safe}</b>", safe, safe]


def test_a_figure_is_sent_as_it_was_drawn_until_its_objects_change():
    traces, layout = [{"type": "bar", "x": [1, 2]}], {"height": 100, "template": {}}
    figure = assemble(traces, layout)
    assert figure.to_dict() == {"data": traces, "layout": layout}
    figure.update_layout(height=200)
    assert (figure.layout.height, figure.data[0].type) == (200, "bar")
    assert figure.to_dict()["layout"]["height"] == 200
    assert json.loads(figure.to_json())["layout"]["height"] == 200


@pytest.mark.parametrize("copied", [copy, deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_a_figure_is_what_was_drawn_and_changes_nothing(copied):
    figure = assemble([{"type": "bar", "x": [1]}], {"height": 100})
    other = copied(figure)
    other.update_layout(height=200)
    assert other.to_dict()["layout"]["height"] == 200
    assert figure.to_dict() == {"data": [{"type": "bar", "x": [1]}], "layout": {"height": 100}}


def test_a_label_tells_figures_apart_and_changes_neither():
    figure = assemble([{"type": "bar", "x": [1]}], {"height": 100})
    one, other = (labelled(figure, label) for label in ("Ohio", "Texas"))
    assert (one.layout.meta, other.layout.meta) == ("Ohio", "Texas")
    assert figure.layout.meta is None
