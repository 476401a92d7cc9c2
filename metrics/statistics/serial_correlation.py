"""Series whose months depend on the months before: autoregression of order one, over gaps, for many rows at once.

Months k apart correlate by rho ** k (a stationary autoregression), so that a gap of some months weakens what the month
before says. Every function takes known months at the left of their rows (arrays.known_first).
Source: Prais and Winsten 1954; Harville 1977 for restricted likelihood (statsmodels.GLSAR is the reference in tests).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Flags

RHO_GRID = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Correlations of neighbouring months that are tried; negative ones count as none, which makes limits wider."""


@dataclass(frozen=True)
class Whitening:
    """The linear map that makes the errors of each row independent, each with the marginal variance.

    phi: weight of the known month before [rows, points]; 0 at the first.
    scale: 1 / sqrt(1 - phi ** 2), 0 where nothing is known [rows, points].
    log_determinant: of the inverse correlation matrix [rows].
    """

    phi: Array
    scale: Array
    log_determinant: Array

    def apply(self, column: Array) -> Array:
        """`column` [rows, points] without what the month before explains."""
        found = column.copy()
        found[:, 1:] -= self.phi[:, 1:] * column[:, :-1]
        found *= self.scale
        return found


def whitening(times: Array, known: Flags, rho: float | Array) -> Whitening:
    """The whitening of errors with correlation `rho` (one number or [rows]) at the months `times` [rows, points]."""
    phi = np.zeros(times.shape)
    if times.shape[1] > 1:
        gaps = np.maximum(np.diff(times, axis=1), 1.0)
        base = np.broadcast_to(np.asarray(rho, dtype=float), len(times))[:, None]
        phi[:, 1:] = np.where(known[:, 1:] & known[:, :-1], base**gaps, 0.0)
    scale = 1.0 / np.sqrt(1.0 - phi**2)
    log_determinant = 2.0 * np.log(scale).sum(axis=1)
    return Whitening(phi, np.where(known, scale, 0.0), log_determinant)
