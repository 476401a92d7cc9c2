"""A large sheet under a profile is read by columns and in blocks: it means what it would mean row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.intake.workbook import StagingOptions, stage_workbook
from data.model.organisation import Organisation
from data.model.staged import StagedSheet
from data.profiles import read_profile
from data.reading import columnar, delimited

ROWS = [
    ["month", "state", "shop", "kind", "requests", "rate", "id"],
    *[
        [
            f"2025-{1 + n // 40:02d}" if n % 4 == 0 else "",
            f"S{n % 5}",
            ["north", "south", "x"][n % 3],
            "live" if n % 7 else "test",
            ["-", "1,200", str(n)][n % 3 if n % 9 == 0 else 2],
            f"{n / 8:.1f}",
            f"id {n}",
        ]
        for n in range(400)
    ],
    ["2025-10", "Total", "", "", "99", "", ""],
    ["", "", "", "", "", "", ""],
    ["Source: nobody", "", "", "", "", "", ""],
]
INDICATORS = """
feed = "indicators"
fill_down = ["month"]
missing_in = { rate = ["0.5"] }
month = { column = "month" }
unit = { columns = ["state", "shop"], create = true, level = "shop", parent_columns = ["state"], parent_level = "st" }
[[leave_out]]
when = [{ column = "kind", any_of = ["test"] }, { column = "requests", above = 10 }]
[[leave_out]]
when = [{ column = "state", any_of = ["Total"] }]
total = true
[[indicators]]
code = "live"
name = "Live"
numerator = "requests"
where = [{ column = "shop", any_of = ["n*"] }]
denominator = "requests"
[[indicators]]
code = "rate"
name = "Rate"
value = "rate"
rows = [{ column = "kind", none_of = ["test"] }]
"""
RECHARGE = """
feed = "recharge"
fill_down = ["month"]
month = { column = "month" }
unit = { columns = ["state"], create = true, level = "state" }
columns = { amount = "rate" }
scale = { amount = 100 }
unpivot = { into = "channel", value = "transactions", columns = { requests = "app" } }
"""


def staged(path: Path, profile: str, heard: list[float] | None = None) -> list[StagedSheet]:
    """The sheets that a profile makes of a file, and on `heard` the progress."""
    options = StagingOptions(profile=read_profile(profile))
    told = (lambda share, _name: heard.append(share)) if heard is not None else None
    return stage_workbook(path, Organisation.empty(), options, progress=told).sheets


@pytest.mark.parametrize("profile", [INDICATORS, "sum_rows = true" + INDICATORS, RECHARGE])
def test_a_large_file_means_what_a_small_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS), encoding="utf-8")
    small = staged(path, profile)
    monkeypatch.setattr(delimited, "TEXT_FROM", 1)
    monkeypatch.setattr("data.profiles.apply.COMPACT_FROM", 1)
    monkeypatch.setattr("data.profiles.indicators.COMPACT_FROM", 1)
    large = staged(path, profile)
    assert len(small) == len(large) == 2
    assert len(small[-1].frame) > 100
    for one, other in zip(small, large, strict=True):
        assert _said(one) == _said(other)
        pd.testing.assert_frame_equal(_plain(one.frame), _plain(other.frame))


def _said(sheet: StagedSheet) -> list[Any]:
    return [(finding.code, finding.row, finding.cell, finding.message("en")) for finding in sheet.findings]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


def test_progress_moves_while_a_file_is_read_and_applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "export.csv"
    lines = "".join(f"2025-{1 + n % 12:02d},S{n % 5},n,live,{n},1,x{n}\n" for n in range(20_000))
    path.write_text(",".join(ROWS[0]) + "\n" + lines, encoding="utf-8")
    monkeypatch.setattr(delimited, "TEXT_FROM", 1)
    monkeypatch.setattr(columnar, "TEXT_BLOCK", 2**16)
    heard: list[float] = []
    staged(path, INDICATORS, heard)
    assert heard == sorted(heard)
    assert len({share for share in heard if 0 < share < 0.4}) > 5, "while it is read"
    assert len({share for share in heard if 0.4 < share < 0.8}) >= 5, "while the profile is applied"
