import ast
import re
import string
from pathlib import Path
from textwrap import dedent

import pytest
from babel.messages.catalog import Catalog, Message

from components.basics import catalogue, messages

ASCII_PUNCTUATION = re.compile(r"[぀-ヿ一-鿿][,.!?:;()]|[,.!?;()][぀-ヿ一-鿿]")
SPACED = re.compile(r"[぀-ヿ一-鿿] [0-9A-Za-z]|[0-9A-Za-z%] [぀-ヿ一-鿿]")


def found(code: str, *, is_schema: bool = False) -> list[tuple[object, str | None]]:
    tree = ast.parse(dedent(code))
    return [one for one, _line in catalogue.messages_in(tree, is_schema=is_schema)]


def test_messages_are_found_wherever_they_are_marked():
    code = """
        A = mark("A sentence.")
        B = Labels({"b": "A label"}, context="label")
        C = _("{amount} is announced.", amount=a)
        D = plural("{count} row", "{count} rows", 2)
        E = in_context("page", "About")
        F = _("one" if is_one else "many")
        G = _(A)
        H = unrelated("Nothing")
    """
    assert set(found(code)) == {
        ("A sentence.", None),
        ("A label", "label"),
        ("{amount} is announced.", None),
        (("{count} row", "{count} rows"), None),
        ("About", "page"),
        ("one", None),
        ("many", None),
    }


def test_titles_and_descriptions_of_columns_are_messages_in_the_schema_alone():
    code = '_text("Note", "What a reader must know.", required=True)'
    both = {("Note", None), ("What a reader must know.", None)}
    assert set(found(code, is_schema=True)) == both
    assert found(code) == []


@pytest.mark.parametrize("message", ['f"{amount} is announced"', '"Nothing " + "glued"'])
def test_a_message_that_is_put_together_is_an_error_that_names_its_line(message: str):
    with pytest.raises(ValueError, match="line 1: a message is one text"):
        found(f"_({message})")


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    return catalogue.extracted()


def languages() -> list[str]:
    return [code for code in messages.LANGUAGES if code != messages.ENGLISH]


def own(entries: Catalog) -> dict[tuple[object, str | None], Message]:
    return {(entry.id, entry.context): entry for entry in entries if entry.id}


@pytest.mark.parametrize("code", languages())
def test_every_message_has_a_translation_and_none_is_unused(extracted: Catalog, code: str):
    wanted, given = own(extracted), own(catalogue.translated(code))
    assert [key for key in wanted if key not in given] == []
    assert [key for key in given if key not in wanted] == []


@pytest.mark.parametrize("code", languages())
def test_a_translation_has_the_values_of_its_message(code: str):
    for entry in own(catalogue.translated(code)).values():
        english = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        wanted = {name for text in map(str, english) for name in values(text)}
        assert [text for text in catalogue.texts_of(entry) if values(text) != wanted] == [], (
            entry.id
        )


@pytest.mark.parametrize("code", languages())
def test_no_translation_is_only_a_guess(code: str):
    assert [entry.id for entry in catalogue.translated(code) if entry.id and entry.fuzzy] == []


def test_japanese_has_its_own_punctuation_and_no_spaces_between_scripts():
    for entry in own(catalogue.translated("ja")).values():
        for text in catalogue.texts_of(entry):
            plain = re.sub(r"{\w+}", "", text)
            assert not ASCII_PUNCTUATION.search(plain), text
            assert not SPACED.search(text), text
            assert not re.search("[０-９Ａ-Ｚａ-ｚ]", text), text


def test_a_message_that_no_longer_exists_is_dropped_and_a_new_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    code, folder = tmp_path / "components", tmp_path / "locale" / "ja" / "LC_MESSAGES"
    code.mkdir()
    folder.mkdir(parents=True)
    (code / "words.py").write_text('A = _("Ohio")\nB = _("New")\n')
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Ohio"\nmsgstr "オハイオ州"\n\nmsgid "Old"\nmsgstr "古い"\n'
    )
    monkeypatch.setattr(catalogue, "CODE", code)
    monkeypatch.setattr(messages, "FOLDER", tmp_path / "locale")
    assert catalogue.main() == 1
    assert "no translation of 'New'" in capsys.readouterr().out
    written = own(catalogue.translated("ja"))
    assert {key[0]: entry.string for key, entry in written.items()} == {"Ohio": "オハイオ州"}
    assert 'msgid "New"\nmsgstr ""' in (folder / "messages.po").read_text()
    assert "Old" not in (folder / "messages.po").read_text()


def values(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
