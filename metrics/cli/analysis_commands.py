"""The commands of `python -m metrics` that judge: funnel, tendency, outlook, scores, attention."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import pandas as pd

from metrics.analyses.attention import FALSE_ALARM_RATE, attention, signal_counts
from metrics.analyses.funnel import Funnel, funnel
from metrics.analyses.outlook import outlook
from metrics.analyses.tendency import tendency
from metrics.analyses.weighted_scores import weighted_scores
from metrics.cli.arguments import INTEGER_FIELDS, json_rows, json_value, request_head, resolve_peers
from metrics.engine.figures import Figures
from metrics.statistics.run_chart import run_chart

Answer = tuple[dict[str, Any], pd.DataFrame]
LISTED = (
    "metric",
    "value",
    "target",
    "attainment",
    "rank",
    "peers",
    "rank_low",
    "rank_high",
    "signal",
    "variation",
    "assurance",
    "verdict",
    "reason",
    "because",
)


def funnel_summary(found: Funnel) -> dict[str, Any]:
    """What belongs to the whole funnel, for JSON."""
    return {
        "confidence": found.level,
        "centre": json_value(found.centre),
        "phi": json_value(found.phi),
        "tau2": json_value(found.tau2),
        "judged": found.judged,
        "flagged": found.flagged,
        "expected_by_chance": found.expected_by_chance,
        "unjudged": found.unjudged or None,
    }


def signal_summary(rows: pd.DataFrame) -> dict[str, Any]:
    """How many rows were judged, how many are signals, and how many signals chance alone would give."""
    judged, signals = signal_counts(rows)
    return {"judged": judged, "signals": signals, "expected_by_chance": judged * FALSE_ALARM_RATE}


def run_chart_summary(months: pd.DataFrame) -> dict[str, Any]:
    """The Anhoej rules over a trend's values, for JSON."""
    values = months["value"].where(months["provisional_until"].isna()).to_numpy(dtype=float)
    found = run_chart(values[None, :])
    said = {
        name: json_value(getattr(found, name)[0])
        for name in ("centre", "longest_run", "longest_allowed", "crossings", "crossings_needed")
    }
    return {**said, "useful": int(found.useful[0]), "signal": bool(found.signal[0])}


def _funnel(figures: Figures, words: argparse.Namespace) -> Answer:
    month, level, within = resolve_peers(figures, words)
    found = funnel(figures, words.metric, month, words.period, level, within)
    head = {
        "metric": found.metric,
        "month": month,
        "period": words.period,
        "level": level,
        "within": within,
        "version": figures.version,
    }
    return {**head, **funnel_summary(found), "units": json_rows(found.units)}, found.units


def _tendency(figures: Figures, words: argparse.Namespace) -> Answer:
    unit, month, _, head = request_head(figures, words)
    frame = tendency(figures, unit, month, _chosen(figures, words), words.lang, words.months)
    return {**head, "metrics": json_rows(frame, INTEGER_FIELDS)}, frame


def _outlook(figures: Figures, words: argparse.Namespace) -> Answer:
    unit, month, _, head = request_head(figures, words)
    frame = outlook(figures, unit, month, _chosen(figures, words), words.lang)
    return {**head, "metrics": json_rows(frame, INTEGER_FIELDS)}, frame


def _chosen(figures: Figures, words: argparse.Namespace) -> list[str] | None:
    return [figures.axes.metric(words.metric).code] if words.metric else None


def _scores(figures: Figures, words: argparse.Namespace) -> Answer:
    month, level, within = resolve_peers(figures, words)
    found = weighted_scores(figures, month, words.period, level, within, cap=words.cap)
    parts = {unit: json_rows(part.drop(columns="unit")) for unit, part in found.parts.groupby("unit", sort=False)}
    head = {
        "month": month,
        "period": words.period,
        "level": level,
        "within": within,
        "version": figures.version,
        "cap": found.cap,
        "equal_weights": found.equal,
    }
    units = [{**row, "parts": parts.get(row["unit"], [])} for row in json_rows(found.units, INTEGER_FIELDS)]
    return {**head, "units": units}, found.units


def _attention(figures: Figures, words: argparse.Namespace) -> Answer:
    unit, month, period, head = request_head(figures, words)
    found = attention(figures, unit, month, period, words.lang)
    lists = {name: getattr(found, name) for name in ("strengths", "weak_spots", "early_warnings")}
    said = {
        name: json_rows(frame[[column for column in LISTED if column in frame]], INTEGER_FIELDS)
        for name, frame in lists.items()
    }
    frame = pd.concat([part.assign(list=name) for name, part in lists.items()], ignore_index=True)
    counts = {
        "signals": found.signals,
        "judged": found.judged,
        "expected_by_chance": found.expected_by_chance,
        "listed": found.listed,
        "discovery_rate": found.discovery_rate,
    }
    shown = frame[["list", *(column for column in LISTED if column in frame)]]
    return {**head, **counts, **said}, shown


COMMANDS: dict[str, Callable[[Figures, argparse.Namespace], Answer]] = {
    "funnel": _funnel,
    "tendency": _tendency,
    "outlook": _outlook,
    "scores": _scores,
    "attention": _attention,
}
