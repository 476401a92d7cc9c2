"""Figures inside a sentence."""

from __future__ import annotations

import math

from locales import numbers, text
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.wording.path import indistinct_first

MOST_DECIMALS = 6


def formatted_compact(value: float | None, metric: Metric, lang: str) -> str:
    """The value as the screens write it: large counts and amounts in the language's own steps (359.1K, 35.91万)."""
    large = value is not None and value == value and numbers.is_large(value, metric.format, lang)
    return numbers.format_compact(value, lang) if large else formatted(value, metric)


def formatted(value: float | None, metric: Metric) -> str:
    """The value with the metric's decimals and, of a percentage, its sign; an en dash where it is not known."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{metric.decimals}f}" + ("%" if metric.format == "percent" else "")


def change_in_words(change: float, metric: Metric, lang: str) -> str:
    """A change without its sign, in the metric's unit; of a percentage in points."""
    if metric.format == "percent":
        return text(lang, "{change} pp", change=f"{change:,.{metric.decimals}f}")
    return formatted_compact(change, metric, lang)


def pace_in_words(change: float, metric: Metric, lang: str) -> str:
    """A change a month without its sign, with as many decimals as show it."""
    if numbers.is_large(change, metric.format, lang):
        return numbers.format_compact(change, lang)
    decimals = metric.decimals + (0 if change >= 1 else 1)
    if change and round(change, decimals) == 0:
        decimals = min(1 - math.floor(math.log10(change)), MOST_DECIMALS)
    shown = f"{change:,.{decimals}f}"
    return text(lang, "{change} pp", change=shown) if metric.format == "percent" else shown


def rank_in_words(row: Record, lang: str) -> str:
    """The rank of a row that has one; of a total it is that of a size."""
    said = "place {rank} of {peers} by size" if row["total"] else "place {rank} of {peers}"
    place = text(lang, said, rank=int(row["rank"]), peers=int(row["peers"]))
    unsure = indistinct_first(row, lang)
    return text(lang, "{place} ({unsure})", place=place, unsure=unsure) if unsure else place
