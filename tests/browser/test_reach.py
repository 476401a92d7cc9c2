"""Every page for everybody: on a phone 390 pixels wide, and for who reads with a keyboard or a screen reader
(axe-core).
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reports.pictures import LINKS
from tests.browser.conftest import OpenPage, picture, settle

GRAVE = ("serious", "critical")
# (rule, part of the selector) -> why it stays: only what Streamlit draws and no setting or style sheet of ours reaches.
# Nothing at present.
ACCEPTED: dict[tuple[str, str], str] = {}
# A chart is one figure with words of its own; going through each of its thousand marks takes axe seconds.
OUTSIDE_OF_CHARTS = {"exclude": [[".js-plotly-plot"]]}
ONLY_SERIOUS = {"resultTypes": ["violations"]}
COLLIDING = """() => { const found = [];
for (const axis of document.querySelectorAll('[class*=st-key-months_] .xaxislayer-above')) {
  const labels = [...axis.querySelectorAll('.xtick text')].map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width).sort((one, other) => one[1].left - other[1].left);
  if (labels.length === 1) found.push(`only ${labels.length} labels`);
  for (let i = 1; i < labels.length; i++)
    if (labels[i][1].left < labels[i - 1][1].right + 4)
    found.push(`${labels[i - 1][0]} ${labels[i][0]}`);
}
return found; }"""
WIDTHS = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"


def grave(page: Page) -> list[tuple[str, Any, str]]:
    """What axe finds serious or critical: rule, selector, element."""
    found = Axe().run(page, context=OUTSIDE_OF_CHARTS, options=ONLY_SERIOUS).response["violations"]
    return [
        (rule["id"], node["target"], node["html"][:200])
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in str(node["target"]) for name, part in ACCEPTED)
    ]


def test_every_page(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11", height=900)
    found: dict[str, list[object]] = {}
    for path, _ in page.evaluate(LINKS):
        if path:
            page.evaluate(f"document.querySelector('[data-testid=stSidebarNavLink][href$=\"/{path}\"]').click()")
            page.wait_for_url(f"**/{path}?**")
        settle(page)
        expect(page.locator(".sq-takeaway").first).to_be_visible()
        problems: list[object] = [*grave(page)]
        charts = page.locator("[data-testid=stPlotlyChart]").all()
        problems += [
            f"chart {n} has no words"
            for n, chart in enumerate(charts)
            if chart.get_attribute("role") != "figure" or not chart.get_attribute("aria-label")
        ]
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(500)
        problems += [f"{width} wide" for width in page.evaluate(WIDTHS) if width > 390]
        problems += page.evaluate(COLLIDING)
        if path in ("", "metric"):
            picture(page, f"phone_{path or 'overview'}")
        page.set_viewport_size({"width": 1280, "height": 900})
        if problems:
            found[path or "overview"] = problems
    assert found == {}


def test_dark(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=zh_Hans&unit=DY&month=2025-11", dark=True)
    assert grave(page) == []


def test_present_mode(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/rankings?lang=en&unit=DY&month=2025-11&present=1", width=1920, height=1080)
    assert grave(page) == []


def test_the_keyboard_reaches_filters_links_and_rows(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11", height=900)
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached |= set(
            page.evaluate(
                "(() => { const on = document.activeElement; return ['[data-testid=stSidebarNavLink]', "
                "'.st-key-filters select', '.st-key-filters .sq-open', '.st-key-filters .sq-buttons', '.sq-copy "
                "button', '.sq-copy a', '.sq-lists a', '.sq-rows a']"
                ".filter((where) => on.closest(where)); })()"
            )
        )
    assert len(reached) == 8, reached


def test_on_a_phone_the_names_of_events_stand_below_the_chart(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/metric?lang=en&unit=DY&month=2025-11&metric=complaints_per_10k", height=900)
    settle(page)
    names, listed = (
        page.locator("[class*=st-key-months_control] .annotation text[style*=sq-event]"),
        page.locator(".sq-happened li"),
    )
    expect(names.first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(names.first).to_be_hidden()
    expect(listed.filter(has_text="台风致光缆中断")).to_be_visible()
