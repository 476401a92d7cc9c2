"""Steps and slopes: against ruptures on the Nile, and on series of which they are known."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.arrays import Array
from metrics.statistics.structural_change import Structure, structure
from metrics.statistics.term_search import SLOPE, STEP

ruptures = pytest.importorskip("ruptures")
sm = pytest.importorskip("statsmodels.api")


def found_in(values: Array, forced: tuple[int, ...] = (), slopes: bool = True) -> list[tuple[int, int]]:
    """(kind, first month) of each term of one series."""
    rows = np.atleast_2d(values)
    times = np.broadcast_to(np.arange(rows.shape[1], dtype=float), rows.shape)
    steps = np.zeros(rows.shape, dtype=bool)
    steps[:, list(forced)] = True
    found = structure(rows, times, np.ones(rows.shape), steps, slopes)
    return sorted((int(kind), int(since)) for kind, since in zip(found.kind[0], found.since[0], strict=True) if kind)


def wobble(months: int) -> Array:
    return np.random.default_rng(2).normal(size=months)


def test_the_nile_steps_where_ruptures_finds_it() -> None:
    volume = sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float)
    assert ruptures.Binseg(model="l2", min_size=6, jump=1).fit(volume).predict(n_bkps=1) == [28, 100]
    assert found_in(volume) == [(STEP, 28)]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda month: 0.0 * month, []),
        (lambda month: 6.0 * (month >= 20), [(STEP, 20)]),
        (lambda month: 6.0 * (month >= 12) - 6.0 * (month >= 30), [(STEP, 12), (STEP, 30)]),
        (lambda month: 0.5 * month, [(SLOPE, 0)]),
        (lambda month: 0.8 * np.maximum(month - 23, 0), [(SLOPE, 24)]),
        (lambda month: 0.5 * month + 9.0 * (month >= 25), [(STEP, 25), (SLOPE, 0)]),
    ],
)
def test_known_shapes(shape: object, expected: list[tuple[int, int]]) -> None:
    months = np.arange(40.0)
    found = found_in(shape(months) + 0.5 * wobble(40))  # type: ignore[operator]
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    assert [since for _, since in found] == pytest.approx([since for _, since in expected], abs=3)


def test_a_loaded_event_is_a_step_without_a_test() -> None:
    assert found_in(wobble(40), forced=(17,)) == [(STEP, 17)]


def test_only_steps_where_slopes_are_none() -> None:
    values = 0.8 * np.maximum(np.arange(40.0) - 23, 0) + wobble(40)
    assert SLOPE in {kind for kind, _ in found_in(values)}
    assert SLOPE not in {kind for kind, _ in found_in(values, slopes=False)}


def test_the_regressors_of_terms() -> None:
    found = Structure(np.array([[STEP, SLOPE, 0]]), np.array([[2.0, 1, 0]]), np.array([[1.0, 0, 0]]), np.zeros(1))
    assert found.columns(np.array([[0.0, 1, 2, 3]]))[0].T.tolist() == [
        [1, 1, 1, 1],
        [0, 0, 1, 1],
        [0, 1, 2, 3],
        [0] * 4,
    ]
