"""Entries of a profile that cannot both hold, or that would be passed over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from data.core.text import normalise
from data.feeds import feed_named
from data.model.profile import Condition, Indicator, Profile
from locales import text

INDICATORS = "indicators"


def contradictions(profile: Profile, lang: str = "en") -> Iterator[str]:
    """Sentences on entries that exclude each other, or that nothing would read; the profile's feed is known."""
    yield from _beside_indicators(profile, lang)
    yield from _months(profile, lang)
    yield from _units(profile, lang)
    yield from _across(profile, lang)
    for name in sorted({*profile.columns} & {*profile.constants}):
        yield text(lang, "{name} is filled by columns and by constants; one of them must go.", name=repr(name))
    for place, rule in enumerate(profile.leave_out, 1):
        if not rule.when:
            yield text(lang, "leave_out {place} has no condition: it would leave out every row.", place=place)
    for condition in _conditions(profile):
        yield from _condition(condition, lang)
    for indicator in profile.indicators:
        yield from _indicator(indicator, lang)


def _beside_indicators(profile: Profile, lang: str) -> Iterator[str]:
    if not profile.indicators:
        return
    if profile.feed != INDICATORS:
        yield text(
            lang,
            "[[indicators]] stand in a profile of {feed}; they can only feed {indicators}.",
            feed=profile.feed,
            indicators=INDICATORS,
        )
    given = {
        "unpivot": profile.unpivot,
        "columns": profile.columns,
        "constants": profile.constants,
        "values": profile.values,
        "scale": profile.scale,
    }
    for entry in (name for name, value in given.items() if value):
        yield text(
            lang,
            "{entry} and [[indicators]] exclude each other: the figures come from one of them, and the other would "
            "not be read.",
            entry=entry,
        )


def _months(profile: Profile, lang: str) -> Iterator[str]:
    month, feed = profile.month, feed_named(profile.feed)
    ways = [name for name in ("column", "year", "label", "title", "sheet", "file", "constant") if getattr(month, name)]
    across = profile.unpivot is not None and profile.unpivot.into == feed.month_column
    if month.year and bool(month.quarter) == bool(month.month):
        yield text(lang, "month: year needs either quarter or month beside it.")
    if not month.year and (month.quarter or month.month):
        yield text(lang, "month: quarter and month need the column of the year.")
    elif len(ways) > 1:
        yield text(lang, "The month is looked for in several ways ({ways}); only one can hold.", ways=", ".join(ways))
    elif ways and across:
        yield text(lang, "The month comes from unpivot and from month: {way}; one of them must go.", way=ways[0])
    known = {*profile.columns, *profile.constants}
    if not ways and not month.quarter and not month.month and not across and feed.month_column not in {None, *known}:
        yield text(lang, "The profile says nowhere which month the figures are of.")


def _units(profile: Profile, lang: str) -> Iterator[str]:
    unit = profile.unit
    if unit.columns and unit.constant:
        yield text(lang, "unit: columns and constant exclude each other.")
    if unit.create and not unit.level:
        yield text(lang, "unit: units that are created need a level.")
    codes = Counter(normalise(one.code) for one in profile.units)
    for one in profile.units:
        if codes[normalise(one.code)] > 1:
            yield text(lang, "The unit {code} stands in the profile more than once.", code=repr(one.code))
            break
    for one in profile.units:
        if one.parent is not None and normalise(one.parent) == normalise(one.code):
            yield text(lang, "The unit {code} is its own parent.", code=repr(one.code))


def _across(profile: Profile, lang: str) -> Iterator[str]:
    rule = profile.unpivot
    if rule is None:
        return
    if bool(rule.columns) == bool(rule.pattern):
        yield text(lang, "unpivot needs either columns or a pattern.")
    if rule.into == rule.value:
        yield text(lang, "unpivot: into and value are the same column, {name}.", name=repr(rule.into))
    for name in (rule.into, rule.value):
        if name in profile.columns or name in profile.constants:
            yield text(lang, "{name} is filled by unpivot and by another entry; one of them must go.", name=repr(name))


def _conditions(profile: Profile) -> Iterator[Condition]:
    for rule in profile.leave_out:
        yield from rule.when
    for indicator in profile.indicators:
        yield from (*indicator.where, *indicator.rows)


def _condition(condition: Condition, lang: str) -> Iterator[str]:
    both = {normalise(word) for word in condition.any_of} & {normalise(word) for word in condition.none_of}
    if not (condition.any_of or condition.none_of) and condition.above is None and condition.below is None:
        yield text(
            lang, "The condition on {column} says nothing: it holds for every row.", column=repr(condition.column)
        )
    never = condition.above is not None and condition.below is not None and condition.above >= condition.below
    if never or both:
        yield text(lang, "The condition on {column} can never hold.", column=repr(condition.column))


def _indicator(indicator: Indicator, lang: str) -> Iterator[str]:
    ready = indicator.value is not None
    if ready and indicator.numerator is not None:
        yield text(
            lang,
            "The indicator {code} has a value and a numerator; its figure comes from one of them.",
            code=repr(indicator.code),
        )
    elif ready and (indicator.denominator is not None or indicator.where or indicator.less or indicator.factor != 1):
        yield text(
            lang,
            "The indicator {code} is a ready-made value: denominator, where, less and factor would not be read.",
            code=repr(indicator.code),
        )
    if indicator.factor == 0:
        yield text(
            lang, "The indicator {code} has the factor 0: all its figures would be 0.", code=repr(indicator.code)
        )
