"""Loading: many files in any order, one step, one version; what is refused contributes nothing; what is only tried
writes nothing.
"""

from __future__ import annotations

import csv
import itertools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.core.home import Home
from data.loading.commit import commit, load
from data.loading.plan import LoadOptions, plan
from data.model.errors import Busy, Refused, WrongUsage
from data.operations.undo import history, undo
from data.snapshots.reader import current_version, open_snapshot

CUSTOMERS = "month unit customers"
RECHARGE = "month unit channel transactions"
TICKETS = "ticket_id received_at unit category"
UNITS = "code name level parent"


@pytest.fixture
def files(write, units: Path) -> list[Path]:
    """Customers, recharges and tickets, and the units that they need last."""
    return [
        write("customers.csv", CUSTOMERS, ("2025-01", "大洋", 100), ("2025-01", "海湖", 200)),
        write("recharge.xlsx", RECHARGE, ("2025-01", "A", "app", 6), ("2025-01", "A", "agent", 4)),
        write("tickets.csv", TICKETS, ("T1", "2025-01-05", "中山厅", "资费"), ("T2", "2025-01-06", "B1", "网络")),
        units,
    ]


EXPECTED = {
    ("customers", "2025-01 A"): 100,
    ("customers", "2025-01 B"): 200,
    ("recharge_transactions", "2025-01 A"): 10,
    ("self_service_transactions", "2025-01 A"): 6,
    ("complaints", "2025-01 H1"): 1,
    ("complaints", "2025-01 A1"): 1,
    ("complaints", "2025-01 A"): 1,
    ("complaints", "2025-01 B1"): 1,
    ("complaints", "2025-01 B"): 1,
}


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)], ids=["units last", "units first", "mixed"]
)
def test_many_files_in_any_order_become_one_version(empty: Home, files: list, cube, order: tuple) -> None:
    given = [files[place] for place in order]
    done = load(empty, given, LoadOptions(who="Li Na"))
    assert (done.committed, done.refused, done.version) == (True, False, 1)
    assert [file.file for file in done.files] == [path.name for path in given], "reported in the order given"
    assert {file.file: file.batch for file in done.files}["units.csv"] == 1, "the units are written first"
    totals = {(measure, place): value for (measure, kind, place), value in cube(empty).items() if not kind}
    assert {key: value for key, value in totals.items() if value and key[0] in {one for one, _ in EXPECTED}} == EXPECTED
    assert sorted(history(empty)["batch"]) == [1, 2, 3, 4]
    assert set(history(empty)["version"]) == {1}


def test_units_and_figures_in_one_workbook(empty: Home, tmp_path: Path, units: Path, figures) -> None:
    book = Workbook()
    book.remove(book.active)
    figures_sheet, units_sheet = book.create_sheet("数据"), book.create_sheet("机构")
    for row in (CUSTOMERS.split(), ("2025-01", "大洋", 7)):
        figures_sheet.append(row)
    with units.open(encoding="utf-8") as source:
        for row in csv.reader(source):
            units_sheet.append(row)
    book.save(tmp_path / "both.xlsx")
    done = load(empty, [units, tmp_path / "both.xlsx"])
    assert done.committed
    assert not done.refused
    assert figures(empty, "customers") == {"2025-01 A": 7}


REFUSED = [
    ("an unknown unit", "bad.csv", CUSTOMERS, [("2025-02", "nowhere", 1), ("2025-02", "A", 5)], "unknown_unit"),
    ("a count with decimals", "bad.csv", CUSTOMERS, [("2025-02", "A", 1.5)], "not_whole"),
    ("a month to come", "bad.csv", CUSTOMERS, [("2199-02", "A", 1)], "month_in_future"),
    ("the same key twice", "bad.csv", CUSTOMERS, [("2025-02", "A", 1), ("2025-02", "A", 2)], "duplicate_key"),
    ("no rows", "bad.xlsx", CUSTOMERS, [], "no_rows"),
    ("not a table of ours", "bad.csv", "colour taste", [("red", "sweet")], "no_table"),
    # A date, a unit and a status stand in every export: none of them tells an action from a ticket.
    (
        "tickets of others",
        "bad.csv",
        "# complaint date state zip",
        [(7, "slow", "2025-01-03", "GA", 30102)],
        "no_table",
    ),
    ("a status, no type", "bad.csv", "month unit status zip", [("2025-01", "A", "open", 30102)], "no_table"),
]


