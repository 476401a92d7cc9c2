"""Units in which figures are given: 万户, 亿元, thousands. Each noun has a power of ten of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from data.core.text import normalise

POWERS_OF_TEN = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
}
MONEY_NOUNS = ("人民币", "元")
COUNT_NOUNS = ("户", "人次", "人", "件", "笔", "个", "台", "部", "次", "张", "宗", "起", "份", "家")
POWER = "|".join(sorted(POWERS_OF_TEN, key=len, reverse=True))
NOUN = "|".join((*MONEY_NOUNS, *COUNT_NOUNS))
# 万人均 is a rate, no unit.
POWERED = re.compile(rf"({POWER})({NOUN})(?!均)")
BARE = re.compile(rf"(?:.*单位:?为?)?({POWER})?({NOUN})?")
BETWEEN = re.compile(r"[\s、,，/;；|()（）\[\]【】和及与]+")
ENGLISH = re.compile(
    r"(?:in|unit:|x|×)?(?:(hundreds?)|(thousands?|k|['’]?000['’]?s?|1,?000s?|"
    r"10\^3)|(lakhs?)|(millions?|mn|mln|mio|['’]?000['’]?000s?|1,?000,?000s?|"
    r"10\^6)|(crores?)|(billions?|bn))(?:of)?[a-z]*"
)
# A text that is one power of ten and what it counts, and nothing more.
WHOLE_UNIT = re.compile(
    rf"单?位?:?(?:{POWER})(?:{NOUN})?|(?:figures|numbers|all)?(?:in)?(?:(?:ten|"
    rf"10)thousands?|hundreds|thousands?|millions?|billions?|lakhs?|crores?|['’]?000s?)(?:of[a-z]+)?"
)
TEN_THOUSAND = re.compile(r"(?:in)?(?:ten|10)thousands?(?:of[a-z]+)?")
ENGLISH_POWERS = (2, 3, 5, 6, 7, 9)
BRACKETS = re.compile(r"[（(【\[]([^（()）】\]]*)[)）】\]]")
# Nouns that count the same things.
EQUIVALENT_UNITS = (
    {"户", "人", "个", "家"},
    {"台", "部", "个", "张"},
    {"件", "笔", "次", "人次", "宗", "起", "份", "个", "张"},
)


@dataclass(frozen=True)
class Scale:
    """By what power of ten figures are to be multiplied: noun -> power, "" for any noun."""

    powers: Mapping[str, int]

    def power(self, nouns: Set[str], money: bool) -> int | None:
        """The power of ten for what is counted by `nouns` or is money; None if none or several fit."""
        ours = {
            power
            for noun, power in self.powers.items()
            if (noun in MONEY_NOUNS if money else noun in (nouns or COUNT_NOUNS))
        }
        ours = ours or {power for noun, power in self.powers.items() if not noun}
        return ours.pop() if len(ours) == 1 else None


def parse_scale(text: str) -> Scale | None:
    """The powers of ten that a unit means, such as "万户、台", "亿元", "thousands"; None if it names no unit."""
    powers: dict[str, int] = {}
    for token in filter(None, (normalise(part) for part in BETWEEN.split(text))):
        found = POWERED.search(token) or BARE.fullmatch(token)
        if found and any(found.groups()):
            powers.setdefault(found[2] or "", POWERS_OF_TEN.get(found[1] or "", 0))
    english = ENGLISH.fullmatch(normalise(text))
    if TEN_THOUSAND.fullmatch(normalise(text)) and not powers:
        powers[""] = 4
    elif english and not powers:
        powers[""] = next(power for power, word in zip(ENGLISH_POWERS, english.groups(), strict=True) if word)
    return Scale(powers) if powers else None


def header_scale(header: str) -> Scale | None:
    """The unit in a header's brackets, such as "客户数（万户）", single ones too; None if there is none."""
    return next((scale for words in BRACKETS.findall(header) if (scale := parse_scale(words))), None)


def counting_nouns(words: str) -> frozenset[str]:
    """The nouns that count what `words` speak of, with those that mean the same: 客户数, 用户数 are counted by 户."""
    own = {noun for noun in COUNT_NOUNS if noun in normalise(words)}
    return frozenset().union(*(group for group in EQUIVALENT_UNITS if group & own)) if own else frozenset()
