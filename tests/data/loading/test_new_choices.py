"""A value that is none of a list, as a new channel, is asked before its figures count for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.cli.arguments import parse_choices
from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions, Plan, plan
from data.model.errors import WrongUsage

RECHARGE = "month unit channel transactions"
SCORES = "month unit survey touchpoint score"
Loads, Write = Callable[..., object], Callable[..., Path]


def planned(home: Home, path: Path, *accept: str) -> Plan:
    return plan(home, [path], LoadOptions(choices=parse_choices(list(accept), [], [])))


def questions(made: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    asked = [one for sheet in made.files[0].sheets for one in sheet.group_questions]
    assert all(one.in_rows for one in asked)
    return [(one.header, one.column, one.choices) for one in asked]


@pytest.mark.parametrize("name", ["new.csv", "new.xlsx"])
def test_a_channel_that_is_not_known_is_asked_once(home: Home, write: Write, name: str) -> None:
    rows = [("2025-01", unit, channel, 5) for unit in "AB" for channel in ("掌厅APP", "营业厅", "Kiosk")]
    path = write(name, RECHARGE, *rows)
    made = planned(home, path)
    (found,) = (one for one in made.files[0].all_findings if one.severity == "error")
    assert (found.code, found.cell, found.params["count"]) == ("new_choice", "C2", 2)
    assert questions(made) == [("掌厅APP", "channel", ("app", "other_self_service", "other"))]


@pytest.mark.parametrize(
    ("said", "channels"), [("app", {"app": 10, "hall_counter": 10}), ("掌厅APP", {"掌厅APP": 10, "hall_counter": 10})]
)
def test_what_it_is_can_be_said(home: Home, write: Write, said: str, channels: dict[str, int]) -> None:
    rows = [("2025-01", unit, channel, 5) for unit in "AB" for channel in ("掌厅APP", "营业厅")]
    made = planned(home, write("new.csv", RECHARGE, *rows), f"掌厅app=channel:{said}", f"掌厅APP=channel:{said}")
    (sheet,) = made.files[0].sheets
    assert not made.files[0].refused
    assert sheet.frame.astype({"channel": "object"}).groupby("channel")["transactions"].sum().to_dict() == channels


def test_what_was_loaded_before_is_not_asked_again(home: Home, write: Write) -> None:
    path = write("new.csv", RECHARGE, ("2025-01", "A", "掌厅APP", 5))
    choices = parse_choices(["掌厅APP=channel:掌厅APP"], [], [])
    assert load(home, [path], LoadOptions(choices=choices)).committed
    assert questions(planned(home, write("next.csv", RECHARGE, ("2025-02", "A", "掌厅APP", 6)))) == []


def test_of_a_list_that_cannot_grow_the_known_ones_are_proposed(home: Home, write: Write) -> None:
    rows = [("2025-01", "A", "标准调查", "大厅", 85), ("2025-01", "B", "标准", "网络覆盖率", 80)]
    path = write("scores.csv", SCORES, *rows)
    made = planned(home, path)
    assert made.files[0].refused
    asked = questions(made)
    assert [(value, column, likely[0]) for value, column, likely in asked if value != "大厅"] == [
        ("标准调查", "survey", "standard"),
        ("网络覆盖率", "touchpoint", "network"),
    ]
    answers = ["标准调查=survey:standard", "大厅=touchpoint:hall", "网络覆盖率=touchpoint:network"]
    (sheet,) = planned(home, path, *answers).files[0].sheets
    assert list(zip(sheet.frame["survey"], sheet.frame["touchpoint"], strict=True)) == [
        ("standard", "hall"),
        ("standard", "network"),
    ]


def test_a_category_stays_free_and_its_slip_is_proposed(home: Home, loads: Loads, write: Write) -> None:
    header = "month unit category complaints"
    loads("before.csv", header, ("2025-01", "A", "资费争议", 5))
    path = write("new.csv", header, ("2025-02", "A", "资费争义", 5), ("2025-02", "A", "新业务", 2))
    made = planned(home, path)
    assert not made.files[0].refused
    assert questions(made) == [("资费争义", "category", ("资费争议",))]
    (sheet,) = planned(home, path, "资费争义=category:资费争议").files[0].sheets
    assert sheet.frame["category"].tolist() == ["资费争议", "新业务"]


@pytest.mark.parametrize("said", ["x=survey:nothing", "x=survey:", "x=nowhere:app"])
def test_only_what_there_is_can_be_said(said: str) -> None:
    with pytest.raises(WrongUsage):
        parse_choices([said], [], [])
