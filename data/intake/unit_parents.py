"""Parents in a units file: by code or by name, and from which month on they hold.

A unit that moves takes its later months with it and leaves those that are published where they are, unless the analyst
says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from data.core.text import normalise
from data.feeds import feed_named
from data.intake.distant_months import Held
from data.model.choices import MONTH
from data.model.finding import Finding, Kind
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.parent_history import BEGINNING, ParentSince
from data.model.staged import StagedSheet
from data.model.unit_names import split_aliases

MOVES = Kind(
    "unit_moves",
    "warning",
    "{unit} moves from {old} to {new} from {since} on; the months published, to {newest}, stay below {old}.",
    "If it was always so, say so (--answer parents=from_start), or name its first month (--answer parents=YYYY-MM, or "
    "the column “since” of the units file).",
)
MOVES_BACK = Kind(
    "unit_moves_in_published_months",
    "warning",
    "{unit} moves from {old} to {new} from {since} on: figures of {count} published months change, of both and of all "
    "above them.",
    "Look at what changes before it is loaded (python -m reports preview FILE).",
)
FROM_START = "from_start"


def with_units(organisation: Organisation, sheets: Iterable[StagedSheet]) -> Organisation:
    """The organisation as it will be once the units of `sheets` are loaded."""
    frames = [
        sheet.frame.reindex(columns=[*UNIT_COLUMNS, "since"])
        for sheet in sheets
        if sheet.feed.name == "units" and len(sheet.frame)
    ]
    if not frames:
        return organisation
    new = pd.concat(frames, ignore_index=True)
    new["aliases"] = [words if isinstance(words, list) else split_aliases(words) for words in new["aliases"]]
    return organisation.updated(new)


def resolve_parents(frame: pd.DataFrame, organisation: Organisation) -> pd.DataFrame:
    """`frame` with parents as codes where they are given by a name that only one unit carries."""
    codes = {*frame["code"].dropna(), *organisation.codes}
    names: dict[str, set[str]] = {}
    for code, name in [
        *zip(frame["code"], frame["name"], strict=True),
        *((code, organisation.name(code)) for code in organisation.codes),
    ]:
        if isinstance(name, str) and isinstance(code, str):
            names.setdefault(normalise(name), set()).add(code)

    def code_of(parent: object) -> object:
        if not isinstance(parent, str) or parent in codes:
            return parent
        found = names.get(normalise(parent), set())
        return next(iter(found)) if len(found) == 1 else parent

    return frame.assign(
        parent=pd.Series([code_of(parent) for parent in frame["parent"]], index=frame.index, dtype="object")
    )


def date_parents(
    sheet: StagedSheet, organisation: Organisation, held: Held, answers: Mapping[str, str], file: str
) -> None:
    """Says from which month on the parents of a units sheet hold, and reports units that move.

    organisation: the units stored. held: the months loaded before. A row without a month describes the unit as it is
    now: with its parent as before it takes the place of the last row, with another one it is a row of its own. Beside
    rows with months it says what was before the first of them.
    """
    frame = sheet.frame
    if "parent" not in sheet.columns and not sheet.profile and sheet.columns:
        # Who says nothing of parents leaves them as they are.
        stored = frame["code"].map({code: organisation.parent(code) for code in organisation.codes})
        frame["parent"] = stored.where(stored.notna(), None)
    published = sorted({month for name, months in held.items() if feed_named(name).measures for month in months})
    # Beside rows with a month, the one without says what was before them.
    dated = set(frame.loc[frame["since"].notna(), "code"])
    extra: list[pd.Series] = []
    above = frame["code"].map({code: organisation.parent(code) or "" for code in organisation.codes})
    moved = frame["code"].isin(list(organisation.parents_of)) | (above != frame["parent"].fillna(""))
    for index, row in frame[above.notna() & (moved | frame["since"].notna())].iterrows():
        code, parent = row["code"], row["parent"] if isinstance(row["parent"], str) and row["parent"] else None
        before = _parents(organisation, code)
        if pd.isna(row["since"]) and code in dated:
            months = [BEGINNING]
        elif pd.isna(row["since"]):
            months = list(_months(parent, before, published, answers.get("parents", "")))
            frame.at[index, "since"] = _stored(months[0])
            extra.extend(row.where(row.index != "since", _stored(month)) for month in months[1:])
        else:
            months = [row["since"]]
        sheet.findings.extend(_findings(sheet, file, row, organisation, before, months, published))
    if extra:
        sheet.frame = frame = pd.concat([frame, pd.DataFrame(extra).astype(frame.dtypes)], ignore_index=True)
    frame["since"] = frame["since"].astype("datetime64[s]")
    frame["key_month"] = frame["since"].fillna(BEGINNING).astype("datetime64[s]")


def _parents(organisation: Organisation, code: str) -> Sequence[ParentSince]:
    return organisation.parents_of.get(code) or [ParentSince(code, BEGINNING, organisation.parent(code))]


def _months(
    parent: str | None, before: Sequence[ParentSince], published: Sequence[pd.Timestamp], answer: str
) -> Iterator[pd.Timestamp]:
    """From which months on a row without one holds."""
    last = before[-1]
    if parent == last.parent or (not published and not answer):
        yield last.since
    elif answer == FROM_START:
        yield from (one.since for one in before)
    elif MONTH.fullmatch(answer):
        yield pd.Timestamp(answer)
    else:
        yield max(published[-1] + pd.DateOffset(months=1), last.since)


def _stored(month: pd.Timestamp) -> pd.Timestamp:
    return pd.NaT if month == BEGINNING else month  # type: ignore[return-value]


def _findings(
    sheet: StagedSheet,
    file: str,
    row: pd.Series,
    organisation: Organisation,
    before: Sequence[ParentSince],
    months: Sequence[pd.Timestamp],
    published: Sequence[pd.Timestamp],
) -> Iterator[Finding]:
    """What a row that moves its unit changes, and what it leaves."""
    parent = row["parent"] if isinstance(row["parent"], str) and row["parent"] else None
    first = min(months)
    until = min((one.since for one in before if one.since > max(months)), default=pd.Timestamp.max)
    changed = [month for month in published if first <= month < until and _parent_in(before, month) != parent]
    old = _parent_in(before, changed[0] if changed else first)
    if old == parent or not published:
        return
    letter, number = sheet.places.get("parent"), int(row["row"])
    since = max(first, published[0])
    params = {
        "unit": row["name"],
        "old": organisation.name(old) if old else "–",
        "new": (organisation.name(parent) if parent in organisation else parent) if parent else "–",
        "since": f"{since:%Y-%m}",
        "newest": f"{published[-1]:%Y-%m}",
        "count": len(changed),
    }
    kind = MOVES_BACK if changed else MOVES
    cell = f"{letter}{number}" if letter else None
    yield Finding(kind, file, sheet.sheet, number, sheet.columns.get("parent", "parent"), cell, parent, params)


def _parent_in(parents: Sequence[ParentSince], month: pd.Timestamp) -> str | None:
    return next((one for one in reversed(parents) if one.since <= month), parents[0]).parent
