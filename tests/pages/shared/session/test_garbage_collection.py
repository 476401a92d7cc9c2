"""What refers to itself is collected soon after a version is opened or let go, also what was set aside before; nobody
waits for it.
"""

from __future__ import annotations

import gc
import time
import tomllib
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.shared.session import garbage_collection as collecting
from pages.shared.session.garbage_collection import SOON, collect, give_back

ROOT = Path(__file__).resolve().parents[4]
# A busy machine may take its time.
PATIENCE = 60.0


class Loop:
    """Refers to itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Nothing is set aside, before and after, and what other tests have let go is collected."""
    while collecting._asked.is_set():
        time.sleep(0.05)
    gc.unfreeze()
    yield
    gc.enable()
    gc.unfreeze()


def test_what_was_set_aside_alive_is_collected_by_the_next() -> None:
    loop = Loop()
    gone = weakref.ref(loop)
    collect()
    assert gc.get_freeze_count() > 10_000, "modules, and what lives"
    del loop
    gc.collect()
    assert gone() is not None, "a collection of the collector's own does not look at it"
    collect()
    assert gone() is None


def test_it_is_done_soon_and_in_the_background() -> None:
    loop = Loop()
    gone = weakref.ref(loop)
    del loop
    began = time.monotonic()
    give_back()
    assert time.monotonic() - began < SOON, "who lets a version go does not wait"
    while gone() is not None and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)
    assert gone() is None


def test_nothing_is_collected_where_the_collector_is_turned_off() -> None:
    gc.disable()
    loop = Loop()
    gone = weakref.ref(loop)
    del loop
    collect()
    assert gone() is not None


def test_streamlit_does_not_collect_while_the_browser_waits() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
