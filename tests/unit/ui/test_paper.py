import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from components.basics import messages
from components.basics.palette import Theme
from components.ui import canvas
from components.ui.canvas import drawing_on, st
from components.ui.paper import Paper
from components.views.filters import ProjectFilter
from components.views.links import Link

HOSTILE = '"><script>alert(1)</script>'


def paper(link: Link | None = None) -> Paper:
    made = Paper(url="https://pledge.example.org/projects", parameters={})
    made.session_state["link"] = link or Link()
    return made


def drawn(draw: Callable[[], object], link: Link | None = None) -> str:
    """Return the HTML of what is drawn through the canvas."""
    made = paper(link)
    with drawing_on(made):
        draw()
    return str(made.page())


def search() -> None:
    st.text_input("Search", key="search", args=("search", "search"))


def test_the_canvas_is_streamlit_again_after_a_paper():
    with drawing_on(paper()):
        assert canvas.paper() is not None
    assert canvas.paper() is None


@pytest.mark.parametrize(
    "draw",
    [
        lambda: st.title(HOSTILE),
        lambda: st.markdown(HOSTILE),
        lambda: st.caption(HOSTILE),
        lambda: st.info(HOSTILE),
        lambda: st.code(HOSTILE),
        lambda: st.popover(HOSTILE),
        lambda: st.expander(HOSTILE, key="sources"),
        lambda: st.container(key=HOSTILE),
        lambda: st.text_input(HOSTILE, key="s", placeholder=HOSTILE, args=("search",)),
        lambda: st.selectbox(HOSTILE, [HOSTILE], key="s", args=("state",), placeholder=HOSTILE),
        lambda: st.multiselect(
            HOSTILE, [HOSTILE], key="s", args=("state",), format_func=str, placeholder=HOSTILE
        ),
        lambda: canvas.button(HOSTILE, way=f"?x={HOSTILE}", key=HOSTILE),
    ],
)
def test_every_text_is_escaped(draw: Callable[[], object]):
    html = drawn(draw)
    assert "<script" not in html
    assert 'x="><' not in html


def test_markdown_takes_no_html_and_no_script_as_an_address():
    html = drawn(lambda: st.markdown("**bold** <b>x</b> [y](javascript:alert(1))"))
    assert "<strong>bold</strong>" in html
    assert "<b>" not in html
    assert "href" not in html


def test_blocks_hold_what_is_drawn_within_them_in_the_order_of_the_blocks():
    def draw() -> None:
        left, right = st.columns([1, 2])
        with right:
            st.html(Markup("<p>right</p>"))
        with left:
            st.html(Markup("<p>left</p>"))
        st.html(Markup("<p>after</p>"))

    assert re.findall("<p>([a-z]+)</p>", drawn(draw)) == ["left", "right", "after"]


def test_a_form_keeps_what_else_the_link_asks_for():
    def draw() -> None:
        with st.container(key="screen-only"):
            search()

    link = Link(filter=ProjectFilter(state=("TN",)), search="old", sort="project")
    html = drawn(draw, link)
    kept = re.findall('<input type="hidden" name="([a-z]+)" value="([A-Za-z]+)">', html)
    assert kept == [("state", "TN"), ("sort", "project")]
    assert html.count('name="search"') == 1


def test_a_container_without_fields_is_no_form():
    def draw() -> None:
        with st.container(key="screen-only"):
            st.html(Markup("<p>text</p>"))

    assert "<form" not in drawn(draw)


def test_a_choice_is_marked_with_what_is_chosen():
    def draw() -> None:
        st.session_state["f"] = ["TN"]
        st.multiselect(
            "State",
            ["TN", "OH"],
            key="f",
            args=("state",),
            format_func=str.lower,
            placeholder="All",
        )

    html = drawn(draw)
    assert 'value="TN" checked' in html
    assert 'value="OH">' in html
    assert "<b>tn</b>" in html


def test_a_button_is_a_link_or_only_its_place():
    html = drawn(lambda: canvas.button("Reset", way="?", key="reset"))
    assert '<a class="way st-key-reset" href="?">Reset</a>' in html
    html = drawn(lambda: canvas.button("Copy", way="", key="copy"))
    assert "href" not in html
    assert 'aria-hidden="true"' in html


def test_a_chart_is_drawn_for_a_phone_and_for_a_desktop_once_where_they_are_the_same():
    widths: list[int] = []

    def draw(theme: Theme) -> Markup:
        widths.append(theme.width)
        return Markup("<svg></svg>")

    made = paper()
    made.chart(draw, narrow=326, wide=640)
    made.chart(draw, narrow=326, wide=326)
    assert widths == [326, 640, 326]


def test_what_paper_does_not_know_is_an_error_that_names_it():
    with drawing_on(paper()), pytest.raises(AttributeError, match="balloons"):
        st.balloons()


@pytest.mark.parametrize(
    ("language", "count", "drawn_rows", "said"),
    [
        ("en", 20, 20, ""),
        ("en", 21, 21, "All 21 rows"),
        ("en", 1234, 100, "The first 100 of 1,234 rows"),
        ("ja", 36, 36, "全36行を表示"),
        ("ja", 1234, 100, "全1,234行のうち最初の100行を表示"),
    ],
)
def test_rows_beyond_those_shown_unfold(language: str, count: int, drawn_rows: int, said: str):
    made = paper()
    with messages.using(language):
        assert made.rows(count, shown=20) == drawn_rows
    assert re.findall("<summary>(.*?)</summary>", made.page()) == [said] * bool(said)


def test_the_style_of_the_app_is_left_out():
    assert drawn(lambda: st.html("<style>p{}</style>")) == ""


def test_japanese_fields_have_japanese_words_and_marks():
    def draw() -> None:
        search()
        st.session_state["f"] = ["TN", "OH"]
        st.multiselect(
            "州", ["TN", "OH"], key="f", args=("state",), format_func=str, placeholder="すべて"
        )

    with messages.using("ja"):
        html = drawn(draw)
    assert '<button class="apply">適用</button>' in html
    assert "<b>TN、OH</b>" in html
