"""What a ranking says in one sentence, also where several share a place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.home import Home
from data.snapshot import current_version
from pages.shared.sentences import against_target, of_ranking
from pages.shared.view import View


def ranked(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "value", "rank"]).astype({"value": float, "rank": float})
    return frame.assign(name=frame["unit"])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", 1.0, 1), ("DY", 2.0, 2), ("C", 3.0, 3)], "A leads with 1.00; 大洋 is 2nd of 3 with 2.00"),
        ([("DY", 1.0, 1), ("B", 2.0, 2), ("C", 3.0, 3)], "DY leads with 1.00; C is last with 3.00"),
        ([("A", 1.0, 1), ("B", 1.0, 1), ("DY", 3.0, 3)], "2 units lead with 1.00; 大洋 is 3rd of 3 with 3.00"),
        ([("A", 1.0, 1), ("DY", 1.0, 1), ("C", 3.0, 3)], "2 units lead with 1.00, 大洋 is one of them; C is last with 3.00"),
        ([("DY", 1.0, 1), ("B", 2.0, 2), ("C", 2.0, 2)], "DY leads with 1.00; 2 units are last with 2.00"),
        ([("A", 1.0, 1), ("DY", 1.0, 1)], "2 units lead with 1.00, 大洋 is one of them"),
        ([("A", 1.0, 1), ("B", 2.0, 2)], "A leads with 1.00; B is last with 2.00"),
        ([("DY", 1.0, 1)], "DY leads with 1.00"),
        ([("A", 1.0, 1), ("DY", 9.0, None)], "A leads with 1.00; 大洋 has 9.00 on too small a base for a place"),
        ([("A", 1.0, None), ("DY", None, None)], "Complaints per 10,000 customers: 1 unit, not ranked"),
        ([("A", None, None)], "Complaints per 10,000 customers: nothing is known in this period"),
    ],
)  # fmt: skip
def test_who_leads_and_where_the_chosen_unit_stands(
    rows: list[tuple[str, float | None, float | None]], said: str, sample_home: Path
) -> None:
    home = Home(sample_home)
    view = View(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")
    assert of_ranking(view, ranked(*rows), view.metrics["complaints_per_10k"]) == said


@pytest.mark.parametrize(
    ("reached", "said"),
    [(99.99999999999997, "meets target 85.0%"), (100.0, "meets target 85.0%"), (99.9, "short of target 85.0%"), (float("nan"), "")],
)  # fmt: skip
def test_a_target_is_met_to_the_last_binary_digit(reached: float, said: str, sample_home: Path) -> None:
    home = Home(sample_home)
    view = View(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")
    row = {"attainment": reached, "target": 85.0}
    assert against_target(view, row, view.metrics["repeat_share"]) == said
