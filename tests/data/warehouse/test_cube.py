"""The monthly cube against values added up by hand, for every spreadsheet type."""

from __future__ import annotations

import pytest

from data.core.home import Home
from data.feeds import all_feeds
from data.loading.commit import load
from data.model.choices import Choices

TICKET = "ticket_id received_at unit category channel level customer_ref first_contact_resolved resolved_at liable"
SIMPLE = "ticket_id received_at unit category"
MONTHLY = "month unit category complaints escalated"
ONE = "2025-01 A"

# Feed, header, rows of unit A in January, the cells that follow (measure, segment kind, "2025-01 A segment"); no others
# may be there.
FEEDS = [
    (
        "customers",
        "month unit customers mid_high_end_customers self_service_terminals",
        [("2025-01", "A", 1000, 100, "")],
        {("customers", "", ONE): 1000, ("mid_high_end_customers", "", ONE): 100},
    ),
    (
        "complaints_monthly",
        "month unit category complaints escalated repeat on_time",
        [("2025-01", "A", "资费", 10, 1, "", 8), ("2025-01", "A", "网络", 5, 0, 2, "")],
        {
            ("complaints", "", ONE): 15,
            ("complaints", "category", "2025-01 A 资费"): 10,
            ("complaints", "category", "2025-01 A 网络"): 5,
            ("escalated", "", ONE): 1,
            ("escalated", "category", "2025-01 A 资费"): 1,
            ("escalated", "category", "2025-01 A 网络"): 0,
            ("repeat", "", ONE): 2,
            ("repeat", "category", "2025-01 A 网络"): 2,
            ("repeat_base", "", ONE): 5,  # of the rows that know
            ("repeat_base", "category", "2025-01 A 网络"): 5,
            ("on_time", "", ONE): 8,
            ("on_time", "category", "2025-01 A 资费"): 8,
            ("on_time_base", "", ONE): 10,
            ("on_time_base", "category", "2025-01 A 资费"): 10,
        },
    ),
    (
        "satisfaction_scores",
        "month unit survey touchpoint score responses",
        [("2025-01", "A", "standard", "overall", 80, 10), ("2025-01", "A", "standard", "network", 60.5, "")],
        {
            ("score_points", "survey", "2025-01 A standard"): 800,
            ("score_points", "survey/touchpoint", "2025-01 A standard/overall"): 800,
            ("score_points", "", ONE): 800,
            ("responses", "survey", "2025-01 A standard"): 10,
            ("responses", "survey/touchpoint", "2025-01 A standard/overall"): 10,
            ("responses", "", ONE): 10,
            ("reported_score", "survey/touchpoint", "2025-01 A standard/overall"): 80,
            ("reported_score", "survey/touchpoint", "2025-01 A standard/network"): 60.5,
        },
    ),
    (
        "satisfaction_responses",
        "response_id answered_at unit survey touchpoint rating scale_top",
        [("R1", "2025-01-02", "A", "callback", "hall", 9, ""), ("R2", "2025-01-31", "A", "callback", "hall", 4, 5)],
        {
            ("spread_squares", "", ONE): 14500,
            ("spread_squares", "survey", "2025-01 A callback"): 14500,
            ("spread_squares", "survey/touchpoint", "2025-01 A callback/hall"): 14500,
            ("spread_points", "", ONE): 170,
            ("spread_points", "survey", "2025-01 A callback"): 170,
            ("spread_points", "survey/touchpoint", "2025-01 A callback/hall"): 170,
            ("spread_responses", "", ONE): 2,
            ("spread_responses", "survey", "2025-01 A callback"): 2,
            ("spread_responses", "survey/touchpoint", "2025-01 A callback/hall"): 2,
            ("score_points", "", ONE): 170,
            ("score_points", "survey", "2025-01 A callback"): 170,
            ("score_points", "survey/touchpoint", "2025-01 A callback/hall"): 170,
            ("responses", "", ONE): 2,
            ("responses", "survey", "2025-01 A callback"): 2,
            ("responses", "survey/touchpoint", "2025-01 A callback/hall"): 2,
        },
    ),
    (
        "recharge",
        "month unit channel transactions amount",
        [("2025-01", "A", "app", 6, 60.5), ("2025-01", "A", "agent", 4, "")],
        {
            ("recharge_transactions", "", ONE): 10,
            ("recharge_transactions", "channel", "2025-01 A app"): 6,
            ("recharge_transactions", "channel", "2025-01 A agent"): 4,
            ("recharge_amount", "", ONE): 60.5,
            ("recharge_amount", "channel", "2025-01 A app"): 60.5,
            ("self_service_transactions", "", ONE): 6,
            ("self_service_amount", "", ONE): 60.5,
        },
    ),
    (
        "terminal_use",
        "month unit function transactions",
        [("2025-01", "A", "recharge", 70), ("2025-01", "A", "invoice", 30)],
        {
            ("terminal_transactions", "", ONE): 100,
            ("terminal_transactions", "function", "2025-01 A recharge"): 70,
            ("terminal_transactions", "function", "2025-01 A invoice"): 30,
            ("terminal_beyond_recharge", "", ONE): 30,
        },
    ),
    (
        "retention",
        "month unit snapshot_month snapshot_customers retained hard_bound soft_bound bound_any",
        [("2025-01", "A", "2024-12", 100, 85, 50, 60, 75), ("2025-01", "A", "2024-11", 40, 30, "", "", "")],
        {
            ("snapshot_customers", "", ONE): 140,
            ("retained", "", ONE): 115,
            ("retained", "snapshot_month", "2025-01 A 2024-12-01"): 85,
            ("retained", "snapshot_month", "2025-01 A 2024-11-01"): 30,
            ("retained_base", "", ONE): 140,
            ("retained_base", "snapshot_month", "2025-01 A 2024-12-01"): 100,
            ("retained_base", "snapshot_month", "2025-01 A 2024-11-01"): 40,
            ("hard_bound", "", ONE): 50,
            ("hard_base", "", ONE): 100,
            ("soft_bound", "", ONE): 60,
            ("soft_base", "", ONE): 100,
            ("bound_any", "", ONE): 75,
            ("any_base", "", ONE): 100,
            ("both_bound", "", ONE): 35,
            ("both_base", "", ONE): 100,
        },
    ),
    (
        "hotline",
        "month unit calls resolved_first_contact",
        [("2025-01", "A", 200, 190)],
        {("hotline_calls", "", ONE): 200, ("hotline_resolved", "", ONE): 190, ("hotline_base", "", ONE): 200},
    ),
    (
        "indicators",
        "month unit indicator value numerator denominator",
        [
            ("2025-01", "A", "pass", "", 19, 20),
            ("2025-01", "A", "visits", "", 7, ""),
            ("2025-01", "A", "index", 0.5, "", ""),
        ],
        {
            ("indicator_numerator", "", ONE): 19,
            ("indicator_numerator", "indicator", "2025-01 A pass"): 19,
            ("indicator_denominator", "", ONE): 20,
            ("indicator_denominator", "indicator", "2025-01 A pass"): 20,
            ("indicator_count", "", ONE): 7,
            ("indicator_count", "indicator", "2025-01 A visits"): 7,
            ("indicator_value", "", ONE): 0.5,
            ("indicator_value", "indicator", "2025-01 A index"): 0.5,
        },
    ),
    (
        "hospital_visits",
        "month unit visits emergency emergency_within_4h discharges",
        [("2025-01", "A", 500, 60, 54, 40), ("2025-01", "B", 300, 50, "", "")],
        {
            ("visits", "", ONE): 500,
            ("visits", "", "2025-01 B"): 300,
            ("emergency", "", ONE): 60,
            ("emergency_within_4h", "", ONE): 54,
            ("discharges", "", ONE): 40,
        },
    ),
    (
        "medical_disputes",
        "month unit disputes disputes_settled",
        [("2025-01", "A", 3, 2), ("2025-01", "B", 4, "")],
        {
            ("disputes", "", ONE): 3,
            ("disputes", "", "2025-01 B"): 4,
            ("disputes_settled", "", ONE): 2,
            ("disputes_base", "", ONE): 3,
        },
    ),
    (
        "quality_checks",
        "month unit check_level checked passed",
        [("2025-01", "A", "department", 40, 38), ("2025-01", "A", "hospital", 20, 17)],
        {
            ("items_checked", "", ONE): 60,
            ("items_checked", "check_level", "2025-01 A department"): 40,
            ("items_checked", "check_level", "2025-01 A hospital"): 20,
            ("items_passed", "", ONE): 55,
            ("items_passed", "check_level", "2025-01 A department"): 38,
            ("items_passed", "check_level", "2025-01 A hospital"): 17,
        },
    ),
    (
        "property_fees",
        "month unit households billed collected arrears_billed arrears_collected",
        [("2025-01", "A", 100, 5000.5, 4000.25, 900, 90), ("2025-01", "B", "", 70, 60, 50, "")],
        {
            ("households", "", ONE): 100,
            ("fees_billed", "", ONE): 5000.5,
            ("fees_collected", "", ONE): 4000.25,
            ("arrears_billed", "", ONE): 900,
            ("arrears_collected", "", ONE): 90,
            ("fees_billed", "", "2025-01 B"): 70,
            ("fees_collected", "", "2025-01 B"): 60,
        },
    ),
    (
        "owner_complaints",
        "month unit complaint_kind received closed closed_in_time visited visited_content",
        [("2025-01", "A", "parking", 10, 9, 7, 8, 6), ("2025-01", "A", "noise", 5, 4, "", "", "")],
        {
            (measure, *where): value
            for measure, parking, noise in (
                ("owner_complaints", 10, 5),
                ("owner_closed", 9, 4),
                ("owner_closed_in_time", 7, None),
                ("owner_closed_timed", 9, None),
                ("owner_visited", 8, None),
                ("owner_visit_due", 9, None),
                ("owner_content", 6, None),
                ("owner_content_base", 8, None),
            )
            for where, value in (
                (("", ONE), parking + (noise or 0)),
                (("complaint_kind", "2025-01 A parking"), parking),
                (("complaint_kind", "2025-01 A noise"), noise),
            )
            if value is not None
        },
    ),
    *(
        (
            feed,
            f"month unit {kind} score responses std_dev",
            [("2025-01", "A", here, 80, 10, 5), ("2025-01", "A", there, 60.5, "", "")],
            {
                (f"{before}{measure}", *where): value
                for measure, value in {
                    "score_points": 800,
                    "responses": 10,
                    "spread_points": 800,
                    "spread_responses": 10,
                    "spread_squares": 9 * 25 + 10 * 6400,
                }.items()
                for where in (("", ONE), (kind, f"2025-01 A {here}"))
            }
            | {
                (f"{before}reported_score", kind, f"2025-01 A {here}"): 80,
                (f"{before}reported_score", kind, f"2025-01 A {there}"): 60.5,
            },
        )
        for feed, kind, before, here, there in (
            ("patient_satisfaction", "setting", "patient_", "outpatient", "inpatient"),
            ("owner_satisfaction", "service", "owner_", "overall", "repairs"),
        )
    ),
]


