"""The dashboard: page config and menu; nothing else."""

from pathlib import Path

import streamlit as st

from locales import translator
from pages.shared.frame import through_the_menu
from pages.shared.language import current_language
from pages.shared.menu import visibility

_ = translator(current_language())
through_the_menu()
st.set_page_config(
    page_title=_("Service Quality Dashboard"),
    page_icon=Path(__file__).parent / "pages" / "shared" / "icon.svg",
    layout="wide",
)
st.navigation(
    [
        st.Page("pages/overview.py", title=_("Overview"), icon=":material/dashboard:", default=True),
        st.Page("pages/metric.py", title=_("Metric"), icon=":material/query_stats:"),
        st.Page(
            "pages/complaints.py",
            title=_("Complaints"),
            icon=":material/feedback:",
            visibility=visibility("complaints"),
        ),
        st.Page(
            "pages/satisfaction.py",
            title=_("Satisfaction"),
            icon=":material/sentiment_satisfied:",
            visibility=visibility("satisfaction"),
        ),
        st.Page(
            "pages/self_service.py",
            title=_("Self-service"),
            icon=":material/point_of_sale:",
            visibility=visibility("self_service"),
        ),
        st.Page(
            "pages/retention.py", title=_("Retention"), icon=":material/group:", visibility=visibility("retention")
        ),
        st.Page("pages/family.py", title=_("By family"), icon=":material/category:", visibility=visibility("family")),
        st.Page("pages/rankings.py", title=_("Rankings"), icon=":material/leaderboard:"),
        st.Page("pages/compare.py", title=_("Compare"), icon=":material/compare_arrows:"),
        st.Page("pages/trends.py", title=_("Trends"), icon=":material/show_chart:"),
        st.Page("pages/review_pack.py", title=_("Review pack"), icon=":material/slideshow:"),
        st.Page("pages/tables.py", title=_("Tables"), icon=":material/edit_note:"),
        st.Page("pages/upload.py", title=_("Upload"), icon=":material/upload_file:"),
        st.Page("pages/methods.py", title=_("Methods"), icon=":material/menu_book:"),
    ],
    expanded=True,
).run()
