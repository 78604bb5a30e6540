from xml.etree import ElementTree

from starlette.testclient import TestClient

from components.serving.crawlers import NAMESPACE, XHTML
from tests.unit.serving.conftest import Serve


def test_robots_may_read_all_but_what_is_somebodys_session(client: TestClient):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /_stcore/" in lines
    assert "Allow: /" in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_the_sitemap_lists_pages_projects_and_states_that_all_open(client: TestClient):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [place.text or "" for place in root.iter(f"{{{NAMESPACE}}}loc")]
    # Ten pages, six states, six projects, each in two languages.
    assert len(places) == len(set(places)) == 2 * (10 + 6 + 6)
    assert "http://localhost/states?state=TN" in places
    for place in places:
        assert client.get(place.removeprefix("http://localhost")).status_code == 200


def test_addresses_are_the_public_ones(serve: Serve):
    client = serve(public_url="https://pledge.example.org")
    assert "https://pledge.example.org/sitemap.xml" in client.get("/robots.txt").text
    assert "http://localhost" not in client.get("/sitemap.xml").text


def test_the_sitemap_gives_each_page_with_its_address_in_every_language(client: TestClient):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {
        url.findtext(f"{{{NAMESPACE}}}loc"): {
            link.get("hreflang"): link.get("href") for link in url.iter(f"{{{XHTML}}}link")
        }
        for url in root
    }
    english, japanese = (
        "http://localhost/states?state=TN",
        "http://localhost/states?state=TN&lang=ja",
    )
    assert found[english] == {"en": english, "ja": japanese, "x-default": english}
    assert found[japanese] == found[english]
