"""A quotation mark without a partner swallows no lines; texts over several lines stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reading import read_file
from data.reading.quoting import Quotes, rows_of

HEADER = "工单号,受理时间,单位,类别,备注\n"
LINES = [f"T{n},2025-11-{n % 28 + 1:02d},大洋,资费,客户{n}\n" for n in range(60)]


def with_line(line: str) -> str:
    return HEADER + "".join([*LINES[:10], line, *LINES[10:]])


@pytest.mark.parametrize(
    ("text", "rows", "strays", "unclear"),
    [
        (with_line('TX,2025-11-03,大洋,资费,"客户说\n'), 62, [12], []),
        (with_line('TX,2025-11-03,大洋,"资费,客户\n').replace("客户30", '"客户30'), 62, [12, 33], []),
        (with_line('TX,2025-11-03,"大洋,资费,客户"\n'), 62, [12], []),
        (HEADER + "".join(LINES) + 'TX,2025-11-03,大洋,资费,"客户说', 62, [62], []),
        # One line more cells than the others: which rows there are cannot be told.
        (with_line('TX,2025-11-03,大洋,"资,费,客户,abc\n'), 62, [], [12]),
        # Nothing is wrong with these.
        (with_line('TX,2025-11-03,大洋,资费,"a\nb, c\nd"\n'), 62, [], []),
        (with_line('TX,2025-11-03,大洋,资费,"a, ""b"", c"\n'), 62, [], []),
        (with_line('TX,2025-11-03,大洋,资费,屏 5"\n'), 62, [], []),
        ('"标题\n第二行"\n' + HEADER + "".join(LINES), 62, [], []),
        ('id,备注\n1,"第一行\n第二行, 逗号"\n2,x\n3,y\n', 4, [], []),
    ],
)
def test_rows_and_lines_that_are_told(text: str, rows: int, strays: list[int], unclear: list[int]) -> None:
    quotes = Quotes()
    assert len(list(rows_of(text.splitlines(keepends=True), ",", quotes))) == rows
    assert (quotes.strays, quotes.unclear) == (strays, unclear)


def test_every_line_with_a_stray_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "".join(line.replace(",客户", ',"客户') for line in LINES * 20), "utf-8")
    book = read_file(path)
    assert len(book.sheets[0].rows) == 1 + 60 * 20
    assert book.sheets[0].rows[-1][-1] == "客户59"
    assert [(kind.code, params["count"]) for kind, params in book.notes] == [("stray_quotation_marks", 1_200)]


def test_both_ends_of_a_pair_over_several_lines_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        '月份,单位,类别,投诉量\n2025-11,大洋,资费,12\n2025-11,大洋,"网络,9\n2025-11,大洋,服务,5\n2025-11,临江,网络",8\n',
        "utf-8",
    )
    book = read_file(path)
    assert [row[2:] for row in book.sheets[0].rows[1:]] == [["资费", "12"], ["网络", "9"], ["服务", "5"], ["网络", "8"]]
    assert book.notes[0][1]["lines"] == "3, 5"


def test_a_large_text_is_looked_through_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.reading.delimited.TEXT_FROM", 1)
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "".join(LINES * 3) + 'TX,2025-11-03,大洋,资费,"客户说\n' + "".join(LINES * 3), "utf-8")
    book = read_file(path)
    assert len(book.sheets[0].rows) == 362
    assert book.notes[0][0].code == "stray_quotation_marks"
