"""Which unit each row of a profile's sheet belongs to, and the units that the profile brings along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.organisation import UNIT_COLUMNS, Organisation, normal
from data.profile.record import FixedUnit, Profile
from data.profile.source import Source, distinct


@dataclass(frozen=True)
class Placed:
    """texts: per row the unit's code, or the text as found if it is nobody's. rows: the units used, code -> record, parents first;
    lines: code -> the row of the spreadsheet that first named it."""

    texts: np.ndarray
    rows: Mapping[str, dict] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def _spoken(slug: str) -> str:
    """ "dadra-&-nagar-haveli" as "Dadra & Nagar Haveli"."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.replace("-", " ").replace("_", " ").split())


def _lookup(units: tuple[FixedUnit, ...], organisation: Organisation) -> Callable[[str], str | None]:
    """Text -> code: a unit that the profile brings, else the one unit of the organisation that it can mean, else None."""
    own = {normal(word): unit.code for unit in reversed(units) for word in (unit.name, *unit.aliases)}
    own |= {normal(unit.code): unit.code for unit in units}

    def find(text: str) -> str | None:
        code = own.get(normal(text))
        if code is None and text:
            meant = organisation.find(text)
            code = meant[0] if len(meant) == 1 else None
        return code

    return find


def _record(
    organisation: Organisation,
    stored: Mapping[str, dict],
    code: str,
    name: str,
    level: str | None,
    parent: str | None,
    aliases: tuple[str, ...] = (),
) -> dict:
    """A unit as it is stored, so that an analyst's changes stay, else as the profile describes it."""
    if code in stored:
        return stored[code]
    return dict(
        zip(UNIT_COLUMNS, (code, name, level, parent, None, list(aliases) or None, pd.NaT, pd.NaT), strict=True)
    )


def place(profile: Profile, source: Source, organisation: Organisation) -> Placed:
    """The unit of each row; unknown ones become units if the profile may create them, else stay as text for a finding."""
    unit = profile.unit
    found = distinct([unit.constant] * len(source)) if unit.constant else source.joined(unit.columns)
    renamed = {normal(old): new for old, new in unit.rename.items()}
    find = _lookup(profile.units, organisation)
    words = [renamed.get(normal(text), text) for text in found.texts]
    codes = [find(word) or word for word in words]
    if not (unit.create or profile.units):
        return Placed(found.take(np.asarray(codes, dtype=object)))

    stored = {row["code"]: row for row in organisation.frame.to_dict("records")} if len(organisation) else {}
    rows = {
        fixed.code: _record(organisation, stored, fixed.code, fixed.name, fixed.level, fixed.parent, fixed.aliases)
        for fixed in profile.units
    }
    first = pd.Series(np.arange(len(source))).groupby(found.which).first() if len(source) else pd.Series(dtype="int64")
    lines = {code: int(source.numbers[first[index]]) for index, code in enumerate(codes) if code}
    if unit.create:
        names = source.texts(unit.name or unit.columns[-1])
        above = source.joined(unit.parent_columns) if unit.parent_columns else None
        for index, code in enumerate(codes):
            if not code or code in rows:
                continue
            row = int(first[index])
            parent = unit.parent
            if above is not None:
                word = above.texts[above.which[row]]
                parent = find(word) or word
                name = _spoken(word) if unit.title_case else word
                rows.setdefault(parent, _record(organisation, stored, parent, name, unit.parent_level, unit.parent))
                lines.setdefault(parent, int(source.numbers[row]))
            name = names.texts[names.which[row]] or code
            rows[code] = _record(
                organisation, stored, code, _spoken(name) if unit.title_case else name, unit.level, parent
            )
    return Placed(found.take(np.asarray(codes, dtype=object)), rows, lines)
