"""The language of answers: which one is chosen, what says so, and that caches never mix them."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from components.basics import messages
from components.serving import feed
from tests.unit.serving.conftest import Serve

JAPANESE = {"accept-language": "ja,en;q=0.5"}
ENGLISH = {"accept-language": "en-US,ja;q=0.5"}
JSON = {"accept": "application/json"}

HOSTILE = '"><script>alert(1)</script>'
UNKNOWN = ["JA", "", "de", "ja-JP", "ja,en", " ja", HOSTILE, "x" * 3000]
"""Values that name no language here."""


def language_of(html: str) -> str:
    found = re.search(r'<html lang="([^"]*)">', html)
    assert found
    return found[1]


def linked(html: str) -> dict[str, str]:
    """Return the addresses that a page names for each language, and its canonical one."""
    pairs = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    return {code: unescape(address) for code, address in [*pairs, ("", canonical)]}


def test_a_page_without_a_language_follows_the_browser_and_tells_caches_so(client: TestClient):
    for _ in range(2):
        for headers, language in ((JAPANESE, "ja"), (ENGLISH, "en"), ({}, "en")):
            answer = client.get("/states", headers=headers)
            assert language_of(answer.text) == answer.headers["content-language"] == language
            assert "Accept-Language" in answer.headers["vary"]


def test_a_page_that_names_its_language_is_the_same_for_every_browser(client: TestClient):
    for _ in range(2):
        for code in messages.LANGUAGES:
            for headers in (JAPANESE, ENGLISH):
                answer = client.get(f"/states?lang={code}", headers=headers)
                assert language_of(answer.text) == answer.headers["content-language"] == code
                assert answer.headers["vary"] == "Accept-Encoding"


def test_a_tag_of_one_language_is_not_one_of_another(client: TestClient):
    first = client.get("/", headers=JAPANESE).headers["etag"]
    assert client.get("/", headers=JAPANESE | {"if-none-match": first}).status_code == 304
    again = client.get("/", headers=ENGLISH | {"if-none-match": first})
    assert (again.status_code, language_of(again.text)) == (200, "en")


@pytest.mark.parametrize("value", UNKNOWN)
def test_an_unknown_language_is_ignored_by_pages_and_refused_to_programs(
    client: TestClient, value: str
):
    for headers, language in ((JAPANESE, "ja"), (ENGLISH, "en")):
        page = client.get("/about", params={"lang": value}, headers=headers)
        assert (page.status_code, language_of(page.text)) == (200, language)
        assert "Accept-Language" in page.headers["vary"]
        assert HOSTILE not in page.text
    for path in ("/api/v1/projects", "/feed.atom", "/sitemap.xml", "/api/v1/openapi.json"):
        answer = client.get(path, params={"lang": value}, headers=JAPANESE)
        assert answer.status_code == 400
        assert answer.json()["parameter"] == "lang"
        assert answer.headers["content-language"] == "en"


@pytest.mark.parametrize("query", ["lang=ja&lang=en", "lang=ja&lang=ja", "lang=ja&LANG=en"])
def test_two_languages_are_none(client: TestClient, query: str):
    assert language_of(client.get(f"/about?{query}", headers=JAPANESE).text) == "ja"
    assert language_of(client.get(f"/about?{query}", headers=ENGLISH).text) == "en"
    assert client.get(f"/api/v1/projects?{query}").status_code == 400


def test_the_parameter_is_read_in_any_case(client: TestClient):
    assert language_of(client.get("/about?LANG=ja").text) == "ja"
    assert client.get("/api/v1/openapi.json?LANG=ja").headers["content-language"] == "ja"


def test_a_page_names_its_address_in_each_language(client: TestClient):
    for query in ("", "&lang=en", "&lang=ja"):
        found = linked(client.get(f"/states?state=TN{query}").text)
        english = "http://localhost/states?state=TN"
        assert found["en"] == found["x-default"] == english
        assert found["ja"] == f"{english}&lang=ja"
        assert found[""] == found["ja" if "ja" in query else "en"]
    assert linked(client.get("/states?state=TN", headers=JAPANESE).text)[""].endswith("&lang=ja")


def test_a_preview_says_its_language_and_shows_the_picture_of_it(client: TestClient):
    html = client.get("/?lang=ja").text
    assert '<meta property="og:locale" content="ja_JP">' in html
    assert '<meta property="og:locale:alternate" content="en_US">' in html
    (image,) = re.findall(r'property="og:image" content="([^"]+)"', html)
    assert parse_qs(urlsplit(unescape(image)).query) == {"lang": ["ja"], "size": ["1200x630"]}
    assert 'title="経緯" href="http://localhost/feed.atom?lang=ja"' in html
    assert 'content="en_US"' in client.get("/").text.partition("og:locale:alternate")[0]


def test_the_preview_of_a_past_day_says_so_in_japanese(client: TestClient):
    html = client.get("/?lang=ja&as_of=2026-03-01").text
    (title,) = re.findall(r"<title>(.*)</title>", html)
    (said,) = re.findall(r'<meta name="description" content="([^"]*)">', html)
    assert "（2026年3月1日時点）" in title
    assert said.startswith("2026年3月1日時点：")


def test_what_the_page_says_of_the_app_is_japanese_and_its_policy_stays(client: TestClient):
    english, japanese = client.get("/about?lang=en"), client.get("/about?lang=ja")
    name = "content-security-policy"
    assert english.headers[name] == japanese.headers[name]
    held = japanese.text.partition('<template id="app"')[2].partition(">")[0]
    assert "再試行" in held
    assert "WebSocket" in held
    assert "JavaScriptがなくても" in japanese.text


@pytest.mark.parametrize("path", ["/a/b", "/%E6%97%A5"])
def test_a_path_without_a_page_says_so_in_japanese(client: TestClient, path: str):
    answer = client.get(path, headers=JAPANESE)
    assert answer.status_code == 404
    assert (language_of(answer.text), answer.headers["content-language"]) == ("ja", "ja")
    assert "Accept-Language" in answer.headers["vary"]
    assert "<h1>ページが見つかりません</h1>" in answer.text
    assert '<a href="/?lang=ja">' in answer.text
    assert language_of(client.get(f"{path}?lang=en", headers=JAPANESE).text) == "en"


def test_without_data_a_page_opens_in_the_language_of_the_browser(tmp_path: Any, serve: Serve):
    (tmp_path / "empty").mkdir()
    answer = serve(data=tmp_path / "empty").get("/", headers=JAPANESE)
    assert language_of(answer.text) == "ja"
    assert "Accept-Language" in answer.headers["vary"]


def test_a_redirect_keeps_the_language(client: TestClient):
    answer = client.get("/projects/?state=TN&lang=ja", follow_redirects=False)
    assert answer.headers["location"] == "/projects?state=TN&lang=ja"
    answer = client.get("/api?lang=ja", follow_redirects=False)
    assert answer.headers["location"].endswith("/api/v1/openapi.json?lang=ja")


@pytest.mark.parametrize(
    "path",
    ["/api/v1/projects.csv", "/api/v1/summary", "/feed.atom", "/calendar.ics", "/api/v1"],
)
def test_programs_get_english_unless_the_address_names_another_language(
    client: TestClient, path: str
):
    for _ in range(2):
        english = client.get(path, headers=JAPANESE | JSON)
        japanese = client.get(f"{path}?lang=ja", headers=ENGLISH | JSON)
        named = client.get(f"{path}?lang=en", headers=JAPANESE | JSON)
        assert english.headers["content-language"] == named.headers["content-language"] == "en"
        assert japanese.headers["content-language"] == "ja"
        assert "lang=ja" in japanese.text
        assert not re.search("[?&;]lang=", english.text)
        assert "Accept-Language" not in english.headers.get("vary", "")


def test_names_ids_and_figures_are_the_same_in_both_languages(client: TestClient):
    english, japanese = (
        client.get("/api/v1/projects", params=asked).json() for asked in ({}, {"lang": "ja"})
    )
    assert [one["name"] for one in english["columns"]] == [
        one["name"] for one in japanese["columns"]
    ]
    for name in ("project_id", "amount_usd_bn", "states", "stage", "announced_on"):
        assert [row[name] for row in english["rows"]] == [row[name] for row in japanese["rows"]]
    assert japanese["link"].endswith("?lang=ja")


def test_the_description_of_the_api_is_japanese_where_asked(client: TestClient):
    document = client.get("/api/v1/openapi.json?lang=ja").json()
    assert (
        document["info"]["summary"] == "ダッシュボードのデータ（各ページと同じ条件で絞り込めます）"
    )
    parameters = document["paths"]["/projects"]["get"]["parameters"]
    told = {one["name"]: one["description"] for one in parameters}
    assert told["state"].startswith("この州のプロジェクトのみ")
    assert "既定は英語" in told["lang"]
    english = client.get("/api/v1/openapi.json").json()
    assert set(english["components"]["schemas"]) == set(document["components"]["schemas"])


def test_the_feed_of_a_language_has_an_id_of_its_own_and_the_same_entries(client: TestClient):
    english, japanese, named = (
        feedparser.parse(client.get(f"/feed.atom{query}").content)
        for query in ("", "?lang=ja", "?lang=en")
    )
    assert english.feed.id == named.feed.id != japanese.feed.id
    assert [one.id for one in english.entries] == [one.id for one in japanese.entries]
    assert [one.updated for one in english.entries] == [one.updated for one in japanese.entries]
    assert all("lang=ja" in one.link for one in japanese.entries)


def test_the_feed_says_its_language_and_speaks_it(client: TestClient):
    content = client.get("/feed.atom?lang=ja").content
    root = ElementTree.fromstring(content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"
    title = root.findtext(f"{{{feed.NAMESPACE}}}title") or ""
    assert title.endswith("：経緯と今後の予定")
    for entry in feedparser.parse(content).entries:
        assert "：" in entry.title
        assert re.match("20[0-9]{2}年[0-9]+月([0-9]+日)?：", entry.summary)
        assert "確度：" in entry.summary
        assert re.search("出典：.+。$", entry.summary)


def test_an_expected_step_is_told_in_japanese(folder: Any, serve: Serve):
    folder.set("gates.csv", row=3, what="着工", note="")
    client = serve(data=folder.path)
    entries = feedparser.parse(client.get("/feed.atom?lang=ja").content).entries
    (entry,) = [one for one in entries if one.tags[0].term == "expected"]
    assert entry.title.endswith("の見込み）")
    assert "着工（2027年1月" in entry.title
    assert "の見込み）。確度：" in entry.summary
