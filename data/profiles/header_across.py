"""Months and years across a header: which columns they are, and the month that each means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.model.profile import Unpivot
from data.parsing.dates import MONTH_NAMES
from data.recognition.header_rows import SEPARATOR

YEAR = r"(?:19|20)\d{2}"
NAMES = {name[:length].lower(): 1 + place % 12 for place, name in enumerate(MONTH_NAMES) for length in (3, len(name))}
NAMED = "|".join(sorted(NAMES, key=len, reverse=True))
# How a header writes a year or a month, the pattern that takes next year's too, and the text it fills.
REGULAR = (
    (rf"^({YEAR})(?:\.0)?年?度?$", "{0}-12"),
    (rf"^({YEAR})\s*[-/.年_]?\s*(0[1-9]|1[0-2]|[1-9](?!\d))月?份?$", "{0}-{1}"),
    (rf"^({YEAR})-(0[1-9]|1[0-2])-\d\d(?: 00:00:00)?$", "{0}-{1}"),
)
# Fewer columns than this are no series.
FEWEST = 2


@dataclass(frozen=True)
class Across:
    """Columns of a header that are months.

    months: label -> month, as 2025-11.
    pattern: what finds them and later ones; None where no pattern does.
    text: what the pattern fills.
    fixed_year: whether the year stands in no header.
    measure: what these columns are figures of, where several measures stand across.
    others: the measures whose columns are not among them.
    """

    months: Mapping[str, str]
    pattern: str | None = None
    text: str = "{0}"
    fixed_year: bool = False
    measure: str | None = None
    others: tuple[str, ...] = ()

    def unpivot(self, value: str) -> Unpivot:
        """The rule that makes rows of them."""
        if self.pattern:
            return Unpivot("month", value, pattern=self.pattern, text=self.text)
        return Unpivot("month", value, columns=dict(self.months))


def months_across(labels: Sequence[str], year: str | None) -> Across | None:
    """The months that stand in a header; None if there are none. year: of months that have none themselves."""
    for pattern, text in REGULAR:
        found = {label: match for label in labels if label and (match := re.search(pattern, label))}
        if len(found) >= FEWEST:
            months = {label: _padded(text.format(*match.groups())) for label, match in found.items()}
            if len({*months.values()}) == len(months):
                return Across(months, pattern, text)
    if (measures := _measures_across(labels)) is not None:
        return measures
    several = {label: month for label in labels if label and (month := _month_in(label, None))}
    if len(several) >= FEWEST and len({*several.values()}) == len(several):
        return Across(several)
    if year:
        several = {label: month for label in labels if label and (month := _month_in(label, year))}
        if len(several) > FEWEST and len({*several.values()}) == len(several):
            return Across(several, fixed_year=True)
    return None


def _measures_across(labels: Sequence[str]) -> Across | None:
    """The months of the first of several measures, each of which has the same months below or above it."""
    found: dict[str, dict[str, str]] = {}
    for label in labels:
        parts = label.split(SEPARATOR)
        months = {part: month for part in parts if (month := _written(part))}
        if len(parts) > 1 and len(months) == 1:
            measure = SEPARATOR.join(part for part in parts if part not in months)
            found.setdefault(measure, {})[label] = next(iter(months.values()))
    if len(found) < FEWEST or len({frozenset(months.values()) for months in found.values()}) > 1:
        return None
    (measure, months), *others = found.items()
    if len(months) < FEWEST or len({*months.values()}) < len(months):
        return None
    return Across(months, measure=measure, others=tuple(other for other, _ in others))


def _written(text: str) -> str | None:
    """The month that a text with its year means; of a year its last."""
    for pattern, filling in REGULAR:
        if match := re.search(pattern, text):
            return _padded(filling.format(*match.groups()))
    return _month_in(text, None)


def _padded(month: str) -> str:
    year, number = month.split("-")
    return f"{year}-{int(number):02d}"


def _month_in(label: str, year: str | None) -> str | None:
    """The month that a header such as "Jan 2024", "2024Q1" or "2024 / 1月" means."""
    text = label.replace(SEPARATOR, " ").strip().lower()
    written = re.search(rf"(?<!\d)({YEAR})(?!\d)", text) or re.search(rf"(?<!\d)({YEAR})(?=q[1-4])", text)
    rest = (text[: written.start()] + " " + text[written.end() :]) if written else text
    short = None if written else re.search(rf"^(?:{NAMED})[-' ]+(\d\d)$", rest.strip())
    known = written[1] if written else f"20{short[1]}" if short else year
    if known is None:
        return None
    rest = rest.strip(" -/._年")
    if named := re.fullmatch(rf"({NAMED})\.?(?:[-' ]+\d\d)?", rest):
        return f"{known}-{NAMES[named[1]]:02d}"
    if quarter := re.fullmatch(r"q([1-4])|第?([1-4])季度?", rest):
        return f"{known}-{3 * int(quarter[1] or quarter[2]):02d}"
    if number := re.fullmatch(r"(0?[1-9]|1[0-2])月份?" if written is None else r"(0?[1-9]|1[0-2])月?份?", rest):
        return f"{known}-{int(number[1]):02d}"
    return None
