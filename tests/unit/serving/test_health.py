from typing import Any

import pytest
from starlette.testclient import TestClient

from components.views import store
from tests.unit.serving.conftest import Serve


def test_a_server_with_data_is_ready_and_says_which(client: TestClient):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    document = answer.json()
    assert document["status"] == "ready"
    assert document["data"]["as_of"] == "2026-10-10"
    assert document["data"]["searched_on"] == "2026-11-26"
    assert document["data"]["projects"] == 6
    assert document["data"]["age_days"] >= 46
    assert answer.headers["cache-control"] == "no-store"


def test_on_the_last_good_data_it_is_degraded_and_goes_on(folder: Any, serve: Serve):
    client = serve(data=folder.path)
    version = client.get("/readyz").json()["data"]["version"]
    folder.set("investments.csv", row=2, amount_usd_bn="2,1")
    store.shared(folder.path).read()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["data"]["version"] == version
    assert client.get("/api/v1/projects").status_code == 200
    folder.set("investments.csv", row=2, amount_usd_bn="2.1")
    store.shared(folder.path).read()
    assert client.get("/readyz").json()["status"] == "ready"


def test_without_data_it_is_alive_and_not_ready(tmp_path: Any, serve: Serve):
    (tmp_path / "empty").mkdir()
    client = serve(data=tmp_path / "empty")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").json() == {"status": "alive"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nobody_is_told_where_the_data_is(client: TestClient, path: str):
    assert "/" not in client.get(path).text.replace("application/json", "")
