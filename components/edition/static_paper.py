"""The static paper: a page for files, where every choice is a list of links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from components.basics.formatting import join_words
from components.edition.plan import KEPT, Plan, file_of
from components.exports.files import File
from components.ui.paper import Block, Paper
from components.views import links
from components.views.filters import FACETS, ProjectFilter
from components.views.links import Link


class StaticPaper(Paper):
    """A page that no server answers: what needs one leads to the live app or is left out.

    ``kept`` are the files made for this page, by the address that its links have.
    """

    is_static = True

    def __init__(self, plan: Plan, *, url: str, parameters: Mapping[str, Sequence[str]]) -> None:
        """Take the plan of the edition, and of the page its address and parameters on a server."""
        super().__init__(url=url, parameters=parameters)
        self.kept: dict[str, File] = {}
        self.action = plan.live(url)
        self._plan = plan
        self._url = url

    def published(self, address: str) -> str:
        """Return the address that readers of the edition are given for one of the server."""
        return self._plan.public(address)

    def keep(self, file: File) -> str:
        """Return the address of a file that the edition makes for this page."""
        address = links.address_of(f"{KEPT}/{file.name}", Link())
        self.kept[address] = file
        return address

    def text_input(self, label: str, *, key: str, args: Sequence[Any], **rest: Any) -> None:
        """Draw a field that asks the app."""
        if self.action:
            super().text_input(label, key=key, args=args, **rest)

    def multiselect(
        self, label: str, options: Iterable[str], *, args: Sequence[Any], **rest: Any
    ) -> None:
        """Draw a facet as links, one for each value; what only the app knows as its fields."""
        if args[0] in FACETS:
            self._choices(label, options, facet=args[0], **rest)
        elif self.action:
            super().multiselect(label, options, args=args, **rest)

    def selectbox(
        self, label: str, options: Sequence[str], *, args: Sequence[Any] = (), **rest: Any
    ) -> None:
        """Draw a facet of one value as links."""
        if args:
            self._choices(label, options, facet=args[0], **rest)
        else:
            super().selectbox(label, options, **rest)

    def popover(self, label: str, **rest: Any) -> Block:
        """Return a block that unfolds; without the app it is not on the page."""
        if self.action:
            return super().popover(label, **rest)
        return Block(self._stack, Markup(), Markup())

    def way(self, label: str, address: str, *, key: str) -> None:
        """Draw a link that looks like a button, where it leads to just that."""
        if address and (self.action or not self._plan.lacks(urljoin(self._url, address))):
            super().way(label, address, key=key)

    def rows(self, count: int, **_: Any) -> int:
        """Return the number of all rows: no app follows that has them by the page."""
        return count

    def _choices(
        self,
        label: str,
        options: Iterable[str],
        *,
        facet: str,
        key: str,
        format_func: Callable[[str], str],
        placeholder: str,
        **_: Any,
    ) -> None:
        """Draw links to the page under each value that it has a file for, folded."""
        ways = {links.here(Link()): placeholder}
        for value in options:
            way = links.here(Link(filter=ProjectFilter().choose(facet, [value])))
            if file_of(urljoin(self._url, way)) in self._plan.pages:
                ways[way] = format_func(value)
        item = Markup('<li><a href="{}">{}</a></li>')
        field = Markup(
            '<details class="field"><summary><span>{}</span><b>{}</b></summary>'
            '<ul class="choices" aria-label="{}">{}</ul></details>'
        )
        chosen = self.session_state.get(key) or []
        chosen = [chosen] if isinstance(chosen, str) else chosen
        said = join_words([format_func(one) for one in chosen], conjunction="or") or placeholder
        items = Markup().join(item.format(*pair) for pair in ways.items())
        self._add(field.format(label, said, label, items))
