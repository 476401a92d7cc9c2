"""What an OpenDocument sheet asks of the machine (one cell can say that it is repeated a billion times), and what it
says besides values.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from data.core.number_formats import display_format
from data.model.sheet import CellError, Formula
from data.reading.facts import Run, SheetFacts, meant
from data.reading.limits import BINARY_MOST, COLUMNS_MOST, MIB, NOTED_MOST, OPENDOCUMENT_CELLS_MOST, TEXT_MOST
from data.reading.refusals import DAMAGED, NEVER_COMPUTED, TOO_LARGE, UNSAFE, refuse_beyond, unreadable
from data.reading.repeated_texts import too_much_text

TOKEN = re.compile(
    rb"<table:(table-row|table-column|table-cell|covered-table-cell|table(?!-))\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    rb"|</table:table-row>"
)
BLANKS_COUNTED = re.compile(rb"""\btext:c=["'](\d{1,18})["']""")
REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated=["'](\d{1,9})["']""")
NAME = re.compile(rb"""table:name=["']([^"']*)["']""")
STYLE_NAME = re.compile(rb"""(?<!cell-)\b(?:table|text):style-name=["']([^"']*)["']""")
DEFAULT_STYLE = re.compile(rb"""\bdefault-cell-style-name=["']([^"']*)["']""")
INVISIBLE = re.compile(rb"""\btable:visibility=["'](?:collapse|filter)["']""")
FORMULA = re.compile(rb"""\btable:formula=(?:"([^"]*)"|'([^']*)')""")
VALUED = (b"value-type", b"office:value", b"calcext:value-type", b"table:formula")
IS_ERROR = re.compile(rb"""value-type=["']error["']""")
ERROR_SHOWN = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|Err:\d{3}")
CELL_END = b"</table:table-cell>"
STYLE = re.compile(rb"<style:style\b([^>]*?)(?:/>|>((?:[^<]|<(?!/?style:style[\s>]))*+)</style:style>)")
STYLE_IS = re.compile(rb"""\bstyle:(name|parent-style-name)=["']([^"']*)["']""")
STRUCK = re.compile(rb"""\btext-line-through-(?:style|type)=["'](?!none)""")
RAISED = re.compile(rb"""\btext-position=["'](?:super|sub|-?[1-9]\d*%)""")
WORD = re.compile(rb"<(/?)([\w:.-]+)([^>]*?)(/?)>|([^<]+)")
BLANKS = {b"text:s": " ", b"text:tab": " ", b"text:line-break": "\n"}
# What stands in a cell and is no part of its value.
ASIDE = (b"office:annotation", b"text:note", b"draw:frame", b"text:ruby-text")
STYLES_MOST = 16 * MIB
# A number format: digits with a factor by which they are shown divided, a text among them, words beside them.
NUMBER_STYLE = re.compile(
    rb"<number:(number|percentage|currency)-style\b([^>]*)>"
    rb"((?:[^<]|<(?!/number:(?:number|percentage|currency)-style>))*+)<"
)
NUMBER_IS = re.compile(rb"""\bstyle:name=["']([^"']*)["']""")
DATA_STYLE = re.compile(rb"""\bstyle:data-style-name=["']([^"']*)["']""")
FACTOR = re.compile(rb"""\bdisplay-factor=["'](\d{1,15})["']""")
DECIMALS = re.compile(rb"""\bdecimal-places=["'](\d{1,2})["']""")
EMBEDDED = re.compile(rb"""<number:embedded-text\b[^>]*position=["'](\d{1,2})["'][^>]*>([^<]*)<""")
NUMBER_WORDS = re.compile(rb"<number:text\b[^>]*>([^<]*)<")


@dataclass
class _Table:
    """A table while its tags are walked. hidden: ranges of rows, as (first, behind the last)."""

    name: str
    facts: SheetFacts = field(default_factory=SheetFacts)
    row: int = 0
    bottom: int = 0
    wide: int = 0
    columns: int = 0
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    defaults: list[tuple[int, bytes]] = field(default_factory=list)
    cell_end: int = 0

    def default(self, column: int) -> bytes:
        """The format of a column's cells that name none."""
        return next((style for end, style in self.defaults if column < end), b"")

    def closed(self) -> SheetFacts:
        """The facts of the table, whose hidden rows end with its values."""
        for first, end in self.hidden_rows:
            self.facts.hidden_rows.update(range(first + 1, min(end, self.bottom) + 1))
        for first, end in self.hidden_columns:
            self.facts.hidden_columns.update(range(first, min(end, self.wide)))
        return self.facts


def sheet_facts(path: Path, shown: str) -> list[SheetFacts]:
    """The facts of each sheet, in their order; Unreadable if its filled cells, repeated as they say, lie too far apart;
    or if entities are declared.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = archive.getinfo("content.xml").file_size
            if size > BINARY_MOST:
                raise unreadable(TOO_LARGE, shown, size=f"{size // MIB:,}", most=BINARY_MOST // MIB)
            content = archive.read("content.xml")
            common = "styles.xml" in archive.namelist() and archive.getinfo("styles.xml").file_size <= STYLES_MOST
            styles = archive.read("styles.xml") if common else b""
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, NotImplementedError) as problem:
        raise unreadable(DAMAGED, shown) from problem
    if b"<!ENTITY" in content:
        raise unreadable(UNSAFE, shown)
    formats = _formats(styles + content[: content.find(b"<office:body")])
    try:
        return [table.closed() for table in _tables(content, formats, shown)]
    except ValueError as problem:
        raise unreadable(DAMAGED, shown) from problem


@dataclass(frozen=True)
class _Formats:
    """Names of the styles that strike out and that raise, and number formats that show a figure in another unit."""

    struck: frozenset[bytes] = frozenset()
    raised: frozenset[bytes] = frozenset()
    shown: Mapping[bytes, str] = field(default_factory=dict)


def _formats(content: bytes) -> _Formats:
    codes = {name: code for name, code in _number_codes(content) if display_format(code)}
    if not STRUCK.search(content) and not RAISED.search(content) and not codes:
        return _Formats()
    struck: dict[bytes, bool] = {}
    raised: dict[bytes, bool] = {}
    shown: dict[bytes, str] = {}
    for attributes, body in STYLE.findall(content):
        about = dict(STYLE_IS.findall(attributes))
        name, parent = about.get(b"name", b""), about.get(b"parent-style-name", b"")
        struck[name] = bool(STRUCK.search(body)) or (b"text-line-through" not in body and struck.get(parent, False))
        raised[name] = bool(RAISED.search(body)) or (b"text-position" not in body and raised.get(parent, False))
        data = DATA_STYLE.search(attributes)
        code = codes.get(data[1]) if data else shown.get(parent)
        if code:
            shown[name] = code
    names = [frozenset(name for name, yes in one.items() if yes) for one in (struck, raised)]
    return _Formats(names[0], names[1], shown)


def _number_codes(content: bytes) -> Iterator[tuple[bytes, str]]:
    """Name of a number format and what a workbook would write for it, as far as it shows a figure in another unit."""
    for kind, attributes, body in NUMBER_STYLE.findall(content):
        named = NUMBER_IS.search(attributes)
        if not named:
            continue
        factor, decimals, embedded = FACTOR.search(body), DECIMALS.search(body), EMBEDDED.search(body)
        digits = "0"
        if embedded and int(embedded[1]):
            digits = f'0"{unescape(embedded[2].decode("utf-8", "replace"))}"{"0" * int(embedded[1])}'
        if decimals and int(decimals[1]):
            digits += "." + "0" * int(decimals[1])
        thousands = (len(factor[1]) - 1) // 3 if factor else 0
        words = unescape(b"".join(NUMBER_WORDS.findall(body)).decode("utf-8", "replace")).replace('"', "")
        text = "%" if kind == b"percentage" else f'"{words}"' if words else ""
        yield named[1], f"{digits}{',' * thousands}{text}"


def _tables(content: bytes, formats: _Formats, shown: str) -> list[_Table]:
    found: list[_Table] = []
    row_times, column, filled, row_style = 1, 0, False, b""
    size = row_size = 0
    for token in TOKEN.finditer(content):
        tag, attributes = token.groups()
        repeated = REPEATED.search(attributes or b"")
        times = int(repeated[1]) if repeated else 1
        if tag == b"table":
            said = NAME.search(attributes)
            found.append(_Table(said[1].decode("utf-8", "replace") if said else ""))
            continue
        if not found:
            continue
        table = found[-1]
        if tag == b"table-column":
            if INVISIBLE.search(attributes):
                table.hidden_columns.append((table.columns, table.columns + times))
            table.columns += times
            style = DEFAULT_STYLE.search(attributes)
            table.defaults.append((table.columns, style[1] if style else b""))
        elif tag == b"table-row":
            row_times, column, filled, row_size = times, 0, False, 0
            style = DEFAULT_STYLE.search(attributes)
            row_style = style[1] if style else b""
            if INVISIBLE.search(attributes):
                table.hidden_rows.append((table.row, table.row + times))
            if attributes.endswith(b"/"):
                table.row += times
        elif tag is None:
            table.row += row_times
            table.bottom = table.row if filled else table.bottom
            size += row_size * row_times
            row_times, filled, row_size = 0, False, 0
        else:
            column += times
            if any(mark in attributes for mark in VALUED):
                filled, table.wide = True, max(table.wide, column)
                row_size += times * _look(content, token, table, column - times, times, row_style, formats)
                if len(table.facts.cells) > NOTED_MOST:
                    raise unreadable(NEVER_COMPUTED, shown, sheet=table.name, count=f"{NOTED_MOST:,}")
        bottom = max(table.bottom, table.row + row_times if filled else 0)
        if size + row_size * row_times > TEXT_MOST:
            raise too_much_text(shown)
        if table.wide * bottom > 1_000_000 or table.wide > COLUMNS_MOST:
            refuse_beyond(bottom, table.wide, table.name, shown, OPENDOCUMENT_CELLS_MOST)
    return found


def _look(
    content: bytes, token: re.Match[bytes], table: _Table, column: int, times: int, row_style: bytes, formats: _Formats
) -> int:
    """Notes what a filled cell says besides its value; the bytes of its text."""
    attributes = token[2]
    formula = b"table:formula" in attributes
    if token.start() < table.cell_end:
        raise ValueError("a cell inside a cell")
    inside = b""
    if not attributes.endswith(b"/"):
        table.cell_end = content.find(CELL_END, token.end())
        if table.cell_end < 0:
            raise ValueError("a cell without end")
        inside = content[token.end() : table.cell_end]
    size = len(inside) + sum(map(int, BLANKS_COUNTED.findall(inside)))
    facts, places = table.facts, [(table.row, column + n) for n in range(min(times, 1_000))]
    if IS_ERROR.search(attributes) or (formula and (b">#" in inside or b">Err:" in inside)):
        error = "".join(run.text for run in _runs(inside, formats)).strip()
        if IS_ERROR.search(attributes) or ERROR_SHOWN.fullmatch(error):
            facts.cells.update(dict.fromkeys(places, CellError(error or "#N/A")))
            return size
    if formula and b"office:value-type" not in attributes and not inside.strip():
        said = FORMULA.search(attributes)
        text = unescape((said[1] or said[2] or b"").decode("utf-8", "replace")) if said else ""
        facts.cells.update(dict.fromkeys(places, Formula("=" + text.partition(":=")[2] if ":=" in text else text)))
        return size
    if (formats.struck or formats.raised) and b"<text:span" in inside:
        rich = meant(_runs(inside, formats))
        for place in places:
            facts.note_text(place, rich)
    elif b"<office:annotation" in inside and b'office:value-type="string"' in attributes:
        # A note beside the cell's text is none of it.
        facts.cells.update(dict.fromkeys(places, "".join(run.text for run in _runs(inside, formats)).strip("\n")))
    if formats.struck or formats.shown:
        style = STYLE_NAME.search(attributes)
        named = style[1] if style else row_style or table.default(column)
        if named in formats.shown:
            for _, at in places:
                facts.note_shown(at, formats.shown[named])
        if named in formats.struck:
            for place in places:
                facts.note_struck(place)
    return size


def _runs(inside: bytes, formats: _Formats) -> Iterator[Run]:
    """The parts of a cell's text, each in one format; paragraphs are lines."""
    opened: list[bytes] = []
    aside = paragraphs = 0
    for closing, tag, attributes, alone, words in WORD.findall(inside):
        if words:
            if not aside and paragraphs:
                struck, raised = (any(one in names for one in opened) for names in (formats.struck, formats.raised))
                yield Run(unescape(words.decode("utf-8", "replace")), struck, raised)
        elif tag in ASIDE:
            aside += 0 if alone else -1 if closing else 1
        elif tag == b"text:span" and not alone:
            if closing:
                opened = opened[:-1]
            else:
                style = STYLE_NAME.search(attributes)
                opened = [*opened, style[1] if style else b""]
        elif aside:
            continue
        elif tag == b"text:p" and not closing:
            paragraphs += 1
            if paragraphs > 1:
                yield Run("\n")
        elif tag in BLANKS and not closing:
            yield Run(BLANKS[tag])
