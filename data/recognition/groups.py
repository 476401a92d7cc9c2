"""Columns that stand in a group of columns across and are not known: a new channel, a touchpoint nobody foresaw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data.core.text import normalise
from data.model.feed import NUMERIC, Column
from data.parsing.columns import is_missing
from data.parsing.numbers import parse_number
from data.recognition.header_rows import SEPARATOR
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.non_data_rows import EVERYBODY, TOTAL_WORDS
from data.recognition.qualifiers import changes_meaning
from data.recognition.vocabulary import choice_spellings, spellings

# The name of a total across: 合计, 自助小计, 充值总笔数, 渠道合计, total transactions.
TOTAL_HEADER = re.compile(
    r".*(?:合计|小计|总计|总和|共计)(?:笔数|金额|量|数|额|次数)?|.*总(?:笔数|金额|量|数|额|次数)?|.*\b(?:sub-?)?total\b.*"
)
# The end of a header that names a figure of its own and not one of a group.
FIGURE = re.compile(
    r"(?:[数量额值率比分户次人元差]|count|amount|number|rate|users?|customers?|value|average|avg|rank|排名|名次|序号|编码|代码|备注|说明)$"
)
Cells = Callable[[int], Sequence[Any]]
# So many first rows say whether a column holds figures.
SAMPLE_ROWS = 200
MOST_PROPOSED = 3


@dataclass(frozen=True)
class UnknownColumn:
    """A column of a group that is not known.

    place: its index. name: the text that would be its choice. between: whether known ones stand on both sides.
    """

    place: int
    name: str
    between: bool


def is_total(label: str) -> bool:
    """Whether a header names the sum of others."""
    last = label.rsplit(SEPARATOR, 1)[-1]
    plain = normalise_header(last)
    return (
        plain in TOTAL_WORDS
        or plain in EVERYBODY
        or TOTAL_HEADER.fullmatch(normalise(last)) is not None
        or (TOTAL_HEADER.fullmatch(plain) is not None)
    )


def unknown_columns(layout: Layout, cells: Cells) -> Iterator[UnknownColumn]:
    """The columns of figures that stand between those of a group, or next to them, and mean nothing that is known.

    cells: column index -> its cells.
    """
    rule = layout.wide_rule
    if rule is None or rule.into == layout.feed.month_column or not layout.wide:
        return
    first, last = min(layout.wide), max(layout.wide)
    found = {place for place in range(len(layout.headers)) if _may_belong(layout, cells, place)}
    for place in sorted(found):
        between = first < place < last
        ends = range(last + 1, place + 1) if place > last else range(place, first)
        if between or (set(ends) <= found and not FIGURE.search(normalise_header(_name(layout, place)))):
            yield UnknownColumn(place, _name(layout, place), between)


def _name(layout: Layout, place: int) -> str:
    """The part of a header that names the choice: above the figures of each, or the lowest."""
    upper, mark, lower = layout.headers[place].rpartition(SEPARATOR)
    known = spellings(layout.feed).get(normalise_header(lower))
    return upper if mark and known and layout.feed.column(known).is_numeric else lower


def _may_belong(layout: Layout, cells: Cells, place: int) -> bool:
    label = layout.headers[place]
    if not label or place in layout.used or place in layout.declined or is_total(label):
        return False
    name = _name(layout, place)
    kind = layout.feed.column(layout.wide_rule.value).type if layout.wide_rule else "number"
    if normalise_header(name) in spellings(layout.feed) or changes_meaning(
        name, "", "count" if kind in NUMERIC else kind
    ):
        return False
    held = [cell for cell in cells(place)[:SAMPLE_ROWS] if not is_missing(cell)]
    return bool(held) and all(_is_figure(cell) for cell in held)


def _is_figure(cell: Any) -> bool:
    return parse_number(cell) is not None if isinstance(cell, str) else isinstance(cell, int | float)


def proposed_choices(column: Column, name: str) -> tuple[str, ...]:
    """The choices of `column` that a column across called `name` may be, the likeliest first."""
    text = normalise_header(name)
    alike = [
        (len(word), code)
        for word, code in choice_spellings(column).items()
        if len(word) >= 2 and (word in text or text in word)
    ]
    likely = [code for _, code in sorted(alike, reverse=True) if not code.startswith("other")]
    others = [code for code in column.choices or {} if code.startswith("other")]
    return (*dict.fromkeys(likely[:MOST_PROPOSED]), *others)
