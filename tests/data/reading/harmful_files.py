"""Files made to do harm, by name: the code of the finding that refuses each, and what writes it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

from tests.data.reading.raw_packages import (
    HEAD,
    LAUGHS,
    XML_2003,
    archived,
    lying,
    moved,
    ods,
    packed,
    placed,
    plain,
    written,
    xls,
    xlsb,
)

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR_OTHERWISE = {
    "spaces in its place": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r = "XFD1048576"><v>1</v>'
    "</c></row>",
    "another prefix": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v>'
    "</x:c></row>",
    "a slash in its tag": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" x="/"><v>1</v>'
    "</c></row>",
    "rows alone numbered": '<row r="1">' + "<c><v>1</v></c>" * 16_000 + '</row><row r="1048576"><c><v>1</v></c></row>',
    "a row that no program has": '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="Z4000000000"><v>'
    "1</v></c></row>",
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "backslashes": lambda name: name.replace("/", "\\"),
    "one backslash": lambda name: name.replace("xl/", "xl\\", 1),
    "from the root": lambda name: f"/{name}",
    "from here": lambda name: f"./{name}",
    "capitals": str.upper,
    "percent": lambda name: name.replace("sheet1", "sheet%31"),
}
ATTACKS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "a sheet that bursts.xlsx": (
        "unpacks_too_large",
        lambda path: packed(path, sheet=HEAD.encode() + b" " * 120_000_000),
    ),
    "texts that burst.xlsx": ("unpacks_too_large", lambda path: packed(path, strings=b"<sst>" + b" " * 120_000_000)),
    "a size that lies.xlsx": ("unreadable_file", lying),
    "a zip that bursts.zip": ("unpacks_too_large", lambda path: archived(path, {"a.csv": b"0" * 120_000_000})),
    "a packed text that bursts.csv.gz": (
        "unpacks_too_large",
        lambda path: written(path, gzip.compress(b"0" * 120_000_000, 1)),
    ),
    "ten thousand members.zip": (
        "too_many_parts",
        lambda path: archived(path, {f"{n}.csv": b"" for n in range(10_000)}),
    ),
    "laughs in the sheet.xlsx": (
        "unsafe_file",
        lambda path: packed(
            path,
            sheet=LAUGHS
            + HEAD
            + '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>',
        ),
    ),
    "laughs in the book.xlsx": ("unsafe_file", lambda path: packed(path, book=LAUGHS + "<workbook>&j;</workbook>")),
    "laughs of 2003.xml": (
        "unsafe_file",
        lambda path: written(
            path,
            "<?xml version='1.0'?>"
            + LAUGHS
            + XML_2003.format('<Row><Cell><Data ss:Type="String">&j;</Data></Cell></Row>'),
        ),
    ),
    "laughs.ods": (
        "unsafe_file",
        lambda path: ods(
            path,
            "<table:table-row><table:table-cell "
            "office:value-type='string'><text:p>&j;</text:p></table:table-cell></table:table-row>",
            LAUGHS,
        ),
    ),
    "cells far apart.xlsx": (
        "cells_too_far_apart",
        lambda path: packed(path, sheet=HEAD + FAR + "</sheetData></worksheet>"),
    ),
    **{
        f"cells far apart, {how}.xlsx": (
            "cells_too_far_apart",
            lambda path, how=how: placed(path, HEAD + FAR + "</sheetData></worksheet>", SPELLINGS[how]),
        )
        for how in SPELLINGS
    },
    "cells far apart, elsewhere.xlsx": (
        "cells_too_far_apart",
        lambda path: moved(path, HEAD + FAR + "</sheetData></worksheet>"),
    ),
    **{
        f"cells far apart, {how}.xlsx": (
            "cells_too_far_apart",
            lambda path, how=how: packed(path, sheet=HEAD + FAR_OTHERWISE[how] + "</sheetData></worksheet>"),
        )
        for how in FAR_OTHERWISE
    },
    "a sheet in UTF-16.xlsx": (
        "unreadable_file",
        lambda path: packed(
            path,
            sheet=('<?xml version="1.0" encoding="UTF-16"?>' + HEAD + FAR + "</sheetData></worksheet>").encode(
                "utf-16"
            ),
        ),
    ),
    "two parts of one name.xlsx": (
        "unreadable_file",
        lambda path: archived(
            path, plain() | {"xl\\worksheets\\sheet1.xml": (HEAD + FAR + "</sheetData></worksheet>").encode()}
        ),
    ),
    "two cells of 29 million.xlsx": (
        "cells_too_far_apart",
        lambda path: packed(path, sheet=HEAD + FAR.replace("XFD1048576", "AB1048576") + "</sheetData></worksheet>"),
    ),
    "a cell of 29 million.ods": (
        "cells_too_far_apart",
        lambda path: ods(
            path,
            "<table:table-row table:number-rows-repeated='1000000'><table:table-cell "
            "table:number-columns-repeated='29' office:value-type='float' office:value='1'/></table:table-row>",
        ),
    ),
    "attributes without end.xml": (
        "unreadable_file",
        lambda path: written(
            path, XML_2003.format("<Row><Cell " + " ".join(f'a{n}=""' for n in range(300_000)) + "/></Row>")
        ),
    ),
    "cells far apart.xlsb": ("cells_too_far_apart", lambda path: xlsb(path, 1_048_575, 16_383)),
    "cells far apart, backslashes.xlsb": (
        "cells_too_far_apart",
        lambda path: xlsb(path, 1_048_575, 16_383, SPELLINGS["backslashes"]),
    ),
    "cells far apart.xls": ("cells_too_far_apart", lambda path: xls(path, 65_535, 16_000)),
    "cells declared far apart.xls": ("cells_too_far_apart", lambda path: xls(path, 0, 0, (0, 4_000_000_000, 0, 256))),
    "cells declared far apart, Excel 5.xls": (
        "cells_too_far_apart",
        lambda path: xls(path, 0, 0, (0, 65_535, 0, 16_000), "<HHHHH"),
    ),
    "an end before the beginning.xls": ("unreadable_file", lambda path: xls(path, 0, 0, (8, 2_000_000_000, 9, 7))),
    "an end before the beginning, Excel 5.xls": (
        "unreadable_file",
        lambda path: xls(path, 0, 0, (9, 7, 0, 2), "<HHHHH"),
    ),
    "cells far apart.xml": (
        "cells_too_far_apart",
        lambda path: written(
            path, XML_2003.format('<Row ss:Index="9000000"><Cell><Data ss:Type="Number">1</Data></Cell></Row>')
        ),
    ),
    "cells far to the right.xml": (
        "cells_too_far_apart",
        lambda path: written(
            path, XML_2003.format('<Row><Cell ss:Index="1000000"><Data ss:Type="Number">1</Data></Cell></Row>')
        ),
    ),
    "a cell repeated.ods": (
        "cells_too_far_apart",
        lambda path: ods(
            path,
            "<table:table-row table:number-rows-repeated='1048576'><table:table-cell "
            "table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>",
        ),
    ),
    "a million columns.csv": (
        "too_many_columns",
        lambda path: written(path, ",".join(["x"] * 1_000_000) + "\n" + ",".join(["1"] * 1_000_000)),
    ),
    "a million columns.xls": (
        "too_many_columns",
        lambda path: written(path, "<table><tr>" + "<td>1" * 1_000_000 + "</table>"),
    ),
    "a million columns.xlsx": (
        "too_many_columns",
        lambda path: packed(
            path, sheet=HEAD + '<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row></sheetData></worksheet>"
        ),
    ),
    "a column that no program has.xlsx": (
        "too_many_columns",
        lambda path: packed(
            path,
            sheet=HEAD + '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
        ),
    ),
    "spans without end.html": (
        "no_table",
        lambda path: written(path, "<table>" + "<tr>" + "<td rowspan=999999 colspan=999>1" * 5 + "</table>"),
    ),
    "tags without end.html": (
        "no_table",
        lambda path: written(path, "<table><tr><td>a<td>b<tr><td>" + "<a " * 1_000_000 + "<!--" * 100_000),
    ),
}
