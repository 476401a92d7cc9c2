"""The filters: one bar on top, each showing its value, each in the address."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.model.organisation import Organisation
from locales import translator
from pages.shared.session import controls, url_state
from pages.shared.wording import labels

# Up to here a list is read at a glance; from here on it is searched.
FEW = 15
UNITS = "sq-units"


def default_unit(organisation: Organisation) -> str:
    """The first unit that has both a unit above and units below; else the first at all."""
    middle = (code for code in organisation.codes if organisation.parent(code) and organisation.children(code))
    return next(middle, organisation.codes[0])


def unit_name(organisation: Organisation, code: str) -> str:
    """A name that tells units of the same name apart: those below the second level carry their parent's."""
    path = [organisation.name(code), *(organisation.name(above) for above in organisation.ancestors(code))]
    return path[0] if len(path) < 3 else f"{path[0]} · {path[1]}"


def units_by_level(organisation: Organisation) -> list[str]:
    """All units, level by level from the top."""
    return [code for level in organisation.levels() for code in organisation.at_level(level)]


def unit_choice(organisation: Organisation, label: str, hint: str) -> tuple[str, str]:
    """The unit, and its control; a name or an alias in the address means its code."""
    wanted = url_state.read("unit")
    if wanted and wanted not in organisation:
        found = organisation.find(wanted)
        if found:
            url_state.write(unit=found[0])
    if len(organisation) > FEW:
        unit, _usual = url_state.resolve_choice("unit", organisation.codes, default=default_unit(organisation))
        return unit, controls.search_button("unit", label, UNITS, unit_name(organisation, unit), hint)
    codes = units_by_level(organisation)
    return url_state.choice_control(
        label, "unit", codes, default=default_unit(organisation), shown=lambda code: unit_name(organisation, code)
    )


def unit_options(organisation: Organisation, nothing: str) -> str:
    """The units of lists to search in: the largest part of a page, and the same for every selection."""
    return controls.search_options(
        UNITS, {code: unit_name(organisation, code) for code in units_by_level(organisation)}, nothing
    )


def filter_bar(
    lang: str,
    question: str,
    organisation: Organisation,
    months: Sequence[str],
    compared: bool = True,
    newest: str | None = None,
) -> tuple[str, str, str, str]:
    """The page's question and the four filters: unit, month, period, comparison.

    `compared`: the page follows the last one, and shows it. `newest`: the month shown first, the last if None.
    """
    _ = translator(lang)
    names, bases = labels.period_names(lang), labels.comparison_names(lang)
    unit, unit_control = unit_choice(organisation, _("Unit"), _("Name or code of a unit"))
    month, month_control = url_state.choice_control(
        _("Data month"), "month", list(reversed(months)), default=newest or months[-1]
    )
    period, period_control = url_state.choice_control(
        _("Period"), "period", list(names), shown=names.__getitem__, buttons=True
    )
    compare, compare_control = url_state.choice_control(_("Compare"), "compare", list(bases), shown=bases.__getitem__)
    with st.container(key="filters"):
        st.html(
            f'<div class="sq sq-bar"><p class="sq-page">{escape(question)}</p>'
            f"{unit_control}{month_control}{period_control}{compare_control if compared else ''}</div>"
        )
    return unit, month, period, compare
