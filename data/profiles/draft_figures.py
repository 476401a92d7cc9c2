"""The figures of a drafted table: columns that add up, shares, means, or a count of its rows. What only tells rows
apart is never added up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from data.core.text import cell_text
from data.model.profile import Indicator, UnitSource, Unpivot
from data.profiles.doubts import Doubts, listed
from data.profiles.draft_table import DraftTable
from data.profiles.header_across import Across
from data.profiles.months import parse_dates
from data.profiles.roles import MARKS, column_role
from data.profiles.values import parse_numbers

ROWS = "rows"
# A title of figures that were divided before: they are never added up.
RATIO = re.compile(r"(?i)%|\bper\b|\brates?\b|\bshares?\b|\baverage|\bmean\b|percent|率|占比|比例|平均|人均")


@dataclass(frozen=True)
class Figures:
    """The part of a profile that says what is loaded."""

    indicators: tuple[Indicator, ...] = ()
    unpivot: Unpivot | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str | float] = field(default_factory=dict)
    sum_rows: bool = False


def propose_indicators(table: DraftTable, used: Set[str], keys: Sequence[str], doubts: Doubts) -> Figures:
    """One indicator for each column of figures; of a table without any, or whose rows are events, their number.

    keys: the columns of unit and month.
    """
    labels = [label for label in table.names if label and label not in used]
    repeated = _repeated(table, keys)
    events = repeated and _rows_are_events(table)
    found: list[Indicator] = []
    left: list[str] = []
    for label in labels:
        role = table.role(label)
        if events and role.role == "figure" and _is_scale(table, label):
            role = replace(role, role="mean")
        if role.role == "figure":
            found.append(Indicator(code_of(label), label, numerator=(label,), better="neither"))
            if not role.sure:
                doubts.add("indicators", f"{label} holds cells that are no numbers.")
        elif role.role == "mean" and repeated:
            found.append(
                Indicator(code_of(label), label, numerator=(label,), denominator=1.0, scale=1.0, better="neither")
            )
            doubts.add("indicators", f"{label} is averaged over the rows, not added up.")
        elif role.role in ("share", "mean") and not repeated:
            # A number that was divided before can neither be added nor averaged without its parts.
            found.append(Indicator(code_of(label), label, value=label))
        elif role.role in ("share", "mean"):
            left.append(label)
    if left:
        doubts.add("indicators", f"Shares of several rows cannot be added up: {listed(left)} is left out.")
    if events or not found:
        found.insert(0, Indicator(ROWS, "Number of rows", numerator=1.0, better="neither"))
        doubts.add("indicators", "Each row is counted as one; name the indicator after what a row is.")
    if apart := [label for label in labels if table.role(label).role == "identifier"]:
        doubts.add("indicators", f"Not added up, as they tell rows apart: {listed(apart)}.")
    if guessed := [
        label
        for label in table.names
        if label and table.role(label).role in ("identifier", "year") and not table.role(label).sure
    ]:
        doubts.add("indicators", f"If {listed(guessed)} is a figure after all, add it.")
    if repeated:
        others = [label for label in labels if table.role(label).role == "dimension"]
        by = f" They differ by {listed(others)}." if others else ""
        doubts.add("sum_rows", f"Several rows of a unit and month are added up.{by}")
    return Figures(indicators=_unique(found), sum_rows=repeated)


def across_figures(table: DraftTable, across: Across, unit: UnitSource, stem: str, doubts: Doubts) -> Figures:
    """The figures under columns that are months: of one indicator, or of those that a column of texts names."""
    cells = [cell for label in across.months for cell in table.cells(label)]
    role = column_role("", cells)
    title = across.measure or _title(table)
    if across.others:
        doubts.add("unpivot", f"Only {across.measure} is read; {listed(across.others)} need a profile of their own.")
    said = bool(RATIO.search(title or ""))
    value = "numerator" if role.role in ("figure", "year", "identifier") and not said and not _small(cells) else "value"
    keys = [*unit.columns]
    others = [
        label
        for label in table.having("dimension", "identifier")
        if label not in {*keys, unit.name, *across.months} and table.role(label).distinct > 1
    ]
    if _repeated(table, keys) and others:
        # What tells the rows of a unit apart says what each is a figure of.
        apart = [label for label in others if not _repeated(table, [*keys, label])] or others
        code = min(apart, key=lambda label: table.role(label).role != "identifier")
        named = next((label for label in others if label != code and _same(table, code, label)), code)
        doubts.add("columns", f"The rows of a unit differ by {code}: each is an indicator of that name.")
        columns = {"indicator": code, "name": named}
        return Figures(unpivot=across.unpivot(value), columns=columns, constants={"better": "neither"})
    name = title or stem
    doubts.add("constants", f"All figures are of one indicator, called {name}.")
    constants = {"indicator": code_of(name), "name": name, "better": "neither"}
    return Figures(unpivot=across.unpivot(value), constants=constants)


def _is_scale(table: DraftTable, label: str) -> bool:
    """Whether a column of single answers holds marks of a scale, such as 1 to 10, rather than quantities."""
    texts = {cell_text(cell) for cell in table.cells(label) if cell_text(cell)}
    return all((re.fullmatch(r"-?\d{1,2}", text) and -1 <= int(text) <= 10) or text in ("98", "99") for text in texts)


def code_of(label: str) -> str:
    """An indicator's code made of a header."""
    return re.sub(r"[^\w]+", "_", label).strip("_").lower()[:60].strip("_") or "figure"


