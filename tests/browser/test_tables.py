"""The editor by hand: an event typed into the grid, refused while wrong, saved, drawn on the metric's page, undone."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from data.core.home import Home
from data.operations.edit import edit
from data.snapshots.reader import open_snapshot
from tests.browser.conftest import OpenPage, picture, serving, settle

# Glide's grid is a canvas: its header is 32 pixels high, the number column 34 wide.
FIRST_LINE = {"x": 80, "y": 50}


def typed(page: Page, *cells: str) -> None:
    """Adds a line at the end of the (empty) grid and types its first cells."""
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.click(position=FIRST_LINE)
    page.wait_for_timeout(400)
    for place, cell in enumerate(cells):
        if place:
            page.keyboard.press("Enter")
            page.wait_for_timeout(200)
        page.keyboard.type(cell, delay=15)
        page.keyboard.press("Tab")
        page.wait_for_timeout(200)
    page.keyboard.press("Escape")
    settle(page)


def test_an_event_by_hand(home_copy: Path, open_page: OpenPage) -> None:
    home = Home(home_copy)
    edit(home, "events", pd.DataFrame(columns=["month", "title"]))
    with serving(home_copy) as address:
        page = open_page(f"{address}/tables?table=notes&lang=en")
        expect(page.get_by_text("Notes: every change is checked")).to_be_visible()
        page.get_by_text("Events", exact=True).click()
        settle(page)
        typed(page, "2025-10", "新资费上线")
        expect(page.get_by_text("Rows that saving changes: 1")).to_be_visible()
        picture(page, "tables_event")
        page.get_by_role("button", name="Save the changes").click()
        expect(page.get_by_text("saved as version 3")).to_be_visible(timeout=60_000)
        assert open_snapshot(home).events()[["month", "label"]].values.tolist() == [["2025-10", "新资费上线"]]
        settle(page)
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_role("button", name="Bring back")).to_be_visible(timeout=60_000)
        assert open_snapshot(home).events().empty


def test_what_is_typed_and_not_saved_survives(home_copy: Path, open_page: OpenPage) -> None:
    home = Home(home_copy)
    edit(home, "events", pd.DataFrame(columns=["month", "title"]))
    edit(home, "events", pd.DataFrame([["2025-09", "旧套餐下线"]], columns=["month", "title"]))
    with serving(home_copy) as address:
        page = open_page(f"{address}/tables?table=events&lang=en")
        grid = page.locator("[data-testid=stDataFrame]").first
        grid.click(position={"x": 80, "y": 85})
        page.wait_for_timeout(400)
        page.keyboard.type("2025-10", delay=15)
        for key in ("Tab", "Enter"):
            page.keyboard.press(key)
            page.wait_for_timeout(200)
        page.keyboard.type("新资费上线", delay=15)
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        settle(page)
        change = page.get_by_role("cell", name="2025-10 · 新资费上线")
        expect(change).to_be_visible()

        page.get_by_role("button", name="Notes", exact=True).click()
        settle(page)
        expect(change).to_be_hidden()
        page.get_by_role("button", name="Events ✎").click()
        settle(page)
        expect(change).to_be_visible()

        page.locator("select[data-choice=lang]").select_option("zh_Hans")
        settle(page)
        expect(change).to_be_visible()
        page.locator("select[data-choice=lang]").select_option("en")
        settle(page)
        expect(change).to_be_visible()

        page.get_by_role("link", name="Overview").click()
        settle(page)
        page.get_by_role("link", name="Tables").click()
        settle(page)
        page.get_by_role("button", name=re.compile("^Events")).click()
        settle(page)
        expect(change).to_be_visible()

        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_text("The table was changed in the meantime")).to_be_visible()
        settle(page)
        expect(change).to_be_visible()
        expect(page.get_by_text("Rows that saving changes: 1")).to_be_visible()
        picture(page, "tables_kept")

        page.get_by_role("button", name="Save the changes").click()
        expect(page.get_by_text("saved as version")).to_be_visible()
        assert open_snapshot(home).events()[["month", "label"]].values.tolist() == [["2025-10", "新资费上线"]]


def test_what_is_typed_can_be_discarded(home_copy: Path, open_page: OpenPage) -> None:
    edit(Home(home_copy), "events", pd.DataFrame(columns=["month", "title"]))
    with serving(home_copy) as address:
        page = open_page(f"{address}/tables?table=events&lang=en")
        typed(page, "2025-10", "新资费上线")
        expect(page.get_by_text("Rows that saving changes: 1")).to_be_visible()
        page.get_by_role("button", name="Discard the changes").click()
        settle(page)
        expect(page.get_by_text("Rows that saving changes: 1")).to_be_hidden()
        expect(page.get_by_text("Type into a cell")).to_be_visible()
