"""Which month a column means, where its cells leave it open: the answers, each with the months it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from data.intake.distant_months import AFTER_DATA, AFTER_SAVED
from data.model.staged import StagedFile
from data.parsing.month_columns import TENTH, TYPED
from locales import Text, text


def month_answers(file: StagedFile, lang: str) -> Iterator[tuple[str, str, str]]:
    """(label, question, answer) for each question that the file's findings ask of a column."""

    for finding in file.all_findings:
        for kinds, answers in ASKED:
            if finding.kind in kinds:
                said = {"column": finding.column, **finding.params}
                words = {name: value.to(lang) if isinstance(value, Text) else value for name, value in said.items()}
                question = f"months:{file.name}/{finding.column}"
                yield from ((label, question, answer) for label, answer in answers(lang, words))


def _typed(lang: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield text(lang, "“{column}”: {day} is the year; the months are {by_year}", **said), "typed_day_is_year"
    yield text(lang, "“{column}”: {day} is the day; the months are {by_day}", **said), "as_written"


def _tenth(lang: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield text(lang, "“{column}”: {value} is January ({january})", **said), "january"
    yield text(lang, "“{column}”: {value} is October ({october})", **said), "october"


def _distant(lang: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield text(lang, "“{column}”: it is {months}, as written", **said), "as_written"
    yield text(lang, "“{column}”: the year is a slip; it is {nearest}", **said), "nearest_year"


ASKED = (((TYPED,), _typed), ((TENTH,), _tenth), ((AFTER_DATA, AFTER_SAVED), _distant))
