"""Qualifiers of a header: words that make its figures another time's, a rate, a target, or another feed's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

from rapidfuzz import fuzz

from data.core.text import normalise
from data.feeds import all_feeds
from data.model.feed import NUMERIC, Feed
from data.parsing.dates import MONTH_NAME, MONTH_PREFIXES
from data.recognition.header_rows import SEPARATOR, HeaderCandidate
from data.recognition.header_text import normalise_header
from data.recognition.vocabulary import spellings

# How alike (0-100) a header and a spelling must be: short Chinese headers differ by a character, English ones by a
# typing slip.
SIMILARITY_THRESHOLD = {True: 84.0, False: 72.0}
# Words that make a header mean something else, however alike the rest is: another time, a comparison, a share in place
# of a count.
QUALIFIERS = (
    "同比",
    "环比",
    "去年",
    "上年",
    "上月",
    "上期",
    "累计",
    "增幅",
    "增长",
    "增量",
    "变化",
    "率",
    "占比",
    "比例",
    "排名",
    "目标",
    "均值",
    "平均",
    "同期",
    "增减",
    "预测",
    "预计",
    "预估",
    "估算",
    "估计",
    "测算",
    "计划",
    "预算",
    "日均",
    "月均",
    "人均",
    "户均",
    "新增",
    "净增",
    "期初",
    "年初",
    "月初",
    "last",
    "prior",
    "daily",
    "estimate",
    "estimated",
    "opening",
    "previous",
    "yoy",
    "mom",
    "growth",
    "change",
    "rate",
    "share",
    "%",
    "ratio",
    "cumulative",
    "ytd",
    "target",
    "rank",
    "average",
    "forecast",
    "budget",
    "planned",
    "projected",
)

# Of these some mean something else only of what is counted: a score is a share, a price an average.
RATIO_QUALIFIERS = ("率", "占比", "比例", "均值", "平均", "rate", "share", "%", "ratio", "average")
# A count for so many of another thing: 件/万户, 每万户, 万人均, per 10,000 customers; also 百万客户, which counts by the million or
# for each; 万客户 is a unit as 万户.
RATE_PATTERN = re.compile(
    r"[^/]/[每十百千万亿]|元/[户人客用笔次]|每[十百千万亿户人客用]|(?:百万|千万|亿)(?:客户|用户)|(?<![a-z])per(?![a-z])"
)
# What is new, or the difference that it makes: whole words of a header.
CHANGE_PATTERN = re.compile(r"(?<![a-z])(?:new|net)(?![a-z])")
# Of a month's count the whole year is another figure; over a column a month it says nothing new.
YEAR_QUALIFIERS = ("本年", "当年", "全年", "今年")


def changes_meaning(label: str, spelling: str, kind: str, across: bool = False) -> bool:
    """Whether a label adds a qualifier to `spelling`: 投诉量（累计）, 上月 / 投诉量.

    label: every text over the column.
    spelling: the plain word that it was known by.
    kind: the type of the column that it would be.
    across: whether it is one of several wide columns.
    """
    if kind not in NUMERIC:
        return False
    counted = kind == "count"
    words = [word for word in QUALIFIERS if word not in RATIO_QUALIFIERS]
    words += YEAR_QUALIFIERS if counted and not across else ()
    # A caption over several columns names the rate that they make, 及时率: a part of it is a count nevertheless.
    last = label.rsplit(" / ", 1)[-1]
    # Between a caption and a unit under it the stroke is ours: 客户数 / 万户.
    if counted and any(RATE_PATTERN.search(text) for text in (normalise(last), last.casefold())):
        return True
    if counted and CHANGE_PATTERN.search(label.casefold()):
        return True
    return _contains_word(label, words, spelling) or (counted and _contains_word(last, RATIO_QUALIFIERS, spelling))


def _contains_word(label: str, words: Iterable[str], spelling: str) -> bool:
    """Whether a label says one of `words` besides `spelling`; English ones as whole words."""
    text, folded = normalise(label), label.casefold()
    return any(
        (re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", folded) is not None if word.isascii() else word in text)
        for word in words
        if word not in spelling
    )


def header_similarity(one: str, other: str) -> float | None:
    """How similar two headers read, 0-100; None if they are not, or a qualifier makes them differ."""
    first, second = normalise(one), normalise(other)
    if min(len(first), len(second)) < 2 or qualifiers_in(first) != qualifiers_in(second):
        return None
    score = fuzz.ratio(first, second)
    return score if score >= SIMILARITY_THRESHOLD[first.isascii()] else None


def qualifiers_in(text: str) -> frozenset[str]:
    """The words of a header in normal form that make it mean something else."""
    return frozenset(word for word in QUALIFIERS if word in text)


# A caption of one sign names nothing: 量, 数.
MIN_CAPTION = 2


def belongs_to_other_feed(feed: Feed, candidate: HeaderCandidate, place: int, word: str) -> bool:
    """Whether a column's figures are another feed's, though `word`, by which it is known, is `feed`'s too.

    They are if the caption over it names a feed with such a figure, and another caption names this feed.
    """
    caption = candidate.captions[place]
    if not caption or caption in word or _named(feed, caption):
        return False
    if not any(_named(feed, other) for other in candidate.captions):
        return False
    return any(word in spellings(other) for other in all_feeds() if _named(other, caption))


@cache
def _named(feed: Feed, caption: str) -> bool:
    """Whether a plain caption is the beginning of a feed's name: 投诉 of 投诉月报."""
    return len(caption) >= MIN_CAPTION and any(
        normalise_header(title).startswith(caption) for title in (feed.name, *feed.title)
    )


NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
YEAR = r"(?:(?:19|20)?\d{2}年)"
# Several months, a quarter, a half year: never one month's figure.
SPAN = re.compile(
    rf"{NUMBER}月?份?[-–—~至到、]{YEAR}?{NUMBER}月|季度|半年|(?<![a-z]){MONTH_NAME}(?:\s*(?:19|"
    rf"20)?\d{{2}})?\s*(?:[-–—~]|to)\s*{MONTH_NAME}(?![a-z])"
    r"|quarter|half-?year|(?<![a-z\d])(?:q[1-4]|h[12])(?![a-z\d])"
)
# Up to a day: of what stands it is the figure itself, of what happens a sum since the beginning.
UP_TO = re.compile(r"截至|截止|(?<![a-z])as (?:of|at)(?![a-z])")
MONTH = re.compile(r"(?:((?:19|20)\d{2})[年\-/.])?(?<!\d)(1[0-2]|0?[1-9])月(?!\d*日)")
NAMED = re.compile(rf"(?<![a-z])({MONTH_NAME})[-\s,.']*((?:19|20)\d{{2}})?(?![a-z\d])")
ONLY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年(?!\d)|[)）\]】]|$)")
TIME_PATTERN = re.compile(rf"\d|月|季|半年|截|quarter|half|(?<![a-z])as (?:of|at)|{MONTH_NAME}")


def mentions_time(label: str) -> bool:
    """Whether a header may name a time: most do not, and need no closer look."""
    return TIME_PATTERN.search(label.casefold()) is not None


def names_other_period(label: str, months: Set[str], stands: bool) -> bool:
    """Whether a header names a span, or a month or year that is not that of the rows below.

    label: every text over the column.
    months: those of the rows, as 2025-11; empty if not known.
    stands: whether its figures are of a moment, as customers are, and not of a period.
    """
    for part in label.split(SEPARATOR):
        text, words = normalise(part), part.casefold()
        if any(SPAN.search(one) or (not stands and UP_TO.search(one)) for one in (text, words)):
            return True
        if not months:
            continue
        named = {(year, int(number)) for year, number in MONTH.findall(text)}
        named |= {(year, MONTH_PREFIXES.index(name[:3]) + 1) for name, year in NAMED.findall(words)}
        known = {(year, number) for month in months for year in (month[:4], "") for number in (int(month[5:]),)}
        if any((year, number) not in known for year, number in named) or (named and len(months) > 1):
            return True
        if not named and any(year not in {month[:4] for month in months} for year in ONLY_YEAR.findall(text)):
            return True
    return False
