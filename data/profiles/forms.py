"""A profile as a few small tables that a page edits, and back: what a table does not show stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from data.feeds import feed_named
from data.model.profile import Condition, Indicator, LeaveOut, MonthSource, Profile

MonthWay = Literal["column", "quarter", "month", "label", "title", "sheet", "file", "constant"]
MONTH_WAYS: tuple[MonthWay, ...] = ("column", "quarter", "month", "label", "title", "sheet", "file", "constant")
IN_TWO_COLUMNS = ("quarter", "month")
SEPARATOR = "; "
BETTER: Mapping[str, Literal["higher", "lower", "neither"]] = {
    "higher": "higher",
    "lower": "lower",
    "neither": "neither",
}


def month_way(month: MonthSource) -> tuple[MonthWay, str, str]:
    """How the month is found, and by what: (way, value, second value); with two columns the year's is the first."""
    if month.year:
        way: MonthWay = "quarter" if month.quarter else "month"
        return way, month.year, month.quarter or month.month or ""
    for name in ("column", "label", "title", "sheet", "file", "constant"):
        if value := getattr(month, name):
            return name, value, ""  # type: ignore[return-value]
    return "column", "", ""


def month_source(way: MonthWay, first: str, second: str, formats: Sequence[str] = ()) -> MonthSource:
    """The record of what `month_way` says."""
    if way in IN_TWO_COLUMNS:
        other = {way: second or None}
        return MonthSource(year=first or None, formats=tuple(formats), **other)  # type: ignore[arg-type]
    return MonthSource(**{way: first or None}, formats=tuple(formats))  # type: ignore[arg-type]


def column_rows(profile: Profile) -> pd.DataFrame:
    """One line for each column of ours that the file may fill: column, source (None: not in the file)."""
    feed = feed_named(profile.feed)
    names = [column.name for column in feed.columns if column.name not in (feed.month_column, feed.unit_column)]
    return pd.DataFrame({"column": names, "source": [profile.columns.get(name) for name in names]}, dtype="object")


def with_columns(profile: Profile, rows: pd.DataFrame) -> Profile:
    """The profile with the mapping that `rows` say."""
    mapping = {str(row["column"]): _text(row["source"]) for row in rows.to_dict("records")}
    kept = {name: label for name, label in profile.columns.items() if name not in mapping}
    return replace(profile, columns={**kept, **{name: label for name, label in mapping.items() if label}})


def indicator_rows(profile: Profile) -> pd.DataFrame:
    """One line an indicator: code, name, numerator, denominator (lists of columns; empty for a constant), value,
    better, factor.
    """
    lines = [
        (one.code, one.name, _labels(one.numerator), _labels(one.denominator), one.value, one.better, float(one.factor))
        for one in profile.indicators
    ]
    return pd.DataFrame(lines, columns=["code", "name", "numerator", "denominator", "value", "better", "factor"])


def with_indicators(profile: Profile, rows: pd.DataFrame) -> Profile:
    """The profile with the indicators that `rows` say; conditions, constants and scales of a known code stay."""
    known = {one.code: one for one in profile.indicators}
    found = []
    for row in rows.to_dict("records"):
        code, name = _text(row["code"]), _text(row["name"])
        if not code and not name:
            continue
        before = known.get(code, Indicator(code, name))
        better = _text(row["better"])
        found.append(
            replace(
                before,
                code=code,
                name=name or code,
                better=BETTER.get(better, before.better),
                value=_text(row["value"]) or None,
                numerator=_part(row["numerator"], before.numerator),
                denominator=_part(row["denominator"], before.denominator),
                factor=_number(row["factor"], before.factor),
            )
        )
    return replace(profile, indicators=tuple(found))


def exclusion_rows(profile: Profile) -> pd.DataFrame:
    """The simple rules for rows that are not loaded: column, texts ("a; b"), total."""
    simple = [rule for rule in profile.leave_out if _is_simple(rule)]
    lines = [(rule.when[0].column, SEPARATOR.join(rule.when[0].any_of), rule.total) for rule in simple]
    return pd.DataFrame(lines, columns=["column", "texts", "total"])


def with_exclusions(profile: Profile, rows: pd.DataFrame) -> Profile:
    """The profile with the simple rules that `rows` say, after those that are more than simple."""
    others = [rule for rule in profile.leave_out if not _is_simple(rule)]
    new = []
    for row in rows.to_dict("records"):
        texts = tuple(word.strip() for word in _text(row["texts"]).replace("；", ";").split(";") if word.strip())
        if _text(row["column"]) and texts:
            new.append(LeaveOut((Condition(_text(row["column"]), any_of=texts),), total=row["total"] is True))
    return replace(profile, leave_out=(*others, *new))


def _is_simple(rule: LeaveOut) -> bool:
    """One column that reads one of some texts, as a table can show it."""
    condition = rule.when[0] if len(rule.when) == 1 else None
    return (
        condition is not None
        and condition == Condition(condition.column, any_of=condition.any_of)
        and bool(condition.any_of)
        and all(word == word.strip() and word and ";" not in word and "；" not in word for word in condition.any_of)
    )


def _labels(part: tuple[str, ...] | float | None) -> list[str]:
    return list(part) if isinstance(part, tuple) else []


def _part(cells: Any, before: tuple[str, ...] | float | None) -> tuple[str, ...] | float | None:
    chosen = tuple(str(label) for label in cells) if isinstance(cells, (list, tuple)) else ()
    if chosen:
        return chosen
    return None if isinstance(before, tuple) else before


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value).strip()


def _number(value: Any, otherwise: float) -> float:
    return otherwise if value is None or value != value else float(value)
