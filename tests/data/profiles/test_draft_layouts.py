"""Layouts that nobody described: what the draft loads of them as it is, and what it says it is not sure of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.model.organisation import Organisation
from data.model.sheet import Sheet, Workbook
from data.model.staged import StagedSheet
from data.profiles import apply_profile, read_profile
from data.profiles.draft import propose_profile
from data.profiles.draft_text import draft_text


def drafted(rows: list[list[Any]], file: str) -> tuple[StagedSheet, str]:
    """What the draft of a sheet, written down and read back, makes of it; and its text."""
    sheet = Sheet("Sheet1", rows)
    text = draft_text(propose_profile(Workbook(Path(file), file, "0" * 64, [sheet])))
    staged = apply_profile(read_profile(text, "draft"), sheet, file, Organisation.empty())[-1]
    assert [one.message("en") for one in staged.findings if one.severity == "error"] == []
    return staged, text


def figures(staged: StagedSheet, *by: str) -> dict[Any, float]:
    """The figures of indicators, added up by month, unit or indicator."""
    frame = staged.frame.assign(
        month=staged.frame["key_month"].dt.strftime("%Y-%m"),
        figure=staged.frame["numerator"].fillna(staged.frame["value"]),
    )
    return frame.groupby(list(by) if len(by) > 1 else by[0])["figure"].sum().to_dict()


CALLS = ["calls", "resolved_first_contact"]
TICKETS = [
    ["Ticket #", "Complaint", "Date", "State", "Zip code"],
    ["250635", "slow", "22-04-2015", "Georgia", "30102"],
    ["223441", "bill", "04-08-2015", "Georgia", "30101"],
    ["242732", "bill", "18-04-2015", "Maine", "04101"],
]


def test_a_ticket_export_in_other_words_is_tickets() -> None:
    staged, text = drafted(TICKETS, "08-draft.csv")
    assert (staged.feed.name, staged.months, staged.units) == (
        "complaints_tickets",
        ["2015-04", "2015-08"],
        ["Georgia", "Maine"],
    )
    assert staged.frame["ticket_id"].tolist() == ["250635", "223441", "242732"]
    assert "# The headers mean Complaints (tickets) in other words" in text


def test_rows_of_free_text_are_counted_and_make_no_units() -> None:
    said = "This is what customer number {} wrote about his bill, which was too high"
    rows = [["Ticket #", "Customer Complaint", "Date", "Status", "Zip code"]]
    rows += [[str(250000 + 31 * n), said.format(n), f"{1 + n:02d}-04-2015", "open", "30102"] for n in range(20)]
    staged, text = drafted(rows, "comcast.csv")
    assert figures(staged, "key_unit", "indicator") == {("comcast", "rows"): 20}
    assert "# Not added up, as they tell rows apart: Ticket #, Zip code." in text
    assert "# No column names branches or places" in text


@pytest.mark.parametrize(
    ("file", "rows", "by", "expected"),
    [
        (
            "worldbank.csv",
            [
                ["Last updated", "2024-06-28"],
                ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2021", "2022"],
                ["Aruba", "ABW", "Subscriptions", "IT.CEL", "120", "130"],
                ["Aruba", "ABW", "Servers", "IT.NET", "7", "9"],
                ["Chile", "CHL", "Subscriptions", "IT.CEL", "220", "230"],
                ["Chile", "CHL", "Servers", "IT.NET", "17", "19"],
            ],
            ("key_unit", "indicator", "month"),
            {
                ("ABW", "IT.CEL", "2021-12"): 120,
                ("ABW", "IT.CEL", "2022-12"): 130,
                ("ABW", "IT.NET", "2021-12"): 7,
                ("ABW", "IT.NET", "2022-12"): 9,
                ("CHL", "IT.CEL", "2021-12"): 220,
                ("CHL", "IT.CEL", "2022-12"): 230,
                ("CHL", "IT.NET", "2021-12"): 17,
                ("CHL", "IT.NET", "2022-12"): 19,
            },
        ),
        (
            "genesis.csv",
            [
                ["Beschwerden nach Kreisen"],
                ["Kennziffer", "Kreis", "Jan 2024", "Feb 2024"],
                ["01001", "Flensburg", "5", "6"],
                ["01002", "Kiel", "7", "8"],
                ["", "Insgesamt", "12", "14"],
            ],
            ("key_unit", "month"),
            {
                ("Flensburg", "2024-01"): 5,
                ("Flensburg", "2024-02"): 6,
                ("Kiel", "2024-01"): 7,
                ("Kiel", "2024-02"): 8,
            },
        ),
        (
            "two header rows.xlsx",
            [
                ["Branch", "2024", None, "2025", None],
                [None, "Nov", "Dec", "Jan", "Feb"],
                ["North", 1, 2, 3, 4],
                ["South", 5, 6, 7, 8],
            ],
            ("month",),
            {"2024-11": 6, "2024-12": 8, "2025-01": 10, "2025-02": 12},
        ),
        (
            "sales.xlsx",
            [
                ["Complaints 2024"],
                ["Region", "Jan", "Feb", "Mar", "Total"],
                ["North", 1, 2, 3, 6],
                ["South", 4, 5, 6, 15],
                ["Total", 5, 7, 9, 21],
            ],
            ("month",),
            {"2024-01": 5, "2024-02": 7, "2024-03": 9},
        ),
        (
            "providers.xlsx",
            [["Complaints per 100,000"], ["Provider", "Q1 2024", "Q2 2024"], ["A", 5, 7], ["B", 9, 4]],
            ("key_unit", "month"),
            {("A", "2024-03"): 5, ("A", "2024-06"): 7, ("B", "2024-03"): 9, ("B", "2024-06"): 4},
        ),
        (
            "whole.csv",
            [
                ["month", "trust", "seen", "late"],
                *[["2025-01", name, seen, late] for name, seen, late in (
                    ("England", 100, 10), ("A", 50, 5), ("B", 30, 3), ("C", 15, 2), ("D", 5, 0))],
            ],
            ("indicator",),
            {"late": 10, "seen": 100},
        ),
        (
            "measures.xlsx",
            [
                ["Branch", "Complaints", None, "Calls", None],
                [None, "2025-01", "2025-02", "2025-01", "2025-02"],
                ["North", 1, 2, 300, 400],
                ["South", 5, 6, 700, 800],
            ],
            ("indicator", "month"),
            {("complaints", "2025-01"): 6, ("complaints", "2025-02"): 8},
        ),
        (
            "no name 2025-01.csv",
            [["", "Seen", "Late"], ["Kiel", "7", "1"], ["Trier", "8", "2"]],
            ("key_unit", "indicator"),
            {("Kiel", "late"): 1, ("Kiel", "seen"): 7, ("Trier", "late"): 2, ("Trier", "seen"): 8},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_draft_loads_right_as_it_is(file: str, rows: list, by: tuple[str, ...], expected: dict) -> None:
    staged, _ = drafted(rows, file)
    assert figures(staged, *by) == expected


@pytest.mark.parametrize(
    ("header", "feed", "columns"),
    [
        (["Mês", "Filial", "Chamadas recebidas", "Resolvidas no primeiro contato"], "hotline", CALLS),
        (["Monat", "Filiale", "Anrufe", "Im ersten Kontakt gelöst"], "hotline", CALLS),
        (["Mois", "Agence", "Appels reçus", "Résolus au premier contact"], "hotline", CALLS),
        (["年月", "支店", "苦情件数"], "complaints_monthly", ["complaints"]),
        (["Mes", "Sucursal", "Número de quejas"], "complaints_monthly", ["complaints"]),
        (["Mês", "Loja", "Clientes"], "customers", ["customers"]),
    ],
)  # fmt: skip
def test_the_type_is_told_in_other_languages(header: list[str], feed: str, columns: list[str]) -> None:
    rows = [["2025-11", "Norte", 900, 810], ["2025-11", "Sul", 700, 665]]
    staged, _ = drafted([header, *(row[: len(header)] for row in rows)], "report.csv")
    assert (staged.feed.name, staged.units, staged.months) == (feed, ["Norte", "Sul"], ["2025-11"])
    assert [staged.frame[name].tolist() for name in columns] == [
        [row[2 + place] for row in rows] for place in range(len(columns))
    ]


def test_means_are_averaged_shares_of_several_rows_left_out_and_rows_added_up() -> None:
    header = ["Call id", "Agent", "Date", "Rating", "Talk minutes", "Solved %"]
    rows = [[f"ID{n:03d}", f"Agent {n % 2}", f"2025-01-{1 + n:02d}", n % 5, 3 + n % 4, 0.5] for n in range(20)]
    staged, text = drafted([header, *rows], "calls.csv")
    found = staged.frame.groupby("indicator")[["numerator", "denominator"]].sum(min_count=1).T.to_dict("list")
    assert {name: [None if pd.isna(one) else one for one in pair] for name, pair in found.items()} == {
        "rating": [40, 20],
        "rows": [20, None],
        "talk_minutes": [90, 20],
    }
    assert "# Shares of several rows cannot be added up: Solved % is left out." in text
    assert "sum_rows = true" in text
