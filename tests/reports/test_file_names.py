"""A file's name is taken by every system and tells one from another."""

from __future__ import annotations

import pytest

from reports.file_names import file_name


@pytest.mark.parametrize(
    ("words", "name"), [('a/b\\c:"d"?', "a-b-c-d-"), ("大洋_2025-11", "大洋_2025-11"), (" .. ", "pack")]
)
def test_file_names(words: str, name: str) -> None:
    assert file_name(words) == name


def test_long_names_stay_apart_and_fit_every_system() -> None:
    unit = "大洋高新技术产业开发区第一综合服务质量管理中心示范营业单位一" * 3
    found = [file_name(f"{unit}{number}_{month}_zh_Hans") for number in (1, 2) for month in ("2025-10", "2025-11")]
    assert len(set(found)) == 4
    assert all(len(name.encode()) <= 200 for name in found)
    assert all(name.startswith("大洋高新技术") for name in found)
    assert found[-1].endswith("2_2025-11_zh_Hans")
