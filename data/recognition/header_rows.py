"""Rows of a sheet that may be its header: one to three, and what each column is called in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from data.core.text import cell_text, normalise
from data.recognition.header_text import normalise_header, parse_header_month, without_month

SEARCHED_ROWS = 40
MAX_HEADER_ROWS = 3
# So many rows under a header say which months it is of.
MAX_BODY_ROWS = 1_000
# A text over a header that is longer, or says "something: of it", is a title.
CAPTION = re.compile(r"[^:：]{1,10}")
# Under a merged upper header these add nothing to it.
GENERIC_WORDS = frozenset(
    normalise(word)
    for word in (
        "",
        "全量",
        "总数",
        "总量",
        "合计",
        "数量",
        "本月",
        "本期",
        "当月",
        "当期",
        "数值",
        "total",
        "count",
        "number",
        "no.",
        "no",
        "value",
    )
)


@dataclass(frozen=True)
class HeaderCandidate:
    """Rows that may be a header.

    index: index of the lowest row.
    depth: how many rows.
    labels: per column the text to show.
    meanings: per column the plain texts that may name it, the likeliest first.
    captions: per column the plain text above its lowest one.
    full_labels: per column every text that stands over it, also in a row that names nothing of ours.
    cells: the cells of the lowest row.
    months: how many of them are months.
    below: returns the first rows under the header.
    """

    index: int
    depth: int
    labels: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]
    captions: tuple[str, ...]
    full_labels: tuple[str, ...]
    cells: tuple[Any, ...]
    months: int = 0
    below: Callable[[], Sequence[Sequence[Any]]] = field(default=tuple, compare=False, repr=False)

    @property
    def continues_below(self) -> bool:
        """Whether the row below is one more row of this header.

        It is where it holds only words, none under the first column and one under a column without a label. The cells
        under a merged 投诉量 are blank here and would not count as ignored: 累计, 本月, 同比 stand below it.
        """
        below = next(iter(self.below()), ())
        filled = {place: cell for place, cell in enumerate(below) if cell not in (None, "")}
        first = next((place for place, label in enumerate(self.labels) if label), None)
        return (
            first not in filled
            and all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in filled.values())
            and any(place >= len(self.labels) or not self.labels[place] for place in filled)
        )


def header_candidates(
    rows: Sequence[Sequence[Any]], first: int = 0, last: int = SEARCHED_ROWS
) -> Iterator[HeaderCandidate]:
    """Every row of `rows[first:last]` that may be the lowest of a header, with one to three rows."""
    for index in range(first, min(last, len(rows))):
        filled = [cell for cell in rows[index] if cell not in (None, "")]
        # Few heads are asked what stands under them.
        below = partial(_below, rows, index)
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in filled) >= 2 or _months(filled) >= 2:
            yield replace(single_row_header(rows[index], index, rows[index - 1] if index > first else ()), below=below)
        for depth in range(2, MAX_HEADER_ROWS + 1):
            top = index - depth + 1
            if top < first or not filled or not _is_upper(rows[top]):
                break
            yield replace(_multi_row_header(rows, index, depth), below=below)


def _below(rows: Sequence[Sequence[Any]], index: int) -> Sequence[Sequence[Any]]:
    return rows[index + 1 : index + 1 + MAX_BODY_ROWS]


def _months(cells: Sequence[Any]) -> int:
    return sum(parse_header_month(cell, 2000) is not None for cell in cells)


def _is_upper(row: Sequence[Any]) -> bool:
    """Whether a row can stand above the names of a header: texts, and not only a title at its beginning."""
    texts = [place for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
    return bool(texts) and texts != [texts[0]] * (texts[0] == 0)


def single_row_header(row: Sequence[Any], index: int, above: Sequence[Any] = ()) -> HeaderCandidate:
    """One row as a header. above: the row over it, whose captions say what it is not."""
    labels = tuple("" if cell is None else " ".join(str(cell).split()) for cell in row)
    captions = _captions(above, len(labels))
    several = len({caption for caption in captions if caption}) > 1
    whole = tuple(f"{caption} / {label}" if caption else label for caption, label in zip(captions, labels, strict=True))
    uppers = tuple(normalise_header(caption) if several else "" for caption in captions)
    return HeaderCandidate(
        index, 1, labels, tuple((without_month(label),) for label in labels), uppers, whole, tuple(row), _months(row)
    )


def _captions(row: Sequence[Any], width: int) -> list[str]:
    """What a row says over each of `width` columns, merged cells filled; nothing if it holds titles or data."""
    texts = [cell_text(row[place]) if place < len(row) else "" for place in range(width)]
    if not _is_upper(row) or not all(CAPTION.fullmatch(text) for text in texts if text):
        return [""] * width
    if any(not isinstance(cell, str) for cell in row if cell is not None):
        return [""] * width
    found: list[str] = []
    for text in texts:
        found.append(text or (found[-1] if found else ""))
    return found


def _multi_row_header(rows: Sequence[Sequence[Any]], index: int, depth: int) -> HeaderCandidate:
    """Several rows as a header, merged cells filled."""
    labels = header_labels(rows, index, depth)
    parts = [label.split(" / ") if label else [] for label in labels]
    lowest = [rows[index][place] if place < len(rows[index]) else None for place in range(len(labels))]
    meant, uppers, shown, whole = [], [], [], []
    for place, stack in enumerate(parts):
        named = lowest[place] not in (None, "")
        *above, last = stack or [""]
        upper = above[-1] if above else ""
        # A month under a figure's name is one of months across: joined they stay whole.
        joined = ["".join(stack), "".join(reversed(stack))] if named and above else ["".join(stack)] if above else []
        words: list[str] = [last] if named else [last, *reversed(above)]
        if normalise(last) in GENERIC_WORDS and named:
            words.append(upper)
        single = [without_month(word) for word in words if word]
        meant.append(tuple(dict.fromkeys([*map(normalise_header, joined), *single])))
        uppers.append(normalise_header(upper) if named else "")
        shown.append(" / ".join(stack[-2:]))
        whole.append(" / ".join(stack))
    return HeaderCandidate(
        index, depth, tuple(shown), tuple(meant), tuple(uppers), tuple(whole), tuple(lowest), _months(lowest)
    )


SEPARATOR = " / "


def _filled(row: Sequence[Any], width: int, above: Sequence[str] | None) -> list[str]:
    """An upper header row with merged cells filled to the right, up to where the row above it starts a new block."""
    texts: list[str] = []
    for index in range(width):
        text = cell_text(row[index]) if index < len(row) else ""
        same_block = above is None or (index > 0 and above[index] == above[index - 1])
        texts.append(text or (texts[-1] if texts and same_block else ""))
    return texts


def header_labels(rows: Sequence[Sequence[Any]], lowest: int, count: int) -> list[str]:
    """The full labels of a header of `count` rows whose lowest is `lowest`: the texts from above, joined by " / "."""
    width = max(len(rows[index]) for index in range(max(0, lowest - count + 1), lowest + 1))
    uppers: list[list[str]] = []
    for index in range(max(0, lowest - count + 1), lowest):
        uppers.append(_filled(rows[index], width, uppers[-1] if uppers else None))
    names = [cell_text(rows[lowest][index]) if index < len(rows[lowest]) else "" for index in range(width)]
    stacks = [[*(upper[index] for upper in uppers), names[index]] for index in range(width)]
    return [SEPARATOR.join(dict.fromkeys(part for part in stack if part)) for stack in stacks]
