"""Copying, drilling and going back in the real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, click_mark, picture, serving, settle


def unit_of(address: str) -> str:
    return parse_qs(urlparse(address).query)["unit"][0]


@pytest.fixture(scope="module")
def own_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the samples: a copied link pins its version."""
    return Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("links") / "home"))


@pytest.fixture(scope="module")
def own_dashboard(own_home: Path) -> Iterator[str]:
    with serving(own_home) as address:
        yield address


def pinned(home: Path) -> list[str]:
    return [path.stem for path in home.glob("snapshots/*.pinned")]


def test_copied_links(own_dashboard: str, own_home: Path, open_page: OpenPage) -> None:
    page = open_page(f"{own_dashboard}/complaints?unit=DY&month=2025-11&lang=en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    held, steps = {}, page.evaluate("history.length")
    for name in ("live", "pinned"):
        page.locator("button[data-copy]").nth(0 if name == "live" else 1).click()
        expect(page.get_by_text("Copied")).to_be_visible()
        held[name] = parse_qs(urlparse(page.evaluate("navigator.clipboard.readText()")).query)
        page.wait_for_timeout(1600)
        if name == "live":
            assert not pinned(own_home)
    for _ in range(100):
        if not pinned(own_home):
            page.wait_for_timeout(100)
    assert pinned(own_home) == ["000001"]
    settle(page)
    assert "keep" not in page.url
    assert page.evaluate("history.length") == steps, "copying is no step of the browser's history"
    assert "version" not in held["live"]
    assert "version" in held["pinned"]
    assert held["live"]["unit"] == held["pinned"]["unit"] == ["DY"]


def test_a_click_on_a_bar_goes_to_its_unit_and_back(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/rankings?unit=DY&month=2025-11&lang=en&metric=complaints_per_10k")
    click_mark(page, page.locator("[class*=st-key-bars] .barlayer .point path").first)
    page.wait_for_function("new URLSearchParams(location.search).get('unit') !== 'DY'")
    settle(page)
    assert unit_of(page.url) != "DY"
    picture(page, "drilled")
    page.go_back()
    page.wait_for_function("new URLSearchParams(location.search).get('unit') === 'DY'")
    settle(page)
    assert page.locator("[data-testid=stException]").count() == 0


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(address).query).items()}


