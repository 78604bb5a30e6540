"""What the documents promise about this repository is true of it."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CREATED = {
    ".venv",
    "build",
    ".cache",
    ".git",
    "__pycache__",
    ".ruff_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".hypothesis",
}
ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
PEER = ROOT / "benchmarks" / "requirements.txt"
REQUIREMENTS = [RUNTIME, DEVELOPMENT, PEER]
CONSTRAINTS = ROOT / "constraints.txt"

OUR_OWN = {"components", "tests", "benchmarks", "app", "serve"}

PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?:\s+#\s(?P<comment>.+))?")
RELEASE = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) - (?P<date>\S+)$", re.MULTILINE)
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Data"}

# Written with spaces for dots, since this file would name them otherwise.
FOREIGN_HOSTS = [
    host.replace(" ", ".")
    for host in (
        "pypi org",
        "pythonhosted org",
        "npmjs org",
        "npmjs com",
        "deb debian org",
        "jsdelivr net",
        "unpkg com",
        "cdnjs cloudflare com",
        "cdn plot ly",
        "fonts googleapis com",
        "fonts gstatic com",
        "googletagmanager com",
        "tile openstreetmap org",
        "api mapbox com",
        "cartocdn com",
    )
]
SOMEBODYS_FOLDER = re.compile(r"""(?<![\w.:/)\]}*-])/(?:home|root|Users|work)/\w""")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pins(path: Path) -> dict[str, str]:
    """Return the versions a requirements file pins, by canonical name."""
    matches = [PIN.fullmatch(line) for line in requirement_lines(path)]
    return {canonicalize_name(match["name"]): match["version"] for match in matches if match}


def requirement_lines(path: Path) -> list[str]:
    lines = read(path).splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def needed_by(names: set[str]) -> set[str]:
    """Return what packages need in turn, themselves included, on this machine's Python.

    The peer of the benchmarks may not be installed; ``make bench`` then checks its requirements.
    """
    found: set[str] = set()
    queue = [Requirement(name) for name in names]
    while queue:
        name = canonicalize_name(queue.pop().name)
        if name not in found:
            found.add(name)
            needs = [Requirement(text) for text in needs_of(name)]
            queue += [need for need in needs if not need.marker or need.marker.evaluate()]
    return found


def needs_of(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        assert name in pins(PEER), f"{name} is not installed"
        return []


def imported_by(*paths: str) -> set[str]:
    """Return the third-party packages that files and folders import, by their installed names."""
    files = [file for path in paths for file in [ROOT / path, *(ROOT / path).rglob("*.py")]]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(read(file) if file.is_file() else "")):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    installed = packages_distributions()
    return {
        canonicalize_name(installed.get(module, [module])[0])
        for module in found - sys.stdlib_module_names - OUR_OWN
    }


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), flags=re.MULTILINE))


def make_commands(document: Path) -> set[str]:
    """Return the targets a document tells its reader to make, in backquotes or a code block."""
    return set(re.findall(r"(?:`|^\s*)make ([a-z]+)", read(document), flags=re.MULTILINE))


def layout_tree(document: Path) -> list[str]:
    """Return the lines of the first code block in which a line begins with `components/`."""
    for block in re.findall(r"^```\w*\n(.*?)^```", read(document), re.MULTILINE | re.DOTALL):
        if re.search(r"^[\s│├└─]*components/", block, flags=re.MULTILINE):
            return [line for line in block.splitlines() if line.strip(" │├└─")]
    return []


def tree_paths(lines: list[str]) -> Iterator[str]:
    """Yield the paths from the root of a tree of `names   description`, nested by indent."""
    parents: list[tuple[int, str]] = [(-1, "")]
    for line in lines:
        names = line.lstrip(" │├└─")
        indent = len(line) - len(names)
        while parents[-1][0] >= indent:
            parents.pop()
        for name in re.split(r"\s{2,}", names)[0].split(", "):
            yield parents[-1][1] + name
        parents.append((indent, parents[-1][1] + name))


def text_files() -> list[Path]:
    """Return the text files that git tracks or would track."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listing.returncode:
        # A folder without git, such as an unpacked archive: everything that make did not create.
        paths = [path for path in ROOT.rglob("*") if not CREATED & set(path.parts)]
    else:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


def test_the_readme_says_how_to_run_and_how_to_test():
    assert {"run", "test"} <= make_commands(README)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_command_a_document_names_is_a_make_target(document: str):
    assert make_commands(ROOT / document) - make_targets() == set()


