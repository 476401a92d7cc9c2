"""A unit that moves takes its later months with it and leaves the published ones where they are, unless the analyst
says otherwise: through the real loader and the command line.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.loading.report import LoadReport
from data.model.choices import Choices
from data.operations.undo import undo
from data.snapshots.coverage import coverage_states
from data.snapshots.reader import held_units, open_snapshot
from tests.conftest import run_module

UNITS = [
    ("P", "全省", "province", ""),
    ("A", "大洋", "city", "P"),
    ("B", "海湖", "city", "P"),
    ("A1", "东县", "county", "A"),
    ("A2", "西县", "county", "A"),
    ("B1", "南县", "county", "B"),
    ("H1", "中山厅", "hall", "A1"),
]
MOVED = [*UNITS[:3], ("A1", "东县", "county", "B"), *UNITS[4:]]
COUNTIES = {"A1": 10, "A2": 20, "B1": 40}
Load = Callable[..., LoadReport]


def write(path: Path, header: str, rows: Sequence[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header.split(), *rows])
    return path


def month_files(folder: Path, months: Sequence[str]) -> list[Path]:
    """Of each county 10, 20 or 40 calls of 10,000 settled, and a ticket in its name; of the hall one."""
    calls = [(month, unit, 10_000, count) for month in months for unit, count in COUNTIES.items()]
    tickets = [
        (f"{unit}-{month}-{number}", f"{month}-1{number}", unit, "资费", "escalated")
        for month in months
        for unit, count in {**{code: count // 10 for code, count in COUNTIES.items()}, "H1": 1}.items()
        for number in range(count)
    ]
    return [
        write(folder / f"hotline_{months[0]}.csv", "month unit calls resolved_first_contact", calls),
        write(folder / f"tickets_{months[0]}.csv", "ticket_id received_at unit category level", tickets),
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with January to March of 2025; read only."""
    folder = tmp_path_factory.mktemp("published")
    files = [write(folder / "units.csv", "code name level parent", UNITS)]
    files += month_files(folder, ["2025-01", "2025-02", "2025-03"])
    assert load(Home(folder / "home"), files).committed
    return folder / "home"


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(published, tmp_path / "home")))


def units_file(folder: Path, rows: Sequence[Sequence[str]], header: str = "code name level parent") -> Path:
    return write(folder / "units_new.csv", header, rows)


def saying(**answers: str) -> LoadOptions:
    return LoadOptions(choices=Choices(answers=answers))


def said(done: LoadReport) -> list[tuple[str, str]]:
    found = [finding for file in done.files for finding in file.findings if finding.code.startswith("unit_moves")]
    return [(finding.code, str(finding.params["since"])) for finding in found]


def calls(home: Home, month: str) -> dict[str, float]:
    """Settled calls of the cities and the province in a month."""
    answer = {}
    for unit in ("P", "A", "B"):
        printed = run_module("metrics", "scorecard", "--unit", unit, "--month", month, "--json", home=home.path).stdout
        found = {row["metric"]: row for row in json.loads(printed)["metrics"]}
        answer[unit] = found["hotline_first_contact"]["numerator"]
        assert found["escalated_complaints"]["value"] == TICKETS_OF[answer[unit]], (unit, month)
    return answer


# Settled calls -> tickets of the same units: the hall has one more, wherever its county stands.
TICKETS_OF = {70: 8, 30: 4, 40: 4, 20: 2, 50: 6}
BEFORE, AFTER = {"P": 70, "A": 30, "B": 40}, {"P": 70, "A": 20, "B": 50}


def test_published_months_stay_and_later_ones_move(home: Home, tmp_path: Path) -> None:
    done = load(home, [units_file(tmp_path, MOVED)])
    assert done.committed
    assert said(done) == [("unit_moves", "2025-04")]
    assert load(home, month_files(tmp_path, ["2025-04"])).committed
    assert [calls(home, month) for month in ("2025-01", "2025-03", "2025-04")] == [BEFORE, BEFORE, AFTER]
    # The same units again, and another description of the moved one, say nothing new of its parent.
    again = units_file(tmp_path, [("A1", "东县改名", "county", "B"), *UNITS[4:]])
    done = load(home, [again])
    assert (done.committed, said(done)) == (True, [])
    assert calls(home, "2025-03") == BEFORE
    assert open_snapshot(home).organisation.name("A1") == "东县改名"
    # Ranks among the counties of a city, and where its tickets stand, follow the month.
    for month, city, expected in (
        ("2025-03", "A", {"A1", "A2"}),
        ("2025-04", "A", {"A2"}),
        ("2025-04", "B", {"A1", "B1"}),
    ):
        printed = run_module(
            "metrics", "ranking", "hotline_first_contact", "--within", city, "--month", month, "--json", home=home.path
        )
        assert {row["unit"] for row in json.loads(printed.stdout)["units"]} == expected
    held = coverage_states(held_units(home), open_snapshot(home).organisation)
    assert set(held["state"]) == {"loaded"}
    # A period that spans the move sums what each month had.
    printed = run_module(
        "metrics", "scorecard", "--unit", "B", "--month", "2025-04", "--period", "ytd", "--json", home=home.path
    )
    found = {row["metric"]: row for row in json.loads(printed.stdout)["metrics"]}
    assert found["hotline_first_contact"]["numerator"] == 3 * 40 + 50
    # Why it changed: what came counts in the month in which it came.
    printed = run_module(
        "metrics", "explain", "escalated_complaints", "--unit", "B", "--month", "2025-04", "--json", home=home.path
    )
    answer = json.loads(printed.stdout)
    assert (answer["change"], {part["unit"]: part["total"] for part in answer["parts"]}) == (2, {"A1": 2, "B1": 0})


