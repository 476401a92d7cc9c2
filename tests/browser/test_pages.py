"""Every page in the real browser: it draws, in three languages, without an error in the page or its console; links
carry the view.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, picture, serving, settle

PAGES = [
    "",
    "metric",
    "complaints",
    "satisfaction",
    "self_service",
    "retention",
    "family",
    "rankings",
    "compare",
    "trends",
    "tables",
    "upload",
    "methods",
]
LANGUAGES = ["en", "zh_Hans", "zh_Hant"]


@pytest.mark.parametrize("name", PAGES)
def test_it_draws(dashboard: str, open_page: OpenPage, name: str) -> None:
    lang = LANGUAGES[PAGES.index(name) % 3]
    page = open_page(f"{dashboard}/{name}?lang={lang}&unit=DY&month=2025-11", height=1000)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    expect(page.locator(".sq-takeaway").first).to_be_visible()
    assert page.locator("[data-testid=stException]").count() == 0
    assert not [error for error in errors if "favicon" not in error]
    picture(page, f"{name or 'overview'}_{lang}")


def test_a_link_opens_the_same_view_in_another_browser(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?unit=DY&month=2025-09&period=ytd&lang=zh_Hant")
    title = page.locator(".sq-takeaway").first.inner_text()
    held = parse_qs(urlparse(page.url).query)
    assert {"unit": ["DY"], "month": ["2025-09"], "period": ["ytd"], "lang": ["zh_Hant"]}.items() <= held.items()
    assert "version" in held
    other = open_page(page.url, locale="en-GB")
    assert other.locator(".sq-takeaway").first.inner_text() == title


def test_filters_go_into_the_address_and_back(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/complaints?unit=DY&month=2025-11&lang=en")
    page.get_by_text("YTD", exact=True).click()
    page.wait_for_url("**period=ytd**")
    settle(page)
    page.get_by_role("link", name="Retention").click()
    page.wait_for_url("**/retention?**")
    settle(page)
    expect(page.get_by_text("2025-01 – 2025-11").first).to_be_visible()


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "总览"), ("zh-TW", "總覽"), ("de-DE", "Overview")])
def test_the_browsers_language_is_taken(dashboard: str, open_page: OpenPage, locale: str, words: str) -> None:
    page = open_page(dashboard, locale=locale)
    expect(page.get_by_role("link", name=words)).to_be_visible()


def test_dark(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/satisfaction?lang=zh_Hans&unit=DY", width=1920, height=1080, dark=True)
    picture(page, "satisfaction_dark_1920")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        != "rgb(255, 255, 255)"
    )


def test_a_deep_link_to_a_server_just_started_has_the_menu(sample_home: Path, open_page: OpenPage) -> None:
    with serving(sample_home) as address:
        page = open_page(f"{address}/upload?lang=zh_Hans")
        expect(page.get_by_role("link", name="总览")).to_be_visible()
        assert page.get_by_role("link", name="self service").count() == 0
        assert urlparse(page.url).path == "/upload"
        expect(page.locator("[data-testid=stFileUploaderDropzoneInput]")).to_be_attached()
