import gzip

import brotli
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from components.serving.answers import QUESTION_BYTES, Answer

LONG = b"word " * 400


def client_for(answer: Answer) -> TestClient:
    async def endpoint(_: object) -> Answer:
        return answer

    return TestClient(Starlette(routes=[Route("/", endpoint)]))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("zstd", None),
        ("GZIP", "gzip"),
        ("*", "br"),
        (";;;,,q=", None),
    ],
)
def test_an_answer_comes_in_the_best_coding_asked_for(accepted: str, coding: str | None):
    client = client_for(Answer.of(LONG, "text/plain"))
    answer = client.get("/", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == coding
    assert answer.content == LONG
    assert answer.headers["vary"] == "Accept-Encoding"


def test_each_coding_is_the_same_body():
    codings = Answer.of(LONG, "text/plain").codings
    assert brotli.decompress(codings["br"]) == gzip.decompress(codings["gzip"]) == LONG


def test_short_and_packed_bodies_are_sent_unchanged():
    assert Answer.of(b"short", "text/plain").codings == {}
    assert Answer.of(LONG, "image/png", is_packed=True).codings == {}


def test_what_a_program_has_is_not_sent_again():
    client = client_for(Answer.of(LONG, "text/plain"))
    for accepted in ("br", "gzip", "identity"):
        first = client.get("/", headers={"accept-encoding": accepted})
        headers = {"accept-encoding": accepted, "if-none-match": first.headers["etag"]}
        again = client.get("/", headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["vary"] == "Accept-Encoding"


def test_each_coding_has_its_own_tag():
    client = client_for(Answer.of(LONG, "text/plain"))
    tags = {
        client.get("/", headers={"accept-encoding": one}).headers["etag"]
        for one in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


@pytest.mark.parametrize(("tag", "status"), [('"other"', 200), ("*", 304), ('W/"x", "y"', 200)])
def test_tags_are_compared_as_the_standard_has_it(tag: str, status: int):
    client = client_for(Answer.of(LONG, "text/plain"))
    assert client.get("/", headers={"if-none-match": tag}).status_code == status


def test_a_head_has_the_length_of_the_body_and_none():
    answer = client_for(Answer.of(LONG, "text/plain")).head("/")
    assert answer.content == b""
    plain = client_for(Answer.of(b"five!", "text/plain")).head("/")
    assert plain.headers["content-length"] == "5"


def test_an_answer_is_as_long_as_all_that_is_cached_of_it():
    answer = Answer.of(LONG, "text/plain")
    parts = [answer.body, *answer.codings.values()]
    assert len(answer) == sum(map(len, parts)) + QUESTION_BYTES
