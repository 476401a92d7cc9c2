"""Modules are set aside once they are imported; what comes later is collected as ever."""

from __future__ import annotations

import gc
import sys
import types
from collections.abc import Iterator

import pytest

from pages.shared.session.garbage_collection import ModulesAside, keep_collections_short


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector as it was before, whatever a test does to it."""
    before = list(gc.callbacks)
    gc.callbacks.clear()
    gc.unfreeze()
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


@pytest.mark.usefixtures("collector")
def test_only_a_full_collection_after_an_import_sets_anything_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_collections_short()
    gc.collect(1)
    assert gc.get_freeze_count() == 0
    gc.collect()
    modules = gc.get_freeze_count()
    assert modules > 10_000
    later = [[number] for number in range(1_000)]
    gc.collect()
    assert gc.get_freeze_count() <= modules
    monkeypatch.setitem(sys.modules, "imported_later", types.ModuleType("imported_later"))
    gc.collect()
    assert gc.get_freeze_count() >= modules + len(later)


@pytest.mark.usefixtures("collector")
def test_a_cycle_that_was_let_go_later_is_collected() -> None:
    class Loop:
        """Refers to itself."""

        def __init__(self) -> None:
            self.own = self

    keep_collections_short()
    gc.collect()
    loop = Loop()
    del loop
    gc.collect()
    assert not any(isinstance(one, Loop) for one in gc.get_objects())


@pytest.mark.usefixtures("collector")
def test_it_is_asked_for_once() -> None:
    keep_collections_short()
    keep_collections_short()
    assert [type(one) for one in gc.callbacks] == [ModulesAside]
