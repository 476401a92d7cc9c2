"""The words of a pack: takeaway titles, headlines, footers; all in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from charts import numbers
from locales import text
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.wording.completeness import months_in_words, units_in_words
from metrics.wording.labels import span
from metrics.wording.provisional import verdict_in_words
from metrics.wording.values import rank_in_words
from reports.content import PackContent, PackHeader


def labelled(name: str, words: str, lang: str) -> str:
    """A name and what is said of it."""
    return text(lang, "{name}: {words}", name=name, words=words)


def footer(header: PackHeader) -> str:
    """What stands at the foot of every page."""
    shown = span(header.month, header.period, header.lang)
    return text(
        header.lang,
        "{unit} · {span} · version {version} · made {generated}",
        unit=header.unit_name,
        span=" · ".join(part for part in (shown, header.provisional) if part),
        version=header.version,
        generated=f"{header.generated:%Y-%m-%d %H:%M}",
    )


def ranking_title(metric: Metric, row: Record, lang: str) -> str:
    """A ranking's title: name, value, place."""
    shown = f"{metric.name.to(lang)} {numbers.format_value(row['value'], metric.format, metric.decimals, lang)}"
    lacking = (units_in_words(row, lang), months_in_words(row, lang))
    standing_ = rank_in_words(row, lang) if numbers.is_known(row["rank"]) and row["peers"] > 1 else ""
    return text(lang, "; ").join(one for one in (shown, *lacking, standing_) if one)


def metric_title(metric: Metric, row: Record, lang: str) -> str:
    """A metric's title: name, value, place, verdict."""
    said = (ranking_title(metric, row, lang), verdict_in_words(row, lang))
    return text(lang, "; ").join(one for one in said if one)


def definition_notes(content: PackContent, codes: Iterable[object]) -> list[str]:
    """What metrics mean and where they come from, for who presents them."""
    lang = content.header.lang
    found = []
    for code in codes:
        metric = content.metric(str(code))
        source = " " + labelled(text(lang, "Source"), metric.source.to(lang), lang) if metric.source else ""
        found.append(labelled(metric.name.to(lang), metric.meaning.to(lang), lang) + source)
    return found


def remark_notes(content: PackContent, code: str) -> list[str]:
    """What people wrote of a metric in the month, with their names."""
    lang = content.header.lang
    rows = content.notes_of(code).to_dict("records")
    return [
        labelled(row["author"], row["note"], lang)
        if isinstance(row["author"], str) and row["author"]
        else str(row["note"])
        for row in rows
    ]


def pack_headline(content: PackContent) -> str:
    """The pack's first sentence."""
    lang, known = content.header.lang, content.known
    ranked = known[known["rank"].notna() & (known["peers"] > 1) & ~known["total"] & known["provisional_until"].isna()]
    targeted = known[known["met"].notna()]
    clauses = []
    if len(ranked):
        clauses.append(
            text(
                lang,
                "surely among the first three in {count} of {ranked} metrics",
                count=int((ranked["rank_high"] <= 3).sum()),
                ranked=len(ranked),
            )
        )
    if len(targeted):
        clauses.append(
            text(lang, "{met} of {count} targets are met", met=int(targeted["met"].sum()), count=len(targeted))
        )
    signals = known[known["listed"]]
    better, worse = (int((signals["variation"] == word).sum()) for word in ("improving", "concerning"))
    if better or worse:
        clauses.append(text(lang, "{better} signals for the better, {worse} for the worse", better=better, worse=worse))
    return text(lang, "; ").join(clauses) or text(lang, "No figures are known for this period")


def family_takeaway(content: PackContent, code: str) -> str:
    """A family's takeaway: targets met and the signals, by name."""
    lang = content.header.lang
    rows = content.known[content.known["family"] == code]
    targeted = rows[rows["met"].notna()]
    clauses = []
    if len(targeted):
        reached = int(targeted["met"].sum())
        clauses.append(text(lang, "{met} of {count} targets are met", met=reached, count=len(targeted)))
    better, worse = (
        text(lang, ", ").join(
            content.metric(one).name.to(lang) for one in rows[rows["listed"] & (rows["variation"] == word)]["metric"]
        )
        for word in ("improving", "concerning")
    )
    if better:
        clauses.append(text(lang, "better by a signal: {names}", names=better))
    if worse:
        clauses.append(text(lang, "worse by a signal: {names}", names=worse))
    if clauses:
        return text(lang, "; ").join(clauses)
    judged = rows["signal"].isin(["signal", "noise"]).any()
    return text(lang, "inside normal variation") if judged else text(lang, "too little data to judge")
