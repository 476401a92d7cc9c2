"""XmR charts, variation and assurance by NHS England's *Making Data Count*, many rows at once.

NaN (not known) is skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from metrics.statistics.arrays import (
    Array,
    Codes,
    Flags,
    Indices,
    Numbers,
    Words,
    broadcast_floats,
    known_first,
    rounding_tolerance,
    row_mean,
)
from metrics.statistics.volatility import mean_moving_range

LIMIT_FACTOR = 2.66
SHIFT_LENGTH = 7
POINTS_FOR_FIRM_LIMITS = 13
"""With fewer points behind them, limits are provisional."""

POINT_TYPES = (
    "",  # not known
    "common",
    "outside_high",
    "outside_low",
    "trend_up",
    "trend_down",
    "two_of_three_high",
    "two_of_three_low",
    "shift_high",
    "shift_low",
)
"""The names of the codes of `XmrResult.point_type`. Above 1, even codes are high or up and odd ones low or down."""
COMMON = 1
VARIATION = ("", "common", "improving", "concerning", "neither_high", "neither_low")
ASSURANCE = ("", "passes", "fails", "hit_or_miss")


@dataclass(frozen=True)
class XmrResult:
    """Arrays [rows, months].

    Lines are given for every month of their phase, NaN where the phase knows too little for them.
    """

    centre: Array
    lower: Array
    upper: Array
    near_lower: Array
    near_upper: Array
    point_type: Codes
    provisional: Flags


def xmr(
    values: Array,
    screen: bool = True,
    phase_starts: Sequence[int] = (),
    fix_after: int | None = None,
    trend_length: int = 7,
) -> XmrResult:
    """The XmR charts of `values` [rows, months], oldest first: centre, limits and point types, in their units.

    screen: drops moving ranges of 3.267 times their mean and more, once (the Excel tool does not).
    phase_starts: the columns where lines and runs begin anew.
    fix_after: takes each phase's lines from its first known points only.
    Limits are not clamped. Precedence: outside, trend, two of three, shift. Members of two of three are the points
    beyond the near limit; a point that ends one trend and starts the opposite one belongs to the later.
    Differences below 1e-12 of the row's size are none.
    Preconditions: trend_length >= 2; fix_after is None or positive.
    Source: NHSRplotthedots; Wheeler 1993 for 2.66 and 3.267.
    """
    values = np.asarray(values, dtype=float)
    months = values.shape[1]
    lines = np.full((5, *values.shape), np.nan)
    point_type = np.zeros(values.shape, dtype=np.int8)
    provisional = np.ones(values.shape, dtype=bool)
    edges = sorted({0, months, *(start for start in phase_starts if 0 < start < months)})
    for first, end in pairwise(edges):
        part = slice(first, end)
        known, order = known_first(values[:, part])
        centre, spread, used = _lines(known[:, :fix_after], screen)
        for line, steps in enumerate((0.0, -1.0, 1.0, -2 / 3, 2 / 3)):
            lines[line, :, part] = (centre + steps * LIMIT_FACTOR * spread if steps else centre)[:, None]
        provisional[:, part] = (used < POINTS_FOR_FIRM_LIMITS)[:, None]
        codes = point_types(known, centre[:, None], LIMIT_FACTOR * spread[:, None], trend_length)
        np.put_along_axis(point_type[:, part], order, codes, axis=1)
    return XmrResult(lines[0], lines[1], lines[2], lines[3], lines[4], point_type, provisional)


def _lines(known: Array, screen: bool) -> tuple[Array, Array, Array]:
    """Per row the mean, the mean moving range (NaN below two points) and how many points are behind them."""
    return row_mean(known), mean_moving_range(known, screen), (~np.isnan(known)).sum(axis=1)


def _members(hits: Flags, length: int, points: int) -> Flags:
    """Every point of the windows [rows, windows] of `length` points that hit. Shape [rows, points]."""
    found = np.zeros((len(hits), points), dtype=bool)
    for offset in range(length if hits.shape[1] else 0):
        found[:, offset : offset + hits.shape[1]] |= hits
    return found


def _all_of(flags: Flags, length: int) -> Flags:
    """Whether each window of `length` columns is true throughout. Shape [rows, columns - length + 1]."""
    windows = max(flags.shape[1] - length + 1, 0)
    found = np.ones((len(flags), windows), dtype=bool)
    for offset in range(length if windows else 0):
        found &= flags[:, offset : offset + windows]
    return found


def point_types(known: Array, centre: Array, reach: Array, trend_length: int = 7) -> Codes:
    """Codes of the known points, which stand at the left of their rows.

    centre and reach (from the centre to a limit) are [rows, 1], or [rows, points] where every month has its own limits.
    """
    points = known.shape[1]
    codes = np.where(np.isnan(known), 0, COMMON).astype(np.int8)
    if not points:
        return codes
    slack = rounding_tolerance(known)
    gap = known - centre
    steps = np.diff(known, axis=1)
    rising = [_members(_all_of(sign * steps > slack, trend_length - 1), trend_length, points) for sign in (1, -1)]
    turns_down = np.pad(-steps > slack, ((0, 0), (0, 1)))
    turns_up = np.pad(steps > slack, ((0, 0), (0, 1)))
    trends = (rising[0] & ~(rising[1] & turns_down), rising[1] & ~(rising[0] & turns_up))
    # The lowest precedence is written first, so that each higher one overwrites it.
    for low, sign in enumerate((1, -1)):
        codes[_members(_all_of(sign * gap > slack, SHIFT_LENGTH), SHIFT_LENGTH, points)] = 8 + low
    for low, sign in enumerate((1, -1)):
        side = sign * gap > slack
        near = (sign * gap > reach * 2 / 3 + slack) & ~(sign * gap > reach + slack)
        same = _all_of(side, 3)
        windows = same.shape[1]
        two = sum(near[:, offset : offset + windows].astype(np.int8) for offset in range(3)) >= 2 if windows else same
        codes[near & _members(same & two, 3, points)] = 6 + low
    for low, trend in enumerate(trends):
        codes[trend] = 4 + low
    for low, sign in enumerate((1, -1)):
        codes[sign * gap > reach + slack] = 2 + low
    return codes


def last_run_on_one_side(values: Array) -> tuple[Indices, Indices]:
    """(length, first column) of the last known points of [rows, months] that lie on one side of the mean.

    A point on the mean breaks the run. (0, 0) where nothing is known or the last point lies on the mean.
    """
    values = np.asarray(values, dtype=float)
    newest, order = known_first(values[:, ::-1])
    gap = newest - row_mean(values)[:, None]
    side = np.where(np.abs(gap) > rounding_tolerance(newest), np.sign(gap), 0.0)
    if not side.shape[1]:
        return np.zeros(len(values), dtype=np.intp), np.zeros(len(values), dtype=np.intp)
    same = (side == side[:, :1]) & (side != 0)
    length = np.logical_and.accumulate(same, axis=1).sum(axis=1)
    first = np.take_along_axis(order, np.maximum(length - 1, 0)[:, None], axis=1)[:, 0]
    return length, np.where(length > 0, values.shape[1] - 1 - first, 0)


def variation(point_type_of_last: npt.ArrayLike, better: npt.ArrayLike) -> Words:
    """One of VARIATION for codes of the last points and the direction that is better ("higher", "lower", "neither").

    Shapes: any that broadcast. "" where the last point is not known.
    A trend counts by its direction, wherever it stands.
    Source: NHS England, Making Data Count, variation icons.
    """
    codes, wanted = np.broadcast_arrays(np.asarray(point_type_of_last, dtype=int), np.asarray(better, dtype=str))
    high = codes % 2 == 0
    good = high == (wanted == "higher")
    found = np.where(good, 2, 3)
    found = np.where(wanted == "neither", np.where(high, 4, 5), found)
    return np.asarray(VARIATION)[np.where(codes > COMMON, found, codes)]


def assurance(target: Numbers, lower: Numbers, upper: Numbers, better: npt.ArrayLike) -> Words:
    """One of ASSURANCE: whether a process with the limits lower..upper always, never or sometimes meets the target.

    Shapes: any that broadcast; one unit of measure for all three.
    Higher is better: a target above the upper limit fails, one below the lower limit passes; mirrored for lower is
    better; else (equality too) hit or miss. "" where a number is not known, or neither direction is better.
    Source: NHSRplotthedots.
    """
    target, lower, upper = broadcast_floats(target, lower, upper)
    wanted = np.asarray(better, dtype=str)
    higher = wanted == "higher"
    above, below = target > upper, target < lower
    found = np.where(np.where(higher, below, above), 1, np.where(np.where(higher, above, below), 2, 3))
    judged = ~np.isnan(target + lower + upper) & (wanted != "neither")
    return np.asarray(ASSURANCE)[np.where(judged, found, 0)]
