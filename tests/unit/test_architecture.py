"""The layers: each folder says what it may import, and only `ui` and `pages` import Streamlit.

The linter bans Streamlit in pure modules while one types; this reads the whole tree.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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
SCREEN = {ROOT / "components" / name for name in ("ui", "pages", "serving", "edition")}
PURE = [
    path
    for path in APP
    if path.is_relative_to(ROOT / "components") and not SCREEN & set(path.parents)
]
PAGES = [path for path in APP if path.parent == ROOT / "components" / "pages"]
SESSION = ROOT / "components" / "ui" / "session.py"

FOLDERS = sorted(path.parent for path in (ROOT / "components").glob("*/__init__.py"))
README = ROOT / "README.md"


@dataclass(frozen=True)
class Layer:
    """What a folder says about itself in the docstring of its ``__init__``."""

    purpose: str
    may_import: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> "Layer":
        text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        found = re.fullmatch(r"(\w+: [^\n]+\.)\n\nMay import: ([a-z, ]+)\.", text or "")
        assert found, f"{folder.name}/__init__.py: a sentence, a blank line, then May import: …"
        names = () if found[2] == "nothing" else tuple(found[2].split(", "))
        return cls(found[1], names)


LAYERS = {folder.name: Layer.of(folder) for folder in FOLDERS}


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
    """Return the folder of a module: "drawing" for `components.drawing.charts.Bar`."""
    package, _, rest = name.partition(".")
    return rest.partition(".")[0] if package == "components" and rest else None


def report(path: Path, line: int, complaint: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {complaint}"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def expect_none(complaints: list[str]) -> None:
    assert not complaints, "\n" + "\n".join(complaints)


def test_each_folder_may_import_only_folders_that_exist_and_none_that_may_import_it():
    graph = {name: set(layer.may_import) for name, layer in LAYERS.items()}
    assert set().union(*graph.values()) <= set(graph)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("These may import each other: " + " <- ".join(error.args[1]))


def test_whatever_a_folder_may_import_it_imports():
    imported = {
        name: {
            part_of(other)
            for path in (ROOT / "components" / name).rglob("*.py")
            for _, other in imports(path)
        }
        for name in LAYERS
    }
    expect_none(
        [
            f"components/{name}/__init__.py: allows {other}, which nothing in it imports"
            for name, layer in LAYERS.items()
            for other in layer.may_import
            if other not in imported[name]
        ]
    )


def test_all_code_is_in_a_folder_and_every_file_name_has_one_meaning():
    files = (ROOT / "components").rglob("*.py")
    modules = [path for path in files if path.stem not in ("__init__", "__main__")]
    assert [path for path in modules if path.parent == ROOT / "components"] == []
    names = Counter(path.stem for path in modules)
    assert [name for name, count in names.items() if count > 1] == []


def test_the_readme_shows_the_layers_as_the_folders_state_them():
    rows = [
        f"| `{name}/` | {layer.purpose.partition(': ')[2]} "
        f"| {', '.join(layer.may_import) or 'nothing'} |"
        for name, layer in LAYERS.items()
    ]
    text = README.read_text(encoding="utf-8")
    expect_none([f"README.md lacks the row {row}" for row in rows if row not in text])


def test_pure_modules_do_not_know_the_screen():
    expect_none(
        [
            report(path, line, f"a pure module imports {name}")
            for path in PURE
            for line, name in imports(path)
            if is_within(name, "streamlit", "components.ui", "components.pages")
        ]
    )


READERS = {
    f"components.{name}"
    for name in (
        "basics.catalogue",
        "basics.messages",
        "basics.palette",
        "basics.stylesheet",
        "facts.csv_file",
        "facts.dataset",
        "facts.outlines",
        "facts.pledge",
        "facts.translations",
        "views.store",
        "words.prose",
    )
}
"""The pure modules that may name or read a file: data, texts, messages, style, icon."""

OUTSIDE = {"open", "today", "now", "utcnow", "time", "getenv", "environ", "read_text", "read_bytes"}
"""What gives another answer tomorrow, or on another computer."""


def test_what_is_computed_depends_on_its_arguments_alone():
    complaints = []
    for path in PURE:
        if module_of(path) in READERS or part_of(module_of(path)) == "exports":
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


def test_each_folder_imports_what_its_own_words_allow():
    complaints = []
    for path in APP:
        importer = part_of(module_of(path))
        if importer is None:
            continue
        for line, name in imports(path):
            imported = part_of(name)
            if imported and imported not in (importer, *LAYERS[importer].may_import):
                complaints.append(report(path, line, f"{importer} may not import {imported}"))
    expect_none(complaints)


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
