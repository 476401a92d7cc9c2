"""Present mode in the real browser: one sheet of 16 by 9, nothing around it, nothing cut, and the keys that turn its
pages.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from pages.shared.browser import read_source
from reports.pictures import LINKS, WORKING
from tests.browser.conftest import OpenPage, picture, settle

CHROME = (
    "[data-testid=stSidebar], [data-testid=stHeader], .st-key-filters, .st-key-choices, .stMainBlockContainer button, "
    ".sq-copy a, .modebar-btn"
)
# What lies outside of the screen, and what is larger than the frame that it stands in.
CUT = """() => { const found = [];
for (const one of document.querySelectorAll('.stMainBlockContainer *')) {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || !box.height || style.visibility === 'hidden') continue;
  const name = `${one.tagName} ${one.getAttribute('class')} ${(one.textContent || '').slice(0, 40)}`;
  if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1)
    found.push(`outside: ${name}`);
  if (one instanceof SVGElement || style.display === 'inline' || !one.clientHeight ||
    one.closest('.stPlotlyChart')) continue;
  const chart = one.querySelector('.stPlotlyChart');
  if (style.overflowY !== 'visible' && !chart && one.scrollHeight > one.clientHeight + 2)
    found.push(`higher than its frame: ${name}`);
  if (style.overflowX !== 'visible' && !chart && one.scrollWidth > one.clientWidth + 2)
    found.push(`wider than its frame: ${name}`);
}
for (const chart of document.querySelectorAll('.stMainBlockContainer .js-plotly-plot')) {
  const inner = chart.getBoundingClientRect(),
    frame = (chart.closest('[data-testid=stColumn]') ?? document.body).getBoundingClientRect();
  if (inner.right > frame.right + 2 || inner.bottom > frame.bottom + 2 || inner.width < 0.9 * frame.width)
    found.push(`chart: ${inner.width} x ${inner.height} in ${frame.width} x ${frame.height}`);
}
return found; }"""
SCROLLS = """(() => { const main = document.querySelector('[data-testid=stMain]');
return [main.scrollWidth - innerWidth, main.scrollHeight - innerHeight,
        document.documentElement.scrollHeight - innerHeight]; })()"""


def check(page: Page) -> None:
    expect(page.locator(".sq-takeaway")).to_be_visible()
    expect(page.locator(".sq-footer")).to_be_visible()
    settle(page)
    assert [one for one in page.locator(CHROME).all() if one.is_visible()] == []
    assert page.evaluate(SCROLLS) == [0, 0, 0]
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize(
    ("lang", "dark", "width", "height"), [("en", False, 1920, 1080), ("zh_Hant", True, 1280, 720)], ids=["1920", "1280"]
)
def test_through_all_pages_with_the_keys(
    dashboard: str, open_page: OpenPage, lang: str, dark: bool, width: int, height: int
) -> None:
    page = open_page(f"{dashboard}/?lang={lang}&unit=DY&month=2025-09", width=width, height=height, dark=dark)
    paths = [path for path in page.evaluate(f"{LINKS}.map(([path]) => path)") if path not in WORKING]
    # All pages once; the other size, language and mode on the first few.
    paths = paths if width == 1920 else paths[:5]
    page.locator(".sq-copy a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".sq-stage", state="attached")
    settle(page)
    check(page)
    picture(page, f"present_overview_{lang}_{width}")
    chosen = {name: parse_qs(urlparse(page.url).query)[name] for name in ("unit", "month", "lang", "version")}
    assert chosen.items() >= {"unit": ["DY"], "month": ["2025-09"], "lang": [lang]}.items()
    for path in paths[1:]:
        page.keyboard.press("PageDown" if path == "metric" else "ArrowRight")
        page.wait_for_url(f"**/{path}?**present=1**")
        settle(page)
        check(page)
        assert chosen.items() <= parse_qs(urlparse(page.url).query).items()
        picture(page, f"present_{path}_{lang}_{width}")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{paths[-2]}?**present=1**")
    settle(page)
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stSidebar]")).to_be_visible()
    settle(page)
    assert "present" not in parse_qs(urlparse(page.url).query)
    assert urlparse(page.url).path == f"/{paths[-2]}"


def test_pages_on_which_somebody_works_are_left_out() -> None:
    assert all(f"'{page}'" in read_source("keys.js") for page in WORKING)


def inked(picture: Image.Image, top: int, bottom: int) -> bool:
    """Whether anything but the ground is drawn between two rows."""
    colours = picture.convert("RGB").crop((0, top, picture.width, bottom)).getcolors(1_000_000)
    return colours is not None and len(colours) > 8


def test_a_chart_saves_itself_under_what_it_shows(dashboard: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"{dashboard}/metric?unit=DY&month=2025-11&lang=en&metric=complaints_per_10k")
    chart = page.locator("[class*=st-key-months_control] .js-plotly-plot")
    expect(chart).to_be_visible()
    chart.hover(position={"x": 100, "y": 100})
    button = chart.locator(".modebar-btn").first
    expect(button).to_be_visible()
    colour = "getComputedStyle(document.querySelector('.js-plotly-plot .modebar-group')).backgroundColor"
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"
    picture(page, "chart_button")
    with page.expect_download() as saved:
        button.click()
    assert saved.value.suggested_filename == "大洋_Complaints-per-10,000-customers_2025-11.png"
    saved.value.save_as(tmp_path / "chart.png")
    box = chart.bounding_box()
    assert box is not None
    with Image.open(tmp_path / "chart.png") as saved_picture:
        assert saved_picture.width == pytest.approx(2 * box["width"], abs=2)
        around = saved_picture.height - round(2 * box["height"])
        assert around > 2 * 60, "title and subtitle above the chart, the page's footer below it"
        assert inked(saved_picture, 0, 70)
        assert inked(saved_picture, saved_picture.height - 60, saved_picture.height)
