"""Tables of a web page, which many systems export under the name .xls: one sheet a table, cells as text.

A table that frames others is looked into; a value in a small table inside a cell is the cell's.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

from data.model.sheet import Formula, Sheet, Span
from data.reading.delimited import NOTHING, Said, decode
from data.reading.facts import Place, Run, SheetFacts, meant
from data.reading.html_format import NONE, Effect, Styles
from data.reading.limits import COLUMNS_MOST, MARKUP_MOST, MIB, SPAN_MOST, TAGS_MOST
from data.reading.refusals import DAMAGED, TOO_LONG, TOO_MANY_TAGS, TOO_WIDE, unreadable

# The standard library's parser takes quadratic time on malformed pages; one regular expression does not.
TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>|([^<]+)|<")
SILENT = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|xml)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"x:num\s*=\s*[\"']?(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)")
SPREAD = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,6})", re.IGNORECASE)
DECLARED = re.compile(rb"charset\s*=\s*[\"']?([a-zA-Z0-9_-]+)", re.IGNORECASE)
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252", "ascii": "cp1252"}
CELLS, ROW, TABLE = ("td", "th"), "tr", "table"
VOID = {"br", "img", "col", "hr", "input", "meta", "link", "wbr", "area", "base", "embed", "param", "source", "track"}
FORMULA = re.compile(r"x:fmla\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# Of a table inside a cell: how much of its words is the cell's, how many titles around it are its own.
WORDS_MOST, TITLES_MOST = 1_000, 10
# Elements that nobody closes: how many are kept, and how far an end tag looks for its beginning.
DEPTH_MOST, NEAR = 500, 64
# No page frames its tables so deeply, nor holds so many; each takes a thousand bytes before its first word.
NESTED_MOST, TABLES_MOST = 100, 20_000


class _Nested(Exception):
    """Control flow only: more tables stand inside each other, or on the page, than are read."""


class _TooWide(Exception):
    """Control flow only: a row has more columns than are read."""


@dataclass
class _Table:
    """A table while it is read. taken: column -> the row up to which a cell of a row above spans it; inner: where a
    cell holds a table that is a sheet of its own; hidden: cells that a reader of the page does not see.
    """

    rows: list[list[str | float]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    facts: SheetFacts = field(default_factory=SheetFacts)
    inner: set[Place] = field(default_factory=set)
    hidden: set[Place] = field(default_factory=set)
    runs: list[Run] | None = None
    given: float | None = None
    formula: str = ""
    effect: Effect = NONE
    spread: tuple[int, int] = (1, 1)
    holds_grid: bool = False

    def open_row(self, effect: Effect) -> None:
        self.close_cell()
        self.rows.append([])
        if effect.hidden:
            self.facts.hidden_rows.add(len(self.rows))

    def open_cell(self, attributes: str, effect: Effect) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        sizes = {name.lower(): min(max(int(size), 1), SPAN_MOST) for name, size in SPREAD.findall(attributes)}
        number, formula = NUMBER.search(attributes), FORMULA.search(attributes)
        self.given = float(number[1]) if number else None
        self.formula = unescape(formula[1] or formula[2]) if formula else ""
        self.spread = (sizes.get("rowspan", 1), sizes.get("colspan", 1))
        self.runs, self.effect = [], effect

    def say(self, words: str, effect: Effect = NONE) -> None:
        """Words of the open cell."""
        if self.runs is None:
            return
        if effect is NONE and self.effect is NONE:
            self.runs.append(Run(words.replace("\xa0", " ")))
            return
        effect = effect.and_(self.effect)
        if not (effect.hidden and not self.effect.hidden):
            self.runs.append(Run(words.replace("\xa0", " "), effect.struck, effect.raised and not self.effect.raised))

    def close_cell(self) -> None:
        if self.runs is None:
            return
        top, row = len(self.rows) - 1, self.rows[-1]
        while self.taken.get(len(row), 0) > top:
            row.append("")
        left, (high, wide) = len(row), self.spread
        row.extend([self._value((top, left)), *[""] * (wide - 1)])
        if high > 1 or wide > 1:
            self.spans.append(Span(top, left, top + high - 1, left + wide - 1))
            self.taken.update(dict.fromkeys(range(left, left + wide), top + high))
        if self.effect.hidden:
            self.hidden.update((top, left + n) for n in range(wide))
        if self.holds_grid:
            self.inner.add((top, left))
        self.runs, self.holds_grid = None, False
        if len(row) > COLUMNS_MOST:
            raise _TooWide

    def _value(self, place: Place) -> str | float:
        assert self.runs is not None
        runs = self.runs
        rich = meant(runs)
        text = " ".join((rich.text if rich else "".join(run.text for run in runs)).split())
        if rich is not None and rich.left_out:
            self.facts.left_out[place] = rich.left_out
        if text and all(run.struck or not run.text.strip() for run in runs):
            self.facts.note_struck(place)
        if self.given is not None:
            return self.given
        return Formula(self.formula) if self.formula and not text else text

    @property
    def is_grid(self) -> bool:
        """Whether it is a table of its own: several rows of several cells."""
        return sum(sum(cell != "" for cell in row) > 1 for row in self.rows) > 1

    @property
    def is_layout(self) -> bool:
        """Whether it only frames other tables: no row holds more than one thing."""
        return bool(self.inner) and all(sum(cell != "" for cell in row) <= 1 for row in self.rows)

    def close(self) -> None:
        """The last cell, and what becomes of hidden cells: a hidden column is read and told, other hidden cells are
        none, as a browser shows it.
        """
        self.close_cell()
        columns = {column for _, column in self.hidden}
        shown = {
            column
            for number, row in enumerate(self.rows)
            for column in columns
            if column < len(row) and (number, column) not in self.hidden and number + 1 not in self.facts.hidden_rows
        }
        self.facts.hidden_columns = columns - shown
        for row, column in sorted(self.hidden, reverse=True):
            if column not in shown:
                continue
            if self.spans or self.facts.left_out or self.facts.struck:
                self.rows[row][column] = ""
            else:
                del self.rows[row][column]
        for row, column in self.inner:
            if sum(cell != "" for cell in self.rows[row]) <= 1:
                # The table that stands here is read as a sheet of its own.
                self.rows[row][column] = ""

    def words(self) -> str:
        """All that it says, as the text of the cell around it."""
        return " ".join(str(cell) for row in self.rows for cell in row if cell != "")[:WORDS_MOST]

    def put_below(self, rows: list[list[str | float]]) -> None:
        """Puts the titles of a framing table above its own rows."""
        titles = [list(row) for row in rows if any(cell != "" for cell in row)][-TITLES_MOST:]
        if titles and all(sum(cell != "" for cell in row) == 1 for row in titles):
            down = len(titles)
            self.rows[:0] = titles
            self.spans = [Span(one.top + down, one.left, one.bottom + down, one.right) for one in self.spans]
            self.facts.moved_down(down)


def read(path: Path, shown: str, said: Said = NOTHING) -> list[Sheet]:
    """One sheet for each table, but for small ones inside a cell; Unreadable if the page is too long or no text."""
    if path.stat().st_size > MARKUP_MOST:
        raise unreadable(TOO_LONG, shown, size=path.stat().st_size // MIB, most=MARKUP_MOST // MIB)
    raw = path.read_bytes()
    if (tags := raw.count(b"<")) > TAGS_MOST:
        raise unreadable(TOO_MANY_TAGS, shown, count=f"{tags:,}", most=f"{TAGS_MOST:,}")
    text, notes = decode(raw, shown, said, _declared(raw))
    styles = Styles(text)
    try:
        tables = [table for table in _tables(SILENT.sub("", text), styles) if table.rows and not table.is_layout]
    except _Nested as problem:
        raise unreadable(DAMAGED, shown) from problem
    except _TooWide as problem:
        most = f"{COLUMNS_MOST:,}"
        raise unreadable(TOO_WIDE, shown, sheet=Path(shown).stem, count=f"> {most}", most=most) from problem
    name = Path(shown).stem
    for table in tables:
        table.facts.unseen = styles.unseen
    return [
        replace(
            table.facts.sheet(name if len(tables) == 1 else f"{name} {number}", list(table.rows), table.spans),
            notes=notes,
        )
        for number, table in enumerate(tables, 1)
    ]


def _declared(raw: bytes) -> str:
    """The encoding that the page says it is in; "" if it says none that is known."""
    said = DECLARED.search(raw[:4_096])
    name = said[1].decode("ascii").lower() if said else ""
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    # Browsers take these for what programs write under their names.
    return SUPERSETS.get(name, name)


class _Open(list[tuple[str, Effect]]):
    """The elements that are open, from the outermost; of what is never closed only so many."""

    def effect(self) -> Effect:
        """What all of them do to the text in them."""
        return self[-1][1] if self else NONE

    def opened(self, tag: str, effect: Effect) -> None:
        if len(self) < DEPTH_MOST:
            self.append((tag, self.effect().and_(effect)))

    def closed(self, tag: str) -> None:
        for place in range(len(self) - 1, max(len(self) - NEAR, 0) - 1, -1):
            if self[place][0] == tag:
                del self[place:]
                return


def _tables(text: str, styles: Styles) -> list[_Table]:
    found: list[_Table] = []
    opened: list[_Table] = []
    elements = [_Open()]
    for token in TOKEN.finditer(text):
        closing, tag, attributes, words = token.groups()
        table = opened[-1] if opened else None
        if words is not None:
            if table and table.runs is not None:
                table.say(unescape(words), elements[-1].effect())
            continue
        tag = (tag or "").lower()
        if tag == TABLE:
            if not closing:
                if len(opened) >= NESTED_MOST or len(found) >= TABLES_MOST:
                    raise _Nested
                effect = elements[-1].effect().and_(styles.of(tag, attributes))
                opened.append(_Table(facts=SheetFacts(hidden=effect.hidden)))
                found.append(opened[-1])
                elements.append(_Open())
            elif table is not None:
                _close(opened, found)
                elements.pop()
        elif tag == "" or tag in VOID or tag.endswith(":data"):
            if tag == "br" and table is not None:
                table.say(" ")
        elif table is not None and tag == ROW:
            elements[-1].clear()
            table.close_cell() if closing else table.open_row(styles.of(tag, attributes))
        elif table is not None and tag in CELLS:
            elements[-1].clear()
            table.close_cell() if closing else table.open_cell(attributes, styles.of(tag, attributes))
        else:
            if tag in ("p", "div") and table is not None:
                table.say(" ")
            elements[-1].closed(tag) if closing else elements[-1].opened(tag, styles.of(tag, attributes))
    while opened:
        _close(opened, found)
    return found


def _close(opened: list[_Table], found: list[_Table]) -> None:
    """Ends the innermost table: one of a few words is part of the cell around it."""
    table = opened.pop()
    table.close()
    if not opened:
        return
    around = opened[-1]
    words = table.words()
    if table.is_grid:
        around.holds_grid = True
        table.put_below(around.rows)
    elif not table.is_layout:
        del found[next(place for place in range(len(found) - 1, -1, -1) if found[place] is table)]
    if not table.facts.hidden:
        around.say(f" {words} ")
