"""Files of a million rows and more, written fast and with fixed seeds, as an office's systems export them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import numpy as np

HEADER = (
    "投诉工单号",
    "受理时间",
    "单位",
    "投诉类别",
    "投诉子类",
    "受理渠道",
    "投诉级别",
    "责任部门",
    "客户标识",
    "是否一次解决",
    "办结时间",
    "是否有责",
    "处理满意度",
)
COUNTIES = tuple(f"县{number:02d}" for number in range(20))
CATEGORIES = ("资费争议", "网络质量", "服务态度", "业务办理", "宽带故障", "营销推广")
DETAILS = ("套餐", "信号", "窗口", "开通", "装机", "外呼")
CHANNELS, DEPARTMENTS = ("热线", "营业厅", "APP", "微信"), ("市场部", "网络部", "客服部")
CUSTOMERS = 50_000
DAY_ZERO = datetime(1899, 12, 30)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="投诉工单" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}


def write_units(path: Path) -> Path:
    """A city with 20 counties."""
    counties = "".join(f"C{number:02d},{county},county,C\n" for number, county in enumerate(COUNTIES))
    path.write_text(f"编码,名称,层级,上级\nP,全省,province,\nC,大洋,city,P\n{counties}", encoding="utf-8")
    return path


def write_workbook(path: Path, rows: int, first: datetime = datetime(2025, 1, 1), days: int = 330) -> Path:
    """Tickets as Excel writes them: shared texts, dates as styled numbers."""
    words = [*HEADER, *COUNTIES, *CATEGORIES, *DETAILS, *CHANNELS, *DEPARTMENTS, "是", "否", "普通", "升级"]
    number = {word: place for place, word in enumerate(words)}
    texts = len(words)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            cells = "".join(f'<c r="{chr(65 + place)}1" t="s"><v>{place}</v></c>' for place in range(len(HEADER)))
            sheet.write(
                f'<worksheet {MAIN}><dimension ref="A1:M{rows + 1}"/><sheetData><row r="1">{cells}</row>'.encode()
            )
            for piece in _pieces(rows, number, texts, first, days):
                sheet.write(piece.encode())
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w") as shared:
            shared.write(
                f"<sst {MAIN}>".encode() + "".join(f"<si><t>{escape(word)}</t></si>" for word in words).encode()
            )
            shared.write("".join(f"<si><t>K{n}</t></si>" for n in range(CUSTOMERS)).encode())
            for start in range(0, rows, 100_000):
                ids = "".join(f"<si><t>T{first:%y%m}{n:08d}</t></si>" for n in range(start, min(start + 100_000, rows)))
                shared.write(ids.encode())
            shared.write(b"</sst>")
    return path


def _pieces(rows: int, number: dict[str, int], texts: int, first: datetime, days: int) -> Iterator[str]:
    chance = np.random.default_rng(7)
    begun = (first - DAY_ZERO).days
    county, category = chance.integers(0, 20, rows).tolist(), chance.integers(0, 6, rows).tolist()
    minute = chance.integers(0, 1_440 * days, rows).tolist()
    lines = []
    for n in range(rows):
        row, received = n + 2, begun + minute[n] / 1_440
        shared = (
            ("C", number[COUNTIES[county[n]]]),
            ("D", number[CATEGORIES[category[n]]]),
            ("E", number[DETAILS[category[n]]]),
            ("F", number[CHANNELS[n % 4]]),
            ("G", number["升级" if n % 9 == 0 else "普通"]),
            ("H", number[DEPARTMENTS[n % 3]]),
            ("I", texts + n % CUSTOMERS),
            ("J", number["是" if n % 3 else "否"]),
        )
        middle = "".join(f'<c r="{letter}{row}" t="s"><v>{place}</v></c>' for letter, place in shared)
        lines.append(
            f'<row r="{row}" spans="1:13"><c r="A{row}" t="s"><v>{texts + CUSTOMERS + n}</v></c><c r="B{row}" s="1">'
            f"<v>{received:.10f}</v></c>{middle}"
            f'<c r="K{row}" s="1"><v>{received + (n % 90) / 24:.10f}</v></c><c r="L{row}" t="s"><v>{number["否"]}</v>'
            f'</c><c r="M{row}"><v>{n % 10 + 1}</v></c></row>'
        )
        if len(lines) == 20_000:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def write_text(path: Path, rows: int) -> Path:
    """The same tickets as CSV, written by DuckDB."""

    def one_of(words: tuple[str, ...], place: str) -> str:
        return f"[{', '.join(repr(word) for word in words)}][1 + ({place})::INTEGER]"

    columns = (
        "'T' || lpad(n::VARCHAR, 8, '0')",
        "strftime(r, '%Y-%m-%d %H:%M')",
        one_of(COUNTIES, "hash(n) % 20"),
        one_of(CATEGORIES, "hash(n + 1) % 6"),
        one_of(DETAILS, "hash(n + 1) % 6"),
        one_of(CHANNELS, "n % 4"),
        "CASE WHEN n % 9 = 0 THEN '升级' ELSE '普通' END",
        one_of(DEPARTMENTS, "n % 3"),
        f"'K' || (n % {CUSTOMERS * 10})",
        "CASE WHEN n % 3 > 0 THEN '是' ELSE '否' END",
        "strftime(r + INTERVAL 1 HOUR * (n % 90), '%Y-%m-%d %H:%M')",
        "'否'",
        "n % 10 + 1",
    )
    named = ", ".join(f'{sql} AS "{name}"' for sql, name in zip(columns, HEADER, strict=True))
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"COPY (SELECT {named} FROM (SELECT n, TIMESTAMP '2025-01-01' + INTERVAL 1 MINUTE * (hash(n + 2) % "
            f"475200)::INTEGER AS r FROM range({rows}) t(n))) "
            f"TO '{path}' (HEADER)"
        )
    return path
