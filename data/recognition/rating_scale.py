"""What titles and headers say of a survey's scale: 满分5分, 十分制, 评分（1-5）, out of 10, NPS."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.core.text import normalise

_WORDS = {"五": 5, "七": 7, "十": 10, "百": 100, "一百": 100, "five": 5, "seven": 7, "ten": 10}
_TOP = r"(100|10|5|7|五|七|十|一百|百|five|seven|ten)"
_RANGE = rf"[01]\s*(?:-|–|—|~|～|至|到|\bto\b)\s*{_TOP}"
# Anywhere in a title or a header.
SAID = re.compile(
    rf"(?:满分|总分|最高分?)(?:为|是|[:：])?{_TOP}(?!\d)|(?<!\d){_TOP}分制|(?<!\d){_TOP}[分级点]量表|(?<!\d){_RANGE}分(?!钟|公司|局)"
    rf"|\bout of {_TOP}\b|\b{_TOP}[- ]?point\b|\bscale\W{{1,3}}(?:of |to |from )*(?:{_RANGE}|{_TOP})\b"
    rf"|\bmax(?:imum)?\.?(?: score| points?)?\W{{1,3}}{_TOP}\b",
    re.IGNORECASE,
)
# In the header of the answers themselves.
IN_HEADER = re.compile(rf"(?<!\d){_RANGE}(?!\d|月)|/\s*{_TOP}(?!\d)|[（(]{_TOP}分?[)）]", re.IGNORECASE)
NPS = re.compile(r"(?<![a-z])nps(?![a-z])|净推荐|net promoter", re.IGNORECASE)


def stated_top(texts: Iterable[str], headers: Iterable[str]) -> tuple[float, str] | None:
    """The top of the scale that the first text says, and the text; None if none does.

    texts: titles and names. headers: those of the answers.
    """
    for patterns, words in (((SAID, IN_HEADER), headers), ((SAID,), texts)):
        for text in words:
            for pattern in patterns:
                for read in (text.casefold(), normalise(text)):
                    if found := pattern.search(read):
                        top = next(one for one in found.groups() if one)
                        return float(_WORDS.get(top) or top), text
    return None


def names_promoter_score(texts: Iterable[str]) -> str | None:
    """The text that speaks of a net promoter score; None if none does."""
    return next((text for text in texts if NPS.search(text.casefold()) or NPS.search(normalise(text))), None)
