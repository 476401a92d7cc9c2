"""What an analyst said of files that their content leaves open; it stays in the history with the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.model.finding import Finding, Kind

SAID = Kind("said_by_analyst", "note", "As the analyst said: {what}.")
ANSWERS = {
    "dates": ("day_first", "month_first"),
    "years": ("first", "last"),
    "exchanged": ("yes", "no"),
    "comma": ("decimal", "thousands"),
    "points": ("decimal", "thousands"),
    "shares": ("fraction", "percent"),
    "sums": ("parts",),
    "zone": ("as_written",),
    # Names of data/reading/encodings.py.
    "encoding": ("utf-8", "gb18030", "big5", "shift_jis", "euc_kr", "windows-1252", "windows-1251"),
}


@dataclass(frozen=True)
class Choices:
    """accepted: header -> column of ours ("" for none). sheets: names of those to take. answers: to what columns leave
    open, see ANSWERS.
    """

    accepted: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.accepted or self.sheets or self.answers)

    def __str__(self) -> str:
        said = [f"“{header}” = {column or '–'}" for header, column in self.accepted.items()]
        said += [f"“{sheet}”" for sheet in self.sheets]
        return ", ".join([*said, *(f"{question} = {answer}" for question, answer in self.answers.items())])

    def told(self, file: str) -> list[Finding]:
        """A note of what was said."""
        return [Finding(SAID, file, params={"what": str(self)})] if self else []


NOTHING_SAID = Choices()
