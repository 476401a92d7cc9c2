"""Present mode where a page holds more than a screen, or next to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.test_pages import opened, shown


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("compare", {"unit": "DY", "family": "satisfaction"}),
        ("rankings", {"unit": "DY", "level": "hall", "metric": "two_way_evaluation"}),
        ("metric", {"unit": "DY", "month": "2022-12"}),
        ("self_service", {"unit": "DY", "month": "2022-12"}),
    ],
)
def test_it_runs(page: str, query: dict[str, str], sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, sample_home, monkeypatch, lang="en", present="1", **query)
    assert not app.exception
    html = shown(app)
    assert 'class="sq-stage"' in html
    assert html.count("sq-footer") >= 1
    assert html.count("<tr") < 16, "a screen holds a dozen rows"


def test_a_page_on_which_somebody_works_stays_as_it_is(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = shown(opened("review_pack", sample_home, monkeypatch, lang="en", present="1"))
    assert 'class="sq-stage"' not in html
    assert ">Present<" not in html
