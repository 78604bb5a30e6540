"""Answers: bytes with their entity tag and compressions, made once and kept."""

import gzip
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from threading import Condition
from typing import Final

import brotli
from cachetools import LRUCache, cached
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from werkzeug.http import parse_accept_header, unquote_etag

KEPT_BYTES: Final = 32_000_000
LARGEST_KEPT: Final = 4_000_000
"""A longer answer is made anew each time, or a few would drive out all others."""

QUESTION_BYTES: Final = 10_000

MIN_BYTES: Final = 500
"""A shorter answer is sent as it is."""

QUALITY: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """One representation of one resource; ``headers`` are those beside type, tag and coding."""

    body: bytes
    media_type: str
    etag: str
    codings: Mapping[str, bytes] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    _raw: dict[str, tuple[tuple[bytes, bytes], ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        body: bytes,
        media_type: str,
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        is_packed: bool = False,
    ) -> "Answer":
        """Compress a body and give it its tag; ``is_packed`` leaves a body that is so already."""
        codings: dict[str, bytes] = {}
        if not is_packed and len(body) >= MIN_BYTES:
            codings = {
                "br": brotli.compress(body, quality=QUALITY),
                "gzip": gzip.compress(body, compresslevel=6, mtime=0),
            }
        tag = sha256(body).hexdigest()[:24]
        return cls(body, media_type, tag, codings, headers or {}, status)

    @property
    def size(self) -> int:
        """All that is kept of it, in bytes."""
        return len(self.body) + sum(map(len, self.codings.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what the request asks for: as coded as it takes, or 304 if it has it already."""
        asked = Headers(scope=scope)
        coding = _best(asked.get("accept-encoding", ""), tuple(self.codings))
        tag = f"{self.etag}-{coding}" if coding else self.etag
        if self.status == 200 and _has(asked.get("if-none-match", ""), tag):
            headers = self._tagged(tag)
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        body = self.codings[coding] if coding else self.body
        start = {"type": "http.response.start", "status": self.status}
        await send(start | {"headers": list(self._raw_headers(coding, tag))})
        is_head = scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if is_head else body})

    def _tagged(self, tag: str) -> dict[str, str]:
        """Give the headers that tell this body from any other of its address."""
        headers = dict(self.headers) | {"etag": f'"{tag}"'}
        if self.codings:
            vary = filter(None, [self.headers.get("vary", ""), "Accept-Encoding"])
            headers["vary"] = ", ".join(vary)
        return headers

    def _raw_headers(self, coding: str, tag: str) -> tuple[tuple[bytes, bytes], ...]:
        """Give all headers as they go out; worked out once for each coding."""
        known = self._raw.get(coding)
        if known is None:
            headers = self._tagged(tag)
            if coding:
                headers["content-encoding"] = coding
            body = self.codings[coding] if coding else self.body
            known = tuple(Response(body, self.status, headers, self.media_type).raw_headers)
            self._raw[coding] = known
        return known


class Answers:
    """Keeps answers under keys; safe to call from many threads.

    Who asks for what is just being made waits for it.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        """Start empty."""
        # What does not fit is not kept: so an answer that is too long seems longer than the cache.
        self._cache: LRUCache[Hashable, Answer] = LRUCache(
            kept_bytes,
            getsizeof=lambda one: cost_of(one) if one.size <= LARGEST_KEPT else kept_bytes + 1,
        )
        self._condition = Condition()
        keep = cached(self._cache, key=lambda key, _: key, condition=self._condition)
        self._get = keep(lambda _, make: make())

    def find(self, key: Hashable) -> Answer | None:
        """Give what is kept under a key, without waiting."""
        with self._condition:
            found: Answer | None = self._cache.get(key)
            return found

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Give what is kept under a key, or make it; an error is passed on and not kept."""
        answer: Answer = self._get(key, make)
        return answer


def cost_of(answer: Answer) -> int:
    """Count what it takes to keep an answer, with the question, which may be long."""
    return answer.size + QUESTION_BYTES


@lru_cache(maxsize=256)
def _best(accepted: str, codings: tuple[str, ...]) -> str:
    """Pick the coding to send: ours in our order, as far as the request takes it."""
    if not codings or not accepted:
        return ""
    wanted = parse_accept_header(accepted)
    return next((coding for coding in codings if wanted.quality(coding) > 0), "")


def _has(if_none_match: str, tag: str) -> bool:
    if not if_none_match:
        return False
    given = (unquote_etag(part.strip())[0] for part in if_none_match.split(","))
    return if_none_match.strip() == "*" or tag in given
