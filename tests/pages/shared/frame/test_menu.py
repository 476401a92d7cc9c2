"""The menu follows the data, and no page needs a telecom metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from pages.shared.frame.menu import FAMILIES_WITH_PAGE, family_pages, pages_with_data
from tests.pages.test_pages import PAGES, opened, shown


@pytest.mark.parametrize(
    ("families", "pages"),
    [
        (set(), set(FAMILIES_WITH_PAGE)),
        ({"complaints"}, {"complaints"}),
        ({"complaints", "hotline"}, {"complaints", "family"}),
        ({"patients", "patient_flow"}, {"family"}),
    ],
)
def test_pages_of_families(families: set[str], pages: set[str]) -> None:
    assert pages_with_data(frozenset(families)) == pages


def test_the_menu_of_each_home(pack_homes: dict[str, Path], sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    homes = {**pack_homes, "telecom": sample_home}
    seen = {}
    for name, home in homes.items():
        monkeypatch.setenv("SERVICE_QUALITY_HOME", str(home))
        seen[name] = set(family_pages(Home.resolve()))
    assert seen == {"hospital": {"family"}, "property": {"family"}, "telecom": {*FAMILIES_WITH_PAGE, "family"}}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("pack", ["hospital", "property"])
def test_other_lines_of_business(
    pack: str, page: str, pack_homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(page, pack_homes[pack], monkeypatch, lang="en")
    assert not app.exception
    assert "sq-takeaway" in shown(app)
    assert ("No figures of this kind are loaded" in shown(app)) == (page in FAMILIES_WITH_PAGE)


def test_every_family_has_its_turn(pack_homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for family in ("patients", "medical_quality", "patient_flow"):
        app = opened("family", pack_homes["hospital"], monkeypatch, lang="zh_Hans", family=family)
        assert not app.exception
        assert app.query_params["family"] == family
