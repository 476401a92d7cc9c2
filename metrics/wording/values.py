"""Figures inside a sentence."""

from __future__ import annotations

from locales import numbers, text
from metrics.model.metric import Metric
from metrics.model.record import Record


def formatted_compact(value: float | None, metric: Metric, lang: str) -> str:
    """The value as the screens write it: large counts and amounts in the language's own steps (359.1K, 35.91万)."""
    large = value is not None and value == value and numbers.is_large(value, metric.format, lang)
    return numbers.format_compact(value, lang) if large else formatted(value, metric)


def formatted(value: float | None, metric: Metric) -> str:
    """The value with the metric's decimals and, of a percentage, its sign; an en dash where it is not known."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{metric.decimals}f}" + ("%" if metric.format == "percent" else "")


def rank_in_words(row: Record, lang: str) -> str:
    """The rank of a row that has one; of a total it is that of a size."""
    said = "place {rank} of {peers} by size" if row["total"] else "place {rank} of {peers}"
    return text(lang, said, rank=int(row["rank"]), peers=int(row["peers"]))
