"""What each command of `python -m metrics` prints."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from data.errors import NoData, WrongUsage
from data.home import Home
from data.snapshot import open_snapshot
from locales import text
from metrics.briefing import as_text, briefing
from metrics.explain import explain
from metrics.figures import Figures
from metrics.periods import number_of, window
from metrics.ranking import ranking
from metrics.scorecard import scorecard
from metrics.trend import trend

FIELDS = (
    "value", "numerator", "denominator", "target", "attainment", "gap", "rank", "peers", "rank_change", "peer_average", "gap_to_average", "next_gap",
    "next_rank", "next_unit", "mom", "yoy", "interval", "signal", "verdict", "reported", "months_known", "rank_low", "rank_high", "rank_moved",
    "variation", "assurance", "point_type", "chart", "centre", "lower", "upper", "provisional", "points",
)  # fmt: skip
WHOLE = {"rank", "peers", "rank_change", "next_rank", "months_known", "rank_low", "rank_high", "points"}


def run(words: argparse.Namespace) -> int:
    """Opens the version, resolves the words, runs the command, prints JSON, CSV or a table."""
    figures = Figures(open_snapshot(Home.resolve(words.home), words.version))
    if words.command == "briefing":
        return _briefing(figures, words)
    answer, frame = COMMANDS[words.command](figures, words)
    if words.json:
        print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    elif words.csv:
        sys.stdout.write("\ufeff" + frame.to_csv(index=False, lineterminator="\n"))
    else:
        _table(frame, answer)
    return 0


def unit_of(figures: Figures, given: str | None) -> str:
    """The unit's code from a code, name, alias or path; the top unit if none is given. WrongUsage if unknown or ambiguous."""
    organisation = figures.organisation
    if not len(organisation):
        raise NoData("No units have been loaded yet; load the units sheet first.")
    if given is None:
        return organisation.roots()[0]
    found = organisation.find(given)
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(
            f"{organisation.name(organisation.parent(code) or code)}/{organisation.name(code)} ({code})"
            for code in found
        )
        raise WrongUsage(
            f"{given!r} can mean several units: {choices}. Give the code, or the path as in {organisation.name(organisation.parent(found[0]) or found[0])}/{given}."
        )
    near = organisation.nearest(given)
    raise WrongUsage(f"No unit is called {given!r}" + (f"; the nearest: {', '.join(near)}." if near else "."))


def month_of(figures: Figures, given: str | None) -> str:
    """The month asked for, else the last with data."""
    if given is None:
        return figures.last_month
    number_of(given)
    return given


def level_of(figures: Figures, given: str | None) -> str | None:
    if given is not None and given not in figures.organisation.levels():
        raise WrongUsage(f"No level is called {given!r}; there are: {', '.join(figures.organisation.levels())}.")
    return given


def _head(figures: Figures, words: argparse.Namespace) -> tuple[str, str, str, dict[str, Any]]:
    unit, month, period = unit_of(figures, words.unit), month_of(figures, words.month), words.period
    window(month, period)
    names = {
        "unit": unit,
        "unit_name": figures.organisation.name(unit),
        "month": month,
        "period": period,
        "version": figures.version,
    }
    return unit, month, period, names


