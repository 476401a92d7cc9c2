"""Audit: who signed in, looked at tickets, loaded, undid and took files away; for administrators."""

import streamlit as st

from data.core.audit import entries, verify
from data.core.formula_guard import guard_frame
from data.model.errors import NotAllowed
from data.snapshots.permits import permit
from locales import translator
from pages.shared.audit.lines import audit_frame, audit_table
from pages.shared.frame.page import plain_title, start_page
from pages.shared.session.language import current_language
from pages.shared.session.markup import show_error

SHOWN = 200
_ = translator(current_language())
lang, home = start_page()
try:
    permit(home, "audit")
except NotAllowed as problem:
    show_error(problem)
    st.stop()
plain_title(
    _("Audit"),
    _("Who did what, each line sealed by the next"),
    _("Customers, cells and names of files never stand here"),
)
broken = verify(home)
if broken is not None:
    show_error(
        _("The lines are not as they were written: {file}, line {line}").format(file=broken.file, line=broken.line)
    )
frame = audit_frame(entries(home))
with st.container(horizontal=True):
    who = st.selectbox(_("By"), sorted(frame["who"].unique()), index=None, placeholder=_("Everybody"))
    event = st.selectbox(_("What"), sorted(frame["event"].unique()), index=None, placeholder=_("Everything"))
    month = st.selectbox(
        _("Month"), sorted(frame["at"].str[:7].unique())[::-1], index=None, placeholder=_("All months")
    )
chosen = frame
for values, wanted in ((frame["who"], who), (frame["event"], event), (frame["at"].str[:7], month)):
    if wanted is not None:
        chosen = chosen[values.loc[chosen.index].eq(str(wanted))]
st.html(audit_table(chosen.tail(SHOWN).iloc[::-1], lang))
st.caption(_("{shown} of {total} shown").format(shown=min(SHOWN, len(chosen)), total=len(chosen)))
st.download_button(
    _("Download these lines (CSV)"),
    "\ufeff" + guard_frame(chosen).to_csv(index=False, lineterminator="\n"),
    "audit.csv",
    "text/csv",
    on_click="ignore",
    icon=":material/download:",
)
