"""The metrics of a version: those that the program defines, and one for every indicator that was loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
from rapidfuzz import fuzz, process

from data.core.text import normalise
from data.model.errors import WrongUsage
from locales import Text
from metrics.definitions import all_metrics
from metrics.engine.packs import metrics_for
from metrics.model.metric import Better, Format, Metric, Term

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot

INDICATOR = "indicator"
# Per cent of likeness from which on a metric may be the one that was meant.
SIMILARITY_THRESHOLD = 50
_SOURCE = Text("Loaded as an indicator", "以指标形式导入", "以指標形式匯入")


def catalogue(snapshot: Snapshot | None = None) -> tuple[Metric, ...]:
    """The metrics of the packs that the data chooses (all without a version), by family.

    An indicator that carries a metric's own code or name gives that metric its ready-made figure.
    """
    if snapshot is None:
        return all_metrics()
    loaded = snapshot.indicators().to_dict("records")
    defined = metrics_for(snapshot.held_measures())
    known = {normalise(word): metric.code for metric in defined for word in (metric.code, *metric.name)}
    meant = {row["code"]: known.get(normalise(row["code"])) or known.get(normalise(str(row["name"]))) for row in loaded}
    ready = {metric: code for code, metric in meant.items() if metric}
    own = tuple(
        replace(metric, reported=_ready_made(ready[metric.code]))
        if metric.code in ready and metric.reported is None and not metric.components and not metric.quarters_of
        else metric
        for metric in defined
    )
    return own + tuple(_of_indicator(row) for row in loaded if meant[row["code"]] is None)


def metric_by_name(metrics: Sequence[Metric], text: str) -> Metric:
    """The metric with this code or name; WrongUsage names the nearest."""
    words = {normalise(word): metric for metric in metrics for word in (metric.code, *metric.name)}
    if normalise(text) in words:
        return words[normalise(text)]
    alike = process.extract(normalise(text), list(words), scorer=fuzz.ratio, score_cutoff=SIMILARITY_THRESHOLD, limit=5)
    near = dict.fromkeys(words[word].code for word, _, _ in alike)
    meant = f"the nearest: {', '.join(near)}" if near else "`python -m metrics list` shows all"
    raise WrongUsage(f"No metric is called {text!r}; {meant}.")


def _ready_made(code: str) -> Term:
    return Term("indicator_value", INDICATOR, (code,))


def _of_indicator(row: dict[Any, Any]) -> Metric:
    """The metric of one loaded indicator: a ratio, a count, or figures that came ready-made."""
    code, kind = str(row["code"]), row["kind"]
    ratio = kind == "ratio"
    scale = float(row["scale"]) if pd.notna(row["scale"]) else (100.0 if ratio else 1.0)
    label = str(row["unit_label"]) if _given(row["unit_label"]) else "%" if ratio and scale == 100 else ""
    name = str(row["name"]) if _given(row["name"]) else code
    form: Format = "percent" if label == "%" else "count" if kind == "count" else "number"
    better: Better = row["better"] if row["better"] in ("lower", "higher") else "neither"
    numerator = Term("indicator_numerator" if ratio else "indicator_count", INDICATOR, (code,))
    return Metric(
        code=code,
        family="any",
        name=Text(name, name, name),
        meaning=_meaning(kind, scale),
        unit=Text(label, label, label),
        format=form,
        better=better,
        numerator=None if kind == "reported" else numerator,
        denominator=Term("indicator_denominator", INDICATOR, (code,)) if ratio else None,
        scale=scale,
        decimals=0 if form == "count" else 2,
        reported=_ready_made(code),
        source=_SOURCE,
    )


def _given(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _meaning(kind: str, scale: float) -> Text:
    if kind == "ratio":
        return Text(
            f"Numerator over denominator as loaded, times {scale:g}.",
            f"导入的分子除以分母，乘以 {scale:g}。",
            f"匯入的分子除以分母，乘以 {scale:g}。",
        )
    if kind == "count":
        return Text("A number as loaded, added up.", "导入的数值，可相加汇总。", "匯入的數值，可相加匯總。")
    return Text(
        "A ready-made figure: shown for its own unit, never averaged upward.",
        "直接填报的数值：只用于所填单位，不向上汇总。",
        "直接填報的數值：只用於所填單位，不向上匯總。",
    )
