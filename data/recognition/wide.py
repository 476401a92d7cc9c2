"""Wide layouts: channels, touchpoints or months stand across and become rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from data.model.feed import Feed, WideRule
from data.recognition.context import SheetContext, StatedValue
from data.recognition.header_text import normalise_header, parse_header_month
from data.recognition.qualifiers import changes_meaning
from data.recognition.vocabulary import choice_spellings

if TYPE_CHECKING:
    from data.recognition.header_rows import HeaderCandidate

# Over months these say nothing more.
ACTUAL_WORDS = frozenset(
    (
        "",
        "实际",
        "实际值",
        "实际数",
        "实际完成",
        "实绩",
        "完成",
        "完成数",
        "完成情况",
        "本期",
        "本年",
        "其中",
        "actual",
        "actuals",
    )
)
TIME_CAPTION = re.compile(
    r"(?:(?:19|20)?\d{2}年?度?)?(?:[上下]半年|第?[一二三四1-4]季度?|q[1-4]|各?月份?|按?月度?|\d{1,2}月?[至到~—]?\d{1,2}月)?"
)


@dataclass(frozen=True)
class WideColumns:
    """Columns that become rows.

    rule: what they become.
    choices: column index -> the value of `rule.into` there.
    columns_filled: column index -> the column of ours that its cells fill.
    year: the year of the months, where the headers name none.
    """

    rule: WideRule
    choices: Mapping[int, str] = field(default_factory=dict)
    columns_filled: Mapping[int, str] = field(default_factory=dict)
    year: StatedValue | None = None


def find_wide_choices(
    feed: Feed,
    columns: Mapping[str, int],
    free: Mapping[int, Any],
    candidate: HeaderCandidate,
    words: Mapping[str, str],
    accepted: Mapping[int, tuple[str, str]],
) -> WideColumns | None:
    """Columns named after the choices of a column of ours; None if there are none.

    Under a merged upper header such as 充值金额 they fill that column; under a merged choice the lower headers, as 得分
    and 样本量, say which column each fills.
    accepted: column index -> (column of ours, its choice) that an analyst said it is.
    """
    for rule in feed.wide:
        if rule.into in columns:
            continue
        said = {place: choice for place, (into, choice) in accepted.items() if into == rule.into}
        choices = choice_spellings(feed.column(rule.into))
        below = _choices_above(feed, candidate, words, choices, said)
        found = {
            place: choices[normalise_header(header)]
            for place, header in free.items()
            if normalise_header(header) in choices
        } | said
        value_of = {place: _filled(feed, words.get(candidate.captions[place])) or rule.value for place in found}
        if below is not None and len(below.choices) >= len(found):
            if rule.value in below.columns_filled.values() and not set(below.columns_filled.values()) & {
                name for name, place in columns.items() if place not in below.choices
            }:
                return WideColumns(rule, below.choices, below.columns_filled)
            continue
        found = {
            place: choice
            for place, choice in found.items()
            if place in said
            or _keeps_meaning(feed, candidate, words, place, value_of[place], normalise_header(free[place]))
        }
        value_of = {place: value_of[place] for place in found}
        # What can be added up is their total, where it stands beside them.
        others = {name for name in set(columns) - _repeated(columns, found) if feed.column(name).type == "share"}
        if len(found) >= 2 and not set(value_of.values()) & others:
            return WideColumns(rule, found, value_of)
    return None


def _choices_above(
    feed: Feed,
    candidate: HeaderCandidate,
    words: Mapping[str, str],
    choices: Mapping[str, str],
    said: Mapping[int, str],
) -> WideColumns | None:
    """Columns whose upper header is a choice and whose lower one a figure of the feed; None if there are not two."""
    found, value_of = {}, {}
    for place, caption in enumerate(candidate.captions):
        cell = candidate.cells[place] if place < len(candidate.cells) else None
        name = _filled(feed, words.get(normalise_header(cell)))
        choice = said.get(place) or choices.get(caption)
        if choice and name and _keeps_meaning(feed, candidate, words, place, name, normalise_header(cell)):
            found[place], value_of[place] = choice, name
    rule = feed.wide[0]
    return WideColumns(rule, found, value_of) if len(found) >= 2 else None


def _repeated(columns: Mapping[str, int], found: Mapping[int, str]) -> set[str]:
    """Columns of ours that were only taken for the upper header over the first wide column."""
    return {name for name, place in columns.items() if place in found}


def _filled(feed: Feed, name: str | None) -> str | None:
    return name if name and feed.column(name).is_numeric else None


def _keeps_meaning(
    feed: Feed, candidate: HeaderCandidate, words: Mapping[str, str], place: int, value: str, cell: str = ""
) -> bool:
    """Whether nothing over a column makes its figures another month's, a forecast, a share ..."""
    upper = candidate.captions[place]
    return not changes_meaning(
        candidate.full_labels[place], (upper if upper in words else "") + cell, feed.column(value).type, across=True
    )


def find_wide_months(
    feed: Feed,
    columns: Mapping[str, int],
    free: Mapping[int, Any],
    candidate: HeaderCandidate,
    context: SheetContext | None,
    words: Mapping[str, str],
) -> WideColumns | None:
    """Columns named after months.

    What they hold is said by the upper header, by an indicator's column, or by a title.
    """
    header = candidate.index
    month = feed.month_column
    if month is None or month in columns or feed.column(month).type != "month":
        return None
    if sum(parse_header_month(cell, 2000) is not None for cell in free.values()) < 2:
        return None
    bare = any(parse_header_month(cell, 2000) and not parse_header_month(cell, None) for cell in free.values())
    year = context.year(header) if context and bare else None
    found = {
        place: text
        for place, cell in free.items()
        if (text := parse_header_month(cell, int(year.value) if year else None))
    }
    value = "value" if "indicator" in columns else _value_from_title(feed, columns, words, header, context)
    captions = {candidate.captions[place] for place in found}
    value_of = {
        place: name
        for place in found
        if (name := _filled(feed, words.get(candidate.captions[place])) or value)
        and (len(captions) == 1 or _is_neutral_caption(candidate.captions[place], words))
        and _keeps_meaning(feed, candidate, words, place, name)
    }
    known = len(value_of) == len(found) or value is not None
    found = {place: found[place] for place in value_of}
    if len(set(found.values())) < 2 or not known or set(value_of.values()) & set(columns):
        return None
    return WideColumns(WideRule(month, next(iter(value_of.values()))), found, value_of, year)


def _is_neutral_caption(caption: str, words: Mapping[str, str]) -> bool:
    """Whether an upper header beside others names a column of ours, or a time, or only that figures are there: 实际,
    2025年.
    """
    return (
        caption in words
        or caption in ACTUAL_WORDS
        or TIME_CAPTION.fullmatch(caption) is not None
        or any(word in caption for word in words if len(word) >= 2)
    )


def _value_from_title(
    feed: Feed, columns: Mapping[str, int], words: Mapping[str, str], header: int, context: SheetContext | None
) -> str | None:
    """The one figure that the feed needs, if a title, the sheet's or the file's name speaks of it."""
    needed = [
        column.name for column in feed.columns if column.required and column.is_numeric and column.name not in columns
    ]
    if len(needed) != 1 or context is None:
        return None
    spoken = [word for word, name in words.items() if name == needed[0] and len(word) >= 2]
    return needed[0] if context.names(header, spoken) else None
