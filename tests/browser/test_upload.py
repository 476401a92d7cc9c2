"""A month by hand, as an analyst does it: a broken row, its finding, the corrected file, confirm, ranks move, undo."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture, serving, settle
from tests.conftest import SAMPLES, run_module, run_process

MONTH = SAMPLES / "next_month"
FILES = [
    "客户规模_2025年12月.xlsx",
    "投诉工单_大洋_2025年12月.xlsx",
    "投诉月报_2025年12月.xlsx",
    "标准满意度_2025年12月.xlsx",
]
BROKEN, CORRECTED = "熱線服務_2025年12月_有误.xlsx", "熱線服務_2025年12月.xlsx"


def drop(page: Page, names: list[str]) -> None:
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", [str(MONTH / name) for name in names])
    expect(page.get_by_text("What was understood")).to_be_visible(timeout=60_000)
    settle(page)


def hotline_rank(home: Path, month: str) -> dict:
    found = json.loads(
        run_module(
            "metrics", "ranking", "hotline_first_contact", "--month", month, "--level", "city", "--json", home=home
        ).stdout
    )
    return {entry["unit"]: entry["rank"] for entry in found["units"]}


def test_a_new_month_by_hand(home_copy: Path, open_page: OpenPage) -> None:
    with serving(home_copy) as address:
        page = open_page(f"{address}/upload?lang=en", width=1280, height=900)
        drop(page, [*FILES, BROKEN])
        # the broken row: named with its cell, and only its own file is refused
        expect(page.get_by_text("A file with an error is refused as a whole; refused: 1")).to_be_visible()
        expect(page.get_by_role("button", name="Load 4 of 5 files")).to_be_enabled()
        picture(page, "upload_findings")
        page.reload()
        settle(page)
        drop(page, [*FILES, CORRECTED])
        page.get_by_role("button", name="Load 5 of 5 files").click()
        expect(page.get_by_text("Version 2 is shown from now on")).to_be_visible(timeout=60_000)
        picture(page, "upload_done")
        assert hotline_rank(home_copy, "2025-12") != hotline_rank(home_copy, "2025-11")
        page.get_by_role("link", name="Overview").click()
        settle(page)
        expect(page.get_by_text("Data to 2025-12")).to_be_visible()
        # undo the newest batch on the page: its figures are gone, the rest stays
        page.get_by_role("link", name="Upload").click()
        settle(page)
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_role("button", name="Bring back")).to_be_visible(timeout=60_000)
        settle(page)
        newest = json.loads(run_module("data", "history", "--json", home=home_copy).stdout)["batches"][0]
        assert (newest["undone"], newest["file"]) == (True, CORRECTED)
        assert set(hotline_rank(home_copy, "2025-12").values()) == {None}


def test_a_load_from_the_command_line_shows_without_a_restart(light_copy: Path, open_page: OpenPage) -> None:
    with serving(light_copy) as address:
        page = open_page(f"{address}/?lang=en")
        expect(page.get_by_text("Data to 2025-11")).to_be_visible()
        run_process("data", "load", *[str(MONTH / name) for name in FILES], home=light_copy)
        page.get_by_role("link", name="Rankings").click()
        settle(page)
        expect(page.get_by_text("Data to 2025-12")).to_be_visible()


def test_an_empty_home_leads_to_the_upload(tmp_path: Path, open_page: OpenPage) -> None:
    with serving(tmp_path / "empty") as address:
        page = open_page(f"{address}/?lang=zh_Hans")
        expect(page.get_by_text("还没有导入任何数据").or_(page.locator(".sq-empty h1"))).to_be_visible()
        picture(page, "empty_zh_Hans")
        page.locator("[data-testid=stPageLink] a").click()
        settle(page)
        expect(page.locator("[data-testid=stFileUploaderDropzoneInput]")).to_be_attached()


def test_findings_are_read_in_lines_not_letters(light_copy: Path, open_page: OpenPage) -> None:
    with serving(light_copy) as address:
        page = open_page(f"{address}/upload?lang=zh_Hans", width=1280, height=900)
        page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", str(MONTH / BROKEN))
        severity = page.get_by_role("cell", name="错误", exact=True)
        expect(severity).to_be_visible()
        settle(page)
        assert severity.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
        lines = (
            "cell => { const range = document.createRange(); range.selectNodeContents(cell); "
            "return new Set([...range.getClientRects()].map(box => box.top)).size }"
        )
        assert severity.evaluate(lines) == 1
        page.set_viewport_size({"width": 390, "height": 900})
        settle(page)
        row = severity.locator("xpath=..")
        assert row.evaluate("row => row.offsetHeight") < 90
        assert row.locator("td").nth(1).evaluate(lines) <= 2, "the file's name"
        picture(page, "upload_findings_phone")
