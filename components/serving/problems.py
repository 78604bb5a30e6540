"""Problems: what a client is told when its request cannot be answered (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818  # RFC 9457 calls it so.
    """A request that cannot be answered, and why; raised, or answered with ``response``.

    It is for whoever writes the program that asks, in English: what is said can be searched for.
    ``parameter`` names the query parameter at fault, ``value`` what it was, ``allowed`` what it
    may be.
    """

    status: int
    title: str
    detail: str
    parameter: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """Return the problem as a document without empty fields."""
        rest = {"parameter": self.parameter, "value": self.value, "allowed": list(self.allowed)}
        known = {name: value for name, value in rest.items() if value or name == "value"}
        if not self.parameter:
            known = {}
        return {"title": self.title, "status": self.status, "detail": self.detail} | known

    def response(self) -> Response:
        """Return a response with the problem as JSON, which no cache may store."""
        return Response(
            orjson.dumps(self.document(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
            status_code=self.status,
            media_type=MEDIA_TYPE,
            headers={"cache-control": "no-store", "content-language": "en"} | dict(self.headers),
        )
