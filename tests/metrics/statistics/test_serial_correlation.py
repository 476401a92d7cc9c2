"""Whitening against the inverse of the correlation matrix, gaps included."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.serial_correlation import whitening

MONTHS = np.array([0.0, 1, 2, 5, 6, 10])


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.8])
def test_quadratic_form_and_determinant_are_those_of_the_correlation_matrix(rho: float) -> None:
    matrix = rho ** np.abs(MONTHS[:, None] - MONTHS[None, :]) if rho else np.eye(len(MONTHS))
    inverse = np.linalg.inv(matrix)
    column = np.array([[3.0, -1, 2, 0.5, 4, -2]])
    found = whitening(MONTHS[None, :], np.ones((1, 6), dtype=bool), rho)
    assert float((found.apply(column) ** 2).sum()) == pytest.approx(float(column[0] @ inverse @ column[0]))
    assert float(found.log_determinant[0]) == pytest.approx(np.linalg.slogdet(inverse)[1])


def test_what_is_not_known_stays_nothing() -> None:
    known = np.array([[True, True, False]])
    found = whitening(np.array([[0.0, 1, 2]]), known, 0.5)
    assert found.apply(np.array([[1.0, 1, 0]]))[0, 2] == 0
    alone = whitening(np.array([[0.0, 1]]), known[:, :2], 0.5)
    assert found.log_determinant == pytest.approx(alone.log_determinant)
