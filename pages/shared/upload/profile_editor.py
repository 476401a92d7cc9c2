"""An import profile for a dropped file: drafted, edited, tried and saved.

It is edited in small tables or as text, and tried on the file with every change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from charts import numbers
from data.core.home import Home
from data.intake.workbook import StagingOptions, stage_workbook
from data.loading.plan import Plan
from data.model.errors import ServiceQualityError
from data.model.organisation import Organisation
from data.model.sheet import Workbook
from data.model.staged import StagedFile
from data.profiles import Profile, all_profiles, profile_problems, read_profile, remove_profile, save_profile
from data.profiles.draft import Draft, propose_profile, table_labels
from data.profiles.draft_text import draft_text
from data.reading import read_file
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.session.markup import escape_markdown, show_error
from pages.shared.upload.plan import BASE, BOOK, forget_plan
from pages.shared.upload.profile_fields import figures_fields, general_fields, month_fields, unit_fields
from pages.shared.upload.sheet_pointer import reconciliation, sheet_pointer
from pages.shared.wording.findings import batch_facts, finding_titles, name_list, severity_names

ROUND = "profile_round"
DRAFT, NO_TABLE = "", "no_table"
ROWS_SHOWN, FINDINGS_SHOWN = 12, 20


def profile_editor(home: Home, plan: Plan, organisation: Organisation, digest: str, lang: str) -> None:
    """For one of the plan's files that can be read at all."""
    files = {place: file for place, file in enumerate(plan.files) if file.sha256 and _readable(file)}
    if not files:
        return
    lost = next(
        (
            place
            for place, file in files.items()
            if any(one.code == NO_TABLE for one in file.findings) and _read(file)[1]
        ),
        None,
    )
    title = text(lang, "Describe a layout: import profile")
    box = st.expander(
        title, expanded=lost is not None, icon=":material/table_edit:", key=f"profile_{digest}", on_change="rerun"
    )
    # What nobody looks at is not read and tried either.
    if not box.open:
        return
    with box:
        st.caption(
            text(
                lang,
                "For exports of another office: say once where the month, the unit and the figures stand. Next "
                "month's file is recognised by its header.",
            )
        )
        left, right = st.columns(2)
        with left:
            place = st.selectbox(
                text(lang, "File"),
                list(files),
                index=list(files).index(lost) if lost is not None else 0,
                format_func=lambda one: files[one].name,
                key=f"profile_file_{digest}",
            )
        saved = {profile.name: profile for profile in all_profiles([home.profiles])}
        used = next((sheet.profile for sheet in files[place].sheets if sheet.profile in saved), DRAFT)
        with right:
            start = st.selectbox(
                text(lang, "Begin with"),
                [DRAFT, *saved],
                index=[DRAFT, *saved].index(used or DRAFT),
                key=f"profile_start_{digest}_{place}",
                format_func=lambda name: name or text(lang, "a draft made from the file"),
            )
        try:
            book, drafted = _read(files[place])
        except ServiceQualityError as problem:
            show_error(problem)
            return
        begun = Draft(saved[str(start)]) if start in saved else drafted
        if begun is None:
            st.info(
                text(lang, "No table was found in this file, so no draft can be made of it."), icon=":material/info:"
            )
            return
        base = _base(begun, f"{digest}_{place}_{start}")
        _edit(home, files[place], book, base, organisation, saved, lang)


def _readable(file: StagedFile) -> bool:
    """Whether anything of the file could be read, rightly or wrongly understood."""
    return bool(file.sheets) or any(finding.code in (NO_TABLE, "no_data") for finding in file.findings)


def _read(file: StagedFile) -> tuple[Workbook, Draft | None]:
    """The file as read, and the draft made of it; None where it holds no table to describe."""
    kept: dict[str, tuple[Workbook, Draft | None]] = st.session_state.setdefault(BOOK, {})
    if file.sha256 not in kept:
        book = read_file(file.path, file.name)
        try:
            kept[file.sha256] = (book, propose_profile(book))
        except ServiceQualityError:
            kept[file.sha256] = (book, None)
    return kept[file.sha256]


def _base(begun: Draft, key: str) -> Draft:
    """What the fields begin with: the chosen profile, a draft, or the text that was taken over last."""
    kept = st.session_state.get(BASE)
    if not kept or kept[0] != key:
        kept = st.session_state[BASE] = (key, begun)
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    return kept[1]


