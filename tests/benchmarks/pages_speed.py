"""Every page in Chromium, on the sample and on ten times the sample: first view against a page with as many plain
Plotly charts as it draws (what lies below the first screen is drawn when somebody comes near), a changed filter against
a bare rerun of such a page, and against one that changes its charts; and the Overview against an empty Streamlit page.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.measuring import loaded_home, report
from tests.benchmarks.ten_times import ten_times_home
from tests.browser.conftest import CHROMIUM_FLAGS, serving

PAGES = (
    "",
    "metric",
    "complaints",
    "satisfaction",
    "self_service",
    "retention",
    "rankings",
    "compare",
    "trends",
    "methods",
)
UNFILTERED = ("methods",)
FIRST, CHANGE, OVERVIEW, TEN_TIMES = 1.25, 1.5, 1.15, 1.1
RUNS = 5
# The filters of the Overview: unit, month, period, comparison, language, rows, order, groups.
FILTERS = 8
PLAIN = """
import time
import plotly.graph_objects as go
import streamlit as st
st.set_page_config(layout="wide")
def body():
    st.button("again")
    run = st.session_state["run"] = st.session_state.get("run", 0) + 1
    changed = run if "changing" in st.query_params else 0
    for number in range(int(st.query_params.get("filters", 0))):
        st.selectbox(f"filter {number}", [f"choice {place}" for place in range(600 if number == 0 else 12)])
    for number in range(int(st.query_params.get("charts", 0))):
        st.plotly_chart(go.Figure(go.Scatter(y=[1, 3, 2 + changed]), {"height": 280}), key=str(number))
    st.html(f'<p class="ready">{time.time()}</p>')
# A page at an address of its own, as all but the first of ours are: Streamlit finds its server from there with two
# requests more.
first = st.Page(body, title="first", url_path="first", default=True)
other = st.Page(lambda: body(), title="other", url_path="other")
st.navigation([first, other], position="hidden").run()
"""
QUIET = "document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') !== 'running'"
DRAWN = "count => document.querySelectorAll('.js-plotly-plot .main-svg').length >= count"
# Milliseconds without any change of the page's content after which it stands still.
STILL = 400
UNTIL_STILL = """([click, still]) => new Promise((done) => {
  const begun = performance.now();
  let last = begun;
  const seen = new MutationObserver(() => { last = performance.now(); });
  seen.observe(document.querySelector('[data-testid=stMain]'),
    {childList: true, subtree: true, characterData: true, attributes: true});
  const running = () =>
    document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') === 'running';
  const look = () => {
    if (performance.now() - last > still && !running()) { seen.disconnect(); done(last - begun); }
    else setTimeout(look, 20); };
  (new Function(click))();
  setTimeout(look, still);
})"""
PERIODS = [
    f"[...document.querySelectorAll('.sq-buttons button')].find((one) => one.value === '{period}').click()"
    for period in ("ytd", "month")
]
AGAIN = ["document.querySelector('[data-testid=stButton] button').click()"]
WEIGHT = """() => { const plots = [...document.querySelectorAll('.js-plotly-plot')];
  return [plots.length,
          plots.reduce((n, p) => n + p.data.reduce((m, t) => m + ((t.x || t.y || t.z || []).length || 0), 0), 0),
          plots.reduce((n, p) => n + JSON.stringify([p.data, p.layout]).length, 0),
          document.documentElement.outerHTML.length] }"""


def settled(page: Page, charts: int, ready: str) -> None:
    page.wait_for_selector(ready, state="attached", timeout=60_000)
    page.wait_for_function(QUIET, timeout=60_000)
    page.wait_for_function(DRAWN, arg=2 * charts, timeout=60_000)


def first_view(browser: Browser, address: str, charts: int, ready: str) -> float:
    """Seconds from a fresh context's navigation until the script has ended and every chart is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    settled(page, charts, ready)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def changes(browser: Browser, address: str, charts: int, ready: str, clicks: Sequence[str]) -> list[float]:
    """Seconds of RUNS clicks, each until the page's last change before it stands still: what Playwright needs to click
    is not counted.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    settled(page, charts, ready)
    page.wait_for_timeout(1_000)
    found = []
    for number in range(RUNS):
        before = page.locator(ready).first.text_content()
        found.append(page.evaluate(UNTIL_STILL, [clicks[number % len(clicks)], STILL]) / 1_000)
        assert page.locator(ready).first.text_content() != before, "the click changed nothing"
    context.close()
    return found


def weight(browser: Browser, address: str) -> list[int]:
    """[charts, points, bytes of figures, bytes of the page] once everything stands."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector(".sq-footer, .sq-method", state="attached", timeout=60_000)
    page.wait_for_function(QUIET, timeout=60_000)
    page.wait_for_timeout(2_500)
    found: list[int] = page.evaluate(WEIGHT)
    page.close()
    return found


