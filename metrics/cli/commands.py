"""What each command of `python -m metrics` prints."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd

from data.core.console import table_text
from data.core.formula_guard import guard_frame
from data.snapshots.people import home_here
from data.snapshots.reader import open_snapshot
from locales import text
from metrics.analyses.briefing import briefing, briefing_text
from metrics.analyses.explain import explain
from metrics.analyses.funnel import funnel
from metrics.analyses.phase_proposal import proposed_phase
from metrics.analyses.ranking import ranking
from metrics.analyses.restated import restatements
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import shifts, trend
from metrics.assessment.peer_funnel import has_funnel
from metrics.cli import analysis_commands as judging_commands
from metrics.cli import forecast_commands
from metrics.cli.arguments import json_rows, json_value, request_head, resolve_level, resolve_peers, resolve_unit
from metrics.cli.records import FIELDS, json_record, plain_chart
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_name


def run(words: argparse.Namespace) -> int:
    """Opens the version, resolves the words, runs the command, prints JSON, CSV or a table."""
    home = home_here(words.home)
    figures = Figures(open_snapshot(home, words.version))
    if words.command == "restated":
        return _printed(words, *_restated(Figures(open_snapshot(home, words.since)), figures, words))
    if words.command == "briefing":
        return _briefing(figures, words)
    return _printed(words, *COMMANDS[words.command](figures, words))


def _printed(words: argparse.Namespace, answer: dict[str, Any], frame: pd.DataFrame) -> int:
    """JSON, CSV or a table."""
    if words.json:
        print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    elif words.csv:
        sys.stdout.write("\ufeff" + guard_frame(frame).to_csv(index=False, lineterminator="\n"))
    else:
        _table(frame, answer)
    return 0


def _list(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    rows = [
        {
            "metric": metric.code,
            "name": metric.name.to(words.lang),
            "family": metric.family,
            "unit": metric.unit.to(words.lang),
            "better": metric.better,
            "format": metric.format,
            "meaning": metric.meaning.to(words.lang),
            "default_target": metric.default_target,
            "minimum_base": metric.minimum_base,
        }
        for metric in figures.axes.metrics
    ]
    return {"version": figures.version, "metrics": rows}, pd.DataFrame(rows).drop(columns="meaning")


def _scorecard(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = request_head(figures, words)
    within = resolve_unit(figures, words.within) if words.within else None
    frame = scorecard(figures, unit, month, period, resolve_level(figures, words.level), within, lang=words.lang)
    rows = [
        {"metric": row["metric"], "name": figures.axes.metric(row["metric"]).name.to(words.lang), **json_record(row)}
        for row in frame.to_dict("records")
    ]
    return {**head, "signals": judging_commands.signal_summary(frame), "metrics": rows}, _named(
        figures, frame, words.lang
    )


def _ranking(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    metric = figures.axes.metric(words.metric)
    month, level, within = resolve_peers(figures, words)
    frame = ranking(figures, metric.code, month, words.period, level, within, words.lang)
    sides = _funnel_of(figures, metric, frame, month, words.period, level, within)
    rows = [
        {
            "unit": row["unit"],
            "name": row["name"],
            **json_record(row, (*FIELDS, "shrunken")),
            **sides.get(row["unit"], {}),
        }
        for row in frame.to_dict("records")
    ]
    head = {
        "metric": metric.code,
        "month": month,
        "period": words.period,
        "level": level,
        "within": within,
        "version": figures.version,
    }
    return {
        **head,
        "signals": judging_commands.signal_summary(frame),
        "funnel": sides.get("", None),
        "units": rows,
    }, frame


def _funnel_of(figures: Figures, metric: Metric, frame: pd.DataFrame, *asked: Any) -> dict[str, dict[str, Any]]:
    """The funnel's fields of every unit, and under "" those of the whole; empty for a metric without a base."""
    if not has_funnel(figures, metric):
        return {}
    found = funnel(figures, metric.code, *asked)
    names = {"lower": "funnel_lower", "upper": "funnel_upper", "flag": "funnel_flag"}
    unknown: dict[str, Any] = dict.fromkeys(names.values())
    sides = dict.fromkeys(frame["unit"], unknown)
    sides |= {row["unit"]: {to: row[name] for name, to in names.items()} for row in json_rows(found.units)}
    return {**sides, "": judging_commands.funnel_summary(found)}


