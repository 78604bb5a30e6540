"""The bundle: a view with all files that can be made of it, as one ZIP that describes itself."""

import hashlib
import json
import logging
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from components.basics import line_breaking
from components.basics.formatting import (
    bracketed,
    format_date,
    join_details,
    join_sentences,
    labelled,
)
from components.basics.messages import _, in_japanese, mark
from components.exhibits.columns import Column
from components.exports import chromium, citations, files, tables
from components.exports.briefing import Paper
from components.exports.file_names import file_name
from components.exports.files import File, Progress
from components.exports.tables import Table
from components.exports.tabular import FLAGS
from components.views.view import View
from components.words.colophon import UNSPENT, Colophon

logger = logging.getLogger(__name__)

PACKED: Final = ("png", "svg", "pdf", "csv", "xlsx", "json", "parquet", "briefing", "sheet")
"""Formats of the ZIP: stand-alone pages would take five megabytes each, mostly code."""

SET: Final = ("briefing", "sheet")
"""Formats of documents, which are in the bundle's top folder."""

FIELD_TYPES: Final = {"number": "number", "integer": "integer", "flag": "boolean", "list": "list"}
"""Kind of column -> its type in a data package; others, also dates without a day, are text."""

SPDX_LINKS: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}

WIDTH: Final = 88


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a bundle by name, and the reasons why others could not be made."""

    made: Mapping[str, tuple[File, bytes]]
    missing: Mapping[str, str]


def of_view(view: View, *, link: str, paper: Paper = "us-letter") -> File:
    """Return the bundle of a view as a file like any other."""
    return File(
        name=file_name(view, "everything", "zip"),
        title=mark("Everything in this view"),
        format=files.Format("zip", "ZIP", "zip", "application/zip"),
        view=view,
        link=link,
        make=lambda progress: bundle_bytes(view, link=link, paper=paper, progress=progress),
    )


def bundle_bytes(
    view: View, *, link: str, paper: Paper = "us-letter", progress: Progress | None = None
) -> bytes:
    """Pack pictures, data, briefing, README.txt, CITATION.cff and datapackage.json.

    All are stamped with the day of the data's version, so that equal bundles are identical.
    Without a Chromium the pictures are missing, and README.txt says so. ``progress`` gets the
    numbers of files made and of all files.
    """
    wanted = files.of_view(view, formats=set(PACKED), link=link, paper=paper)
    contents = gather(wanted, progress=progress)
    packed = {path_of(file): body for file, body in contents.made.values()}
    packed |= papers(view, contents, link=link)
    stamp = (*view.released_on.timetuple()[:3], 12, 0, 0)
    sink = BytesIO()
    with ZipFile(sink, "w") as archive:
        for name, body in packed.items():
            entry = ZipInfo(name, date_time=stamp)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return sink.getvalue()


def gather(wanted: Sequence[File], *, progress: Progress | None = None) -> Contents:
    """Make files one by one; list those that no browser could draw as missing, with the reason.

    Concurrently would be faster, but then pages would wait.
    """
    absent = "" if chromium.find_browser() else chromium.explain_absence()
    missing = {file.name: absent for file in wanted if file.needs_browser and absent}
    made: dict[str, tuple[File, bytes]] = {}
    makeable = [file for file in wanted if file.name not in missing]
    for done, file in enumerate(makeable, start=1):
        try:
            made[file.name] = file, file.content()
        except chromium.PictureError as error:
            logger.warning("%s could not be made: %s", file.name, error)
            missing[file.name] = _("This server cannot at present.")
        if progress:
            progress(done, len(makeable))
    return Contents(made, missing)


def papers(view: View, contents: Contents, *, link: str) -> dict[str, bytes]:
    """Write the files that describe the others: README.txt, CITATION.cff and datapackage.json."""
    about = tables.colophon(view, link=link)
    return {
        "README.txt": _readme(view, about, contents, link=link).encode(),
        "CITATION.cff": citations.cff(view, link=link).encode(),
        "datapackage.json": _descriptor(view, about, contents).encode(),
    }


def path_of(file: File) -> str:
    """Return the path of a file in the bundle."""
    if file.needs_browser:
        return f"pictures/{file.name}"
    return file.name if file.format.id in SET else f"data/{file.name}"


def _readme(view: View, about: Colophon, contents: Contents, *, link: str) -> str:
    sections = [
        [
            about.title,
            "=" * line_breaking.width(about.title),
            *_wrapped(about.subtitle),
            *_wrapped(_(UNSPENT)),
        ],
        _wrapped(about.note) + _wrapped(about.source),
        [
            _("Data as of       {day}", day=format_date(about.as_of.isoformat())),
            _("Dataset version  {version}", version=about.version),
            _("Released         {day}", day=format_date(view.released_on.isoformat())),
            _("Licence          {licence}", licence=about.licence),
            *([_("Link             {link}", link=link)] if link else []),
        ],
        [*_headed(_("Files")), *_listing(contents)],
        _missing(contents),
        [*_headed(_("How to cite")), *_wrapped(_citation(view, link=link))],
        [
            *_wrapped(
                _(
                    "In every CSV file the last columns, about_…, repeat these words. "
                    "datapackage.json lists each file with its size and SHA-256, and what every "
                    "column means. An empty cell is missing, never zero."
                )
            )
        ],
    ]
    return "\r\n\r\n".join("\r\n".join(lines) for lines in sections if lines) + "\r\n"


def _listing(contents: Contents) -> Iterator[str]:
    for file, body in contents.made.values():
        about = [
            _(file.format.label),
            _("{count} rows", count=f"{len(file.table.rows):,}") if file.table else "",
            _("{count} bytes", count=f"{len(body):,}"),
        ]
        yield path_of(file)
        yield f"    {bracketed(file.title, join_details(about))}"


def _missing(contents: Contents) -> list[str]:
    if not contents.missing:
        return []
    reasons = sorted(set(contents.missing.values()))
    names = [f"    {name}" for name in contents.missing]
    told = [line for reason in reasons for line in _wrapped(reason)]
    return [*_headed(_("Missing")), _("These files could not be made:"), *names, *told]


def _citation(view: View, *, link: str) -> str:
    # The day of access is that of the data, so that equal bundles are identical files.
    (first, *_) = citations.of_view(view, link="", accessed=view.pledge.as_of)
    return f"{first.text} {link}".strip()


def _headed(title: str) -> list[str]:
    return [title, "-" * line_breaking.width(title)]


def _wrapped(text: str) -> list[str]:
    if in_japanese():
        return line_breaking.wrap(text, WIDTH)
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _descriptor(view: View, about: Colophon, contents: Contents) -> str:
    """Describe the package in the terms of the Data Package standard, version 2.

    It is dated at noon, so that it is the same day in the United States.
    """
    pledge = view.pledge
    as_of = format_date(pledge.as_of.isoformat())
    spdx = citations.LICENCES.get(pledge.licence, "")
    licence = {"name": spdx, "title": pledge.licence, "path": SPDX_LINKS.get(spdx, "")}
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": file_name(view, "everything").lower(),
        "title": about.title,
        "description": join_sentences(
            about.subtitle, _("Data as of {day}.", day=as_of), _(UNSPENT), about.note
        ),
        "version": about.version,
        "created": f"{view.released_on}T12:00:00Z",
        "homepage": about.link,
        "licenses": [{name: value for name, value in licence.items() if value}],
        "contributors": [{"title": pledge.publisher, "roles": ["publisher"]}],
        "sources": _sources(view),
        "resources": [
            _resource(number, file, body)
            for number, (file, body) in enumerate(contents.made.values(), start=1)
        ],
    }
    stated = {name: value for name, value in package.items() if value}
    return json.dumps(stated, ensure_ascii=False, indent=2) + "\n"


def _sources(view: View) -> list[dict[str, str]]:
    rows = view.dataset.sources.set_index("source_id").loc[tables.source_ids(view)]
    entries = zip(rows["publisher"], rows["title"], rows["url"], strict=True)
    return [
        {"title": labelled(publisher, title), **({"path": url} if url else {})}
        for publisher, title, url in entries
    ]


def _resource(number: int, file: File, body: bytes) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": f"{number:02}-{file.name.lower().replace('_', '-')}",
        "path": path_of(file),
        "title": file.title,
        "format": file.format.extension,
        "mediatype": file.format.media_type,
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
    }
    if file.table and file.format.id == "csv":
        return resource | {"encoding": "utf-8", "type": "table", "schema": _fields(file.table)}
    # Frictionless would read workbook and Parquet as tables too, and stumble on cover and lists.
    return resource | {"type": "file"}


def _fields(table: Table) -> dict[str, Any]:
    """Describe the columns of a CSV file, including the colophon's."""
    about = [
        {"name": f"about_{name}", "type": "string", "description": _("The same on every row.")}
        for name in table.colophon.items()
    ]
    return {"fields": [*map(_field, table.columns), *about], "missingValues": [""]}


def _field(column: Column) -> dict[str, Any]:
    kind = FIELD_TYPES.get(column.kind, "string")
    field = {
        "name": column.name,
        "type": kind,
        "title": column.title,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if kind == "list":
        field |= {"delimiter": ";", "itemType": "string"}
    if kind == "boolean":
        return field | {"trueValues": [FLAGS[True]], "falseValues": [FLAGS[False]]}
    return field
