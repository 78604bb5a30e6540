import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from components.serving import page_shells
from components.views import site
from tests.unit.serving.conftest import Serve


def meta(client: TestClient, path: str) -> dict[str, str]:
    """Read what a page says about itself."""
    html = client.get(path).text
    pairs = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return dict(pairs) | {"title": re.search("<title>(.*)</title>", html)[1]}  # type: ignore[index]


def test_a_page_says_what_its_view_shows(client: TestClient):
    about = meta(client, "/?state=TN")
    assert about["title"].startswith("Projects in Tennessee: Japan&#39;s $550 billion")
    assert about["og:description"].startswith("Up to $40 billion is announced for projects in Tenn")
    assert about["og:image"] == "http://localhost/charts/map.png?state=TN&amp;size=1200x630"
    assert about["og:url"] == "http://localhost/?state=TN"


def test_a_preview_of_a_past_day_says_so_in_title_and_sentence(client: TestClient):
    about = meta(client, "/?as_of=2026-03-01")
    assert ", as known on 1 March 2026" in about["title"]
    assert about["og:description"].startswith("As known on 1 March 2026: $36 billion is announced")


def test_each_page_has_its_own_title(client: TestClient):
    titles = {meta(client, f"/{path}")["title"] for path in ("", "projects", "changes", "about")}
    assert len(titles) == 4
    about = meta(client, "/projects?project=smr-tn-al")
    assert about["title"].startswith("Small modular reactor power plants")
    assert "timeline.png" in about["og:image"]
    assert meta(client, "/states?state=OH")["title"].startswith("Ohio: ")


@pytest.mark.parametrize("info", site.PAGES.values(), ids=lambda info: info.title)
def test_each_page_describes_itself_and_shows_what_it_is_about(
    client: TestClient, info: site.PageInfo
):
    about = meta(client, f"/{info.path}")
    said = unescape(about["og:description"])
    assert said.startswith(info.about or "Up to $109 billion is announced")
    shown = re.search(r"/charts/(.+?)\.png", about.get("og:image", ""))
    assert (shown[1] if shown else "") == info.picture
    assert about["twitter:card"] == ("summary_large_image" if info.picture else "summary")


def test_the_page_of_one_state_leads_with_that_state(client: TestClient):
    about = meta(client, "/states?state=TN")
    assert about["og:description"].startswith("Up to $40 billion is announced for projects in Tenn")
    assert "charts/map.png" in about["og:image"]


def test_the_picture_of_the_preview_is_one_that_is_served(client: TestClient):
    from components.exports.pictures import SHAPES

    image = meta(client, "/?state=TN")["og:image"]
    assert SHAPES[image.partition("size=")[2]].size == (1200, 630)


def test_the_preview_of_a_card_has_the_picture_of_that_card(client: TestClient):
    about = meta(client, "/?embed=true&card=by-sector&state=TN")
    assert about["og:image"] == "http://localhost/charts/by-sector.png?state=TN&amp;size=1200x630"
    assert about["og:image:alt"].startswith("Bar chart")


def test_what_a_link_asks_for_in_vain_is_left_out(client: TestClient):
    assert meta(client, "/?state=ZZ&utm_source=x")["og:url"] == "http://localhost/"


def test_nothing_to_draw_is_no_picture(client: TestClient):
    about = meta(client, "/?state=WY")
    assert "og:image" not in about
    assert about["og:description"].startswith("No project is named in Wyoming")


def test_an_unknown_path_is_not_found_and_opens_the_app(client: TestClient):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "/static/js/index." in answer.text


@pytest.mark.parametrize("path", ["/a/b", "/projects/x", "/%E6%97%A5", "/.env", "/<script>x"])
def test_a_path_that_the_app_cannot_take_over_gets_a_page_that_leads_back(
    client: TestClient, path: str
):
    answer = client.get(path)
    assert answer.status_code == 404
    assert '<a href="/">Japan&#39;s $550 billion' in answer.text
    assert "<script>" not in answer.text


