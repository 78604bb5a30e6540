"""The command that makes the files of a view without a browser session."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import urlsplit

from tqdm import tqdm

from components.basics import messages
from components.exports import bundle, chromium, files
from components.facts.dataset import chosen_folder, load
from components.facts.faults import InvalidDatasetError
from components.views import links
from components.views.filters import FACETS, Vocabulary
from components.views.view import Baseline, View

FORMATS: Final = (*files.FORMATS, "zip")

OK, FAILED, MISUSED = 0, 1, 2

EPILOG: Final = """\
without --format, what the ZIP holds is written unpacked: pictures, data, briefing,
README.txt, CITATION.cff and datapackage.json.

exit codes: 0 all files are written; 1 some could not be made (no Chromium for the
pictures, a faulty data folder, a folder that cannot be written); 2 a value on the
command line is not known.

environment: PLEDGE_DATA names another data folder; KALEIDO or BROWSER_PATH names
the Chromium that draws the pictures; KALEIDO=off does without.

example: python -m components.exports --state TN --sector nuclear-power --out press
"""


class OneLineParser(argparse.ArgumentParser):
    """A parser that reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, and exit."""
        self.exit(MISUSED, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files that the command line names; return the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        baseline = Baseline.of(load(chosen.data))
    except InvalidDatasetError as error:
        print(error, file=sys.stderr)
        return FAILED
    if chosen.lang not in messages.LANGUAGES:
        parser.error(
            f"--lang {chosen.lang!r} is not known. Known: {', '.join(messages.LANGUAGES)}."
        )
    with messages.using(chosen.lang):
        return _export(parser, chosen, baseline.in_language())


def _export(parser: OneLineParser, chosen: argparse.Namespace, baseline: Baseline) -> int:
    view = _view(parser, chosen, baseline)
    link = links.address_of(_base(parser, chosen.address), view.link)
    try:
        chosen.out.mkdir(parents=True, exist_ok=True)
        return _write(view, chosen, link=link)
    except OSError as error:
        print(f"{chosen.out}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    finally:
        chromium.shared().close()


def _parser() -> OneLineParser:
    parser = OneLineParser(
        prog="python -m components.exports",
        description="Write the files of a view: pictures, data, briefing.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for facet in FACETS:
        parser.add_argument(
            f"--{facet}",
            action="append",
            default=[],
            metavar="ID",
            help=f"only projects of this {facet}, as in a link; may be repeated",
        )
    parser.add_argument(
        "--as-of", default="", metavar="DAY", help="everything as known on this day: 2026-03-01"
    )
    parser.add_argument(
        "--lang",
        default=messages.ENGLISH,
        metavar="LANG",
        help=f"the language, one of {', '.join(messages.LANGUAGES)}",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where to write; made if missing"
    )
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}; may be repeated",
    )
    parser.add_argument(
        "--paper", default="us-letter", metavar="SIZE", help="us-letter (as is) or a4"
    )
    parser.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="where the dashboard is served; every file then carries the link to its view",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=chosen_folder(os.environ),
        metavar="DIR",
        help="the data folder",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _view(parser: OneLineParser, chosen: argparse.Namespace, baseline: Baseline) -> View:
    """Return the view of the filter; exit with one line at the first unknown value."""
    query = {facet: getattr(chosen, facet) for facet in FACETS}
    query |= {links.AS_OF: [chosen.as_of]} if chosen.as_of else {}
    reading = links.read(query, vocabulary=baseline.vocabulary, newest=baseline.newest, own={})
    if reading.dropped:
        name, value = reading.dropped[0]
        option = name.replace("_", "-")
        parser.error(f"--{option} {value!r} is not known. Known: {_known(baseline, name)}.")
    for name, values, known in (
        ("format", chosen.format, FORMATS),
        ("paper", [chosen.paper], tuple(files.PAPERS)),
    ):
        for value in values:
            if value not in known:
                parser.error(f"--{name} {value!r} is not known. Known: {', '.join(known)}.")
    if "sheet" in chosen.format and len(reading.link.filter.state) != 1:
        parser.error("--format sheet is the sheet of one state: give exactly one --state.")
    return baseline.as_known_on(reading.link.as_of).view(reading.link.filter)


def _known(baseline: Baseline, facet: str) -> str:
    if facet == links.AS_OF:
        return f"days such as 2026-03-01, up to {baseline.newest}"
    vocabulary: Vocabulary = baseline.vocabulary
    return ", ".join(vocabulary.of(facet))


def _base(parser: OneLineParser, address: str) -> str:
    parts = urlsplit(address)
    is_address = parts.scheme in ("http", "https") and parts.netloc
    if address and not (is_address and address.isprintable() and " " not in address):
        parser.error(f"--address {address!r} is not a web address such as https://example.org/.")
    return parts._replace(query="", fragment="").geturl()


def _write(view: View, chosen: argparse.Namespace, *, link: str) -> int:
    formats = set(chosen.format) - {"zip"} or (set() if chosen.format else set(bundle.PACKED))
    wanted = files.of_view(view, formats=formats, link=link, paper=chosen.paper) if formats else []
    if "zip" in chosen.format:
        wanted.append(bundle.of_view(view, link=link, paper=chosen.paper))
    with tqdm(total=len(wanted), unit="file", disable=chosen.quiet or None) as bar:
        contents = bundle.gather(wanted, progress=lambda done, _: bar.update(done - bar.n))
    bodies = {file.name: body for file, body in contents.made.values()}
    if not chosen.format:
        bodies = {bundle.path_of(file): body for file, body in contents.made.values()}
        bodies |= bundle.papers(view, contents, link=link)
    for name, body in bodies.items():
        _write_atomically(chosen.out / name, body)
    print(f"{len(bodies)} files in {chosen.out}")
    for reason in dict.fromkeys(contents.missing.values()):
        count = sum(other == reason for other in contents.missing.values())
        print(f"{count} pictures are missing: {reason}", file=sys.stderr)
    return FAILED if contents.missing else OK


def _write_atomically(path: Path, body: bytes) -> None:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(body)
    half.replace(path)


if __name__ == "__main__":
    sys.exit(main())
