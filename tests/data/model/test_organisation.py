"""Units: belonging and what a text means."""

from __future__ import annotations

import pandas as pd
import pytest

from data.core.text import normalise
from data.model.organisation import UNIT_COLUMNS, Organisation

ROWS = [
    ("P", "全省", "province", None, ["Province"]),
    ("DY", "大洋", "city", "P", ["大洋市", "Dayang"]),
    ("HH", "海湖", "city", "P", []),
    ("DY1", "城区", "county", "DY", []),
    ("HH1", "城区", "county", "HH", []),
    ("DY1A", "中山路厅", "hall", "DY1", []),
]


@pytest.fixture
def organisation() -> Organisation:
    frame = pd.DataFrame(ROWS, columns=["code", "name", "level", "parent", "aliases"])
    return Organisation(frame.assign(kind=None, opened=pd.NaT, closed=pd.NaT))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DY", ["DY"]),
        ("dy", ["DY"]),
        (" 大 洋 ", ["DY"]),
        ("大洋市", ["DY"]),
        ("DAYANG", ["DY"]),
        ("ＤＹ", ["DY"]),
        ("中山路廳", ["DY1A"]),  # Traditional for a Simplified name
        ("城区", ["DY1", "HH1"]),
        ("大洋/城区", ["DY1"]),
        ("海湖/城區", ["HH1"]),
        ("nowhere", []),
    ],
)
def test_find(organisation: Organisation, text: str, codes: list[str]) -> None:
    assert organisation.find(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [("A1", ["A1"]), ("a1", ["a1"]), ("Ａ1", ["A1", "a1"]), ("a 1", ["A1", "a1"]), ("B1", ["B1"]), ("b1", ["B1"])],
)
def test_of_codes_that_differ_in_case_only_the_exact_one_is_meant(text: str, codes: list[str]) -> None:
    """Homes from before such codes were refused hold them."""
    frame = pd.DataFrame(
        [(code, code, "x", None, None, None, pd.NaT, pd.NaT) for code in ("A1", "a1", "B1")], columns=list(UNIT_COLUMNS)
    )
    assert Organisation(frame).find(text) == codes


def test_belonging(organisation: Organisation) -> None:
    assert organisation.roots() == ["P"]
    assert list(organisation.ancestors("DY1A")) == ["DY1", "DY", "P"]
    assert sorted(organisation.descendants("DY")) == ["DY1", "DY1A"]
    assert organisation.levels() == ["province", "city", "county", "hall"]
    assert organisation.at_level("county", within="HH") == ["HH1"]


def test_a_circle_of_parents_ends() -> None:
    frame = pd.DataFrame(
        [("A", "a", "x", "B", []), ("B", "b", "x", "A", [])], columns=["code", "name", "level", "parent", "aliases"]
    )
    circle = Organisation(frame.assign(kind=None, opened=pd.NaT, closed=pd.NaT))
    assert list(circle.ancestors("A")) == ["B"]


def test_nearest_names(organisation: Organisation) -> None:
    assert organisation.nearest("大羊")[:1] == ["大洋"] or "大洋" in organisation.nearest("大洋县")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("不存在分公司", []), ("不存在營業廳", []), ("火星厅", []), ("No such branch", []),
        ("大羊分公司", ["大洋"]), ("大洋县", ["大洋"]), ("大洋洋", ["大洋"]), ("Dayan branch", ["大洋"]),
        ("中山厅", ["中山路厅", "中心厅"]), ("中山路合作厅", ["中山路厅"]),
    ],
)  # fmt: skip
def test_near_is_what_shares_more_than_an_ending(text: str, names: list[str]) -> None:
    """Each unit once, whatever other names it has."""
    units = [
        ("P", "海岳省", ["全省", "省公司"]),
        ("DY", "大洋", ["大洋市", "大洋分公司", "Dayang"]),
        ("LJ", "临江", ["临江分公司", "Linjiang"]),
        ("H1", "中山路厅", []),
        ("H2", "中心厅", []),
    ]
    frame = pd.DataFrame(
        [(code, name, "x", None, None, other, pd.NaT, pd.NaT) for code, name, other in units],
        columns=list(UNIT_COLUMNS),
    )
    assert Organisation(frame).nearest(text) == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("大洋分公司", "A"),
        ("大洋市", "A"),
        ("大通", None),  # another town, two signs long
        ("大洋县", None),  # a county of that name, not the city
        ("大洋东县", None),
        ("第十一厅", None),
        ("北区分公司", None),  # the name of two
        ("Northamptn Office", "N"),
        ("Southampton Office", None),
        ("Northampton Office 2", None),
        ("Ward B", None),
        ("?", None),
    ],
)
def test_a_slip_is_one_units_name_and_no_other(text: str, code: str | None) -> None:
    units = [
        ("A", "大洋"),
        ("T", "第一厅"),
        ("N1", "北区"),
        ("N2", "北区"),
        ("N", "Northampton Office"),
        ("W", "Ward A"),
    ]
    frame = pd.DataFrame([(*unit, "x", None, None, None, pd.NaT, pd.NaT) for unit in units], columns=list(UNIT_COLUMNS))
    assert Organisation(frame).find_misspelt(text) == code


def test_normal_folds_width_case_space_and_script() -> None:
    assert normalise(" Ｈall 廳 ") == "hall厅"
