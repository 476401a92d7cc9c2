"""The tables of a pack, so that slide, sheet and page say the same.

Cells know their number and how it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from charts import numbers
from data.core.formula_guard import guard
from locales import text
from metrics.model.metric import Metric

Form = Literal["text", "percent", "score", "rate", "count", "amount", "number", "change", "places"]
Tone = Literal["", "better", "worse", "muted"]

Row = TypeVar("Row")

# What sums of decimals are off by.
NOISE = 1e-6


@dataclass(frozen=True)
class Cell:
    """One cell.

    value: a text, or a number on the metric's own scale (per cent 0-100); None = not known.
    form: how a number is written.
    decimals: of a number.
    tone: whether it is better or worse than chance allows.
    base_format: the format of the values behind a change.
    """

    value: str | float | None
    form: Form = "text"
    decimals: int = 1
    tone: Tone = ""
    base_format: str = ""

    @property
    def number(self) -> float | None:
        """The number, unrounded; None for a text and for what is not known."""
        return None if isinstance(self.value, str) or not numbers.is_known(self.value) else float(self.value)

    def formatted(self, lang: str) -> str:
        """The cell as a reader sees it."""
        if self.form == "text":
            return str(self.value) if self.value not in (None, "") else ""
        if self.form == "change":
            return numbers.format_change(self.number, self.base_format, lang, self.decimals)
        if self.form == "places":
            return numbers.format_movement(self.number)
        return numbers.format_value(self.number, self.form, self.decimals, lang)

    def excel_format(self, lang: str = "en") -> str:
        """The number format of the spreadsheet's cell; a change carries its unit in words."""
        places = "." + "0" * self.decimals if self.decimals and self.form not in ("count", "places") else ""
        if self.form == "places":
            return "+0;-0;0"
        if self.form == "change":
            units = {"percent": text(lang, "{number} pp", number=""), "score": text(lang, "{number} pts", number="")}
            sign = f'"{units.get(self.base_format, "%")}"'
            return f"+#,##0{places}{sign};-#,##0{places}{sign};0{places}{sign}"
        return f'#,##0{places}"%"' if self.form == "percent" else f"#,##0{places}"

    @property
    def guarded(self) -> str:
        """The text so that no spreadsheet runs it."""
        words = self.formatted("en") if self.form != "text" else str(self.value or "")
        return str(guard(words))


@dataclass(frozen=True)
class Table:
    """A titled table.

    key: tells it from the others.
    title: what stands above it.
    headers: of its columns.
    rows: of cells.
    widths: the share of the whole that each column takes; even, if not given.
    note: what stands below it.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    note: str = ""

    @property
    def column_shares(self) -> tuple[float, ...]:
        """The share of the whole width that each column takes; together 1."""
        given = self.widths or (1.0,) * len(self.headers)
        return tuple(width / sum(given) for width in given)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column of a table.

    header: what stands above it.
    width: its share of the whole, against the others'.
    cell: what it says of a row.
    """

    header: str
    width: float
    cell: Callable[[Row], Cell]


def table_of(key: str, title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Table:
    """The table that columns make of rows."""
    return Table(
        key,
        title,
        tuple(column.header for column in columns),
        tuple(tuple(column.cell(row) for column in columns) for row in rows),
        tuple(column.width for column in columns),
    )


def metric_cell(value: float | None, metric: Metric, tone: Tone = "") -> Cell:
    """A value of `metric`."""
    return Cell(value, metric.format, metric.decimals, tone)


def change_cell(value: float | None, metric: Metric, tone: Tone = "") -> Cell:
    """A change: points for percentages and scores, per cent for the rest."""
    return Cell(value, "change", 1, tone, metric.format)


def count_cells(values: Iterable[float | None], decimals: int = 2) -> tuple[Cell, ...]:
    """A column of numbers in one precision: whole where all of them are, else with `decimals`."""
    held = list(values)
    whole = all(abs(value - round(value)) < NOISE for value in held if numbers.is_known(value))
    return tuple(Cell(value, "number", 0 if whole else decimals) for value in held)


def text_cell(words: object) -> Cell:
    """A plain text cell; empty for None."""
    return Cell("" if words is None else str(words))
