"""What a row says of itself: its total against the columns that are read, and columns of a group that are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.core.cell_refs import cell_name
from data.core.text import raw_text
from data.model.finding import Finding, Kind
from data.model.staged import GroupQuestion
from data.parsing.numbers import parse_number
from data.recognition.groups import Cells, UnknownColumn, is_total, proposed_choices, unknown_columns
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.vocabulary import spellings, stock_columns

UNKNOWN = Kind(
    "unknown_column_in_group",
    "error",
    "“{header}” stands among the columns of “{group}” and is not known; its figures, such as {value}, would be left "
    "out.",
    "Say which it is (--accept “{header}”={into}:CHOICE, one of: {proposals}), or that it is none of them (--accept "
    "“{header}”=).",
)
ROW_TOTAL = Kind(
    "row_total_differs",
    "error",
    "“{column}” says {value}; the columns that are read add up to {sum}.{left_out}",
    "Say what the columns left out are, or correct the figures; if the total is wrong, say so (--answer "
    "totals=as_read).",
)
MOST_TOLD = 20


@dataclass(frozen=True)
class _Group:
    """The figures of a sheet across. figures: column index -> its cells as numbers; numbers: the rows' own."""

    layout: Layout
    figures: Mapping[int, np.ndarray]
    numbers: Sequence[int]

    def sum(self, places: Sequence[int]) -> np.ndarray:
        """Per row the sum of these columns, nothing for what is not known."""
        return np.sum([np.nan_to_num(self.figures[place]) for place in places], axis=0)

    def filled(self, place: int) -> str:
        """The column of ours that a column across fills."""
        rule = self.layout.wide_rule
        return self.layout.values.get(place, rule.value if rule else "")


def check_across(
    layout: Layout, cells: Cells, numbers: Sequence[int], head: int, answers: Mapping[str, str]
) -> tuple[list[GroupQuestion], list[Finding]]:
    """Questions of columns that are not known, and findings, without file and sheet.

    cells: column index -> its cells in the rows that are read and the total rows; numbers: those of the rows. head: the
    header's number.
    """
    rule = layout.wide_rule
    if rule is None or not numbers or (rule.into == layout.feed.month_column and not _flows(layout)):
        return [], []
    unknown = list(unknown_columns(layout, cells))
    totals = [place for place, label in enumerate(layout.headers) if _is_total_of(layout, place, label)]
    wanted = {*layout.wide, *totals, *(one.place for one in unknown)}
    group = _Group(
        layout, {place: np.array([number(cell) for cell in cells(place)], dtype="float64") for place in wanted}, numbers
    )
    findings: list[Finding] = []
    proven = False
    if answers.get("totals") != "as_read" and _adds_up(layout):
        for place in totals:
            parts = _parts(group, place, totals)
            agrees = [_agrees(group, place, part) for part in parts]
            proven = proven or any(one.all() for one in agrees)
            if agrees and not any(one.all() for one in agrees):
                best = max(range(len(parts)), key=lambda at: int(agrees[at].sum()))
                findings.extend(_differences(group, place, parts[best], agrees[best], unknown))
    # A total that holds without a column beside the group says that it is no part of it.
    open_columns = [one for one in unknown if one.between or not proven]
    questions = [_question(layout, one) for one in open_columns]
    asked = [_asked(group, one, question, head) for one, question in zip(open_columns, questions, strict=True)]
    return questions, [*asked, *findings]


def _is_total_of(layout: Layout, place: int, label: str) -> bool:
    """Whether a column is the total across: by its name, or as the figure that the columns of the group hold."""
    if not label or place in layout.used:
        return False
    rule = layout.wide_rule
    named = spellings(layout.feed).get(normalise_header(label))
    of_months = rule is None or rule.into == layout.feed.month_column
    return is_total(label) or (not of_months and named in {*layout.values.values()})


def _flows(layout: Layout) -> bool:
    """Whether the months across add up to a year: complaints do, customers do not."""
    filled = set(layout.values.values())
    return layout.feed.name != "indicators" and bool(filled) and not filled & stock_columns(layout.feed)


