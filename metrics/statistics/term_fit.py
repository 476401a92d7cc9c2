"""Generalised least squares of the level and the terms of many series, given the correlation of their errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array
from metrics.statistics.serial_correlation import whitening

RIDGE = 1e-12
"""Of the squared size of a term: keeps terms that months set aside have made alike apart."""


@dataclass(frozen=True)
class TermFit:
    """Generalised least squares of level and terms, the level first.

    effect, error: [rows, terms], NaN where there is no term. covariance: [rows, terms, terms].
    variance: the marginal variance of the errors at a relative spread of 1 [rows].
    freedom: degrees of freedom [rows].
    """

    effect: Array
    error: Array
    covariance: Array
    variance: Array
    freedom: Array


def fit_terms(
    values: Array, times: Array, spread: Array, columns: Array, rho: Array, spent: Array | float = 0.0
) -> TermFit:
    """The effects of the regressors `columns` [rows, points, terms] given the correlation of each row's errors.

    spent: degrees of freedom that were used before [rows].
    """
    known = ~np.isnan(values)
    weight = np.where(known, 1.0 / spread, 0.0)
    white = whitening(times, known, rho)
    design = np.stack([white.apply(columns[:, :, term] * weight) for term in range(columns.shape[2])], axis=2)
    observed = white.apply(np.where(known, values, 0.0) * weight)
    turned = design.transpose(0, 2, 1)
    gram = np.matmul(turned, design)
    size = np.einsum("rii->ri", gram)
    present = size > 0
    norm = np.sqrt(np.where(present, size, 1.0))
    scaled = gram / (norm[:, :, None] * norm[:, None, :])
    # What is not there stands for itself; the ridge keeps terms that months set aside have made alike apart.
    scaled[:, np.arange(scaled.shape[1]), np.arange(scaled.shape[1])] += np.where(present, RIDGE, 1.0)
    inverse = np.linalg.inv(scaled) * (present[:, :, None] & present[:, None, :])
    inverse /= norm[:, :, None] * norm[:, None, :]
    effect = np.matmul(inverse, np.matmul(turned, observed[:, :, None]))[:, :, 0]
    residual = observed - np.matmul(design, effect[:, :, None])[:, :, 0]
    freedom = np.maximum(known.sum(axis=1) - present.sum(axis=1) - spent, 1.0)
    variance = (residual**2).sum(axis=1) / freedom
    covariance = inverse * variance[:, None, None]
    error = np.sqrt(np.maximum(np.einsum("rii->ri", covariance), 0.0))
    return TermFit(np.where(present, effect, np.nan), np.where(present, error, np.nan), covariance, variance, freedom)
