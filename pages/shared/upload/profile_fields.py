"""The fields of an import profile: each changes one thing of the record and leaves the rest as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.feeds import all_feeds, feed_named
from data.model.organisation import Organisation
from data.model.profile import UnitSource
from data.model.sheet import Workbook
from data.profiles import Profile
from data.profiles.draft_month import MONTH_NUMBERS
from data.profiles.forms import (
    IN_TWO_COLUMNS,
    MONTH_WAYS,
    column_rows,
    exclusion_rows,
    indicator_rows,
    month_source,
    month_way,
    with_columns,
    with_exclusions,
    with_indicators,
)
from data.profiles.validation import INDICATORS
from locales import text
from pages.shared.components.charts import block_heading

DEEPEST_HEADER = 3
Key = Callable[[str], str]


def general_fields(base: Profile, book: Workbook, key: Key, lang: str) -> Profile:
    """Name, spreadsheet type, sheets, rows of the header."""
    one, two, three, four = st.columns([2, 2, 2, 1])
    feeds = {feed.name: feed.title.to(lang) for feed in all_feeds()}
    with one:
        name = st.text_input(text(lang, "Name of the profile"), base.name, key=key("name"))
    with two:
        feed = st.selectbox(
            text(lang, "Type"),
            list(feeds),
            index=list(feeds).index(base.feed),
            format_func=feeds.__getitem__,
            key=key("feed"),
        )
    with three:
        sheets = list(dict.fromkeys([*(sheet.name for sheet in book.sheets), *base.sheets]))
        chosen = st.multiselect(
            text(lang, "Sheets"),
            sheets,
            default=list(base.sheets),
            key=key("sheets"),
            placeholder=text(lang, "any whose header fits"),
        )
    with four:
        depth = st.number_input(
            text(lang, "Rows of the header"),
            1,
            max(DEEPEST_HEADER, base.header.rows),
            base.header.rows,
            key=key("depth"),
        )
    header = base.header if base.feed == feed else replace(base.header, columns=())
    profile = (
        base
        if base.feed == feed
        else replace(base, columns={}, constants={}, values={}, scale={}, unpivot=None, indicators=())
    )
    return replace(
        profile,
        name=name.strip() or base.name,
        feed=str(feed),
        sheets=tuple(chosen),
        header=replace(header, rows=int(depth)),
    )


def month_fields(profile: Profile, columns: Sequence[str], key: Key, lang: str) -> Profile:
    """Where the month stands."""
    ways = {
        "column": text(lang, "in a column"),
        "quarter": text(lang, "in columns of year and quarter"),
        "month": text(lang, "in columns of year and month"),
        "label": text(lang, "in the cell beside or below this text"),
        "title": text(lang, "in the title above the table"),
        "sheet": text(lang, "in the sheet's name"),
        "file": text(lang, "in the file's name"),
        "constant": text(lang, "always the same"),
    }
    before, first, second = month_way(profile.month)
    one, two, three = st.columns([2, 2, 2])
    with one:
        way = st.selectbox(
            text(lang, "The month stands"),
            MONTH_WAYS,
            index=MONTH_WAYS.index(before),
            format_func=ways.__getitem__,
            key=key("way"),
        )
    same = way == before
    with two:
        if way == "column" or way in IN_TWO_COLUMNS:
            title = text(lang, "Year") if way in IN_TWO_COLUMNS else text(lang, "Column")
            value = _label(title, columns, first if same else "", key(f"month_{way}"))
        else:
            usual = {"label": "", "constant": ""}.get(way, MONTH_NUMBERS)
            titles = {"label": text(lang, "Text"), "constant": text(lang, "Month")}
            value = st.text_input(
                titles.get(way, text(lang, "Pattern whose groups are year and month")),
                first if same else usual,
                key=key(f"month_{way}"),
            )
    with three:
        titles = {"quarter": text(lang, "Quarter"), "month": text(lang, "Month")}
        other = _label(titles[way], columns, second if same else "", key(f"second_{way}")) if way in titles else ""
    return replace(profile, month=month_source(way, value, other, profile.month.formats if same else ()))


def _label(title: str, columns: Sequence[str], chosen: str, key: str) -> str:
    """One of the file's columns; "" for none."""
    options = list(dict.fromkeys(["", *columns, chosen]))
    return st.selectbox(title, options, index=options.index(chosen), format_func=lambda one: one or "–", key=key)