@pytest.mark.parametrize(("feed", "header", "rows", "expected"), FEEDS, ids=[row[0] for row in FEEDS])
def test_a_feed_of_totals(home: Home, loads, cube, feed: str, header: str, rows: list, expected: dict) -> None:
    done = loads("one.csv", header, *rows)
    assert done.files[0].staged.sheets[0].feed.name == feed
    assert cube(home) == expected


def test_every_feed_with_measures_has_its_values_by_hand() -> None:
    tested = {row[0] for row in FEEDS} | {"complaints_tickets"}
    assert {feed.name for feed in all_feeds() if feed.measures} == tested


def test_a_ticket_counts_at_its_unit_and_its_ancestors_below_the_top(home: Home, loads, cube) -> None:
    loads(
        "t.csv",
        TICKET,
        ("T1", "2025-01-05 09:00", "H1", "资费", "热线", "escalated", "K1", "是", "2025-01-07 09:00", "是"),
        ("T2", "2025-01-31 23:59", "H1", "资费", "热线", "normal", "K1", "否", "2025-02-02 23:59:01", "否"),
        ("T3", "2025-01-06 09:00", "A2", "网络", "", "normal", "", "", "", ""),
    )
    cells = cube(home)
    by_hand = {
        "complaints": (2, 3),
        "escalated": (1, 1),
        "repeat": (1, 1),
        "repeat_base": (2, 2),
        "resolved_first_contact": (1, 1),
        "first_contact_base": (2, 2),
        "on_time": (1, 1),  # 48 hours to the second; one second more is late
        "on_time_base": (2, 3),  # T3 was open when the last of them ended
        "liable": (1, 1),
        "liable_base": (2, 2),
    }
    for measure, (hall, city) in by_hand.items():
        found = [cells[measure, "", f"2025-01 {unit}"] for unit in ("H1", "A1", "A")]
        assert found == [hall, hall, city], measure
    assert not [key for key in cells if key[2].startswith("2025-01 P")], "the top adds up its children"
    split = {
        place: value for (measure, kind, place), value in cells.items() if (measure, kind) == ("complaints", "channel")
    }
    assert split == {"2025-01 H1 热线": 2, "2025-01 A1 热线": 2, "2025-01 A 热线": 2, "2025-01 A2 ": 1, "2025-01 A ": 1}