def test_a_click_on_a_cell_goes_to_its_unit_and_metric_and_back(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/rankings?unit=DY&month=2025-11&lang=en&metric=complaints_per_10k", height=1200)
    cell = page.locator(".sq-heat tbody tr").nth(4).locator("td a").nth(6)
    cell.scroll_into_view_if_needed()
    settle(page)
    cell.click()
    page.wait_for_function("new URLSearchParams(location.search).get('metric') !== 'complaints_per_10k'")
    settle(page)
    assert query(page.url)["unit"] != "DY"
    page.go_back()
    page.wait_for_function("new URLSearchParams(location.search).get('unit') === 'DY'")
    settle(page)
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_heat_map_is_saved_as_a_picture_of_twice_its_size(
    dashboard: str, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(f"{dashboard}/rankings?unit=DY&month=2025-11&lang=zh_Hans", height=1200)
    button = page.get_by_role("button", name="保存为图片: 主要指标")
    button.scroll_into_view_if_needed()
    settle(page)
    with page.expect_download() as waited:
        button.click()
    assert waited.value.suggested_filename == "大洋_主要指标_2025-11.png"
    waited.value.save_as(tmp_path / "heat.png")
    box = page.locator(".sq-heat table").bounding_box()
    with Image.open(tmp_path / "heat.png") as picture:
        assert box is not None
        assert picture.width == pytest.approx(2 * (box["width"] + 16), abs=2)
        # The first cell of the first row is the chosen unit's, the best: dark ground, light words; a blank picture has
        # one colour.
        colours = picture.convert("RGB").getcolors(1_000_000)
    assert colours is not None
    assert len(colours) > 20
    assert (0x0B, 0x72, 0x85) in [colour for _, colour in colours]


def test_a_click_on_a_category_shows_it_alone_and_leads_to_its_complaints(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/complaints?unit=DY&month=2025-11&lang=en", height=1200)
    click_mark(page, page.locator("[class*=st-key-pareto_category] .barlayer .point path").first)
    # Chosen, and still so once all is settled.
    expect(page).to_have_url(re.compile("category="))
    settle(page)
    expect(page.get_by_role("link", name="The complaints themselves")).to_be_visible()
    category = query(page.url)["category"]
    expect(page.get_by_role("heading", name=f"{category} alone")).to_be_visible()
    picture(page, "category_alone", full=True)
    page.go_back()
    expect(page.get_by_role("link", name="The complaints themselves")).to_have_count(0)
    settle(page)
    assert "category" not in query(page.url)
    page.go_forward()
    page.get_by_role("link", name="The complaints themselves").click()
    expect(page.get_by_text("Customers are masked")).to_be_visible()
    settle(page)
    assert query(page.url)["category"] == category
    page.go_back()
    expect(page.get_by_role("heading", name=f"{category} alone")).to_be_visible()
    settle(page)
    page.goto(f"{dashboard}/complaints?unit=DY&month=2025-11&lang=en&category={category}")
    settle(page)
    page.get_by_role("button", name="Show all again").click()
    expect(page.get_by_role("link", name="The complaints themselves")).to_have_count(0)
    settle(page)
    assert "category" not in query(page.url)


def test_a_click_in_the_menu_is_one_step_back(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/complaints?unit=DY&month=2025-11&lang=en")
    page.get_by_role("link", name="Rankings").first.click()
    page.wait_for_function(
        "new URLSearchParams(location.search).get('unit') === 'DY' && location.pathname.endsWith('rankings')"
    )
    settle(page)
    page.go_back()
    page.wait_for_function("location.pathname.endsWith('complaints')")
    settle(page)
    assert query(page.url)["month"] == "2025-11"
    expect(page.get_by_role("heading", name="Complaints by category")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("rankings?chart=places&metric=complaints_per_10k", "[class*=st-key-months_places] .scatterlayer .point"),
        ("rankings?chart=funnel&metric=complaints_per_10k", "[class*=st-key-funnel] .scatterlayer .point"),
        ("satisfaction?", "[class*=st-key-scatter_] .scatterlayer .point"),
    ],
    ids=["places", "funnel", "survey against survey"],
)
def test_a_click_on_a_point_goes_to_its_unit(dashboard: str, open_page: OpenPage, path: str, points: str) -> None:
    page = open_page(f"{dashboard}/{path}&unit=DY&month=2025-11&lang=en", height=2400)
    others = page.locator(points)
    expect(others.first).to_be_visible()
    # The first may be the chosen unit's own.
    for place in range(0, others.count(), max(1, others.count() // 4)):
        click_mark(page, others.nth(place))
        settle(page)
        if unit_of(page.url) != "DY":
            break
    settle(page)
    assert unit_of(page.url) != "DY"
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_cell_of_the_scorecard_explains_itself_and_a_click_on_it_goes_to_the_metric(
    dashboard: str, open_page: OpenPage
) -> None:
    page = open_page(f"{dashboard}/?unit=DY&month=2025-11&lang=en")
    unseen = page.evaluate(
        """() => [...document.querySelectorAll('.sq-rows tbody td[title]')].filter((cell) => {
          cell.scrollIntoView({block: 'center'});
          const {left, top, width, height} = cell.getBoundingClientRect();
          return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('[title]') !== cell;
        }).map((cell) => cell.title)"""
    )
    assert unseen == []
    page.locator(".sq-rows tbody tr:has(a) td[title]").last.click()
    page.wait_for_url("**/metric?**")
    settle(page)
    assert query(page.url)["unit"] == "DY"
    page.go_back()
    page.wait_for_function("!location.pathname.endsWith('metric')")
