"""The shell: Streamlit's index.html, with what crawlers, previews and a fast first visit need."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from components.serving import browser

SERVER_ADDRESS: Final = (
    "<script>window.__streamlit={BACKEND_BASE_URL:location.origin+'/',"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}</script>"
)
"""Tells the front end where its server is: else it first asks two addresses below every page's
path, and waits for the answers before it opens its WebSocket."""

OUTAGE: Final = {
    "silence": (
        "The live part of this page cannot be reached: the connection may be down, or a network "
        "between does not let WebSockets through. This is what works without it."
    ),
    "script": (
        "A part of this page did not load, also when asked again. This is what works without it."
    ),
    "part": "This part of the page did not load. Tables and downloads do not need it.",
}
"""What the script of the page says, by what is missing."""

INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
NOSCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
SERVICE: Final = re.compile(r"<!--[^<]*?-->\s*<link rel=\"service-desc\"[^>]*/>", re.DOTALL)
CHARSET: Final = re.compile(r'<meta charset="[^"]*" */?>')
ICON: Final = '<link rel="shortcut icon" href="./favicon.png" />'
RELATIVE: Final = re.compile(r'\b(href|src)="\./')
LANDMARKS: Final = (TITLE, NOSCRIPT, CHARSET, re.compile(re.escape(ICON)), RELATIVE)
"""What we change; where any is missing, Streamlit has changed and its file is served unchanged."""

ICON_PATH: Final = "/icon.svg"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link preview shows of a page, and what readers without JavaScript get.

    Addresses are absolute; ``image`` is a picture of the view, 1200 × 630, "" where there is none.
    """

    title: str
    site: str
    description: str
    address: str
    image: str
    image_alt: str
    feed: str
    data: str


class Shell:
    """Streamlit's index.html, changed; ``is_known`` says whether it still has what we change."""

    def __init__(
        self, index: str, *, needed: Sequence[str] = (), heavy: str = "", style: str = ""
    ) -> None:
        """Take the file, the paths that the first screen needs, the heaviest of them, the style."""
        self.is_known = all(landmark.search(index) for landmark in LANDMARKS)
        self._page = _prepared(index, needed, heavy, style) if self.is_known else index

    @property
    def script_hashes(self) -> list[str]:
        """The scripts inside the page, as a content security policy names them."""
        digests = [sha256(script.encode()).digest() for script in INLINE.findall(self._page)]
        return [f"sha256-{base64.b64encode(digest).decode()}" for digest in digests]

    def page(self, preview: Preview | None) -> bytes:
        """Return the page with a preview; None is for a server that has no data."""
        if preview is None or not self.is_known:
            return self._page.encode()
        page = TITLE.sub(lambda _: _head(preview), self._page, count=1)
        return NOSCRIPT.sub(lambda _: _without_app(preview), page, count=1).encode()


def missing_page(sentence: str, *, site: str) -> bytes:
    """Return the page for an address that Streamlit can have no page for."""
    page = Markup(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Page not found</title><style>:root{{color-scheme:light dark}}"
        "main{{max-width:40rem;margin:3rem auto;padding:0 1rem;font-family:sans-serif}}</style>"
        '</head><body><main><h1>Page not found</h1><p>{}</p><p><a href="/">{}</a></p></main>'
        "</body></html>\n"
    )
    return page.format(sentence, site).encode()


def _prepared(index: str, needed: Sequence[str], heavy: str, style: str) -> str:
    """Return the page with absolute addresses, preloads, and the address of the server.

    The heaviest script is preloaded first: else it would wait for a hundred small ones.
    """
    page = index.replace(ICON, f'<link rel="icon" type="image/svg+xml" href="{ICON_PATH}" />')
    page = RELATIVE.sub(r'\1="/', CHARSET.sub("", SERVICE.sub("", page)))
    more = [path for path in needed if f'"/static/{path}"' not in page and path != heavy]
    # A browser looks for the encoding in the first 1,024 bytes only.
    first = f'<meta charset="utf-8">{SERVER_ADDRESS}<script>{browser.script()}</script>'
    first += _preload(heavy) if heavy else ""
    last = "".join(map(_preload, more)) + f"<style>{style}</style>"
    page = page.replace("<head>", f"<head>{first}", 1)
    return page.replace("</head>", f"{last}</head>", 1)


def _preload(path: str) -> str:
    if path.endswith(".css"):
        return f'<link rel="preload" as="style" crossorigin href="/static/{path}">'
    return f'<link rel="modulepreload" crossorigin href="/static/{path}">'


def _head(preview: Preview) -> Markup:
    card = "summary_large_image" if preview.image else "summary"
    named = {"description": preview.description, "twitter:card": card}
    properties = {
        "og:type": "website",
        "og:site_name": preview.site,
        "og:title": preview.title,
        "og:description": preview.description,
        "og:url": preview.address,
    }
    if preview.image:
        properties |= {
            "og:image": preview.image,
            "og:image:type": "image/png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": preview.image_alt,
        }
    tags = [Markup("<title>{}</title>").format(preview.title)]
    tags += [Markup('<meta name="{}" content="{}">').format(*pair) for pair in named.items()]
    tags += [
        Markup('<meta property="{}" content="{}">').format(*pair) for pair in properties.items()
    ]
    tags.append(Markup('<link rel="canonical" href="{}">').format(preview.address))
    tags.append(
        Markup(
            '<link rel="alternate" type="application/atom+xml" title="Milestones" href="{}">'
        ).format(preview.feed)
    )
    return Markup("\n").join(tags)


def _without_app(preview: Preview) -> Markup:
    """Return what stands for the app: at once without scripts, else when the page asks for it."""
    words = Markup(
        "<h1>{}</h1><p>{}</p><p>{}</p>"
        '<p><a href="{}">Projects as CSV</a> · <a href="{}">Milestones as a feed</a></p>{}'
    )
    picture = Markup('<p><img src="{}" alt="{}" width="1200" height="630"></p>')
    shown = picture.format(preview.image, preview.image_alt) if preview.image else Markup()

    def said(why: Markup) -> Markup:
        return words.format(
            preview.title, preview.description, why, preview.data, preview.feed, shown
        )

    asked = Markup(' data-{}="{}"')
    reasons = Markup().join(asked.format(*reason) for reason in OUTAGE.items())
    again = Markup('<span class="why"></span> <a href="">Try again</a>')
    return Markup(
        '<noscript><div class="outage">{}</div></noscript>'
        '<template id="outage"{}><main class="outage" role="alert">{}</main></template>'
    ).format(said(Markup("Charts and map need JavaScript.")), reasons, said(again))