OPEN = "ticket_id received_at unit category level resolved_at"
LATE = [
    *[(f"T{day}", f"2025-01-{day:02} 09:00", "A1", "资费", "普通", f"2025-01-{day:02} 20:00") for day in range(1, 5)],
    *[(f"L{day}", f"2025-01-{day:02} 09:00", "A1", "资费", "升级", "") for day in range(1, 7)],
    ("N1", "2025-01-30 09:00", "A2", "资费", "普通", ""),
    ("N2", "2025-01-31 09:00", "A2", "资费", "普通", "2025-01-31 10:00"),
]


@pytest.mark.parametrize(
    ("targets", "on_time", "base"),
    [
        ([], {"A1": 4, "A2": 1}, {"A1": 10, "A2": 1}),  # N1 was open, but for a day only
        ([("on_time_hours", "2025", 10)], {"A1": 0, "A2": 1}, {"A1": 10, "A2": 2}),
        ([("升级投诉办结时限", "2025", 24 * 28)], {"A1": 4, "A2": 1}, {"A1": 7, "A2": 1}),
        ([("on_time_hours", "2025", 10), ("普通投诉办结时限", "2025-01", 12)], {"A1": 4, "A2": 1}, {"A1": 10, "A2": 2}),
        ([("on_time_hours", "2024", 10), ("complaints_per_10k", "2025", 10)], {"A1": 4, "A2": 1}, {"A1": 10, "A2": 1}),
    ],
)
@pytest.mark.parametrize("first", ["tickets", "targets"])
def test_open_beyond_the_limit_is_not_on_time(
    home: Home, loads, figures, first: str, targets: list, on_time: dict, base: dict
) -> None:
    """The limit is loaded with the targets, of one level of complaint or of all, before the tickets or after them."""
    files = {"tickets": (OPEN, *LATE), "targets": ("metric period target", *targets)}
    for name in (first, *({*files} - {first})):
        if len(files[name]) > 1:
            loads(f"{name}.csv", *files[name])
    for measure, expected in (("on_time", on_time), ("on_time_base", base)):
        found = figures(home, measure)
        assert {unit: found[f"2025-01 {unit}"] for unit in expected} == expected
        assert found["2025-01 A"] == sum(expected.values())


