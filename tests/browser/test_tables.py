"""The editor by hand: an event typed into the grid, refused while wrong, saved, drawn on the metric's page, undone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from data.editing import edit
from data.home import Home
from data.snapshot import open_snapshot
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
