"""Words for findings: severity, title, months and units."""

from __future__ import annotations

from collections.abc import Sequence

from charts import numbers
from locales import text


def severity_names(lang: str) -> dict[str, str]:
    """The words for severities, by severity."""
    return {"error": text(lang, "Error"), "warning": text(lang, "Warning"), "note": text(lang, "Note")}


def name_list(names: Sequence[str], lang: str, most: int = 6) -> str:
    """A few names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (text(lang, " and {count} more", count=rest) if rest > 0 else "")


def month_span(months: Sequence[str]) -> str:
    """The first and the last of some months, in words."""
    return "" if not months else months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"


def batch_facts(rows: int, units: int, months: Sequence[str], lang: str) -> str:
    """How many rows, units (if any) and which months (if any)."""
    found = [text(lang, "rows: {count}", count=numbers.format_decimal(rows))]
    found += [text(lang, "units: {count}", count=numbers.format_decimal(units))] if units else []
    found += [text(lang, "months: {span}", span=month_span(months))] if months else []
    return " · ".join(found)


def finding_titles(lang: str) -> list[str]:
    """The titles of the columns of a table of findings."""
    return [
        text(lang, "Severity"),
        text(lang, "File"),
        text(lang, "Sheet"),
        text(lang, "Cell"),
        text(lang, "Value"),
        text(lang, "What is wrong"),
        text(lang, "What to do"),
    ]
