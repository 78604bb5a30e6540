from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from components.serving.api import RESOURCES
from components.serving.settings import Settings
from tests.unit.serving.conftest import behind

BASE = "http://localhost"
PATHS = [f"/{name}{suffix}" for name in RESOURCES for suffix in ("", ".json", ".csv")]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from components.views import store

    cache = tmp_path_factory.mktemp("cache")
    hosts = ("localhost", "testserver")
    chosen = Settings(cache=cache, answers_per_minute=1_000_000, hosts=hosts)
    store.shared(chosen.data).read()
    return behind(chosen)


@pytest.fixture(scope="module")
def described(app: Any) -> Any:
    schema = schemathesis.openapi.from_dict(
        TestClient(app, base_url=BASE).get("/api/v1/openapi.json").json()
    )
    schema.app = app
    return schema


def test_the_document_names_what_the_data_knows(app: Any):
    document = TestClient(app, base_url=BASE).get("/api/v1/openapi.json").json()
    parameters = {one["name"]: one for one in document["paths"]["/projects"]["get"]["parameters"]}
    assert set(parameters) == {"sector", "state", "tranche", "stage", "project", "as_of"}
    assert set(parameters["state"]["schema"]["items"]["enum"]) >= {"TN", "TX", "WY"}
    row = document["components"]["schemas"]["projects"]["properties"]["rows"]["items"]
    assert row["properties"]["amount_usd_bn"]["type"] == ["number", "null"]
    assert "US$ billions" in row["properties"]["amount_usd_bn"]["description"]


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_the_api_does_what_its_description_says(described: Any, path: str, mode: GenerationMode):
    operation = described[path]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck]
    )
    def answers(case: Any) -> None:
        case.call_and_validate()

    answers()
