"""The paper: draws a page as plain HTML, by the calls with which pages draw on Streamlit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace, TracebackType
from typing import Any, Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from components.basics.messages import _, in_japanese
from components.basics.palette import Theme, either_theme
from components.exports.files import File
from components.views.links import Link

FORMS: Final = ("bar", "screen-only")
"""The keys of the containers whose fields ask for another view: each is a form."""

MOST_ROWS: Final = 100
"""A table has at most this many rows on a page that the app takes over; files have the rest."""

BROAD: Final = 800
"""A chart drawn wider than so many pixels for a desktop needs more room than others to be read."""

LARGEST: Final = 1.15
"""A chart grows to at most so much of the width that it is drawn for: its letters grow with it."""


class Parameters(dict[str, list[str]]):
    """The parameters of an address, read as Streamlit's are."""

    def get_all(self, name: str) -> list[str]:
        """Return every value of a parameter."""
        return self.get(name, [])

    def from_dict(self, parameters: Mapping[str, Sequence[str]]) -> None:
        """Replace all parameters; the address of a page that is sent stays as it was asked for."""
        self.clear()
        self.update({name: list(values) for name, values in parameters.items()})


class Block:
    """A part of the page that holds others, drawn between a start and an end; ``with`` fills it."""

    open = True
    """Whether its content is there, as an expander of Streamlit's says."""

    def __init__(self, stack: "list[Block]", start: Markup, end: Markup) -> None:
        """Start empty."""
        self._stack = stack
        self._start = start
        self._end = end
        self._parts: list[Markup | Block] = []
        self.names: set[str] = set()

    def __enter__(self) -> "Block":
        """Let what follows be drawn into it."""
        self._stack.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let what follows be drawn after it."""
        self._stack.pop()

    def add(self, part: "Markup | Block") -> None:
        """Draw something at its end."""
        self._parts.append(part)

    def asked(self) -> set[str]:
        """Return the parameters that its fields ask for."""
        inner = (part.asked() for part in self._parts if isinstance(part, Block))
        return self.names.union(*inner)

    def html(self) -> Markup:
        """Return it with all that it holds."""
        parts = (part.html() if isinstance(part, Block) else part for part in self._parts)
        return Markup("").join([self._start, *parts, self._end])


class Form(Block):
    """A block that asks for another view: its fields, and unseen what else the link asks for."""

    def __init__(
        self, stack: list[Block], start: Markup, end: Markup, *, link: Link, action: str
    ) -> None:
        """Take what the page was asked for, and where to ask: "" is the page itself."""
        super().__init__(stack, start, end)
        self._link = link
        self._action = action

    def html(self) -> Markup:
        """Return the form, or a plain block where nothing is asked for."""
        asked = self.asked()
        if not asked:
            return super().html()
        kept = Markup("").join(
            Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
            for name, values in self._link.to_query().items()
            for value in values
            if name not in asked
        )
        form = Markup('<form method="get"{}>{}{}</form>')
        where = Markup(' action="{}"').format(self._action) if self._action else ""
        return form.format(where, super().html(), kept)


class Paper:
    """One page as HTML. Its functions are those of Streamlit that pages call, by the same names.

    What needs the app is left out, or leaves its place empty, so that nothing moves when the app
    takes the page over. Every text is escaped but what is markup already.
    """

    is_static = False
    """Whether the page becomes a file, which answers nothing."""

    action = ""
    """Where its forms ask, "" for the page itself."""

    def __init__(self, *, url: str, parameters: Mapping[str, Sequence[str]]) -> None:
        """Take the address that is asked for, and its parameters as lists."""
        self.session_state: dict[str, Any] = {}
        self.query_params = Parameters({name: list(found) for name, found in parameters.items()})
        self.context = SimpleNamespace(url=url, headers={}, theme=SimpleNamespace(type="light"))
        self._stack: list[Block] = []
        self._page = Block(self._stack, Markup(""), Markup(""))
        self._stack.append(self._page)

    def page(self) -> Markup:
        """Return all that was drawn."""
        return self._page.html()

    # What is elsewhere.

    def published(self, address: str) -> str:
        """Return the address under which readers find what the server has at one."""
        return address

    def keep(self, _: File) -> str:
        """Return the address of a file made for this page, "" for none: a server keeps none."""
        return ""

    # What pages write.

    def html(self, body: str, **_: Any) -> None:
        """Write HTML that is markup already; the style of the page has a rule of its own."""
        if not str(body).startswith("<style>"):
            self._add(Markup('<div class="stHtml">{}</div>').format(Markup(body)))

    def markdown(self, body: str) -> None:
        """Write Markdown."""
        self._add(Markup('<div class="prose">{}</div>').format(_markdown(body)))

    def caption(self, body: str) -> None:
        """Write Markdown in small type."""
        self._add(Markup('<div class="prose caption">{}</div>').format(_markdown(body)))

    def title(self, body: str, **_: Any) -> None:
        """Write the heading of the page."""
        self._add(Markup("<h1>{}</h1>").format(_inline(body)))

    def code(self, body: str, **_: Any) -> None:
        """Write lines of code as they are."""
        self._add(Markup('<pre class="code"><code>{}</code></pre>').format(body))

    def info(self, body: str, **_: Any) -> None:
        """Write a message."""
        self._add(Markup('<div class="message">{}</div>').format(_markdown(body)))

    warning = error = info

    # What holds other parts.

    def container(
        self,
        *,
        key: str = "",
        border: bool = False,
        horizontal: bool = False,
        gap: str = "small",
        height: str = "content",
        width: int | str = "stretch",
        **_: Any,
    ) -> Block:
        """Return a block whose parts stand below each other, or in a row."""
        kinds = {
            "block": True,
            "row": horizontal,
            "card": border,
            f"gap-{gap}": True,
            "stretch": height == "stretch",
            f"st-key-{key}": key,
        }
        limit = Markup(' style="max-width:{}px"').format(width) if isinstance(width, int) else ""
        start = Markup('<div class="{}"{}>').format(_classes(kinds), limit)
        if key in FORMS:
            end = Markup("</div>")
            form = Form(self._stack, start, end, link=self._link(), action=self.action)
            return self._within(form)
        return self._block(start, Markup("</div>"))

    def columns(self, spec: Sequence[float], *, gap: str = "small", **_: Any) -> list[Block]:
        """Return blocks that stand side by side where there is room."""
        style = Markup("--columns:{}").format(" ".join(f"{share:g}fr" for share in spec))
        start = Markup('<div class="columns gap-{}" style="{}">').format(gap, style)
        outer = self._block(start, Markup("</div>"))
        with outer:
            return [
                self._block(Markup('<div class="block gap-small">'), Markup("</div>")) for _ in spec
            ]

    def grid(self, count: int, *, min_column_width: int, key: str, **_: Any) -> Block:
        """Return a block whose parts stand in as many columns as fit, each in a frame."""
        style = Markup("--least:{}px;--most:{}").format(min_column_width, count)
        start = Markup('<div class="grid st-key-{}" style="{}">').format(key, style)
        return self._block(start, Markup("</div>"))

    def popover(self, label: str, **_: Any) -> Block:
        """Return a block that unfolds from a button."""
        start = Markup('<details class="popover"><summary>{}</summary><div>').format(label)
        return self._block(start, Markup("</div></details>"))

    def expander(self, label: str, *, key: str, **_: Any) -> Block:
        """Return a block that unfolds from its heading."""
        start = Markup('<details class="card expander st-key-{}"><summary>{}</summary>')
        return self._block(start.format(key, _inline(label)), Markup("</details>"))

    # What asks for another view.

    def text_input(
        self, label: str, *, key: str, args: Sequence[Any], placeholder: str | None = None, **_: Any
    ) -> None:
        """Draw a field whose text is the value of a parameter."""
        field = Markup(
            '<div class="field"><label>{}<input name="{}" value="{}" placeholder="{}"></label>{}'
            "</div>"
        )
        given = self.session_state.get(key) or ""
        self._ask(args[0], field.format(label, args[0], given, placeholder or "", _apply()))

    def multiselect(
        self,
        label: str,
        options: Iterable[str],
        *,
        key: str,
        args: Sequence[Any],
        format_func: Callable[[str], str],
        placeholder: str,
        **_: Any,
    ) -> None:
        """Draw a choice of several values of a parameter, folded below what is chosen."""
        chosen = self.session_state.get(key) or []
        box = Markup('<label><input type="checkbox" name="{}" value="{}"{}> {}</label>')
        boxes = Markup("").join(
            box.format(
                args[0], value, Markup(" checked") if value in chosen else "", format_func(value)
            )
            for value in options
        )
        said = listed(map(format_func, chosen)) or placeholder
        field = Markup(
            '<details class="field"><summary><span>{}</span><b>{}</b></summary>'
            "<fieldset><legend>{}</legend>{}{}</fieldset></details>"
        )
        self._ask(args[0], field.format(label, said, label, boxes, _apply()))

    def selectbox(
        self,
        label: str,
        options: Sequence[str],
        *,
        key: str,
        args: Sequence[Any] = (),
        format_func: Callable[[str], str] = str,
        placeholder: str = "",
        **_: Any,
    ) -> None:
        """Draw a choice of one value of a parameter; of what is none, only the first value."""
        if not args:
            self._add(Markup('<p class="field">{}<b>{}</b></p>').format(label, options[0]))
            return
        chosen = self.session_state.get(key)
        item = Markup('<option value="{}"{}>{}</option>')
        items = Markup("").join(
            item.format(value, Markup(" selected") if value == chosen else "", format_func(value))
            for value in options
        )
        field = Markup(
            '<div class="field"><label>{}<select name="{}"><option value="">{}</option>{}</select>'
            "</label>{}</div>"
        )
        self._ask(args[0], field.format(label, args[0], placeholder, items, _apply()))

    # What leads elsewhere, or needs the app.

    def way(self, label: str, address: str, *, key: str) -> None:
        """Draw a link that looks like a button; without an address, only its place, unseen."""
        kinds = Markup("way st-key-{}").format(key)
        if address:
            self._add(Markup('<a class="{}" href="{}">{}</a>').format(kinds, address, label))
        else:
            place = Markup('<span class="{} absent" aria-hidden="true">{}</span>')
            self._add(place.format(kinds, label))

    def rows(self, count: int, *, shown: int) -> int:
        """Return how many rows of a table to draw next; those that do not show at first unfold."""
        drawn = min(count, MOST_ROWS)
        if drawn > shown:
            said = (
                _("All {count} rows", count=f"{count:,}")
                if drawn == count
                else _("The first {drawn} of {count} rows", drawn=drawn, count=f"{count:,}")
            )
            fold = Markup('<details class="more-rows"><summary>{}</summary></details>')
            self._add(fold.format(said))
        return drawn

    def switch(self, label: str) -> None:
        """Draw a switch that the style sheet of a narrow window uses to show the filter."""
        box = Markup('<label class="switch"><input type="checkbox">{}</label>')
        self._add(box.format(label))

    def fold(self, label: str) -> Block:
        """Return a block that unfolds from a small label."""
        start = Markup('<details class="fold"><summary>{}</summary>').format(label)
        return self._block(start, Markup("</details>"))

    def chart(self, draw: Callable[[Theme], Markup], *, narrow: int, wide: int) -> None:
        """Draw a chart or map for a phone and for a desktop; the style sheet shows one of them."""
        kinds = {narrow: "narrow", wide: "wide"} if narrow != wide else {wide: "both"}
        pictures = Markup("").join(
            Markup('<div class="chart {}" style="max-width:{:.0f}px">{}</div>').format(
                kind, LARGEST * width, draw(either_theme(width=width))
            )
            for width, kind in kinds.items()
        )
        room = "broad" if wide > BROAD else ""
        self._add(Markup('<div class="charts {}">{}</div>').format(room, pictures))

    def _add(self, part: Markup) -> None:
        self._stack[-1].add(part)

    def _ask(self, parameter: str, field: Markup) -> None:
        self._stack[-1].names.add(parameter)
        self._add(field)

    def _block(self, start: Markup, end: Markup) -> Block:
        return self._within(Block(self._stack, start, end))

    def _within(self, block: Block) -> Block:
        self._stack[-1].add(block)
        return block

    def _link(self) -> Link:
        link: Link = self.session_state.get("link", Link())
        return link


def listed(chosen: Iterable[str]) -> str:
    """Return the chosen values of a field, as one line."""
    return ("、" if in_japanese() else ", ").join(chosen)


def _apply() -> Markup:
    return Markup('<button class="apply">{}</button>').format(_("Apply"))


def _classes(kinds: Mapping[str, object]) -> str:
    return " ".join(kind for kind, holds in kinds.items() if holds)


@cache
def _reader() -> MarkdownIt:
    """Return a reader of Markdown that takes no HTML from it."""
    return MarkdownIt("commonmark", {"html": False, "breaks": False})


def _markdown(text: str) -> Markup:
    return Markup(_reader().render(text))


def _inline(text: str) -> Markup:
    return Markup(_reader().renderInline(text))