@pytest.mark.parametrize(("name", "file", "header", "rows", "code"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_refused_file_contributes_nothing_and_the_others_are_loaded(
    home: Home, write, figures, name: str, file: str, header: str, rows: list, code: str
) -> None:
    good = write("good.csv", CUSTOMERS, ("2025-01", "A", 1))
    done = load(home, [write(file, header, *rows), good])
    assert (done.committed, done.refused, done.version) == (True, True, 2)
    assert [report.batch for report in done.files] == [None, 2]
    assert code in [finding.code for finding in done.files[0].findings]
    assert figures(home, "customers") == {"2025-01 A": 1}
    assert list(history(home)["file"]) == ["units.csv", "good.csv"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "unreadable_file"),
        ("a.csv", b"", "empty_file"),
        ("a.pdf", b"%PDF", "kind_not_read"),
        ("a.csv.gz", b"\x1f\x8bnothing", "unreadable_archive"),
    ],
    ids=["damaged", "empty", "of another kind", "damaged archive"],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    home: Home, tmp_path: Path, tree, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = tree(home.path)
    done = load(home, [tmp_path / name])
    assert (done.committed, done.refused, done.version) == (False, True, 1)
    assert [finding.code for finding in done.files[0].findings] == [code]
    assert tree(home.path) == before


def test_a_folder_stands_for_its_files_and_beside_files_is_left_out(home: Home, write, tmp_path: Path) -> None:
    write("in/a.csv", CUSTOMERS, ("2025-01", "A", 1))
    write("in/b.csv", CUSTOMERS, ("2025-02", "A", 1))
    write("in/.hidden.csv", CUSTOMERS, ("2025-03", "A", 1))
    write("in/~$a.xlsx", CUSTOMERS, ("2025-03", "A", 1))
    beside = write("c.csv", CUSTOMERS, ("2025-04", "A", 1))
    folder = tmp_path / "files" / "in"
    assert [file.file for file in load(home, [folder], LoadOptions(dry_run=True)).files] == ["a.csv", "b.csv"]
    assert [file.file for file in load(home, [folder, beside], LoadOptions(dry_run=True)).files] == ["c.csv"]


def test_an_empty_folder_is_no_load(home: Home, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(Refused, match="There is no file to load"):
        load(home, [tmp_path / "nothing"])


def test_a_dry_run_writes_nothing_but_says_what_would_happen(home: Home, write, tree) -> None:
    before = tree(home.path)
    path = write("a.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "nowhere", 1))
    good = write("b.csv", CUSTOMERS, ("2025-01", "A", 1))
    tried = load(home, [path, good], LoadOptions(dry_run=True))
    assert (tried.committed, tried.refused, tried.version) == (False, True, 1)
    assert [(file.batch, file.staged.refused) for file in tried.files] == [(None, True), (None, False)]
    assert tree(home.path) == before


def test_a_dry_run_in_an_empty_home_loads_nothing(empty: Home, units: Path) -> None:
    tried = load(empty, [units], LoadOptions(dry_run=True))
    assert (tried.committed, tried.version) == (False, None)
    assert current_version(empty) is None
    assert not empty.originals.exists()
    assert load(empty, [units]).version == 1


def test_version_numbers_count_what_was_committed(home: Home, write, loads) -> None:
    assert loads("a.csv", CUSTOMERS, ("2025-01", "A", 1)).version == 2
    assert load(home, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1))]).version == 2  # the same bytes
    assert load(home, [write("bad.csv", CUSTOMERS, ("2025-01", "?", 1))]).version == 2
    assert undo(home, 2) == 3
    assert loads("b.csv", CUSTOMERS, ("2025-01", "A", 2)).version == 4
    assert current_version(home) == open_snapshot(home).version == 4
    assert list(history(home)["version"]) == [1, 2, 4]


