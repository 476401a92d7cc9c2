"""The Overview in Chromium, against a Streamlit page with as many empty Plotly charts as the Overview has sparklines
and bars.
"""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.measuring import loaded_home, report
from tests.browser.conftest import CHROMIUM_FLAGS, serving

GOAL = 1.5
RUNS = 5
PLAIN = """
import plotly.graph_objects as go
import streamlit as st
st.set_page_config(layout="wide")
st.title("plain")
for number in range({charts}):
    st.plotly_chart(go.Figure(layout={{"height": 60}}), key=str(number))
st.html('<p id="ready">ready</p>')
"""


def first_view(browser: Browser, address: str, ready: str) -> float:
    """Seconds from a fresh context's navigation until `ready` is on the screen and the script has ended."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ready, state="attached", timeout=60_000)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') !== 'running'"
    )
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def charts_on_overview(browser: Browser, address: str) -> int:
    """How many small charts the Overview shows (sparklines, bars and icons)."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector(".sq table td .sq-sheet", state="attached")
    count = page.locator(".sq table td .sq-sheet").count()
    page.close()
    return count


def run() -> None:
    """Prints the ratio of median first views."""
    path = shutil.which("chromium")
    if path is None:
        print("overview page: skipped, no Chromium")
        return
    with sync_playwright() as playwright, loaded_home() as home, serving(home) as ours, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        charts = charts_on_overview(browser, ours)
        script = Path(folder) / "plain.py"
        script.write_text(PLAIN.format(charts=charts), encoding="utf-8")
        with serving(home, script) as plain:
            first_view(browser, plain, "#ready")
            page, baseline = [], []
            for _ in range(RUNS):
                page.append(first_view(browser, ours, ".sq table td .sq-sheet"))
                baseline.append(first_view(browser, plain, "#ready"))
        report(
            f"overview page, {charts} sparklines",
            statistics.median(page),
            f"a page with {charts} empty Plotly charts",
            statistics.median(baseline),
            GOAL,
        )
        browser.close()
