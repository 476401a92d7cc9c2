"""An export that nobody knows, by hand: drafted, corrected, saved, loaded; next month it is recognised.

And a load that is cancelled.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from data.core.home import Home
from data.profiles import load_profile
from data.snapshots.reader import current_version, open_snapshot
from tests.browser.conftest import OpenPage, picture, serving, settle

EXPORT = """Waits at the counter,,,
Period:,{month},,
Office code,Office name,Seen,In time
R1,Leeds,100,90
R2,York,200,150
R3,Hull,50,40
R4,Ripon,80,70
R5,Selby,70,50
Total,,500,400
"""
TICKETS = 250_000


def drop(page: Page, *files: Path) -> None:
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", [str(file) for file in files])


def export(folder: Path, name: str, month: str) -> Path:
    path = folder / name
    path.write_text(EXPORT.format(month=month), encoding="utf-8")
    return path


def test_a_layout_is_described_once(tmp_path: Path, open_page: OpenPage) -> None:
    home = Home(tmp_path / "home")
    with serving(home.path) as address:
        page = open_page(f"{address}/upload?lang=en", width=1280, height=1400)
        drop(page, export(tmp_path, "october.csv", "October 2025"))
        expect(page.get_by_text("With this profile (rows: 10 · units: 5 · months: 2025-10)")).to_be_visible()
        name = page.get_by_label("Name of the profile")
        name.fill("waits")
        name.press("Enter")
        settle(page)
        expect(page.locator(".sq-small").get_by_text("Leeds").first).to_be_visible()
        total = page.get_by_role("button", name="A total")
        expect(total).to_be_disabled()
        page.get_by_test_id("stDataFrame").first.click(position={"x": 120, "y": 90})
        expect(total).to_be_enabled()
        settle(page)
        picture(page, "profile_editor", full=True)
        page.get_by_role("button", name="Save the profile").click()
        # Until the run has ended the button of the run before, which could not be pressed, may stand below the new one.
        expect(page.get_by_role("button", name="Load the file").first).to_be_enabled()
        settle(page)
        assert load_profile(home.profiles / "waits.toml").indicators[0].numerator == ("Seen",)
        page.get_by_role("button", name="Load the file").click()
        expect(page.get_by_text("Version 1 is shown from now on")).to_be_visible()
        drop(page, export(tmp_path, "november.csv", "November 2025"))
        expect(page.get_by_text("profile waits").first).to_be_visible()
        settle(page)
        page.get_by_role("button", name="Load the file").click()
        expect(page.get_by_text("Version 2 is shown from now on")).to_be_visible()
        settle(page)
        expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
        picture(page, "coverage", full=True)
    assert open_snapshot(home).months() == ["2025-10", "2025-11"]
    assert open_snapshot(home).organisation.name("R1") == "Leeds"


def test_a_load_is_cancelled_and_leaves_nothing(tmp_path: Path, open_page: OpenPage) -> None:
    home = Home(tmp_path / "home")
    lines = "\n".join(f"T{number},2025-{number % 11 + 1:02d}-05,R1,c{number % 7}" for number in range(TICKETS))
    many = tmp_path / "tickets.csv"
    many.write_text(f"ticket_id,received_at,unit,category\n{lines}\n", encoding="utf-8")
    units = tmp_path / "units.csv"
    units.write_text("code,name,level,parent\nP,All,province,\nR1,Leeds,city,P\n", encoding="utf-8")
    before = set(Path(tempfile.gettempdir()).glob("upload-*"))
    with serving(home.path) as address:
        page = open_page(f"{address}/upload?lang=en")
        drop(page, units, many)
        page.get_by_role("button", name="Cancel", exact=True).click()
        expect(page.get_by_text("tickets.csv")).to_have_count(0)
        expect(page.get_by_text("What was understood")).to_have_count(0)
        settle(page)
        assert current_version(home) is None
        # The click counts at the next step of the reading that is under way.
        until = time.monotonic() + 30
        while (left := set(Path(tempfile.gettempdir()).glob("upload-*")) - before) and time.monotonic() < until:
            page.wait_for_timeout(200)
        assert not left
        drop(page, units)
        expect(page.get_by_role("button", name="Load the file")).to_be_enabled()
