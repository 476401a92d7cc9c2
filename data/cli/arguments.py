"""Arguments of the command line as records."""

from __future__ import annotations

from data.feeds import all_feeds
from data.model.choices import ANSWERS, Choices, is_answer
from data.model.errors import WrongUsage


def parse_choices(accept: list[str], sheets: list[str], answers: list[str]) -> Choices:
    """The choices of a command line: HEADER=COLUMN, sheet names, QUESTION=ANSWER.

    WrongUsage names what is not known.
    """
    answered = dict(_pair(words) for words in answers)
    for question, answer in answered.items():
        if not is_answer(question, answer):
            known = ", ".join(f"{name}={one}" for name, allowed in ANSWERS.items() for one in allowed)
            raise WrongUsage(f"There is no answer {question}={answer}; there are: {known}.")
    accepted = dict(_pair(words) for words in accept)
    columns = {column.name for feed in all_feeds() for column in feed.columns}
    unknown = [column for column in accepted.values() if column and column not in columns]
    if unknown:
        raise WrongUsage(f"No column is called {unknown[0]!r}; there are: {', '.join(sorted(columns))}.")
    return Choices(accepted, tuple(sheets), answered)


def _pair(words: str) -> tuple[str, str]:
    name, mark, value = words.rpartition("=")
    if not mark or not name:
        raise WrongUsage(f"{words!r} must be written as NAME=VALUE.")
    return name, value
