"""Compare: how do any units stand side by side, and which differences are real?"""

from functools import partial

import streamlit as st

from locales import translator
from metrics.analyses.comparison import comparison
from pages.shared.compare.parts import choose_metrics, choose_units, explain_alone, of_units, panels, units_table
from pages.shared.frame.choices import choose_family, choose_window
from pages.shared.frame.lazy import later
from pages.shared.frame.lead_metric import leading
from pages.shared.frame.menu import of_family
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.session.language import current_language

# Metrics that one screen of present mode holds, alone and with the panels of the first below them.
ROWS, SHORT = 7, 2
HEADER, ROW = 48, 46

_ = translator(current_language())
view = open_page(_("Which differences between units are real?"))
with st.container(key="choices"):
    left, middle, right = st.columns([6, 2, 1.4], vertical_alignment="top")
    with left:
        units = choose_units(view)
    with middle:
        family = choose_family(view, _("Family"), listed=True)
    with right:
        months = choose_window(view, _("Months shown"), hidden_label=False)
    leading(view, "", family)
    chosen = choose_metrics(view, family)
metrics = {metric.code: metric for metric in of_family(view, family)}
found = view.drawn(
    "side by side",
    family,
    *units,
    make=lambda: comparison({unit: view.card_of(unit) for unit in units}, metrics, view.organisation),
)
below = _(
    "under each value: the distance to {unit}, coloured where its interval leaves out zero (95% for all units "
    "compared together)"
).format(unit=view.name)
sentence = view.drawn("side by side", "sentence", family, *units, make=lambda: of_units(view, found, metrics))
takeaway(view, sentence, f"{view.span} · {below}")
few = list(metrics)[:ROWS]
shown = found[found["metric"].isin(few)]
if len(few) <= SHORT and chosen:
    stage(
        view,
        chosen[0],
        lambda: panels(view, found, chosen[0], months),
        top=lambda: st.html(units_table(view, shown, units, metrics)),
        high=HEADER + ROW * len(few),
    )
stage(view, None, lambda: st.html(units_table(view, shown, units, metrics)))
if len(units) == 1:
    explain_alone(view)
st.html(view.drawn("side by side", "table", family, *units, make=lambda: units_table(view, found, units, metrics)))
for metric in chosen:
    later(f"panels_{metric.code}", 420, partial(panels, view, found, metric, months), opens=metric is chosen[0])
close_page(view, of=chosen)
