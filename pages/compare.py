"""Compare: how do any units stand side by side, and which differences are real?"""

from functools import partial

import streamlit as st

from locales import translator
from metrics.analyses.comparison import comparison
from pages.shared import view
from pages.shared.compare.parts import (
    choose_metrics,
    choose_units,
    comparison_takeaway,
    explain_alone,
    unit_panels,
    units_table,
)
from pages.shared.frame.choices import choose_family, choose_window
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.menu import family_metrics
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

# Metrics that one screen of present mode holds, alone and with the panels of the first below them.
ROWS, SHORT = 7, 2
HEADER, ROW = 48, 46

_ = translator(current_language())
selection = open_page(_("Which differences between units are real?"))
with st.container(key="choices"):
    left, middle, right = st.columns([6, 2, 1.4], vertical_alignment="top")
    with left:
        units = choose_units(selection)
    with middle:
        family = choose_family(selection, _("Family"), listed=True)
    with right:
        months = choose_window(selection, _("Months shown"), hidden_label=False)
    lead_metric(selection, "", family)
    chosen = choose_metrics(selection, family)
metrics = {metric.code: metric for metric in family_metrics(selection, family)}
found = view.cached(
    selection,
    "side by side",
    family,
    *units,
    make=lambda: comparison(
        {unit: view.scorecard_of(selection, unit) for unit in units}, metrics, view.organisation(selection)
    ),
)
below = _(
    "under each value: the distance to {unit}, coloured where its interval leaves out zero (95% for all units "
    "compared together)"
).format(unit=view.unit_name(selection))
sentence = view.cached(
    selection, "side by side", "sentence", family, *units, make=lambda: comparison_takeaway(selection, found, metrics)
)
takeaway_title(selection, sentence, f"{view.months_shown(selection)} · {below}")
few = list(metrics)[:ROWS]
shown = found[found["metric"].isin(few)]
if len(few) <= SHORT and chosen:
    present(
        selection,
        chosen[0],
        lambda: unit_panels(selection, found, chosen[0], months),
        top=lambda: st.html(units_table(selection, shown, units, metrics)),
        high=HEADER + ROW * len(few),
    )
present(selection, None, lambda: st.html(units_table(selection, shown, units, metrics)))
if len(units) == 1:
    explain_alone(selection)
st.html(
    view.cached(
        selection, "side by side", "table", family, *units, make=lambda: units_table(selection, found, units, metrics)
    )
)
for metric in chosen:
    lazy_block(
        f"panels_{metric.code}", 420, partial(unit_panels, selection, found, metric, months), opens=metric is chosen[0]
    )
close_page(selection, of=chosen)
