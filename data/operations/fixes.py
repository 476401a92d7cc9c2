"""Safe fixes of an upload: a text that means a known unit, units that are new, rows that are left out.

Each stays in the history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.core.home import Home
from data.loading.report import LoadReport
from data.model.errors import WrongUsage
from data.model.finding import Finding, has_errors
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.staged import StagedFile, StagedSheet
from data.operations.edit import edit
from data.parsing.findings import UNKNOWN_UNIT, ZEROS_LOST
from data.snapshots.reader import open_snapshot
from data.staging.total_check import TOTAL_AS_READ, TOTAL_DIFFERS, TOTAL_DIFFERS_WITHOUT_ROWS
from data.warehouse.excluded_rows import ROWS_EXCLUDED

SHOWN = 50


@dataclass(frozen=True)
class UnknownUnit:
    """A text of an upload that names no unit: in how many rows, and the nearest units (codes), best first."""

    text: str
    rows: int
    nearest: tuple[str, ...]


def unknown_units(files: Iterable[StagedFile], organisation: Organisation) -> tuple[UnknownUnit, ...]:
    """Every text that a finding says is no unit, the most frequent first."""
    counted: dict[str, int] = {}
    for file in files:
        for finding in file.all_findings:
            if finding.kind in (UNKNOWN_UNIT, ZEROS_LOST) and finding.value:
                counted[finding.value] = counted.get(finding.value, 0) + 1
    found = []
    for text, rows in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        codes = [code for name in organisation.nearest(text) for code in organisation.find(name)]
        found.append(UnknownUnit(text, rows, tuple(dict.fromkeys(codes))))
    return tuple(found)


def accept_units(home: Home, meant: dict[str, str], who: str | None = None) -> LoadReport:
    """Remembers texts as aliases of units (text -> code): a batch of the units table, to be undone like any other."""
    table = open_snapshot(home).table("units")
    unknown = [code for code in meant.values() if code not in set(table["code"])]
    if unknown:
        raise WrongUsage(f"No unit has the code {unknown[0]!r}.")
    aliases = table["aliases"].astype("object").where(table["aliases"].notna(), "")
    for text, code in meant.items():
        rows = table["code"] == code
        aliases = aliases.where(~rows, aliases.map(lambda known, text=text: f"{known};{text}" if known else text))
    return edit(home, "units", table.assign(aliases=aliases), who=who)


def create_units(home: Home, names: Sequence[str], level: str, parent: str, who: str | None = None) -> LoadReport:
    """Adds units called `names` at `level` below `parent` (a code), with their names as codes."""
    table = open_snapshot(home).table("units")
    if parent not in set(table["code"]):
        raise WrongUsage(f"No unit has the code {parent!r}.")
    new = pd.DataFrame({"code": names, "name": names, "level": level, "parent": parent}, dtype="object")
    return edit(home, "units", pd.concat([table.astype("object"), new], ignore_index=True), who=who)


def simulate_unit_fixes(
    organisation: Organisation, meant: dict[str, str], names: Sequence[str], level: str, parent: str
) -> Organisation:
    """The units as `accept_units` and `create_units` would make them; nothing is written."""
    known = organisation.frame.astype("object")
    added: dict[str, list[str]] = {}
    for text, code in meant.items():
        added.setdefault(code, []).append(text)
    known["aliases"] = [
        [*(aliases if hasattr(aliases, "__len__") else ()), *added.get(code, ())]
        for code, aliases in zip(known["code"], known["aliases"], strict=True)
    ]
    new = pd.DataFrame({"code": names, "name": names, "level": level, "parent": parent}, columns=list(UNIT_COLUMNS))
    return Organisation(pd.concat([known, new.astype("object")], ignore_index=True) if names else known)


def leave_out_errors(file: StagedFile) -> bool:
    """Takes the rows with errors out of a staged file and adds a note.

    False if an error belongs to no single row, or nothing is left.
    """
    errors = [finding for finding in file.all_findings if _of_a_row(finding)]
    if (
        not errors
        or any(finding.row is None or finding.kind.of_column for finding in errors)
        or has_errors(file.findings)
    ):
        return False
    for sheet in file.sheets:
        bad = {finding.row for finding in sheet.findings if _of_a_row(finding)}
        if bad and (_more_of_header(sheet, bad) or not (~sheet.frame["row"].isin(list(bad))).any()):
            return False
    for sheet in file.sheets:
        bad = {finding.row for finding in sheet.findings if _of_a_row(finding) and finding.row is not None}
        if not bad:
            continue
        sheet.frame = sheet.frame[~sheet.frame["row"].isin(list(bad))].reset_index(drop=True)
        sheet.findings = [finding for finding in sheet.findings if finding.row not in bad]
        if sheet.totals:
            # What a total was held against is not what is loaded any more.
            sheet.findings = [one for one in sheet.findings if one.kind not in (TOTAL_DIFFERS, TOTAL_AS_READ)]
            sheet.findings.extend(
                replace(finding, kind=TOTAL_DIFFERS_WITHOUT_ROWS) for finding in sheet.totals(sheet.frame)
            )
        numbers = sorted(row for row in bad if row is not None)
        rows = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
        sheet.findings.append(
            Finding(ROWS_EXCLUDED, file.name, sheet.sheet, params={"count": len(numbers), "rows": rows})
        )
    return True


def _of_a_row(finding: Finding) -> bool:
    """Whether a finding is an error that goes away with its row: a total is held against the rows that are left."""
    return finding.severity == "error" and finding.kind is not TOTAL_DIFFERS


def _more_of_header(sheet: StagedSheet, bad: Collection[int | None]) -> bool:
    """Whether the bad row directly under the header is more of it: no figure in it, as 累计, 本月 under a merged 投诉量."""
    first = {sheet.header_row, (sheet.header_row or 0) + 1} & set(bad)
    figures = [column.name for column in sheet.feed.columns if column.is_numeric]
    row = sheet.frame.loc[sheet.frame["row"].isin(list(first)), figures]
    return bool(figures and len(row) and row.isna().all(axis=None))
