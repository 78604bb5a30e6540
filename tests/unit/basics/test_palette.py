from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from components.basics.palette import (
    NEUTRAL,
    NEUTRAL_COLOUR,
    SECTOR_COLOURS,
    Theme,
    contrast,
    either_theme,
    faint,
    halves,
    luminance,
    paired,
    print_theme,
    rgb,
    screen_theme,
    text_on,
)

THEMES = {
    "light": screen_theme("light", width=600),
    "dark": screen_theme("dark", width=600),
    "print": print_theme(),
}
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())

DRAWN = (*SECTOR_COLOURS, NEUTRAL)

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
VISIONS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}

# A difference of 2 to 3 is just visible side by side; separate areas need several times that.
FAR_ENOUGH = 10.0

XYZ_OF_RGB = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
D65 = [0.95047, 1.0, 1.08883]


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    """Return CIE L*a*b* of a colour as it is seen with some colour vision."""
    channels = np.array(rgb(colour)) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISIONS[vision]) @ linear, 0, 1)
    ratio = np.array(XYZ_OF_RGB) @ seen / D65
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@each_theme
@pytest.mark.parametrize("name", DRAWN)
def test_a_bar_stands_out_from_the_paper(name: str, theme: Theme):
    assert contrast(theme.sector_colour(name), theme.paper) >= 3


@each_theme
@pytest.mark.parametrize("use", ["ink", "muted", "accent"])
def test_text_can_be_read_on_the_paper(use: str, theme: Theme):
    assert contrast(getattr(theme, use), theme.paper) >= 4.5


@each_theme
def test_a_label_can_be_read_on_every_shade_of_the_map(theme: Theme):
    assert min(contrast(text_on(shade), shade) for shade in theme.shades) >= 4.5


@each_theme
def test_shades_go_from_pale_to_strong(theme: Theme):
    ratios = [contrast(shade, theme.paper) for shade in (theme.land, *theme.shades)]
    assert ratios == sorted(ratios)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_sectors_can_be_told_apart_and_from_the_neutral_ones(vision: str, mode: str):
    theme = THEMES[mode]
    seen = {name: lab(theme.sector_colour(name), vision) for name in DRAWN}
    distances = {
        (first, second): round(float(np.linalg.norm(seen[first] - seen[second])), 1)
        for first, second in combinations(DRAWN, 2)
    }
    assert {pair: far for pair, far in distances.items() if far < FAR_ENOUGH} == {}


def test_neutral_is_no_colour_of_a_sector():
    assert NEUTRAL not in SECTOR_COLOURS
    assert NEUTRAL_COLOUR not in SECTOR_COLOURS.values()


@pytest.mark.parametrize("name", ["mauve", "", NEUTRAL])
def test_an_unknown_colour_is_neutral(name: str):
    colours = [theme.sector_colour(name) for theme in THEMES.values()]
    light, dark = NEUTRAL_COLOUR
    assert colours == [light, dark, light]


def test_print_has_the_colours_of_the_light_screen_and_fonts_of_its_own():
    light, printed = THEMES["light"], THEMES["print"]
    for use in ("paper", "ink", "muted", "grid", "accent", "accent_pale", "remainder", "land"):
        assert getattr(printed, use) == getattr(light, use)
    assert printed.shades == light.shades
    assert printed.font != light.font
    assert (printed.is_print, light.is_print) == (True, False)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        pytest.param("#000000", "#ffffff", 21, id="black on white"),
        pytest.param("#ffffff", "#000000", 21, id="either way round"),
        pytest.param("#777777", "#777777", 1, id="none"),
        pytest.param("#767676", "#ffffff", 4.54, id="the grey WCAG names"),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


def test_luminance_goes_from_black_to_white():
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#00ff00") == pytest.approx(0.7152)


@pytest.mark.parametrize(("ground", "ink"), [("#ffffff", "#111111"), ("#1f5a99", "#ffffff")])
def test_text_takes_the_colour_that_reads_better(ground: str, ink: str):
    assert text_on(ground) == ink


def test_the_theme_for_either_paper_is_that_of_each_in_half():
    either = either_theme(width=600)
    for place, mode in enumerate(("light", "dark")):
        for field in fields(Theme):
            one, own = getattr(either, field.name), getattr(THEMES[mode], field.name)
            if field.name == "mode":
                assert one == "either"
            elif isinstance(own, tuple):
                assert tuple(halves(shade)[place] for shade in one) == own
            else:
                assert (halves(one)[place] if isinstance(one, str) else one) == own
        for name in DRAWN:
            assert halves(either.sector_colour(name))[place] == THEMES[mode].sector_colour(name)


def test_every_colour_of_the_theme_for_either_paper_is_a_pair():
    either = either_theme(width=600)
    texts = [getattr(either, field.name) for field in fields(Theme)]
    colours = [text for text in texts if isinstance(text, str) and "#" in text]
    assert len(colours) == 9
    for colour in (*colours, *either.shades, *map(either.sector_colour, DRAWN)):
        light, dark = halves(colour)
        assert colour == f"light-dark({light},{dark})"
        assert light != dark


def test_text_on_a_pair_reads_on_both():
    ground = paired("#ffffff", "#1f5a99")
    assert text_on(ground) == "light-dark(#111111,#ffffff)"
    assert text_on(paired("#ffffff", "#eeeeee")) == "#111111"


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        pytest.param("#1f5a99", "rgba(31, 90, 153, 0.14)", id="one"),
        pytest.param(
            "light-dark(#1f5a99,#6ea8e6)",
            "light-dark(rgba(31, 90, 153, 0.14),rgba(110, 168, 230, 0.14))",
            id="a pair",
        ),
    ],
)
def test_a_faint_colour_can_be_split_like_any_other(colour: str, expected: str):
    assert faint(colour, 0.14) == expected
    assert {f"rgba{(*rgb(half), 0.14)}" for half in halves(colour)} == set(halves(expected))
