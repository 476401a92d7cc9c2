"""Arguments of the command line as records."""

from __future__ import annotations

from data.feeds import all_feeds
from data.model.choices import ANSWERS, Choices, is_answer
from data.model.errors import WrongUsage
from data.model.feed import Column


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
    columns: dict[str, list[Column]] = {}
    for column in (column for feed in all_feeds() for column in feed.columns):
        columns.setdefault(column.name, []).append(column)
    for said in accepted.values():
        name, mark, choice = said.partition(":")
        choosing = [column for column in columns.get(name, ()) if column.type in ("choice", "text")]
        if said and not (choosing if mark else name in columns):
            raise WrongUsage(f"No column is called {name!r}; there are: {', '.join(sorted(columns))}.")
        if mark and not any(_may_hold(column, choice) for column in choosing):
            known = ", ".join(dict.fromkeys(code for column in choosing for code in column.choices or {}))
            raise WrongUsage(f"{name!r} has no choice {choice!r}; there are: {known}.")
    return Choices(accepted, tuple(sheets), answered)


def _may_hold(column: Column, choice: str) -> bool:
    """Whether a column can hold what was said that a header or value means."""
    return choice in (column.choices or {}) or bool(choice and (column.open_choices or column.type == "text"))


def _pair(words: str) -> tuple[str, str]:
    name, mark, value = words.rpartition("=")
    if not mark or not name:
        raise WrongUsage(f"{words!r} must be written as NAME=VALUE.")
    return name, value