@pytest.mark.parametrize(
    ("header", "end", "base"),
    [
        ("as_of", ("2025-01-20 00:00",), {}),
        ("resolved_at", ("",), {"2025-01 A": 1, "2025-01 A1": 1, "2025-01 A2": 0}),
        ("resolved_at as_of", ("", "2025-01-04 00:00"), {"2025-01 A": 1, "2025-01 A1": 1, "2025-01 A2": 0}),
        ("resolved_at as_of", ("", "2025-01-20 00:00"), {"2025-01 A": 2, "2025-01 A1": 2, "2025-01 A2": 0}),
        ("level", ("普通",), {}),
    ],
)
def test_how_long_a_ticket_was_open_is_known_by_the_export(
    home: Home, loads, figures, header: str, end: tuple, base: dict
) -> None:
    """Without a column for the end nothing is known of it; else the export is at least as late as the last event."""
    loads(
        "t.csv",
        f"{SIMPLE} {header}",
        ("T1", "2025-01-01 09:00", "A1", "资费", *end),
        ("T2", "2025-01-04 09:00", "A1", "资费", *end),
    )
    assert figures(home, "on_time_base") == base


def test_who_complains_again_elsewhere_repeats_in_the_whole_only(home: Home, loads, cube) -> None:
    """The same customer about the same category: in two counties it is a repeat of their city, in another category it
    is none.
    """
    loads(
        "t.csv",
        TICKET,
        ("T1", "2025-01-05 09:00", "A1", "资费", "", "", "K1", "", "", ""),
        ("T2", "2025-01-06 09:00", "A2", "资费", "", "", "K1", "", "", ""),
        ("T3", "2025-01-07 09:00", "A2", "网络", "", "", "K1", "", "", ""),
        ("T4", "2025-01-08 09:00", "A2", "网络", "", "", "", "", "", ""),
    )
    cells = cube(home)
    assert [cells["repeat", "", f"2025-01 {unit}"] for unit in ("A1", "A2", "A")] == [0, 0, 1]
    assert [cells["repeat", "category", f"2025-01 A {name}"] for name in ("资费", "网络")] == [1, 0]
    assert [cells["repeat_base", "", f"2025-01 {unit}"] for unit in ("A1", "A2", "A")] == [1, 2, 3]


