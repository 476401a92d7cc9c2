"""What an upload leaves open, each answered by one click: which column a header means, day or month first, which sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.candidates import DISAGREE, OTHERWISE, REPEATED
from data.choices import NOTHING_SAID, Choices
from data.conventions import COMMA_OPEN, DATE_ORDER, EXCHANGED, POINT_OPEN, YEAR_OPEN
from data.loading import Plan
from data.shares import NUMBERS_MIXED, SHARES_MIXED
from data.staged import StagedFile
from data.wholes import COUNTED_TWICE, SUMMED_UP
from locales import text
from pages.shared.blocks import heading
from pages.shared.markup import literal

CHOICES = "upload_choices"


def said(digest: str) -> Choices:
    """What was said of the files with this digest; of other files nothing."""
    kept = st.session_state.get(CHOICES)
    return kept[1] if kept and kept[0] == digest else NOTHING_SAID


def ask(plan: Plan, digest: str, lang: str) -> None:
    """The open questions of a plan as buttons, and what was answered so far."""
    choices = said(digest)
    offers = _offers(plan, choices, lang)
    if not offers and not choices:
        return
    with st.container(border=True):
        heading(text(lang, "To be decided"))
        for place, (label, after) in enumerate(offers.items()):
            if st.button(literal(label), key=f"said_{place}_{label}", icon=":material/check:"):
                _keep(digest, after)
        if choices:
            st.caption(literal(text(lang, "As the analyst said: {what}.", what=str(choices))))
            if st.button(text(lang, "Take it back"), icon=":material/undo:"):
                _keep(digest, NOTHING_SAID)


def _keep(digest: str, choices: Choices) -> None:
    st.session_state[CHOICES] = (digest, choices)
    st.rerun()


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
        codes = {finding.code for finding in file.all_findings}
        if DATE_ORDER.code in codes:
            found[text(lang, "Dates such as 03/04/2025 begin with the day")] = answer("dates", "day_first")
            found[text(lang, "Dates such as 03/04/2025 begin with the month")] = answer("dates", "month_first")
        if YEAR_OPEN.code in codes:
            found[text(lang, "Dates such as 25-11-03 begin with the year")] = answer("years", "first")
            found[text(lang, "Dates such as 25-11-03 end with the year")] = answer("years", "last")
        if EXCHANGED.code in codes:
            found[text(lang, "The spreadsheet exchanged day and month of real dates")] = answer("exchanged", "yes")
            found[text(lang, "Real dates are right as they are")] = answer("exchanged", "no")
        if COMMA_OPEN.code in codes:
            found[text(lang, "12,345 means 12.345")] = answer("comma", "decimal")
            found[text(lang, "12,345 means 12 thousand 345")] = answer("comma", "thousands")
        if POINT_OPEN.code in codes:
            found[text(lang, "5.000 means 5 thousand")] = answer("points", "thousands")
            found[text(lang, "5.000 means 5")] = answer("points", "decimal")
        if codes & {SHARES_MIXED.code, "looks_like_fraction"}:
            found[text(lang, "0.85 means 85 %")] = answer("shares", "fraction")
            found[text(lang, "0.85 means 0.85 %")] = answer("shares", "percent")
        elif NUMBERS_MIXED.code in codes:
            found[text(lang, "0.85 is meant as it stands")] = answer("shares", "percent")
        if SUMMED_UP.code in codes:
            found[text(lang, "The rows that equal the sum of others are no totals")] = answer("sums", "parts")
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
