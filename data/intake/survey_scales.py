"""On which scale a survey was answered: 1 to 5, 1 to 10, 0 to 100.

It is read from a column, a header or a title, from the answers themselves and from the scale of the same survey before;
where that leaves it open it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

import numpy as np
import pandas as pd

from data.feeds.labels import choice_word
from data.model.feed import RatingScale
from data.model.finding import Finding, Kind
from data.model.sheet import Sheet, Workbook
from data.model.staged import StagedFile, StagedSheet
from data.model.survey import KnownScale, KnownScales
from data.recognition.context import SheetContext
from data.recognition.rating_scale import names_promoter_score, stated_top
from locales import LANGUAGES, Text

OPEN = Kind(
    "scale_open",
    "error",
    "{what}: the figures of “{column}” lie between {low} and {high}, so that their scale can go to {tops}.",
    "Say to which (--answer scale=5, 7, 10 or 100), or write it into the title: 满分5分, out of 5.",
)
CHANGED = Kind(
    "scale_changed",
    "error",
    "{what}: the figures of “{column}” lie between {low} and {high}; those loaded before are on a scale to {before}.",
    "Say to which the scale goes (--answer scale=5, 7, 10 or 100), or write it into the title: 满分5分, out of 5.",
)
CONTRADICTED = Kind(
    "scale_contradicted",
    "error",
    "“{words}” says that the scale goes to {top}, but “{column}” holds {high}.",
    "Correct the title, or the figure; or say to which the scale goes (--answer scale=5, 7, 10 or 100).",
)
PROMOTERS = Kind(
    "promoter_score",
    "error",
    "“{words}” speaks of a net promoter score, which goes from -100 to 100: it is no satisfaction score.",
    "Load it as an indicator; or say that these are scores to 100 (--answer scale=100).",
)
TAKEN = Kind(
    "scale_taken", "note", "{what}: the figures of “{column}” were read on a scale to {top}, as “{words}” says."
)
REMEMBERED = Kind(
    "scale_remembered",
    "note",
    "{what}: the figures of “{column}” were read on a scale to {top}, like those loaded before.",
    "If the scale is another now, say so (--answer scale=5, 7, 10 or 100).",
)
TOPS = (5.0, 7.0, 10.0, 100.0)
# Answers that all lie in the scale's lower half by so small a chance are on another scale.
CHANCE = 0.01
# So many answers to 7 and none above are hardly on a scale to 10.
MANY = 20
QUESTIONS = (OPEN.code, CHANGED.code, CONTRADICTED.code, PROMOTERS.code)


def settle_scales(file: StagedFile, book: Workbook, known: KnownScales) -> None:
    """Puts each survey's answers on our scale, or asks. known: the scales of what was loaded before."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for staged in file.sheets:
        rated = staged.feed.rated
        if rated is None or not len(staged.frame) or staged.frame[rated.column].isna().all():
            continue
        texts = list(_texts(sheets.get(staged.sheet), staged, file.name))
        header = staged.columns.get(rated.column)
        staged.findings.extend(_beyond(staged, file.name, rated))
        staged.findings.extend(_across(staged, file.name, rated))
        staged.findings.extend(_settled(staged, file.name, rated, texts, [header] if header else [], known))
        _convert(staged, rated)


def _texts(sheet: Sheet | None, staged: StagedSheet, file: str) -> Iterator[str]:
    """The titles over a table, the sheet's and the file's name."""
    if sheet is not None:
        context = SheetContext(sheet.rows, sheet.name, file, sheet.first_row)
        yield from context.titles((staged.header_row or 1) - sheet.first_row)
    yield staged.sheet
    yield PurePath(file).stem.replace("_", " ")


def _beyond(staged: StagedSheet, file: str, rated: RatingScale) -> Iterator[Finding]:
    """A finding of means beyond the scale that their rows, or the profile, say; of ratings their feed has a rule."""
    beyond = staged.frame[staged.frame[rated.column] > staged.frame[rated.top]]
    if rated.converted and len(beyond):
        top, high = beyond[rated.top].iloc[0], beyond[rated.column].max()
        words = staged.columns.get(rated.top) or staged.profile or rated.top
        yield _finding(
            staged, file, rated, CONTRADICTED, beyond, {"words": words, "top": f"{top:g}", "high": f"{high:g}"}
        )


