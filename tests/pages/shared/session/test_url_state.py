"""What a session remembers from page to page: what its reader chose, and not what a page began with."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened


def go(app: AppTest, page: str) -> AppTest:
    """A click in the menu: the next page begins with an empty address."""
    app.switch_page(f"pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    return app.run()


@pytest.mark.parametrize(
    ("asked", "family", "metric"),
    [({}, "complaints", "complaints_per_10k"), ({"family": "retention"}, "retention", "mid_high_end_customers")],
)
def test_what_a_page_began_with_is_not_taken_for_a_choice(
    asked: dict[str, str], family: str, metric: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("family", sample_home, monkeypatch, lang="en", unit="DY", **asked)
    began = app.query_params["family"]
    assert began == asked.get("family", "hotline")
    app.query_params["month"] = "2025-10"
    app.run()
    go(app, "compare")
    assert (app.query_params["family"], app.query_params["unit"], app.query_params["month"]) == (
        family,
        "DY",
        "2025-10",
    )
    go(app, "rankings")
    assert (app.query_params["metric"], app.query_params["unit"]) == (metric, "DY")
    go(app, "family")
    assert app.query_params["family"] == began
