"""Values of rows that are none of the list which they should be of, as a new channel: asked, as columns across are."""

from __future__ import annotations

from collections.abc import Iterator

from data.core.text import raw_text
from data.loading.similar_values import stored_values
from data.model.choices import Choices
from data.model.feed import Column, Feed
from data.model.finding import Finding, Kind
from data.model.staged import GroupQuestion, StagedFile, StagedSheet
from data.parsing.findings import UNKNOWN_CHOICE
from data.recognition.groups import proposed_choices
from data.warehouse.connection import Connection

NEW_CHOICE = Kind(
    "new_choice",
    "error",
    "“{value}” in “{column}” is not known (rows: {count}); which kind it is decides what its figures count for.",
    "Say which it is (--accept “{value}”={into}:CHOICE, one of: {proposals}), or that it is a further one (--accept "
    "“{value}”={into}:{value}).",
    of_column=True,
)
# More values than this are no new ones, but another column.
MOST_ASKED = 10


def ask_new_choices(connection: Connection, file: StagedFile, choices: Choices) -> None:
    """Adds the questions for values that are not known; one that was loaded before, or is answered, is known."""
    for sheet in file.sheets:
        if len(sheet.frame):
            sheet.findings.extend(_open_values(connection, sheet, file.name, choices))
            sheet.group_questions.extend(_closed_values(sheet))


def _open_values(connection: Connection, sheet: StagedSheet, file: str, choices: Choices) -> Iterator[Finding]:
    """Of a list that may grow: each value that nobody has said anything of."""
    for column in _listed(sheet.feed):
        if column.name not in sheet.columns:
            continue  # across it is asked of its header, and a constant is the profile's
        counts = {raw_text(value): int(count) for value, count in sheet.frame[column.name].value_counts().items()}
        known = {*(column.choices or {}), *choices.accepted}
        fresh = [value for value, count in counts.items() if count and value not in known]
        stored = stored_values(connection, sheet.feed, column.name) if fresh else {}
        for value in [value for value in fresh if value not in stored][:MOST_ASKED]:
            question = GroupQuestion(value, column.name, proposed_choices(column, value), in_rows=True)
            sheet.group_questions.append(question)
            row = int(sheet.frame.loc[sheet.frame[column.name] == value, "row"].min())
            letter = sheet.places.get(column.name)
            cell = f"{letter}{row}" if letter else None
            proposals = ", ".join(question.choices or (column.choices or {}))
            params = {"count": counts[value], "into": column.name, "proposals": proposals}
            yield Finding(NEW_CHOICE, file, sheet.sheet, row, sheet.columns[column.name], cell, value, params)


def _listed(feed: Feed) -> list[Column]:
    """The columns that split figures by an open list that also stands across."""
    across = (feed.column(name) for name in dict.fromkeys(rule.into for rule in feed.wide))
    return [column for column in across if column.type == "choice" and column.open_choices]


def _closed_values(sheet: StagedSheet) -> Iterator[GroupQuestion]:
    """Of a list that cannot grow, as surveys: each value that was refused for it."""
    ours = {header: name for name, header in sheet.columns.items()}
    refused = dict.fromkeys(
        (one.column, one.value) for one in sheet.findings if one.kind is UNKNOWN_CHOICE and one.value is not None
    )
    for header, value in list(refused)[:MOST_ASKED]:
        if header in ours and value:
            column = sheet.feed.column(ours[header])
            likely = proposed_choices(column, value) or tuple(column.choices or {})
            yield GroupQuestion(value, column.name, likely, in_rows=True)
