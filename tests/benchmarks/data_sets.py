"""The figures of the samples and of the real exports, one data set after the other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from data.__main__ import main as data_main
from data.core.home import Home
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from tests.benchmarks.measuring import ROOT, SAMPLES, loaded_home

REAL = ROOT.parent / "shared" / "real"
REAL_EXPORTS = {
    "nhs_ae": ("nhs-ae-provider", "nhs_ae/*.xls"),
    "anatel": ("anatel-operators", "anatel_complaints/*.csv.gz"),
    "ae_attendances": ("ae-attendances", "small/ae_attendances.csv"),
    "phonepe": ("phonepe-transactions", "phonepe/agg_transaction*.csv"),
}


def data_sets() -> Iterator[tuple[str, Figures]]:
    """(name, figures) of the samples with their next month, and of the real exports where they are."""
    with loaded_home() as folder:
        following = sorted((SAMPLES / "next_month").glob("*12月.xlsx"))
        _quietly("load", *map(str, following), "--home", str(folder))
        yield "samples", Figures(open_snapshot(Home(folder)))
    if not REAL.exists():
        print("skipped the real exports: there is no ../shared/real")
        return
    for name, (profile, pattern) in REAL_EXPORTS.items():
        with TemporaryDirectory() as place:
            files = [str(path) for path in sorted(REAL.glob(pattern))]
            _quietly("load", *files, "--profile", profile, "--home", place)
            yield name, Figures(open_snapshot(Home(Path(place))))


def _quietly(*words: str) -> None:
    with redirect_stdout(io.StringIO()):
        assert data_main(list(words)) == 0
