"""Every chart in the real browser: Streamlit gives it to Plotly more than once, and Plotly draws it once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import settle

# Plotly stands in `window` once its bundle is loaded; from then on each call of `react` for a chart that stands is
# watched. Each gets the name of the chart, whether it changed anything in it, and the width it was given.
WATCH = """(() => {
  let plotly;
  window.sqGiven = [];
  Object.defineProperty(window, 'Plotly', {configurable: true, get: () => plotly, set: (given) => {
    plotly = given;
    const react = given.react;
    given.react = function (chart, ...rest) {
      if (!chart._fullLayout) return react.call(this, chart, ...rest);
      const said = {key: chart.closest('[class*=st-key-]').className.match(/st-key-\\w+/)[0],
        width: chart._fullLayout.width, changes: 0};
      const seen = new MutationObserver((all) => { said.changes += all.length; });
      seen.observe(chart, {childList: true, subtree: true, characterData: true});
      sqGiven.push(said);
      return react.call(this, chart, ...rest).then((done) => {
        said.changes += seen.takeRecords().length;
        seen.disconnect(); return done; });
    };
  }});
})()"""
PAGES = ("metric", "complaints", "satisfaction", "self_service", "retention", "rankings", "compare", "trends")


@pytest.fixture(scope="module")
def watching(browser: Browser) -> Iterator[Page]:
    """A page that notes what each chart is given."""
    context = browser.new_context(viewport={"width": 1283, "height": 800})
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_chart_is_drawn_twice(watching: Page, dashboard: str, name: str) -> None:
    draws_once(watching, f"{dashboard}/{name}")


def test_no_chart_is_drawn_before_the_style_sheet(watching: Page, dashboard: str) -> None:
    """Even where Streamlit's script for HTML comes after its script for charts, as on a busy computer."""
    watching.route("**/Html.*.js", lambda route: (time.sleep(1), route.continue_()))
    draws_once(watching, f"{dashboard}/complaints")
    watching.unroute_all()


def draws_once(page: Page, address: str) -> None:
    page.goto(f"{address}?lang=en&unit=DY&month=2025-11&whole=1")
    page.wait_for_selector(".sq-footer", state="attached")
    settle(page)
    page.wait_for_timeout(1000)
    given = page.evaluate("sqGiven")
    charts = page.locator(".js-plotly-plot").count()
    assert charts >= 1
    assert len({one["key"] for one in given}) == charts, (
        "each chart is given again at least once: else this test sees nothing"
    )
    assert [one for one in given if one["changes"]] == []
