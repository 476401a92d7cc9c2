"""What an analyst said of files that their content leaves open; it stays in the history with the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.errors import WrongUsage
from data.feeds import all_feeds
from data.findings import Finding, Kind

SAID = Kind("said_by_analyst", "note", "As the analyst said: {what}.")
ANSWERS = {
    "dates": ("day_first", "month_first"),
    "years": ("first", "last"),
    "exchanged": ("yes", "no"),
    "comma": ("decimal", "thousands"),
    "points": ("decimal", "thousands"),
    "shares": ("fraction", "percent"),
    "sums": ("parts",),
}


@dataclass(frozen=True)
class Choices:
    """accepted: header -> column of ours ("" for none). sheets: names of those to take. answers: to what columns leave open, see ANSWERS."""

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


def choices_in(accept: list[str], sheets: list[str], answers: list[str]) -> Choices:
    """The choices of a command line: HEADER=COLUMN, sheet names, QUESTION=ANSWER; WrongUsage names what is not known."""
    said = dict(_pair(words) for words in answers)
    for question, answer in said.items():
        if answer not in ANSWERS.get(question, ()):
            known = ", ".join(f"{name}={one}" for name, allowed in ANSWERS.items() for one in allowed)
            raise WrongUsage(f"There is no answer {question}={answer}; there are: {known}.")
    accepted = dict(_pair(words) for words in accept)
    columns = {column.name for feed in all_feeds() for column in feed.columns}
    unknown = [column for column in accepted.values() if column and column not in columns]
    if unknown:
        raise WrongUsage(f"No column is called {unknown[0]!r}; there are: {', '.join(sorted(columns))}.")
    return Choices(accepted, tuple(sheets), said)


def _pair(words: str) -> tuple[str, str]:
    name, mark, value = words.rpartition("=")
    if not mark or not name:
        raise WrongUsage(f"{words!r} must be written as NAME=VALUE.")
    return name, value
