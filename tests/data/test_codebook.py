"""The codebook in the README of the data is the one the schemas give."""

from pathlib import Path

from pydantic import BaseModel

from components.exports.codebook import README, codebook_markdown, with_codebook
from components.facts.pledge import ENTRIES, SECTIONS, Pledge
from components.facts.schema import TABLES

ROOT = Path(__file__).parents[2]


def test_the_readme_holds_the_current_codebook():
    text = (ROOT / README).read_text(encoding="utf-8")
    assert text == with_codebook(text), "run: python -m components.exports.codebook --write"


def test_every_column_and_every_key_is_in_the_codebook():
    codebook = codebook_markdown()
    columns = {name for table in TABLES for name in table.columns}
    models: list[type[BaseModel]] = [Pledge, *ENTRIES.values(), *SECTIONS.values()]
    keys = {name for model in models for name in model.model_fields}
    assert {name for name in columns | keys if f"| `{name}` |" not in codebook} == set()


def test_every_part_of_the_pledge_has_a_table_of_its_own():
    headings = [line for line in codebook_markdown().splitlines() if "pledge.toml, [" in line]
    assert headings == [
        "### pledge.toml, [[tranches]]",
        "### pledge.toml, [[sectors]]",
        "### pledge.toml, [[terms]]",
        "### pledge.toml, [agreements]",
        "### pledge.toml, [interests]",
    ]
    assert "| `agreements` | section |  |" in codebook_markdown()


def test_every_row_of_the_codebook_describes_and_fits_its_header():
    for block in codebook_markdown().split("\n\n"):
        if block.startswith("|"):
            header, _, *rows = block.splitlines()
            assert {row.count("|") for row in rows} == {header.count("|")}
            assert all(row.rstrip(" |").endswith(".") for row in rows)


def test_every_file_of_the_folder_is_described():
    text = (ROOT / README).read_text(encoding="utf-8")
    headings = {line.removeprefix("### ") for line in text.splitlines() if line.startswith("###")}
    tables = {path.name for path in (ROOT / "data").iterdir() if path.suffix in {".csv", ".toml"}}
    assert tables - headings == set()


def test_a_flag_says_how_files_write_it():
    (row,) = {line for line in codebook_markdown().splitlines() if "| `is_in_filter` |" in line}
    assert row.endswith("TRUE or FALSE in CSV, true or false in JSON. |")
