"""Every page runs in the three languages over an empty home, over the samples, and over a single month."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "overview",
    "metric",
    "complaints",
    "satisfaction",
    "self_service",
    "retention",
    "family",
    "rankings",
    "compare",
    "review_pack",
    "trends",
    "tables",
    "upload",
    "methods",
)
LANGUAGES = ("en", "zh_Hans", "zh_Hant")
CHINESE = re.compile("[\u4e00-\u9fff]")


def opened(page: str, home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The page as a browser would open it to print it, by its address: also what lies below the first screen."""
    query = {"whole": "1", **query}
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(home))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    return app.run()


def shown(app: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_empty_home(page: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, tmp_path, monkeypatch, lang=lang)
    assert not app.exception
    if page not in ("upload", "methods"):
        said = {"en": "Nothing has been loaded yet", "zh_Hans": "还没有导入任何数据", "zh_Hant": "還沒有匯入任何資料"}
        assert said[lang] in shown(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_samples(page: str, lang: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, sample_home, monkeypatch, lang=lang)
    assert not app.exception
    assert "sq-takeaway" in shown(app)
    assert not re.search(r"\b(nan|None|NaT)\b", re.sub(r"<[^>]*>", " ", shown(app)))


def test_a_page_is_opened_whole(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("metric", sample_home, monkeypatch, lang="en")
    assert app.query_params["whole"] == "1"
    assert next(tab.label for tab in app.tabs) == "Table", "the last block of the page"
    assert "Sample data: invented figures" in shown(app)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (
            "DY",
            r"荷塘和平街营业厅 is first with 97\.79 \(not distinguishable from 2 others\)",
        ),  # three of 492 halls have a base for a place
        (
            "DY01H01",
            r"荷塘和平街营业厅 is first with 97\.79 \(not [^)]+\); \S+ has [\d.]+ on too small a base for a place",
        ),
    ],
)
def test_a_headline_names_those_that_have_a_place(
    unit: str, said: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("rankings", sample_home, monkeypatch, level="hall", metric="two_way_evaluation", unit=unit, lang="en")
    assert re.search(said, shown(app))
    assert "Not placed: base too small, or nothing known" in shown(app)


@pytest.mark.parametrize("page", ["metric", "complaints", "satisfaction", "self_service", "retention"])
def test_a_province_is_shown_by_its_parts(page: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit, title in (("HY", "Inside the unit"), ("DY", "mong (its|the) peers")):
        html = shown(opened(page, sample_home, monkeypatch, unit=unit, metric="complaints_per_10k", lang="en"))
        assert len(re.findall(title, html)) == 1, unit
    assert ("Inside the unit" in html) == (page == "complaints"), "a city has both, where its page shows both"


def test_a_long_ranking_shows_the_neighbours_and_leads_to_all(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(opened("complaints", sample_home, monkeypatch, unit="DY01", lang="en"))
    assert "12 of 90 units, with their places" in html
    assert re.search(r'href="rankings\?[^"]*unit=DY01&[^"]*metric=complaints_per_10k&(amp;)?level=county"', html)
    assert "with their places" not in shown(opened("complaints", sample_home, monkeypatch, unit="DY", lang="en"))


def test_segments_that_are_not_all_say_of_how_many_they_are_known(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only one of eleven cities has tickets, which alone name a department.
    assert re.search(
        r"known of 136 of 2,\d{3}", shown(opened("complaints", sample_home, monkeypatch, unit="HY", lang="en"))
    )
    assert "known of" not in shown(opened("complaints", sample_home, monkeypatch, unit="DY", lang="en"))


@pytest.mark.parametrize("period", ["month", "quarter", "ytd", "rolling12"])
@pytest.mark.parametrize("compare", ["previous", "last_year"])
def test_periods(period: str, compare: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("overview", sample_home, monkeypatch, period=period, compare=compare, lang="en")
    assert not app.exception
    assert app.query_params["period"] == period
    assert app.query_params["compare"] == compare


@pytest.mark.parametrize("page", PAGES[:-3])
def test_the_first_month_has_nothing_before_it(page: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, sample_home, monkeypatch, month="2022-12", lang="en")
    assert not app.exception


@pytest.mark.parametrize("page", PAGES[:-3])
@pytest.mark.parametrize("depth", [0, 2, 3])
def test_units_of_every_level(page: str, depth: int, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(sample_home)).organisation
    level = organisation.levels()[depth]
    app = opened(page, sample_home, monkeypatch, unit=organisation.at_level(level)[0], lang="zh_Hans")
    assert not app.exception


def test_everything_chosen_stands_in_the_address(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("overview", sample_home, monkeypatch, unit="大洋")
    assert {"unit", "month", "period", "compare", "lang", "version"} <= set(app.query_params)
    assert app.query_params["unit"] != "大洋", "a name in the address becomes the code"


def test_nonsense_in_the_address_falls_back(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("trends", sample_home, monkeypatch, unit="nobody", month="1999-01", period="x", metric="x", lang="xx")
    assert not app.exception
    assert "sq-takeaway" in shown(app)


def test_a_choice_survives_the_menu(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("overview", sample_home, monkeypatch, lang="en")
    app.query_params["month"] = "2025-06"
    app.run()
    app.query_params.clear()
    app.switch_page("pages/complaints.py").run()
    assert app.query_params["month"] == "2025-06"


@pytest.mark.parametrize("way", ["bars", "places", "funnel"])
@pytest.mark.parametrize("metric", ["complaints_per_10k", "hall_composite"])
def test_ways_of_a_ranking(way: str, metric: str, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("rankings", sample_home, monkeypatch, lang="en", unit="DY", metric=metric, chart=way)
    assert not app.exception
    assert app.query_params["chart"] == (way if (way, metric) != ("funnel", "hall_composite") else "bars")


def test_a_page_s_script_holds_no_bare_string_but_its_docstring() -> None:
    """Streamlit would show it (`magic`), in one language."""
    assert not [
        f"{page}:{one.lineno}"
        for page in PAGES
        for one in ast.parse((ROOT / "pages" / f"{page}.py").read_text("utf-8")).body[1:]
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    ]


def test_all_units_of_a_long_ranking_are_one_choice_away(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who, listed in (("nearest", 12), ("all", 90)):
        query = {"unit": "DY01", "level": "county", "metric": "complaints_per_10k", "lang": "en"}
        html = shown(opened("rankings", sample_home, monkeypatch, who=who, **query))
        assert f"{listed} of 90 units" in html
        assert len(re.findall(r'href="trends\?', html)) == listed
        columns = re.search(r"sq-heat.*?<thead><tr><th></th>(.*?)</tr>", html, re.DOTALL)
        assert columns is not None
        assert columns[1].count("<th ") == listed


def test_a_league_table_may_be_ordered_by_estimates(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"unit": "DY01", "level": "county", "metric": "complaints_per_10k", "lang": "en", "who": "all"}
    measured, estimated = (
        shown(opened("rankings", sample_home, monkeypatch, order=order, **query)) for order in ("measured", "estimated")
    )
    assert ("empirical Bayes" in measured, "empirical Bayes" in estimated) == (False, True)
    orders = [re.findall(r'href="trends\?[^"]*unit=([^&"]+)', html) for html in (measured, estimated)]
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_what_is_not_known_is_said_and_something_else_is_shown(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(opened("metric", sample_home, monkeypatch, lang="en", unit="<b>NOPE", month="2031-01", metric="no"))
    assert "something else is shown: &lt;b&gt;NOPE, 2031-01, no</p>" in html
    known = shown(opened("metric", sample_home, monkeypatch, lang="en", unit="大洋", month="2025-10"))
    assert "something else is shown" not in known


def test_a_version_that_is_not_kept_leads_to_the_newest(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("metric", sample_home, monkeypatch, lang="en", version="99")
    assert "Version 99 cannot be shown" in shown(app)
    assert "Nothing has been loaded yet" not in shown(app)
    app.button[0].click().run()
    assert "sq-takeaway" in shown(app)
    assert app.query_params["version"] == "1"


@pytest.mark.parametrize(
    ("period", "said", "limits"),
    [
        ("month", "Usual: within", True),
        ("quarter", "2025 Q4 to 2025-11 · 2025-11 alone: Usual: within", False),
        ("rolling12", "12 months to 2025-11 · 2025-11 alone: Usual: within", False),
    ],
)
def test_the_limits_of_a_month_do_not_judge_a_longer_period(
    period: str, said: str, limits: bool, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"lang": "en", "unit": "DY", "month": "2025-11", "metric": "complaints_per_10k", "period": period}
    app = opened("trends", sample_home, monkeypatch, **query)
    assert f'<p class="sq-sub">{said}' in shown(app)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    dotted = [line for line in figure["data"] if line.get("line", {}).get("dash") == "longdash"]
    assert bool(dotted) == limits
    months = max((line["x"] for line in figure["data"] if line.get("customdata") or line.get("hovertext")), key=len)
    first = {"month": "2022-12", "quarter": "2023-03", "rolling12": "2023-11"}[period]
    assert min(months) >= first, "sums of 12 months begin with the twelfth, quarters with the first whole one"
    assert period != "quarter" or {month[5:] for month in months} <= {"03", "06", "09", "12", "11"}, "a point a quarter"


def test_the_overview_compares_with_what_was_chosen(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {}
    for compare, title in (("previous", "Changed since the period before"), ("last_year", "Changed since last year")):
        html = shown(
            opened("overview", sample_home, monkeypatch, lang="en", unit="DY", month="2025-11", compare=compare)
        )
        assert title in html
        changed[compare] = html.split(title, 1)[1].split("</ol>", 1)[0]
    assert "noise" in changed["previous"]
    assert "noise" not in changed["last_year"], "places moved since the month before, not since a year"
    assert "target now" in changed["last_year"] or "signal" in changed["last_year"]


@pytest.mark.parametrize(
    ("page", "version", "refused"),
    [("overview", "9" * 400, True), ("upload", "7000", True), ("methods", "9" * 5000, True), ("tables", "-1", False)],
)
def test_a_version_that_is_not_kept(
    page: str, version: str, refused: bool, light_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(page, light_home, monkeypatch, version=version)
    assert not app.exception
    assert ("cannot be shown" in shown(app)) is refused
