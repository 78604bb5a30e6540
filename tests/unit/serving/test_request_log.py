import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.serving import request_log
from components.serving.request_log import RequestLog


async def fail(_: Request) -> PlainTextResponse:
    raise ValueError("secret of /srv/data")


async def work(_: Request) -> PlainTextResponse:
    logging.getLogger("test").warning("something")
    return PlainTextResponse("done")


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/fail", fail), Route("/work", work)]
    app = Starlette(routes=routes, middleware=[Middleware(RequestLog)])
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def lines() -> Iterator[Any]:
    """Log as the server does, and give a function that reads what was logged."""
    stream = StringIO()
    writer = request_log.handler(stream)
    logging.getLogger().addHandler(writer)
    yield lambda: [json.loads(line) for line in _split(stream.getvalue())]
    logging.getLogger().removeHandler(writer)


def _split(text: str) -> list[str]:
    """Split lines as a reader of logs does: by line feeds alone."""
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("given", "is_used"),
    [("abcd-1234.x_y", True), ("short", False), ("x" * 65, False), ('evil"} {"', False)],
)
def test_an_id_that_a_proxy_gave_is_used_if_it_harms_no_log(
    client: TestClient, given: str, is_used: bool
):
    answer = client.get("/work", headers={"x-request-id": given})
    assert (answer.headers["x-request-id"] == given) == is_used


def test_a_failure_is_told_by_its_id_alone_and_logged_in_full(client: TestClient, lines: Any):
    answer = client.get("/fail")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    request_id = answer.headers["x-request-id"]
    assert request_id in answer.json()["detail"]
    (line,) = [one for one in lines() if one["level"] == "ERROR"]
    assert line["request_id"] == request_id
    assert line["path"] == "/fail"
    assert "secret of /srv/data" in line["traceback"]


def test_every_line_is_one_json_document_with_the_id_of_its_request(client: TestClient, lines: Any):
    answer = client.get("/work")
    logging.getLogger("test").warning('quotes " and\nlines')
    inside, outside = [one for one in lines() if one["logger"] == "test"]
    assert inside["request_id"] == answer.headers["x-request-id"]
    assert outside["message"] == 'quotes " and\nlines'
    assert {"time", "level", "logger", "message"} <= set(inside)


def test_a_page_that_failed_is_logged_with_its_traceback(lines: Any):
    try:
        raise ValueError("a cell")
    except ValueError as error:
        request_log.log_script_error(error)
    (line,) = [one for one in lines() if one["message"] == "A page failed."]
    assert "ValueError: a cell" in line["traceback"]


def test_loggers_of_libraries_write_our_lines(lines: Any):
    other = logging.getLogger("streamlit.test")
    other.addHandler(logging.StreamHandler())
    other.propagate = False
    request_log.unify_loggers()
    other.error("theirs")
    assert [one["message"] for one in lines() if one["logger"] == "streamlit.test"] == ["theirs"]
