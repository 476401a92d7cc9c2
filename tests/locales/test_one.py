"""One and many: English says one row otherwise than two, and every message that counts says so."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from locales import text

LOCALES = Path(__file__).resolve().parents[2] / "locales"
# A number, then a word in the plural: "{count} rows", "{count} new units".
COUNTED = re.compile(
    r"\{(count|places|met|known|targeted|signals|left|months|ranked|shown|slides|rows|total|held|number)\}"
    r"(?: of (?:these )?\{\w+\})?(?: new| hidden| unit-)? ?(?!is\b|was\b|this\b)[a-z]+s\b"
)
# Numbers that are never one where they are told (limits, what is shared by two and more), amounts, and names.
NEVER_ONE = {
    "{file} holds {count} parts; at most {most} are read.",
    "Sheet {sheet} of {file} has {count} columns; at most {most} are read.",
    "More than {count} cells of sheet {sheet} hold formulas without a value or errors; the workbook was never "
    "computed.",
    "{count} units lead with {value}, {unit} is one of them",
    "{count} units lead with {value}",
    "{count} units are last with {value}",
    "The row of {value} is the sum of the unit's other rows, in {count} of {all} cases: it would be counted twice.",
    "Load {count} of {total} files",
    "Places over {months} months",
    "{count} months",
    "Last {count} months",
    "{shown} of {count} units",
    "{shown} of {count} units, with their places",
    "{shown} of {count} metrics, the most pressing first",
    "{metric}; the highest on top, {shown} of {total} units",
    "rising over {months} months, by {slope} a month",
    "falling over {months} months, by {slope} a month",
    "no trend over {months} months",
    "{months} months together: {value} ({low} to {high})",
    "{months} months together: {value}",
    "any usual {left} months ({lower} to {upper} on average) are enough",
    "that lies within the {lower} to {upper} that {left} months usually have on average",
    "that lies outside the {lower} to {upper} that {left} months usually have on average",
    "{number} pts",
    "{known} of {months} months known",
    "{known} of {expected} units reported",
    "{span}, data of {held} of {months} months",
    "The newest {shown} of {total} batches; the list below holds all.",
    "{slides} slides and {tables} tables of {rows} rows, each figure as the database has it; version {version} is "
    "kept for this link:",
}


MOVED = "{listed} of {judged} metrics moved beyond chance; at most {rate}% of those listed are chance."


def catalogue(path: Path) -> list[tuple[str, str, str]]:
    """(context, id, text) of every entry."""
    with path.open("rb") as source:
        return [(str(e.context or ""), str(e.id), str(e.string)) for e in read_po(source, locale="en") if e.id]


ONES = catalogue(LOCALES / "en" / "one.po")
MESSAGES = {message for path in sorted((LOCALES / "zh_Hans").glob("*.po")) for _, message, _ in catalogue(path)}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("{places} places up on the period before", {"places": 1}, "1 place up on the period before"),
        ("{places} places up on the period before", {"places": 2}, "2 places up on the period before"),
        ("{met} of {count} targets are met", {"met": 1, "count": 3}, "1 of 3 targets is met"),
        ("{met} of {count} targets are met", {"met": 1, "count": 1}, "1 of 1 target is met"),
        ("{met} of {count} targets are met", {"met": 0, "count": 1}, "0 of 1 target is met"),
        ("{count} months", {"count": 1}, "1 months"),
        (
            MOVED,
            {"listed": 0, "judged": 1, "rate": "10"},
            "0 of 1 metric moved beyond chance; at most 10% of those listed are chance.",
        ),
    ],
)
def test_one_is_said_otherwise(message: str, values: dict[str, int], said: str) -> None:
    assert text("en", message, **values) == said


def test_chinese_has_no_plural() -> None:
    assert text("zh_Hans", "Table: {count} rows", count=1) == text("zh_Hans", "Table: {count} rows", count=2).replace(
        "2", "1"
    )


def test_every_message_that_counts_says_one() -> None:
    said = {(context, message) for context, message, _ in ONES}
    counting = {(found[1], message) for message in MESSAGES - NEVER_ONE if (found := COUNTED.search(message))}
    assert {message for name, message in counting if not any(message == one for _, one in said)} == set()


def test_what_is_said_of_one_belongs_to_a_message() -> None:
    assert {message for _, message, _ in ONES} - MESSAGES == set()
    assert [message for context, message, _ in ONES if not set(context.split()) <= fields(message)] == []
    assert [message for _, message, said in ONES if not fields(said) <= fields(message)] == []
