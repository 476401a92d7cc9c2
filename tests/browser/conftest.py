"""The real dashboard in the real browser: one server per home, Debian's Chromium through Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

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
    """Everything here is a browser test; tests/conftest.py says which of them run on one worker."""
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


Profiles = dict[tuple[str, bool], BrowserContext]


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Profiles]:
    """The browser's contexts by language and darkness: pages of one kind share the scripts that were loaded."""
    contexts: Profiles = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def open_page(browser: Browser, profiles: Profiles) -> Iterator[OpenPage]:
    """Opens an address in a page of its own, that remembers nothing, and waits until the app has settled."""
    pages = []

    def opened(address: str, width: int = 1280, height: int = 800, locale: str = "en-US", dark: bool = False) -> Page:
        kind = (locale, dark)
        if kind not in profiles:
            profiles[kind] = browser.new_context(
                locale=locale, color_scheme="dark" if dark else "light", accept_downloads=True
            )
            profiles[kind].set_default_timeout(PATIENCE)
        page = profiles[kind].new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        settle(page)
        return page

    yield opened
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    for context in profiles.values():
        context.clear_cookies()
        context.clear_permissions()


def settle(page: Page) -> None:
    """Waits until the script run that is under way has ended and its elements are drawn."""
    page.wait_for_selector("[data-testid=stApp]")
    # Before its first run begins an app is not running either.
    page.wait_for_function("window.sqLinks")
    page.wait_for_function(
        "(document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') ?? 'running') !== "
        "'running'"
    )
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(300)
    page.wait_for_function(
        "(document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') ?? 'running') !== "
        "'running'"
    )


def picture(page: Page, name: str, full: bool = False) -> None:
    """Keeps a screenshot as an artefact to look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=full)
