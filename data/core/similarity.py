"""Names that are one name but for a slip: of sound in Chinese, of a letter in a long word, of script, width or case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from data.core.text import normalise

# In shorter names one sign of the same sound makes another name: 移动 and 异动.
MIN_CHARACTERS = 3
# Shorter words differ by what they mean, not by a slip: Ward A and Ward B, East and West.
MIN_LETTERS, SIMILARITY_THRESHOLD = 6, 90.0


def similar_pairs(names: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, known name) wherever one of `names` is a slip of a known one, in the order of `names` and of `known`.

    Keys are compared, never every name with every other.
    """
    places: dict[str, int] = {other: place for place, other in reversed(list(enumerate(known)))}
    keyed: dict[str, list[str]] = {}
    for other in places:
        for key in _keys(other):
            keyed.setdefault(key, []).append(other)
    for name in names:
        near = {
            other for key in _keys(name) for other in keyed.get(key, ()) if other != name and are_similar(name, other)
        }
        yield from ((name, other) for other in sorted(near, key=places.__getitem__))


def are_similar(one: str, other: str) -> bool:
    """Whether two names differ by one slip at most."""
    first, second = normalise(one), normalise(other)
    if first == second:
        return True
    if len(first) == len(second) >= MIN_CHARACTERS and _pinyin(first) == _pinyin(second):
        return sum(sign != right for sign, right in zip(first, second, strict=True)) == 1
    words, others = one.casefold().split(), other.casefold().split()
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and len(apart) == 1 and _is_misspelt(*apart[0])


def _keys(name: str) -> set[str]:
    """What two names share if one is a slip of the other: how they sound, or how they are spelt without one letter of a
    long word.
    """
    words = name.casefold().split()
    return {_pinyin(normalise(name))} | {
        " ".join([*words[:place], word[:letter] + word[letter + 1 :], *words[place + 1 :]])
        for place, word in enumerate(words)
        if _is_long_word(word)
        for letter in range(1, len(word) + 1)
    }


def _pinyin(name: str) -> str:
    return " ".join(map(pinyin, name))


@lru_cache(maxsize=20_000)
def pinyin(sign: str) -> str:
    """How a Chinese sign is typed, without its tone; any other sign itself."""
    # Only a load needs its dictionary of 40 MB, which every page and command would wait for.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(sign)[0]


def _is_long_word(word: str) -> bool:
    """Whether a word is long, of letters alone."""
    return len(word) >= MIN_LETTERS - 1 and word.isalpha() and all(letter < "\u2e80" for letter in word)


def _is_misspelt(word: str, right: str) -> bool:
    """A letter more or less, or two that changed places; in a very long word also another one."""
    if not (
        _is_long_word(word)
        and _is_long_word(right)
        and word[0] == right[0]
        and max(len(word), len(right)) >= MIN_LETTERS
    ):
        return False
    return sorted(word) == sorted(right) or fuzz.ratio(word, right) >= SIMILARITY_THRESHOLD
