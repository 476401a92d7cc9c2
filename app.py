"""The dashboard: who may reach it, page config and menu; nothing else.

Streamlit imports this file once as the server's application, and runs it as a script for each reader.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.core.home import Home
from locales import translator
from pages.shared.frame.menu import family_pages
from pages.shared.frame.page import install_scripts, mark_menu_ready
from pages.shared.session.gate import Gate
from pages.shared.session.language import current_language
from pages.shared.session.monitoring import ROUTES, measured_run
from pages.shared.session.sign_in import require_viewer, shows_audit


def family(path: str, title: str, shown: bool) -> st.Page:
    """A family's page; hidden where the data has no figures of it."""
    return st.Page(f"pages/{path}.py", title=title, visibility="visible" if shown else "hidden")


def show_page() -> None:
    """The menu, and the page that the address names, for who may see it."""
    _ = translator(current_language())
    mark_menu_ready()
    st.set_page_config(
        page_title=_("Service Quality Dashboard"),
        page_icon=Path(__file__).parent / "pages" / "shared" / "icon.svg",
        layout="wide",
    )
    home = require_viewer(Home.resolve())
    install_scripts()
    shown = family_pages(home)
    st.navigation(
        [
            st.Page("pages/overview.py", title=_("Overview"), default=True),
            st.Page("pages/metric.py", title=_("Metric")),
            family("complaints", _("Complaints"), "complaints" in shown),
            family("satisfaction", _("Satisfaction"), "satisfaction" in shown),
            family("self_service", _("Self-service"), "self_service" in shown),
            family("retention", _("Retention"), "retention" in shown),
            family("family", _("By family"), "family" in shown),
            st.Page("pages/rankings.py", title=_("Rankings")),
            st.Page("pages/compare.py", title=_("Compare")),
            st.Page("pages/trends.py", title=_("Trends")),
            st.Page("pages/review_pack.py", title=_("Review pack")),
            st.Page("pages/tables.py", title=_("Tables")),
            st.Page("pages/upload.py", title=_("Upload")),
            st.Page("pages/methods.py", title=_("Methods")),
            st.Page("pages/audit.py", title=_("Audit"), visibility="visible" if shows_audit(home) else "hidden"),
        ],
        expanded=True,
    ).run()


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, middleware=[Middleware(Gate)], routes=ROUTES)
else:
    with measured_run():
        show_page()
