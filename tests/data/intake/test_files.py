"""Files of one step: what is given twice is read once, however large."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.intake.files import SMALL_BYTES, stage_files
from tests.data.small_books import ORGANISATION


@pytest.mark.parametrize("size", [1_000, SMALL_BYTES + 1], ids=["small", "large"])
def test_the_same_bytes_given_twice_are_read_once(tmp_path: Path, size: int) -> None:
    code = ORGANISATION.codes[-1]
    text = "response_id,answered_at,unit,survey,touchpoint,rating,comment\n"
    text += "".join(f"R{row},2025-11-05,{code},回访,综合,9,{'x' * 400}\n" for row in range(size // 400))
    names = ("one.csv", "other.csv", "two.csv")
    for name in names:
        (tmp_path / name).write_text(text if name != "other.csv" else text.replace(",9,", ",8,"), encoding="utf-8")
    assert len({(tmp_path / name).stat().st_size for name in names}) == 1
    files, already = stage_files([tmp_path / name for name in names], ORGANISATION, lambda sha: None)
    assert already == {}
    assert [len(file.sheets) for file in files] == [1, 1, 0]
    assert [(one.code, one.params) for one in files[2].findings] == [("same_bytes_given_twice", {"other": "one.csv"})]
