"""Tables of a web page, which many systems export under the name .xls: one sheet a table, cells as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from data.model.sheet import Sheet, Span
from data.reading.delimited import decode
from data.reading.limits import COLUMNS_MOST, MARKUP_MOST, MIB, SPAN_MOST
from data.reading.refusals import NOT_TEXT, TOO_LONG, TOO_WIDE, unreadable

# The standard library's parser takes quadratic time on malformed pages; one regular expression does not.
TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>|([^<]+)|<")
SILENT = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|xml)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"x:num\s*=\s*[\"']?(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)")
SPREAD = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,6})", re.IGNORECASE)
DECLARED = re.compile(rb"charset\s*=\s*[\"']?([a-zA-Z0-9_-]+)", re.IGNORECASE)
CELLS, ROW, TABLE = ("td", "th"), "tr", "table"


class _TooWide(Exception):
    """Control flow only: a row has more columns than are read."""


@dataclass
class _Table:
    """A table while it is read. taken: column -> the row up to which a cell of a row above spans it."""

    rows: list[list[str | float]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    words: list[str] | None = None
    given: float | None = None
    spread: tuple[int, int] = (1, 1)

    def open_cell(self, attributes: str) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        sizes = {name.lower(): min(max(int(size), 1), SPAN_MOST) for name, size in SPREAD.findall(attributes)}
        number = NUMBER.search(attributes)
        self.given = float(number[1]) if number else None
        self.spread = (sizes.get("rowspan", 1), sizes.get("colspan", 1))
        self.words = []

    def close_cell(self) -> None:
        if self.words is None:
            return
        top, row = len(self.rows) - 1, self.rows[-1]
        while self.taken.get(len(row), 0) > top:
            row.append("")
        left, (high, wide) = len(row), self.spread
        text = " ".join("".join(self.words).replace("\xa0", " ").split())
        row.extend([text if self.given is None else self.given, *[""] * (wide - 1)])
        if high > 1 or wide > 1:
            self.spans.append(Span(top, left, top + high - 1, left + wide - 1))
            self.taken.update(dict.fromkeys(range(left, left + wide), top + high))
        self.words = None
        if len(row) > COLUMNS_MOST:
            raise _TooWide


def read(path: Path, shown: str) -> list[Sheet]:
    """One sheet for each table that is not inside another; Unreadable if the page is too long or no text."""
    if path.stat().st_size > MARKUP_MOST:
        raise unreadable(TOO_LONG, shown, size=path.stat().st_size // MIB, most=MARKUP_MOST // MIB)
    text = _text(path.read_bytes())
    if text is None:
        raise unreadable(NOT_TEXT, shown)
    try:
        tables = [table for table in _tables(SILENT.sub("", text)) if table.rows]
    except _TooWide as problem:
        most = f"{COLUMNS_MOST:,}"
        raise unreadable(TOO_WIDE, shown, sheet=Path(shown).stem, count=f"> {most}", most=most) from problem
    name = Path(shown).stem
    return [
        Sheet(name if len(tables) == 1 else f"{name} {number}", list(table.rows), merged=tuple(table.spans))
        for number, table in enumerate(tables, 1)
    ]


def _text(raw: bytes) -> str | None:
    """The page in the encoding that its bytes or else its header say."""
    text = decode(raw)
    said = DECLARED.search(raw[:4_096])
    if text is None and said:
        try:
            return raw.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return None
    return text


def _tables(text: str) -> list[_Table]:
    found: list[_Table] = []
    opened: list[_Table] = []
    for token in TOKEN.finditer(text):
        closing, tag, attributes, words = token.groups()
        table = opened[-1] if opened else None
        if words is not None:
            if table and table.words is not None:
                table.words.append(unescape(words))
            continue
        tag = (tag or "").lower()
        if tag == TABLE and not closing:
            opened.append(_Table())
            # A table inside a cell is layout; what it says belongs to nobody.
            if len(opened) == 1:
                found.append(opened[-1])
        elif table is None:
            continue
        elif tag == TABLE:
            table.close_cell()
            opened.pop()
        elif tag == ROW:
            table.close_cell()
            if not closing:
                table.rows.append([])
        elif tag in CELLS:
            table.close_cell() if closing else table.open_cell(attributes)
        elif tag in ("br", "p", "div") and table.words is not None:
            table.words.append(" ")
    for table in opened:
        table.close_cell()
    return found
