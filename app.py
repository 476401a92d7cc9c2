"""The dashboard: page config and menu; nothing else."""

from pathlib import Path

import streamlit as st

from locales import translator
from pages.shared.frame.menu import family_pages
from pages.shared.frame.page import install_scripts, mark_menu_ready
from pages.shared.session.language import current_language

_ = translator(current_language())
mark_menu_ready()
st.set_page_config(
    page_title=_("Service Quality Dashboard"),
    page_icon=Path(__file__).parent / "pages" / "shared" / "icon.svg",
    layout="wide",
)

install_scripts()
SHOWN = family_pages()


def family(path: str, title: str, name: str) -> st.Page:
    """A family's page; hidden where the data has no figures of it."""
    return st.Page(f"pages/{path}.py", title=title, visibility="visible" if name in SHOWN else "hidden")


st.navigation(
    [
        st.Page("pages/overview.py", title=_("Overview"), default=True),
        st.Page("pages/metric.py", title=_("Metric")),
        family("complaints", _("Complaints"), "complaints"),
        family("satisfaction", _("Satisfaction"), "satisfaction"),
        family("self_service", _("Self-service"), "self_service"),
        family("retention", _("Retention"), "retention"),
        family("family", _("By family"), "family"),
        st.Page("pages/rankings.py", title=_("Rankings")),
        st.Page("pages/compare.py", title=_("Compare")),
        st.Page("pages/trends.py", title=_("Trends")),
        st.Page("pages/review_pack.py", title=_("Review pack")),
        st.Page("pages/tables.py", title=_("Tables")),
        st.Page("pages/upload.py", title=_("Upload")),
        st.Page("pages/methods.py", title=_("Methods")),
    ],
    expanded=True,
).run()