def _record(row: dict[Any, Any], fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """A row for JSON: NaN is null, ranks are whole numbers, low and high are the interval."""
    out: dict[str, Any] = {}
    for name in fields:
        if name == "interval":
            low, high = plain(row["low"]), plain(row["high"])
            out[name] = None if low is None and high is None else [low, high]
        else:
            value = plain(row.get(name))
            out[name] = int(value) if name in WHOLE and value is not None else value
    return out


def plain(value: object) -> Any:
    """A value that JSON holds; null for what is not known."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _list(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    rows = [
        {
            "metric": metric.code, "name": metric.name.to(words.lang), "family": metric.family, "unit": metric.unit.to(words.lang), "better": metric.better,
            "format": metric.format, "meaning": metric.meaning.to(words.lang), "default_target": metric.default_target, "minimum_base": metric.minimum_base,
        }
        for metric in figures.metrics
    ]  # fmt: skip
    return {"version": figures.version, "metrics": rows}, pd.DataFrame(rows).drop(columns="meaning")


def _scorecard(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = _head(figures, words)
    within = unit_of(figures, words.within) if words.within else None
    frame = scorecard(figures, unit, month, period, level_of(figures, words.level), within, lang=words.lang)
    rows = [
        {"metric": row["metric"], "name": figures.metric(row["metric"]).name.to(words.lang), **_record(row)}
        for row in frame.to_dict("records")
    ]
    return {**head, "metrics": rows}, _named(figures, frame, words.lang)


def _ranking(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    month, metric = month_of(figures, words.month), figures.metric(words.metric)
    within = unit_of(figures, words.within) if words.within else None
    level = level_of(figures, words.level) or (
        figures.organisation.level(unit_of(figures, words.unit)) if words.unit else None
    )
    frame = ranking(figures, metric.code, month, words.period, level, within, words.lang)
    rows = [{"unit": row["unit"], "name": row["name"], **_record(row)} for row in frame.to_dict("records")]
    head = {
        "metric": metric.code,
        "month": month,
        "period": words.period,
        "level": level,
        "within": within,
        "version": figures.version,
    }
    return {**head, "units": rows}, frame


def _trend(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = _head(figures, words)
    metric = figures.metric(words.metric)
    frame = trend(figures, metric.code, unit, month, period, words.months, words.lang)
    more = (*FIELDS, "sigma_z")
    rows = [{"month": row["month"], **_record(row, more)} for row in frame.to_dict("records")]
    return {**head, "metric": metric.code, "months": rows}, frame


def _explain(figures: Figures, words: argparse.Namespace) -> tuple[dict[str, Any], pd.DataFrame]:
    unit, month, period, head = _head(figures, words)
    found = explain(figures, words.metric, unit, month, period, words.against, words.by)
    parts = [{name: plain(value) for name, value in row.items()} for row in found.parts.to_dict("records")]
    answer = {
        **head, "metric": found.metric, "before": found.before, "now": found.now, "value_before": plain(found.value_before), "value_now": plain(found.value_now),
        "change": plain(found.change), "by": found.by, "rest": found.rest, "parts": parts,
    }  # fmt: skip
    return answer, found.parts


PERIOD_NAMES = {"month": "one month", "quarter": "quarter to date", "ytd": "year to date", "rolling12": "12 months"}


def _briefing(figures: Figures, words: argparse.Namespace) -> int:
    """The monthly text; --markdown marks the headings, --json gives sections and lines."""
    unit, month, period, head = _head(figures, words)
    sections = briefing(figures, unit, month, period, words.lang)
    title = text(
        words.lang, "Briefing on {unit}, {month}, {period}", unit=head["unit_name"], month=month, period=period
    )
    if words.json:
        listed = [{"title": section.title, "lines": list(section.lines)} for section in sections]
        print(json.dumps({**head, "title": title, "sections": listed}, ensure_ascii=False))
    else:
        print(as_text(sections, title, words.markdown), end="")
    return 0


Answer = Callable[[Figures, argparse.Namespace], tuple[dict[str, Any], pd.DataFrame]]
COMMANDS: dict[str, Answer] = {
    "list": _list,
    "scorecard": _scorecard,
    "ranking": _ranking,
    "trend": _trend,
    "explain": _explain,
}


def _named(figures: Figures, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    names = [figures.metric(code).name.to(lang) for code in frame["metric"]]
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
        for name in ("unit_name", "metric", "month", "period", "before", "change", "version")
        if answer.get(name) is not None
    ]
    print("  ".join(head))
    chosen = [name for name in SHOWN if name in frame] if "rank" in frame else list(frame.columns)
    with pd.option_context(
        "display.width",
        220,
        "display.max_columns",
        40,
        "display.max_rows",
        None,
        "display.unicode.east_asian_width",
        True,
    ):
        shown = frame[chosen]
        print(
            shown.to_string(index=False, na_rep="–", float_format=lambda number: f"{number:,.2f}")
            if len(shown)
            else text("en", "(nothing)")
        )
