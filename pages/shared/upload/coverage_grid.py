"""What is there and what is not, month by month: all types at a glance, one type by branch, or one branch by type."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.core.home import Home
from data.snapshots.coverage import STATES, worst_state
from locales import text
from pages.shared.cache.results import coverage_of, snapshot_of
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.session.markup import escape_markdown
from pages.shared.wording import labels
from pages.shared.wording.findings import name_list

MONTHS = 18
SIGNS = {"loaded": "●", "restated": "◆", "partial": "◐", "late": "○", "missing": "✕"}
ALERTING = ("partial", "late", "missing")
NAMED = 8
EVERY = ""


def coverage_grid(home: Home, version: int | None, lang: str) -> None:
    """The grid of the last MONTHS months; nothing where no figures are loaded."""
    found = coverage_of(home, version) if version is not None else pd.DataFrame()
    if version is None or found.empty:
        return
    organisation = snapshot_of(home, version).organisation
    block_heading(text(lang, "Coverage"), _legend(lang))
    left, right, _rest = st.columns([2, 2, 3])
    feeds, branches = list(dict.fromkeys(found["feed"])), list(dict.fromkeys(found["branch"]))
    with left:
        feed = st.selectbox(
            text(lang, "Type"),
            [EVERY, *feeds],
            key="coverage_feed",
            format_func=lambda name: labels.feed(name, lang) if name else text(lang, "All types"),
        )
    with right:
        branch = st.selectbox(
            text(lang, "Branch"),
            [EVERY, *branches],
            key="coverage_branch",
            format_func=lambda code: organisation.name(code) if code else text(lang, "All branches"),
        )
    shown = found[((found["feed"] == feed) | (feed == EVERY)) & ((found["branch"] == branch) | (branch == EVERY))]
    by = "branch" if feed and not branch else "feed"
    months = sorted(found["month"].unique())[-MONTHS:]
    title = text(lang, "Branch") if by == "branch" else text(lang, "Type")
    names = {
        code: organisation.name(code) if by == "branch" else labels.feed(code, lang)
        for code in dict.fromkeys(shown[by])
    }
    rows = []
    for code, name in names.items():
        line = {str(month): cells for month, cells in shown[shown[by] == code].groupby("month")}
        rows.append([Cell(name, "sq-whole"), *(_cell(line.get(month), organisation.name, lang) for month in months)])
    headers = [Cell(title), *(Cell(month[2:], "mid") for month in months)]
    st.html(f'<div class="sq-small sq-grid">{html_table(headers, [RowGroup(rows)])}</div>')
    _gaps(shown[shown["month"].isin(months[-1:])], months[-1], organisation.name, lang)


def state_names(lang: str) -> dict[str, str]:
    """The words for the states of a month, by state."""
    return {
        "loaded": text(lang, "loaded"),
        "restated": text(lang, "restated: corrected by a later file"),
        "partial": text(lang, "partial: units that usually report are absent"),
        "late": text(lang, "late: not there yet"),
        "missing": text(lang, "missing: later months are there"),
    }


def _legend(lang: str) -> str:
    named = state_names(lang)
    return " · ".join(f"{SIGNS[state]} {named[state]}" for state in STATES)


def _cell(cells: pd.DataFrame | None, name_of, lang: str) -> Cell:  # type: ignore[no-untyped-def]
    """The state of all that the cell stands for, with how many units are there; who is absent shows on hover."""
    if cells is None:
        return Cell("", "mid")
    state, units, codes = combined_state(cells)
    if codes:
        names = name_list([name_of(code) for code in codes], lang, NAMED)
        hint = text(
            lang, "Units: {units} of {expected}; absent: {names}", units=units, expected=units + len(codes), names=names
        )
    else:
        hint = text(lang, "Units: {units} of {expected}", units=units, expected=units)
    return Cell(
        SIGNS[state], "mid worse" if state in ALERTING else "mid quiet", hint=f"{state_names(lang)[state]}\n{hint}"
    )


def combined_state(cells: pd.DataFrame) -> tuple[str, int, list[str]]:
    """(state, units there, codes of units waited for) of several branches or types as one.

    Partial as soon as any is there and any is not.
    """
    state, units = worst_state(list(cells["state"])), int(cells["units"].sum())
    absent = [
        code
        for branch, of_branch, codes in zip(cells["branch"], cells["state"], cells["absent"], strict=True)
        # Of a branch that is waited for as a whole no unit needs to be known by name.
        for code in (codes or ([branch] if of_branch in ("late", "missing") else []))
    ]
    return "partial" if units and state in ("late", "missing") else state, units, list(dict.fromkeys(absent))


def _gaps(latest: pd.DataFrame, month: str, name_of, lang: str) -> None:  # type: ignore[no-untyped-def]
    """In words: what of the newest month is still to come."""
    waiting = latest[latest["state"].isin(ALERTING)]
    lines = [
        f"{labels.feed(str(feed), lang)}: {', '.join(name_of(code) for code in dict.fromkeys(rows['branch']))}"
        for feed, rows in waiting.groupby("feed", sort=False)
    ]
    if lines:
        st.caption(escape_markdown(text(lang, "Not whole in {month}: {what}", month=month, what="; ".join(lines))))
