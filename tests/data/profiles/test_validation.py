"""What a profile cannot mean is named when it is read, and fails no load halfway."""

from __future__ import annotations

import pytest

from data.model.errors import Refused
from data.model.profile import MonthSource, Profile, UnitSource, Unpivot
from data.profiles import profile_problems, read_profile
from data.profiles.header import pattern_columns

UNIT = UnitSource(columns=("unit",))


def across(pattern: str, text: str) -> Profile:
    return Profile("p", "customers", unit=UNIT, unpivot=Unpivot("month", "customers", pattern=pattern, text=text))


@pytest.mark.parametrize(
    ("pattern", "text", "fields"),
    [
        (r"(\d{4})", "{1}-12", "{0}"),
        (r"(\d{4})", "{", "{0}"),
        (r"(\d{4})", "}", "{0}"),
        (r"(\d{4})", "{}-12", "{0}"),
        (r"(\d{4})年(\d+)月", "{0}-{2}", "{0}, {1}"),
        (r"(\d{4})", "{0.__class__}", "{0}"),
        (r"(\d{4})", "{0:>999999999}", "{0}"),
        (r"(\d{4})", "{0!r}", "{0}"),
        (r"\d{4}", "{year}-12", "{0}"),
    ],
)
def test_a_text_that_asks_for_more_than_the_groups_is_named(pattern: str, text: str, fields: str) -> None:
    assert list(profile_problems(across(pattern, text))) == [
        f"unpivot: text is {text!r}; in braces may stand only {fields}."
    ]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"(\d{4})", "{0}-12"), (r"\d{4}", "{0}-12"), (r"(\d{4})年(\d+)月", "{0}-{1}"), (r"\d", "2025-12")],
)
def test_a_text_of_the_groups_is_right(pattern: str, text: str) -> None:
    assert list(profile_problems(across(pattern, text))) == []


def test_a_profile_with_such_a_text_is_refused_when_it_is_read() -> None:
    text = 'feed="customers"\n[unpivot]\ninto="month"\nvalue="customers"\npattern="(\\\\d{4})"\ntext="{1}-12"\n'
    with pytest.raises(Refused, match="in braces may stand only"):
        read_profile(text, "p")


@pytest.mark.parametrize("pattern", ["(", "a{99999999999}"])
def test_a_pattern_that_is_none_is_named(pattern: str) -> None:
    for profile in (across(pattern, "{0}"), Profile("p", "customers", MonthSource(title=pattern), UNIT)):
        assert [one.split(":")[0] for one in profile_problems(profile)] == [f"{pattern!r} is no pattern"]


def test_a_group_that_found_nothing_is_no_word() -> None:
    profile = across(r"(\d{4})年(?:(\d)月)?", "{1}/{0}")
    assert pattern_columns(profile, ["unit", "2024年", "2025年6月"]) == {
        "2024年": (1, "/2024"),
        "2025年6月": (2, "6/2025"),
    }


def test_a_pattern_is_tried_on_as_much_as_a_header_is_long() -> None:
    """On 30,000 letters this one would look for hours."""
    assert pattern_columns(across("(a*)a*b", "{0}"), ["unit", "a" * 30_000]) == {}
