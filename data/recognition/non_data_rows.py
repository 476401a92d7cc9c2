"""Rows that are not data: totals, notes and sources below a table.

They are left out, said, and totals are reconciled.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.core.text import normalise
from data.model.arrow_rows import is_text, match_texts, non_empty, take_rows
from data.model.feed import NUMERIC, Feed
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.parsing.dates import parse_month
from data.parsing.numbers import parse_number
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout

TOTAL_WORDS = frozenset(
    normalise_header(word)
    for word in (
        "合计",
        "小计",
        "总计",
        "总和",
        "总数",
        "共计",
        "合共",
        "汇总",
        "全部",
        "全省合计",
        "全市合计",
        "本页合计",
        "total",
        "grand total",
        "subtotal",
        "sub-total",
        "sum",
        "overall total",
    )
)
NOTE_STARTS = (
    "注", "备注", "说明", "来源", "数据来源", "制表", "填表", "填报", "审核", "复核", "负责人", "联系人", "联系电话", "note", "source", "remark", "*",
)  # fmt: skip
TOTAL_LEFT_OUT = Kind(
    "total_row_left_out",
    "note",
    "The total row “{value}” was left out.",
    "Nothing to do: totals are computed from the rows.",
)
NOTE_LEFT_OUT = Kind("note_left_out", "note", "The note “{value}” below the table was left out.")
# Of a unit's or a group's name: 大洋小计, 小计：大洋, New South Wales (Total). Only where units or months are named.
GROUP_TOTAL = re.compile(
    r".*(?:合计|小计|总计|总和)|(?:合计|小计|总计)[(（:：-].*|.*\b(?:sub-?)?totals?\)?|.*\((?:sub-?)?total\)|total(?:of|,|:).*"
)
# Everybody, where no unit is called so.
EVERYBODY = frozenset(
    normalise_header(word)
    for word in ("全省", "全市", "全区", "全县", "全国", "全网", "全公司", "全行", "全院", "all", "all units")
)
# A text alone in its row that goes on from a note above, or is a sentence.
SENTENCE = re.compile(r"[。；;：:，,.]|.{20,}")

# What stands before a name or a date where a form is signed, and such a date.
LABEL = re.compile(
    r"(?:制表|製表|填表|填报|填報|审核|審核|复核|複核|负责人|負責人|联系人|聯系人|"
    r"聯繫人|联系电话|聯繫電話|电话|電話|经办人|經辦人|主管|单位负责人|單位負責人)(?:人|"
    r"员|員|单位|單位|部门|部門|日期|时间|時間)?(?:\s*[:：]|$)|(?:日期|时间|時間)\s*[:：]"
)
DATED = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}")

# What every word for a total and every beginning of a note holds, in either script and width: what does not hold it is
# neither.
NON_DATA_PATTERN = (
    r"(?i)计|計|和|全|[总總]\s*[数數]|合\s*共|[汇匯彙]\s*[总總]|all|total|sum|"
    r"[ｌＬｍＭ]|^\s*(注|备|備|说|說|来|來|数|數|制|製|填|审|審|复|復|複|负|負|"
    r"联|聯|经办|經辦|主管|电话|電話|单位负责|單位負責|日期|时间|時間|note|source|"
    r"remark|[ｎＮｓＳｒＲ]|\*|＊)"
)

RowNote = tuple[Kind, int, str]
TotalRow = tuple[int, list[Any]]


def split_non_data_rows(
    rows: Sequence[list[Any]], numbers: Sequence[int], layout: Layout, organisation: Organisation
) -> tuple[list[int], list[TotalRow], list[RowNote]]:
    """Indices of the rows to keep, the total rows, and what to say about rows left out."""
    feed = layout.feed
    telling = [layout.columns[name] for name in _naming_columns(feed) if name in layout.columns]
    owning = [layout.columns[name] for name in _owner_columns(feed) if name in layout.columns]
    used = layout.used
    figures = {
        layout.columns[column.name] for column in feed.columns if column.is_numeric and column.name in layout.columns
    } | set(layout.wide)
    kept: list[int] = []
    totals: list[TotalRow] = []
    notes: list[RowNote] = []
    naming = {
        layout.columns[column.name]
        for column in feed.columns
        if column.type in ("unit", "month") and column.name in layout.columns
    }
    noted = False
    for index, row in enumerate(rows):
        words = [row[place] for place in telling if place < len(row) and isinstance(row[place], str)]
        if all(place >= len(row) or row[place] in ("", None) for place in owning):
            # A row of nobody: the word may stand anywhere, also under a header that is not ours, such as 序号.
            words += [cell for place, cell in enumerate(row) if place not in figures and isinstance(cell, str)]
        named = [row[place] for place in naming if place < len(row) and isinstance(row[place], str)]
        total = next(
            (word for word in words if normalise_header(word) in TOTAL_WORDS and not organisation.find(word)), None
        )
        total = total or next((word for word in named if _sums_up(word) and not organisation.find(word)), None)
        if total is not None:
            totals.append((numbers[index], row))
            notes.append((TOTAL_LEFT_OUT, numbers[index], total))
            continue
        filled = [row[place] for place in used if place < len(row) and row[place] not in ("", None)]
        noted = (
            all(isinstance(cell, str) and normalise(cell).startswith(NOTE_STARTS) for cell in filled)
            or is_signature(row)
            or (_is_remark(row, noted) and not organisation.find(filled[0]) and parse_month(filled[0]) is None)
        )
        if noted:
            notes.append((NOTE_LEFT_OUT, numbers[index], " ".join(str(cell).strip() for cell in filled)[:80]))
            continue
        kept.append(index)
    return kept, totals, notes


def _naming_columns(feed: Feed) -> list[str]:
    """The columns that say what a row is of. Any other text, such as a comment, may be “sum” and the row still data."""
    apart = [feed.unit_column, feed.month_column]
    segments = () if _rows_are_events(feed) else (*feed.key, *feed.part)
    return [name for name in dict.fromkeys((*apart, *feed.key[:1], *segments)) if name]


def _owner_columns(feed: Feed) -> list[str]:
    """The columns of which a row of data fills one: whose it is, or which occurrence."""
    number = feed.key[:1] if _rows_are_events(feed) else ()
    return [name for name in dict.fromkeys((feed.unit_column, *number)) if name]


def _rows_are_events(feed: Feed) -> bool:
    """Whether a row is something that happened, or was written, and not a figure of a segment: nothing in it but its
    number adds up.
    """
    timed = feed.month_column is not None and feed.column(feed.month_column).type == "time"
    return timed or not any(column.is_numeric for column in feed.columns)


def _sums_up(word: str) -> bool:
    """Whether the name of a unit or month says that its row adds up others."""
    return normalise_header(word) in EVERYBODY or GROUP_TOTAL.fullmatch(" ".join(normalised_words(word))) is not None


def normalised_words(text: str) -> list[str]:
    """The words of a text, each in normal form."""
    return [normalise(word) for word in text.split()]


def _is_remark(row: Sequence[Any], after_note: bool) -> bool:
    """Whether a row holds one text and nothing else, and that goes on from a note or reads as a sentence."""
    filled = [cell for cell in row if cell not in ("", None)]
    return len(filled) == 1 and isinstance(filled[0], str) and (after_note or SENTENCE.search(filled[0]) is not None)


def is_signature(row: Sequence[Any]) -> bool:
    """Whether a row is where a form is signed: 填表人：张三 beside 审核：李四, a name or a date, and no figure."""
    held = [cell for cell in row if cell not in ("", None)]
    texts = [cell for cell in held if isinstance(cell, str)]
    if (
        len(held) < 2
        or any(not isinstance(cell, str | date) for cell in held)
        or any(parse_number(text) is not None for text in texts)
    ):
        return False
    labels = [isinstance(cell, str) and LABEL.match(cell.strip()) is not None for cell in held]
    return any(labels) and all(
        label or (index and labels[index - 1]) or isinstance(cell, date) or DATED.match(cell.strip())
        for index, (cell, label) in enumerate(zip(held, labels, strict=True))
    )


def _may_be_non_data(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, NON_DATA_PATTERN)


def _any_filled(table: pa.Table, places: Sequence[int]) -> np.ndarray:
    """Per row whether one of these cells holds anything."""
    found = np.zeros(len(table), dtype=bool)
    for place in places:
        if found.all():
            break
        found |= non_empty(table.column(place))
    return found


def split_non_data_table(
    table: pa.Table, first: int, layout: Layout, organisation: Organisation, again: np.ndarray
) -> tuple[np.ndarray, pa.Table, list[TotalRow], list[RowNote]]:
    """The same for a large sheet: row numbers and rows to keep, total rows, notes.

    first: the number of the table's first row.
    again: which rows repeat the header.

    Only rows that may be a total or a note by their words, or that have no words, are looked at one by one.
    """
    used = [place for place in sorted({*layout.columns.values(), *layout.wide}) if place < table.num_columns]
    held = _any_filled(table, used) & ~again
    kinds = {place: layout.feed.column(name).type for name, place in layout.columns.items()}
    texts = [
        place for place in range(table.num_columns) if is_text(table.column(place)) and kinds.get(place) not in NUMERIC
    ]
    words = _any_filled(table, [place for place in texts if place in kinds])
    doubtful = np.zeros(len(table), dtype=bool)
    # Arrow searches without Python's lock: as many columns at a time as there are cores.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda place: match_texts(table.column(place), _may_be_non_data), texts):
            doubtful |= found
    asked = np.flatnonzero(held & (doubtful | ~words))
    kept, totals, notes = split_non_data_rows(take_rows(table, asked), (asked + first).tolist(), layout, organisation)
    held[np.delete(asked, kept)] = False
    places = np.flatnonzero(held)
    return places + first, table if len(places) == len(table) else table.filter(pa.array(held)), totals, notes
