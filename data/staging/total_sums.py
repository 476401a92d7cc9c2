"""What rows add up to, how exactly that can be known, and which of them would explain that their total differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.model.organisation import Organisation
from data.staging.across_check import last_decimal
from locales import Text, texts

# So many rows or units are named; where more would explain a difference none does.
MOST_NAMED = 5


@dataclass(frozen=True)
class Sum:
    """The rows of a sheet that a total may add up.

    frame: the typed rows.
    column: the figures.
    rows: which of the rows are added up.
    of_figure: which of the rows hold the figure at all: of columns that became rows those of one of them.
    power: the power of ten by which the figures were multiplied.
    """

    frame: pd.DataFrame
    column: str
    rows: np.ndarray
    of_figure: np.ndarray
    power: int

    @cached_property
    def figures(self) -> np.ndarray:
        """The figures of all rows; NaN where there is none."""
        return self.frame[self.column].to_numpy(dtype="float64")

    @cached_property
    def values(self) -> np.ndarray:
        """The figures that are added up."""
        found = self.figures[self.rows]
        return found[~np.isnan(found)]

    @cached_property
    def total(self) -> float:
        """What they add up to."""
        return float(self.values.sum())

    def is_mean(self, stated: float) -> bool:
        """Whether a figure is the mean of at least two rows, as far as it was rounded itself."""
        if len(self.values) < 2:
            return False
        printed = 10.0**self.power * last_decimal(np.array([stated / 10.0**self.power]))
        return abs(float(self.values.mean()) - stated) <= 0.5 * printed + 1e-9

    @cached_property
    def of_months(self) -> list[float]:
        """Of several months what they add up to in the last one, and in one on average."""
        months = self.frame["key_month"].to_numpy()[self.rows]
        sums = pd.Series(self.figures[self.rows]).groupby(months).sum(min_count=1).dropna()
        return [float(sums.iloc[-1]), float(sums.mean())] if len(sums) > 1 else []

    def slack(self, stated: float) -> float:
        """How far the sum may lie from a total that was rounded by itself, as were the figures.

        Single ones are exact. Errors of rounding are even and independent: four standard errors of their sum, and no
        more than all of them together.
        """
        figures, count = self.values / 10.0**self.power, len(self.values)
        if self.power == 0 and last_decimal(figures) >= 1:
            return 0.5
        own = 0.5 * last_decimal(np.array([stated / 10.0**self.power]))
        parts = last_decimal(figures) * min(count / 2, 4 * np.sqrt(count / 12))
        return float((own + parts) * 10.0**self.power) + 1e-9


@dataclass(frozen=True)
class Difference:
    """A total row beside what it may be the sum of.

    sums: column index -> what rows give. stated: column index -> the total's figure.
    others: row number of another total -> its figures by column index.
    """

    sums: Mapping[int, Sum]
    stated: Mapping[int, float]
    others: Mapping[int, Mapping[int, float]]

    @cached_property
    def lacking(self) -> np.ndarray:
        """By how much each figure of the total is more than its sum."""
        return np.array([self.stated[place] - one.total for place, one in self.sums.items()])

    def amounts(self, keys: np.ndarray, *, outside: bool = False) -> pd.DataFrame:
        """What the rows of each key add up to, a column for each figure. outside: of the rows that are not summed."""
        return pd.DataFrame(
            {
                place: pd.Series(np.where(one.of_figure & (one.rows != outside), one.figures, np.nan))
                .groupby(keys)
                .sum()
                for place, one in self.sums.items()
            }
        )

    def equal(self, amounts: pd.DataFrame, sign: int) -> list[Any]:
        """The keys whose every amount is what is lacking, or too much; () where more than a few are."""
        slack = [
            max(1e-6 * abs(one), 0.5 if sum_.power == 0 else 1e-6)
            for one, sum_ in zip(self.lacking, self.sums.values(), strict=True)
        ]
        fits = (np.abs(amounts.to_numpy() - sign * self.lacking) <= slack).all(axis=1)
        return amounts.index[fits].tolist() if 0 < fits.sum() <= MOST_NAMED else []


def explain(difference: Difference, organisation: Organisation) -> Text:
    """Which rows or units would make the sums the total, as a sentence after a space; nothing where none would.

    A row explains a total only where it explains each of its figures.
    """
    sentence = next(_explanations(difference, organisation), None)
    return Text(*(f" {words}" for words in sentence)) if sentence else Text("", "", "")


def _explanations(difference: Difference, organisation: Organisation) -> Iterator[Text]:
    one = next(iter(difference.sums.values()))
    lines = one.frame["row"].to_numpy()
    units = one.frame["key_unit"].astype("object").to_numpy()
    unit_of = dict(zip(lines.tolist(), units, strict=True))
    inside = difference.amounts(lines)

    def rows(numbers: Sequence[int]) -> str:
        return ", ".join(
            f"{number} ({_name(unit_of.get(number), organisation)})" if unit_of.get(number) else str(number)
            for number in numbers
        )

    if (difference.lacking < 0).any():
        found = difference.equal(inside, -1)
        if len(found) > 1 and len({unit_of[number] for number in found}) == 1:
            yield texts(
                "It would be right without one of the rows {rows}, which may be the same one.", rows=rows(found)
            )
        if found:
            yield texts("It would be right without row {rows}.", rows=rows(found))
        if whose := difference.equal(difference.amounts(units), -1):
            yield texts(
                "It would be right without the rows of {units}.",
                units=", ".join(_name(code, organisation) for code in whose),
            )
        return
    figures = [[held.get(place, 0.0) for place in difference.sums] for held in difference.others.values()]
    left = pd.DataFrame(figures, index=list(difference.others), columns=list(difference.sums), dtype="float64")
    if found := difference.equal(left, 1):
        yield texts("It would be right with row {rows}, which was left out.", rows=", ".join(map(str, found)))
    if found := difference.equal(difference.amounts(lines, outside=True), 1):
        yield texts("It would be right with row {rows}.", rows=rows(found))
    empty = lines[np.any([sum_.rows & np.isnan(sum_.figures) for sum_ in difference.sums.values()], axis=0)]
    if 0 < len(empty) <= MOST_NAMED:
        yield texts("There is no figure in row {rows}.", rows=rows(empty.tolist()))
    if absent := _absent_units(one, organisation):
        yield texts("There is no row of {units}.", units=", ".join(_name(code, organisation) for code in absent))
    if len(found := difference.equal(inside, 1)) == 1:
        yield texts("It would be right if row {rows} counted twice.", rows=rows(found))


def _absent_units(sum_: Sum, organisation: Organisation) -> list[str]:
    """Units beside those of the rows, under the same parents and of the same level, that have no row."""
    there = {code for code in sum_.frame["key_unit"].astype("object")[sum_.rows] if code in organisation}
    levels = {organisation.level(code) for code in there}
    if len(there) < 2 or len(levels) != 1:
        return []
    month = sum_.frame["key_month"][sum_.rows].max()
    beside = {peer for code in there for peer in organisation.children(organisation.parent(code))}
    absent = [
        code for code in organisation.open_in(sorted(beside - there), month) if organisation.level(code) in levels
    ]
    return absent if len(absent) <= MOST_NAMED else []


def _name(code: Any, organisation: Organisation) -> str:
    return organisation.name(code) if code in organisation else str(code)


def shown(value: float) -> str:
    """A figure as a finding prints it."""
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-6 else f"{value:,.2f}"
