import stat
from pathlib import Path

import plotly.graph_objects as go
import pytest

from components.exports import chromium
from components.exports.chromium import Chromium, NoBrowserError, PictureError

FIGURE = go.Figure()


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.mark.parametrize("variable", ["KALEIDO", "BROWSER_PATH"])
def test_a_browser_can_be_named(monkeypatch, browser: Path, variable: str):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv(variable, str(browser))
    assert chromium.find_browser() == browser


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/opt/no-browser")
    assert chromium.find_browser() is None
    assert "BROWSER_PATH is '/opt/no-browser', and no program is there" in (
        chromium.explain_absence()
    )


def test_pictures_can_be_switched_off(monkeypatch, browser: Path):
    monkeypatch.setenv("BROWSER_PATH", str(browser))
    monkeypatch.setenv("KALEIDO", "off")
    assert chromium.find_browser() is None
    assert "switched off" in chromium.explain_absence()


def test_without_a_browser_the_reader_learns_how_to_add_one(monkeypatch):
    for variable in ("KALEIDO", "BROWSER_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(chromium, "_installed_browser", lambda: None)
    assert "apt-get install chromium" in chromium.explain_absence()
    with pytest.raises(NoBrowserError, match="no Chromium"):
        Chromium().draw(FIGURE, kind="svg")


def test_a_browser_that_does_not_start_is_an_error_not_a_wait(monkeypatch, browser: Path):
    monkeypatch.setenv("KALEIDO", str(browser))
    with pytest.raises(PictureError):
        Chromium().draw(FIGURE, kind="svg")


def test_whoever_comes_when_too_many_wait_is_sent_away(monkeypatch):
    monkeypatch.setattr(chromium, "MAX_WAITING", 0)
    with pytest.raises(PictureError, match="waiting already"):
        Chromium().draw(FIGURE, kind="svg")


def test_nothing_is_started_before_the_first_picture():
    new = Chromium()
    assert new.pid is None
    new.close()
    assert new.pid is None


def test_the_same_figure_gives_the_same_drawing_whatever_plotly_calls_its_parts():
    def drawing(uid: str, pattern: str) -> bytes:
        return (
            f'<svg><defs id="defs-{uid}"><clipPath id="clip{uid}xy"/>'
            f'<pattern id="p{uid}-{pattern}"/></defs>'
            f'<g clip-path="url(#clip{uid}xy)" style="fill: #1f5a99; stroke: '
            f'url(#p{uid}-{pattern})"/>'
            f'<g class="trace scatter trace{pattern}">trace00ff00</g></svg>'
        ).encode()

    steady = chromium._with_steady_ids(drawing("4a2271", "9d236a"))
    assert steady == chromium._with_steady_ids(drawing("1f5a99", "00ff00"))
    assert b"fill: #1f5a99" in steady
    assert b"url(#clipplotxy)" in steady
    assert b"url(#pattern-0)" in steady
    assert b'<g class="trace scatter trace">trace00ff00</g>' in steady