def _adds_up(layout: Layout) -> bool:
    """Whether figures of the group can be added up: scores cannot."""
    return bool(layout.values) and all(layout.feed.column(name).type != "share" for name in layout.values.values())


def column_of(rows: Sequence[Sequence[Any]], place: int) -> list[Any]:
    """The cells of one column of `rows`, of which some may be shorter."""
    return [row[place] if place < len(row) else None for row in rows]


def number(cell: Any) -> float:
    """A cell's figure as it stands, per cent of a text as its number; NaN if it holds none."""
    if isinstance(cell, str):
        found = parse_number(cell)
        return np.nan if found is None else found
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else np.nan


def _parts(group: _Group, place: int, totals: Sequence[int]) -> list[tuple[int, ...]]:
    """Which columns a total can be the sum of: all that hold one figure, those since the total before, those up to the
    next, the totals before it.
    """
    wide = sorted(group.layout.wide)
    before = max((one for one in totals if one < place), default=-1)
    after = min((one for one in totals if one > place), default=len(group.layout.headers))
    found = [tuple(one for one in wide if group.filled(one) == name) for name in dict.fromkeys(map(group.filled, wide))]
    found += [tuple(one for one in part if before < one < after) for part in found]
    found += [tuple(one for one in wide if before < one < place), tuple(one for one in wide if place < one < after)]
    found += [tuple(one for one in totals if one < place), tuple(one for one in totals if one > place)]
    return [part for part in dict.fromkeys(found) if part]


def _agrees(group: _Group, place: int, part: Sequence[int]) -> np.ndarray:
    """Per row whether the total is the sum of these columns, as far as rounding goes; where it says nothing it is."""
    stated = group.figures[place]
    slack = (
        0.5 * sum(last_decimal(group.figures[one]) for one in (place, *part) if last_decimal(group.figures[one]) < 1)
        + 1e-6
    )
    return np.isnan(stated) | (np.abs(group.sum(part) - stated) <= slack)


def last_decimal(values: np.ndarray) -> float:
    """The last decimal that figures have: 1, 0.1, 0.01 ..."""
    known = values[~np.isnan(values)]
    for decimals in range(6):
        if np.allclose(known, np.round(known, decimals), rtol=0, atol=1e-9):
            return float(10.0**-decimals)
    return 1e-6


def _differences(
    group: _Group, place: int, part: Sequence[int], agrees: np.ndarray, unknown: Sequence[UnknownColumn]
) -> Iterator[Finding]:
    """A finding for each row whose total differs, with the columns that make it up or may."""
    header = group.layout.headers[place]
    left = [one for one in unknown if one.place in group.figures]
    for at in np.flatnonzero(~agrees)[:MOST_TOLD]:
        row = group.numbers[at]
        held = [(one.name, group.figures[one.place][at]) for one in left if not np.isnan(group.figures[one.place][at])]
        names = ", ".join(f"“{name}” ({shown(value)})" for name, value in held)
        params = {"sum": shown(group.sum(part)[at]), "left_out": f" → {names}" if names else ""}
        yield Finding(ROW_TOTAL, "", "", row, header, cell_name(row, place), shown(group.figures[place][at]), params)


def _question(layout: Layout, one: UnknownColumn) -> GroupQuestion:
    assert layout.wide_rule is not None
    column = layout.feed.column(layout.wide_rule.into)
    return GroupQuestion(layout.headers[one.place], column.name, proposed_choices(column, one.name))


def _asked(group: _Group, one: UnknownColumn, question: GroupQuestion, head: int) -> Finding:
    values = group.figures[one.place]
    first = next((value for value in values if not np.isnan(value)), np.nan)
    params = {
        "header": question.header,
        "group": group.layout.feed.column(question.column).title,
        "into": question.column,
        "value": shown(first),
        "proposals": ", ".join(question.choices) or ", ".join(group.layout.feed.column(question.column).choices or {}),
    }
    return Finding(UNKNOWN, "", "", head, question.header, cell_name(head, one.place), None, params)


def shown(value: float) -> str:
    """A figure as a finding prints it."""
    return raw_text(round(float(value), 6))
