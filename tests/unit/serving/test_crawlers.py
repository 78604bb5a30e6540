from xml.etree import ElementTree

from starlette.testclient import TestClient

from components.serving.crawlers import NAMESPACE
from tests.unit.serving.conftest import Serve


def test_robots_may_read_all_but_what_is_somebodys_session(client: TestClient):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /_stcore/" in lines
    assert "Allow: /" in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_the_sitemap_lists_pages_projects_and_states_that_all_open(client: TestClient):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [place.text or "" for place in root.iter(f"{{{NAMESPACE}}}loc")]
    # Nine pages, six states, six projects.
    assert len(places) == len(set(places)) == 10 + 6 + 6
    assert "http://localhost/states?state=TN" in places
    for place in places:
        assert client.get(place.removeprefix("http://localhost")).status_code == 200


def test_addresses_are_the_public_ones(serve: Serve):
    client = serve(public_url="https://pledge.example.org")
    assert "https://pledge.example.org/sitemap.xml" in client.get("/robots.txt").text
    assert "http://localhost" not in client.get("/sitemap.xml").text