def _trend(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = request_head(figures, words)
    metric = figures.axes.metric(words.metric)
    phases = figures.phases.adding(words.phase or [])
    frame = trend(figures, metric.code, unit, month, period, words.months, words.lang, phases)
    head["proposed_phase"] = proposed_phase(figures, metric.code, unit, month, phases)
    head["run_chart"] = judging_commands.run_chart_summary(frame)
    more = (*FIELDS, "sigma_z")
    rows = [
        {"month": row["month"], **json_record(row, more), "plain": plain_chart(row)} for row in frame.to_dict("records")
    ]
    last = rows[-1] if rows else {}
    once: dict[str, Any] = {name: last.get(name) for name in ("model", "course", "met_months", "months_judged")}
    once["shifts"] = [
        {
            "since": month_name(figures.axes.first_month + one.since),
            "change": one.change,
            "interval": [one.low, one.high],
        }
        for one in shifts(figures, metric.code, unit, month, phases)
    ]
    return {**head, "metric": metric.code, **once, "months": rows}, frame


def _explain(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = request_head(figures, words)
    found = explain(figures, words.metric, unit, month, period, words.against, words.by)
    parts = [{name: json_value(value) for name, value in row.items()} for row in found.parts.to_dict("records")]
    answer = {
        **head,
        "metric": found.metric,
        "before": found.before,
        "now": found.now,
        "value_before": json_value(found.value_before),
        "value_now": json_value(found.value_now),
        "change": json_value(found.change),
        "by": found.by,
        "rest": found.rest,
        "against_unit": found.against_unit or None,
        "caution": found.caution or None,
        "homogeneous": found.homogeneous,
        "p_value": json_value(found.p_value),
        "judged_by": found.judged_by,
        "parts": parts,
    }
    return answer, found.parts


def _restated(old: Figures, new: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit = resolve_unit(new, words.unit) if words.unit else None
    frame = restatements(old, new, unit)
    head = {"unit": unit, "since": old.version, "version": new.version}
    listed = frame.assign(batches=frame["batches"].map(list), files=frame["files"].map(list))
    return {**head, "values": json_rows(listed)}, frame


PERIOD_NAMES = {"month": "one month", "quarter": "quarter to date", "ytd": "year to date", "rolling12": "12 months"}


def _briefing(figures: Figures, words: argparse.Namespace) -> int:
    """The monthly text; --markdown marks the headings, --json gives sections and lines."""
    unit, month, period, head = request_head(figures, words)
    sections = briefing(figures, unit, month, period, words.lang)
    title = text(
        words.lang,
        "Briefing on {unit}, {month}, {period}",
        unit=head["unit_name"],
        month=month,
        period=text(words.lang, PERIOD_NAMES[period]) if period in PERIOD_NAMES else period,
    )
    if words.json:
        listed = [{"title": section.title, "lines": list(section.lines)} for section in sections]
        print(json.dumps({**head, "title": title, "sections": listed}, ensure_ascii=False))
    else:
        print(briefing_text(sections, title, words.markdown), end="")
    return 0


Answer = Callable[[Figures, argparse.Namespace], tuple[dict[str, Any], pd.DataFrame]]
COMMANDS: dict[str, Answer] = {
    "list": _list,
    "scorecard": _scorecard,
    "ranking": _ranking,
    "trend": _trend,
    "explain": _explain,
    **judging_commands.COMMANDS,
    **forecast_commands.COMMANDS,
}


def _named(figures: Figures, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    names = [figures.axes.metric(code).name.to(lang) for code in frame["metric"]]
    return frame.assign(name=names)


SHOWN = (
    "month",
    "name",
    "unit",
    "segment",
    "value",
    "target",
    "attainment",
    "rank",
    "peers",
    "rank_change",
    "gap_to_average",
    "next_gap",
    "mom",
    "yoy",
)


def _table(frame: pd.DataFrame, answer: dict[str, Any]) -> None:
    """For reading in a terminal: the main columns, rounded."""
    head = [
        f"{name}: {answer[name]}"
        for name in ("unit_name", "metric", "month", "period", "before", "against_unit", "change", "version")
        if answer.get(name) is not None
    ]
    print("  ".join(head))
    chosen = [name for name in SHOWN if name in frame] if "next_gap" in frame else list(frame.columns)
    print(table_text(frame[chosen], "–", lambda number: f"{number:,.2f}"))
