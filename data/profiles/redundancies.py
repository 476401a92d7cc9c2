"""What a sheet under a profile says of itself: totals across, ready-made shares, new columns among those made rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from data.core.text import normalise
from data.model.feed import WideRule
from data.model.finding import Finding, Kind
from data.model.profile import Profile
from data.profiles.findings import ProfileReport
from data.profiles.indicator_redundancies import check_indicators
from data.profiles.source import Source
from data.profiles.values import NumberColumns
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.vocabulary import choice_spellings
from data.staging.across_check import UNKNOWN, check_across
from data.staging.ready_made import check_ready_made, check_title

NEW_IN_GROUP = Kind(
    "profile_unknown_column_in_group",
    "error",
    "“{header}” stands among the columns that the profile {profile} makes rows of and is new; its figures, such as "
    "{value}, would be left out.",
    "Add it to the profile's [unpivot]; or take the new layout over into the profile, if it is not needed.",
)


def report_redundancies(report: ProfileReport, layout: Layout, source: Source, frame: pd.DataFrame) -> None:
    """Reports what does not agree with the columns that the profile reads. frame: the rows as staged."""
    profile = report.profile
    if not len(source):
        return
    numbers = source.numbers.tolist()
    cells = partial(_cells, source)
    found: list[Finding] = []
    names: list[str] = []
    if layout.wide_rule:
        head = report.layout.header + report.sheet.first_row
        questions, found = check_across(layout, cells, numbers, head, report.answers)
        names = [question.header for question in questions]
    if report.answers.get("totals") != "as_read":
        if profile.indicators:
            found += check_indicators(profile, layout, source, NumberColumns(profile, source, report.answers))
        else:
            # An average of figures that the profile multiplies is written in their unit or in ours.
            plain = frame.assign(**{name: frame[name] / factor for name, factor in _factors(profile).items()})
            rough = bool(report.powers or profile.scale)
            ready = [
                list(check_ready_made(one, layout, cells, numbers, names, rough))
                for one in ([frame, plain] if profile.scale else [frame])
            ]
            wrong = set.intersection(*({one.cell for one in each} for each in ready))
            found += [one for one in ready[0] if one.cell in wrong]
            if not any(not rule.total for rule in profile.leave_out):
                found += check_title(frame, layout, report.context)
    for one in found:
        kind = NEW_IN_GROUP if one.kind is UNKNOWN else one.kind
        params = {**one.params, "profile": profile.name}
        report.findings.append(replace(one, kind=kind, file=report.file, sheet=report.sheet.name, params=params))


def _factors(profile: Profile) -> dict[str, float]:
    """Our column -> by what the profile multiplies its figures."""
    return {name: factor for name, factor in profile.scale.items() if factor}


def _cells(source: Source, place: int) -> list[Any]:
    return source.body.column(place).to_list()


def layout_across(report: ProfileReport, source: Source) -> Layout:
    """The sheet's layout with the columns that become rows; what the profile was saved with is known to be left out."""
    profile, layout, rule = report.profile, report.layout, report.profile.unpivot
    if rule is None:
        return layout
    texts = {**rule.columns, **source.header.unpivoted}
    places = {source.header.columns[label]: text for label, text in texts.items() if label in source.header.columns}
    saved = {normalise(label) for label in profile.header.known}
    known = {place for place, label in enumerate(layout.headers) if not saved or normalise(label) in saved}
    return replace(
        layout,
        wide=places,
        wide_rule=WideRule(rule.into, rule.value),
        values=dict.fromkeys(places, rule.value),
        declined=frozenset(known - set(places)),
    )


def headers_across(layout: Layout) -> dict[str, str]:
    """Choice -> header of the columns that become rows of ratings; empty of others."""
    rule, rated = layout.wide_rule, layout.feed.rated
    if rule is None or rated is None or rule.value != rated.column:
        return {}
    choices = choice_spellings(layout.feed.column(rule.into))
    return {choices.get(normalise_header(text), text): layout.headers[place] for place, text in layout.wide.items()}
