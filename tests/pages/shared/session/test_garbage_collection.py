"""What lives through a long collection is set aside, and looked at again after a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from pages.shared.session.garbage_collection import ShortCollections, keep_collections_short


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
def test_only_after_a_long_full_collection_is_anything_set_aside() -> None:
    gc.callbacks.append(ShortCollections(long=3_600))
    gc.collect()
    assert gc.get_freeze_count() == 0
    gc.callbacks[:] = [ShortCollections(long=0)]
    gc.collect(0)
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert gc.get_freeze_count() > 10_000


@pytest.mark.usefixtures("collector")
def test_a_cycle_that_was_set_aside_is_collected_after_a_while() -> None:
    class Loop:
        """Refers to itself."""

        def __init__(self) -> None:
            self.own = self

    def alive() -> int:
        return sum(isinstance(one, Loop) for one in gc.get_objects())

    short = ShortCollections(long=0, again=3_600)
    gc.callbacks.append(short)
    loop = Loop()
    gc.collect()
    del loop
    gc.collect()
    short.long, short.again = 3_600, 0
    gc.collect()
    gc.collect()
    assert gc.get_freeze_count() == 0
    assert alive() == 0


@pytest.mark.usefixtures("collector")
def test_it_is_asked_for_once() -> None:
    keep_collections_short()
    keep_collections_short()
    assert len(gc.callbacks) == 1