def test_no_ticket_is_no_complaint_in_open_units_of_branches_that_have_some(home: Home, loads, figures) -> None:
    """Filled with 0: units of the branch at levels that tickets were given to, if open.

    B2 opens in March; H1's level has no tickets.
    """
    loads(
        "t.csv",
        SIMPLE,
        ("T1", "2025-02-05", "A1", "资费"),
        ("T2", "2025-02-05", "B1", "资费"),
        ("T3", "2025-03-05", "B1", "资费"),
    )
    assert figures(home, "complaints") == {
        "2025-02 A": 1,
        "2025-02 A1": 1,
        "2025-02 A2": 0,
        "2025-02 B": 1,
        "2025-02 B1": 1,
        "2025-03 B": 1,
        "2025-03 B1": 1,
        "2025-03 B2": 0,
    }
    assert figures(home, "complaints", "category") == {
        f"{month} {unit} 资费": 1
        for month, units in (("2025-02", ["A", "A1", "B", "B1"]), ("2025-03", ["B", "B1"]))
        for unit in units
    }, "zeros are for totals only"


def test_a_unit_that_closes_is_filled_up_to_its_last_month(empty: Home, write, figures) -> None:
    units = write(
        "u.csv",
        "code name level parent opened closed",
        ("P", "Province", "province", "", "", ""),
        ("A", "Aville", "city", "P", "", ""),
        ("A1", "East", "county", "A", "", ""),
        ("A2", "West", "county", "A", "2025-02-15", "2025-03"),
    )
    tickets = write("t.csv", SIMPLE, *[(f"T{month}", f"2025-{month:02}-05", "A1", "x") for month in (1, 2, 3, 4)])
    assert load(empty, [units, tickets]).committed
    filled = {place: value for place, value in figures(empty, "complaints").items() if place.endswith("A2")}
    assert filled == {"2025-02 A2": 0, "2025-03 A2": 0}