@pytest.mark.parametrize(
    ("answers", "since", "expected"),
    [
        ({"parents": "from_start"}, "2025-01", [AFTER, AFTER, AFTER]),
        ({"parents": "2025-03"}, "2025-03", [BEFORE, BEFORE, AFTER]),
    ],
)
def test_the_analyst_says_otherwise(
    home: Home, tmp_path: Path, answers: dict[str, str], since: str, expected: list[dict[str, int]]
) -> None:
    done = load(home, [units_file(tmp_path, MOVED)], saying(**answers))
    assert said(done) == [("unit_moves_in_published_months", since)]
    assert [calls(home, month) for month in ("2025-01", "2025-02", "2025-03")] == expected
    undo(home, 4)
    assert [calls(home, month) for month in ("2025-01", "2025-03")] == [BEFORE, BEFORE]


def test_a_units_file_says_from_which_month(home: Home, tmp_path: Path) -> None:
    rows = [(*unit, "") for unit in UNITS] + [("A1", "东县", "county", "B", "2025-02")]
    done = load(home, [units_file(tmp_path, rows, "code name level parent since")])
    assert said(done) == [("unit_moves_in_published_months", "2025-02")]
    assert [calls(home, month) for month in ("2025-01", "2025-02")] == [BEFORE, AFTER]
    # The same history told again says nothing new.
    done = load(
        home, [write(tmp_path / "told.csv", "code name level parent since", [*rows, ("H2", "新厅", "hall", "A2", "")])]
    )
    assert (done.committed, said(done)) == (True, [])
    # It came back: the month between stays what it was.
    done = load(home, [units_file(tmp_path, UNITS)], saying(parents="2025-03"))
    assert [calls(home, month) for month in ("2025-01", "2025-02", "2025-03")] == [BEFORE, AFTER, BEFORE]


def test_the_first_units_file_again_moves_the_unit_back(home: Home, tmp_path: Path) -> None:
    load(home, [units_file(tmp_path, MOVED)])
    first = write(tmp_path / "first.csv", "code name level parent", UNITS)
    assert load(home, [first]).committed
    assert open_snapshot(home).organisation.parent("A1") == "A"
    assert calls(home, "2025-03") == BEFORE


def test_a_move_and_the_next_month_in_one_step(home: Home, tmp_path: Path) -> None:
    assert load(home, [units_file(tmp_path, MOVED), *month_files(tmp_path, ["2025-04"])]).committed
    assert [calls(home, month) for month in ("2025-03", "2025-04")] == [BEFORE, AFTER]


def test_units_that_nobody_published_move_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    load(home, [units_file(tmp_path, UNITS)])
    done = load(home, [write(tmp_path / "moved.csv", "code name level parent", MOVED)])
    assert (done.committed, said(done)) == (True, [])
    assert open_snapshot(home).organisation.at("2020-01").parent("A1") == "B"


def test_a_file_without_parents_leaves_them(home: Home, tmp_path: Path) -> None:
    done = load(home, [units_file(tmp_path, [("A1", "东县新名", "county")], "code name level")])
    assert (done.committed, said(done)) == (True, [])
    assert open_snapshot(home).organisation.parent("A1") == "A"


def test_clearing_what_is_not_mentioned_leaves_earlier_parents(home: Home, tmp_path: Path) -> None:
    load(home, [units_file(tmp_path, MOVED)])
    rows = [("A1", "东县", "county", "B"), *UNITS[:3], *UNITS[4:6]]
    done = load(home, [write(tmp_path / "again.csv", "code name level parent", rows)], LoadOptions(missing="clear"))
    assert done.committed
    organisation = open_snapshot(home).organisation
    assert "H1" not in organisation
    assert (organisation.at("2025-03").parent("A1"), organisation.at("2025-04").parent("A1")) == ("A", "B")


def test_the_preview_lists_every_published_figure_rank_and_unit(home: Home, tmp_path: Path) -> None:
    path = units_file(tmp_path, MOVED)
    later = json.loads(run_module("reports", "preview", str(path), "--json", home=home.path).stdout)
    assert (later["units"], later["values"]) == (
        [{"unit": "A1", "name": "东县", "field": "parent", "since": "2025-04", "old": "A", "new": "B"}],
        [],
    )
    printed = run_module(
        "reports", "preview", str(path), "--answer", "parents=2025-02", "--json", home=home.path
    ).stdout
    found = json.loads(printed)
    changed = {
        (row["metric"], row["unit"], row["month"]): (row["old"], row["new"], row["rank_before"], row["rank_after"])
        for row in found["values"]
    }
    assert {(unit, month) for _, unit, month in changed} == {
        (unit, month) for unit in ("A", "B") for month in ("2025-02", "2025-03")
    }
    assert changed["hotline_first_contact", "A", "2025-02"] == pytest.approx((0.15, 0.2, 2, 2))
    assert changed["hotline_first_contact", "B", "2025-02"] == pytest.approx((0.4, 0.25, 1, 1))
    assert changed["escalated_complaints", "A", "2025-03"] == (4, 2, 1, 1)
    assert changed["escalated_complaints", "B", "2025-03"] == (4, 6, 1, 2)
    # Nothing was written.
    assert open_snapshot(home).version == 1
