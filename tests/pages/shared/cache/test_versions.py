"""A version is held by who looks at it: the last to move on lets all of it go, without a garbage collection."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from data.core.home import Home
from data.core.viewer import Identity, Sight, Viewer
from data.operations.undo import redo, undo
from data.snapshots.publish import mark_pending
from data.snapshots.reader import current_version, open_snapshot
from pages.shared.cache.results import figures_of, snapshot_of
from pages.shared.cache.versions import _holds

ROOT = Path(__file__).resolve().parents[4]
DESCRIPTORS = Path("/proc/self/fd")


@pytest.fixture
def home(home_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(home_copy))
    monkeypatch.chdir(ROOT)
    return Home(home_copy)


@pytest.fixture
def no_collection() -> Iterator[None]:
    """What dies here dies because nothing refers to it any more."""
    before = config.get_option("runner.postScriptGC")
    config.set_option("runner.postScriptGC", False)
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    config.set_option("runner.postScriptGC", before)


def reader() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["whole"] = "1"
    return app


def looks(app: AppTest, *pages: str) -> None:
    """Goes over `pages`, which show the newest version."""
    for page in pages:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, app.exception


def publish(home: Home, number: int) -> None:
    """The next version: the last batch undone, or done again."""
    batch = int(open_snapshot(home).batches()["batch"].iloc[-1])
    (redo if number % 2 else undo)(home, batch)


def files_open(home: Home) -> list[str]:
    """The names of the home's files that this process has open, each once."""
    links = [link for link in DESCRIPTORS.iterdir() if link.is_symlink()]
    paths = [link.readlink() for link in links if link.exists()]
    return sorted({path.name for path in paths if path.is_relative_to(home.path)})


def held_by_pages(home: Home) -> tuple[int, list[weakref.ref]]:
    """The newest version, and what is held of it."""
    version = current_version(home)
    assert version is not None
    return version, [weakref.ref(figures_of(home, version)), weakref.ref(snapshot_of(home, version))]


def living(held: Sequence[weakref.ref]) -> list[bool]:
    return [one() is not None for one in held]


@pytest.mark.usefixtures("no_collection")
def test_a_version_is_gone_when_its_reader_has_moved_on(home: Home) -> None:
    app, former = reader(), []
    for number in range(3):
        looks(app, "trends", "complaints", "rankings")
        former.append(held_by_pages(home)[1])
        publish(home, number)
    looks(app, "trends")
    newest, held = held_by_pages(home)
    assert [living(one) for one in (*former, held)] == [[False, False]] * 3 + [[True, True]]
    if DESCRIPTORS.is_dir():
        assert files_open(home) == [f"{newest:06d}.duckdb"]


@pytest.mark.usefixtures("no_collection")
def test_a_version_stays_until_the_last_of_its_readers_has_moved_on(home: Home) -> None:
    first, second = reader(), reader()
    looks(first, "trends")
    looks(second, "trends")
    _, former = held_by_pages(home)
    publish(home, 0)
    looks(first, "trends")
    held_by_pages(home)
    assert living(former) == [True, True]
    looks(second, "trends")
    assert living(former) == [False, False]


def test_what_a_crash_left_unpublished_is_published_by_the_next_look(home: Home) -> None:
    app = reader()
    looks(app, "trends")
    mark_pending(home)
    looks(app, "trends")
    assert not list(home.snapshots.glob(".writing-*"))


def test_of_many_versions_looked_at_only_the_last_are_kept(home: Home) -> None:
    """Tabs are left open for days: what they show is opened again when they are used again."""
    path, tabs, made = home, [], []
    for number in range(3):
        tabs.append(reader())
        looks(tabs[-1], "trends")
        version = current_version(home)
        assert version is not None
        made.append((version, weakref.ref(figures_of(path, version)), list(figures_of(path, version).axes.units)))
        publish(home, number)
    assert [figures() is None for _, figures, _ in made] == [True, False, False]
    version, _, units = made[0]
    assert list(figures_of(path, version).axes.units) == units


def test_what_a_page_reads_is_not_opened_anew_in_its_midst(home: Home) -> None:
    path, begun = home, current_version(home)
    assert begun is not None
    figures = weakref.ref(figures_of(path, begun))
    with ThreadPoolExecutor(1) as others:
        for number in range(3):
            publish(home, number)
            others.submit(lambda: figures_of(path, current_version(home) or 0)).result()
    assert figures() is figures_of(path, begun)


def test_readers_of_different_units_do_not_push_each_other_out(light_home: Path) -> None:
    """Each asks again and again, one after another."""
    home = Home(light_home)
    version = current_version(home) or 0
    units = snapshot_of(home, version).organisation.at_level("city")[:4]
    viewers = [home.of(Viewer(Identity(code), "viewer", Sight(frozenset({code}), False))) for code in units]
    tabs, first = [], []
    for one in (home, *viewers):
        first.append(figures_of(one, version))
        tabs.append(_holds[one.path, one.viewer.sight, version])
    assert len(set(map(id, first))) == 5
    assert [figures_of(one, version) for one in (home, *viewers)] == first
    assert [set(found.axes.units) & set(units) for found in first[1:]] == [{code} for code in units]
    del tabs
