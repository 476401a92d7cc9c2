"""What can be wrong with a single cell."""

from __future__ import annotations

from typing import Any

from data.model.feed import Column
from data.model.finding import Kind
from data.model.organisation import Organisation

UNREADABLE = Kind(
    "unreadable_value",
    "error",
    "“{value}” in “{column}” is not a number.",
    "Write a plain number such as 1234.5; leave the cell empty if it is not known.",
)
NOT_WHOLE = Kind(
    "not_whole",
    "error",
    "“{value}” in “{column}” must be a whole number, 0 or more.",
    "Check the cell: a count has no decimals, no minus sign and no per cent.",
)
OUT_OF_RANGE = Kind(
    "out_of_range",
    "error",
    "“{value}” in “{column}” lies outside {low} to {high}.",
    "Check the cell and the unit it is given in.",
)
BAD_MONTH = Kind(
    "unknown_month",
    "error",
    "“{value}” in “{column}” is not a month.",
    "Write the month as 2025-11, 202511, 2025年11月 or a date.",
)
BAD_PERIOD = Kind(
    "unknown_period",
    "error",
    "“{value}” in “{column}” is neither a year nor a month.",
    "Write a year as 2025, or a month as 2025-11.",
)
BAD_TIME = Kind(
    "unknown_time",
    "error",
    "“{value}” in “{column}” is not a date or time.",
    "Write it as 2025-11-03 or 2025-11-03 09:12.",
)
BAD_FLAG = Kind(
    "unknown_flag", "error", "“{value}” in “{column}” is neither yes nor no.", "Write 是 or 否 (yes or no)."
)
UNKNOWN_CHOICE = Kind("unknown_choice", "error", "“{value}” is not known in “{column}”.", "Use one of: {choices}.")
UNKNOWN_UNIT = Kind(
    "unknown_unit",
    "error",
    "“{value}” is not a unit we know.",
    "Nearest: {nearest}. Correct the name, or load the unit (or the alias) with the units sheet first.",
)
ZEROS_LOST = Kind(
    "code_without_zeros",
    "error",
    "“{value}” is not a unit we know; the code {code} ({unit}) without its leading zeros reads so.",
    "Say that codes lost their zeros (--answer codes=with_zeros), or correct the code.",
)
AMBIGUOUS_UNIT = Kind(
    "ambiguous_unit", "error", "“{value}” can mean several units.", "Write the code, or the path: {choices}."
)

CELL_ERROR = Kind(
    "error_cell",
    "error",
    "“{column}” shows the error {value}.",
    "Repair the formula in the spreadsheet, or write the value itself.",
)
NO_VALUE = Kind(
    "formula_without_value",
    "error",
    "“{column}” holds the formula {value}, whose value was never computed.",
    "Open the workbook in Excel, which computes it, save it, and load that.",
)


def cell_params(kind: Kind, shown: str, column: Column, organisation: Organisation, chinese: bool) -> dict[str, Any]:
    """What fills the message of a cell's finding: the nearest units, the choices, or the range."""
    if kind is UNKNOWN_UNIT:
        return {"nearest": ", ".join(dict.fromkeys(organisation.nearest(shown))) or "–"}
    if kind is ZEROS_LOST:
        code = organisation.find_zeros_lost(shown) or ""
        return {"code": code, "unit": organisation.name(code)}
    if kind is AMBIGUOUS_UNIT:
        paths = (
            f"{organisation.name(organisation.parent(code) or code)}/{shown} ({code})"
            for code in organisation.find(shown)
        )
        return {"choices": ", ".join(paths)}
    if kind is UNKNOWN_CHOICE:
        return {"choices": ", ".join(_word(words, chinese) for words in (column.choices or {}).values())}
    if kind is OUT_OF_RANGE:
        return {
            "low": "−∞" if column.minimum is None else f"{column.minimum:g}",
            "high": "∞" if column.maximum is None else f"{column.maximum:g}",
        }
    return {}


def _word(words: tuple[str, ...], chinese: bool) -> str:
    """The spelling of a choice to propose: in the language of the sheet's header."""
    return next((word for word in words if not word.isascii()), words[0]) if chinese else words[0]
