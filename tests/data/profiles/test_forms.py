"""The tables by which a page edits a profile: nothing gets lost on the way there and back, and what is typed is what is
meant.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.model.errors import Refused
from data.model.profile import Condition, Indicator, LeaveOut, MonthSource, UnitSource
from data.profiles import Profile, all_profiles, profile_problems, read_profile
from data.profiles.forms import (
    column_rows,
    exclusion_rows,
    indicator_rows,
    month_source,
    month_way,
    with_columns,
    with_exclusions,
    with_indicators,
)


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: profile.name)
def test_there_and_back_is_the_same_profile(profile: Profile) -> None:
    back = replace(profile, month=month_source(*month_way(profile.month), profile.month.formats))
    back = with_columns(back, column_rows(back))
    back = with_indicators(back, indicator_rows(back))
    back = with_exclusions(back, exclusion_rows(back))
    assert {**vars(back), "leave_out": set(back.leave_out)} == {**vars(profile), "leave_out": set(profile.leave_out)}
    assert list(profile_problems(profile)) == []


@pytest.mark.parametrize(
    ("way", "first", "second", "record"),
    [
        ("column", "账期", "", MonthSource(column="账期")),
        ("quarter", "year", "q", MonthSource(year="year", quarter="q")),
        ("month", "年", "月", MonthSource(year="年", month="月")),
        ("title", r"(\d+)年(\d+)月", "", MonthSource(title=r"(\d+)年(\d+)月")),
        ("constant", "2025-11", "", MonthSource(constant="2025-11")),
    ],
)
def test_ways_to_the_month(way, first: str, second: str, record: MonthSource) -> None:
    assert month_source(way, first, second) == record
    assert month_way(record) == (way, first, second)


def test_what_is_typed_is_what_is_meant() -> None:
    profile = Profile("p", "indicators", MonthSource(column="m"), UnitSource(("u",)))
    typed = pd.DataFrame(
        [
            ("seen", "Seen", ["A", "B"], [], None, "neither", 10_000.0),
            ("rate", "", ["A"], ["A", "B"], None, "higher", None),
            (None, None, [], [], None, None, None),
        ],
        columns=["code", "name", "numerator", "denominator", "value", "better", "factor"],
    )
    assert with_indicators(profile, typed).indicators == (
        Indicator("seen", "Seen", numerator=("A", "B"), better="neither", factor=10_000.0),
        Indicator("rate", "rate", numerator=("A",), denominator=("A", "B")),
    )
    rules = pd.DataFrame([("u", "合计；小计; total", True), ("u", " ", False)], columns=["column", "texts", "total"])
    assert with_exclusions(profile, rules).leave_out == (
        LeaveOut((Condition("u", any_of=("合计", "小计", "total")),), total=True),
    )
    mapping = pd.DataFrame([("customers", "客户数"), ("remark", None)], columns=["column", "source"])
    assert with_columns(profile, mapping).columns == {"customers": "客户数"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed = 'nothing'", "feed is 'nothing'"),
        ("feed = 'customers'\n[columns]\nclients = 'x'", "'clients', which is no column of customers"),
        ("feed = 'customers'\n[month]\ntitle = '('", "is no pattern"),
        ("feed = 'customers'\n[month]\nconstant = '2025-13'", "must be a month such as"),
        ("feed = 'indicators'", "no figure would be loaded"),
        ("feed = 'indicators'\n[[indicators]]\ncode='a'\nname='a'", "needs a numerator or a value"),
    ],
)
def test_what_cannot_be_is_named(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_profile(text)


def test_it_is_reported_in_the_reader_s_language() -> None:
    profile = Profile("p", "indicators", MonthSource(constant="13"), UnitSource(("u",)))
    english, simplified, traditional = (list(profile_problems(profile, lang)) for lang in ("en", "zh_Hans", "zh_Hant"))
    assert len(english) == len(simplified) == 2
    assert not set(english) & {*simplified, *traditional}
    assert "2025-11 的形式" in simplified[0]
