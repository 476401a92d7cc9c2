"""Whether a text says that a month is not over: 截至11月15日, 11.1-11.15, "as of 15 Nov", "month to date"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from data.core.text import normalise_width
from data.parsing.dates import MONTH_NAME, MONTH_NAMES

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TH = r"(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|~|～|至|到|\bto\b)\s*"
# A day with its month, and its year where one stands there; a month of a span (2025.11-2025.12) is no day.
TOKEN = re.compile(
    rf"(?<!\d)(?P<y1>20\d\d)\s*[-/._年]\s*(?P<m1>{_MONTH})\s*[-/._月]\s*(?P<d1>{_DAY})(?!\d)(?!\s*[年月])\s*[日号號]?"
    rf"|(?<!\d)(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<![\d.])(?P<m3>{_MONTH})\s*月\s*(?P<d3>{_DAY})(?!\d)\s*[日号號]?"
    rf"|(?<![\d.])(?P<m4>{_MONTH})[./](?P<d4>{_DAY})(?![\d.])(?!\s*[年月%])"
    rf"|(?<!\d)(?P<d5>{_DAY}){_TH}[\s\-]*(?P<n5>{MONTH_NAME})\b\.?(?:[\s,\-]*(?P<y5>20\d\d))?"
    rf"|\b(?P<n6>{MONTH_NAME})\.?\s+(?P<d6>{_DAY}){_TH}(?!\d)(?:[\s,]*(?P<y6>20\d\d))?"
    rf"|(?<![\d月年.])(?P<d7>{_DAY})\s*[日号號]",
    re.IGNORECASE,
)
# The first day of a span without its month: 11月1-15日, 1-15 November, Nov 1-15.
SHORT_SPAN = re.compile(
    rf"(?:(?<!\d)(?P<y1>20\d\d)\s*年\s*)?(?:(?<!\d)(?P<m1>{_MONTH})\s*月\s*)?(?<![\d.])(?P<a1>{_DAY})\s*[日号號]?"
    rf"{_TO}(?P<b1>{_DAY})\s*[日号號]"
    rf"|(?<!\d)(?P<a2>{_DAY}){_TH}{_TO}(?P<b2>{_DAY}){_TH}\s+(?P<n2>{MONTH_NAME})\b\.?(?:[\s,]*(?P<y2>20\d\d))?"
    rf"|\b(?P<n3>{MONTH_NAME})\.?\s+(?P<a3>{_DAY}){_TH}{_TO}(?P<b3>{_DAY}){_TH}(?!\d)(?:[\s,]*(?P<y3>20\d\d))?",
    re.IGNORECASE,
)
BETWEEN = re.compile(_TO, re.IGNORECASE)
AS_OF = re.compile(
    r"(?:截至|截止(?:至|到|于|於)?|截到|(?:统计|統計|数据|數據|資料|更新)(?:至|到)|\b(?:as\s+(?:of|at)|up\s+to|until|through|thru|to|till))"
    r"\s*(?:日期)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
TO_DATE = re.compile(r"month[\s\-]+to[\s\-]+date|\bmtd\b|本月至今|月初至今|本月截至目前", re.IGNORECASE)


@dataclass(frozen=True)
class Until:
    """What a text says: figures go to a day. year and month are None where it does not name them; start: the first day
    that it names; text: the words.
    """

    day: int
    month: int | None
    year: int | None
    text: str
    start: tuple[int | None, int | None, int] | None = None


def not_over(texts: Iterable[str], month: date) -> tuple[date, str] | None:
    """The day up to which `month` (its first day) has figures, and the words that say so; None if no text says that it
    is not over.
    """
    last = monthrange(month.year, month.month)[1]
    for text in texts:
        for said in _said(normalise_width(text)):
            named = (said.month or month.month, said.year or month.year)
            if named == (month.month, month.year) and said.day < last and not _whole_cycle(said, month):
                return month.replace(day=said.day), said.text
    return None


def to_date(texts: Iterable[str]) -> str | None:
    """The words that say that the month runs still, without a day: "month to date"; None if none do."""
    return next((found[0] for text in texts if (found := TO_DATE.search(normalise_width(text)))), None)


def _whole_cycle(said: Until, month: date) -> bool:
    """Whether a span is a month from one day to the day before in the next, as of bills: 26 October to 25 November."""
    if said.start is None:
        return False
    year, number, day = said.start
    before = month - timedelta(days=1)
    return day == said.day + 1 and number == before.month and year in (None, before.year)


def _said(text: str) -> Iterator[Until]:
    for found in SHORT_SPAN.finditer(text):
        parts = {name: value for name, value in found.groupdict().items() if value}
        start, end = (int(next(parts[name] for name in parts if name[0] == letter)) for letter in "ab")
        if start <= end:
            yield Until(end, _month(parts), _year(parts), found[0].strip(), (_year(parts), _month(parts), start))
    tokens = list(TOKEN.finditer(text))
    for first, second in pairwise(tokens):
        if BETWEEN.fullmatch(text[first.end() : second.start()]):
            yield _until(second, text[first.start() : second.end()], first)
    for token in tokens:
        if before := AS_OF.search(text[: token.start()]):
            yield _until(token, text[before.start() : token.end()])


def _until(token: re.Match[str], words: str, first: re.Match[str] | None = None) -> Until:
    year, month, day = _of(token)
    start = _of(first) if first else None
    return Until(day, month, year, words.strip(), start)


def _of(token: re.Match[str]) -> tuple[int | None, int | None, int]:
    parts = {name: value for name, value in token.groupdict().items() if value}
    return _year(parts), _month(parts), int(next(parts[name] for name in parts if name[0] == "d"))


def _year(parts: dict[str, str]) -> int | None:
    return next((int(parts[name]) for name in parts if name[0] == "y"), None)


def _month(parts: dict[str, str]) -> int | None:
    for name, value in parts.items():
        if name[0] == "m":
            return int(value)
        if name[0] == "n":
            return next(number for word, number in MONTH_NAMES.items() if word.startswith(value.lower()[:3]))
    return None
