"""Arguments of the command line as records."""

from __future__ import annotations

from data.feeds import all_feeds
from data.model.choices import ANSWERS, Choices, is_answer
from data.model.errors import WrongUsage


def parse_choices(accept: list[str], sheets: list[str], answers: list[str]) -> Choices:
    """The choices of a command line: HEADER=COLUMN or HEADER=COLUMN:CHOICE, sheet names, QUESTION=ANSWER.

    WrongUsage names what is not known.
    """
    answered = dict(_pair(words) for words in answers)
    for question, answer in answered.items():
        if not is_answer(question, answer):
            known = ", ".join(f"{name}={one}" for name, allowed in ANSWERS.items() for one in allowed)
            raise WrongUsage(f"There is no answer {question}={answer}; there are: {known}.")
    accepted = dict(_pair(words) for words in accept)
    columns = {column.name: column for feed in all_feeds() for column in feed.columns}
    across = {rule.into: feed.column(rule.into) for feed in all_feeds() for rule in feed.wide}
    for said in accepted.values():
        name, mark, choice = said.partition(":")
        if said and (name not in columns or (mark and name not in across)):
            raise WrongUsage(f"No column is called {name!r}; there are: {', '.join(sorted(columns))}.")
        if mark and not (choice in (across[name].choices or {}) or (choice and across[name].open_choices)):
            known = ", ".join(across[name].choices or {})
            raise WrongUsage(f"{name!r} has no choice {choice!r}; there are: {known}.")
    return Choices(accepted, tuple(sheets), answered)


def _pair(words: str) -> tuple[str, str]:
    name, mark, value = words.rpartition("=")
    if not mark or not name:
        raise WrongUsage(f"{words!r} must be written as NAME=VALUE.")
    return name, value
