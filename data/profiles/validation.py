"""Entries of a profile that cannot be used, found before it is applied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from data.feeds import all_feeds, feed_named
from data.model.profile import Profile
from data.profiles.contradictions import contradictions
from locales import text

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
INDICATORS = "indicators"


def profile_problems(profile: Profile, lang: str = "en") -> Iterator[str]:
    """Sentences on entries that cannot be: unknown types or columns, broken patterns, missing months or indicators."""
    feeds = {feed.name for feed in all_feeds()}
    if profile.feed not in feeds:
        yield text(
            lang, "feed is {name}; it must be one of {names}.", name=repr(profile.feed), names=", ".join(sorted(feeds))
        )
        return
    ours = {column.name for column in feed_named(profile.feed).columns}
    for entry, name in _columns_named(profile):
        if name not in ours:
            yield text(
                lang,
                "{entry} names {name}, which is no column of {feed}; there are: {names}.",
                entry=entry,
                name=repr(name),
                feed=profile.feed,
                names=", ".join(sorted(ours)),
            )
    month = profile.month
    patterns = [month.title, month.sheet, month.file, *profile.unit.strip]
    for pattern in patterns:
        if pattern:
            yield from _no_pattern(pattern, lang)
    if profile.unpivot and profile.unpivot.pattern:
        wrong = list(_no_pattern(profile.unpivot.pattern, lang))
        yield from wrong or _no_filling(profile.unpivot.text, profile.unpivot.pattern, lang)
    if month.constant and not MONTH.fullmatch(month.constant):
        yield text(lang, "The month is {month}; it must be a month such as 2025-11.", month=repr(month.constant))
    if profile.feed == INDICATORS and not (profile.indicators or profile.columns or profile.unpivot):
        yield text(lang, "There is no indicator: no figure would be loaded.")
    codes = [indicator.code for indicator in profile.indicators]
    for code in sorted({code for code in codes if codes.count(code) > 1 or not code.strip()}):
        yield text(lang, "The indicator code {code} must be filled in, and stand there once.", code=repr(code))
    for indicator in profile.indicators:
        if indicator.numerator is None and indicator.value is None:
            yield text(lang, "The indicator {code} needs a numerator or a value.", code=repr(indicator.code))
    yield from contradictions(profile, lang)


def _no_pattern(pattern: str, lang: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        yield text(lang, "{pattern} is no pattern: {problem}.", pattern=repr(pattern), problem=problem)


def _no_filling(filling: str, pattern: str, lang: str) -> Iterator[str]:
    """Whether the text of an unpivot asks for anything else than a group of its pattern."""
    fields = [str(place) for place in range(re.compile(pattern).groups or 1)]
    try:
        parts = list(Formatter().parse(filling))
    except ValueError:
        parts = [("", "?", "", None)]
    # Neither attributes nor widths: a width may be as long as memory.
    if any(name is not None and (name not in fields or form or turned) for _, name, form, turned in parts):
        known = ", ".join(f"{{{field}}}" for field in fields)
        yield text(
            lang, "unpivot: text is {value}; in braces may stand only {fields}.", value=repr(filling), fields=known
        )


def _columns_named(profile: Profile) -> Iterator[tuple[str, str]]:
    """(entry, column of ours) wherever the profile names one."""
    for entry in ("columns", "constants", "values", "scale"):
        yield from ((entry, name) for name in getattr(profile, entry))
    if profile.unpivot:
        yield "unpivot: into", profile.unpivot.into
        yield "unpivot: value", profile.unpivot.value
