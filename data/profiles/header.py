"""Finding a profile's header in a sheet, by the header texts, and the columns below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.core.cell_refs import column_index
from data.core.text import normalise
from data.feeds import feed_named
from data.model.profile import MAX_MATCHED_TEXT, Profile
from data.recognition.header_rows import SEPARATOR, header_labels
from data.recognition.layout import Layout

BY_LETTER = re.compile("@[A-Z]{1,3}")
# (index of the lowest row, number of rows) -> the labels there, and the columns of each.
HeaderCache = dict[tuple[int, int], tuple[list[str], dict[str, list[int]]]]


@dataclass(frozen=True)
class FoundHeader:
    """A profile's header in a sheet: where the columns are that it names.

    row: index of the lowest header row in `sheet.rows`.
    columns: label -> column index.
    labels: every column's full label.
    absent: labels of the profile that are not there.
    unpivoted: label of a wide column that becomes rows -> the text it means.
    """

    row: int
    columns: Mapping[str, int]
    labels: tuple[str, ...]
    absent: tuple[str, ...]
    unpivoted: Mapping[str, str] = field(default_factory=dict)

    def layout(self, profile: Profile) -> Layout:
        """The same by the names of ours, as a feed's own spellings give it."""
        feed = feed_named(profile.feed)
        labels = dict(profile.columns)
        for name, label in (
            (feed.month_column, profile.month.column),
            (feed.unit_column, (*profile.unit.columns, None)[0]),
        ):
            if name and label:
                labels.setdefault(name, label)
        columns = {name: self.columns[label] for name, label in labels.items() if label in self.columns}
        also_read = frozenset(self.columns.values()) - frozenset(columns.values())
        return Layout(feed, self.row, self.labels, columns, depth=profile.header.rows, also_read=also_read)


def column_addresses(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels as a profile addresses them: the second of a name as "Name#2"."""
    seen: dict[str, int] = {}
    names = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        names.append(label if seen[label] == 1 or not label else f"{label}#{seen[label]}")
    return tuple(names)


def _places(labels: Sequence[str]) -> dict[str, list[int]]:
    """Normal form of each full label, and of each lowest name, -> the columns that carry it; full labels go first."""
    full: dict[str, list[int]] = {}
    lowest: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        if label:
            full.setdefault(normalise(label), []).append(index)
            lowest.setdefault(normalise(label.rsplit(SEPARATOR, 1)[-1]), []).append(index)
    return {**lowest, **full}


def _place(label: str, places: Mapping[str, list[int]]) -> int | None:
    """The column that `label` names: the first so called, the n-th for "label#n", "@C" for the third; None if there is
    none.
    """
    wanted = normalise(label)
    if wanted in places:
        return places[wanted][0]
    name, _, number = wanted.rpartition("#")
    if name and number.isdecimal() and len(places.get(name, ())) >= int(number) > 0:
        return places[name][int(number) - 1]
    return column_index(label[1:]) if BY_LETTER.fullmatch(label) else None


def _known_place(profile: Profile, label: str, places: Mapping[str, list[int]]) -> int | None:
    """The column called `label`, or by one of the names that it came to have."""
    names = (label, *profile.header.also.get(label, ()))
    return next((place for name in names if (place := _place(name, places)) is not None), None)


def pattern_columns(profile: Profile, labels: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The wide columns that a profile's pattern finds in a header: label -> (column, the text that it means)."""
    rule = profile.unpivot
    if rule is None or rule.pattern is None:
        return {}
    found = [
        (place, label, re.search(rule.pattern, label[:MAX_MATCHED_TEXT]))
        for place, label in enumerate(column_addresses(labels))
    ]
    return {
        label: (place, rule.text.format(*(group or "" for group in match.groups() or (match.group(),))))
        for place, label, match in found
        if match
    }


def find_header(
    profile: Profile, rows: Sequence[Sequence[Any]], headers: HeaderCache | None = None
) -> FoundHeader | None:
    """The first row that holds the whole header, else the row that holds most of it, else None.

    headers: what other profiles read of these rows; filled on.
    """
    known: HeaderCache = {} if headers is None else headers
    used = tuple(dict.fromkeys((*profile.header.columns, *profile.used_columns)))
    needed = profile.header.columns or used
    best: FoundHeader | None = None
    for index in range(min(profile.header.within, len(rows))):
        if not any(isinstance(value, str) and value for value in rows[index]):
            continue
        if (index, profile.header.rows) not in known:
            read = header_labels(rows, index, profile.header.rows)
            known[index, profile.header.rows] = read, _places(read)
        labels, places = known[index, profile.header.rows]
        columns = {label: place for label in used if (place := _known_place(profile, label, places)) is not None}
        named = [label for label in columns if not BY_LETTER.fullmatch(label)]
        spread = pattern_columns(profile, labels)
        columns |= {label: place for label, (place, _) in spread.items()}
        found = FoundHeader(
            index,
            columns,
            tuple(labels),
            tuple(label for label in used if label not in columns),
            {label: text for label, (_, text) in spread.items()},
        )
        wanting = bool(profile.unpivot and profile.unpivot.pattern and len(spread) == 0)
        if (named or spread) and not wanting and all(label in columns for label in needed):
            return found
        if named and (best is None or len(columns) > len(best.columns)):
            best = found
    return best
