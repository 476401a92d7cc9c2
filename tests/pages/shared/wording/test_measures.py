"""Formulas and definitions speak of measures in the words of their feeds, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.feeds import all_feeds
from metrics.definitions import all_metrics
from pages.shared.wording.measures import measure_names, term_words
from tests.pages.test_pages import shown

TERMS = [
    ("complaints_per_10k", "投诉件数", "客户数"),
    ("overall_binding", "整体捆绑客户数", "拍照客户数"),
    ("complaints_per_10k_visits", "投诉件数", "门急诊人次"),
    ("fee_collection", "实收物业费", "应收物业费"),
]


@pytest.mark.parametrize(("code", "numerator", "denominator"), TERMS)
def test_a_metric_s_sums_in_words(code: str, numerator: str, denominator: str) -> None:
    metric = next(one for one in all_metrics() if one.code == code)
    assert (term_words(metric.numerator, "zh_Hans"), term_words(metric.denominator, "zh_Hans")) == (
        numerator,
        denominator,
    )


def test_every_measure_that_a_metric_rests_on_has_words() -> None:
    used = {
        part.measure
        for metric in all_metrics()
        for part in (metric.numerator, metric.denominator, metric.reported)
        if part
    }
    assert used - set(measure_names("en")) == set()


def test_a_measure_of_two_feeds_is_called_the_same() -> None:
    said = {(measure.name, measure.title) for feed in all_feeds() for measure in feed.measures}
    names = [name for name, _ in said]
    assert sorted(name for name in names if names.count(name) > 1) == []


def page() -> None:
    from data.core.home import Home
    from data.snapshots.reader import current_version
    from pages.shared import view
    from pages.shared.metric.parts import definition_block
    from pages.shared.session.selection import Selection

    home = Home.resolve()
    selection = Selection(home, current_version(home) or 0, "zh_Hans", "light", "DY", "2025-11", "month", "previous")
    definition_block(selection, view.metrics(selection)["overall_binding"])


def test_a_definition_shows_no_codes(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(sample_home))
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert "整体捆绑客户数" in shown(app)
    assert "any_base" not in shown(app)
