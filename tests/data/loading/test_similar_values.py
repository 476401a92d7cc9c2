"""New categories that read like one that was loaded before, or like a frequent one of the same file."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.core.home import Home
from data.loading.plan import plan
from tests.conftest import ROOT

TICKETS = "ticket_id received_at unit category channel"
MONTHLY = "month unit category complaints"
BEFORE = [("资费争议", "热线"), ("网络质量", "渠道A"), ("流量套餐", "10086热线"), ("Network quality", "app")]


def tickets(*values: tuple[str, str]) -> list[tuple[str, ...]]:
    return [(f"T{place}", "2025-02-03", "A", *value) for place, value in enumerate(values)]


def told(home: Home, path) -> list[tuple[str | None, ...]]:  # type: ignore[no-untyped-def]
    found = [one for one in plan(home, [path]).files[0].all_findings if one.code == "like_another_value"]
    return [(one.cell, one.value, one.params["known"]) for one in found]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("资费争议", "热线"), ("资费争义", "热线"), ("资费争义", "热线")], [("D3", "资费争义", "资费争议")]),
        (
            [("網絡質量", "热线"), ("Netwrok quality", "App")],
            [("D2", "網絡質量", "网络质量"), ("D3", "Netwrok quality", "Network quality"), ("E3", "App", "app")],
        ),
        ([("流量超出", "渠道B"), ("国际漫游", "10085热线")], []),
    ],
    ids=["a slip", "script, letters, case", "other names"],
)
def test_against_what_was_loaded(
    home: Home, loads, write, values: Sequence[tuple[str, str]], expected: list[tuple[str, ...]]
) -> None:
    loads("before.csv", TICKETS, *[("B" + row[0], "2025-01-03", *row[2:]) for row in tickets(*BEFORE)])
    assert sorted(told(home, write("new.csv", TICKETS, *tickets(*values)))) == sorted(expected)


def test_what_was_loaded_is_known_whatever_it_reads_like(home: Home, loads, write) -> None:
    """Told once, when it is new; and across the types that split the same figures."""
    loads("before.csv", MONTHLY, ("2025-01", "A", "资费争议", 5))
    rows = tickets(("资费争义", "热线"))
    assert told(home, write("new.csv", TICKETS, *rows)) == [("D2", "资费争义", "资费争议")]
    loads("new.csv", TICKETS, *rows)
    assert told(home, write("again.csv", TICKETS, *rows)) == []
    assert told(home, write("later.csv", MONTHLY, ("2025-03", "A", "资费争义", 5))) == []


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [(5, 1, [("D7", "资费争义", "资费争议")]), (4, 1, []), (3, 3, [])],
    ids=["five times as many", "not many more", "as many"],
)
def test_within_one_file(home: Home, write, right: int, wrong: int, expected: list[tuple[str, ...]]) -> None:
    rows = tickets(*[("资费争议", "热线")] * right, *[("资费争义", "热线")] * wrong)
    assert told(home, write("first.csv", TICKETS, *rows)) == expected


def test_the_message_names_both(home: Home, loads, write) -> None:
    loads("before.csv", MONTHLY, ("2025-01", "A", "资费争议", 5))
    path = write("new.csv", MONTHLY, ("2025-02", "A", "资费争义", 5), ("2025-02", "B", "资费争义", 5))
    found = next(one for one in plan(home, [path]).files[0].all_findings if one.code == "like_another_value")
    assert found.severity == "warning"
    assert found.message() == "“资费争义” in “category” is new (rows: 2) and reads like “资费争议”."
    assert found.message("zh_Hans") == "“category”中的“资费争义”以前没有出现过（2 行），与“资费争议”十分相近。"


@pytest.mark.parametrize("folder", ["", "hospital", "property"])
def test_the_samples_hold_no_slips(empty: Home, folder: str) -> None:
    paths = [path for path in sorted((ROOT / "data" / "samples" / folder).iterdir()) if path.is_file()]
    found = [one for file in plan(empty, paths).files for one in file.all_findings if one.code == "like_another_value"]
    assert found == []
