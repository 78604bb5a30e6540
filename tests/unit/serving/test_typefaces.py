from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from components.serving import typefaces
from components.serving.assets import Library

SIGNS = "AaZz019 $%.,;:()–—“”‘’…×→€¥§©éōāßŁ"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def source(library: Library) -> Path:
    return library.paths[library.fonts("SourceSansVF-Upright")[0]]


@pytest.fixture(scope="module")
def small(source: Path) -> bytes:
    return typefaces.smaller(source, name="Another Name")


def test_a_smaller_font_has_the_letters_of_our_texts_in_the_weights_of_our_style(small: bytes):
    font = TTFont(BytesIO(small))
    assert [sign for sign in SIGNS if ord(sign) not in font.getBestCmap()] == []
    assert ord("Ж") not in font.getBestCmap()
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [
        ("wght", 400, 700)
    ]
    assert font.flavor == "woff2"


def test_a_smaller_font_is_less_than_half_as_large_and_the_same_each_time(
    small: bytes, source: Path
):
    assert len(small) < source.stat().st_size / 2
    assert typefaces.smaller(source, name="Another Name") == small


def test_a_changed_font_has_another_name_and_the_same_licence(small: bytes, source: Path):
    names, whole = TTFont(BytesIO(small))["name"], TTFont(source)["name"]
    assert "Source" not in f"{names.getDebugName(1)} {names.getDebugName(4)}"
    assert names.getDebugName(1) == "Another Name"
    assert [names.getDebugName(place) for place in (0, 13, 14)] == [
        whole.getDebugName(place) for place in (0, 13, 14)
    ]
