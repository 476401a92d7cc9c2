"""Axes of round numbers that fit what is drawn, and the names above it."""

from __future__ import annotations

from math import ceil, floor, log10


def round_scale(low: float, high: float) -> tuple[float, float, float]:
    """(least, most, step) of an axis around low..high, in some five round steps.

    Not below 0 where nothing is.
    """
    spread = high - low
    if spread <= 1e-12 * max(1.0, abs(high)):
        spread = 0.1 * abs(high) if abs(high) > 1e-9 else 1.0
    raw = spread / 4
    power = 10 ** floor(log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw)
    least = floor((low - 0.02 * spread) / step) * step
    return (max(least, 0.0) if low >= 0 else least), ceil((high + 0.02 * spread) / step) * step, step


def scale_with_headroom(low: float, high: float, rows: int, share: float) -> tuple[float, float, float]:
    """`round_scale` of low..high that leaves room above it for `rows` of names.

    share: what one row takes of the axis; together at most half of it.
    """
    part = min(rows * share, 0.5)
    least, most, step = round_scale(low, high)
    while rows and (most - high) < part * (most - least):
        most += step / 2
    return least, most, step
