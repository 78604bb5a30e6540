"""The shell: Streamlit's index.html, with what crawlers, previews and a fast first visit need."""

import base64
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from components.basics import messages
from components.basics.messages import Labels, _, mark
from components.serving import alternates, assets, browser
from components.views import links
from components.views.links import Link

SERVER_ADDRESS: Final = (
    "<script>window.__streamlit={BACKEND_BASE_URL:location.origin+'/',"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}</script>"
)
"""Tells the front end where its server is: else it first asks two addresses below every page's
path, and waits for the answers before it opens its WebSocket."""

OUTAGE: Final = Labels(
    {
        "silence": (
            "The live part of this page cannot be reached: the connection may be down, or a "
            "network between does not let WebSockets through. Links, filters and tables work "
            "without it; menus, clicks on charts and files made to order do not."
        ),
        "busy": (
            "As many visitors as this server takes are here just now. Links, filters and tables "
            "work all the same; menus, clicks on charts and files made to order do once there is "
            "room."
        ),
        "script": (
            "A part of this page did not load, also when asked again. Links, filters and tables "
            "work without it."
        ),
        "part": "This part of the page did not load. Tables and downloads do not need it.",
        "again": "Try again",
    }
)
"""What the script of the page says, by what is missing, and the link under it."""

NO_SCRIPT: Final = mark(
    "Without JavaScript, links, filters and tables work; menus, clicks on charts and files made to "
    "order do not."
)

LOCALES: Final = {messages.ENGLISH: "en_US", messages.JAPANESE: "ja_JP"}
"""The languages as Open Graph names them."""

INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
LOADED: Final = re.compile(
    r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>'
)
STATIC: Final = re.compile(f'"{assets.PREFIX}([^"]*)"')
HTML: Final = '<html lang="en">'
ROOT: Final = '<div id="root"></div>'
PLACE: Final = "<!-- first view -->"
NOSCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
SERVICE: Final = re.compile(r"<!--[^<]*?-->\s*<link rel=\"service-desc\"[^>]*/>", re.DOTALL)
CHARSET: Final = re.compile(r'<meta charset="[^"]*" */?>')
ICON: Final = '<link rel="shortcut icon" href="./favicon.png" />'
RELATIVE: Final = re.compile(r'\b(href|src)="\./')
LANDMARKS: Final = (
    TITLE,
    re.compile(HTML),
    NOSCRIPT,
    CHARSET,
    re.compile(re.escape(ICON)),
    RELATIVE,
    LOADED,
    re.compile(re.escape(ROOT)),
)
"""What we change; where any is missing, Streamlit has changed and its file is served unchanged."""

ICON_PATH: Final = "/icon.svg"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link preview shows of a page.

    Addresses are absolute; ``image`` is a picture of the view, 1200 × 630, "" where there is none.
    """

    title: str
    site: str
    description: str
    address: str
    image: str
    image_alt: str
    feed: str
    alternates: Mapping[str, str] = field(default_factory=dict)
    """The page's address in each language, by code; "x-default" is for all others."""


class Shell:
    """Streamlit's index.html, changed; ``is_known`` says whether it still has what we change."""

    def __init__(
        self,
        index: str,
        *,
        needed: Sequence[str] = (),
        later: Sequence[str] = (),
        heavy: str = "",
        large: Collection[str] = (),
        style: str = "",
    ) -> None:
        """Take the file, the paths that the first screen needs, the heaviest of them, the style.

        ``later`` are the paths that only a page with a map needs; ``large`` are those worth
        fetching before anything is painted.
        """
        self.is_known = all(landmark.search(index) for landmark in LANDMARKS)
        self._pages = dict.fromkeys(messages.LANGUAGES, index)
        for code in messages.LANGUAGES if self.is_known else ():
            with messages.using(code):
                self._pages[code] = _prepared(index, needed, later, heavy, large, style)

    @property
    def script_hashes(self) -> list[str]:
        """The scripts inside the page, as a content security policy names them."""
        page = self._pages[messages.ENGLISH]  # No script has words.
        digests = [sha256(script.encode()).digest() for script in INLINE.findall(page)]
        return [f"sha256-{base64.b64encode(digest).decode()}" for digest in digests]

    def page(self, preview: Preview | None, first: Markup, *, scheme: str | None = None) -> bytes:
        """Return the page with its first view and a preview; None is for a server without data.

        It is in the present language, as the first view must be. ``scheme`` is "light" or "dark"
        where the address names one.
        """
        page = self._pages[messages.language()]
        if not self.is_known:
            return page.encode()
        page = TITLE.sub(lambda _: head(preview), page, count=1) if preview else page
        body = Markup('<div id="first" class="stApp"{}>{}{}</div>').format(
            Markup(' data-scheme="{}"').format(scheme) if scheme else "",
            Markup('<noscript><p class="missing">{}</p></noscript>').format(_(NO_SCRIPT)),
            first,
        )
        return page.replace(PLACE, body, 1).encode()


