"""Files made to do harm are refused or made harmless: within seconds, within a bounded memory, each with what to do
about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.data.reading.harmful_files import ATTACKS
from tests.data.reading.raw_packages import HEAD, packed
from tests.data.runner import Ended, Runner, running

# What any file may take (a month's file of the samples takes a tenth of it).
SECONDS, MEGABYTES = 10, 1_024


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory, units_loaded: Path) -> Iterator[Callable[[Path], Ended]]:
    """attempt(path): what `python -m data check` says about the file; it must end in time, within the memory, without a
    traceback.
    """
    with running(tmp_path_factory.mktemp("runner")) as run:

        def one(path: Path, runner: Runner = run) -> Ended:
            ended = runner("check", path, "--json", "--home", units_loaded, after=SECONDS * 6)
            assert ended.status in (0, 1), (ended.status, ended.err[-2_000:])
            assert ended.computing < SECONDS, ended.computing
            assert ended.megabytes < MEGABYTES, ended.megabytes
            return ended

        yield one


@pytest.mark.parametrize("name", ATTACKS)
def test_files_made_to_harm_are_refused_quickly(name: str, attempt: Callable[[Path], Ended], tmp_path: Path) -> None:
    code, make = ATTACKS[name]
    ended = attempt(make(tmp_path / name))
    assert ended.status == 1
    assert code in ended.codes, ended.out[:2_000]
    told = [finding for file in ended.json["files"] for finding in file["findings"] if finding["code"] == code]
    assert all(finding["message"] and finding["suggestion"] for finding in told)


def test_a_million_empty_formatted_rows_cost_nothing(attempt: Callable[[Path], Ended], tmp_path: Path) -> None:
    """A sheet that somebody formatted down to the last row: its two rows of data are loaded."""
    table = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>month</t></is></c><c r="B1" t="inlineStr"><is><t>unit</t></is>'
        '</c><c r="C1" t="inlineStr"><is><t>customers</t></is></c></row>'
    )
    table += (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>2025-11</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is>'
        '</c><c r="C2"><v>7</v></c></row>'
    )
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="C{n}" s="1"/><c r="XFD{n}" s="1"/></row>'
        for n in range(3, 1_000_003)
    )
    ended = attempt(packed(tmp_path / "formatted.xlsx", sheet=HEAD + table + empty + "</sheetData></worksheet>"))
    assert (ended.status, ended.json["files"][0]["sheets"][0]["rows"]) == (0, 1)
