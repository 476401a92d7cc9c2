"""The words of a pack: takeaway titles, periods, the names of segments; all in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from opencc import OpenCC

from charts import numbers
from data.feeds import all_feeds
from locales import text
from metrics.completeness import months_in_words, units_in_words
from metrics.metric import Metric
from metrics.shown import place
from reports.content import Content, Head


def span(head: Head) -> str:
    """The months that the pack covers."""
    year, number = head.month.split("-")
    lang = head.lang
    if head.period == "quarter":
        return text(lang, "{year} Q{quarter}", year=year, quarter=(int(number) - 1) // 3 + 1)
    if head.period == "ytd":
        return text(lang, "January to {month}", month=head.month) if number != "01" else head.month
    if head.period == "rolling12":
        return text(lang, "12 months to {month}", month=head.month)
    return head.month


def named(name: str, words: str, lang: str) -> str:
    """A name and what is said of it."""
    return text(lang, "{name}: {words}", name=name, words=words)


def footer(head: Head) -> str:
    """What stands at the foot of every page."""
    return text(
        head.lang, "{unit} · {span} · version {version} · made {generated}",
        unit=head.unit_name, span=span(head), version=head.version, generated=f"{head.generated:%Y-%m-%d %H:%M}",
    )  # fmt: skip


def takeaway(metric: Metric, row: Mapping[str, Any], lang: str) -> str:
    """A metric's title: name, value, place, verdict."""
    shown = numbers.value(row["value"], metric.format, metric.decimals, lang)
    clauses = [f"{metric.name.to(lang)} {shown}"]
    clauses += [said for said in (units_in_words(row, lang), months_in_words(row, lang)) if said]
    if numbers.known(row["rank"]) and row["peers"] > 1:
        clauses.append(place(row, lang))
    if row["verdict"]:
        clauses.append(str(row["verdict"]))
    return text(lang, "; ").join(clauses)


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
    return [named(row["author"], row["note"], lang) if isinstance(row["author"], str) and row["author"] else str(row["note"]) for row in rows]  # fmt: skip


def headline(content: Content) -> str:
    """The pack's first sentence."""
    lang, known = content.head.lang, content.known
    ranked = known[known["rank"].notna() & (known["peers"] > 1) & ~known["total"]]
    targeted = known[known["attainment"].notna()]
    clauses = []
    if len(ranked):
        clauses.append(text(lang, "{count} of {ranked} metrics stand among the first three", count=int((ranked["rank"] <= 3).sum()), ranked=len(ranked)))  # fmt: skip
    if len(targeted):
        clauses.append(text(lang, "{met} of {count} targets are met", met=int((targeted["attainment"] >= 100 - 1e-9).sum()), count=len(targeted)))  # fmt: skip
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
        met = int((targeted["attainment"] >= 100 - 1e-9).sum())
        clauses.append(text(lang, "{met} of {count} targets are met", met=met, count=len(targeted)))
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


@lru_cache(maxsize=8)
def _choices(lang: str) -> dict[str, str]:
    """Codes of choices by the first spelling of the language that the feeds declare."""
    found: dict[str, str] = {}
    traditional = OpenCC("s2t")
    for feed in all_feeds():
        for column in feed.columns:
            for code, spellings in (column.choices or {}).items():
                chinese = next((word for word in spellings if not word.isascii()), code)
                english = next((word for word in spellings if word.isascii()), code)
                word = english if lang == "en" else chinese if lang == "zh_Hans" else traditional.convert(chinese)
                found.setdefault(code, word[:1].upper() + word[1:] if lang == "en" else word)
    return found


def segment(code: object, lang: str) -> str:
    """The word for a segment; what nobody foresaw stands as it was loaded."""
    parts = [_choices(lang).get(part, part) for part in str(code).split("/")]
    return " / ".join(part for part in parts if part) or text(lang, "Not stated")


def feed_title(name: str, lang: str) -> str:
    """The title of a spreadsheet type; its code if it is not registered any more."""
    return next((feed.title.to(lang) for feed in all_feeds() if feed.name == name), name)
