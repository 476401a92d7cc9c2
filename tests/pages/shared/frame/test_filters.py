"""The bar of filters: its question is words, whatever is in them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import shown


def page() -> None:
    from pages.shared.frame.filters import filter_bar
    from tests.data.small_books import ORGANISATION

    filter_bar("en", "<b>R&D</b>?", ORGANISATION, ["2025-11"])


def test_a_question_is_escaped() -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert '<p class="sq-page">&lt;b&gt;R&amp;D&lt;/b&gt;?</p>' in shown(app)
