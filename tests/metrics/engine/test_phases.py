"""Phases: limits that begin anew at an event, by hand, or where a lasting shift proposes it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.model.errors import WrongUsage
from metrics.analyses.phase_proposal import proposed_phase
from metrics.analyses.trend import trend
from metrics.assessment.control_chart import control_charts
from metrics.engine.figures import Figures
from metrics.engine.phases import COLUMNS, Phase, Phases, phase_slices
from metrics.statistics.xmr import last_run_on_one_side

NONE = Phases()


def events(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def test_only_marked_events_start_a_phase() -> None:
    frame = events(
        ("2024-07", "DY", "callback", "new survey", True),
        ("2024-08", None, None, "flood", False),
        ("soon", None, None, "no month", True),
        ("2025-01-01", np.nan, "", "new definition", True),
        ("2025-02", None, None, "not said", None),
    )
    assert Phases.of(frame).starts == (
        Phase(2024 * 12 + 6, "DY", "callback", "new survey"),
        Phase(2025 * 12, None, None, "new definition"),
    )
    assert Phases.of(events()) == NONE


def test_by_hand_must_be_a_month() -> None:
    assert NONE.adding(["2024-07"]).starts == (Phase(2024 * 12 + 6),)
    with pytest.raises(WrongUsage):
        NONE.adding(["summer"])


def test_an_event_holds_for_its_unit_those_below_and_its_metric(sample: Figures) -> None:
    month, units = (
        sample.axes.months[20],
        ["DY", sample.organisation.children("DY")[0], "LJ", sample.organisation.roots()[0]],
    )
    phases = Phases.of(events((month, "DY", "callback", "", True)))
    metrics = np.array([sample.axes.metric_index("callback")] * 4 + [sample.axes.metric_index("repeat_share")])
    places = np.append(sample.axes.unit_indices(units), sample.axes.unit_index("DY"))
    found = phases.flags(sample.axes, metrics, places, 0, len(sample.axes.months))
    assert found[:, 20].tolist() == [True, True, False, False, False]
    assert found.sum() == 2
    # The first month shown starts a phase anyway.
    assert not phases.flags(sample.axes, metrics, places, 20, 36).any()


def test_parts_cover_every_cell_once() -> None:
    flags = np.zeros((4, 10), dtype=bool)
    flags[1, 4], flags[2, [4, 7]], flags[3, 4] = True, True, True
    seen = np.zeros((4, 10), dtype=int)
    for rows, months in phase_slices(flags):
        seen[rows, months] += 1
    assert (seen == 1).all()
    assert len(list(phase_slices(flags))) == 1 + 2 + 3


def test_each_phase_has_its_own_limits(sample: Figures) -> None:
    """A phase is charted as if nothing had been before it."""
    row, unit = np.array([sample.axes.metric_index("satisfaction_network")]), np.array([sample.axes.unit_index("DY")])
    whole = control_charts(sample, row, unit, 35, phases=NONE.adding([sample.axes.months[24]]))
    alone = control_charts(sample, row, unit, 35, window=12, phases=NONE)
    assert whole.centre[0, 24:] == pytest.approx(alone.centre[0])
    assert whole.upper[0, 24:] == pytest.approx(alone.upper[0])
    assert (whole.point_type[0, 24:] == alone.point_type[0]).all()
    assert whole.points.tolist() == [12]
    assert whole.provisional[0].tolist() == [False] * 24 + [True] * 12
    before = control_charts(sample, row, unit, 23, window=24, phases=NONE)
    assert whole.lower[0, :24] == pytest.approx(before.lower[0])


def test_prime_charts_have_phases_too(sample: Figures) -> None:
    row, unit = np.array([sample.axes.metric_index("complaints_per_10k")]), np.array([sample.axes.unit_index("DY")])
    found = control_charts(sample, row, unit, 35, phases=NONE.adding([sample.axes.months[18]]))
    assert found.chart.tolist() == ["u'"]
    assert len(set(found.centre[0].round(12))) == 2


def test_the_trend_names_the_phase(sample: Figures) -> None:
    month = sample.axes.months[20]
    found = trend(sample, "satisfaction_network", "DY", sample.axes.last_month, phases=NONE.adding([month]))
    assert found["phase_start"].tolist() == [None] * 20 + [month] * 16
    assert trend(sample, "satisfaction_network", "DY", sample.axes.last_month)["phase_start"].isna().all()


@pytest.mark.parametrize(
    ("values", "length", "start"),
    [
        ([0, 0, 0, 4, 4, 4], 3, 3),
        ([1, 5, 1, 5], 1, 3),
        ([4, 4, np.nan, 0, np.nan, 0], 2, 3),
        ([2, 2, 2], 0, 0),
        ([1, 3, 2], 0, 0),
        ([np.nan], 0, 0),
    ],
)
def test_last_side_run(values: list[float], length: int, start: int) -> None:
    found = last_run_on_one_side(np.array([values], dtype=float))
    assert (found[0][0], found[1][0]) == (length, start)


def test_a_step_is_proposed_a_drift_is_not(small_series: Figures) -> None:
    assert proposed_phase(small_series, "callback", "STEP", "2025-12") == "2025-03"
    assert proposed_phase(small_series, "callback", "DRIFT", "2025-12") is None
    assert proposed_phase(small_series, "callback", "FLAT", "2025-12") is None
    # Once the step is known, nothing is left to propose.
    known = NONE.adding(["2025-03"])
    assert proposed_phase(small_series, "callback", "STEP", "2025-12", known) is None
    # Eight months are a shift, but not yet a proposal.
    assert proposed_phase(small_series, "callback", "STEP", "2025-10") is None
