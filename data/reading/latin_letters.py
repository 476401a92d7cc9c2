"""Which of several encodings of one byte a letter a text with Latin letters is in: by where its accented letters stand.

The same byte is è in Western and č in Central Europe; a vowel between consonants is more likely than a third consonant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LATIN = ("windows-1252", "windows-1250", "windows-1254", "iso-8859-2")
VOWELS = frozenset("aeiouyáàâãäåæéèêëěęíìîïóòôõöøőœúùûüűůýąăı")
RARE = frozenset("ŕĺľđŵÿ")
UNLIKELY, POSSIBLE, LIKELY = 0.2, 0.5, 1.0
# Letters that stand only before or behind some: what is around the letter, which is written as it is.
PLACES = {
    "ã": re.compile(r".ã(?:[oe]|s?(?![^\W\d_]))"),
    "ă": re.compile(r".ă(?![oeauă])"),
    "õ": re.compile(r".õ(?![auo])"),
    "ő": re.compile(r".ő(?!e)"),
    "ñ": re.compile(r".ñ[aeiouáéíóú]"),
    "ń": re.compile(r".ń(?![aeouyáéíóú])"),
    "ğ": re.compile(r"[aeıioöuü]ğ"),
    "œ": re.compile(r".œ(?:[udi])"),
    "ï": re.compile(r"[aeou]ï"),
    "ê": re.compile(r".ê[^\Waeiouy\d_]"),
}


def letter_fits(readings: Mapping[str, str]) -> dict[str, float]:
    """How well the letters in which readings of the same bytes differ fit where they stand, from 0 to 1 per reading."""
    # The one capital that has two letters as a small one.
    lowered = {name: text.replace("İ", "I").lower() for name, text in readings.items()}
    differing = [place for place, letters in enumerate(zip(*lowered.values(), strict=True)) if len(set(letters)) > 1]
    return {
        name: sum(_fit(text, place) for place in differing) / len(differing) if differing else LIKELY
        for name, text in lowered.items()
    }


def _fit(text: str, place: int) -> float:
    letter, before, behind = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if not letter.isalpha() or letter in "ªº":
        return UNLIKELY / 2 if before.isalpha() and behind.isalpha() else POSSIBLE + 0.3 * (not behind.isalpha())
    if before.isdigit() or behind.isdigit() or not (before.isalpha() or behind.isalpha()):
        return UNLIKELY / 2
    if letter in RARE:
        return UNLIKELY
    if (where := PLACES.get(letter)) is not None:
        return LIKELY if where.match(text, max(place - 1, 0)) else UNLIKELY
    beside = (before in VOWELS, behind in VOWELS)
    if letter in VOWELS:
        return UNLIKELY if any(beside) and (before not in "iu" or beside[1]) else LIKELY
    return LIKELY if any(beside) else UNLIKELY
