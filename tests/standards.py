"""Checks pages, API and citation with others' tools; needs Node.js, Java and Chromium.

Not a test: it takes minutes, and Node.js and Java are more than the tests ask for. pa11y and
Lighthouse see the page that a browser drew, vnu what the server sent: what Streamlit draws is not
ours to mend. Redocly lints the description of the API, and openapi-typescript makes a client of it.
cffconvert, whose own requirements contradict ours, reads CITATION.cff.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import requests
from tqdm import tqdm

from benchmarks.server import HOST, ROOT, serving
from components.exports import citations
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline

PAGES: Final = ("/", "/projects?project=gas-pa", "/states?state=PA", "/changes", "/about")
SERVED: Final = (*PAGES, "/?state=TN&as_of=2026-09-01", "/?embed=true&card=by-state", "/no/page")
"""The pages; and for vnu, what else the server writes."""

NEWER: Final = ("timeline-scope", "scroll-timeline", "animation-timeline", "animation-range")
"""Properties that browsers know, or skip, and vnu's list does not have yet."""

CATEGORIES: Final = ("accessibility", "best-practices", "seo")
CHROMIUM: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
DRAWN_MS: Final = 10_000
"""How long pa11y lets a page draw itself; it knows no better sign of a page that is done."""


def main() -> int:
    """Print what is amiss; 1 if anything is."""
    modules, cffconvert = map(Path, sys.argv[1:])
    checks = [(check, page) for page in PAGES for check in (_pa11y, _lighthouse)]
    with serving(PLEDGE_DATA="data") as port, tqdm(total=len(checks) + 3, unit="check") as bar:
        address = f"http://{HOST}:{port}"
        amiss = _citation(cffconvert)
        bar.update()
        amiss += _vnu(modules, [address + path for path in SERVED])
        bar.update()
        amiss += _openapi(modules, f"{address}/api/v1/openapi.json")
        bar.update()
        for check, page in checks:
            amiss += [f"{page}: {one}" for one in check(modules, address + page)]
            bar.update()
    print("\n".join(amiss) or f"Nothing is amiss on {len(PAGES)} pages.")
    return bool(amiss)


def _pa11y(modules: Path, address: str) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        settings = Path(folder, "pa11y.json")
        chromium = {"executablePath": os.environ["BROWSER_PATH"], "args": CHROMIUM}
        settings.write_text(
            json.dumps({"chromeLaunchConfig": chromium, "wait": DRAWN_MS, "timeout": 6 * DRAWN_MS})
        )
        program = modules / "pa11y" / "bin" / "pa11y.js"
        said = _run(
            "node", program, "--config", settings, "--reporter", "json", address, may_find=2
        )
    for one in json.loads(said):
        yield f"pa11y: {one['message']} ({one['selector']})"


def _lighthouse(modules: Path, address: str) -> Iterator[str]:
    report = json.loads(
        _run(
            "node",
            modules / "lighthouse" / "cli" / "index.js",
            address,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(CHROMIUM)}",
        )
    )
    if "runtimeError" in report:
        yield f"Lighthouse: {report['runtimeError']['message']}"
    for category in CATEGORIES:
        found: dict[str, Any] = report["categories"][category]
        if found["score"] != 1:
            audits = [report["audits"][one["id"]] for one in found["auditRefs"] if one["weight"]]
            wrong = [audit["title"] for audit in audits if audit["score"] not in (None, 1)]
            yield f"Lighthouse: {category} is {found['score']}, not 1: {'; '.join(wrong)}"


def _vnu(modules: Path, addresses: list[str]) -> list[str]:
    """List what is wrong in the documents as they are sent, an error's page included."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{place}.html") for place in range(len(addresses))]
        for file, address in zip(files, addresses, strict=True):
            file.write_bytes(requests.get(address, timeout=60).content)
        program = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
        options = ("--format", "json", "--errors-only", "--exit-zero-always", "--stdout")
        messages = json.loads(_run("java", "-jar", program, *options, *files))["messages"]
    of = {file.name: address for file, address in zip(files, addresses, strict=True)}
    return [
        f"{of[Path(one['url']).name]}: vnu: {one['message']}"
        for one in messages
        if not any(f"“{name}”" in one["message"] for name in NEWER)
    ]


def _openapi(modules: Path, address: str) -> list[str]:
    """Lint the description of the API, and see that a client made of it names its rows."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "openapi.json")
        file.write_bytes(requests.get(address, timeout=60).content)
        lint = modules / "@redocly" / "cli" / "bin" / "cli.js"
        report = json.loads(_run("node", lint, "lint", "--format", "json", file, may_find=1))
        client = _run("node", modules / "openapi-typescript" / "bin" / "cli.js", file)
    amiss = [f"{address}: Redocly: {one['message']}" for one in report["problems"]]
    missing = [name for name in ("Project", "Milestone", "Source") if f" {name}: {{" not in client]
    return amiss + [f"{address}: a client has no type {name}" for name in missing]


def _citation(cffconvert: Path) -> list[str]:
    """Convert the citation file of a filtered view; what is wrong with it ends in an error."""
    view = Baseline.of(load(ROOT / "data")).view(ProjectFilter(state=("TN",)))
    with TemporaryDirectory() as folder:
        file = Path(folder, "CITATION.cff")
        file.write_text(citations.cff(view, link="https://example.org/?state=TN"))
        _run(cffconvert, "--validate", "-i", file)
        made = _run(cffconvert, "--format", "bibtex", "-i", file)
    return [] if view.pledge.title in made else [f"CITATION.cff: no title in {made}"]


def _run(*command: str | Path, may_find: int = 0) -> str:
    """Return what a program prints; raise where it fails, ``may_find`` is no failure."""
    environment = os.environ | {"CHROME_PATH": os.environ["BROWSER_PATH"]}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode not in (0, may_find):
        raise SystemExit(f"{command[1]} failed:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
