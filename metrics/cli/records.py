"""A row of a scorecard, ranking or trend as JSON gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metrics.cli.arguments import INTEGER_FIELDS, json_value
from metrics.model.record import COLUMNS

# What names the row, and what stands inside another field: low and high in the interval, the months together in one.
NAMES = {"metric", "family", "unit", "name"}
INSIDE = {"high", "pooled_low", "pooled_high", "pooled_base", "pooled_months"}
UNTOLD = {"monthly_target", "month_value", "error", "course_since", "per_month_low", "per_month_high", "shift_low"}
UNTOLD |= {"shift_high", "latest_month", "expected_error", "path_lower", "path_upper"}
FIELDS = tuple("interval" if name == "low" else name for name in COLUMNS if name not in NAMES | INSIDE | UNTOLD)

# The limits that an answer gives are those of the path; the plain chart's stand under `plain`.
LIMITS = {"lower": "path_lower", "upper": "path_upper"}


def json_record(row: Mapping[Any, Any], fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """A row for JSON: NaN is null, ranks are whole numbers, low and high are the interval."""
    out: dict[str, Any] = {}
    for name in fields:
        if name == "interval":
            low, high = json_value(row["low"]), json_value(row["high"])
            out[name] = None if low is None and high is None else [low, high]
        elif name == "met":
            met = json_value(row.get(name))
            out[name] = None if met is None else bool(met)
        elif name == "pooled":
            out[name] = _pooled(row)
        elif name == "course":
            out[name] = course_record(row)
        elif name in LIMITS:
            out[name] = json_value(row.get(LIMITS[name]))
        else:
            value = json_value(row.get(name))
            out[name] = int(value) if name in INTEGER_FIELDS and value is not None else value
    return out


def course_record(row: Mapping[Any, Any]) -> dict[str, Any] | None:
    """The course of the path: its kind, since when, by how much a month, within what."""
    if not row.get("course"):
        return None
    low, high = json_value(row["per_month_low"]), json_value(row["per_month_high"])
    sloped = row["course"] in ("rising", "falling")
    return {
        "kind": row["course"],
        "since": row["course_since"] if sloped else None,
        "per_month": json_value(row["per_month"]) if sloped else None,
        "interval": [low, high] if sloped else None,
    }


def plain_chart(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What the plain NHS chart says of a month."""
    return {name: json_value(row[name]) for name in ("centre", "lower", "upper", "point_type", "provisional")}


def _pooled(row: Mapping[Any, Any]) -> dict[str, Any] | None:
    """Up to three months together, where one is too little."""
    value, low, high, base, months = (
        json_value(row.get(f"pooled{end}")) for end in ("", "_low", "_high", "_base", "_months")
    )
    interval = None if low is None and high is None else [low, high]
    return None if value is None else {"months": int(months), "value": value, "denominator": base, "interval": interval}
