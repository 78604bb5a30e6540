"""The document: a page of an edition as a file, its links as they lead from that file."""

import html
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from components.basics import messages
from components.basics.formatting import format_date
from components.basics.messages import _
from components.edition.plan import ORIGIN, NowhereError, Plan
from components.serving.shell import Preview, head
from components.views import links
from components.views.links import Link
from components.views.view import Baseline

STYLE: Final = "style.css"
ICON: Final = "icon.svg"
MISSING: Final = "404.html"

TAG: Final = re.compile(r"<[a-z][^<>]*>")
LINK: Final = re.compile(r'\s(href|src)="([^"]*)"')
"""Our markup quotes every attribute, and escapes quotes and brackets in every text."""

POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action {}"
)

PAGE: Final = Markup("""\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
{head}
<link rel="icon" type="image/svg+xml" href="{root}{icon}">
<link rel="stylesheet" href="{root}{style}">
</head>
<body>
<main id="first" class="stApp">{page}{note}</main>
</body>
</html>
""")


def document(page: Markup, preview: Preview, note: Markup, *, plan: Plan, file: str) -> bytes:
    """Return a page, whose links are rewritten already, as the file that it is in."""
    parts = urlsplit(plan.app)
    return PAGE.format(
        language=messages.language(),
        policy=POLICY.format(f"{parts.scheme}://{parts.netloc}" if plan.app else "'none'"),
        head=head(preview),
        root="../" * file.count("/"),
        icon=ICON,
        style=STYLE,
        page=page,
        note=note,
    ).encode()


def note_of(baseline: Baseline, *, address: str, plan: Plan) -> Markup:
    """Return what the end of a page says of the edition, with a link to the page in the app."""
    note = Markup('<footer class="stHtml edition"><p class="small">{}{}{}</p></footer>')
    said = _(
        "This page is a plain file, made from data version {version} ({digest}) of {day}.",
        version=baseline.dataset.pledge.version,
        digest=baseline.dataset.version,
        day=format_date(baseline.newest.isoformat()),
    )
    if not plan.app:
        return note.format(said, "", "")
    way = Markup('<a href="{}">{}</a>').format(plan.live(address), _("This page in the live app"))
    return note.format(said, " ", way)


def missing(plan: Plan) -> bytes:
    """Return what a host shows for an address without a file, in every language.

    It may stand for any folder, so its links are whole addresses.
    """
    section = Markup('<section lang="{}"><{}>{}</{}><p>{}</p><p><a href="{}">{}</a></p></section>')
    titles: list[str] = []
    parts: list[Markup] = []
    for code in messages.LANGUAGES:
        with messages.using(code):
            tag = "h2" if titles else "h1"
            titles.append(_("Page not found"))
            said, home = _("There is no page at this address."), _("Overview")
            way = plan.public(links.address_of(f"{ORIGIN}/", Link()))
            parts.append(section.format(code, tag, titles[-1], tag, said, way, home))
    title = Markup('<title>{}</title>\n<meta name="robots" content="noindex">')
    return PAGE.format(
        language=messages.ENGLISH,
        policy=POLICY.format("'none'"),
        head=title.format(" · ".join(titles)),
        root=plan.base,
        icon=ICON,
        style=STYLE,
        page=Markup().join(parts),
        note="",
    ).encode()


def relinked(
    page: Markup, *, address: str, file: str, plan: Plan, report: Callable[[str], None]
) -> tuple[Markup, list[str]]:
    """Return a page with its links as they lead from its file, and the addresses they ask for.

    A link to what only a server can answer loses its address where there is no app. ``report``
    gets every link that leads nowhere.
    """
    asked: dict[str, None] = {}

    def rewritten(found: re.Match[str]) -> str:
        link = html.unescape(found[2])
        target = urljoin(address.partition("?")[0], link)
        if link.startswith("#"):
            asked[f"{address}{link}"] = None
            return found[0]
        if not f"{target}/".startswith(f"{ORIGIN}/"):
            return found[0]
        target, _, fragment = target.partition("#")
        try:
            way = plan.way(target, start=file)
        except NowhereError:
            report(link)
            return found[0]
        if not way:
            return ""
        mark = f"#{fragment}" if fragment else ""
        if plan.find(target):
            asked[target + mark] = None
        return f' {found[1]}="{html.escape(way + mark)}"'

    written = TAG.sub(lambda tag: LINK.sub(rewritten, tag[0]), page)
    return Markup(written), list(asked)  # what is changed in it is escaped


def has_mark(document: str, fragment: str) -> bool:
    """Return whether a link to a part of a document leads to it."""
    return f' id="{html.escape(fragment)}"' in document
