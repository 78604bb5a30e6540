"""The command that reports which addresses of the sources are dead or moved."""

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from http.client import responses
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import pandas as pd
import requests
from requests.utils import requote_uri
from tqdm import tqdm

from components.facts.dataset import chosen_folder, load
from components.facts.faults import InvalidDatasetError

USER_AGENT: Final = "pledge tracker link check"
TIMEOUTS: Final = (10.0, 20.0)
"""Seconds to wait for a connection, and for the next byte of an answer."""
PAUSE_SECONDS: Final = 1.0
HOSTS_AT_A_TIME: Final = 16
MAX_REDIRECTS: Final = 10

STATUSES: Final = ("ok", "moved", "dead", "refused", "no answer")
NOT_WEB: Final = "not asked: no http or https address, or one with a password"


class Answer(NamedTuple):
    """What is known of an address: one of STATUSES, and where it moved permanently, or ""."""

    status: str
    http_status: int | None = None
    now_at: str = ""
    note: str = ""


class Turns:
    """One request at a time for each host, with a pause between two, for any number of threads."""

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._free_at: dict[str, float] = {}

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """Wait for the host's turn, and hold it."""
        with self._locks.setdefault(host, Lock()):
            time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + PAUSE_SECONDS


class Visitor(requests.Session):
    """A session that takes one step at a time: to follow redirects, requests reads their bodies."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns
        self.stream = True  # no body is read unless somebody asks for it
        self.headers["User-Agent"] = USER_AGENT
        self.auth = lambda request: request  # or else requests sends what ~/.netrc has for a host

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None, so that no redirect is followed."""

    def step(self, method: str, url: str, *, host: str) -> tuple[int, str | None]:
        """Return the HTTP status, and the address that the answer redirects to, as it is sent."""
        with self._turns.at(host), self.request(method, url, timeout=TIMEOUTS) as response:
            return response.status_code, super().get_redirect_target(response)


def check(urls: Iterable[str]) -> dict[str, Answer]:
    """Ask each address once, those of a host one after the other, several hosts at a time."""
    by_host: dict[str | None, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_host[_host(url)].append(url)
    turns, answers = Turns(), dict[str, Answer]()
    pool = ThreadPoolExecutor(HOSTS_AT_A_TIME)
    try:
        asked = [pool.submit(_ask_all, group, turns) for group in by_host.values()]
        with tqdm(total=sum(map(len, by_host.values())), unit="address", disable=None) as bar:
            for done in as_completed(asked):
                answers |= done.result()
                bar.update(len(done.result()))
    finally:
        # Whoever presses Ctrl-C waits only for the hosts that are being asked.
        pool.shutdown(cancel_futures=True)
    return answers


def _ask_all(urls: Sequence[str], turns: Turns) -> dict[str, Answer]:
    with Visitor(turns) as visitor:
        return {url: _ask(url, visitor) for url in urls}


def _ask(url: str, visitor: Visitor) -> Answer:
    """Ask by HEAD and, where that finds nothing, by GET: many servers know no HEAD and say 404."""
    answer = _follow(url, visitor, method="HEAD")
    code = answer.http_status or 0
    # 401 and 429 mean the same whatever the method: to insist would be rude.
    is_final = answer.note == NOT_WEB or 0 < code < 400 or code in (401, 429)
    return answer if is_final else _follow(url, visitor, method="GET")


def _follow(url: str, visitor: Visitor, *, method: str) -> Answer:
    """Ask an address and those it redirects to; it has moved as far as 301 and 308 lead."""
    code, now_at, is_permanent = None, "", True
    try:
        for _ in range(MAX_REDIRECTS + 1):
            host = _host(url)
            if host is None:
                return Answer("dead", code, note=NOT_WEB)
            code, target = visitor.step(method, url, host=host)
            if target is None:
                return _verdict(code, now_at)
            # As in a browser, a place on the page (#…) stays unless the redirect names another.
            (url, own), kept = urldefrag(urljoin(url, target)), urldefrag(url).fragment
            url = requote_uri(f"{url}#{own or kept}".removesuffix("#"))
            is_permanent = is_permanent and code in (301, 308)
            now_at = url if is_permanent else now_at
    except requests.Timeout:
        return Answer("no answer", note="it took too long")
    except requests.exceptions.SSLError:
        return Answer("no answer", note="its certificate is not valid")
    except (OSError, ValueError):  # every other error of requests is one of the two
        return Answer("no answer", note="no connection, or no valid address")
    return Answer("dead", code, note=f"more than {MAX_REDIRECTS} redirects")


def _host(url: str) -> str | None:
    """Return the host of a web address; None for anything else, which is never asked."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return parts.hostname if is_web else None


def _verdict(code: int, now_at: str) -> Answer:
    if code < 400:
        return Answer("moved" if now_at else "ok", code, now_at)
    refused = "refused" if code in (401, 403, 429) else "dead"
    return Answer(refused if code < 500 else "no answer", code, note=responses.get(code, ""))


def report(sources: pd.DataFrame, answers: dict[str, Answer]) -> pd.DataFrame:
    """Return one row for each source with an address, in the order of the sources."""
    rows = sources.loc[sources["url"] != "", ["source_id", "publisher", "url"]]
    found = [answers[url] for url in rows["url"]]
    columns = pd.DataFrame(found, index=rows.index, columns=Answer._fields)
    return rows.join(columns.astype({"http_status": "Int64"}))


def summary(rows: pd.DataFrame) -> Iterator[str]:
    """Yield how many addresses have each status, then a line for each that is dead or moved."""
    counts = Counter(rows.drop_duplicates("url")["status"])
    yield f"{counts.total()} addresses: " + ", ".join(f"{counts[name]} {name}" for name in STATUSES)
    for status in ("dead", "moved"):
        for row in rows[rows["status"] == status].to_dict("records"):
            # Quoted, since an address may hold characters that a terminal obeys.
            yield f"{status}: {row['source_id']}, {row['url']!r}: {row['now_at'] or row['note']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report and print its summary; return 1 where data or report fail, else 0.

    A dead link is a finding, not a failure: sites come and go without a change here.
    """
    description = "Ask the address of every source; PLEDGE_DATA names another data folder."
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", type=Path, default=Path("build/links.csv"), metavar="FILE")
    out = parser.parse_args(arguments).out
    try:
        sources = load(chosen_folder(os.environ)).sources
        out.parent.mkdir(parents=True, exist_ok=True)  # may fail: better now than after the asking
        rows = report(sources, check(sources.loc[sources["url"] != "", "url"]))
        rows.to_csv(out, index=False)
    except (InvalidDatasetError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(*summary(rows), f"The report is {out}.", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
