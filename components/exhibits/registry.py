"""The registry: every exhibit of this folder, found automatically."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from components import exhibits
from components.exhibits.exhibit import Exhibit, Scope
from components.views.view import View


def _found() -> list[type[Exhibit]]:
    """List the classes that the modules of this folder define, in the order of their places."""
    names = [f"{exhibits.__name__}.{module.name}" for module in iter_modules(exhibits.__path__)]
    modules = [import_module(name) for name in names if name != __name__]
    classes = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Exhibit) and "id" in vars(value)
    }
    return sorted(classes, key=lambda kind: (kind.place, kind.id))


EXHIBITS: Final[dict[str, type[Exhibit]]] = {kind.id: kind for kind in _found()}
"""Every kind of exhibit by its id, in the order of lists; ids are used in links, never change."""


def exhibit(exhibit_id: str, view: View) -> Exhibit:
    """Return one exhibit of a view by its id."""
    return EXHIBITS[exhibit_id].of(view)


def of_view(view: View) -> list[Exhibit]:
    """Return the exhibits that are drawn and exported for a view."""
    is_one = len(view.filter.project) == 1
    own = Scope.ONE_PROJECT if is_one else Scope.SEVERAL_PROJECTS
    return [kind.of(view) for kind in EXHIBITS.values() if kind.scope in (Scope.ANY_VIEW, own)]
