"""The words of a pack: takeaway titles, headlines, footers; all in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from charts import numbers
from locales import text
from metrics.model.metric import Metric
from metrics.statistics.attainment import meets_target
from metrics.wording.completeness import months_in_words, units_in_words
from metrics.wording.labels import span
from metrics.wording.provisional import verdict_in_words
from metrics.wording.values import rank_in_words
from reports.content import Content, Head


def named(name: str, words: str, lang: str) -> str:
    """A name and what is said of it."""
    return text(lang, "{name}: {words}", name=name, words=words)


def footer(head: Head) -> str:
    """What stands at the foot of every page."""
    shown = span(head.month, head.period, head.lang)
    return text(
        head.lang,
        "{unit} · {span} · version {version} · made {generated}",
        unit=head.unit_name,
        span=" · ".join(part for part in (shown, head.provisional) if part),
        version=head.version,
        generated=f"{head.generated:%Y-%m-%d %H:%M}",
    )


def standing(metric: Metric, row: Mapping[str, Any], lang: str) -> str:
    """A ranking's title: name, value, place."""
    shown = f"{metric.name.to(lang)} {numbers.value(row['value'], metric.format, metric.decimals, lang)}"
    lacking = (units_in_words(row, lang), months_in_words(row, lang))
    standing_ = rank_in_words(row, lang) if numbers.known(row["rank"]) and row["peers"] > 1 else ""
    return text(lang, "; ").join(one for one in (shown, *lacking, standing_) if one)


def takeaway(metric: Metric, row: Mapping[str, Any], lang: str) -> str:
    """A metric's title: name, value, place, verdict."""
    said = (standing(metric, row, lang), verdict_in_words(row, lang))
    return text(lang, "; ").join(one for one in said if one)


def definitions(content: Content, codes: Iterable[object]) -> list[str]:
    """What metrics mean and where they come from, for who presents them."""
    lang = content.head.lang
    found = []
    for code in codes:
        metric = content.metric(str(code))
        source = " " + named(text(lang, "Source"), metric.source.to(lang), lang) if metric.source else ""
        found.append(named(metric.name.to(lang), metric.meaning.to(lang), lang) + source)
    return found


def remarks(content: Content, code: str) -> list[str]:
    """What people wrote of a metric in the month, with their names."""
    lang = content.head.lang
    rows = content.notes_of(code).to_dict("records")
    return [
        named(row["author"], row["note"], lang)
        if isinstance(row["author"], str) and row["author"]
        else str(row["note"])
        for row in rows
    ]


def headline(content: Content) -> str:
    """The pack's first sentence."""
    lang, known = content.head.lang, content.known
    ranked = known[known["rank"].notna() & (known["peers"] > 1) & ~known["total"] & known["provisional_until"].isna()]
    targeted = known[known["attainment"].notna()]
    clauses = []
    if len(ranked):
        clauses.append(
            text(
                lang,
                "{count} of {ranked} metrics stand among the first three",
                count=int((ranked["rank"] <= 3).sum()),
                ranked=len(ranked),
            )
        )
    if len(targeted):
        clauses.append(
            text(
                lang,
                "{met} of {count} targets are met",
                met=int(meets_target(targeted["attainment"]).sum()),
                count=len(targeted),
            )
        )
    signals = known[known["signal"] == "signal"]
    better, worse = (int((signals["variation"] == word).sum()) for word in ("improving", "concerning"))
    if better or worse:
        clauses.append(text(lang, "{better} signals for the better, {worse} for the worse", better=better, worse=worse))
    return text(lang, "; ").join(clauses) or text(lang, "No figures are known for this period")


def of_family(content: Content, code: str) -> str:
    """A family's takeaway: targets met and the signals, by name."""
    lang = content.head.lang
    rows = content.known[content.known["family"] == code]
    targeted = rows[rows["attainment"].notna()]
    clauses = []
    if len(targeted):
        reached = int(meets_target(targeted["attainment"]).sum())
        clauses.append(text(lang, "{met} of {count} targets are met", met=reached, count=len(targeted)))
    better, worse = (
        text(lang, ", ").join(
            content.metric(one).name.to(lang)
            for one in rows[(rows["signal"] == "signal") & (rows["variation"] == word)]["metric"]
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