def _unique(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators, each with a code of its own."""
    seen: dict[str, int] = {}
    found = []
    for one in indicators:
        seen[one.code] = seen.get(one.code, 0) + 1
        code = one.code if seen[one.code] == 1 else f"{one.code}_{seen[one.code]}"
        found.append(Indicator(**{**vars(one), "code": code}))
    return tuple(found)


def _repeated(table: DraftTable, keys: Sequence[str]) -> bool:
    """Whether several rows have the same texts in these columns."""
    if not keys:
        return len(table.columns[0]) > 1
    rows = list(zip(*(_as_key(table, label) for label in keys), strict=True))
    return len(set(rows)) < len(rows)


def _as_key(table: DraftTable, label: str) -> Sequence[str]:
    """The cells of a column as texts; days as their months."""
    if table.role(label).role == "date":
        return [str(month) for month in parse_dates(list(table.cells(label))).months]
    return [cell_text(cell) for cell in table.cells(label)]


def _rows_are_events(table: DraftTable) -> bool:
    """Whether each row has a number, or a moment, of its own."""
    rows = len(table.columns[0])
    return any(
        role.role in ("identifier", "date") and role.filled > 0.95 and role.distinct > 0.95 * rows
        for role in table.roles
    )


def _small(cells: Sequence[object]) -> bool:
    """Whether figures are fractions or per cent rather than quantities: none above 100, and not all whole."""
    numbers = parse_numbers(cells, MARKS).values.dropna()
    return bool(len(numbers)) and numbers.max() <= 100 and bool((numbers % 1 != 0).any())


def _same(table: DraftTable, one: str, other: str) -> bool:
    """Whether two columns tell the same things apart."""
    pairs = set(zip(map(cell_text, table.cells(one)), map(cell_text, table.cells(other)), strict=True))
    return len(pairs) == table.role(one).distinct == table.role(other).distinct


def _title(table: DraftTable) -> str | None:
    """The title above the table, if it is short enough for a name."""
    for row in table.sheet.rows[: table.header + 1 - table.depth]:
        texts = [cell_text(cell) for cell in row if isinstance(cell, str) and cell_text(cell)]
        if len(texts) == 1 and 2 < len(texts[0]) <= 60:
            return texts[0]
    return None
