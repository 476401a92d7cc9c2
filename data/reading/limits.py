"""How much a file may ask of the machine before anything is taken from it, each with its reason.

Mebibytes are bytes.
"""

from __future__ import annotations

MIB = 1024 * 1024

# A million tickets with 13 columns unpack to 500 MB of XML: six times that is still a workbook, more is not.
UNPACKED_MOST = 3_072 * MIB
# Texts of a workbook are held in memory all at once.
SHARED_TEXTS_MOST = 512 * MIB
# Spreadsheets pack 5 to 50 times smaller, files made to burst up to 1,000 times. Small files may: they do no harm.
RATIO_MOST = 200
RATIO_FROM = 50 * MIB
# A workbook has tens of parts; a month's zip has tens of workbooks.
PARTS_MOST = 10_000
MEMBERS_MOST = 500
# The reader keeps 24 bytes for every cell between the first and the last: 30 million are 720 MB. Excel's full 1,048,576
# rows fit with 26 columns.
CELLS_MOST = 30_000_000
# Cells of an OpenDocument that hold something, and such as lie between: each is kept for itself, at a hundred bytes.
OPENDOCUMENT_CELLS_MOST = 8_000_000
# Between a few cells far apart the reader keeps all that is empty: more than this only where one of twenty is filled.
SPARSE_MOST, SPARSE_SHARE = 20_000_000, 0.05
# No spreadsheet has more columns (Excel's XFD); a text file may claim any number.
COLUMNS_MOST = 16_384
# Read tag by tag, a few megabytes a second: what is larger should be saved as .xlsx, and would take minutes.
MARKUP_MOST = 100 * MIB
TAGS_MOST = 4_000_000
# Records, or cells of an OpenDocument, are walked one by one: a million rows of thirteen columns are 250 MB of records.
BINARY_MOST = 256 * MIB
# Cells without a computed value and the like, noted one by one: a sheet full of them is told with these.
NOTED_MOST = 100_000
# Merged cells and spans beyond this are not a header's.
SPAN_MOST = 1_000
# A workbook keeps a text once for all cells that hold it; read, each cell has its own. And a cell's blanks can be
# counted instead of written.
TEXT_MOST = 1_024 * MIB
# A text that is not of one shape is kept cell by cell, several times its size; what is larger is refused.
CELL_BY_CELL_MOST = 256 * MIB
# No row of a table is longer, nor has a text that is kept cell by cell more lines: an empty one costs 64 bytes too.
LINE_MOST = 4 * MIB
LINES_MOST = 4_000_000
# What unpacking may keep of the text before, to be repeated.
WINDOW_MOST = 128 * MIB
