from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from components.exports.resources import RESOURCES
from components.serving.answers import MEDIA_TYPES
from components.serving.settings import Settings
from tests.unit.serving.conftest import behind

BASE = "http://localhost"
QUERIES: list[dict[str, str]] = [
    {},
    {"as_of": "2026-03-01"},
    {"as_of": "yesterday"},
    {"as_of": "0001-01-01"},
    {"state": "TN"},
    {"state": "ZZ"},
    {"area": "moon"},
    {"nonsense": "x"},
]


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
    assert set(parameters) == {"sector", "state", "tranche", "stage", "project", "as_of", "lang"}
    assert parameters["lang"]["schema"]["enum"] == ["en", "ja"]
    assert set(parameters["state"]["schema"]["items"]["enum"]) >= {"TN", "TX", "WY"}
    schemas = document["components"]["schemas"]
    items = schemas["projects"]["properties"]["rows"]["items"]
    assert items == {"$ref": "#/components/schemas/Project"}
    row = schemas["Project"]
    assert row["properties"]["amount_usd_bn"]["type"] == ["number", "null"]
    assert "US$ billions" in row["properties"]["amount_usd_bn"]["description"]


def test_the_document_names_licence_rows_operations_and_groups(app: Any):
    document = TestClient(app, base_url=BASE).get("/api/v1/openapi.json").json()
    assert document["info"]["license"] == {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    assert document["security"] == []
    schemas = document["components"]["schemas"]
    for name, resource in RESOURCES.items():
        rows = schemas[name]["properties"]["rows"]
        assert rows["items"] == {"$ref": f"#/components/schemas/{resource.row}"}
        assert schemas[resource.row]["required"]
    operations = [path["get"] for path in document["paths"].values()]
    assert len({one["operationId"] for one in operations}) == 3 * len(RESOURCES)
    groups = {one["name"]: one["description"] for one in document["tags"]}
    assert all(groups.values())
    assert {tag for one in operations for tag in one["tags"]} == set(groups)


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_root_leads_to_the_document(app: Any, path: str):
    client = TestClient(app, base_url=BASE)
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{BASE}/api/v1/openapi.json"
    assert client.get(path).json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", RESOURCES)
def test_the_api_does_what_its_description_says(described: Any, name: str, mode: GenerationMode):
    operation = described[f"/{name}"]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck]
    )
    def answers(case: Any) -> None:
        case.call_and_validate()

    answers()


@pytest.mark.parametrize("kind", MEDIA_TYPES)
@pytest.mark.parametrize("name", RESOURCES)
def test_a_suffix_is_described_and_answers_as_the_accept_header_does(
    app: Any, described: Any, name: str, kind: str
):
    """So that what was asked of a resource above need not be asked of its suffixes again."""
    client = TestClient(app, base_url=BASE)
    plain, suffixed = described[f"/{name}"]["GET"], described[f"/{name}.{kind}"]["GET"]
    assert suffixed.definition.raw["parameters"] == plain.definition.raw["parameters"]
    suffixed.Case(query={}).call_and_validate()
    for query in QUERIES:
        negotiated = client.get(
            f"/api/v1/{name}", params=query, headers={"accept": MEDIA_TYPES[kind]}
        )
        answer = client.get(f"/api/v1/{name}.{kind}", params=query)
        assert answer.status_code == negotiated.status_code
        assert answer.headers["content-type"] == negotiated.headers["content-type"]
        assert answer.content == negotiated.content
