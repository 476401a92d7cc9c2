"""A viewer of one city finds no figure, name or row of another: on no page, in no link, file, command or export."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.core.home import Home
from data.core.viewer import Identity, Sight, Viewer
from data.loading.commit import load
from data.loading.plan import plan
from data.model.errors import NotAllowed, ServiceQualityError
from data.operations.backup import backup
from data.operations.edit import edit
from data.operations.undo import redo, undo
from data.snapshots.people import PERSON_VARIABLE, person_named, read_access
from data.snapshots.reader import current_version, held_units, open_snapshot
from tests.access.conftest import home_with_people
from tests.conftest import run_module

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "overview", "metric", "complaints", "satisfaction", "self_service", "retention", "family", "rankings", "compare",
    "review_pack", "trends", "tables", "methods",
)  # fmt: skip
MINE, OTHER = "DY", "LJ"
PEOPLE = f"person,role,unit\nviewer@x.org,viewer,{MINE}\nanalyst@x.org,analyst,{MINE}\nroot@x.org,administrator,\n"


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """All samples, and three people."""
    return home_with_people(sample_home, PEOPLE, tmp_path_factory.mktemp("scope"))


@pytest.fixture(scope="module")
def foreign(home: Home) -> re.Pattern[str]:
    """What only names other units: their names and codes that no unit of one's own has in its."""
    organisation = open_snapshot(home).organisation
    mine = {MINE, *organisation.descendants(MINE)}
    own = " ".join(f"{code} {organisation.name(code)}" for code in mine)
    others = [code for code in organisation.codes if code not in mine]
    names = {organisation.name(code) for code in others}
    words = {word for word in names if word not in own and len(word) > 1}
    codes = {code for code in others if code not in own and len(code) > 3}
    assert len(words) > 400
    return re.compile(
        "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + "|" + rf"\b({'|'.join(codes)})\b"
    )


@pytest.fixture(scope="module")
def person() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PERSON_VARIABLE, "viewer@x.org")
        yield "viewer@x.org"


def as_(home: Home, person: str) -> Home:
    return home.of(person_named(home, person, read_access(home)))


def opened(page: str, home: Home, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(home.path))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in {"whole": "1", **query}.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    return app.run()


