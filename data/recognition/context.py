"""What stands around a table and holds for all of it: titles, the unit of its figures, its month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from data.core.cell_refs import cell_name
from data.core.text import normalise
from data.model.sheet import Shown
from data.parsing.dates import MONTH_NAME, MONTH_PREFIXES, parse_month
from data.parsing.magnitudes import WHOLE_UNIT, Scale, parse_scale

MEASURED = re.compile(r"(?i)(?:(?:计量|数据|数量)?(?:单位|單位)[:：为為]?|\bunits?\s*[:：]\s*)([^)）\]】;；。]{1,24})")
# In what is called a unit a number, or a word for many.
MANY_PATTERN = re.compile(r"\d|[十千万亿]|百(?!分)|thousand|million|billion|hundred|lakh|crore|^(?:k|m|mn|mm|w)$")
# A short text that is a unit and nothing else: (thousands of customers), （万户）, Figures in thousands.
ONLY_UNIT = re.compile(r"(?i)[^（(【\[]*[（(【\[]\s*([^（()）】\]]{1,30})[)）】\]]\s*|.*\bin\s+([a-z',0 ]{1,24})\s*")
MONTH_IN_TEXT = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/._年]\s*(0?[1-9]|1[0-2])(?!\d)\s*(?:月份?)?"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)"),
    re.compile(rf"(?i)({MONTH_NAME})[\s\-_,.]+((?:19|20)\d{{2}})(?!\d)"),
)
# What follows a month of a day: it says when something was made, not of which month it is.
DAY = re.compile(r"^\s*(?:\d{1,2}\s*日|日|-\d{1,2}(?![\d月]))")
# What follows a month that is one of several, or one end of a span: such a title names no single month.
SPAN = re.compile(
    rf"^\s*(?:至|到|[-–—~～]|to\b|(?:[、,，/&和及与]|and\b)\s*(?:\d|{'|'.join(MONTH_PREFIXES)}))", re.IGNORECASE
)
# What stands before a month that ends a span. A dash alone only sets it apart; 截至 is said of a moment too.
ENDS_SPAN = re.compile(
    rf"(?:(?<!截)[至到]|(?:{MONTH_NAME}|\byear|(?:19|20)\d\d)\s*(?:[-–—~～]|\b(?:to|until|till|through)\b)"
    rf"|月\s*[-–—~～])\s*$",
    re.IGNORECASE,
)
# Figures since a year began, or of a quarter.
CUMULATIVE = re.compile(r"(?i)累[计計]|年初至|year[\s-]*to[\s-]*date|\bytd\b|\bcumulative\b")
SEVERAL_MONTHS = re.compile(
    r"(?i)\d{1,2}\s*月?\s*(?:至|到|[-–—~～])\s*\d{1,2}\s*月|[一二三四1-4]\s*季度|\bq[1-4]\b|\bquarter\b|[上下]半年|\bhalf[- ]year\b"
)
# How far above a header a title may stand, and how many cells its row may fill.
TITLE_ROWS = 12
TITLE_CELLS = 4
# The month in which a table was made is not the month that it is of.
WRITTEN_ON = re.compile(
    r"(?i)制表|填报|填表|打印|导出|报送|上报|生成|製表|填報|導出|printed|exported|generated|as of|prepared"
)
YEAR_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|\b)")
# A whole date says when something was made, unless it is one end of a span: 2025年1月1日至2025年11月30日.
DATE = re.compile(
    rf"(?<!\d)(?:19|20)\d{{2}}\s*[-/._年]\s*(?:0?[1-9]|1[0-2])\s*(?:[-/._]\s*\d{{1,2}}(?![\d月])日?|月\s*\d{{0,2}}\s*日)"
    rf"|\b{MONTH_NAME}[\s.]+\d{{1,2}}(?:st|nd|rd|th)?[\s,]+(?:19|20)\d{{2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s\-]+{MONTH_NAME}[\s\-,.]+(?:19|20)\d{{2}}(?!\d)",
    re.IGNORECASE,
)
UP_TO = re.compile(r"(?:至|到|[-–—~～]|\bto)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class StatedValue:
    """Something that holds for the whole table, and where it is stated.

    value: what it is.
    text: the words that state it.
    cell: the cell of the words; None for a name.
    place: "cell", "header", "sheet" or "file".
    contradiction: a text of another place that states another value, and that value.
    """

    value: Any
    text: str
    cell: str | None
    place: str
    contradiction: tuple[str, str] | None = None


@dataclass(frozen=True)
class SheetContext:
    """What stands around a table: the cells above its header and the names of the sheet and the file.

    rows: the sheet's rows.
    sheet: the sheet's name.
    file: the file's name.
    first_row: the number of rows[0].
    first: index from which titles count; above it is another table.
    shown: see Sheet.shown.
    """

    rows: Sequence[Sequence[Any]] = ()
    sheet: str = ""
    file: str = ""
    first_row: int = 1
    first: int = 0
    shown: Shown = field(default_factory=dict)
    _known: dict[int, list[tuple[str, str | None]]] = field(default_factory=dict, compare=False, repr=False)

    def _above(self, header: int) -> list[tuple[str, str | None]]:
        """The texts above a header, with their cells; rows of many cells are no titles."""
        if header not in self._known:
            found = []
            for index in range(max(self.first, header - TITLE_ROWS), header):
                filled = [(place, cell) for place, cell in enumerate(self.rows[index]) if cell not in (None, "")]
                if len(filled) <= TITLE_CELLS:
                    name = index + self.first_row
                    found += [
                        (" ".join(cell.split()), cell_name(name, place))
                        for place, cell in filled
                        if isinstance(cell, str)
                    ]
            self._known[header] = found
        return self._known[header]

    def titles_with_cells(self, header: int) -> list[tuple[str, str | None]]:
        """The texts above a header, with their cells."""
        return self._above(header)

    def titles(self, header: int) -> list[str]:
        """The texts above a header."""
        return [text for text, _ in self._above(header)]

    def _everywhere(self, header: int) -> Iterator[tuple[str, str | None, str]]:
        for text, cell in self._above(header):
            yield text, cell, "cell"
        yield self.sheet, None, "sheet"
        yield PurePath(self.file).name.split(".")[0], None, "file"

    def names(self, header: int, words: Sequence[str]) -> bool:
        """Whether a title, the sheet's or the file's name holds one of `words` (in normal form)."""
        texts = [normalise(text) for text, _, _ in self._everywhere(header)]
        return any(word in text for word in words for text in texts)

    def scale(self, header: int) -> StatedValue | None:
        """The unit that figures are given in, from a title such as "单位：万户"; None if it is not said or is one."""
        for text, cell in self._above(header):
            found = MEASURED.search(text)
            scale = parse_scale(found[1]) if found else _only_unit(text)
            if scale and any(scale.powers.values()):
                return StatedValue(scale, found[0] if found else text, cell, "cell")
        return None

    def unknown_scale(self, header: int) -> StatedValue | None:
        """A unit of the figures that a title states and that is not understood, such as "Unit: 10k"."""
        for text, cell in self._above(header):
            found = MEASURED.search(text)
            words = normalise(found[1]) if found else ""
            if found and MANY_PATTERN.search(words) and parse_scale(found[1]) is None:
                return StatedValue(None, found[0], cell, "cell")
        return None

    def month(self, header: int) -> StatedValue | None:
        """The one month of the table by its titles, else the sheet's name, else the file's; None if none or several."""
        return self._stated(header, find_months)

    def span(self, header: int) -> StatedValue | None:
        """A title, else a name, of several months; None if there is none."""
        said = (StatedValue(None, text, cell, place) for text, cell, place in self._everywhere(header) if is_span(text))
        return next(said, None)

    def year(self, header: int) -> StatedValue | None:
        """The one year that the titles, else the sheet's name, else the file's name, for headers such as "1月"."""
        return self._stated(header, find_years, several=True)

    def _stated(self, header: int, read: Callable[[str], list[str]], several: bool = False) -> StatedValue | None:
        """What the first place that says anything says; `several`: one that names more than one is passed over."""
        stated = [(value, text, cell, place) for text, cell, place in self._everywhere(header) for value in read(text)]
        for place in ("cell", "sheet", "file"):
            found = [one for one in stated if one[3] == place]
            values = {value for value, *_ in found}
            if len(values) == 1:
                other = next(
                    ((text, value) for value, text, _, kind in stated if kind != place and value not in values), None
                )
                return StatedValue(*found[0], other)
            if found and not several:
                return None
        return None


def _only_unit(text: str) -> Scale | None:
    """The unit that a title is, or has in brackets, without saying that it is one; words beside it make it something
    else.
    """
    found = ONLY_UNIT.fullmatch(text)
    words = (found[1] or found[2] or "").strip() if found else ""
    known = normalise(words)
    return parse_scale(words) if WHOLE_UNIT.fullmatch(known) else None


def find_years(text: str) -> list[str]:
    """The years named in a text; none if it says when the table was made, by words or by a bare date."""
    if WRITTEN_ON.search(text):
        return []
    return list(dict.fromkeys(YEAR_IN_TEXT.findall(DATE.sub(_keep_in_span, text))))


def _keep_in_span(date: re.Match[str]) -> str:
    """A date that begins or ends a span, else nothing."""
    before, after = date.string[: date.start()], date.string[date.end() :]
    return date[0] if SPAN.match(after) or UP_TO.search(before) else " "


def find_months(text: str) -> list[str]:
    """The months named in a text, as 2025-11.

    None if it names several as one span, what was added up since a year began, or a day, which is when it was printed.
    """
    found: list[str] = []
    if WRITTEN_ON.search(text) or CUMULATIVE.search(text):
        return found
    for pattern in MONTH_IN_TEXT:
        for match in pattern.finditer(text):
            rest = text[match.end() :]
            if not DAY.match(rest):
                if SPAN.match(rest) or ENDS_SPAN.search(text[: match.start()]):
                    return []
                month = parse_month(match[0])
                found += [f"{month:%Y-%m}"] if month else []
        if found:
            break
    return list(dict.fromkeys(found))


def is_span(text: str) -> bool:
    """Whether a text names several months as one."""
    if WRITTEN_ON.search(text):
        return False
    if CUMULATIVE.search(text) or SEVERAL_MONTHS.search(text):
        return True
    named = [match for pattern in (*MONTH_IN_TEXT, DATE) for match in pattern.finditer(text)]
    return any(SPAN.match(text[one.end() :]) or ENDS_SPAN.search(text[: one.start()]) for one in named)
