"""Which encoding a text without a mark is in: by what its readings say, not by what can be decoded.

A detector (charset-normalizer) guesses; the words of our headers, choices and units, and letters that are usual in the
language of each encoding weigh its guess. Where two readings stay plausible nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

import charset_normalizer

from data.core.text import normalise, to_simplified
from data.feeds import all_feeds
from data.reading.latin_letters import LATIN, letter_fits
from locales import LANGUAGES

# What an analyst may say: its name here -> Python's codec, a superset where programs write more than the standard has.
CODECS = {
    "utf-8": "utf-8-sig",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
    "windows-1250": "cp1250",
    "windows-1254": "cp1254",
    "iso-8859-2": "iso8859_2",
}
GUESSED = tuple(name for name in CODECS if name != "utf-8")
# How much better than the next a reading must be, and what no reading may be worse than.
AHEAD, LEAST = 0.2, 0.35
# What a word of ours adds, and the detector's guess.
OWN_WORD, DETECTED = 0.5, 0.1
LINES, PIECE = 400, 1 << 20
SHOWN = 60
CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
WORDS = re.compile(r"[^\s,;|\t\"'()（）:：，、]+")
# The letters of which half of any Chinese text consists.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现"
    "实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无"
    "系军很情者最立代想已通并提直题程展五果料象员位常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处"
    "理务费网络单户投诉客服营业厅充值流量宽带套餐省市县乡镇街满意度率额类型渠道编号受理原因责任门口岸江海河湖洋临北南东屏漫游终端信号质量话办结超时其他合计小计备注名称城州安"
)  # fmt: skip


@dataclass(frozen=True)
class Detected:
    """encoding: a name of CODECS, None where nothing or several are plausible; readings: encoding -> what the text says
    in it, of those that are plausible; broken: the first line of a UTF-8 text whose bytes are damaged.
    """

    encoding: str | None
    readings: Mapping[str, str]
    broken: int | None = None


def detect_encoding(content: Iterable[bytes], words: Set[str] = frozenset()) -> Detected:
    """The encoding of bytes in pieces; words: names that are known, as data.core.text.normalise writes them."""
    lines: list[bytes] = []
    rest, number = b"", 0
    numbers: list[int] = []
    for piece in content:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            number += 1
            if not line.isascii() and len(lines) < LINES:
                lines.append(line)
                numbers.append(number)
        if len(rest) > PIECE:
            # A line longer than any: as much of it as there is says enough.
            if not rest.isascii():
                lines.append(rest[:PIECE])
                numbers.append(number + 1)
            rest = b""
        if len(lines) >= LINES:
            rest = b""
            break
    if rest and not rest.isascii():
        lines.append(rest[:PIECE])
        numbers.append(number + 1)
    sample = b"\n".join(lines)
    if not sample:
        return Detected("utf-8", {})
    broken = _broken_utf8(lines, numbers)
    if broken is not None:
        return Detected(None, {}, broken) if broken else Detected("utf-8", {})
    return _weighed(sample, words)


def _broken_utf8(lines: list[bytes], numbers: list[int]) -> int | None:
    """0 if all lines are UTF-8, the first that is damaged if nearly all letters are, None if it is another encoding."""
    good = bad = first = 0
    for line, number in zip(lines, numbers, strict=True):
        text = line.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        first = first or (number if damaged else 0)
        bad += damaged
        good += sum(not letter.isascii() for letter in text) - damaged
    if not bad:
        return 0
    return first if bad * 20 <= good else None


def _weighed(sample: bytes, words: Set[str]) -> Detected:
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    guess = charset_normalizer.from_bytes(sample[:20_000], cp_isolation=[CODECS[name] for name in GUESSED]).best()
    plain = any(byte < 0x80 and byte != 0x0A for byte in sample)
    of_one_byte = {*LATIN, "windows-1251"}
    for name in GUESSED:
        try:
            text = sample.decode(CODECS[name])
        except UnicodeDecodeError:
            continue
        if text in texts.values() or (name in of_one_byte and not plain):
            continue
        if len(CONTROLS.findall(text)) * 100 > len(text):
            continue
        texts[name] = text
        scores[name] = _usual(text, name) + OWN_WORD * _known(text, words | _own_words())
        if guess is not None and guess.encoding == CODECS[name]:
            scores[name] += DETECTED
    fits = letter_fits({name: texts[name] for name in LATIN if name in texts})
    for name, fit in fits.items():
        scores[name] -= max(fits.values()) - fit
    ranked = sorted((name for name in scores if scores[name] >= LEAST), key=lambda name: -scores[name])
    if not ranked:
        return Detected(None, {})
    near = [name for name in ranked if scores[name] > scores[ranked[0]] - AHEAD]
    shown = {name: _shown(texts[name]) for name in near}
    return Detected(near[0] if len(near) == 1 else None, shown)


def _shown(text: str) -> str:
    """The first words that are not plain ASCII."""
    found = dict.fromkeys(word for word in WORDS.findall(text[:5_000]) if not word.isascii())
    return " · ".join(found)[:SHOWN]


def _known(text: str, words: Set[str]) -> float:
    """The share of the words beyond ASCII that are ours."""
    found = {word for word in re.split(r"[,;|\t\"\r\n]+", text) if word.strip() and not word.isascii()}
    return sum(normalise(word) in words for word in found) / len(found) if found else 0.0


@cache
def _own_words() -> frozenset[str]:
    """Headers and choices in every language."""
    found: set[str] = set()
    for feed in all_feeds():
        for column in feed.columns:
            found.update((*(column.title.to(lang) for lang in LANGUAGES), *column.headers))
            found.update(word for spellings in (column.choices or {}).values() for word in spellings)
    return frozenset(normalise(word) for word in found if not word.isascii())


def _usual(text: str, encoding: str) -> float:
    """How usual the letters beyond ASCII are, from 0 to 1, in texts that are written in this encoding."""
    letters = [place for place, letter in enumerate(text) if not letter.isascii()]
    if not letters:
        return 0.0
    if encoding in LATIN or encoding == "windows-1251":
        return sum(_single(text, place, encoding) for place in letters) / len(letters)
    plain = to_simplified(text) if encoding in ("gb18030", "big5") else text
    if len(plain) != len(text):
        plain = text
    return sum(_double(text[place], plain[place], encoding) for place in letters) / len(letters)


def _single(text: str, place: int, encoding: str) -> float:
    """A letter with an accent stands among plain letters; a Cyrillic one among its like."""
    letter = text[place]
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    if encoding == "windows-1251":
        cyrillic = "\u0400" <= letter <= "\u04ff"
        if cyrillic and any(one.isascii() and one.isalpha() for one in around):
            return -1.0
        return 0.9 if cyrillic and any("\u0430" <= one <= "\u044f" for one in around) else 0.0
    if letter.isalpha():
        lower = letter.islower() or not text[max(place - 1, 0) : place].islower()
        return 1.0 if lower and any(one.isascii() and one.isalpha() for one in around) else 0.0
    return 0.8 if letter in "€£–—’‘“”…°²³·«»" and any(one.isascii() for one in around) else 0.0


@lru_cache(maxsize=50_000)
def _double(letter: str, plain: str, encoding: str) -> float:
    if letter in "，。、；：？！（）《》“”‘’—…·％～「」【】　" or "\uff01" <= letter <= "\uff5e":
        return 0.8
    if encoding in ("gb18030", "big5"):
        if plain in COMMON:
            return 1.0
        lead = _lead(letter, "gb2312" if encoding == "gb18030" else "big5")
        last = 0xD7 if encoding == "gb18030" else 0xC6
        return 0.6 if lead and lead <= last else 0.15 if lead else 0.0
    if encoding == "shift_jis":
        if "\u3041" <= letter <= "\u30fc":
            return 1.0
        lead = _lead(letter, "euc_jp")
        return 0.75 if 0xB0 <= lead <= 0xCF else 0.15 if 0xD0 <= lead <= 0xF4 else 0.0
    return 0.8 if "\uac00" <= letter <= "\ud7a3" and _lead(letter, "euc_kr") else 0.0


def _lead(letter: str, codec: str) -> int:
    """The first byte of a letter in a standard encoding of two bytes; 0 where it has none."""
    try:
        code = letter.encode(codec)
    except UnicodeEncodeError:
        return 0
    return code[0] if len(code) == 2 else 0


def pieces(content: bytes) -> Iterator[bytes]:
    """Bytes in pieces, as detect_encoding takes them."""
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))
