"""What an analyst said of files that their content leaves open; it stays in the history with the batch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.core.text import normalise
from data.model.finding import Finding, Kind

CHOICES_NOTED = Kind("said_by_analyst", "note", "As the analyst said: {what}.")
ANSWERS = {
    "dates": ("day_first", "month_first"),
    "years": ("first", "last"),
    "exchanged": ("yes", "no"),
    "comma": ("decimal", "thousands"),
    "points": ("decimal", "thousands"),
    "shares": ("fraction", "percent"),
    "sums": ("parts",),
    "totals": ("as_read",),
    "months": ("typed_day_is_year", "as_written", "january", "october", "nearest_year"),
    "units": ("stated", "ones"),
    "scale": ("5", "7", "10", "100"),
    "zone": ("as_written",),
    "events": ("moved", "stays", "apart"),
    "parents": ("from_start", "YYYY-MM"),
    "codes": ("with_zeros", "as_written"),
    # Names of data/reading/encodings.py.
    "encoding": (
        *("utf-8", "gb18030", "big5", "shift_jis", "euc_kr"),
        *("windows-1252", "windows-1251", "windows-1250", "windows-1254", "iso-8859-2"),
    ),
}
# Questions that are answered for one column, or for all.
OF_COLUMNS = ("months",)
# An answer that stands for any month.
ANY_MONTH = "YYYY-MM"
MONTH = re.compile(r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])")


def is_answer(question: str, answer: str) -> bool:
    """Whether `answer` is one of those that `question` has; some may be of one column, as "months:收到时间"."""
    name, mark, _ = question.partition(":")
    known = ANSWERS.get(name, ()) if not mark or name in OF_COLUMNS else ()
    return answer in known or (ANY_MONTH in known and MONTH.fullmatch(answer) is not None)


def value_key(column: str, value: str) -> str:
    """The question what a value of a column means, among answers."""
    return f"{column}:{normalise(value)}"


def answers_of(answers: Mapping[str, str], file: str, header: str) -> Mapping[str, str]:
    """The answers as they hold for a column: what was said of it in this file, else of it in any, else of all."""
    found = dict(answers)
    for name in OF_COLUMNS:
        for label in (header, f"{file}/{header}"):
            if (answer := answers.get(value_key(name, label))) is not None:
                found[name] = answer
    return found


@dataclass(frozen=True)
class Choices:
    """What an analyst decided.

    accepted: header -> column of ours ("" for none); header across or value of rows -> "column:choice".
    sheets: names of the sheets to take.
    answers: what columns leave open -> answer, see ANSWERS; of one column "question:header", "question:file/header".
    """

    accepted: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> Mapping[str, str]:
        """The answers, those of one column as answers_of looks for them, and what values of rows mean.

        "column:value" -> one of the column's choices.
        """
        meant = ((header, *one.partition(":")[::2]) for header, one in self.accepted.items() if ":" in one)
        of_columns = {value_key(*name.partition(":")[::2]): one for name, one in self.answers.items() if ":" in name}
        return {**self.answers, **of_columns, **{value_key(column, header): choice for header, column, choice in meant}}

    def __bool__(self) -> bool:
        return bool(self.accepted or self.sheets or self.answers)

    def __str__(self) -> str:
        parts = [f"“{header}” = {column or '–'}" for header, column in self.accepted.items()]
        parts += [f"“{sheet}”" for sheet in self.sheets]
        return ", ".join([*parts, *(f"{question} = {answer}" for question, answer in self.answers.items())])

    def findings(self, file: str) -> list[Finding]:
        """A note of what was decided."""
        return [Finding(CHOICES_NOTED, file, params={"what": str(self)})] if self else []


NO_CHOICES = Choices()
