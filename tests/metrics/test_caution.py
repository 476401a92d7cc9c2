"""Which changes should not be explained: noise, and what rests on few cases."""

from __future__ import annotations

import pytest

from data.snapshot import open_snapshot
from locales import LANGUAGES
from metrics.caution import FEW, USUAL, in_words
from metrics.explain import PARENT, explain
from metrics.figures import Figures
from tests.metrics.conftest import loaded

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
# Calls resolved of 400: a fixed wobble of 5 points, in the last month of A as usual, of B far below.
RESOLVED = {"A": [320, 340] * 12, "B": [*[320, 340] * 11, 320, 200], "C": [320, 340] * 12}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    rows = "".join(
        f"{month},{unit},{90 if unit == 'C' else 400},{count // 4 if unit == 'C' else count}\n"
        for unit, counts in RESOLVED.items()
        for month, count in zip(MONTHS, counts, strict=True)
    )
    files = {
        "units": "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\nC,Gamma,city,P\n",
        "calls": "month,unit,calls,resolved_first_contact\n" + rows,
    }
    return Figures(open_snapshot(loaded(tmp_path_factory.mktemp("calls"), files)))


@pytest.mark.parametrize(
    ("unit", "against", "expected"),
    [("A", "previous", USUAL), ("B", "previous", ""), ("B", "2024-11", ""), ("C", "previous", FEW), ("A", "2020-01", ""), ("C", PARENT, "")],
)  # fmt: skip
def test_what_should_not_be_explained(calls: Figures, unit: str, against: str, expected: str) -> None:
    assert explain(calls, "hotline_first_contact", unit, "2025-12", against=against).caution == expected


def test_a_part_on_few_cases_says_so(calls: Figures) -> None:
    found = explain(calls, "hotline_first_contact", "P", "2025-12", against="previous")
    assert found.parts.set_index("unit")["few"].to_dict() == {"A": False, "B": False, "C": True}


def test_over_a_year_little_things_count(sample: Figures) -> None:
    """Repeat complaints of 大洋: noise in November against the year before, on few cases in each county."""
    found = explain(sample, "repeat_share", "DY", "2025-11", against="last_year")
    assert found.caution == USUAL
    assert found.change == pytest.approx(4.03, abs=0.005)
    assert found.parts["few"].any()


@pytest.mark.parametrize("kind", [FEW, USUAL])
def test_it_is_said_in_every_language(kind: str) -> None:
    assert len({in_words(kind, lang) for lang in LANGUAGES}) == 3
    assert in_words("", "en") == ""
