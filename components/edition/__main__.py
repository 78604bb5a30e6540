"""The command that writes the dashboard as plain files."""

import argparse
import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from anyio.from_thread import start_blocking_portal
from tqdm import tqdm

from components.basics.formatting import format_bytes, format_count
from components.edition.edition import Edition
from components.edition.ledger import Ledger, NotOursError
from components.edition.plan import Plan
from components.edition.routes import Routes
from components.exports import chromium
from components.exports.__main__ import FAILED, MISUSED, OK, OneLineParser
from components.facts.changelog import releases
from components.facts.dataset import DATA_VARIABLE, chosen_folder, load
from components.facts.faults import InvalidDatasetError
from components.serving.assets import Library
from components.serving.settings import ROOT, Settings
from components.subjects import difference
from components.ui import data_folder
from components.views import store
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from components.words import correction

EPILOG: Final = """\
Only what changed since the last edition in the folder is drawn anew. Files that
the edition no longer has are removed; a folder with other files is refused.

exit codes: 0 all files are written; 1 a link leads to nothing, or the data or the
folder is faulty; 2 a value on the command line is not allowed.

environment: BROWSER_PATH or KALEIDO name the Chromium that draws the pictures.
"""

CODE: Final = ("components", "locale", "requirements.txt", "constraints.txt")
"""What decides how anything is drawn, beside the data."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the edition that the command line asks for; return the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    base, app = (_address(parser, name, getattr(chosen, name)) for name in ("base", "app"))
    if not chosen.data.is_dir():
        parser.error(f"--data '{chosen.data}' is not a folder.")
    # The pages find changelog and pictures by these, as those of the server do.
    os.environ[DATA_VARIABLE] = str(chosen.data)
    if chosen.no_pictures:
        os.environ["KALEIDO"] = "off"
    elif chromium.find_browser() is None:
        print(f"Without pictures: {chromium.explain_absence()}", file=sys.stderr)
    try:
        return _write(chosen.out, base=base, app=app, is_quiet=chosen.quiet)
    except InvalidDatasetError as error:
        print(error, file=sys.stderr)
        return FAILED
    except NotOursError as error:
        print(f"--out: {error}", file=sys.stderr)
        return MISUSED
    except OSError as error:
        print(f"{error.filename or chosen.out}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    finally:
        chromium.shared().close()


def _parser() -> OneLineParser:
    parser = OneLineParser(
        prog="python -m components.edition",
        description="Write the whole dashboard as plain files for any web host.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    parser.add_argument(
        "--base", required=True, metavar="URL", help="the address at which it will be published"
    )
    parser.add_argument(
        "--app", default="", metavar="URL", help="the live app, for what files cannot do"
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=chosen_folder(os.environ),
        metavar="DIR",
        help="the data folder",
    )
    parser.add_argument("--no-pictures", action="store_true", help="without PNG and SVG pictures")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _address(parser: OneLineParser, name: str, text: str) -> str:
    """Return an address with a slash at its end; exit with one line where it is none."""
    parts = urlsplit(text)
    is_address = parts.scheme in ("http", "https") and parts.hostname
    is_plain = text.isprintable() and not set(text) & set(" \"'<>?#;,")
    if text and not (is_address and is_plain):
        parser.error(f"--{name} {text!r} is not a web address such as https://example.org/pledge/.")
    return f"{text.rstrip('/')}/" if text else ""


def _write(out: Path, *, base: str, app: str, is_quiet: bool) -> int:
    folder = chosen_folder(os.environ)
    load(folder)  # Names every fault, where the store would only log them.
    reading = store.shared(folder).read()
    baseline = reading.baseline
    assert baseline
    whole = baseline.view(ProjectFilter())
    days = [one.since for one in difference.presets(whole, releases(data_folder.changelog()))]
    has_pictures = chromium.find_browser() is not None
    plan = Plan.of(baseline, days, base=base, app=app, has_pictures=has_pictures)
    ledger = Ledger.open(out)
    with start_blocking_portal() as portal, tqdm(unit="file", disable=is_quiet or None) as bar:
        routes = Routes(store.shared(folder), plan, portal)
        made_of = _key(baseline, plan)
        edition = Edition(reading, plan, ledger, routes, made_of=made_of)
        try:
            edition.write(Library(cache=Settings().cache), bar)
        finally:
            ledger.save({**ledger.earlier, **ledger.now})
    return _end(edition, ledger)


def _end(edition: Edition, ledger: Ledger) -> int:
    """Remove what is no longer wanted, and say what was done."""
    if edition.broken:
        print("\n".join(sorted(set(edition.broken))), file=sys.stderr)
        return FAILED
    removed = ledger.remove_rest()
    ledger.save(ledger.now)
    kept = len(ledger.now) - ledger.written
    print(
        f"{ledger.folder}: {format_count(ledger.written, 'file')} written, {kept:,} kept, "
        f"{removed:,} removed; {len(ledger.now):,} in all, {format_bytes(ledger.size)}."
    )
    return OK


def _key(baseline: Baseline, plan: Plan) -> str:
    """Return the digest of all that an edition is made of, but for its list of pages."""
    digest = sha256()
    code = [path for name in CODE for path in (ROOT / name, *sorted((ROOT / name).rglob("*")))]
    for path in code:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    report = os.environ.get(correction.VARIABLE, "")
    given = (plan.base, plan.app, str(plan.has_pictures), data_folder.changelog(), report)
    digest.update("\n".join((baseline.dataset.version, *given)).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
