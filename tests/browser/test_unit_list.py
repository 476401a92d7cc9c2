"""Very many units: their list is no part of the page until somebody searches it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.core.home import Home
from data.loading.commit import load
from pages.shared.frame.unit_list import AT_ONCE
from tests.browser.conftest import OpenPage, serving, settle

LIST = "#sq-units"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over a province with more halls than are listed at once."""
    folder = tmp_path_factory.mktemp("many")
    halls = [f"H{number:04d},营业厅{number:04d},hall,DY" for number in range(AT_ONCE)]
    units = folder / "units.csv"
    units.write_text(
        "\n".join(["编码,名称,层级,上级", "P,海岳省,province,", "DY,大洋,city,P", *halls]), encoding="utf-8"
    )
    customers = folder / "customers.csv"
    customers.write_text("月份,单位,客户数\n2025-11,DY,352000\n2025-11,H0007,1200\n", encoding="utf-8")
    report = load(Home(folder / "home"), [Path(units), customers])
    assert report.committed, [one.message() for file in report.files for one in file.findings]
    with serving(folder / "home") as address:
        yield address


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_comes_when_it_is_searched_and_stays(many: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{many}/?lang=en&unit=DY&month=2025-11", width=width)
    assert page.locator(LIST).count() == 0
    page.get_by_role("button", name="Unit: 大洋").click()
    search = page.get_by_role("combobox", name="Name or code of a unit")
    expect(search).to_be_focused()
    search.fill("0007")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Unit: 营业厅0007")).to_be_visible()
    settle(page)
    assert page.locator(LIST).count() == 1
    page.get_by_role("button", name="Unit: 营业厅0007").click()
    expect(page.get_by_role("combobox", name="Name or code of a unit")).to_be_focused()


def test_a_few_hundred_are_sent_with_the_page(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11")
    assert page.locator(LIST).count() == 1
