"""Words for figures of a month that is not over."""

from __future__ import annotations

from datetime import date

import pandas as pd

from locales import text
from metrics.model.record import MonthRecord, Record

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def provisional_in_words(row: Record, lang: str) -> str:
    """That the figure of a row is provisional, and until when; empty where it is not."""
    until = row.get("provisional_until")
    return until_in_words(str(until), lang) if isinstance(until, str) and until else ""


def until_in_words(until: str, lang: str) -> str:
    """ "2025-11-15" as "provisional until 15 Nov"."""
    return text(lang, "provisional until {day}", day=day_in_words(date.fromisoformat(until), lang))


def day_in_words(day: date, lang: str) -> str:
    """A day without its year: 15 Nov, 11月15日."""
    return f"{day.day} {MONTHS[day.month - 1]}" if lang == "en" else f"{day.month}月{day.day}日"


def card_in_words(rows: pd.DataFrame, lang: str) -> str:
    """That the known figures of a scorecard are provisional, or some of them; empty where none is."""
    known = rows[rows["value"].notna()]
    until = known["provisional_until"].dropna()
    if until.empty:
        return ""
    if len(until) == len(known):
        return until_in_words(str(until.min()), lang)
    return text(lang, "partly provisional until {day}", day=day_in_words(date.fromisoformat(str(until.min())), lang))


def newest_in_words(month: str | None, until: str | None, whole: bool, lang: str) -> str:
    """The newest month of the data; where it is not over, until when its figures go, or some of them (`whole`)."""
    if not month or not until:
        return month or "–"
    partly = text(lang, "partly provisional until {day}", day=day_in_words(date.fromisoformat(until), lang))
    return text(lang, "{month} ({said})", month=month, said=partly if whole else until_in_words(until, lang))


def verdict_in_words(row: Record, lang: str) -> str:
    """The verdict on a row; where its month is not over, that it is provisional."""
    return str(row["verdict"] or "") or provisional_in_words(row, lang)


def month_in_words(row: MonthRecord, lang: str) -> str:
    """The month of a trend's row, with until when it is provisional."""
    said = provisional_in_words(row, lang)
    return text(lang, "{month} ({said})", month=row["month"], said=said) if said else str(row["month"])
