"""The real dashboard in the real browser: one server per home, Debian's Chromium through Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ElementHandle,
    Locator,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
# A page's first run reads the whole version; two busy cores, shared with the other tests, may need long for it.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, script: Path = ROOT / "app.py") -> Iterator[str]:
    """The address of a dashboard over `home`, up while the block runs."""
    with running(home, script) as (address, _server):
        yield address


@contextmanager
def running(home: Path, script: Path = ROOT / "app.py") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address and the process of a dashboard over `home`, up while the block runs."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
        ],
        cwd=ROOT,
        env={**os.environ, "SERVICE_QUALITY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield address, server
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def dashboard(sample_home: Path) -> Iterator[str]:
    """The address of a dashboard over the samples, for tests that only look."""
    with serving(sample_home) as address:
        yield address


OpenPage = Callable[..., Page]


class Windows:
    """The browser's pages by language and darkness: used one test after another, since what one has compiled of
    Streamlit and Plotly, seconds of a processor, goes with it.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.idle: dict[tuple[str, bool], list[Page]] = defaultdict(list)
        self.contexts: dict[tuple[str, bool], BrowserContext] = {}

    def take(self, locale: str, dark: bool) -> Page:
        """A page that remembers nothing."""
        kind = (locale, dark)
        if self.idle[kind]:
            return self.idle[kind].pop()
        if kind not in self.contexts:
            self.contexts[kind] = self.browser.new_context(
                locale=locale, color_scheme="dark" if dark else "light", accept_downloads=True
            )
            self.contexts[kind].set_default_timeout(PATIENCE)
        return self.contexts[kind].new_page()

    def give_back(self, page: Page, locale: str, dark: bool) -> None:
        """Makes a page forget what was done in it, for the next."""
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.goto("about:blank")
        with closing_session(page) as session:
            session.send("Page.resetNavigationHistory")
        page.context.clear_cookies()
        page.context.clear_permissions()
        self.idle[locale, dark].append(page)

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


@contextmanager
def closing_session(page: Page) -> Iterator[CDPSession]:
    """Chromium's own protocol for a page, while the block runs."""
    session = page.context.new_cdp_session(page)
    try:
        yield session
    finally:
        session.detach()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Windows]:
    """The pages that tests share."""
    found = Windows(browser)
    yield found
    found.close()


@pytest.fixture
def open_page(windows: Windows) -> Iterator[OpenPage]:
    """Opens an address in a page that remembers nothing, and waits until the app has settled."""
    taken: list[tuple[Page, str, bool]] = []

    def opened(address: str, width: int = 1280, height: int = 800, locale: str = "en-US", dark: bool = False) -> Page:
        page = windows.take(locale, dark)
        taken.append((page, locale, dark))
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        settle(page)
        return page

    yield opened
    for page, locale, dark in taken:
        windows.give_back(page, locale, dark)


CALM = """() => {
  const app = document.querySelector('[data-testid=stApp]'), now = performance.now();
  const calm = window.sqLinks && app?.getAttribute('data-test-script-state') === 'notRunning' && !sqAsks()
    && !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('.stPlotlyChart')].every((one) => one.querySelector('.main-svg'));
  if (!calm) window.settling = now;
  return calm && now - (window.settling ??= now) > 200;
}"""


def settle(page: Page) -> None:
    """Waits until all that was asked of the server is answered, and has been drawn for a fifth of a second."""
    page.evaluate("delete window.settling")
    page.wait_for_function(CALM)


def click_mark(page: Page, mark: Locator | ElementHandle) -> None:
    """Clicks a bar or point of a chart as a mouse does, once the page has settled: till then its place may change, and
    nobody may be listening.
    """
    mark.scroll_into_view_if_needed()
    settle(page)
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()


def picture(page: Page, name: str, full: bool = False) -> None:
    """Keeps a screenshot as an artefact to look at, where somebody asks for them (`make browser` does)."""
    if not os.environ.get("PICTURES"):
        return
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=full)
