"""XML Spreadsheet 2003, which older systems export under the name .xls or .xml."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from data.core.number_formats import display_format
from data.model.sheet import CellError, Formula, Sheet, Span
from data.reading.facts import Run, SheetFacts, meant
from data.reading.limits import CELLS_MOST, COLUMNS_MOST, MARKUP_MOST, MIB, SPAN_MOST, TAGS_MOST
from data.reading.refusals import DAMAGED, TOO_FAR, TOO_LONG, TOO_MANY_TAGS, UNSAFE, unreadable

# Expat keeps all attributes of a tag at once.
LONG_TAG = re.compile(rb"<[^<>!][^<>]{300000}")
# Expat itself knows no Chinese encodings.
DECLARED = re.compile(rb"""^(<\?xml[^>]*?)\s+encoding=["']([A-Za-z0-9_-]+)["']""")
NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
ROWS_MOST = 1_048_576
HTML = "http://www.w3.org/TR/REC-html40 "
STRUCK, RAISED = {"s", "strike", "del"}, {"sup", "sub"}


class _Unsafe(Exception):
    """Control flow only: the file declares entities."""


class _Far(Exception):
    """Control flow only: a cell stands where no sheet of a size that is read has one."""


def read(path: Path, shown: str) -> list[Sheet]:
    """The workbook's sheets; entity declarations are never followed."""
    if path.stat().st_size > MARKUP_MOST:
        raise unreadable(TOO_LONG, shown, size=path.stat().st_size // MIB, most=MARKUP_MOST // MIB)
    reader = _Reader()
    try:
        content = path.read_bytes()
        if (tags := content.count(b"<")) > TAGS_MOST:
            raise unreadable(TOO_MANY_TAGS, shown, count=f"{tags:,}", most=f"{TAGS_MOST:,}")
        if LONG_TAG.search(content):
            raise unreadable(DAMAGED, shown)
        reader.parse(_as_utf8(content))
    except _Unsafe as problem:
        raise unreadable(UNSAFE, shown) from problem
    except _Far as problem:
        name = reader.name or ""
        raise unreadable(TOO_FAR, shown, sheet=name, cell=problem, count="–", most=CELLS_MOST // 1_000_000) from problem
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise unreadable(DAMAGED, shown) from problem
    return reader.sheets


def _as_utf8(content: bytes) -> bytes:
    """The file in UTF-8 if it says that it is in an encoding that expat does not know."""
    said = DECLARED.match(content)
    if not said or said[2].lower() not in (b"gb2312", b"gbk", b"gb18030", b"big5"):
        return content
    name = "big5" if said[2].lower() == b"big5" else "gb18030"
    return DECLARED.sub(rb"\1", content, count=1).decode(name).encode()


class _Reader:
    """Expat's events become sheets."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.name: str | None = None
        self.rows: list[list[Any]] = []
        self.spans: list[Span] = []
        self.row: list[Any] | None = None
        self.type: str | None = None
        self.formula: str | None = None
        self.words: list[str] | None = None
        self.place = 0
        self.filled = 0
        self.facts = SheetFacts()
        self.columns = 0
        self.struck_styles: set[str] = set()
        self.shown_styles: dict[str, str] = {}
        self.style = ""
        self.struck = False
        self.shown: str | None = None
        self.runs: list[Run] = []
        # What is open inside a cell's text: (struck out, raised).
        self.formats: list[tuple[bool, bool]] = []
        self.comment = False

    def parse(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.Parse(content, True)

    def _refuse(self, *_: object) -> None:
        raise _Unsafe

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        given = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        match tag.removeprefix(NAMESPACE + " "):
            case "Worksheet":
                self.name, self.rows, self.spans, self.facts, self.columns = (
                    given.get("Name", ""),
                    [],
                    [],
                    SheetFacts(),
                    0,
                )
            case "Style":
                self.style = given.get("ID", "")
            case "Font" if self.style and given.get("StrikeThrough") == "1":
                self.struck_styles.add(self.style)
            case "NumberFormat" if self.style:
                code = given.get("Format", "")
                code = "0%" if code == "Percent" else code
                if display_format(code):
                    self.shown_styles[self.style] = code
            case "Column":
                self._column(given)
            case "Row":
                place = int(given.get("Index", len(self.rows) + 1))
                if not len(self.rows) < place <= ROWS_MOST:
                    raise _Far(f"A{place}")
                self.rows.extend([] for _ in range(place - len(self.rows)))
                self.row = self.rows[-1]
                if given.get("Hidden") == "1":
                    self.facts.hidden_rows.add(place)
            case "Cell" if self.row is not None:
                self._cell(given)
            case "Comment":
                self.comment = True
            case "urn:schemas-microsoft-com:office:excel Visible":
                self.words = []
            case "Data" if self.row is not None and not self.comment:
                self.type, self.words, self.runs, self.formats = given.get("Type", "String"), [], [], []
            case markup if self.words is not None and self.row is not None and markup.startswith(HTML):
                self._end_run()
                name = markup.removeprefix(HTML).lower()
                self.formats.append((name in STRUCK, name in RAISED))

    def _column(self, given: dict[str, str]) -> None:
        first = int(given.get("Index", self.columns + 1))
        self.columns = first + int(given.get("Span", 0))
        if given.get("Hidden") == "1":
            self.facts.hidden_columns.update(range(first - 1, min(self.columns, COLUMNS_MOST)))

    def _end_run(self) -> None:
        """Keeps the words read so far with the formats that are open."""
        if self.words:
            struck, raised = (any(one[n] for one in self.formats) for n in (0, 1))
            self.runs.append(Run("".join(self.words), struck, raised))
            self.words = []

    def _cell(self, given: dict[str, str]) -> None:
        assert self.row is not None
        place = int(given.get("Index", len(self.row) + 1))
        across, down = int(given.get("MergeAcross", 0)), int(given.get("MergeDown", 0))
        if not len(self.row) < place <= COLUMNS_MOST or across > COLUMNS_MOST - place or min(across, down) < 0:
            raise _Far(f"R{len(self.rows)}C{place}")
        self.filled += place + across - len(self.row)
        if self.filled > CELLS_MOST:
            raise _Far(f"R{len(self.rows)}C{place}")
        self.row.extend("" for _ in range(place - len(self.row)))
        if across or down:
            top, down = len(self.rows) - 1, min(down, SPAN_MOST)
            self.spans.append(Span(top, place - 1, top + down, place - 1 + across))
            self.row.extend("" for _ in range(across))
        self.place = place - 1
        self.formula = given.get("Formula")
        self.struck = given.get("StyleID", "") in self.struck_styles
        self.shown = self.shown_styles.get(given.get("StyleID", ""))

    def _text(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)

    def _end(self, tag: str) -> None:
        match tag.removeprefix(NAMESPACE + " "):
            case "Comment":
                self.comment = False
            case "Style":
                self.style = ""
            case "Data" if self.row is not None and self.words is not None:
                self._end_run()
                if self.place < len(self.row):
                    self._take()
                self.words, self.formula = None, None
            case markup if self.words is not None and self.formats and markup.startswith(HTML):
                self._end_run()
                self.formats.pop()
            case "Cell" if self.row is not None:
                if self.formula and self.place < len(self.row):
                    self.row[self.place] = Formula(self.formula)
                self.formula = None
            case "Row":
                self.row = None
            case "urn:schemas-microsoft-com:office:excel Visible" if self.words is not None:
                self.facts.hidden, self.words = "Hidden" in "".join(self.words), None
            case "Worksheet":
                self.sheets.append(self.facts.sheet(self.name or "", self.rows, self.spans))

    def _take(self) -> None:
        """The value of a cell whose text was read."""
        assert self.row is not None
        place = len(self.rows) - 1, self.place
        text = meant(self.runs)
        if text is not None and text.left_out:
            self.facts.left_out[place] = text.left_out
        whole = text.text if text is not None else "".join(run.text for run in self.runs)
        self.row[self.place] = _value(self.type or "String", whole)
        if (self.struck or (self.runs and all(run.struck for run in self.runs))) and whole:
            self.facts.note_struck(place)
        if self.shown and whole:
            self.facts.note_shown(self.place, self.shown)


def _value(kind: str, text: str) -> Any:
    match kind:
        case "Number":
            return float(text)
        case "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
        case "Boolean":
            return text.strip() in ("1", "true")
        case "Error":
            return CellError(text)
    return text
