"""Restated figures: what changed between two versions, and through which batch."""

from __future__ import annotations

import json

import pytest

from data.loading.commit import load
from data.operations.undo import undo
from data.snapshots.reader import open_snapshot
from metrics.analyses.restated import COLUMNS, restatements
from metrics.engine.figures import Figures
from tests.conftest import run_module
from tests.metrics.conftest import CountingAxes, loaded

UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\n"
CALLS = "month,unit,calls,resolved_first_contact\n2025-01,A,100,80\n2025-01,B,100,90\n2025-02,A,100,85\n"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Version 1; version 2 corrects A's January and brings March; version 3 takes the correction back."""
    folder = tmp_path_factory.mktemp("restated")
    home = loaded(folder, {"units": UNITS, "calls": CALLS})
    (folder / "correction.csv").write_text(
        "month,unit,calls,resolved_first_contact\n2025-01,A,100,70\n2025-03,A,100,95\n", encoding="utf-8"
    )
    done = load(home, [folder / "correction.csv"])
    assert done.committed
    batch = done.files[0].batch
    undo(home, batch)
    return home, batch


def test_a_correction_with_its_batch_and_everything_above(homes) -> None:  # type: ignore[no-untyped-def]
    home, batch = homes
    found = restatements(Figures(open_snapshot(home, 1)), Figures(open_snapshot(home, 2)))
    assert tuple(found.columns) == COLUMNS
    rows = found.set_index(["metric", "unit", "month"])
    assert rows.index.tolist() == [("hotline_first_contact", "P", "2025-01"), ("hotline_first_contact", "A", "2025-01")]
    assert rows["old"].tolist() == pytest.approx([85, 80])
    assert rows["new"].tolist() == pytest.approx([80, 70])
    assert rows["difference"].tolist() == pytest.approx([-5, -10])
    assert rows["batches"].tolist() == [(batch,), (batch,)]
    assert rows["files"].tolist() == [("correction.csv",)] * 2


def test_one_unit(homes) -> None:  # type: ignore[no-untyped-def]
    home, _ = homes
    old, new = Figures(open_snapshot(home, 1)), Figures(open_snapshot(home, 2))
    assert restatements(old, new, "A")["unit"].tolist() == ["A"]
    assert restatements(old, new, "B").empty
    assert restatements(old, new, "P", below=True)["unit"].tolist() == ["P", "A"]


def test_an_undo_is_a_restatement_too(homes) -> None:  # type: ignore[no-untyped-def]
    """The month of March is withdrawn, January has its first figure again."""
    home, _ = homes
    found = restatements(Figures(open_snapshot(home, 2)), Figures(open_snapshot(home, 3)), "A")
    assert found["month"].tolist() == ["2025-01"]
    assert found["new"].tolist() == pytest.approx([80])
    assert all(found["batches"])


def test_the_same_version_restates_nothing(homes) -> None:  # type: ignore[no-untyped-def]
    home, _ = homes
    figures = Figures(open_snapshot(home, 1))
    assert restatements(figures, figures).empty


def test_the_command(homes) -> None:  # type: ignore[no-untyped-def]
    home, batch = homes
    done = run_module(
        "metrics", "restated", "--since", "1", "--version", "2", "--unit", "Alpha", "--json", home=home.path
    )
    answer = json.loads(done.stdout)
    assert (answer["since"], answer["version"], answer["unit"]) == (1, 2, "A")
    assert [(row["month"], row["batches"]) for row in answer["values"]] == [("2025-01", [batch])]
    run_module("metrics", "restated", "--since", "99", home=home.path, status=2)


def test_what_stands_below_is_asked_once(homes) -> None:  # type: ignore[no-untyped-def]
    home, _ = homes
    old, new = Figures(open_snapshot(home, 1)), Figures(open_snapshot(home, 2))
    new.axes = counting = CountingAxes(new.snapshot)
    assert set(restatements(old, new, "P", below=True)["unit"]) == {"A", "P"}
    assert counting.asked == 1
    assert set(restatements(old, new, "B", below=True)["unit"]) == set()
