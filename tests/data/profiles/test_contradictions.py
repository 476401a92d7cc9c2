"""What excludes each other in a profile is refused with a sentence when it is read or saved."""

from __future__ import annotations

import pytest

from data.model.errors import Refused
from data.profiles import all_profiles, profile_problems, read_profile

HOTLINE = 'feed = "hotline"\ncolumns = { calls = "Calls", resolved_first_contact = "Solved" }\n'
MONTH = 'month = { column = "Month" }\n'
UNIT = 'unit = { columns = ["Branch"] }\n'
CALLS = '[[indicators]]\ncode = "calls"\nname = "Calls"\nnumerator = "Calls"\n'
INDICATORS = f'feed = "indicators"\n{MONTH}{UNIT}'
ACROSS = '[unpivot]\ninto = "month"\nvalue = "numerator"\npattern = "(20\\\\d{2})"\ntext = "{0}-12"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'feed = "indicators"\n{UNIT}{ACROSS}{CALLS}', "unpivot and [[indicators]] exclude each other"),
        (f'{INDICATORS}columns = {{ value = "V" }}\n{CALLS}', "columns and [[indicators]] exclude each other"),
        (f"{INDICATORS}scale = {{ value = 100 }}\n{CALLS}", "scale and [[indicators]] exclude each other"),
        (f"{HOTLINE}{MONTH}{UNIT}{CALLS}", "[[indicators]] stand in a profile of hotline"),
        (f"{HOTLINE}{UNIT}", "nowhere which month"),
        (f'{HOTLINE}{UNIT}month = {{ column = "Month", constant = "2025-11" }}', "in several ways (column, constant)"),
        (f'{HOTLINE}{UNIT}month = {{ year = "Y" }}', "needs either quarter or month"),
        (f'{HOTLINE}{UNIT}month = {{ year = "Y", quarter = "Q", month = "M" }}', "needs either quarter or month"),
        (f'{HOTLINE}{UNIT}month = {{ quarter = "Q" }}', "need the column of the year"),
        (f'feed = "indicators"\n{UNIT}{MONTH}{ACROSS}', "comes from unpivot and from month: column"),
        (f'{HOTLINE}{MONTH}unit = {{ columns = ["Branch"], constant = "GZ" }}', "columns and constant exclude"),
        (f'{HOTLINE}{MONTH}unit = {{ columns = ["Branch"], create = true }}', "need a level"),
        (f"{HOTLINE}{MONTH}{UNIT}constants = {{ calls = 5 }}", "'calls' is filled by columns and by constants"),
        (
            f'{HOTLINE}{MONTH}{UNIT}unpivot = {{ into = "calls", value = "escalated", columns = {{ A = "1" }} }}',
            "'calls' is filled by unpivot and by another entry",
        ),
        (
            f'{INDICATORS}unpivot = {{ into = "indicator", value = "numerator" }}',
            "unpivot needs either columns or a pattern",
        ),
        (f"{INDICATORS}{CALLS}[[leave_out]]\nwhen = []", "leave_out 1 has no condition"),
        (f'{INDICATORS}{CALLS}[[leave_out]]\nwhen = [{{ column = "Branch" }}]', "holds for every row"),
        (f'{INDICATORS}{CALLS}where = [{{ column = "n", above = 5, below = 5 }}]', "'n' can never hold"),
        (f'{INDICATORS}{CALLS}rows = [{{ column = "n", any_of = ["a"], none_of = ["A"] }}]', "'n' can never hold"),
        (f'{INDICATORS}{CALLS}value = "Share"', "has a value and a numerator"),
        (
            f'{INDICATORS}[[indicators]]\ncode = "s"\nname = "S"\nvalue = "Share"\ndenominator = "Calls"',
            "denominator, where, less and factor would not be read",
        ),
        (f'{INDICATORS}{CALLS}[[units]]\ncode = "a"\nname = "A"\nlevel = "city"\nparent = "A"', "its own parent"),
    ],
)
def test_what_cannot_both_hold_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_profile(text, "p")
    assert said in str(refused.value)


def test_the_ready_profiles_contradict_nothing() -> None:
    assert {profile.name: list(profile_problems(profile)) for profile in all_profiles()} == {
        profile.name: [] for profile in all_profiles()
    }
