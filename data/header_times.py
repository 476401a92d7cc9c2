"""The time that a header says its figures are of: the rows' own month, or another time that makes them something else."""

from __future__ import annotations

import re
from collections.abc import Set

from data.organisation import normal
from data.stacked import SEPARATOR

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
YEAR = r"(?:(?:19|20)?\d{2}年)"
# Several months, a quarter, a half year: never one month's figure.
SPAN = re.compile(
    rf"{NUMBER}月?份?[-–—~至到、]{YEAR}?{NUMBER}月|季度|半年|(?<![a-z]){NAME}(?:\s*(?:19|20)?\d{{2}})?\s*(?:[-–—~]|to)\s*{NAME}(?![a-z])"
    r"|quarter|half-?year|(?<![a-z\d])(?:q[1-4]|h[12])(?![a-z\d])"
)
# Up to a day: of what stands it is the figure itself, of what happens a sum since the beginning.
UP_TO = re.compile(r"截至|截止|(?<![a-z])as (?:of|at)(?![a-z])")
MONTH = re.compile(r"(?:((?:19|20)\d{2})[年\-/.])?(?<!\d)(1[0-2]|0?[1-9])月(?!\d*日)")
NAMED = re.compile(rf"(?<![a-z])({NAME})[-\s,.']*((?:19|20)\d{{2}})?(?![a-z\d])")
ONLY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年(?!\d)|[)）\]】]|$)")


SPEAKS = re.compile(rf"\d|月|季|半年|截|quarter|half|(?<![a-z])as (?:of|at)|{NAME}")


def speaks_of_time(label: str) -> bool:
    """Whether a header may name a time: most do not, and need no closer look."""
    return SPEAKS.search(label.casefold()) is not None


def other_time(label: str, months: Set[str], stands: bool) -> bool:
    """Whether a header says a span, or a month or year that is not that of the rows below.

    label: every text over the column; months: those of the rows, as 2025-11, empty if not known; stands: whether its figures are
    of a moment, as customers are, not of what happened since another.
    """
    for part in label.split(SEPARATOR):
        text, words = normal(part), part.casefold()
        if any(SPAN.search(one) or (not stands and UP_TO.search(one)) for one in (text, words)):
            return True
        if not months:
            continue
        said = {(year, int(number)) for year, number in MONTH.findall(text)}
        said |= {(year, NAMES.index(name[:3]) + 1) for name, year in NAMED.findall(words)}
        known = {(year, number) for month in months for year in (month[:4], "") for number in (int(month[5:]),)}
        if any((year, number) not in known for year, number in said) or (said and len(months) > 1):
            return True
        if not said and any(year not in {month[:4] for month in months} for year in ONLY_YEAR.findall(text)):
            return True
    return False
