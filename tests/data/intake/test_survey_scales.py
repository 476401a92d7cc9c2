"""On which scale a survey was answered: read where it is said, remembered, and asked where it is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.choices import Choices
from data.model.profile import MonthSource, Profile, UnitSource
from data.profiles import save_profile
from data.profiles.store import profile_named
from data.recognition.rating_scale import names_promoter_score, stated_top
from tests.data.small_books import Rows

SCORES = "month unit survey touchpoint score responses std_dev"
RATINGS = "response_id answered_at unit survey touchpoint rating"
FIVE = [5, 5, 4, 5, 4, 3, 5] * 7


def means(month: str, *scores: float, survey: str = "callback") -> list[tuple]:
    return [(month, unit, survey, "hall", score, 300, 0.9) for unit, score in zip(("A", "B"), scores, strict=False)]


def answers(month: str, ratings: list, prefix: str = "R", survey: str = "callback") -> list[tuple]:
    return [(f"{prefix}{n}", f"{month}-03", "A", survey, "hall", rating) for n, rating in enumerate(ratings)]


def asked(home: Home, path: Path, scale: str = "") -> list[str]:
    """The questions of a scale that a file leaves open."""
    said = Choices(answers={"scale": scale} if scale else {})
    done = load(home, [path], LoadOptions(dry_run=True, choices=said))
    return [finding.code for finding in done.files[0].findings if finding.severity == "error"]


def scores(done: Any) -> list[float]:
    return done.files[0].staged.sheets[0].frame["score"].tolist()


@pytest.mark.parametrize(
    ("title", "header", "top"),
    [
        ("2025年11月回访满意度（满分5分）", "得分", 5),
        ("滿分：10分", "得分", 10),
        ("满分为100", "得分", 100),
        ("五分制", "得分", 5),
        ("客户回访（10分制）", "得分", 10),
        ("采用1-5分评价", "得分", 5),
        ("七级量表", "得分", 7),
        ("Callback survey, out of 5", "score", 5),
        ("Scale: 1 to 10", "score", 10),
        ("5-point scale", "score", 5),
        ("Maximum score: 10", "score", 10),
        ("", "评分（1-5）", 5),
        ("", "Score (0–10)", 10),
        ("", "Score /5", 5),
        ("满分5分", "得分（10分制）", 10),
        ("2025年1-5月满意度", "得分", None),
        ("1-10分公司满意度", "得分", None),
        ("2025-11 survey, wave 5", "得分（11月）", None),
        ("满分50分", "得分", None),
    ],
)
def test_a_scale_that_is_said(title: str, header: str, top: float | None) -> None:
    found = stated_top([title], [header])
    assert (found[0] if found else None) == top


@pytest.mark.parametrize(
    ("text", "expected"),
    [("NPS 11月", True), ("净推荐值", True), ("淨推薦值", True), ("Net Promoter Score", True), ("snaps", False)],
)
def test_a_promoter_score_is_told(text: str, expected: bool) -> None:
    assert (names_promoter_score([text]) is not None) == expected


@pytest.mark.parametrize(
    ("given", "answer", "expected"),
    [
        ((4.52, 4.31), "5", [90.4, 86.2]),
        ((4.52, 4.31), "10", [45.2, 43.1]),
        ((4.52, 4.31), "100", [4.52, 4.31]),
        ((8.52, 8.31), "10", [85.2, 83.1]),
        ((8.52, 8.31), "5", None),  # beyond its top
        ((6.3, 5.8), "7", [90, 82.857143]),
    ],
)
def test_means_on_another_scale_are_asked(home: Home, write, given: tuple, answer: str, expected: list | None) -> None:
    path = write("s.csv", SCORES, *means("2025-11", *given))
    assert asked(home, path) == ["scale_open"]
    if expected is None:
        assert asked(home, path, answer) == ["scale_open"]
        return
    done = load(home, [path], LoadOptions(choices=Choices(answers={"scale": answer})))
    assert done.committed
    assert scores(done) == pytest.approx(expected)
    spread = done.files[0].staged.sheets[0].frame["std_dev"]
    assert spread.tolist() == pytest.approx([90 / float(answer)] * 2)


@pytest.mark.parametrize("plain", [(45.2, 43.1), (10.5, 8.1), (0.0, 96.0), (99.9, 100.0)])
def test_scores_to_a_hundred_are_plain(home: Home, write, plain: tuple) -> None:
    assert asked(home, write("s.csv", SCORES, *means("2025-11", *plain))) == []


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        (FIVE, "scale_open"),
        ([3, 4], "scale_open"),
        ([7, 6, 5, 7] * 6, "scale_open"),
        ([7, 6, 5], None),
        ([1, 10, 5], None),
        ([8, 4, 5], None),
        ([80, 100, 95], "rating_beyond_scale"),
    ],
)
def test_ratings_that_may_be_on_another_scale_are_asked(home: Home, write, ratings: list, expected: str | None) -> None:
    found = asked(home, write("r.csv", RATINGS, *answers("2025-11", ratings)))
    assert set(found) == ({expected} if expected else set())


@pytest.mark.parametrize(("answer", "ratings"), [("5", FIVE), ("100", [20 * one for one in FIVE])])
def test_ratings_count_on_the_scale_that_was_said(home: Home, loads, figures, answer: str, ratings: list) -> None:
    loads("r.csv", RATINGS, *answers("2025-11", ratings), choices=Choices(answers={"scale": answer}))
    points, count = (figures(home, name)["2025-11 A"] for name in ("score_points", "responses"))
    assert points / count == pytest.approx(100 * 31 / 35)


def test_a_column_of_its_own_says_it_row_by_row(home: Home, loads) -> None:
    rows = [(*row, top) for row, top in zip(means("2025-11", 4.5, 8.5), (5, 10), strict=True)]
    assert scores(loads("s.csv", f"{SCORES} 满分", *rows)) == [90, 85]


def test_the_scale_of_a_survey_is_remembered(home: Home, loads, write, figures) -> None:
    """What was said in November holds in December, for that survey alone."""
    five = Choices(answers={"scale": "5"})
    loads("r.csv", RATINGS, *answers("2025-11", FIVE), choices=five)
    done = loads("next.csv", RATINGS, *answers("2025-12", FIVE, "N"))
    assert [finding.code for finding in done.files[0].findings if "scale" in finding.code] == ["scale_remembered"]
    assert figures(home, "score_points")["2025-12 A"] == figures(home, "score_points")["2025-11 A"]
    assert asked(home, write("brand.csv", RATINGS, *answers("2025-12", FIVE, "B", "brand"))) == ["scale_open"]
    assert asked(home, write("more.csv", RATINGS, *answers("2026-01", [9, 8, 10], "M"))) == ["scale_changed"]
    loads("s.csv", SCORES, *means("2025-11", 4.5, survey="brand"), choices=five)
    assert scores(loads("s2.csv", SCORES, *means("2025-12", 4.6, survey="brand"))) == [92]


def test_scores_on_a_new_scale_are_held_against_those_before(home: Home, loads, write) -> None:
    loads("s.csv", SCORES, *means("2025-11", 81.5, 79))
    assert asked(home, write("t.csv", SCORES, *means("2025-12", 4.1, 4.4))) == ["scale_changed"]
    loads("r.csv", RATINGS, *answers("2025-10", [9, 10, 8, 4], "S"))
    # One low rating of four: two more can be chance, twenty cannot.
    assert asked(home, write("few.csv", RATINGS, *answers("2025-11", [5, 4], "T"))) == []
    assert asked(home, write("many.csv", RATINGS, *answers("2025-11", [5, 4] * 10, "T"))) == ["scale_changed"]


TITLED: list[tuple[str, str, list[str], list[float]]] = [
    ("回访满意度（满分5分）", "得分", ["scale_taken"], [90, 86]),
    ("回访满意度", "得分（5分制）", ["scale_taken"], [90, 86]),
    ("回访满意度（满分100分）", "得分", [], [4.5, 4.3]),
    ("回访NPS", "得分", ["promoter_score"], [4.5, 4.3]),
]


@pytest.mark.parametrize(("title", "header", "codes", "expected"), TITLED)
def test_titles_and_headers_say_it(understood, title: str, header: str, codes: list, expected: list) -> None:
    rows: Rows = [
        [title],
        ["月份", "单位", "调查类型", "触点", header],
        ["2025-11", "大洋", "回访", "营业厅", 4.5],
        ["2025-11", "临江", "回访", "营业厅", 4.3],
    ]
    staged = understood(rows)
    assert [finding.code for finding in staged.all_findings] == codes
    assert staged.sheets[0].frame["score"].tolist() == expected


def test_a_title_that_the_figures_contradict_is_asked(understood) -> None:
    rows: Rows = [["满分5分"], ["月份", "单位", "调查类型", "触点", "得分"], ["2025-11", "大洋", "回访", "营业厅", 8.5]]
    assert [finding.code for finding in understood(rows).all_findings] == ["scale_contradicted"]
    assert understood(rows, answers={"scale": "10"}).sheets[0].frame["score"].tolist() == [85]


def test_a_profile_says_it_as_a_constant_and_is_asked_without(home: Home, write) -> None:
    path = write("export.csv", "when where mark", ("2025-11", "A", 4.5), ("2025-11", "B", 4.2))
    constants: dict[str, str | float] = {"survey": "callback", "touchpoint": "hall"}
    for name, extra, codes in (("silent", {}, ["scale_open"]), ("five", {"scale_top": 5}, [])):
        profile = Profile(
            name,
            "satisfaction_scores",
            MonthSource(column="when"),
            UnitSource(columns=("where",)),
            columns={"score": "mark"},
            constants={**constants, **extra},
        )
        save_profile(profile, home.profiles)
        done = load(home, [path], LoadOptions(dry_run=True, profile=name))
        assert [finding.code for finding in done.files[0].findings if finding.severity == "error"] == codes
    assert scores(done) == [90, 84]


def test_a_scale_to_a_hundred_that_was_said_is_not_asked_again(home: Home, loads, write) -> None:
    """Of figures that look like another scale; where those before lie above they are asked."""
    loads("s.csv", SCORES, *means("2025-11", 4.5, 4.3), choices=Choices(answers={"scale": "100"}))
    done = loads("t.csv", SCORES, *means("2025-12", 4.6, 4.2))
    assert [finding.code for finding in done.files[0].findings if "scale" in finding.code] == ["scale_remembered"]
    assert scores(done) == [4.6, 4.2]
    loads("u.csv", SCORES, *means("2026-01", 84.5, 79))
    assert asked(home, write("v.csv", SCORES, *means("2026-02", 4.1, 4.4))) == ["scale_changed"]


@pytest.mark.parametrize("scale", ["5", "100"])
def test_a_profile_remembers_what_was_said_of_its_file(home: Home, write, scale: str) -> None:
    constants: dict[str, str | float] = {"survey": "callback", "touchpoint": "hall"}
    profile = Profile(
        "marks",
        "satisfaction_scores",
        MonthSource(column="when"),
        UnitSource(columns=("where",)),
        columns={"score": "mark"},
        constants=constants,
    )
    save_profile(profile, home.profiles)
    said = LoadOptions(choices=Choices(answers={"scale": scale}))
    assert load(home, [write("a.csv", "when where mark", ("2025-11", "A", 4.5))], said).committed
    assert profile_named("marks", [home.profiles]).constants["scale_top"] == float(scale)
    done = load(home, [write("b.csv", "when where mark", ("2025-12", "A", 4.2))])
    assert done.committed
    assert scores(done) == pytest.approx([420 / float(scale)])
    beyond = load(home, [write("c.csv", "when where mark", ("2026-01", "A", 8.4))], LoadOptions(dry_run=True))
    codes = [finding.code for finding in beyond.files[0].findings if finding.severity == "error"]
    assert codes == (["scale_contradicted"] if scale == "5" else [])


ACROSS: list[tuple[list[list[str]], list[float], list[str]]] = [
    ([["月份", "单位", "调查类型", "营业厅（满分10分）", "网络"]], [85, 90], ["scale_taken"]),
    (
        [["月份", "单位", "调查类型", "营业厅（10分制）", "网络（满分10分）"]],
        [85, 900],
        ["scale_taken", "scale_contradicted"],
    ),
    (
        [["月份", "单位", "调查类型", "满意度（满分10分）", ""], ["", "", "", "营业厅", "网络"]],
        [85, 900],
        ["scale_taken", "scale_contradicted"],
    ),
    ([["Month", "Unit", "Survey", "Hall (out of 10)", "Network (out of 100)"]], [85, 90], ["scale_taken"]),
]


@pytest.mark.parametrize(("header", "expected", "codes"), ACROSS)
def test_headers_across_say_it_of_their_column(understood, header: list, expected: list, codes: list) -> None:
    file = understood([*header, ["2025-11", "大洋", "回访", 8.5, 90]], merged=["D1:E1"] if len(header) > 1 else [])
    found = sorted(one.code for one in file.all_findings if "scale" in one.code)
    assert found == sorted(codes)
    frame = file.sheets[0].frame
    if not file.refused:
        assert dict(zip(frame["touchpoint"], frame["score"], strict=True)) == dict(
            zip(("hall", "network"), expected, strict=True)
        )