def everything(app: AppTest) -> str:
    """All that a page shows, names of files and figures of charts included."""
    return "\n".join(
        str(element.proto.SerializeToString().decode("utf-8", "ignore"))
        for block in (app.main, app.sidebar)
        for element in block
        if hasattr(element, "proto") and element.proto is not None
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_another(
    page: str, home: Home, foreign: re.Pattern[str], person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(page, home, monkeypatch, lang="zh_Hans")
    assert not app.exception
    said = everything(app)
    assert len(said) > 500
    assert not foreign.findall(said)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("overview", {"unit": OTHER}),
        ("overview", {"unit": "临江"}),
        ("metric", {"unit": OTHER, "metric": "complaints_per_10k", "tickets": "1"}),
        ("complaints", {"unit": OTHER, "version": "1"}),
        ("compare", {"with": f"{OTHER}~{MINE}~BP"}),
        ("rankings", {"unit": OTHER, "within": OTHER, "level": "hall"}),
        ("rankings", {"level": "city"}),
        ("overview", {"version": "1"}),
        ("tables", {"table": "people"}),
        ("tables", {"table": "units"}),
        ("upload", {"lang": "en"}),
    ],
)
def test_no_link_shows_another(
    page: str, query: dict[str, str], home: Home, foreign: re.Pattern[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an analyst, who sees more of what can be done than a viewer."""
    monkeypatch.setenv(PERSON_VARIABLE, "analyst@x.org")
    app = opened(page, home, monkeypatch, **query)
    assert not app.exception
    said = everything(app)
    assert len(said) > 500
    asked = next(iter(query.values()))
    assert not [word for word in foreign.findall(said.replace(asked, "")) if word not in asked]
    assert "root@x.org" not in said


def test_what_one_has_seen_another_does_not_get(
    home: Home, foreign: re.Pattern[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same page for everybody first, whose results are kept."""
    monkeypatch.delenv(PERSON_VARIABLE, raising=False)
    assert foreign.search(everything(opened("rankings", home, monkeypatch)))
    monkeypatch.setenv(PERSON_VARIABLE, "viewer@x.org")
    assert not foreign.search(everything(opened("rankings", home, monkeypatch)))
    monkeypatch.delenv(PERSON_VARIABLE)
    assert foreign.search(everything(opened("rankings", home, monkeypatch)))


@pytest.mark.parametrize(
    "words",
    [
        "data history --json",
        "data history",
        "data coverage --json",
        "data coverage --by-branch",
        f"metrics scorecard --unit {MINE} --json",
        "metrics ranking complaints_per_10k --json",
        "metrics ranking complaints_per_10k --level hall",
        f"metrics trend complaints_per_10k --unit {MINE} --json",
        f"metrics explain complaints_per_10k --unit {MINE} --json",
        f"metrics briefing --unit {MINE}",
        "metrics list --json",
    ],
)
def test_no_command_prints_another(words: str, home: Home, foreign: re.Pattern[str], person: str) -> None:
    module, *rest = words.split()
    printed = run_module(module, *rest, home=home.path)
    assert printed.stdout
    assert not foreign.findall(printed.stdout + printed.stderr)


@pytest.mark.parametrize(
    "words",
    [
        f"metrics scorecard --unit {OTHER}",
        "metrics scorecard --unit 临江",
        f"metrics trend complaints_per_10k --unit {OTHER} --version 1",
        f"metrics ranking complaints_per_10k --within {OTHER}",
        f"reports pack --unit {OTHER} --out OUT",
    ],
)
def test_another_unit_is_not_known(
    words: str, home: Home, foreign: re.Pattern[str], person: str, tmp_path: Path
) -> None:
    module, *rest = words.replace("OUT", str(tmp_path)).split()
    printed = run_module(module, *rest, home=home.path, status=2)
    assert not foreign.findall((printed.stdout + printed.stderr).replace("临江", ""))


def test_a_pack_holds_nothing_of_another(home: Home, foreign: re.Pattern[str], person: str, tmp_path: Path) -> None:
    run_module("reports", "pack", "--unit", MINE, "--only", "xlsx,html,pptx", "--out", str(tmp_path), home=home.path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".xlsx", ".html", ".pptx"}
    for path in files:
        for name, text in _texts(path):
            assert not foreign.findall(text), name


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    yield path.name, path.name
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "ignore")
    else:
        yield path.name, content.decode("utf-8", "ignore")


def test_a_snapshot_holds_no_row_of_another(home: Home, person: str) -> None:
    seen, whole = open_snapshot(as_(home, person)), open_snapshot(home)
    mine = {MINE, *whole.organisation.descendants(MINE)}
    assert set(seen.organisation.codes) == mine
    assert set(seen.lineage()["unit"]) <= mine
    assert set(held_units(as_(home, person))["unit"]) <= mine
    tables = seen._frame("SELECT table_name FROM duckdb_tables()")["table_name"]
    assert "rows_people" not in set(tables)
    for table in tables:
        frame = seen._frame(f"FROM {table}")
        for column in {"unit", "key_unit", "code"} & set(frame) if table not in ("indicator", "measure") else ():
            known = frame[column].dropna().astype(str)
            assert set(known[~known.str.match(r"\*|level:|above:") & (table != "events_above")]) <= mine, table


ROWS = "month,unit,calls,resolved_first_contact\n2025-12,{unit},1000,800\n"


def test_what_is_loaded_is_ones_own(home: Home, tmp_path: Path, foreign: re.Pattern[str]) -> None:
    mine, viewer = as_(home, "analyst@x.org"), as_(home, "viewer@x.org")
    files = {}
    for name, unit in (("own", MINE), ("other", OTHER)):
        files[name] = tmp_path / f"{name}.csv"
        files[name].write_text(ROWS.format(unit=unit), encoding="utf-8")
    people = tmp_path / "people.csv"
    people.write_text(f"person,role,unit\nanalyst@x.org,administrator,{MINE}\n", encoding="utf-8")
    before = current_version(home)
    with pytest.raises(NotAllowed):
        load(viewer, [files["own"]])
    refused = load(mine, [files["other"]])
    assert not refused.committed
    assert not foreign.findall(
        " ".join(
            one.message("zh_Hans") + one.suggestion("zh_Hans")
            for file in refused.files
            for one in file.staged.all_findings
        )
    )
    with pytest.raises(NotAllowed):
        load(mine, [people])
    with pytest.raises(NotAllowed):
        plan(viewer, [files["own"]])
    assert current_version(home) == before
    done = load(mine, [files["own"]])
    assert done.committed
    batch = done.files[0].batch
    assert open_snapshot(home).batches().set_index("batch").loc[batch, "loaded_by"] == "analyst@x.org"
    undo(mine, batch)
    redo(mine, batch)
    undo(home, batch)


def test_what_is_undone_or_edited_is_ones_own(home: Home, tmp_path: Path) -> None:
    mine, viewer = as_(home, "analyst@x.org"), as_(home, "viewer@x.org")
    before = current_version(home)
    for batch in open_snapshot(home).batches()["batch"]:
        with pytest.raises(ServiceQualityError):
            undo(viewer, int(batch))
    shared = int(open_snapshot(home).lineage().query("unit == @OTHER")["batch"].iloc[0])
    with pytest.raises(NotAllowed):
        undo(mine, shared)
    for feed in ("units", "people"):
        with pytest.raises(NotAllowed):
            edit(mine, feed, open_snapshot(mine).table("units" if feed == "units" else "targets"))
    with pytest.raises(NotAllowed):
        backup(mine, tmp_path / "all.zip")
    notes = open_snapshot(mine).table("notes")
    stranger = {**dict.fromkeys(notes.columns), "month": "2025-11", "unit": OTHER, "note": "x"}
    assert not edit(mine, "notes", pd.concat([notes, pd.DataFrame([stranger])])).committed
    assert current_version(home) == before
    others = open_snapshot(home).table("notes")
    mine_too = {**stranger, "unit": MINE}
    assert edit(mine, "notes", pd.concat([notes, pd.DataFrame([mine_too])])).committed
    assert len(open_snapshot(home).table("notes")) == len(others) + 1


def test_who_is_taken_off_the_table_can_do_nothing_more(home: Home, tmp_path: Path) -> None:
    """Also with a page that was opened before."""
    gone = home.of(Viewer(Identity("gone@x.org", "gone@x.org"), "analyst", Sight(frozenset({MINE}), False)))
    path = tmp_path / "own.csv"
    path.write_text(ROWS.format(unit=MINE), encoding="utf-8")
    for act in (lambda: load(gone, [path]), lambda: undo(gone, 1), lambda: plan(gone, [path])):
        with pytest.raises(NotAllowed, match="no longer signed in"):
            act()
