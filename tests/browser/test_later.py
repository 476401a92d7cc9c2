"""What lies below the first screen in the real browser: drawn when the reader comes near, its place kept till then, and
nothing jumps.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, click_mark, picture, settle

NEAR = "[class*=st-key-near_{}]"
COMPLAINTS = "complaints?lang=en&unit=DY&month=2025-11"
METRIC = "metric?lang=en&unit=DY&month=2025-11&metric=complaints_per_10k"
CHARTS = 10
MAP = ".sq-heat tbody td"
"""On the whole page of complaints."""
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
JUMP = 40
# What the page asks for reaches the server late, as from afar or while it is busy.
FAR = """(() => {
  const Near = window.WebSocket;
  window.WebSocket = class extends Near { send(said) { setTimeout(() => super.send(said), 800); } };
})()"""
MENU = "document.querySelector('[data-testid=stSidebarNavLink][href$=\"/{}\"]').click()"
# A unit's bar or dot in a block, once it is drawn; the chart itself knows whose it is.
MARK_OF = """([where, unit]) => [...document.querySelectorAll(`${where} .point`)].find((mark) => {
  const codes = mark.closest('.js-plotly-plot').data.find(({customdata}) => customdata)?.customdata;
  return codes?.[mark.__data__.i] === unit;
})"""
BELOW = "document.querySelector('[data-testid=stMain]').scrollTo(0, 10000)"


@pytest.fixture
def opened(dashboard: str, open_page: OpenPage) -> Iterator[list[Page]]:
    """Pages that a test opened: none of them may have failed."""
    pages: list[Page] = []
    yield pages
    assert [page.locator("[data-testid=stException]").count() for page in pages] == [0] * len(pages)


def charts(page: Page, block: str) -> int:
    return page.locator(f"{NEAR.format(block)} .main-svg").count()


def come_to(page: Page, block: str) -> None:
    """Scrolls as a reader does, until the block is in view and drawn."""
    place = page.locator(NEAR.format(block))
    for _ in range(40):
        if place.evaluate("(one) => one.getBoundingClientRect().top < innerHeight / 2"):
            break
        page.mouse.move(700, 500)
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(100)
    page.wait_for_function(
        "(where) => [...document.querySelectorAll(`${where} .sq-later`)].every((one) => !one.offsetHeight)",
        arg=NEAR.format(block),
    )
    settle(page)


def test_a_block_is_drawn_when_the_reader_comes_near_it(
    dashboard: str, open_page: OpenPage, opened: list[Page]
) -> None:
    page = open_page(f"{dashboard}/{COMPLAINTS}")
    opened.append(page)
    page.wait_for_timeout(1500)
    for block in ("ways", "lines"):
        assert charts(page, block) == 0
        assert page.locator(NEAR.format(block)).evaluate("(one) => one.offsetHeight") > 100
    come_to(page, "lines")
    expect(page.locator(f"{NEAR.format('lines')} .main-svg").first).to_be_visible()
    picture(page, "later_lines")


def test_a_filter_draws_what_is_in_view_again_and_does_not_scroll(
    dashboard: str, open_page: OpenPage, opened: list[Page]
) -> None:
    page = open_page(f"{dashboard}/{COMPLAINTS}")
    opened.append(page)
    come_to(page, "ways")
    page.wait_for_timeout(1000)
    before, said = page.evaluate(SCROLLED), page.locator(NEAR.format("ways")).get_by_text("2025-11; in brackets")
    expect(said.first).to_be_visible()
    # The list lies above the screen by now: it is changed where it is, as a keyboard would.
    page.get_by_label("Data month").evaluate(
        "(list) => { list.value = '2025-10'; list.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    again = page.locator(NEAR.format("ways")).get_by_text("2025-10; in brackets")
    expect(again.first).to_be_visible()
    expect(page.locator(f"{NEAR.format('ways')} .main-svg").first).to_be_visible()
    settle(page)
    assert before > 400
    assert abs(page.evaluate(SCROLLED) - before) <= JUMP


def test_the_whole_page_at_once(dashboard: str, open_page: OpenPage, opened: list[Page]) -> None:
    page = open_page(f"{dashboard}/{COMPLAINTS}&whole=1")
    opened.append(page)
    expect(page.locator(".stPlotlyChart:has(.main-svg)")).to_have_count(CHARTS)
    assert page.locator("[class*=st-key-near_]").count() == 0, "nothing waits"
    assert page.locator(MAP).count() > 0
    expect(page.get_by_role("heading", name="How complaints came in")).to_be_visible()


def test_what_is_printed_is_whole(dashboard: str, open_page: OpenPage, opened: list[Page]) -> None:
    page = open_page(f"{dashboard}/{COMPLAINTS}")
    opened.append(page)
    page.wait_for_timeout(1000)
    assert charts(page, "lines") == 0
    # A function as the value of what is evaluated would be called at once.
    page.evaluate(
        "() => { window.print = () => "
        "{ window.printed = document.querySelectorAll('.stPlotlyChart:has(.main-svg)').length; }; }"
    )
    page.keyboard.press("Control+p")
    page.wait_for_function("window.printed")
    assert page.evaluate("window.printed") == CHARTS
    assert page.locator(MAP).count() > 0
    expect(page.locator(".stPlotlyChart:has(.main-svg)")).to_have_count(CHARTS)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("!location.search.includes('whole')")


def test_tabs_at_the_foot_of_a_metric_stay_where_they_are(
    dashboard: str, open_page: OpenPage, opened: list[Page]
) -> None:
    page = open_page(f"{dashboard}/{METRIC}")
    opened.append(page)
    come_to(page, "below")
    tabs = page.locator(NEAR.format("below"))
    expect(tabs.get_by_role("columnheader", name="Attainment")).to_be_visible()
    for name, shown in (("Definition", "Meaning"), ("Sources", ".xlsx"), ("Tickets", "Customers are masked")):
        at = tabs.get_by_role("tab", name=name).evaluate("(one) => one.getBoundingClientRect().top")
        tabs.get_by_role("tab", name=name).click()
        expect(tabs.get_by_text(shown).filter(visible=True).first).to_be_visible()
        settle(page)
        now = tabs.get_by_role("tab", name=name).evaluate("(one) => one.getBoundingClientRect().top")
        assert abs(now - at) <= JUMP, name
        picture(page, f"later_{name.lower()}")


def test_a_link_to_the_complaints_themselves_leads_to_them(
    dashboard: str, open_page: OpenPage, opened: list[Page]
) -> None:
    page = open_page(f"{dashboard}/complaints?lang=en&unit=DY&month=2025-11&category=资费争议")
    opened.append(page)
    page.get_by_role("link", name="The complaints themselves").click()
    tabs = page.get_by_role("tab", name="Tickets")
    expect(tabs).to_be_in_viewport()
    expect(tabs).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Customers are masked")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "block"),
    [
        ("metric?metric=complaints_per_10k", "reasons"),
        ("complaints?", "peers"),
        ("satisfaction?", "halls"),
        ("retention?", "binding"),
        ("self_service?", "used"),
    ],
    ids=["metric", "complaints", "satisfaction", "retention", "self-service"],
)
def test_a_click_in_a_block_drawn_later_changes_the_whole_page(
    dashboard: str, open_page: OpenPage, opened: list[Page], path: str, block: str
) -> None:
    page = open_page(f"{dashboard}/{path}&lang=en&unit=DY&month=2025-11")
    opened.append(page)
    steps = page.evaluate("history.length")
    come_to(page, block)
    mark = page.wait_for_function(MARK_OF, arg=[NEAR.format(block), "LJ"]).as_element()
    assert mark is not None
    click_mark(page, mark)
    page.wait_for_url("**unit=LJ**")
    settle(page)
    expect(page.locator("[data-choice=unit]").first).to_have_text("临江")
    expect(page.locator(":has(> .sq-takeaway) .sq-crumbs > span")).to_have_text("临江")
    assert page.evaluate("history.length") == steps + 1, "one step in the browser's history"
    page.go_back()
    expect(page.locator("[data-choice=unit]").first).to_have_text("大洋")


@pytest.fixture(scope="module")
def far(browser: Browser) -> Iterator[Page]:
    """A page whose server is far away."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(FAR)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("leave", "there", "told"),
    [
        (MENU.format("retention"), "retention", False),
        ("sqGo('rankings?lang=en&unit=DY&month=2025-11')", "rankings", False),
        ("history.back()", "trends", False),
        (MENU.format("retention"), "retention", True),
    ],
    ids=["menu", "link", "back", "menu, once it has told"],
)
def test_a_block_that_comes_near_while_its_page_is_left_stays_silent(
    far: Page, dashboard: str, leave: str, there: str, told: bool
) -> None:
    """Streamlit would draw it on the page that comes, where its place is not, and show nothing at all any more; also
    where the block had told just before, and the server has not heard it yet.
    """
    page = far
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{dashboard}/trends?lang=en&unit=DY&month=2025-11")
    expect(page.locator(".sq-footer")).to_be_attached()
    page.evaluate(MENU.format("metric"))
    page.wait_for_url("**/metric?**")
    expect(page.locator(".sq-footer")).to_be_attached()
    settle(page)
    # A block that is near by now may still say so, and twice.
    page.wait_for_function("Date.now() - (window.sqTold ?? 0) > 2000")
    settle(page)
    if told:
        page.evaluate(f"() => {{ window.before = window.sqTold; {BELOW}; }}")
        page.wait_for_function("window.sqTold !== window.before")
        # Long enough that the block's run begins before the server hears of the other page.
        page.wait_for_timeout(500)
        page.evaluate(f"() => {{ {leave}; }}")
    else:
        page.evaluate(f"() => {{ {leave}; {BELOW}; }}")
    page.wait_for_url(f"**/{there}?**")
    page.wait_for_timeout(4000)
    settle(page)
    shown = page.locator(".sq-takeaway, .sq-footer").count(), page.locator("[class*=st-key-near_segments]").count()
    assert failures == []
    assert shown == (2, 0)