def test_what_only_some_tickets_know_is_filled_only_where_it_is_known(home: Home, loads, figures) -> None:
    """Of a branch whose tickets never say how they were resolved nothing of that is known, not even that it is 0."""
    loads("t.csv", SIMPLE, ("T1", "2025-02-05", "A1", "资费"))
    for measure in ("first_contact_base", "on_time_base", "repeat_base", "escalated"):
        assert figures(home, measure) == {}


def test_a_column_that_was_not_in_the_file_counts_nothing(home: Home, loads, figures) -> None:
    """Of a level that a file has not, its units and those above them do not know; a blank under the header is none."""
    loads(
        "a.csv", f"{SIMPLE} level", ("T1", "2025-02-05", "A1", "资费", "升级"), ("T2", "2025-02-06", "A2", "资费", "")
    )
    loads("b.csv", SIMPLE, ("T3", "2025-02-05", "B1", "资费"), ("T4", "2025-03-05", "B1", "资费"))
    loads("c.csv", f"{SIMPLE} level", ("T5", "2025-03-05", "A1", "资费", ""), ("T6", "2025-03-06", "H1", "资费", ""))
    loads("d.csv", SIMPLE, ("T7", "2025-03-07", "A2", "资费"))
    assert figures(home, "escalated") == {
        "2025-02 A": 1,
        "2025-02 A1": 1,
        "2025-02 A2": 0,
        "2025-03 A1": 0,
        "2025-03 H1": 0,
    }
    assert figures(home, "escalated", "category") == {
        f"{place} 资费": n for place, n in figures(home, "escalated").items()
    }


def test_units_that_come_later_are_filled_in_earlier_months_too(home: Home, loads, write, figures) -> None:
    loads("t.csv", SIMPLE, ("T1", "2025-02-05", "A1", "资费"))
    loads("more.csv", "code name level parent", ("A3", "中县", "county", "A"))
    assert figures(home, "complaints") == {"2025-02 A": 1, "2025-02 A1": 1, "2025-02 A2": 0, "2025-02 A3": 0}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"2025-02 A": 1, "2025-02 A1": 1, "2025-02 A2": 0, "2025-02 B": 1, "2025-02 B1": 1}),
        ({"parents": "from_start"}, {"2025-02 A1": 1, "2025-02 B": 2, "2025-02 B1": 1}),
    ],
)
def test_a_unit_that_always_stood_elsewhere_takes_its_tickets_along(
    home: Home, loads, figures, answers: dict[str, str], expected: dict[str, float]
) -> None:
    loads("t.csv", SIMPLE, ("T1", "2025-02-05", "A1", "资费"), ("T2", "2025-02-05", "B1", "资费"))
    moved = ("A1", "东县", "county", "B")
    loads("moved.csv", "code name level parent", moved, choices=Choices(answers=answers))
    assert figures(home, "complaints") == expected


def test_monthly_totals_beat_tickets_of_the_same_unit(home: Home, loads, figures) -> None:
    loads("t.csv", SIMPLE, ("T1", "2025-01-05", "A", "资费"), ("T2", "2025-02-05", "A", "资费"))
    loads("m.csv", MONTHLY, ("2025-01", "A", "网络", 7, ""))
    assert figures(home, "complaints") == {"2025-01 A": 7, "2025-02 A": 1}
    assert figures(home, "complaints", "category") == {"2025-01 A 网络": 7, "2025-02 A 资费": 1}