def missing_page(sentence: str, *, site: str) -> bytes:
    """Return the page for an address that Streamlit can have no page for."""
    page = Markup(
        '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{title}</title><style>:root{{color-scheme:light dark}}"
        "main{{max-width:40rem;margin:3rem auto;padding:0 1rem;font-family:sans-serif}}</style>"
        '</head><body><main><h1>{title}</h1><p>{sentence}</p><p><a href="{home}">{site}</a></p>'
        "</main></body></html>\n"
    )
    return page.format(
        language=messages.language(),
        title=_("Page not found"),
        sentence=sentence,
        home=links.address_of("/", Link()),
        site=site,
    ).encode()


def _prepared(
    index: str,
    needed: Sequence[str],
    later: Sequence[str],
    heavy: str,
    large: Collection[str],
    style: str,
) -> str:
    """Return the page with absolute addresses, a place for the first view, and the app held back.

    Scripts and style sheets wait in a template, from which our script takes them once the first
    view is painted, with a tag for each of the hundred files that they need: tags in the head are
    dealt with before anything is painted, and what they fetch is parsed meanwhile. Our script
    fetches the few large files at once, the heaviest first, which costs nothing but bandwidth.
    """
    page = index.replace(ICON, f'<link rel="icon" type="image/svg+xml" href="{ICON_PATH}" />')
    page = page.replace(HTML, f'<html lang="{messages.language()}">', 1)
    page = RELATIVE.sub(r'\1="/', CHARSET.sub("", SERVICE.sub("", page)))
    held = LOADED.findall(page)
    named = (path for tag in held for path in STATIC.findall(tag))
    paths = dict.fromkeys(filter(None, (heavy, *named, *needed)))
    first = "".join(tag for tag in held if "modulepreload" not in tag)
    page = NOSCRIPT.sub("", LOADED.sub("", page), count=1)
    # A browser looks for the encoding in the first 1,024 bytes only.
    page = page.replace("<head>", f'<head><meta charset="utf-8">{SERVER_ADDRESS}', 1)
    page = page.replace("</head>", f"<style>{style}</style></head>", 1)
    said = dict(OUTAGE)
    if heavy:
        said |= {"heavy": f"{assets.PREFIX}{heavy}"}
    if early := [f"{assets.PREFIX}{path}" for path in paths if path in large]:
        said |= {"early": " ".join(early)}
    attributes = Markup("").join(Markup(' data-{}="{}"').format(*pair) for pair in said.items())
    templates = f'<template id="app"{attributes}>{first}{"".join(map(_preload, paths))}</template>'
    rest = [path for path in later if path not in paths]
    templates += f'<template id="later">{"".join(map(_preload, rest))}</template>'
    scripts = f"<script>{browser.script()}</script>"
    return page.replace(ROOT, f"{PLACE}{ROOT}{templates}{scripts}", 1)


def _preload(path: str) -> str:
    # As a module: what is fetched as a plain script would be parsed once more as a module.
    kind = 'preload" as="style' if path.endswith(".css") else "modulepreload"
    return f'<link rel="{kind}" crossorigin href="{assets.PREFIX}{path}">'


def head(preview: Preview) -> Markup:
    """Return what the head of a page says of it."""
    card = "summary_large_image" if preview.image else "summary"
    named = {"description": preview.description, "twitter:card": card}
    properties = {
        "og:type": "website",
        "og:site_name": preview.site,
        "og:title": preview.title,
        "og:description": preview.description,
        "og:url": preview.address,
        "og:locale": LOCALES[messages.language()],
    }
    others = [name for code, name in LOCALES.items() if code != messages.language()]
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
        Markup('<meta property="{}" content="{}">').format(*pair)
        for pair in (*properties.items(), *(("og:locale:alternate", name) for name in others))
    ]
    tags.append(Markup('<link rel="canonical" href="{}">').format(preview.address))
    tags += alternates.tags(preview.alternates)
    tags.append(
        Markup('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">').format(
            _("Milestones"), preview.feed
        )
    )
    return Markup("\n").join(tags)