def test_two_files_with_the_same_keys_warn_and_the_later_one_counts(home: Home, write, figures) -> None:
    first = write("first.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "B", 2), ("2025-02", "A", 3))
    second = write("second.csv", CUSTOMERS, ("2025-01", "A", 10), ("2025-01", "B", 20))
    done = load(home, [first, second])
    assert done.committed
    words = "2 unit-months of Customers are also in first.csv, loaded in the same step; the figures of this file count."
    assert [[finding.message() for finding in file.findings] for file in done.files] == [[], [words]]
    assert figures(home, "customers") == {"2025-01 A": 10, "2025-01 B": 20, "2025-02 A": 3}


def test_the_file_that_is_said_to_count_does_count(home: Home, tmp_path: Path, write, figures) -> None:
    """A workbook with units and customers is written before one with customers only, whatever the order given."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (
        ("units", [UNITS.split(), ("C", "新城", "city", "P")]),
        ("customers", [CUSTOMERS.split(), ("2025-01", "A", 1)]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "both.xlsx")
    plain = write("plain.csv", CUSTOMERS, ("2025-01", "A", 2))
    done = load(home, [plain, tmp_path / "both.xlsx"])
    warned = {file.file for file in done.files if "same_keys_in_two_files" in [one.code for one in file.findings]}
    assert len(warned) == 1
    assert figures(home, "customers") == {"2025-01 A": {"plain.csv": 2, "both.xlsx": 1}[warned.pop()]}


def test_what_one_file_of_a_step_holds_is_not_cleared_by_another(home: Home, loads, write, figures) -> None:
    """--missing clear is about what was loaded before: here B2 and A2."""
    before = [("2025-03", unit, 1) for unit in ("A1", "A2", "B1", "B2")]
    loads("before.csv", CUSTOMERS, *before)
    first = write("first.csv", CUSTOMERS, ("2025-03", "A1", 10), ("2025-03", "B1", 11))
    second = write("second.csv", CUSTOMERS, ("2025-03", "B1", 20))
    assert load(home, [first, second], LoadOptions(missing="clear")).committed
    assert figures(home, "customers") == {"2025-03 A1": 10, "2025-03 B1": 20}


def test_the_same_file_given_twice_is_loaded_once(home: Home, write, figures) -> None:
    path = write("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    copy = Path(shutil.copy(path, path.with_name("copy.csv")))
    done = load(home, [path, copy, path])
    assert [file.batch for file in done.files].count(2) == 1
    assert figures(home, "customers") == {"2025-01 A": 1}
    assert list(history(home)["batch"]) == [1, 2]


def test_a_plan_is_committed_as_it_was_shown(home: Home, write, figures) -> None:
    planned = plan(
        home, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1)), write("b.csv", CUSTOMERS, ("2025-01", "?", 2))]
    )
    assert [planned.loads(place) for place in (0, 1)] == [True, False]
    done = commit(home, planned, who="Li Na")
    assert (done.committed, done.refused, done.version) == (True, True, 2)
    assert figures(home, "customers") == {"2025-01 A": 1}
    assert history(home)["loaded_by"].iloc[-1] == "Li Na"


def test_a_plan_that_others_overtook_is_busy(home: Home, write, loads, tree) -> None:
    planned = plan(home, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1))])
    loads("b.csv", CUSTOMERS, ("2025-01", "A", 2))
    before = tree(home.path)
    with pytest.raises(Busy, match=r"^The data have changed since version 1, .*; nothing was changed\."):
        commit(home, planned)
    assert tree(home.path) == before


def test_originals_are_kept_under_their_hash(home: Home, write) -> None:
    path = write("报表.CSV.csv", CUSTOMERS, ("2025-01", "A", 1))
    done = load(home, [path])
    kept = home.originals / f"{done.files[0].sha256}.csv"
    assert kept.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("feed", ["nonsense", "customers; DROP TABLE batch"])
def test_an_unknown_spreadsheet_type_is_wrong_usage(home: Home, write, feed: str) -> None:
    with pytest.raises(WrongUsage, match=r"^No spreadsheet type is called .*; there are: units, customers,"):
        load(home, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1))], LoadOptions(feed=feed))


def test_progress_rises_to_the_whole(home: Home, write) -> None:
    told: list[tuple[float, str]] = []
    paths = [write(f"{n}.csv", CUSTOMERS, (f"2025-0{n}", "A", n)) for n in (1, 2, 3)]
    load(home, paths, LoadOptions(progress=lambda share, name: told.append((share, name))))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {name for _, name in told} == {"1.csv", "2.csv", "3.csv", ""}


# The order in which an office happens to write its rows and hand in its files means nothing.
TICKET_ROWS = [
    (f"T{number}", f"2025-0{number % 2 + 1}-{number % 27 + 1:02}", unit, category)
    for number, (unit, category) in enumerate(itertools.product(("A1", "A2", "B1", "H1"), ("资费", "网络", "服务")))
]
CHANNEL_ROWS = [
    (f"2025-0{month}", unit, channel, month * 10 + place)
    for month in (1, 2)
    for unit in ("A", "B")
    for place, channel in enumerate(("app", "web", "agent"))
]
MONTHLY_ROWS = [("2025-01", "A1", "资费", 9), ("2025-01", "A1", "其他", 1), ("2025-02", "B", "资费", 4)]
SETS = [
    ("tickets.csv", TICKETS, TICKET_ROWS),
    ("recharge.csv", RECHARGE, CHANNEL_ROWS),
    ("monthly.csv", "month unit category complaints", MONTHLY_ROWS),
]


@pytest.fixture(scope="module")
def in_order(units_loaded: Path, write_to, cube, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Every cell when SETS are loaded as they stand."""
    folder = tmp_path_factory.mktemp("order")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    load(home, [write_to(folder / name, [header.split(), *rows]) for name, header, rows in SETS])
    return cube(home)


@settings(max_examples=6, deadline=None)
@given(
    rows=st.tuples(*(st.permutations(rows) for _, _, rows in SETS)),
    order=st.permutations(range(len(SETS))),
    columns=st.permutations(range(4)),
    steps=st.booleans(),
)
def test_the_order_of_rows_columns_and_files_does_not_matter(
    units_loaded: Path, write_to, cube, in_order: dict, rows: tuple, order: list, columns: list, steps: bool
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
        paths = []
        for place in order:
            file, header, _ = SETS[place]
            table = [header.split(), *rows[place]]
            paths.append(write_to(folder / file, [[row[column] for column in columns] for row in table]))
        for one in [[path] for path in paths] if steps else [paths]:
            assert load(home, one).committed
        assert cube(home) == in_order


class Cancelled(BaseException):
    """What a click on Cancel raises where the work says how far it is."""


def test_cancelled_at_any_step_nothing_is_left_behind(units_loaded: Path, write_to, cube, tmp_path: Path) -> None:
    """Every place at which a load tells how far it is, one after the other; then the load itself."""
    home = Home(Path(shutil.copytree(units_loaded, tmp_path / "home")))
    new = [
        write_to(tmp_path / "c.csv", [CUSTOMERS.split(), ("2025-01", "A", 100), ("2025-01", "B", 5)]),
        write_to(tmp_path / "t.xlsx", [TICKETS.split(), ("T1", "2025-01-05", "A1", "资费")]),
    ]

    def files() -> list[str]:
        return sorted(str(path.relative_to(home.path)) for path in home.path.rglob("*") if path.name != "load.lock")

    before, figures = files(), cube(home)
    shares: list[float] = []
    for steps in itertools.count():
        told = 0

        def progress(share: float, _name: str, steps: int = steps) -> None:
            nonlocal told
            told += 1
            if told > steps and share < 1:
                raise Cancelled
            shares.append(share)

        try:
            done = load(home, new, LoadOptions(progress=progress))
        except Cancelled:
            assert files() == before
            assert cube(home) == figures
            assert current_version(home) == 1
            shares.clear()
            continue
        break
    assert done.version == 2
    assert steps > 10, "told often enough to be cancelled soon"
    assert shares == sorted(shares), "never backwards"
    assert shares[-1] == 1
