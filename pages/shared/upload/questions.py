"""What an upload leaves open, each answered by one click.

Which column a header means, day or month first, which sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from data.checks.lost_zeros import KIND as LOST_ZEROS
from data.feeds.labels import choice_word
from data.intake.overlapping_sheets import DISAGREE, OTHERWISE, REPEATED
from data.intake.subtotals import COUNTED_TWICE, SUMMED_UP
from data.intake.survey_scales import QUESTIONS as SCALE_QUESTIONS
from data.intake.unit_parents import MOVES
from data.loading.outliers import UNIT_OF_HEADER
from data.loading.plan import Plan
from data.loading.shared_events import SHARED
from data.model.choices import ANSWERS, NO_CHOICES, Choices
from data.model.staged import StagedFile, StagedSheet
from data.parsing.conventions import COMMA_OPEN, DATE_ORDER, EXCHANGED, POINT_OPEN, YEAR_OPEN
from data.parsing.findings import ZEROS_LOST
from data.parsing.percentages import NUMBERS_MIXED, SHARES_MIXED
from data.parsing.times import OTHER_ZONE
from data.reading.refusals import ENCODING_OPEN
from data.staging.across_check import ROW_TOTAL
from data.staging.ready_made import DIFFERS as READY_MADE
from data.staging.ready_made import TITLE_DIFFERS
from data.staging.total_check import TOTAL_DIFFERS
from data.staging.unit_questions import QUESTIONS as UNIT_SAID
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.session.markup import escape_markdown
from pages.shared.upload.month_questions import month_answers

CHOICES = "upload_choices"
UNIT_QUESTIONS = (*UNIT_SAID, UNIT_OF_HEADER.code)
TOTALS_DIFFER = {ROW_TOTAL.code, READY_MADE.code, TITLE_DIFFERS.code, TOTAL_DIFFERS.code}
SHARES_OPEN = {SHARES_MIXED.code, "looks_like_fraction"}


def given_answers(digest: str) -> Choices:
    """What was said of the files with this digest; of other files nothing."""
    kept = st.session_state.get(CHOICES)
    return kept[1] if kept and kept[0] == digest else NO_CHOICES


def ask_questions(plan: Plan, digest: str, lang: str) -> None:
    """The open questions of a plan as buttons, and what was answered so far."""
    choices = given_answers(digest)
    offers = _offers(plan, choices, lang)
    if not offers and not choices:
        return
    with st.container(border=True):
        block_heading(text(lang, "To be decided"))
        for place, (label, after) in enumerate(offers.items()):
            if st.button(escape_markdown(label), key=f"said_{place}_{label}", icon=":material/check:"):
                _keep(digest, after)
        if choices:
            st.caption(escape_markdown(text(lang, "As the analyst said: {what}.", what=str(choices))))
            if st.button(text(lang, "Take it back"), icon=":material/undo:"):
                _keep(digest, NO_CHOICES)


def _keep(digest: str, choices: Choices) -> None:
    st.session_state[CHOICES] = (digest, choices)
    st.rerun()


def _questions(lang: str) -> Iterator[tuple[set[str], str, dict[str, str]]]:
    """Codes of findings that leave something open, which question that is, and its answers: label -> word."""
    yield (
        {DATE_ORDER.code},
        "dates",
        {
            text(lang, "Dates such as 03/04/2025 begin with the day"): "day_first",
            text(lang, "Dates such as 03/04/2025 begin with the month"): "month_first",
        },
    )
    yield (
        {YEAR_OPEN.code},
        "years",
        {
            text(lang, "Dates such as 25-11-03 begin with the year"): "first",
            text(lang, "Dates such as 25-11-03 end with the year"): "last",
        },
    )
    yield (
        {EXCHANGED.code},
        "exchanged",
        {
            text(lang, "The spreadsheet exchanged day and month of real dates"): "yes",
            text(lang, "Real dates are right as they are"): "no",
        },
    )
    yield (
        {COMMA_OPEN.code},
        "comma",
        {text(lang, "12,345 means 12.345"): "decimal", text(lang, "12,345 means 12 thousand 345"): "thousands"},
    )
    yield (
        {POINT_OPEN.code},
        "points",
        {text(lang, "5.000 means 5 thousand"): "thousands", text(lang, "5.000 means 5"): "decimal"},
    )
    yield SHARES_OPEN, "shares", {text(lang, "0.85 means 85 %"): "fraction", text(lang, "0.85 means 0.85 %"): "percent"}
    yield {NUMBERS_MIXED.code}, "shares", {text(lang, "0.85 is meant as it stands"): "percent"}
    yield (
        set(UNIT_QUESTIONS),
        "units",
        {
            text(lang, "The figures are in the unit that the header or title names"): "stated",
            text(lang, "The figures are in single ones, whatever the header or title says"): "ones",
        },
    )
    yield (
        set(SCALE_QUESTIONS),
        "scale",
        {text(lang, "The scale of the survey goes to {top}", top=top): top for top in ANSWERS["scale"]},
    )
    yield {OTHER_ZONE.code}, "zone", {text(lang, "Times stand as they are written, whatever their zone"): "as_written"}
    yield (
        {SHARED.code},
        "events",
        {
            text(lang, "They moved here: this file's unit has them"): "moved",
            text(lang, "They stay where they were: leave them out here"): "stays",
            text(lang, "They are others of the same number: count both"): "apart",
        },
    )
    yield (
        {ZEROS_LOST.code, LOST_ZEROS.code},
        "codes",
        {text(lang, "Codes lost the zeros in front of them: put them back"): "with_zeros"},
    )
    yield (
        {MOVES.code},
        "parents",
        {text(lang, "Units that move always stood there: change the published months too"): "from_start"},
    )
    yield {LOST_ZEROS.code}, "codes", {text(lang, "Codes without zeros in front are right as they are"): "as_written"}
    yield (
        TOTALS_DIFFER,
        "totals",
        {text(lang, "What is read is right, the totals and shares that the sheet brings are not"): "as_read"},
    )
    yield {SUMMED_UP.code}, "sums", {text(lang, "The rows that equal the sum of others are no totals"): "parts"}


def _offers(plan: Plan, choices: Choices, lang: str) -> dict[str, Choices]:
    """What can be said -> the choices once it is said."""
    found: dict[str, Choices] = {}

    def answer(question: str, word: str) -> Choices:
        return replace(choices, answers={**choices.answers, question: word})

    for file in plan.files:
        for sheet in file.sheets:
            for one in sheet.proposals:
                title = sheet.feed.column(one.column).title.to(lang)
                label = text(lang, "“{header}” means “{column}”", header=one.header, column=title)
                found[label] = replace(choices, accepted={**choices.accepted, one.header: one.column})
            for header, means, label in _group_answers(sheet, lang):
                found[label] = replace(choices, accepted={**choices.accepted, header: means})
        codes = {finding.code for finding in file.all_findings}
        if codes & SHARES_OPEN:
            # The same question, with both answers.
            codes.discard(NUMBERS_MIXED.code)
        for asked, question, words in _questions(lang):
            if codes & asked:
                found |= {label: answer(question, word) for label, word in words.items()}
        found |= {label: answer(question, word) for label, question, word in month_answers(file, lang)}
        for finding in file.all_findings:
            if finding.code == ENCODING_OPEN.code:
                for name, shown in finding.params["each"].items():
                    label = text(lang, "Read the file as {encoding}: {shown}", encoding=name, shown=shown)
                    found[label] = answer("encoding", name)
        for other in file.candidates:
            if not other.taken or DISAGREE.code in codes:
                label = text(lang, "Load the sheet “{sheet}” instead", sheet=other.sheet)
                found[label] = replace(choices, sheets=(other.sheet,))
        names = list(dict.fromkeys(other.sheet for other in file.candidates if other.taken))
        for name in names if len(names) > 1 else ():
            if name in _concerned(file, names):
                label = text(lang, "Leave out the sheet “{sheet}”", sheet=name)
                found[label] = replace(choices, sheets=tuple(other for other in names if other != name))
    return found


def _group_answers(sheet: StagedSheet, lang: str) -> Iterator[tuple[str, str, str]]:
    """(header, what it means, label) of what a column across, or a value of rows, can be that is not known."""
    for question in sheet.group_questions:
        column, header = sheet.feed.column(question.column), question.header
        for code in question.choices:
            choice = choice_word(column, code, lang)
            yield header, f"{column.name}:{code}", text(lang, "“{header}” is {choice}", header=header, choice=choice)
        if column.open_choices:
            label = text(lang, "“{header}” is a further {column}", header=header, column=column.title.to(lang))
            yield header, f"{column.name}:{header}", label
        if not question.in_rows:
            label = text(lang, "“{header}” is no {column}; leave it out", header=header, column=column.title.to(lang))
            yield header, "", label


def _concerned(file: StagedFile, names: Sequence[str]) -> set[str]:
    """The sheets of which one holds what another one holds too, or its parts."""
    found: set[str] = set()
    for finding in file.all_findings:
        if finding.code in (REPEATED.code, OTHERWISE.code):
            found |= {finding.sheet or "", str(finding.params["other"])}
        elif finding.code == COUNTED_TWICE.code:
            # Of two sheets it can be either that is not wanted; of more the one that holds the sum.
            found |= {finding.sheet or "", *(names if len(names) == 2 else ())}
    return found
