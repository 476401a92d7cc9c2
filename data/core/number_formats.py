"""What a spreadsheet's number format does to the figure that a cell holds: shown in thousands, in 万, as per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# A quoted text, an escaped sign (! in Chinese Excel), a sign that is only as wide or repeated, a condition or colour.
TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*](?:.)|\[[^\]]*\]|(.)', re.DOTALL)
DIGITS = "0#?"
# Number formats that no workbook writes out, by their numbers.
BUILT_IN = {9: "0%", 10: "0.00%"}
MANY = re.compile(r"[十百千万亿萬億]|(?<![a-z])(?:k|m|mn|bn|thousand|million|billion)(?![a-z])", re.IGNORECASE)


# Two decimals, which show 2025.1 as 2025.10.
TWO_DECIMALS = "0.00"
TWO_DECIMALS_SHAPE = re.compile(r"0\.00(?:_.|\\.)*(?:;.*)?")


def shows_two_decimals(code: str) -> bool:
    """Whether a number format shows a figure with two decimals, and nothing else."""
    return TWO_DECIMALS_SHAPE.fullmatch(code) is not None


@dataclass(frozen=True)
class DisplayFormat:
    """What a number format shows.

    power: the figure is shown divided by 10 ** power; below 0 multiplied, as per cent.
    unit: the words that the format puts beside it, if they speak of many: "万", "千户".
    """

    power: int = 0
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.power or self.unit)


@lru_cache(maxsize=4_096)
def display_format(code: str) -> DisplayFormat:
    """What the number format `code` does to positive figures.

    A comma behind the last digit divides by a thousand. A point that is only text, as in 0!.0000, moves the digits
    before it apart from those behind, which makes 251124 25.1124.
    """
    marks: list[str] = []
    words = ""
    for quoted, escaped, plain in TOKEN.findall(code):
        if plain == ";":
            break
        literal = quoted or escaped
        words += literal.strip(".") or ("" if plain.isascii() else plain)
        marks += ["|" if "." in literal else ""] if literal else [plain]
    shape = "".join(marks)
    if not any(digit in shape for digit in DIGITS) or re.search(r"[ymdhs]", re.sub(r"(?i)general", "", shape), re.I):
        return DisplayFormat()
    power = 0
    integer, _, _ = shape.partition(".")
    last = max(shape.rfind(digit) for digit in DIGITS)
    behind = shape[last + 1 :]
    commas = len(behind) - len(behind.lstrip(","))
    power += 3 * commas
    before = max(integer.rfind(digit) for digit in DIGITS)
    if commas == 0 and before >= 0:
        behind = integer[before + 1 :]
        power += 3 * (len(behind) - len(behind.lstrip(",")))
    if "|" in integer:
        power += sum(integer.partition("|")[2].count(digit) for digit in DIGITS)
    power -= 2 * shape.count("%")
    return DisplayFormat(power, words.strip() if MANY.search(words) else "")
