"""Settings: all that an environment variable can set, in one typed place."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

PREFIX: Final = "PLEDGE_"
ROOT: Final = Path(__file__).parents[2]
HOST: Final = re.compile(r"\*|(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")
ORIGIN: Final = re.compile(r"\*|'self'|'none'|https?://[a-z0-9*][a-z0-9.*-]*(:[0-9]+)?")


class SettingsError(Exception):
    """An invalid setting; its text is one line for whoever starts the server."""


def _words(value: Any) -> Any:
    """Split the text of a variable at spaces and commas; anything else is returned unchanged."""
    return tuple(re.split(r"[\s,]+", value.strip().lower())) if isinstance(value, str) else value


def _each(pattern: re.Pattern[str]) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        if not values or not all(map(pattern.fullmatch, values)):
            raise ValueError
        return values

    return AfterValidator(check)


def _networks(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value != "*":
            ip_network(value, strict=False)
    return values


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    is_origin = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    if value and (not is_origin or parts.path.strip("/") or not value.isprintable()):
        raise ValueError
    return f"{parts.scheme}://{parts.netloc}" if value else ""


def _report_address(value: str) -> str:
    if value and not value.startswith(("https://", "mailto:")):
        raise ValueError
    return value


def _folder(value: Path) -> Path:
    folder = value.expanduser()
    if not folder.is_dir():
        raise ValueError
    return folder


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Settings(BaseModel):
    """What can be set; ``title`` of a field says what is allowed, ``description`` what it does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Annotated[Path, AfterValidator(_folder)] = Field(
        default=ROOT / "data", title="an existing folder", description="The data folder."
    )
    address: str = Field(
        default="localhost",
        min_length=1,
        title="an address of this machine",
        description="Where the server listens; `0.0.0.0` is every address of the machine.",
    )
    port: int = Field(
        default=8501, ge=0, le=65535, title="0 to 65535", description="The port it listens on."
    )
    public_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default="",
        title="a web address without a path, such as https://pledge.example.org",
        description="The address for links in feed, sitemap and previews. Default: the host that "
        "a request names.",
    )
    hosts: Annotated[Words, _each(HOST)] = Field(
        default=("localhost", "127.0.0.1", "::1"),
        title="host names, `*.example.org`, or `*` for any",
        description="The hosts it answers for, besides that of `PLEDGE_PUBLIC_URL`; any other gets "
        "an error.",
    )
    report_url: Annotated[str, AfterValidator(_report_address)] = Field(
        default="",
        title="https://… or mailto:…, in which {title} and {body} may stand",
        description="Where readers report errors: every page links there, with project, version "
        "and link filled in. Default: no link.",
    )
    frame_ancestors: Annotated[Words, _each(ORIGIN)] = Field(
        default=("*",),
        title="`*`, `'none'`, or origins such as https://news.example.org",
        description="The sites that may show a card in a frame. Whole pages are never framed.",
    )
    trusted_proxies: Annotated[Words, AfterValidator(_networks)] = Field(
        default=("127.0.0.1", "::1"),
        title="addresses or networks, or `*` for any",
        description="The proxies whose `X-Forwarded-For` and `-Proto` are trusted; `*` only "
        "behind one that overwrites what a client sends.",
    )
    cache: Path = Field(
        default=ROOT / ".cache",
        title="a folder",
        description="The folder for compressed files; it may be full or read-only.",
    )
    pictures_per_minute: int = Field(
        default=30,
        ge=1,
        title="1 or more",
        description="New pictures under `/charts` for one address at most; cached ones are free.",
    )
    answers_per_minute: int = Field(
        default=600,
        ge=1,
        title="1 or more",
        description="New answers of API and feed for one address at most; cached ones are free.",
    )
    visits_per_address: int = Field(
        default=200,
        ge=1,
        title="1 or more",
        description="Open pages for one address at a time, at most.",
    )
    connections: int = Field(
        default=2000,
        ge=10,
        title="10 or more",
        description="Open pages of all visitors at a time, at most; who comes beyond them reads "
        "pages without the app.",
    )
    drain_seconds: int = Field(
        default=10,
        ge=0,
        le=600,
        title="0 to 600",
        description="Graceful shutdown: seconds after SIGTERM for requests in progress.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        title="`debug`, `info`, `warning` or `error`",
        description="What is logged, as JSON lines on standard error.",
    )

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The hosts it answers for, in lower case."""
        public = urlsplit(self.public_url).hostname
        return (*self.hosts, public) if public else self.hosts


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings in an environment; raises SettingsError at the first invalid one.

    An empty variable counts as not set.
    """
    given = {name: text for name, text in environment.items() if text and name.startswith(PREFIX)}
    values = {name.removeprefix(PREFIX).lower(): text for name, text in given.items()}
    for name in sorted(given):
        if name.removeprefix(PREFIX).lower() not in Settings.model_fields:
            raise SettingsError(_unknown(name))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        allowed = (Settings.model_fields[field].title or "").replace("`", "")
        raise SettingsError(
            f"{PREFIX}{field.upper()} is {values[field]!r}. Allowed: {allowed}."
        ) from error


def table() -> str:
    """Return all settings as a Markdown table, for the README."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(field.default)} | {field.title} "
        f"| {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | allowed | what it does |", "| --- " * 4 + "|", *rows])


def _unknown(name: str) -> str:
    known = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    near = get_close_matches(name, known, n=1)
    return f"{name} is an unknown setting." + (f" Did you mean {near[0]}?" if near else "")


def _default(value: Any) -> str:
    match value:
        case Path():
            return f"`{value.relative_to(ROOT)}`"
        case tuple():
            return " ".join(f"`{word}`" for word in value)
    return f"`{value}`" if value != "" else ""
