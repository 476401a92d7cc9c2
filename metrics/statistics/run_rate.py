"""What the rest of the year must bring to reach the year's target, and whether the process can be expected to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.statistics.arrays import Array, Numbers, Words, broadcast_floats

FEASIBILITY = ("", "safe", "within", "beyond")


@dataclass(frozen=True)
class RunRate:
    """The run rate that the rest of the year needs.

    needed: the value per remaining month. natural: the same as a count of the numerator, per month or (ratios) in
    all.
    """

    needed: Array
    natural: Array


def required_rate(
    flow: Numbers,
    stock: Numbers,
    months_done: Numbers,
    months_left: Numbers,
    expected_stock: Numbers,
    target: Numbers,
    scale: Numbers = 1.0,
) -> RunRate:
    """The run rate of rates that accumulate: events of the year over the mean stock of its months, times scale.

    flow: the sum of the months so far. stock: their mean. expected_stock: the mean of the months left.
    target: the year's.
    needed = what must happen per month over `expected_stock`, times scale.
    All broadcast. NaN where a number is not known or no month is left. Less than 0: the year's allowance is used up.
    """
    flow, stock, done, left, expected, target, scale = broadcast_floats(
        flow, stock, months_done, months_left, expected_stock, target, scale
    )
    left = np.where(left > 0, left, np.nan)
    before = np.where(done > 0, done * stock, 0.0)
    year = (before + left * expected) / (np.maximum(done, 0) + left)
    natural = (target / scale * year - np.where(done > 0, flow, 0.0)) / left
    return RunRate(natural / np.where(expected > 0, expected, np.nan) * scale, natural)


def required_ratio(
    numerator: Numbers, denominator: Numbers, expected_denominator: Numbers, target: Numbers, scale: Numbers = 1.0
) -> RunRate:
    """The run rate of ratios of sums: numerators over denominators, times scale.

    expected_denominator: the base of all the months left.
    needed = the ratio of the rest that brings the year to `target`; natural = its numerator in all.
    All broadcast. NaN where a number is not known or no base is left.
    """
    numerator, denominator, expected, target, scale = broadcast_floats(
        numerator, denominator, expected_denominator, target, scale
    )
    expected = np.where(expected > 0, expected, np.nan)
    natural = target / scale * (denominator + expected) - numerator
    return RunRate(natural / expected * scale, natural)


def feasibility(needed: Numbers, lower: Numbers, upper: Numbers, better: npt.ArrayLike) -> Words:
    """One of FEASIBILITY: whether the process can bring what is `needed`.

    "safe": any month within the limits is good enough. "within": chance decides. "beyond": needs a change.
    Shapes: any that broadcast; better is "higher" or "lower".
    "" where a number is not known, or neither direction is better.
    """
    needed, lower, upper = broadcast_floats(needed, lower, upper)
    wanted = np.asarray(better, dtype=str)
    higher = wanted == "higher"
    safe = np.where(higher, needed < lower, needed > upper)
    beyond = np.where(higher, needed > upper, (needed < lower) | (needed < 0))
    found = np.where(beyond, 3, np.where(safe, 1, 2))
    judged = ~np.isnan(needed + lower + upper) & (wanted != "neither")
    return np.asarray(FEASIBILITY)[np.where(judged, found, 0)]
