"""The way up, the way down, and the address to copy."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.pages.test_pages import opened, shown


def test_the_units_above_are_links_to_the_same_view(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(sample_home)).organisation
    hall = organisation.at_level("hall")[0]
    app = opened(
        "rankings", sample_home, monkeypatch, unit=hall, lang="en", metric="complaints_per_10k", month="2025-06"
    )
    found = re.search(r'<nav class="sq-crumbs".*?</nav>', shown(app), re.DOTALL)
    assert found
    links = [parse_qs(unescape(link).lstrip("?")) for link in re.findall(r'href="([^"]*)"', found[0])]
    assert [link["unit"][0] for link in links] == list(organisation.ancestors(hall))[::-1]
    assert all(link["metric"] == ["complaints_per_10k"] and link["month"] == ["2025-06"] for link in links)


def test_the_top_has_nothing_above(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    top = open_snapshot(Home(sample_home)).organisation.roots()[0]
    assert (
        "sq-crumbs"
        not in shown(opened("overview", sample_home, monkeypatch, unit=top, lang="en")).split("</style>")[-1]
    )