def test_tickets_still_know_what_a_monthly_total_does_not(home: Home, loads, figures) -> None:
    level = f"{SIMPLE} level"
    loads("t.csv", level, ("T1", "2025-01-05", "A", "资费", "普通"), ("T2", "2025-02-05", "A", "资费", "普通"))
    loads("m.csv", MONTHLY, ("2025-01", "A", "网络", 7, ""))
    assert figures(home, "escalated") == {"2025-01 A": 0, "2025-02 A": 0}


# County A1 has three tickets (two 资费, one 网络), county A2 one (资费); what A1, or A too, reports by the month.
CORRECTIONS = [
    (
        "a county more",
        [("A1", "资费", 10)],
        {"A": 11, "A1": 10, "A2": 1},
        {"A 资费": 11, "A1 资费": 10, "A2 资费": 1, "A 网络": 0},
    ),
    (
        "a county less",
        [("A1", "网络", 1)],
        {"A": 2, "A1": 1, "A2": 1},
        {"A 网络": 1, "A1 网络": 1, "A 资费": 1, "A2 资费": 1},
    ),
    (
        "a county in two categories",
        [("A1", "资费", 4), ("A1", "服务", 2)],
        {"A": 7, "A1": 6, "A2": 1},
        {"A 资费": 5, "A 服务": 2, "A 网络": 0, "A1 资费": 4, "A1 服务": 2, "A2 资费": 1},
    ),
    (
        "the city alone",
        [("A", "资费", 50)],
        {"A": 50, "A1": 3, "A2": 1},
        {"A 资费": 50, "A1 资费": 2, "A1 网络": 1, "A2 资费": 1},
    ),
    (
        "the city and a county",
        [("A", "资费", 50), ("A1", "资费", 10)],
        {"A": 50, "A1": 10, "A2": 1},
        {"A 资费": 50, "A1 资费": 10, "A2 资费": 1},
    ),
    (
        "a hall below the county",
        [("H1", "资费", 5)],
        {"A": 9, "A1": 8, "A2": 1, "H1": 5},
        {"A 资费": 8, "A 网络": 1, "A1 资费": 7, "A1 网络": 1, "A2 资费": 1, "H1 资费": 5},
    ),
]


@pytest.mark.parametrize(("name", "monthly", "totals", "split"), CORRECTIONS, ids=[row[0] for row in CORRECTIONS])
def test_a_whole_is_the_sum_of_its_parts_however_each_was_reported(
    home: Home, loads, figures, name: str, monthly: list, totals: dict, split: dict
) -> None:
    loads(
        "t.csv",
        SIMPLE,
        ("T1", "2025-01-05", "A1", "资费"),
        ("T2", "2025-01-05", "A1", "资费"),
        ("T3", "2025-01-05", "A1", "网络"),
        ("T4", "2025-01-05", "A2", "资费"),
    )
    loads("m.csv", MONTHLY, *[("2025-01", unit, category, count, "") for unit, category, count in monthly])
    assert figures(home, "complaints") == {f"2025-01 {unit}": value for unit, value in totals.items()}
    assert figures(home, "complaints", "category") == {f"2025-01 {place}": value for place, value in split.items()}


def test_monthly_totals_of_another_branch_correct_nothing_here(home: Home, loads, figures) -> None:
    loads("t.csv", SIMPLE, ("T1", "2025-01-05", "A1", "资费"))
    loads("m.csv", MONTHLY, ("2025-01", "B", "资费", 9, ""), ("2025-02", "A", "资费", 4, ""))
    assert figures(home, "complaints") == {
        "2025-01 A": 1,
        "2025-01 A1": 1,
        "2025-01 A2": 0,
        "2025-01 B": 9,
        "2025-02 A": 4,
    }


def test_a_name_with_a_stroke_or_a_quote_stays_one_segment(home: Home, loads, figures) -> None:
    loads("m.csv", MONTHLY, ("2025-01", "A", "资费/套餐", 1, ""), ("2025-01", "A", "it's", 2, ""))
    assert figures(home, "complaints", "category") == {"2025-01 A 资费/套餐": 1, "2025-01 A it's": 2}
