"""Figures inside a sentence."""

from __future__ import annotations

from metrics.metric import Metric


def shown(value: float | None, metric: Metric) -> str:
    """The value with the metric's decimals and, of a percentage, its sign; an en dash where it is not known."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{metric.decimals}f}" + ("%" if metric.format == "percent" else "")
