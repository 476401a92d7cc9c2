"""What a profile cannot mean: found before it is applied, so that a wrong entry is named and nothing fails halfway."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.feeds import all_feeds, feed_named
from data.profile.record import Profile

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
INDICATORS = "indicators"


def problems(profile: Profile) -> Iterator[str]:
    """Sentences on entries that cannot be: an unknown type or column, a pattern that is none, a month or an indicator that is not said."""
    feeds = {feed.name for feed in all_feeds()}
    if profile.feed not in feeds:
        yield f"feed is {profile.feed!r}; it must be one of {', '.join(sorted(feeds))}."
        return
    ours = {column.name for column in feed_named(profile.feed).columns}
    named = [
        *(("columns", name) for name in profile.columns), *(("constants", name) for name in profile.constants),
        *(("values", name) for name in profile.values), *(("scale", name) for name in profile.scale),
    ]  # fmt: skip
    if profile.unpivot:
        named += [("unpivot: into", profile.unpivot.into), ("unpivot: value", profile.unpivot.value)]
    for entry, name in named:
        if name not in ours:
            yield f"{entry} names {name!r}, which is no column of {profile.feed}; there are: {', '.join(sorted(ours))}."
    month = profile.month
    patterns = [month.title, month.sheet, month.file, *profile.unit.strip]
    for pattern in [*patterns, profile.unpivot.pattern if profile.unpivot else None]:
        if pattern:
            try:
                re.compile(pattern)
            except re.error as problem:
                yield f"{pattern!r} is no pattern: {problem}."
    if month.constant and not MONTH.fullmatch(month.constant):
        yield f"month: constant is {month.constant!r}; it must be a month such as 2025-11."
    if profile.feed == INDICATORS and not (profile.indicators or profile.columns or profile.unpivot):
        yield "indicators is empty: no figure would be loaded."
    codes = [indicator.code for indicator in profile.indicators]
    for code in sorted({code for code in codes if codes.count(code) > 1 or not code.strip()}):
        yield f"indicators: the code {code!r} must be filled in and stand there once."
    for indicator in profile.indicators:
        if indicator.numerator is None and indicator.value is None:
            yield f"indicators: {indicator.code!r} needs a numerator or a value."
