"""Names that look like code are only names."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from data.core.home import Home
from data.loading.commit import load
from data.operations.undo import history
from data.snapshots.reader import open_snapshot

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.invalid","y")',
    "'; DROP TABLE unit; --",
    '"><img src=x onerror=alert(1)>',
    "${7*7}{{7*7}}",
)


def test_hostile_names_are_only_names(empty: Home, write_to, tmp_path: Path) -> None:
    """As unit, code, ticket, sheet and file: stored letter for letter, never run as SQL; what draws or exports them
    escapes.
    """
    header = ("code", "name", "level", "parent")
    units = [("P", "全省", "province", ""), *((f"U{n}", name, "city", "P") for n, name in enumerate(HOSTILE))]
    rows = [("month", "unit", "customers"), *(("2025-11", name, n + 1) for n, name in enumerate(HOSTILE))]
    tickets = [
        ("ticket_id", "received_at", "unit", "category"),
        *((name, "2025-11-03", name, name) for name in HOSTILE),
    ]
    files = [
        write_to(tmp_path / "units.csv", [header, *units]),
        write_to(tmp_path / "a';--\"<b>.csv", rows),
        write_to(tmp_path / "=cmd|x.csv", tickets),
    ]
    book = openpyxl.Workbook()
    book.active.title = "'; DROP --<i>"
    for row in (["month", "unit", "calls", "resolved_first_contact"], ["2025-11", HOSTILE[0], 5, 4]):
        book.active.append(row)
    book.save(tmp_path / "h.xlsx")
    done = load(empty, [*files, tmp_path / "h.xlsx"])
    assert done.committed, [finding.message() for file in done.files for finding in file.findings]
    snapshot = open_snapshot(empty)
    assert [snapshot.organisation.name(f"U{n}") for n in range(len(HOSTILE))] == list(HOSTILE)
    assert set(snapshot.segments("complaints", "category")["segment"]) == set(HOSTILE)
    assert set(history(empty)["file"]) == {path.name for path in [*files, tmp_path / "h.xlsx"]}


def test_a_home_with_a_quote_in_its_name(units: Path, tmp_path: Path) -> None:
    assert load(Home(tmp_path / "it's; DROP"), [units]).committed