def _edit(
    home: Home,
    file: StagedFile,
    book: Workbook,
    base: Draft,
    organisation: Organisation,
    saved: dict[str, Profile],
    lang: str,
) -> None:
    number = st.session_state[ROUND]

    def key(name: str) -> str:
        return f"profile_{name}_{number}"

    above = st.container()
    profile = general_fields(base.profile, book, key, lang)
    columns = table_labels(book, profile)
    profile = month_fields(profile, columns, key, lang)
    profile = unit_fields(profile, columns, organisation, key, lang)
    profile = figures_fields(profile, columns, key, lang)
    profile = replace(profile, header=replace(profile.header, known=columns))
    with above:
        pointed = sheet_pointer(profile, book, key, lang)
    if pointed is not None:
        _begin_anew(Draft(pointed))
    with st.popover(text(lang, "Everything as text"), icon=":material/code:"):
        # What the draft is not sure of stands in it as comments.
        now = draft_text(replace(base, profile=profile))
        written = st.text_area(
            text(lang, "The whole profile (TOML); also what the fields above do not show"),
            now,
            height=420,
            key=f"{key('text')}_{hash(now)}",
        )
        if st.button(text(lang, "Take this text"), key=key("take")):
            _take(base.profile, written)
    wrong = list(profile_problems(profile, lang))
    for sentence in wrong:
        show_error(sentence)
    if not wrong:
        _try(profile, file, book, organisation, lang)
    left, right, _rest = st.columns([2, 2, 4])
    with left:
        label = (
            text(lang, "Save over {name}", name=escape_markdown(profile.name))
            if profile.name in saved
            else text(lang, "Save the profile")
        )
        if st.button(label, type="primary", disabled=bool(wrong), icon=":material/save:", key=key("save")):
            _keep(home, profile)
    with right:
        own = (home.profiles / f"{profile.name}.toml").is_file()
        if own and st.button(text(lang, "Remove the saved profile"), icon=":material/delete:", key=key("remove")):
            remove_profile(profile.name, home.profiles)
            forget_plan()
            st.rerun()


def _take(base: Profile, written: str) -> None:
    try:
        taken = read_profile(written, base.name)
    except ServiceQualityError as problem:
        show_error(problem)
        return
    _begin_anew(Draft(taken))


def _begin_anew(draft: Draft) -> None:
    """The fields begin with another profile."""
    st.session_state[BASE] = (st.session_state[BASE][0], draft)
    st.session_state[ROUND] += 1
    st.rerun()


def _keep(home: Home, profile: Profile) -> None:
    try:
        save_profile(profile, home.profiles)
    except ServiceQualityError as problem:
        show_error(problem)
        return
    forget_plan()
    st.rerun()


def _try(profile: Profile, file: StagedFile, book: Workbook, organisation: Organisation, lang: str) -> None:
    """What the file would be with this profile: the first rows as they would be loaded, and what is wrong."""
    staged = stage_workbook(file.path, organisation, StagingOptions(profile=profile), book=book)
    sheets = [sheet for sheet in staged.sheets if sheet.feed.name == profile.feed]
    rows = sum(len(sheet.frame) for sheet in sheets)
    months = sorted({month for sheet in sheets for month in sheet.months})
    units = {unit for sheet in sheets for unit in sheet.units}
    found = batch_facts(rows, len(units), months, lang)
    block_heading(
        text(lang, "With this profile ({found})", found=found), text(lang, "The first rows as they would be loaded")
    )
    for sheet in sheets[:1]:
        names = [
            column
            for column in sheet.feed.columns
            if column.name in sheet.frame and sheet.frame[column.name].notna().any()
        ]
        head = sheet.frame.head(ROWS_SHOWN)
        body = [
            [Cell(_told(value)) for value in line]
            for line in head[[column.name for column in names]].to_numpy(dtype=object)
        ]
        if body:
            st.html(
                '<div class="sq-small">'
                f"{html_table([Cell(column.title.to(lang)) for column in names], [RowGroup(body)])}</div>"
            )
        reconciliation(profile, book.sheets, sheet, lang)
    problems_ = sorted(staged.all_findings, key=lambda one: ("error", "warning", "note").index(one.severity))
    if problems_:
        titles, words = finding_titles(lang), severity_names(lang)
        lines = [
            [
                Cell(words[one.severity], "sq-whole worse" if one.severity == "error" else "sq-whole"),
                Cell(one.cell or str(one.row or ""), "sq-whole"),
                Cell(str(one.value or ""), "sq-value"),
                Cell(one.message(lang), "sq-said"),
            ]
            for one in problems_[:FINDINGS_SHOWN]
        ]
        st.html(
            '<div class="sq-small">'
            f"{html_table([Cell(titles[0]), Cell(titles[3]), Cell(titles[4]), Cell(titles[5])], [RowGroup(lines)])}"
            "</div>"
        )
        if len(problems_) > FINDINGS_SHOWN:
            st.caption(text(lang, "{shown} of {total} shown", shown=FINDINGS_SHOWN, total=len(problems_)))
    unread = [label for sheet in sheets for label in sheet.ignored]
    if unread:
        st.caption(f"{text(lang, 'Not used')}: {escape_markdown(name_list(unread, lang, 12))}")


def _told(value: Any) -> str:
    if value is None or value != value:
        return numbers.MISSING
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d")).removesuffix("-01")
    return f"{value:,.6g}" if isinstance(value, float) else str(value)
