"""Names and codes of units as people write them: endings, slips, lost zeros, lists of aliases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from data.core.similarity import MIN_LETTERS, SIMILARITY_THRESHOLD
from data.core.text import normalise

# What a name may carry more or less of and still be the unit's. A level of its own (县, 区, 厅) makes it another unit.
OPTIONAL_SUFFIXES = frozenset({"市", "市分公司", "分公司", "公司", "分行", "市分行"})
# What says of which kind a unit is, and not which unit it is.
UNIT_SUFFIXES = re.compile(
    "(?:分公司|子公司|公司|分行|支行|分局|分院|分部|分店|营业厅|合作厅|自营厅|服务厅|专营店|旗舰店|网点|医院|院区|科室|小区|项目|中心|省|市|区|县|州|厅|店|局|院|科"
    "|branch|office|hall|store|province|city|county|district|hospital|department|ward|estate|centre|center)+$"
)


def lost_zeros(code: str) -> str | None:
    """A code of figures without the zeros in front, as a spreadsheet leaves it; None where it loses none."""
    plain = normalise(code)
    return (plain.lstrip("0") or "0") if plain.isdecimal() and len(plain) > 1 and plain.startswith("0") else None


def distinctive_part(name: str) -> str:
    """A normalised name without the endings that units share: 大洋 of 大洋分公司; the name itself if nothing is left."""
    return UNIT_SUFFIXES.sub("", name) or name


def all_names(row: Mapping[str, Any]) -> list[str]:
    """A unit's name and aliases, each once."""
    known = row["aliases"]
    aliases = known if isinstance(known, (list, tuple)) or hasattr(known, "tolist") else []
    return [word for word in dict.fromkeys([row["name"], *aliases]) if isinstance(word, str) and word]


def is_slip(text: str, name: str) -> bool:
    """Whether `text` is a slip of the unit's `name`."""
    one, other = normalise(text), normalise(name)
    shorter, longer = sorted((one, other), key=len)
    if not longer.isascii():
        return len(shorter) > 1 and longer.startswith(shorter) and longer[len(shorter) :] in OPTIONAL_SUFFIXES
    words, known = text.casefold().split(), name.casefold().split()
    differing = [(word, right) for word, right in zip(words, known, strict=False) if word != right]
    return len(words) == len(known) and len(differing) <= 1 and all(_is_misspelt(*pair) for pair in differing)


def _is_misspelt(word: str, right: str) -> bool:
    letters = word.isalpha() and right.isalpha() and min(len(word), len(right)) >= MIN_LETTERS
    return letters and fuzz.ratio(word, right) >= SIMILARITY_THRESHOLD


def split_aliases(words: object) -> list[str]:
    """The aliases in a cell, separated by ; , 、 or |."""
    text = words if isinstance(words, str) else ""
    for mark in "；，、,|":
        text = text.replace(mark, ";")
    return [word.strip() for word in text.split(";") if word.strip()]