def test_a_slash_at_the_end_leads_to_the_page(client: TestClient):
    answer = client.get("/projects/?state=TN", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/projects?state=TN")


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/%2e%2e/"])
def test_a_path_can_lead_to_no_other_host(client: TestClient, path: str):
    answer = client.get(f"http://localhost{path}", follow_redirects=False)
    assert "location" not in answer.headers


def test_a_page_is_asked_for_again_and_not_sent_again(client: TestClient):
    first = client.get("/")
    caching = first.headers["cache-control"].split(", ")
    assert {"public", "max-age=0", "must-revalidate"} <= set(caching)
    again = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_only_a_card_may_be_framed(serve: Serve):
    client = serve(frame_ancestors=("https://news.example",))
    policy = client.get("/?embed=true&card=by-state").headers["content-security-policy"]
    assert "frame-ancestors https://news.example;" in policy
    for path in ("/", "/?embed=true", "/?card=by-state", "/?embed=true&card=none"):
        policy = client.get(path).headers["content-security-policy"]
        assert "frame-ancestors 'self';" in policy


def test_without_data_the_page_opens(tmp_path: Any, serve: Serve):
    (tmp_path / "empty").mkdir()
    answer = serve(data=tmp_path / "empty").get("/")
    assert answer.status_code == 200
    assert "/static/js/index." in answer.text


def test_hostile_names_stay_text(folder: Any, serve: Serve):
    folder.set("investments.csv", row=2, project='"><script>alert(1)</script>')
    html = serve(data=folder.path).get("/projects?project=harbor").text
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html


def test_addresses_that_ask_for_the_same_are_one_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    made = []
    before = page_shells.preview_of

    def count(*asked: Any, **more: Any) -> Any:
        made.append(asked)
        return before(*asked, **more)

    monkeypatch.setattr(page_shells, "preview_of", count)
    for number in range(20):
        assert client.get(f"/?state=TN&utm_source={number}&_ga={number}").status_code == 200
    assert len(made) == 1


def test_who_asks_for_more_new_pages_than_people_read_gets_those_that_only_the_app_fills(
    serve: Serve,
):
    client = serve(answers_per_minute=2)
    pages = [client.get(f"/?state=TN&x={number}") for number in range(4)]
    assert [page.status_code for page in pages] == [200] * 4
    assert ["<h1>" in page.text for page in pages] == [True, True, False, False]
    assert "<h1>" in client.get("/?state=TN&x=0").text
    assert "og:title" in pages[-1].text


def test_what_a_link_asks_for_in_vain_is_named_on_the_page(client: TestClient):
    assert "ZZ" in body(client, "/?state=ZZ")
    assert "utm_source" not in body(client, "/?utm_source=x")


def body(client: TestClient, path: str) -> str:
    """Return what the page shows before the app, with its tags."""
    return client.get(path).text.partition('<div id="first"')[2].partition('<div id="root">')[0]


@pytest.mark.parametrize("path", ["/", "/projects?project=portsmouth-gas", "/states?state=TN"])
def test_the_first_view_has_navigation_title_figures_and_sources(client: TestClient, path: str):
    html = body(client, path)
    assert '<nav class="pages"' in html
    assert html.count("<h1>") == 1
    assert "$" in html
    assert 'rel="noopener"' in html


def test_the_first_view_asks_for_another_by_a_form_that_keeps_the_day(client: TestClient):
    html = body(client, "/?state=TN&as_of=2026-09-01")
    form = html.partition('<form method="get">')[2].partition("</form>")[0]
    assert 'type="checkbox" name="sector"' in form
    assert re.search('name="state" value="TN" checked', form)
    assert 'name="as_of" value="2026-09-01"' in form


def test_a_card_has_a_first_view_of_its_own_in_the_scheme_that_is_asked_for(client: TestClient):
    html = body(client, "/?embed=true&embed_options=dark_theme&card=by-state")
    assert html.startswith(' class="stApp" data-scheme="dark">')
    assert "<nav" not in html
    assert "Announced by state" in html


class Names(HTMLParser):
    """The names of all elements and attributes of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"


@pytest.mark.parametrize("info", site.PAGES.values(), ids=lambda info: info.title)
@pytest.mark.parametrize("name", ["state", "search", "as_of", "since", "sort", "card", HOSTILE])
def test_a_hostile_link_stays_text_on_every_page(
    client: TestClient, info: site.PageInfo, name: str
):
    html = body(client, f"/{info.path}?{urlencode({name: HOSTILE})}")
    assert "<h1>" in html or "<h2>" in html
    found = Names()
    found.feed(html)
    assert not {"script", "img", "onerror"} & found.names
