"""A small province written by hand, loaded through the real loader: every expected figure can be checked on paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.core.home import Home
from data.loading.commit import load
from data.snapshots.reader import open_snapshot
from metrics.engine.axes import Axes
from metrics.engine.figures import Figures

UNITS = """code,name,level,parent,aliases
P,Province,province,,
A,Alpha,city,P,Alfa
B,Beta,city,P,
C,Gamma,city,P,
A1,Alpha East,county,A,
A2,Alpha West,county,A,
B1,Beta One,county,B,
"""
# A's own rows exist for January only: from February it is the sum of its counties.
CUSTOMERS = """month,unit,customers,mid_high_end_customers
2025-01,A,50000,6000
2025-01,A1,30000,3000
2025-01,A2,20000,2000
2025-02,A1,30000,3000
2025-02,A2,20000,2000
2025-01,B1,40000,4000
2025-02,B1,20000,5000
2024-02,A1,30000,2500
2024-02,A2,20000,1500
2025-02,C,10000,1000
"""
COMPLAINTS = """month,unit,category,complaints,escalated,resolved_first_contact
2024-02,A1,billing,60,1,40
2025-01,A1,billing,30,2,20
2025-01,A1,network,15,,10
2025-01,A2,billing,10,1,8
2025-02,A1,billing,20,1,15
2025-02,A1,network,40,2,30
2025-02,A2,billing,15,,9
2025-01,B1,billing,40,4,
2025-02,B1,billing,30,3,27
2025-02,C,billing,15,0,12
"""
SCORES = """month,unit,survey,touchpoint,score,responses
2025-02,A1,standard,overall,80,100
2025-02,A2,standard,overall,90,300
2025-02,B,standard,overall,85,
2025-02,C,standard,overall,70,50
"""
TARGETS = """metric,period,unit,level,target
complaints_per_10k,2025,,city,12
complaints_per_10k,2025-02,,city,6
complaints_per_10k,2025-02,B,,20
"""
FILES = {"units": UNITS, "customers": CUSTOMERS, "complaints": COMPLAINTS, "scores": SCORES, "targets": TARGETS}


class CountingAxes(Axes):
    """Axes that count how often they were asked which units stand below one."""

    asked = 0

    def subtree(self, unit: str, month: int | None = None) -> np.ndarray:
        self.asked += 1
        return super().subtree(unit, month)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of the small province."""
    return Figures(open_snapshot(loaded(tmp_path_factory.mktemp("small"), FILES)))


def loaded(folder: Path, files: dict[str, str], name: str = "home") -> Home:
    """A home with these CSV texts loaded; none may have an error."""
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    home = Home(folder / name)
    done = load(home, [folder / f"{stem}.csv" for stem in files])
    errors = [finding.message() for file in done.files for finding in file.findings if finding.severity == "error"]
    assert not errors
    return home


NOISE = (0.3, -0.4, 0.1, 0.5, -0.2, -0.5, 0.4, -0.1, 0.2, -0.3)
"""A fixed wobble without trend."""


CITIES = ("A", "B", "C", "D", "E")


def absent(city: str, month: str) -> bool:
    """C lacks three months of 2025, D and E are late with the last."""
    return (city == "C" and month in ("2025-03", "2025-04", "2025-05")) or (city in "DE" and month == "2025-10")


def five_cities(folder: Path) -> Home:
    """A home with 22 months of cities that have one true rate, and a target of it for the level."""
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)][:22]
    units = "code,name,level,parent\nP,Province,province,\n" + "".join(
        f"{city},City {city},city,P\n" for city in CITIES
    )
    customers, complaints = "month,unit,customers\n", "month,unit,complaints,escalated,repeat\n"
    for place, month in enumerate(months):
        for shift, city in enumerate(CITIES):
            customers += f"{month},{city},1000000\n"
            wobble = round(10 * NOISE[(place + 3 * shift) % 10])
            if not absent(city, month):
                complaints += f"{month},{city},{100 + wobble},{20 + wobble // 2},10\n"
    targets = "metric,period,level,target\ncomplaints_per_10k,2025,city,12\nescalated_complaints,2025,province,1200\n"
    return loaded(folder, {"units": units, "customers": customers, "complaints": complaints, "targets": targets})


@pytest.fixture(scope="session")
def small_series(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Halls whose callback scores of 24 months step up in 2025-03, drift, or do neither."""
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
    shapes = {
        "STEP": [80.0 if month < "2025-03" else 86.0 for month in months],
        "DRIFT": [80 + 0.5 * place for place in range(24)],
        "FLAT": [80.0] * 24,
        "CONST": [80.0] * 24,
        "SINK": [92 - 0.25 * place for place in range(24)],
    }
    rows = [
        f"{month},{unit},callback,overall,{level + (NOISE[place % 10] if unit != 'CONST' else 0):.2f},200"
        for unit, levels in shapes.items()
        for place, (month, level) in enumerate(zip(months, levels, strict=True))
    ]
    units = "code,name,level,parent\nP,Province,province,\n" + "".join(
        f"{unit},{unit.title()},city,P\n" for unit in shapes
    )
    scores = "month,unit,survey,touchpoint,score,responses\n" + "\n".join(rows) + "\n"
    folder = tmp_path_factory.mktemp("series")
    return Figures(open_snapshot(loaded(folder, {"units": units, "scores": scores})))


@pytest.fixture(scope="session")
def sample(sample_home: Path) -> Figures:
    """The figures of the sample province."""
    return Figures(open_snapshot(Home(sample_home)))
