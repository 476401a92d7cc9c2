"""Codes of units that lost the zeros in front of them, as a spreadsheet writes numbers: 571 of 0571."""

from __future__ import annotations

from collections.abc import Iterator, Set

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedSheet

KIND = Kind(
    "unit_code_without_zeros",
    "error",
    "“{value}” is not a code we know; the code {code} ({unit}) without its leading zeros reads so.",
    "Say whether codes lost their zeros (--answer codes=with_zeros or codes=as_written); as written it is a second "
    "unit.",
)
COLUMNS = ("code", "parent")


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """For the units feed only: codes, and codes of parents, that are new but for the zeros that another has."""
    if staged.feed.name != "units" or staged.answers.get("codes") == "as_written":
        return
    units = facts.organisation
    for column in COLUMNS:
        known = _whole_codes(staged, column, units, facts.units)
        rows = staged.frame[staged.frame[column].isin(list(known))]
        params = [{"code": known[code], "unit": units.name(known[code])} for code in rows[column]]
        yield from row_findings(KIND, staged, facts, rows, column, params)


def restore_zeros(sheet: StagedSheet, organisation: Organisation, units: Set[str]) -> None:
    """Writes the codes of a units sheet as they are known, where the analyst said that they lost their zeros.

    organisation: the units as they will be. units: codes of the units stored before.
    """
    if sheet.feed.name == "units" and sheet.answers.get("codes") == "with_zeros" and len(sheet.frame):
        codes, parents = (_whole_codes(sheet, column, organisation, units) for column in COLUMNS)
        for column, known in (("code", codes), ("key_unit", codes), ("parent", {**codes, **parents})):
            if known:
                sheet.frame[column] = sheet.frame[column].replace(known)


def _whole_codes(sheet: StagedSheet, column: str, organisation: Organisation, units: Set[str]) -> dict[str, str]:
    """What stands in a column -> the code that it is without its zeros.

    A code that stands beside the one with zeros, in the same sheet, is another.
    """
    own = set(sheet.frame["code"].dropna())
    known = units if column == "code" else units | own
    found = {
        code: whole
        for code in sheet.frame[column].dropna().unique()
        if code not in known and (whole := organisation.find_with_zeros(str(code))) in known
    }
    return {code: str(whole) for code, whole in found.items() if column == "parent" or whole not in own}
