"""The filters: one bar on top, each showing its value, each in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.organisation import Organisation
from locales import translator
from pages.shared import state, words


def default_unit(organisation: Organisation) -> str:
    """The first unit that has both a unit above and units below; else the first at all."""
    middle = [code for code in organisation.codes if organisation.parent(code) and organisation.children(code)]
    return (middle or organisation.codes)[0]


def unit_name(organisation: Organisation, code: str) -> str:
    """A name that tells units of the same name apart: those below the second level carry their parent's."""
    path = [organisation.name(code), *(organisation.name(above) for above in organisation.ancestors(code))]
    return path[0] if len(path) < 3 else f"{path[0]} · {path[1]}"


def in_order(organisation: Organisation) -> list[str]:
    """All units, level by level from the top."""
    return [code for level in organisation.levels() for code in organisation.at_level(level)]


def choose_unit(organisation: Organisation, label: str) -> str:
    """The unit; a name or an alias in the address means its code."""
    wanted = state.read("unit")
    if wanted and wanted not in organisation:
        found = organisation.find(wanted)
        if found:
            state.write(unit=found[0])
    names = {code: unit_name(organisation, code) for code in in_order(organisation)}
    return state.choose(label, "unit", list(names), default=default_unit(organisation), shown=names.__getitem__)


def filter_bar(
    lang: str, question: str, organisation: Organisation, months: Sequence[str]
) -> tuple[str, str, str, str]:
    """The page's question and the four filters: unit, month, period, comparison."""
    _ = translator(lang)
    with st.container(key="filters"):
        title, units, month_place, period_place, compare_place = st.columns(
            [2.5, 1.7, 1.15, 2.9, 1.55], vertical_alignment="center", gap="small"
        )
        with title:
            st.html(f'<p class="sq sq-page">{question}</p>')
        with units:
            unit = choose_unit(organisation, _("Unit"))
        with month_place:
            month = state.choose(_("Data month"), "month", list(reversed(months)), default=months[-1])
        with period_place:
            names = words.periods(lang)
            period = state.choose(_("Period"), "period", list(names), shown=names.__getitem__, buttons=True)
        with compare_place:
            bases = words.comparisons(lang)
            compare = state.choose(_("Compare"), "compare", list(bases), shown=bases.__getitem__)
    return unit, month, period, compare
