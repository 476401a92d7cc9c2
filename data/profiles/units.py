"""Which unit each row of a profile's sheet belongs to, and the units that the profile brings along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.core.text import cell_text, normalise
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.profile import MAX_MATCHED_TEXT, FixedUnit, Profile, UnitSource
from data.profiles.cells import DistinctTexts
from data.profiles.source import Source


@dataclass(frozen=True)
class UnitAssignment:
    """The unit of each row.

    texts: per row the unit's code, or the text as found if it is no unit.
    rows: the units used, code -> record, parents first.
    lines: code -> the spreadsheet's row that first named it.
    """

    texts: np.ndarray
    rows: Mapping[str, dict] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def _title_case(slug: str) -> str:
    """ "dadra-&-nagar-haveli" as "Dadra & Nagar Haveli"."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.replace("-", " ").replace("_", " ").split())


def strip_unit_name(unit: UnitSource, text: str) -> str:
    """A unit's text without what the profile says is no part of it."""
    for pattern in unit.strip if len(text) <= MAX_MATCHED_TEXT else ():
        text = re.sub(pattern, "", text)
    return text.strip()


def _lookup(units: tuple[FixedUnit, ...], organisation: Organisation) -> Callable[[str], str | None]:
    """Text -> code: a unit that the profile brings, else the one unit of the organisation that it can mean, else
    None.
    """
    own = {normalise(word): unit.code for unit in reversed(units) for word in (unit.name, *unit.aliases)}
    own |= {normalise(unit.code): unit.code for unit in units}

    def find(text: str) -> str | None:
        code = own.get(normalise(text))
        if code is None and text:
            meant = organisation.find(text)
            code = meant[0] if len(meant) == 1 else None
        return code

    return find


def assign_units(profile: Profile, source: Source, organisation: Organisation) -> UnitAssignment:
    """The unit of each row; unknown ones become units if the profile may create them, else stay as text for a finding.

    Units that exist are taken as stored, so that an analyst's changes stay and no later undo removes them.
    """
    unit = profile.unit
    everywhere = DistinctTexts([cell_text(unit.constant)] if len(source) else [], np.zeros(len(source), dtype="int32"))
    found = source.joined(unit.columns) if unit.columns else everywhere
    renamed = {normalise(old): new for old, new in unit.rename.items()}
    find = _lookup(profile.units, organisation)
    words = [renamed.get(normalise(text), text) for text in (strip_unit_name(unit, text) for text in found.texts)]
    codes = [find(word) or word for word in words]
    _, first = np.unique(found.which, return_index=True)
    fixed = {item.code: _record(item.code, item.name, item.level, item.parent, item.aliases) for item in profile.units}
    rows, lines = fixed, {code: int(source.numbers[row]) for code, row in zip(codes, first, strict=True) if code}
    if unit.create:
        rows = fixed | _created(unit, source, codes, first.tolist(), fixed, find)
    stored = {row["code"]: row for row in organisation.frame.to_dict("records")} if rows else {}
    return UnitAssignment(
        found.take(np.asarray(codes, dtype=object)), {code: stored.get(code, row) for code, row in rows.items()}, lines
    )


def _record(code: str, name: str, level: str | None, parent: str | None, aliases: tuple[str, ...] = ()) -> dict:
    """A unit with UNIT_COLUMNS."""
    return dict(
        zip(UNIT_COLUMNS, (code, name, level, parent, None, list(aliases) or None, pd.NaT, pd.NaT), strict=True)
    )


def _created(
    unit: UnitSource,
    source: Source,
    codes: list[str],
    first: list[int],
    fixed: Mapping[str, dict],
    find: Callable[[str], str | None],
) -> dict[str, dict]:
    """Records of the units that rows name, parents by column in front of theirs; first: the first row that names
    each.
    """
    naming = unit.name or (unit.columns[-1] if unit.columns else None)
    names = source.texts(naming) if naming else None
    above = source.joined(unit.parent_columns) if unit.parent_columns else None
    rows: dict[str, dict] = {}
    for code, row in zip(codes, first, strict=True):
        if not code or code in fixed:
            continue
        parent = unit.parent
        if above is not None:
            word = strip_unit_name(unit, above.texts[above.which[row]])
            parent = find(word) or word
            if parent not in fixed:
                rows.setdefault(
                    parent,
                    _record(parent, _title_case(word) if unit.title_case else word, unit.parent_level, unit.parent),
                )
        name = strip_unit_name(unit, names.texts[names.which[row]] if names else "") or code
        rows[code] = _record(code, _title_case(name) if unit.title_case else name, unit.level, parent)
    return rows
