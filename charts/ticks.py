"""The numbers along an axis: round, few, and in the notation of the values beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from charts import numbers


def round_ticks(low: float, high: float, most: int) -> Iterator[float]:
    """Round numbers from `low` to `high`, about `most` of them: steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    first = math.ceil(low / step - 1e-9)
    for number in range(first, first + most + 1):
        if number * step <= high * (1 + 1e-12):
            yield number * step


def number_axis(low: float, high: float, form: str, lang: str, most: int = 6) -> dict[str, Any]:
    """Settings of an axis from `low` to `high` with numbers of `form`.

    Plotly's own ticks, but where values are written in K or 万, ticks of ours.
    """
    if not numbers.is_large(max(abs(low), abs(high)), form, lang) or not high > low:
        return {"nticks": most, "tickformat": ",", "ticksuffix": "%" if form == "percent" else ""}
    ticks = list(round_ticks(low, high, most))
    return {"tickvals": ticks, "ticktext": numbers.format_ticks(ticks, lang)}
