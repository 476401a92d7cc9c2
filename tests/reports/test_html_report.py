"""The HTML, read back: the same numbers, no network, nothing unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.content import gather_content
from reports.html_report import table_html, write_html
from reports.table_model import Table, text_cell


class Tables(HTMLParser):
    """Every table by its key: rows of (text, exact value)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[tuple[str, float | None]]]] = {}
        self._key, self._text, self._value, self._cell = "", "", None, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._key = str(given["data-key"])
            self.found[self._key] = []
        elif tag == "tr":
            self.found[self._key].append([])
        elif tag == "td":
            self._cell, self._text = True, ""
            self._value = float(given["data-value"] or "nan") if "data-value" in given else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._cell = False
            self.found[self._key][-1].append((self._text, self._value))

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._text += data


@pytest.fixture(scope="module")
def source(written: dict[str, Path]) -> str:
    return written[".html"].read_text("utf-8")


@pytest.fixture(scope="module")
def body(source: str) -> str:
    """The page without the charts' library."""
    return re.sub(r"<script.*?</script>", "", source, flags=re.DOTALL)


def test_the_scorecard_says_what_the_command_line_says(
    body: str, card: dict[str, dict[str, Any]], names: dict[str, str]
) -> None:
    parser = Tables()
    parser.feed(body)
    found = {row[0][0]: row for row in parser.found["scorecard"] if row}
    assert set(found) == {names[code] for code in card}
    for code, row in card.items():
        values = [value for _, value in found[names[code]]]
        assert values[2] == row["value"]
        assert values[3] == row["target"]
        assert values[4] == row["attainment"]


def test_all_peers_of_every_ranking_are_there(body: str, pack: dict[str, Any]) -> None:
    parser = Tables()
    parser.feed(body)
    for key, count in pack["rows"].items():
        if key.startswith(("ranking:", "series:", "split:", "reason:")):
            assert len([row for row in parser.found[key] if row]) == count, key


def test_it_works_without_a_network(source: str, body: str) -> None:
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", source)
    assert source.count("<script>") >= 1
    assert "Plotly" in source
    assert "<h1>大洋服务质量月度评审（2025-11）</h1>" in body
    assert re.search(r'<a href="http://127.0.0.1:8501/\?unit=DY&[^"]*version=1[^"]*">在线查看本期数据</a>', body)
    assert "<details open" not in body
    assert "版本" in body.split("<footer>")[1]
    assert "version=" in body.split("<footer>")[1]


def test_months_and_days_stay_in_one_line_and_counts_are_whole(body: str) -> None:
    assert '<td class="day">2025-11</td>' in body
    assert not re.search(r"<td>\d{4}-\d{2}", body)
    parser = Tables()
    parser.feed(body)
    month = parser.found["series:complaints_per_10k"][-1]
    assert [written for written, _ in month[:1]] == ["2025-11"]
    assert all(re.fullmatch(r"[\d,]+", written) for written, _ in month[2:4])


def test_a_long_event_breaks_within_its_column() -> None:
    heads = ("Month", "Kind of point", "Events")
    rows = (tuple(map(text_cell, ("2025-06", "above the upper limit", "全省资费套餐大调整并同步切换新计费系统" * 10))),)
    written = table_html(Table("series:x", "X", heads, rows), "en")
    assert '<td class="day">2025-06</td><td>above the upper limit</td><td class="long">全省' in written


class Tags(HTMLParser):
    """Every tag, and every id."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [str(value) for name, value in attrs if name == "id"]


def test_an_indicator_s_name_is_no_part_of_the_page_s_code(tmp_path: Path) -> None:
    """Its code is what somebody wrote in a cell; a chart once carried it into the page as its element's name."""
    home, attack = Home(tmp_path / "home"), 'x""><img src=x onerror=alert(1)>'
    units = "code,name,level,parent\nP,Province,province,\n" + "".join(f"{unit},{unit},city,P\n" for unit in "ABC")
    rows = (f'2025-{month:02},{unit},"{attack}",{50 + month},100,higher\n' for month in range(1, 10) for unit in "ABC")
    (tmp_path / "units.csv").write_text(units, "utf-8")
    (tmp_path / "own.csv").write_text("month,unit,indicator,numerator,denominator,better\n" + "".join(rows), "utf-8")
    load(home, [tmp_path / "units.csv", tmp_path / "own.csv"])
    content = gather_content(Figures(open_snapshot(home)), "A", "2025-09")
    assert list(content.trends) == list(content.rankings) == [attack.replace('""', '"')]
    write_html(content, tmp_path / "page.html")
    found = Tags()
    found.feed((tmp_path / "page.html").read_text("utf-8"))
    assert "img" not in found.tags
    assert {"trend-0", "ranking-0"} <= set(found.ids)
