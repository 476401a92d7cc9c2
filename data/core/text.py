"""One normal form of a text: width, script, case and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from opencc import OpenCC

# Footnote marks, ordinals and signs of their own. NFKC would make digits and letters of them: 12① would be 121, 35¹
# 351.
FOOTNOTE_MARKS = re.compile("[ª²³¹º¼-¾ʰ-ʸᴬ-ᵪ⁰-ₜ⅐-ↈ①-⓿❶-➓㈀-㊿㋌-㋏㍘-㏿🄀-🆏]")


def normalise_width(text: str) -> str:
    """`text` in plain width, trimmed; one with a footnote mark is only trimmed, as the mark would become a digit."""
    return (text if text.isascii() or FOOTNOTE_MARKS.search(text) else unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """`text` case folded, in Simplified script."""
    lower = text.casefold()
    return lower if lower.isascii() else _to_simplified().convert(lower)


@lru_cache(maxsize=200_000)
def normalise(value: str) -> str:
    """`value` for comparing: NFKC, no spaces, case folded, Simplified script."""
    return to_simplified("".join(unicodedata.normalize("NFKC", value).split()))


def cell_text(value: Any) -> str:
    """A cell as header or unit text: on one line, 2019.0 as "2019", nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def raw_text(value: Any) -> str:
    """A cell as text, trimmed; 2019.0 as "2019", so that ids keep their digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
