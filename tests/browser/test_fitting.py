"""What only a browser knows of small windows: labels stand clear, and a finger scrolls."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, change_width

WIDTHS = (320, 375, 414, 768, 900, 1280)

LABELS_AMISS = """() => {
    const SLACK_PX = 1, OVERLAP_PX = 2
    const written = (text) => text.textContent.trim() && text.checkVisibility()
    const box = (text) => Object.assign(text.getBoundingClientRect(), { says: text.textContent })
    const common = (one, other, from, to) =>
        Math.min(one[to], other[to]) - Math.max(one[from], other[from])
    const meet = (one, other) => common(one, other, "left", "right") > OVERLAP_PX
        && common(one, other, "top", "bottom") > OVERLAP_PX
    return [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
        const frame = plot.getBoundingClientRect()
        const labels = [...plot.querySelectorAll("svg text")].filter(written).map(box)
        const cut = labels.filter((one) => one.left < frame.left - SLACK_PX
            || one.right > frame.right + SLACK_PX || one.top < frame.top - SLACK_PX
            || one.bottom > frame.bottom + SLACK_PX)
        const pairs = labels.flatMap((one, place) => labels.slice(place + 1)
            .filter((other) => meet(one, other)).map((other) => `${one.says} on ${other.says}`))
        return [...cut.map((one) => `cut: ${one.says}`), ...pairs]
    })
}"""
"""Which labels of charts leave their chart or lie on another by more than two pixels."""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?state=TN",
        "/?sector=nuclear-power",
        "/?state=PA",
        "/?state=OR",
        "/projects?project=portsmouth-gas",
        "/states?state=PA",
    ],
)
def test_labels_stand_clear_in_every_width(visit: Visit, path: str) -> None:
    page = visit(path, width=WIDTHS[0])
    amiss = list(amiss_at(page, WIDTHS[0]))
    for width in WIDTHS[1:]:
        change_width(page, width)
        amiss += amiss_at(page, width)
    assert amiss == []


def amiss_at(page: Page, width: int) -> list[str]:
    """List what does not fit a window, each with the width at which it does not."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = page.evaluate(LABELS_AMISS) + [f"{wide} px scroll sideways"] * (wide > width)
    return [f"{width} px: {one}" for one in found]
