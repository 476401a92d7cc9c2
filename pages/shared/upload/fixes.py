"""The fixes of an upload, each one click, and the ranks that would move.

A nearest unit, new units, rows left out, the own workbook back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from charts import numbers
from data.core.home import Home
from data.exports.annotated import annotated_copy
from data.loading.plan import Missing, Plan
from data.model.organisation import Organisation
from data.model.staged import StagedFile
from data.operations.fixes import accept_units, create_units, unknown_units
from data.operations.what_if import what_if
from data.profiles import save_profile
from data.snapshots.reader import open_snapshot
from locales import text
from metrics.analyses.changes import version_changes
from metrics.engine.figures import Figures
from pages.shared.cache.results import figures_of
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.frame.filters import unit_name, units_by_level
from pages.shared.frame.page import follow_latest
from pages.shared.session.markup import escape_markdown
from pages.shared.upload.plan import LEAVE_OUT, forget_plan
from pages.shared.wording import labels

RANKS = "upload_ranks"
SHOWN = 30


def published_organisation(home: Home, version: int | None) -> Organisation:
    """The units of a version; none without a version."""
    return open_snapshot(home, version).organisation if version is not None else Organisation.empty()


def fix_buttons(home: Home, plan: Plan, version: int | None, lang: str) -> None:
    """What can be corrected here without touching the file."""
    refused = [file for file in plan.files if file.refused]
    if not refused and not st.session_state.get(LEAVE_OUT):
        return
    organisation = published_organisation(home, version)
    unknown = unknown_units(plan.files, organisation) if len(organisation) else ()
    near = {one.text: one.nearest[0] for one in unknown if one.nearest}
    with st.container(border=True):
        block_heading(text(lang, "Correct it here"))
        if near:
            _accept(home, near, organisation, lang)
        if unknown:
            names = {one.text: not one.nearest for one in unknown}
            _create(home, names, _likely_place(refused, organisation), organisation, lang)
        st.toggle(
            text(lang, "Leave out single rows with errors, and load the rest"),
            key=LEAVE_OUT,
            help=text(lang, "The rows are named in the history of the batch."),
        )
    columns = st.columns(min(max(len(refused), 1), 3))
    for place, file in enumerate(refused[:SHOWN]):
        with columns[place % len(columns)]:
            st.download_button(
                text(lang, "{file} with its cells marked", file=escape_markdown(file.name)),
                partial(annotated_copy, file, lang),
                f"{Path(file.name).stem}_{text(lang, 'marked')}.xlsx",
                key=f"annotated_{place}",
                on_click="ignore",
                icon=":material/edit_note:",
            )


def layout_updates(home: Home, plan: Plan, lang: str) -> None:
    """Shows the profiles whose exports have changed: each takes over the new layout at a click.

    It still knows the one before.
    """
    changed = {
        sheet.adopted_profile.name: sheet.adopted_profile
        for file in plan.files
        for sheet in file.sheets
        if sheet.adopted_profile
    }
    for name, profile in changed.items():
        renamed = {old: names[-1] for old, names in profile.header.also.items()}
        said = ", ".join(f"“{old}” = “{new}”" for old, new in renamed.items())
        label = text(lang, "Take the new layout over into the profile {name}", name=escape_markdown(name))
        if st.button(label, key=f"adopt_{name}", icon=":material/check:", help=escape_markdown(said) or None):
            save_profile(profile, home.profiles)
            forget_plan()
            st.rerun()


def _accept(home: Home, near: dict[str, str], organisation: Organisation, lang: str) -> None:
    """Each unknown text beside the unit that it may mean; what is ticked is remembered as an alias."""
    chosen = {
        said: code
        for place, (said, code) in enumerate(near.items())
        if st.checkbox(
            text(
                lang, "{said} means {name}", said=escape_markdown(said), name=escape_markdown(organisation.name(code))
            ),
            key=f"meant_{place}_{said}",
        )
    }
    label = text(lang, "Accept and remember ({count})", count=len(chosen))
    if st.button(label, disabled=not chosen, icon=":material/check:"):
        accept_units(home, chosen)
        forget_plan()
        follow_latest()
        st.rerun()


def _likely_place(files: Sequence[StagedFile], organisation: Organisation) -> tuple[str | None, str | None]:
    """The level of most units that the files name rightly, and the unit that all of these belong to; None where there
    is no such.
    """
    known = [code for file in files for sheet in file.sheets for code in sheet.units if code in organisation]
    level = next((level for level, _ in Counter(map(organisation.level, known)).most_common(1)), None)
    above = {organisation.parent(code) for code in known if organisation.level(code) == level}
    return level, above.pop() if len(above) == 1 else None


def _create(
    home: Home, names: Mapping[str, bool], place: tuple[str | None, str | None], organisation: Organisation, lang: str
) -> None:
    """names: text -> whether it is like no unit that is known, and so likely a new one."""
    levels, units = organisation.levels(), units_by_level(organisation)
    level_, above_ = place
    with st.expander(text(lang, "They are new units: create them")):
        choose = text(lang, "Choose")
        kept = st.multiselect(
            text(lang, "New units"),
            list(names),
            default=[name for name, new in names.items() if new],
            placeholder=choose,
        )
        level = st.selectbox(
            text(lang, "Level"),
            levels,
            index=levels.index(level_) if level_ in levels else None,
            format_func=lambda code: labels.level_name(code, lang),
            placeholder=choose,
        )
        above = st.selectbox(
            text(lang, "Belongs to"),
            units,
            index=units.index(above_) if above_ in units else None,
            format_func=lambda code: unit_name(organisation, code),
            placeholder=choose,
        )
        label = text(lang, "Create units ({count})", count=len(kept))
        if st.button(label, disabled=not kept or not level or not above):
            create_units(home, kept, str(level), str(above))
            forget_plan()
            follow_latest()
            st.rerun()


def rank_changes(home: Home, plan: Plan, version: int | None, missing: Missing, lang: str) -> None:
    """The places that would move, worked out on a copy when it is asked for."""
    months = [month for file in plan.accepted for sheet in file.sheets for month in sheet.months]
    if version is None or not months:
        return
    if not st.toggle(text(lang, "Show which ranks would move"), key=RANKS):
        return
    with st.spinner(text(lang, "Trying it on a copy")), what_if(home, plan, missing) as snapshot:
        found = (
            version_changes(figures_of(home, version), Figures(snapshot), max(months)) if snapshot is not None else None
        )
    if found is None or found.empty:
        st.caption(text(lang, "No value and no rank would change in {month}.", month=max(months)))
        return
    metrics = {metric.code: metric for metric in figures_of(home, version).axes.metrics}
    month, before = max(months), str(found["month_before"].iloc[0])
    span = month if before == month else f"{before} → {month}"
    compared = text(lang, "Now → once it is loaded") if before == month else span
    headers = [
        Cell(text(lang, "Metric")),
        Cell(text(lang, "Unit")),
        Cell(text(lang, "Value"), "num", note=compared),
        Cell(text(lang, "Rank"), "num", note=compared),
        Cell(text(lang, "Movement"), "num"),
    ]
    rows = []
    for row in found.head(SHOWN).to_dict("records"):
        metric = metrics.get(str(row["metric"]))
        if metric is None:
            continue
        values = [
            numbers.format_value(row[name], metric.format, metric.decimals, lang)
            for name in ("value_before", "value_after")
        ]
        places = [numbers.format_decimal(row[name]) for name in ("rank_before", "rank_after")]
        rows.append(
            [
                Cell(metric.name.to(lang)),
                Cell(str(row["name"])),
                Cell(" → ".join(values), "num"),
                Cell(" → ".join(places), "num"),
                Cell(numbers.format_movement(row["places"]), "num"),
            ]
        )
    st.html(html_table(headers, [RowGroup(rows)]))
    st.caption(text(lang, "Changes {span}: {shown} of {total} shown", span=span, shown=len(rows), total=len(found)))
    if before != month:
        st.caption(
            text(
                lang,
                "Nothing of {month} is loaded yet: it is compared with {before}, the last month there is.",
                month=month,
                before=before,
            )
        )
