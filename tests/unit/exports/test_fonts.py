from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import typst
from fontTools.ttLib import TTFont

from components.exports import fonts


def families() -> list[str]:
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(folder) for folder in fonts.folders()]
    ).families()


def test_the_type_of_the_page_of_japanese_and_of_other_scripts_is_there():
    assert {fonts.SANS, fonts.SERIF, fonts.JAPANESE, fonts.OTHERS} <= set(families())


def test_chromium_is_told_of_every_folder_beside_the_systems_own():
    root = ElementTree.parse(fonts.fontconfig_file()).getroot()
    assert [Path(str(each.text)) for each in root.iter("dir")] == fonts.folders()
    assert [each.text for each in root.iter("include")] == ["/etc/fonts/fonts.conf"]


def test_another_release_of_streamlit_without_the_type_leaves_a_substitute(monkeypatch, caplog):
    monkeypatch.setattr(fonts, "SHIPPED", {"NoSuchType": "none.ttf"})
    monkeypatch.setattr(fonts, "_unpack", fonts._unpack.__wrapped__)
    assert fonts.OTHERS in families()
    assert "Streamlit ships no NoSuchType" in caplog.text


def test_who_asks_at_the_same_time_first_gets_the_same_folder(monkeypatch):
    unpack = fonts._unpack.__wrapped__
    monkeypatch.setattr(fonts, "_unpack", lru_cache(unpack))
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(lambda _: fonts.folders()[0], range(4))
    assert set(others) == {first}
    assert (first / "source-sans.ttf").exists()


def test_the_fixed_weights_keep_the_day_of_their_font():
    folder = fonts.folders()[0]
    names = ("source-sans.ttf", *(f"drawn-{weight}.ttf" for weight in fonts.DRAWN_WEIGHTS))
    assert len({TTFont(folder / name)["head"].modified for name in names}) == 1
