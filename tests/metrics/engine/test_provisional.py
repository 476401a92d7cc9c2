"""A month that is not over is shown and marked; it is not judged, and changes no verdict of the months before."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.snapshots.reader import open_snapshot
from metrics.analyses.explain import explain
from metrics.analyses.funnel import funnel
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import trend
from metrics.engine.figures import Figures
from metrics.wording.provisional import card_in_words, provisional_in_words

UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\nC,Gamma,city,P\n"
HEADER = "month,unit,calls,resolved_first_contact\n"
METRIC = "hotline_first_contact"
ROWS = [(f"2025-{month:02d}", unit, 20_000 + 100 * month, 16_000 + 37 * month * step % 900)
        for month in range(1, 11) for step, unit in enumerate("ABC", 3)]  # fmt: skip


def file(folder: Path, name: str, rows: list[tuple[str, str, int, int]], title: str = "") -> Path:
    path = folder / name
    path.write_text(title + HEADER + "".join(f"{','.join(map(str, row))}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Figures]:
    """Ten whole months, and the same with the first half of November, far from all before, of A and B."""
    folder = tmp_path_factory.mktemp("provisional")
    home = Home(folder / "home")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    assert load(home, [folder / "units.csv", file(folder, "whole.csv", ROWS)]).committed
    half = [("2025-11", "A", 9_000, 2_000), ("2025-11", "B", 9_000, 3_000)]
    assert load(home, [file(folder, "hotline 11.1-11.15.csv", half)]).committed
    return Figures(open_snapshot(home, 1)), Figures(open_snapshot(home, 2))


def test_its_figures_are_shown_and_not_judged(figures: tuple[Figures, Figures]) -> None:
    row = trend(figures[1], METRIC, "A", "2025-11").iloc[-1]
    assert row["value"] == pytest.approx(100 * 2_000 / 9_000)
    assert row["provisional_until"] == "2025-11-15"
    assert [row[name] for name in ("signal", "verdict", "variation", "assurance")] == [None] * 4
    unknown = ("mom", "yoy", "rank_change", "attainment", "met", "gap", "to_target", "next_gap")
    assert row[list(unknown)].isna().all()


def test_it_changes_nothing_of_the_months_before(figures: tuple[Figures, Figures]) -> None:
    before, after = (trend(one, METRIC, "A", "2025-10") for one in figures)
    assert before.equals(after)
    # Neither the limits of a chart that is drawn over it.
    drawn = trend(figures[1], METRIC, "A", "2025-11").iloc[:-1].reset_index(drop=True)
    assert drawn.drop(columns="sigma_z").equals(before.drop(columns="sigma_z"))


def test_what_is_made_of_it_is_provisional_too(figures: tuple[Figures, Figures]) -> None:
    row = scorecard(figures[1], "P", "2025-11").set_index("metric").loc[METRIC]
    assert row["provisional_until"] == "2025-11-15"
    quarter = scorecard(figures[1], "A", "2025-11", "quarter").set_index("metric").loc[METRIC]
    assert (quarter["provisional_until"], quarter["verdict"]) == ("2025-11-15", None)


def test_it_is_ranked_only_among_its_like_and_nobody_moves(figures: tuple[Figures, Figures], tmp_path: Path) -> None:
    alike = ranking(figures[1], METRIC, "2025-11", level="city").set_index("unit")
    assert alike["rank"].to_dict() == pytest.approx({"B": 1, "A": 2, "C": float("nan")}, nan_ok=True)
    home = Home(tmp_path / "home")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    whole = [*ROWS, ("2025-11", "C", 21_000, 16_100)]
    half = [("2025-11", "A", 9_000, 2_000), ("2025-11", "B", 9_000, 3_000)]
    load(home, [tmp_path / "units.csv", file(tmp_path, "whole.csv", whole)])
    load(home, [file(tmp_path, "hotline 11.1-11.15.csv", half)])
    mixed = ranking(Figures(open_snapshot(home)), METRIC, "2025-11", level="city").set_index("unit")
    assert mixed["rank"].to_dict() == pytest.approx({"C": 1, "A": float("nan"), "B": float("nan")}, nan_ok=True)
    assert mixed["rank_change"].isna().all()


def test_it_is_not_held_against_a_whole_month(figures: tuple[Figures, Figures]) -> None:
    found = explain(figures[1], METRIC, "P", "2025-11")
    assert found.change != found.change
    assert found.parts.empty
    assert funnel(figures[1], METRIC, "2025-11", level="city").units.empty


def test_the_month_shown_first_is_whole(figures: tuple[Figures, Figures]) -> None:
    assert figures[1].axes.last_month == "2025-10"
    assert figures[1].axes.months[-1] == "2025-11"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "provisional until 15 Nov"), ("zh_Hans", "暂定，数据截至11月15日"), ("zh_Hant", "暫定，資料截至11月15日")],
)
def test_words(figures: tuple[Figures, Figures], lang: str, expected: str) -> None:
    card = scorecard(figures[1], "A", "2025-11")
    assert card_in_words(card, lang) == expected
    assert provisional_in_words(card.set_index("metric").loc[METRIC].to_dict(), lang) == expected