def measured(browser: Browser, ours: str, plain: str, unit: str, label: str) -> dict[str, tuple[float, float]]:
    """Prints every page of one home; returns the medians (first view, changed filter) by page, for the comparison of
    sizes.
    """
    found = {}
    for name in PAGES:
        address = f"{ours}/{name}?lang=en&unit={unit}&month=2025-11&period=month"
        ready = ".sq-takeaway" if name in UNFILTERED else ".sq-footer"
        charts, points, figures, whole = weight(browser, address)
        title = (
            f"{name or 'overview'} ({label}; {charts} charts, {points} points, {figures // 1024} KiB of figures, "
            f"{whole // 1024} KiB of page)"
        )
        base = f"{plain}/{'other' if name else ''}?charts={charts}"
        first_view(browser, base, charts, ".ready")
        pairs = [
            (first_view(browser, address, charts, ready), first_view(browser, base, charts, ".ready"))
            for _ in range(RUNS)
        ]
        mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        report(f"first view of {title}", mine, f"{charts} plain charts", theirs, FIRST if name else OVERVIEW)
        if not charts and name not in UNFILTERED:
            # Streamlit's own widgets are most of what an empty page lacks: the same filters and nothing else.
            base_filters = f"{plain}/?filters={FILTERS}"
            first_view(browser, base_filters, 0, ".ready")
            alone = statistics.median(first_view(browser, base_filters, 0, ".ready") for _ in range(RUNS))
            report(
                f"first view of {name or 'overview'} ({label})",
                mine,
                f"an empty page with {FILTERS} filters",
                alone,
                FIRST,
            )
        change = float("nan")
        if name not in UNFILTERED:
            change = statistics.median(changes(browser, address, charts, ready, PERIODS))
            rerun = statistics.median(changes(browser, base, charts, ".ready", AGAIN))
            report(f"filter change of {name or 'overview'} ({label})", change, "its bare rerun", rerun, CHANGE)
            if charts:
                # A bare rerun draws nothing anew; a filter changes every figure. What plain charts cost that change as
                # well:
                drawn = statistics.median(changes(browser, f"{base}&changing=1", charts, ".ready", AGAIN))
                report(
                    f"filter change of {name} ({label})",
                    change,
                    f"a rerun that changes {charts} plain charts",
                    drawn,
                    None,
                )
        found[name] = (mine, change)
    return found


def run() -> None:
    """Prints first views and filter changes of every page on both samples, and what the size costs."""
    path = shutil.which("chromium")
    if path is None:
        print("pages: skipped, no Chromium")
        return
    homes: list[tuple[str, Callable[[], AbstractContextManager[Path]], str]] = [
        ("sample", loaded_home, "DY"),
        ("ten times the sample", ten_times_home, "00DY"),
    ]
    results = []
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        script = Path(folder) / "plain.py"
        script.write_text(PLAIN, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        for label, made, unit in homes:
            with made() as home, serving(home) as ours, serving(home, script) as plain:
                results.append(measured(browser, ours, plain, unit, label))
        for name in PAGES:
            for what, place in (("first view", 0), ("filter change", 1)):
                one, ten = results[0][name][place], results[1][name][place]
                if one == one:
                    report(f"{what} of {name or 'overview'}, ten times the sample", ten, "the sample", one, TEN_TIMES)
        browser.close()
