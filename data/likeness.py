"""How alike two headers read."""

from __future__ import annotations

from rapidfuzz import fuzz

from data.organisation import normal

# How alike (0-100) a header and a spelling must be: short Chinese headers differ by a character, English ones by a typing slip.
ALIKE = {True: 84.0, False: 72.0}
# Words that make a header mean something else, however alike the rest is: another time, a comparison, a share in place of a count.
OTHERWISE = ("同比", "环比", "去年", "上年", "上月", "上期", "累计", "增幅", "增长", "增量", "变化", "率", "占比", "比例", "排名", "目标", "均值", "last", "previous", "yoy", "mom", "growth", "change", "rate", "share", "%", "ratio", "cumulative", "ytd", "target", "rank", "average")  # fmt: skip


def likeness(one: str, other: str) -> float | None:
    """How alike two headers read, 0-100; None if they are not, or a word turns one into something else."""
    first, second = normal(one), normal(other)
    if min(len(first), len(second)) < 2 or turns(first) != turns(second):
        return None
    score = fuzz.ratio(first, second)
    return score if score >= ALIKE[first.isascii()] else None


def turns(text: str) -> frozenset[str]:
    """The words of a header in normal form that make it mean something else."""
    return frozenset(word for word in OTHERWISE if word in text)
