"""The controls of a page in the real browser: by mouse, by keyboard, and the links between pages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture, settle

SAID = "[...document.querySelectorAll('.sq-panel li')].map((one) => one.textContent)"


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def focused(page: Page) -> str | None:
    settle(page)
    found: str | None = page.evaluate("document.activeElement.dataset.choice ?? null")
    return found


def test_a_list_changes_the_address_in_one_step_and_keeps_the_keyboard(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11")
    before = page.evaluate("history.length")
    month = page.get_by_label("Data month")
    month.focus()
    month.select_option("2025-06")
    expect(page.locator(".sq-sub").first).to_contain_text("2025-06")
    assert focused(page) == "month"
    assert query(page)["month"] == "2025-06"
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.locator(".sq-sub").first).to_contain_text("2025-11")
    expect(page.get_by_label("Data month")).to_have_value("2025-11")


def test_a_unit_is_found_by_a_part_of_its_name_or_code(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11")
    page.get_by_role("button", name="Unit: 大洋").click()
    search = page.get_by_role("combobox", name="Name or code of a unit")
    expect(search).to_be_focused()
    picture(page, "unit_search")
    search.fill("dy0")
    assert "大洋" in page.evaluate(SAID)[0]
    search.fill("nobody at all")
    assert page.evaluate(SAID) == ["No unit is called so"]
    page.keyboard.press("Escape")
    expect(search).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('sq-open')")
    page.keyboard.press("Enter")
    search.fill("临")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function("!location.search.includes('unit=DY')")
    assert focused(page) == "unit"
    expect(page.get_by_role("button", name="Unit: 临江")).to_be_visible()


def test_the_usual_choice_is_not_in_the_address(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-11")
    page.get_by_role("button", name="Only signals").click()
    page.wait_for_function("location.search.includes('rows=signals')")
    assert focused(page) == "rows"
    expect(page.get_by_role("button", name="Only signals")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="All metrics").click()
    page.wait_for_function("!location.search.includes('rows=')")


def test_units_are_added_and_left_out(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/compare?lang=en&unit=DY&month=2025-11&with=LJ~BP")
    settle(page)
    page.get_by_role("button", name="Leave out 临江").click()
    expect(page.get_by_role("button", name="Leave out 临江")).to_have_count(0)
    settle(page)
    assert query(page)["with"] == "BP"
    page.get_by_role("button", name="Compared with: Add a unit").click()
    assert "北屏" not in page.evaluate(SAID), "chosen already"
    page.get_by_role("combobox", name="Add a unit of any level").fill("临江")
    page.locator(".sq-panel li").first.click()
    expect(page.get_by_role("button", name="Leave out 临江")).to_be_visible()
    settle(page)
    assert query(page)["with"] == "BP~LJ"


def test_a_link_to_another_page_does_not_load_the_dashboard_again(dashboard: str, open_page: OpenPage) -> None:
    page = open_page(f"{dashboard}/?lang=en&unit=DY&month=2025-06")
    page.evaluate("window.stayed = true")
    page.locator(".sq-rows a").nth(12).scroll_into_view_if_needed()
    page.locator(".sq-rows a").nth(12).click()
    page.wait_for_url("**/metric?**")
    settle(page)
    assert page.evaluate("window.stayed") is True
    assert query(page)["month"] == "2025-06"
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.locator(".sq-rows")).to_be_visible()
    assert page.evaluate("window.stayed") is True
