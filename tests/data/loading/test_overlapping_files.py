"""Several files of one step that hold the same: figures are told, units only where they are told otherwise."""

from __future__ import annotations

import json

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import plan
from data.loading.report import stored_message
from data.snapshots.reader import open_snapshot

UNITS = "code name level parent aliases"
CITY = ("C", "新城", "city", "P", "新城市;Newtown")
CODES = ("same_keys_in_two_files", "other_rows_in_two_files")


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ([CITY], []),
        ([("D", "古城", "city", "P", ""), CITY], []),
        ([("C", "新城", "county", "P", "新城市;Newtown")], [("other_rows_in_two_files", 1, "C")]),
        ([("C", "新城", "city", "P", "")], [("other_rows_in_two_files", 1, "C")]),
    ],
    ids=["the same", "the same beside another", "another level", "no aliases"],
)
def test_units_that_several_files_bring(home: Home, write, again: list[tuple[str, ...]], told: list[tuple]) -> None:
    files = plan(
        home, [write("one.csv", UNITS, CITY, ("E", "远城", "city", "P", "")), write("two.csv", UNITS, *again)]
    ).files
    found = [one for file in files for one in file.all_findings if one.code in CODES]
    assert [(one.code, one.params["count"], one.params["first"]) for one in found] == told


def test_a_file_is_held_against_the_one_that_counted_until_then(home: Home, write) -> None:
    """A year of exports tells each change once, not each file against every other."""
    other = (*CITY[:4], "Newtown")
    paths = [
        write(f"{place}.csv", UNITS, city, ("E", f"远城{place}", "city", "P", ""))
        for place, city in enumerate([CITY, CITY, other, other])
    ]
    found = [
        [(one.params["count"], one.params["other"]) for one in file.all_findings if one.code in CODES]
        for file in plan(home, paths).files
    ]
    assert found == [[], [(1, "0.csv")], [(2, "1.csv")], [(1, "2.csv")]]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "1 unit-month of Customers is also in one.csv, loaded in the same step; the figures of this file count.",
        ),
        ("zh_Hans", "“客户规模”有 1 个单位月份与同次导入的 one.csv 重复；以本文件的数据为准。"),
        ("zh_Hant", "「客戶規模」有 1 個單位月份與同次匯入的 one.csv 重複；以本檔案的資料為準。"),
    ],
)
def test_the_type_is_named_in_the_readers_language_then_and_later(home: Home, write, lang: str, words: str) -> None:
    header = "month unit customers"
    done = load(home, [write("one.csv", header, ("2025-01", "A", 1)), write("two.csv", header, ("2025-01", "A", 2))])
    assert [one.message(lang) for one in done.files[1].findings if one.code in CODES] == [words]
    stored = [
        one for told in open_snapshot(home).batches()["findings"] for one in json.loads(told) if one["code"] in CODES
    ]
    assert [stored_message(one, lang) for one in stored] == [words]