def _across(staged: StagedSheet, file: str, rated: RatingScale) -> Iterator[Finding]:
    """Fills in the top of the scale of rows whose column across says it in its header; findings of each."""
    for choice, header in staged.across.items() if "scale" not in staged.answers else ():
        stated = stated_top([], [header])
        of_column = (staged.frame[staged.across_into] == choice).to_numpy(dtype=bool)
        silent = of_column & staged.frame[rated.top].isna().to_numpy() & staged.frame[rated.column].notna().to_numpy()
        if stated is None or not silent.any():
            continue
        rows, top = staged.frame[silent], stated[0]
        high = float(rows[rated.column].max())
        params = {"words": header, "top": f"{top:g}", "high": f"{high:g}", "what": _what(staged, rows)}
        if high > top:
            yield _finding(staged, file, rated, CONTRADICTED, rows, params)
        elif top != rated.default:
            yield _finding(staged, file, rated, TAKEN, rows, params)
        staged.frame.loc[silent, rated.top] = top


def _settled(
    staged: StagedSheet, file: str, rated: RatingScale, texts: Sequence[str], headers: Sequence[str], known: KnownScales
) -> Iterator[Finding]:
    """Fills in the top of the scale of every row that does not say it; findings of what is open or was taken."""
    answer = float(staged.answers.get("scale", 0))
    stated = stated_top(texts, headers)
    promoters = names_promoter_score([*headers, *texts])
    if promoters and not answer and rated.converted:
        yield _finding(staged, file, rated, PROMOTERS, staged.frame, {"words": promoters})
        return
    silent = staged.frame[rated.top].isna() & staged.frame[rated.column].notna()
    for part, rows in staged.frame[silent].groupby("key_part", sort=False, observed=True):
        values = rows[rated.column].to_numpy(dtype="float64")
        high = float(values.max())
        before = known.get((staged.feed.name, str(part)))
        top, told = _top(rated, values, answer, stated, before)
        if told is not None:
            tops = [one for one in TOPS if high <= one and (one != 100 or rated.default == 100)]
            params: dict[str, object] = {
                "what": _what(staged, rows),
                "low": f"{values.min():g}",
                "high": f"{high:g}",
                "tops": ", ".join(f"{one:g}" for one in tops),
                "before": ", ".join(f"{one:g}" for one in sorted(before.tops)) if before else "–",
                "top": f"{top:g}" if top else f"{stated[0]:g}" if stated else "–",
                "words": stated[1] if stated else "–",
            }
            yield _finding(staged, file, rated, told, rows, params)
        # What was said is kept, also where it is what we would take it for: it is not asked again.
        if top is not None and (top != rated.default or answer or told is REMEMBERED):
            staged.frame.loc[rows.index, rated.top] = top


def _top(
    rated: RatingScale, values: np.ndarray, answer: float, stated: tuple[float, str] | None, before: KnownScale | None
) -> tuple[float | None, Kind | None]:
    """The top of the scale of these answers, and what there is to say of it."""
    high = float(values.max())
    if answer and high <= answer:
        return answer, None
    if stated:
        return (None, CONTRADICTED) if high > stated[0] else (stated[0], TAKEN if stated[0] != rated.default else None)
    nothing = high <= 1 if rated.converted else high <= 0
    if nothing or high > 10:
        # Fractions of one, and what is beyond every scale, are others' to tell.
        return None, None
    tops = before.tops if before else frozenset()
    plain = rated.default in tops and not (before and before.said)
    if len(tops) == 1 and not plain and high <= (top := next(iter(tops))):
        return top, REMEMBERED
    if not rated.converted:
        # Ratings to 10 say it themselves.
        if high > 7 or (high > 5 and len(values) < MANY):
            return None, CHANGED if tops and rated.default not in tops else None
        if before and tops == {rated.default} and before.low ** len(values) > CHANCE:
            return None, None
    return None, CHANGED if tops else OPEN


def _convert(staged: StagedSheet, rated: RatingScale) -> None:
    """Means on another scale become means on ours."""
    tops = staged.frame[rated.top]
    other = tops.notna() & (tops != rated.default)
    for name in rated.converted if other.any() else ():
        scaled = (staged.frame.loc[other, name] * rated.default / tops[other]).round(6)
        staged.frame.loc[other, name] = scaled


def _what(staged: StagedSheet, rows: pd.DataFrame) -> Text:
    """The survey, as the feed's part names it."""
    first = rows.iloc[0]
    columns = [staged.feed.column(name) for name in staged.feed.part]
    return Text(
        *(
            " / ".join(choice_word(column, str(first[column.name]), lang) for column in columns if first[column.name])
            for lang in LANGUAGES
        )
    )


def _finding(
    staged: StagedSheet, file: str, rated: RatingScale, kind: Kind, rows: pd.DataFrame, params: Mapping[str, object]
) -> Finding:
    header, letter = staged.columns.get(rated.column), staged.places.get(rated.column)
    said = {**params, "column": header or staged.feed.column(rated.column).title}
    cell = f"{letter}{int(rows['row'].iloc[0])}" if letter else None
    return Finding(kind, file, staged.sheet, None, header or rated.column, cell, None, said)
