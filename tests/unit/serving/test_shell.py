import pytest

from components.serving.assets import SOURCE
from components.serving.shell import Preview, Shell

INDEX = (SOURCE / "index.html").read_text("utf-8")
PREVIEW = Preview(
    title='Projects in <Tennessee> & "more"',
    site="The pledge",
    description="Up to $40 billion.</noscript><script>alert(1)</script>",
    address="https://pledge.example.org/?state=TN&sector=x",
    image="https://pledge.example.org/charts/map.png?state=TN&size=1200x630",
    image_alt="A map",
    feed="https://pledge.example.org/feed.atom?state=TN",
    data="https://pledge.example.org/api/v1/projects.csv?state=TN",
)


def page(preview: Preview | None = PREVIEW, **parts: object) -> str:
    return Shell(INDEX, **parts).page(preview).decode()  # type: ignore[arg-type]


def test_the_installed_streamlit_has_all_that_we_change():
    assert Shell(INDEX).is_known


def test_a_preview_is_escaped():
    html = page()
    assert "<title>Projects in &lt;Tennessee&gt; &amp; &#34;more&#34;</title>" in html
    assert "<script>alert(1)</script>" not in html
    assert "charts/map.png?state=TN&amp;size=1200x630" in html


def test_without_scripts_the_page_says_what_it_shows_and_where_the_data_is():
    noscript = page().partition("<noscript>")[2].partition("</noscript>")[0]
    assert "Up to $40 billion." in noscript
    assert 'href="https://pledge.example.org/api/v1/projects.csv?state=TN"' in noscript


def test_what_stands_for_a_page_without_its_server_has_words_files_and_a_picture():
    template = page().partition('<template id="outage"')[2].partition("</template>")[0]
    assert "Up to $40 billion." in template
    for address in (PREVIEW.data, PREVIEW.feed, PREVIEW.image):
        assert f'"{address.replace("&", "&amp;")}"' in template
    assert "WebSockets" in template
    assert "<main" not in page().partition("<noscript>")[2].partition("</noscript>")[0]


def test_every_address_is_absolute_so_that_it_holds_on_any_path():
    assert '"./' not in page()
    assert 'src="/static/js/index.' in page()


def test_what_is_needed_is_announced_once_and_the_heaviest_first():
    html = page(
        needed=["js/Heavy.aaaaaaaa.js", "js/Small.bbbbbbbb.js"], heavy="js/Heavy.aaaaaaaa.js"
    )
    assert html.count("Heavy.aaaaaaaa.js") == html.count("Small.bbbbbbbb.js") == 1
    assert html.index("Heavy.aaaaaaaa.js") < html.index('src="/static/js/index.')
    assert '<link rel="modulepreload" crossorigin href="/static/js/Small.bbbbbbbb.js">' in html


def test_the_policy_names_every_script_inside_the_page():
    shell = Shell(INDEX)
    assert len(shell.script_hashes) == shell.page(PREVIEW).count(b"<script>") == 3
    assert len(set(shell.script_hashes)) == 3


def test_an_unknown_index_file_is_served_unchanged():
    other = INDEX.replace("<noscript>", "<template>").replace("</noscript>", "</template>")
    shell = Shell(other, needed=["js/x.js"], heavy="js/x.js")
    assert not shell.is_known
    assert shell.page(PREVIEW).decode() == other


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