def unit_fields(profile: Profile, columns: Sequence[str], organisation: Organisation, key: Key, lang: str) -> Profile:
    """Which columns name the unit, and whether unknown units are created."""
    unit: UnitSource = profile.unit
    one, two, three, four = st.columns([2, 2, 2, 2], vertical_alignment="bottom")
    with one:
        options = list(dict.fromkeys([*columns, *unit.columns]))
        chosen = st.multiselect(
            text(lang, "The unit stands in"),
            options,
            default=list(unit.columns),
            key=key("unit"),
            placeholder=text(lang, "no column: one unit for all rows"),
        )
    constant, create, parent = unit.constant, unit.create, unit.parent
    with two:
        if not chosen:
            constant = st.text_input(text(lang, "Unit of all rows"), unit.constant or "", key=key("constant")) or "?"
        else:
            constant = None
            create = st.toggle(text(lang, "Create units that are not known"), unit.create, key=key("create"))
    with three:
        if create and chosen and not unit.parent_columns:
            above = list(
                dict.fromkeys(["", *(fixed.code for fixed in profile.units), *organisation.codes, unit.parent or ""])
            )
            parent = (
                st.selectbox(
                    text(lang, "New units belong to"),
                    above,
                    index=above.index(unit.parent or ""),
                    key=key("parent"),
                    format_func=lambda code: (
                        organisation.name(code)
                        if code in organisation
                        else code or text(lang, "nobody: they stand at the top")
                    ),
                )
                or None
            )
    name = unit.name
    if create and chosen:
        with four:
            name = _label(text(lang, "Their names stand in"), columns, unit.name or "", key("unit_name")) or None
    unit = replace(unit, columns=tuple(chosen), constant=constant, create=create, parent=parent, name=name)
    return replace(profile, unit=replace(unit, level=unit.level or ("unit" if create else None)))


def figures_fields(profile: Profile, columns: Sequence[str], key: Key, lang: str) -> Profile:
    """What the columns mean, and the rows that are not loaded."""
    left, right = st.columns([3, 2])
    with left:
        if profile.feed == INDICATORS and not profile.columns and not profile.unpivot:
            profile = _indicators(profile, columns, key, lang)
        else:
            profile = _mapping(profile, columns, key, lang)
    with right:
        block_heading(text(lang, "Rows that are not loaded"))
        rows = exclusion_rows(profile)
        options = list(dict.fromkeys([*columns, *rows["column"]]))
        config: dict[str, Any] = {
            "column": st.column_config.SelectboxColumn(text(lang, "Column"), options=options),
            "texts": st.column_config.TextColumn(text(lang, "reads (; between texts, * for anything)")),
            "total": st.column_config.CheckboxColumn(text(lang, "is a total"), default=False),
        }
        edited = st.data_editor(
            rows.astype({"column": "object", "texts": "object", "total": "bool"}),
            num_rows="dynamic",
            hide_index=True,
            column_config=config,
            key=key("left_out"),
            placeholder="",
        )
    return with_exclusions(profile, edited)


def _mapping(profile: Profile, columns: Sequence[str], key: Key, lang: str) -> Profile:
    feed = feed_named(profile.feed)
    block_heading(text(lang, "Which column is which"))
    rows = column_rows(profile)
    titles = {column.name: column.title.to(lang) + (" *" if column.required else "") for column in feed.columns}
    shown = rows.assign(column=[titles[name] for name in rows["column"]])
    config: dict[str, Any] = {
        "column": st.column_config.TextColumn(text(lang, "Column of ours (* needed)"), disabled=True),
        "source": st.column_config.SelectboxColumn(
            text(lang, "Column of the file"), options=list(dict.fromkeys([*columns, *profile.columns.values()]))
        ),
    }
    edited = st.data_editor(
        shown, hide_index=True, column_config=config, key=key(f"columns_{profile.feed}"), placeholder=""
    )
    return with_columns(profile, edited.assign(column=rows["column"]))


def _indicators(profile: Profile, columns: Sequence[str], key: Key, lang: str) -> Profile:
    block_heading(
        text(lang, "Figures"),
        text(
            lang, "A value is numerator ÷ denominator, summed before it is divided; without a denominator it is a count"
        ),
    )
    names = {"higher": text(lang, "higher"), "lower": text(lang, "lower"), "neither": text(lang, "neither")}
    options = list(columns)
    config: dict[str, Any] = {
        "code": st.column_config.TextColumn(text(lang, "Code")),
        "name": st.column_config.TextColumn(text(lang, "Name")),
        "numerator": st.column_config.MultiselectColumn(text(lang, "Numerator"), options=options),
        "denominator": st.column_config.MultiselectColumn(text(lang, "Denominator"), options=options),
        "value": st.column_config.SelectboxColumn(text(lang, "Ready-made value"), options=options),
        "better": st.column_config.SelectboxColumn(
            text(lang, "Better is"), options=list(names), format_func=lambda one: names[str(one)]
        ),
        "factor": st.column_config.NumberColumn(text(lang, "Times"), default=1.0),
    }
    edited = st.data_editor(
        indicator_rows(profile),
        num_rows="dynamic",
        hide_index=True,
        column_config=config,
        key=key("indicators"),
        placeholder="",
    )
    return with_indicators(profile, edited)
