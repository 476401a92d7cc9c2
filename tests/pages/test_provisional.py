"""A month that is not over is marked wherever it is shown: on Overview, and in the sidebar where it is the newest."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened, shown


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def card(app: AppTest, figure: str) -> str:
    """The words of the first table that has this figure."""
    return next(
        told for table in re.findall(r"<table.*?</table>", shown(app), re.DOTALL) if figure in (told := words(table))
    )


@pytest.mark.parametrize(
    ("lang", "said", "mark"),
    [
        ("en", "Data to 2025-11 (provisional until 15 Nov)", "provisional"),
        ("zh_Hans", "数据截至 2025-11（暂定，数据截至11月15日）", "暂定"),
        ("zh_Hant", "資料截至 2025-11（暫定，資料截至11月15日）", "暫定"),
    ],
)
def test_overview_and_the_sidebar_mark_it(
    lang: str, said: str, mark: str, unfinished_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", unfinished_home, monkeypatch, lang=lang, month="2025-11", unit="A")
    assert not app.exception
    assert mark in card(app, "60.0"), "beside its figure"
    assert said in words(shown(app))


def test_a_month_that_is_over_is_not_marked(unfinished_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("overview", unfinished_home, monkeypatch, lang="en", month="2025-10", unit="A")
    assert "provisional" not in card(app, "80.2")