def test_every_make_target_is_listed_by_make_help():
    described = set(re.findall(r"^([a-z]+):.*  ## \w", read(ROOT / "Makefile"), re.MULTILINE))
    assert make_targets() == described


def test_every_path_in_the_readmes_tree_exists():
    paths = list(tree_paths(layout_tree(README)))
    assert paths, "README.md has no fenced tree with components/ in it"
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        pytest.param(["app.py      frame", "data/  facts"], ["app.py", "data/"], id="flat"),
        pytest.param(
            ["a/", "  b.py, c.py   x", "d/"], ["a/", "a/b.py", "a/c.py", "d/"], id="indent"
        ),
        pytest.param(["├── a/", "│   └── b.py", "└── c"], ["a/", "a/b.py", "c"], id="drawn"),
    ],
)
def test_a_tree_is_read_as_paths(lines: list[str], paths: list[str]):
    assert list(tree_paths(lines)) == paths


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_a_document_names_exists(document: str):
    names = re.findall(
        r"`([\w./*-]+(?:/|\.(?:csv|geojson|md|py|toml|txt)))`", read(ROOT / document)
    )
    folders = [ROOT, ROOT / "data", ROOT / "components"]
    assert [name for name in names if not any(any(at.glob(name)) for at in folders)] == []


def test_releases_are_dated_and_the_newest_stands_first():
    releases = [
        (tuple(map(int, match["version"].split("."))), date.fromisoformat(match["date"]))
        for match in RELEASE.finditer(read(CHANGELOG))
    ]
    assert releases
    assert releases == sorted(releases, reverse=True)


def test_each_release_opens_with_a_sentence_and_keeps_to_the_headings():
    _, *parts = re.split(r"^## ", read(CHANGELOG), flags=re.MULTILINE)
    for part in parts:
        title, _, body = part.partition("\n")
        assert re.match(r"\s*[A-Z][^#]*\.\n", body), f"{title} opens without a sentence"
        assert set(re.findall(r"^### (.+)$", body, flags=re.MULTILINE)) <= SECTIONS


@pytest.mark.parametrize("path", REQUIREMENTS, ids=name_of)
def test_every_requirement_is_pinned_and_says_what_it_is_for(path: Path):
    matches = {line: PIN.fullmatch(line) for line in requirement_lines(path)}
    assert [line for line, match in matches.items() if not (match and match["comment"])] == []


def test_every_constraint_is_a_pin_and_disagrees_with_no_requirement():
    constraints = pins(CONSTRAINTS)
    requirements = pins(RUNTIME) | pins(DEVELOPMENT) | pins(PEER)
    assert len(constraints) == len(requirement_lines(CONSTRAINTS))
    assert constraints | requirements == requirements | constraints


def test_what_the_benchmarks_compare_us_with_is_asked_for_by_them_alone():
    assert {"dash", "flask-compress"} <= set(pins(PEER))
    assert set(pins(PEER)) & set(pins(RUNTIME) | pins(DEVELOPMENT) | pins(CONSTRAINTS)) == set()


@pytest.mark.parametrize("path", REQUIREMENTS, ids=name_of)
def test_whatever_a_requirement_needs_in_turn_is_pinned(path: Path):
    names = pins(RUNTIME) | pins(path)
    assert needed_by(set(names)) - set(names) - set(pins(CONSTRAINTS)) == set()


@pytest.mark.parametrize(
    ("paths", "declared"),
    [
        pytest.param(["components", "app.py", "serve.py"], [RUNTIME], id="components"),
        pytest.param(["tests"], [RUNTIME, DEVELOPMENT], id="tests"),
        pytest.param(["benchmarks"], REQUIREMENTS, id="benchmarks"),
    ],
)
def test_whatever_is_imported_is_declared(paths: list[str], declared: list[Path]):
    imported = imported_by(*paths)
    assert "streamlit" in imported
    assert imported - {name for path in declared for name in pins(path)} == set()


def test_ci_runs_what_contributors_run():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"^make check\b", read(script), flags=re.MULTILINE)


def test_no_file_names_a_foreign_host_or_a_folder_of_somebodys_machine():
    complaints = [
        f"{path.relative_to(ROOT)}:{number}: {fault}"
        for path in text_files()
        for number, line in enumerate(read(path).splitlines(), start=1)
        for fault in [
            *(host for host in FOREIGN_HOSTS if host in line.lower()),
            *(match[0] for match in SOMEBODYS_FOLDER.finditer(line)),
        ]
    ]
    assert not complaints, "\n" + "\n".join(complaints)
