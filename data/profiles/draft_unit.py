"""Which column of a drafted table seems to name the unit; no unit is ever made of free text."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from data.core.text import cell_text, normalise
from data.model.profile import FixedUnit, UnitSource
from data.profiles.doubts import Doubts, listed
from data.profiles.draft_table import DraftTable
from data.profiles.roles import FEW, says_place, says_unit

CODES = ("code", "id", "编码", "編碼", "代码", "代碼", "编号", "編號", "no", "序号")
NAMES = ("name", "名称", "名稱", "单位", "單位", "unit", "organisation", "organization")
# More units than this are hardly branches of anybody.
MOST_UNITS = 5_000
# What rows without a unit are called.
BLANK = "(blank)"


def propose_unit(
    table: DraftTable, used: Set[str], stem: str, doubts: Doubts
) -> tuple[UnitSource, tuple[FixedUnit, ...], frozenset[str]]:
    """The unit's column, a unit that the profile brings where no column names one, and the labels taken."""
    texts = [label for label in table.having("dimension", "identifier") if label not in used and _varies(table, label)]
    named = [label for label in texts if table.role(label).role == "dimension"]
    if pair := _code_and_name(table, texts, named):
        unit = UnitSource(columns=(pair[0],), name=pair[1], create=True, level="unit")
        return unit, (), frozenset(pair)
    label = _likeliest(table, named) or _coded(table, texts)
    if label is None:
        fixed = FixedUnit(stem, stem, "unit")
        doubts.add(
            "unit", f"No column names branches or places: all rows are of one unit, called {stem}. Name it as you do."
        )
        return UnitSource(constant=stem), (fixed,), frozenset()
    others = [other for other in named if other != label]
    if not says_unit(label):
        doubts.add("unit", f"{label} was taken for the unit for its few repeated texts, not for its header.")
    if says := [other for other in others if says_unit(other)]:
        doubts.add("unit", f"{listed(says)} may name units too.")
    doubts.add("unit", f"Units that are not known are created ({table.role(label).distinct} here); else drop create.")
    rename: dict[str, str] = {}
    if blank := _without(table, label):
        rename = {"": BLANK}
        doubts.add("unit.rename", f"{blank} rows here have no {label}: they go to a unit of their own, called {BLANK}.")
    unit = UnitSource(columns=(label,), create=True, level="unit", rename=rename)
    return unit, (), frozenset((label,))


def _events(table: DraftTable) -> bool:
    """Whether each row has a number, or a moment, of its own."""
    rows = len(table.columns[0]) if table.columns else 0
    return any(role.role in ("identifier", "date") and rows > 2 and role.distinct > 0.95 * rows for role in table.roles)


def _coded(table: DraftTable, texts: Sequence[str]) -> str | None:
    """A code of places or branches without a name beside it, as org_code, whose codes come again."""
    rows = len(table.columns[0])
    codes = [label for label in texts if table.role(label).role == "identifier" and says_unit(label)]
    return next((label for label in codes if table.role(label).distinct <= FEW * rows), None)


def _without(table: DraftTable, label: str) -> int:
    """How many rows hold a figure, or most of what rows hold, but no unit."""
    figures = [table.cells(name) for name in table.having("figure") if name != label]
    others = figures or [table.cells(name) for name in table.having("date", "dimension", "identifier")]
    return sum(
        not cell_text(cell) and bool(others) and all(cell_text(one[row]) for one in others)
        for row, cell in enumerate(table.cells(label))
    )


def _varies(table: DraftTable, label: str) -> bool:
    role = table.role(label)
    return role.filled > 0.8 and 1 < role.distinct <= MOST_UNITS


def _likeliest(table: DraftTable, named: Sequence[str]) -> str | None:
    """The column called by a word for places or branches; else the first of texts that are not somebody's words."""
    rows = len(table.columns[0]) if table.columns else 0
    if says := [label for label in named if says_unit(label)]:
        # Of events the few places they were in, rather than everyone they were about.
        places = [label for label in says if says_place(label)] if _events(table) else []
        return min(places, key=lambda label: table.role(label).distinct) if places else says[0]
    if _coded(table, table.having("identifier")):
        return None
    events = _events(table)
    few = [label for label in named if not events or table.role(label).distinct <= FEW * rows]
    short = [label for label in few if max(len(cell_text(cell)) for cell in table.cells(label)) <= 80]
    # Where a row is an event, a column of repeated texts is rather what it is about than whose it is.
    texts = [label for label in short if any(isinstance(cell, str) and cell for cell in table.cells(label))]
    return None if events else next(iter(texts), None)


def _code_and_name(table: DraftTable, texts: Sequence[str], named: Sequence[str]) -> tuple[str, str] | None:
    """A code with a name beside it that has as many different texts: "Trust code" and "Trust name"."""
    code = _called(texts, CODES) or _ending(texts, CODES)
    if code is None:
        return None
    names = [label for label in named if label != code]
    stem = re.sub(r"(?i)[\s_]*(code|id|no)$", "", code)
    alike = [label for label in names if stem and stem != code and label.casefold().startswith(stem.casefold())]
    name = next(iter(alike), None) or _called(names, NAMES) or _ending(names, NAMES)
    if name is None:
        return None
    one, other = table.role(code).distinct, table.role(name).distinct
    # A total has a word for a code, and no name.
    return (code, name) if abs(one - other) <= max(2, 0.1 * max(one, other)) else None


def _called(labels: Sequence[str], words: Sequence[str]) -> str | None:
    wanted = {normalise(word) for word in words}
    return next((label for label in labels if normalise(label) in wanted), None)


def _ending(labels: Sequence[str], words: Sequence[str]) -> str | None:
    """The first label whose last word is one of `words`, as in "Trust code", org_code and 机构编码."""
    return next(
        (
            label
            for label in labels
            if any(
                re.split(r"[\s_]+", label.casefold())[-1] == word if word.isascii() else normalise(label).endswith(word)
                for word in words
            )
        ),
        None,
    )
