import re

import pytest
from markupsafe import Markup

from components.serving.assets import SOURCE
from components.serving.shell import OUTAGE, Preview, Shell

INDEX = (SOURCE / "index.html").read_text("utf-8")
PREVIEW = Preview(
    title='Projects in <Tennessee> & "more"',
    site="The pledge",
    description="Up to $40 billion.</noscript><script>alert(1)</script>",
    address="https://pledge.example.org/?state=TN&sector=x",
    image="https://pledge.example.org/charts/map.png?state=TN&size=1200x630",
    image_alt="A map",
    feed="https://pledge.example.org/feed.atom?state=TN",
)


FIRST = Markup("<h1>A page</h1>")


def page(preview: Preview | None = PREVIEW, *, scheme: str | None = None, **parts: object) -> str:
    return Shell(INDEX, **parts).page(preview, FIRST, scheme=scheme).decode()  # type: ignore[arg-type]


def test_the_installed_streamlit_has_all_that_we_change():
    assert Shell(INDEX).is_known


def test_a_preview_is_escaped():
    html = page()
    assert "<title>Projects in &lt;Tennessee&gt; &amp; &#34;more&#34;</title>" in html
    assert "<script>alert(1)</script>" not in html
    assert "charts/map.png?state=TN&amp;size=1200x630" in html


def test_the_first_view_stands_before_the_app_and_says_what_does_not_work_without_scripts():
    html = page()
    assert html.index('<div id="first" class="stApp">') < html.index('<div id="root"></div>')
    assert "<h1>A page</h1>" in html
    noscript = html.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "Without JavaScript" in noscript


def test_the_app_is_held_back_in_a_template_with_what_to_say_where_it_is_missing():
    html = page()
    held = html.partition('<template id="app"')[2].partition("</template>")[0]
    assert 'src="/static/js/index.' in held
    assert 'rel="stylesheet"' in held
    for rest in (html.partition("<template")[0], html.partition("</template>")[2]):
        assert 'src="/static/' not in rest
        assert 'rel="stylesheet"' not in rest
    for why in OUTAGE:
        assert f'data-{why}="' in held
    assert "WebSockets" in held


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scheme_that_is_asked_for_is_named(scheme: str):
    assert f'<div id="first" class="stApp" data-scheme="{scheme}">' in page(scheme=scheme)


def test_every_address_is_absolute_so_that_it_holds_on_any_path():
    assert '"./' not in page()
    assert 'src="/static/js/index.' in page()


HEAVY, SMALL, LARGE = "js/Heavy.aaaaaaaa.js", "js/Small.bbbbbbbb.js", "js/Large.cccccccc.js"


def test_what_is_needed_waits_with_the_app_and_the_heaviest_comes_first():
    html = page(needed=[HEAVY, SMALL], heavy=HEAVY)
    held = html.partition('<template id="app"')[2].partition("</template>")[0]
    fetched = re.findall('<link rel="modulepreload" crossorigin href="/static/([^"]+)">', held)
    assert fetched[0] == HEAVY
    assert fetched.count(HEAVY) == fetched.count(SMALL) == 1
    assert any(path.startswith("js/index.") for path in fetched)
    assert len(set(fetched)) == len(fetched)
    assert f'data-heavy="/static/{HEAVY}"' in held


def test_only_large_files_are_fetched_before_the_first_view_is_painted():
    html = page(needed=[HEAVY, SMALL, LARGE], heavy=HEAVY, large={LARGE, HEAVY})
    assert f'data-early="/static/{HEAVY} /static/{LARGE}"' in html
    assert "/static/js/" not in html.partition("<template")[0]
    assert "data-early" not in page(needed=[SMALL])


def test_what_only_a_map_needs_waits_and_is_named_once():
    html = page(
        needed=["js/Small.bbbbbbbb.js"], later=["js/Map.cccccccc.js", "js/Small.bbbbbbbb.js"]
    )
    later = html.partition('<template id="later">')[2].partition("</template>")[0]
    assert re.findall('/static/([^"]+)', later) == ["js/Map.cccccccc.js"]
    assert html.count("Map.cccccccc.js") == 1


def test_the_policy_names_every_script_inside_the_page():
    shell = Shell(INDEX)
    assert len(shell.script_hashes) == shell.page(PREVIEW, FIRST).count(b"<script>") == 3
    assert len(set(shell.script_hashes)) == 3


def test_an_unknown_index_file_is_served_unchanged():
    other = INDEX.replace("<noscript>", "<template>").replace("</noscript>", "</template>")
    shell = Shell(other, needed=["js/x.js"], heavy="js/x.js")
    assert not shell.is_known
    assert shell.page(PREVIEW, FIRST).decode() == other


def test_the_style_comes_with_the_page():
    assert "<style>p{}</style></head>" in page(style="p{}")


def test_without_data_the_page_still_opens():
    assert "og:title" not in page(None)
    assert 'src="/static/js/index.' in page(None)


def test_without_a_picture_none_is_named():
    from dataclasses import replace

    assert "og:image" not in page(replace(PREVIEW, image=""))


@pytest.mark.parametrize("path", ["css/x.aaaaaaaa.css"])
def test_a_style_sheet_is_announced_as_such(path: str):
    assert f'<link rel="preload" as="style" crossorigin href="/static/{path}">' in page(
        needed=[path]
    )
