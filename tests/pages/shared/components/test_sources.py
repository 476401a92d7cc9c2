"""The footer names the files of what the page shows, and not those of everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.snapshots.reader import current_version
from pages.shared import view
from pages.shared.components.sources import source_files
from pages.shared.session.selection import Selection
from tests.pages.test_pages import opened, shown


@pytest.fixture
def selection(sample_home: Path) -> Selection:
    home = Home(sample_home)
    return Selection(home, current_version(home) or 0, "en", "light", "DY", "2025-11", "month", "previous")


@pytest.mark.parametrize(
    ("metric", "feeds"),
    [
        ("hotline_first_contact", {"hotline"}),
        ("complaints_per_10k", {"complaints_tickets", "complaints_monthly", "customers"}),
        ("hall_composite", {"satisfaction_scores", "satisfaction_responses", "recharge"}),
        ("hall_quarters_passed", {"satisfaction_scores", "satisfaction_responses", "recharge"}),
    ],
)
def test_the_files_of_what_a_metric_counts(selection: Selection, metric: str, feeds: set[str]) -> None:
    assert set(source_files(selection, [view.metrics(selection)[metric]])["feed"]) <= feeds
    assert set(source_files(selection, [])["feed"]) > feeds


def test_the_units_own_come_first(selection: Selection) -> None:
    found = source_files(selection, [view.metrics(selection)["complaints_per_10k"]])
    assert found["other"].is_monotonic_increasing
    assert not found["other"].iloc[0]
    assert found["other"].iloc[-1]


def test_a_page_names_them(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(opened("family", sample_home, monkeypatch, unit="DY", month="2025-11", family="hotline", lang="en"))
    assert "Source: 熱線服務.xlsx ·" in page
