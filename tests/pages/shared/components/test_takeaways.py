"""What a ranking says in one sentence, also where several share a place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.core.home import Home
from data.snapshots.reader import current_version
from pages.shared import view
from pages.shared.components.takeaways import metric_takeaway, ranking_takeaway, scorecard_takeaway, target_clause
from pages.shared.overview.attention_lists import attention_lists
from pages.shared.session.selection import Selection
from tests.metrics.conftest import five_cities, loaded


def ranked(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "value", "rank"]).astype({"value": float, "rank": float})
    frame = frame.assign(rank_low=frame["rank"], rank_high=frame["rank"], total=False)
    return frame.assign(name=frame["unit"], months_known=1, months_expected=1, units_known=1, units_expected=1)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", 1.0, 1), ("DY", 2.0, 2), ("C", 3.0, 3)], "A leads with 1.00; 大洋 is 2nd of 3 with 2.00"),
        ([("DY", 1.0, 1), ("B", 2.0, 2), ("C", 3.0, 3)], "DY leads with 1.00; C is last with 3.00"),
        ([("A", 1.0, 1), ("B", 1.0, 1), ("DY", 3.0, 3)], "2 units lead with 1.00; 大洋 is 3rd of 3 with 3.00"),
        (
            [("A", 1.0, 1), ("DY", 1.0, 1), ("C", 3.0, 3)],
            "2 units lead with 1.00, 大洋 is one of them; C is last with 3.00",
        ),
        ([("DY", 1.0, 1), ("B", 2.0, 2), ("C", 2.0, 2)], "DY leads with 1.00; 2 units are last with 2.00"),
        ([("A", 1.0, 1), ("DY", 1.0, 1)], "2 units lead with 1.00, 大洋 is one of them"),
        ([("A", 1.0, 1), ("B", 2.0, 2)], "A leads with 1.00; B is last with 2.00"),
        ([("DY", 1.0, 1)], "DY leads with 1.00"),
        ([("A", 1.0, 1), ("DY", 9.0, None)], "A leads with 1.00; 大洋 has 9.00 on too small a base for a place"),
        ([("A", 1.0, None), ("DY", None, None)], "Complaints per 10,000 customers: 1 unit, not ranked"),
        ([("A", None, None)], "Complaints per 10,000 customers: nothing is known in this period"),
    ],
)
def test_who_leads_and_where_the_chosen_unit_stands(
    rows: list[tuple[str, float | None, float | None]], said: str, sample_home: Path
) -> None:
    home = Home(sample_home)
    selection = Selection(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")
    assert ranking_takeaway(selection, ranked(*rows), view.metrics(selection)["complaints_per_10k"]) == said


def test_a_first_place_that_is_not_sure_says_so_and_a_last_one_is_not_named(sample_home: Path) -> None:
    home = Home(sample_home)
    selection = Selection(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")
    rows = ranked(("DY", 1.0, 1), ("B", 2.0, 2), ("C", 3.0, 3)).assign(rank_low=[1, 1, 1], rank_high=[3, 3, 3])
    metric = view.metrics(selection)["complaints_per_10k"]
    assert ranking_takeaway(selection, rows, metric) == "DY is first with 1.00 (not distinguishable from 2 others)"
    sized = rows.assign(total=True)
    assert ranking_takeaway(selection, sized, metric) == "DY leads with 1.00; C is last with 3.00"


@pytest.mark.parametrize(
    ("met", "said"), [(1.0, "meets target 85.0%"), (0.0, "short of target 85.0%"), (float("nan"), "")]
)
def test_whether_a_target_is_met(met: float, said: str, sample_home: Path) -> None:
    home = Home(sample_home)
    selection = Selection(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")
    row = {"met": met, "target": 85.0, "target_default": False}
    assert target_clause(selection, row, view.metrics(selection)["repeat_share"]) == said


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return five_cities(tmp_path_factory.mktemp("cities"))


def seen(home: Home, unit: str, month: str, period: str = "month") -> Selection:
    return Selection(home, current_version(home) or 0, "en", "light", unit, month, period, "previous")


@pytest.mark.parametrize(
    ("unit", "month", "period", "metric", "said"),
    [
        ("C", "2025-09", "ytd", "complaints_per_10k", "; 6 of 9 months known; short of target 6.00"),
        ("P", "2025-10", "month", "escalated_complaints", "Escalated complaints: 56; 3 of 5 units reported"),
        ("A", "2025-09", "month", "escalated_complaints", " of 5 by size"),
        ("A", "2025-09", "month", "repeat_share", " the default target 10.0%"),
    ],
)  # fmt: skip
def test_what_a_figure_lacks_is_said(cities: Home, unit: str, month: str, period: str, metric: str, said: str) -> None:
    selection = seen(cities, unit, month, period)
    assert said in metric_takeaway(selection, view.row(selection, metric), view.metrics(selection)[metric])


def test_who_has_no_place_for_want_of_months(cities: Home) -> None:
    selection = seen(cities, "C", "2025-09", "ytd")
    said = ranking_takeaway(
        selection, view.ranking(selection, "complaints_per_10k"), view.metrics(selection)["complaints_per_10k"]
    )
    assert said.endswith(" and no place: 6 of 9 months known")


def test_a_place_by_size_is_no_lead(cities: Home) -> None:
    selection = seen(cities, "A", "2025-09")
    ranked = view.scorecard(selection)[view.scorecard(selection)["rank"].notna()]
    assert ranked["total"].sum() == 1
    assert scorecard_takeaway(selection).split(" metrics")[0].endswith(f" of {len(ranked) - 1}")


def one_month(folder: Path, repeat: int) -> Selection:
    """One city of which one month is known, with so many repeat complaints of 500."""
    files = {
        "units": "code,name,level,parent\nA,Alpha,city,\n",
        "customers": "month,unit,customers\n2025-01,A,50000\n",
        "complaints": f"month,unit,complaints,escalated,repeat\n2025-01,A,500,2,{repeat}\n",
    }
    return seen(loaded(folder, files), "A", "2025-01")


def test_with_one_month_a_missed_target_is_still_missed(tmp_path: Path) -> None:
    """Too little data to judge the process is no reason to say that all targets are met."""
    selection = one_month(tmp_path, repeat=66)
    assert scorecard_takeaway(selection).endswith("one needs attention: repeat complaints")
    drawn = attention_lists(selection)
    assert "little data" in drawn
    assert "every target is met" not in drawn


def test_with_one_month_nothing_is_said_to_get_no_worse(tmp_path: Path) -> None:
    selection = one_month(tmp_path, repeat=10)
    assert scorecard_takeaway(selection).endswith("the one target is met")
    assert "None: every target is met; too few months to see a change" in attention_lists(selection)
