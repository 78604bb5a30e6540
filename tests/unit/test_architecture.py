"""The layers: imports point one way, and only `ui` and `pages` know the screen.

The linter bans Streamlit in pure modules while one types; this reads the whole tree.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for name in ("app.py", "serve.py", "components", "benchmarks", "tests")
    for path in sorted([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    if path.exists()
]
APP = [path for path in CODE if path.relative_to(ROOT).parts[0] not in {"benchmarks", "tests"}]
SCREEN = {ROOT / "components" / name for name in ("ui", "pages", "serving")}
PURE = [
    path
    for path in APP
    if path.is_relative_to(ROOT / "components") and not SCREEN & set(path.parents)
]
PAGES = [path for path in APP if path.parent == ROOT / "components" / "pages"]
SESSION = ROOT / "components" / "ui" / "session.py"

# From what is drawn down to what is known. A pure module that is not named here is a foundation.
LAYERS = (
    ("serving",),
    ("pages",),
    ("ui",),
    ("exports",),
    ("exhibits",),
    ("charts", "maps"),
    ("catalogue", "changes", "sheets", "prose"),
    ("wording", "alternatives", "listings", "colophon", "store", "dossier"),
    ("view", "links"),
    ("summaries", "filters"),
)
FOUNDATIONS = len(LAYERS)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of each import: `from a import b` is `a.b`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            dots = "." * node.level
            yield from (
                (node.lineno, f"{dots}{node.module or ''}.{alias.name}") for alias in node.names
            )


def attributes(path: Path, *names: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each `st.name`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id="st"), attr=attribute) if attribute in names:
                yield node.lineno, f"st.{attribute}"


def is_within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def part_of(name: str) -> str | None:
    """Return what a module is to the layers: "charts" for `components.charts.draw_bar`."""
    package, _, rest = name.partition(".")
    return rest.partition(".")[0] if package == "components" and rest else None


def layer_of(part: str) -> int:
    return next((rank for rank, parts in enumerate(LAYERS) if part in parts), FOUNDATIONS)


def report(path: Path, line: int, complaint: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {complaint}"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def expect_none(complaints: list[str]) -> None:
    assert not complaints, "\n" + "\n".join(complaints)


def test_the_layers_named_here_exist():
    expect_none(
        [
            f"components/{part} is in LAYERS and does not exist"
            for parts in LAYERS
            for part in parts
            if not (ROOT / "components" / part).is_dir()
            and not (ROOT / "components" / f"{part}.py").is_file()
        ]
    )


def test_pure_modules_do_not_know_the_screen():
    expect_none(
        [
            report(path, line, f"a pure module imports {name}")
            for path in PURE
            for line, name in imports(path)
            if is_within(name, "streamlit", "components.ui", "components.pages")
        ]
    )


READERS = {"codebook", "dataset", "geometry", "pledge", "prose", "store", "tables"}
"""The pure modules that may read the disk: those of the data, its codebook and the texts."""

OUTSIDE = {"open", "today", "now", "utcnow", "time", "getenv", "environ", "read_text", "read_bytes"}
"""What gives another answer tomorrow, or on another computer."""


def test_what_is_computed_depends_on_its_arguments_alone():
    complaints = []
    for path in PURE:
        part = part_of(module_of(path))
        if part in READERS | {"exports"}:
            continue
        complaints += [
            report(path, line, f"a pure module imports {name}")
            for line, name in imports(path)
            if is_within(name, "os", "random", "time", "pathlib", "io", "locale", "secrets")
        ]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)) if name in OUTSIDE:
                    complaints.append(report(path, node.lineno, f"a pure module uses {name}"))
                case ast.Global(names=names):
                    complaints.append(report(path, node.lineno, f"changes global {names}"))
    expect_none(complaints)


def test_imports_point_one_way():
    complaints = []
    for path in APP:
        importer = part_of(module_of(path))
        for line, name in imports(path):
            imported = part_of(name)
            if importer and imported and layer_of(imported) < layer_of(importer):
                complaints.append(report(path, line, f"{importer} imports {imported} above it"))
    expect_none(complaints)


def test_charts_and_maps_do_not_import_each_other_and_exports_reach_them_through_exhibits():
    drawers = {"charts", "maps"}
    expect_none(
        [
            report(path, line, f"{part} imports {name}")
            for path in PURE
            for part in [part_of(module_of(path))]
            if part in drawers | {"exports"}
            for line, name in imports(path)
            if part_of(name) in drawers - {part}
        ]
    )


def test_pages_do_not_import_pages_and_the_app_is_imported_by_none():
    expect_none(
        [
            report(path, line, f"imports {name}")
            for path in APP
            for line, name in imports(path)
            if is_within(name, "components.pages", "app", "serve", "tests", "benchmarks")
        ]
    )


def test_no_module_imports_itself_by_a_detour():
    modules = {module_of(path): path for path in APP}
    graph = {
        module: {
            known
            for _, name in imports(path)
            for known in (name, name.rpartition(".")[0])
            if known in modules
        }
        for module, path in modules.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("These import each other: " + " <- ".join(error.args[1]))


def test_only_one_module_reads_session_state_and_the_link():
    private = ("session_state", "query_params")
    expect_none(
        [
            report(path, line, f"{name} belongs to components/ui/session.py")
            for path in APP
            if path != SESSION
            for line, name in [
                *attributes(path, *private),
                *((at, name) for at, name in imports(path) if name.endswith(private)),
            ]
        ]
    )


def test_pages_read_like_their_own_table_of_contents():
    complaints = []
    for path in PAGES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    complaints.append(report(path, node.lineno, f"a page defines {name}"))
                case ast.ClassDef(name=name):
                    complaints.append(report(path, node.lineno, f"a page defines {name}"))
                case ast.Attribute(attr="groupby"):
                    complaints.append(report(path, node.lineno, "a page computes (groupby)"))
        complaints += [
            report(path, at, "a page stops: use else") for at, _ in attributes(path, "stop")
        ]
    expect_none(complaints)


def test_nobody_uses_plotly_express():
    expect_none(
        [
            report(path, line, "plotly.express is slow to build: use plotly.graph_objects")
            for path in CODE
            for line, name in imports(path)
            if is_within(name, "plotly.express")
        ]
    )
