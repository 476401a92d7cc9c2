"""Empirical Bayes: estimates drawn towards the centre of all peers, the more so the less sure each is."""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array, Numbers, broadcast_floats


def shrunken(value: Numbers, centre: Numbers, tau2: Numbers, standard_error: Numbers) -> Array:
    """The normal-normal estimates, in the unit of the values: centre + (value - centre) tau2 / (tau2 + s^2).

    All broadcast. tau2: the variance between peers, in squared units of the standard errors s. The mean square error
    over peers that are drawn from one normal distribution is the least that any estimate has.
    A value whose error is not known stays unknown; without any error and variance it is as it is.
    Source: Efron and Morris 1975; Morris 1983.
    """
    value, centre, tau2, error = broadcast_floats(value, centre, tau2, standard_error)
    whole = tau2 + error**2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole == 0, 1.0, tau2 / whole)
    return np.asarray(centre + (value - centre) * share)
