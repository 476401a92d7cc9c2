"""The units: who belongs to whom, and which unit a spreadsheet's text means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from data.core.similarity import MIN_LETTERS, SIMILARITY_THRESHOLD
from data.core.text import normalise

# What a name may carry more or less of and still be the unit's. A level of its own (县, 区, 厅) makes it another unit.
OPTIONAL_SUFFIXES = frozenset({"市", "市分公司", "分公司", "公司", "分行", "市分行"})
# How alike (0-100) what is their own must be, for a unit to be offered for an unknown text.
NEAREST_THRESHOLD = 50.0
# What says of which kind a unit is, and not which unit it is.
UNIT_SUFFIXES = re.compile(
    "(?:分公司|子公司|公司|分行|支行|分局|分院|分部|分店|营业厅|合作厅|自营厅|服务厅|专营店|旗舰店|网点|医院|院区|科室|小区|项目|中心|省|市|区|县|州|厅|店|局|院|科"
    "|branch|office|hall|store|province|city|county|district|hospital|department|ward|estate|centre|center)+$"
)
UNIT_COLUMNS = ("code", "name", "level", "parent", "kind", "aliases", "opened", "closed")
PATH_SEPARATOR = "/"


class Organisation:
    """The units of one version.

    frame: one row per unit with UNIT_COLUMNS; aliases is a list of str (or None), parent a code or None, opened/closed
        datetime64 or NaT.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame.reset_index(drop=True)

    @classmethod
    def empty(cls) -> Organisation:
        return cls(pd.DataFrame({column: pd.Series([], dtype="object") for column in UNIT_COLUMNS}))

    def __len__(self) -> int:
        return len(self.frame)

    def __contains__(self, code: object) -> bool:
        return code in self._parents

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {
            code: parent if isinstance(parent, str) and parent else None
            for code, parent in zip(self.frame["code"], self.frame["parent"], strict=True)
        }

    @cached_property
    def _children(self) -> dict[str | None, list[str]]:
        found: dict[str | None, list[str]] = {}
        for code, parent in self._parents.items():
            found.setdefault(parent if parent in self._parents else None, []).append(code)
        return found

    @cached_property
    def _rows(self) -> dict[str, dict]:
        return {row["code"]: row for row in self.frame.to_dict("records")}

    @property
    def codes(self) -> list[str]:
        return list(self._parents)

    def name(self, code: str) -> str:
        """The unit's name; the code itself if unknown."""
        row = self._rows.get(code)
        return str(row["name"]) if row else code

    def level(self, code: str) -> str | None:
        row = self._rows.get(code)
        return str(row["level"]) if row else None

    def parent(self, code: str) -> str | None:
        """The parent's code; None at the top or if the parent is not among the units."""
        parent = self._parents.get(code)
        return parent if parent in self._parents else None

    def children(self, code: str | None) -> list[str]:
        """Codes of the direct children; of the top units for None."""
        return self._children.get(code, [])

    def roots(self) -> list[str]:
        return self.children(None)

    def ancestors(self, code: str) -> Iterator[str]:
        """The parent, its parent, ... to the top (each once, even if the parents form a circle)."""
        seen = {code}
        above = self.parent(code)
        while above is not None and above not in seen:
            yield above
            seen.add(above)
            above = self.parent(above)

    def descendants(self, code: str) -> list[str]:
        """All units below `code`, without itself."""
        found: list[str] = []
        queue = list(self.children(code))
        while queue:
            unit = queue.pop()
            found.append(unit)
            queue.extend(self.children(unit))
        return found

    def levels(self) -> list[str]:
        """Names of the levels from the top down, by depth of their highest unit."""
        return list(self._levels)

    @cached_property
    def _levels(self) -> list[str]:
        depths: dict[str, int] = {}
        for code in self.codes:
            depth = sum(1 for _ in self.ancestors(code))
            level = self.level(code) or ""
            depths[level] = min(depth, depths.get(level, depth))
        return sorted(depths, key=lambda level: depths[level])

    def at_level(self, level: str, within: str | None = None) -> list[str]:
        """Codes of the units at `level`, only those below `within` if given."""
        if within is None:
            return list(self._at_level.get(level, []))
        return [code for code in self.descendants(within) if self.level(code) == level]

    @cached_property
    def _at_level(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self.codes:
            found.setdefault(self.level(code) or "", []).append(code)
        return found

    @cached_property
    def _meanings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._rows.values():
            for word in _names(row):
                if row["code"] not in found.setdefault(normalise(word), []):
                    found[normalise(word)].append(row["code"])
        return found

    @property
    def spellings(self) -> Set[str]:
        """Every name and alias of a unit, as `normal` writes it."""
        return self._meanings.keys()

    @cached_property
    def _by_code(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self.codes:
            found.setdefault(normalise(code), []).append(code)
        return found

    def find(self, text: str) -> list[str]:
        """Codes that `text` can mean; [] if none.

        A code counts first, then a code but for case and width, a name or alias in either script, a path "city/county".
        """
        if text in self:
            return [text]
        wanted = normalise(str(text))
        if wanted in self._by_code:
            return self._by_code[wanted]
        if wanted in self._meanings:
            return self._meanings[wanted]
        if PATH_SEPARATOR in wanted:
            above, _, last = wanted.rpartition(PATH_SEPARATOR)
            parents = set(self.find(above))
            return [code for code in self.find(last) if parents & set(self.ancestors(code))]
        return []

    @cached_property
    def _without_zeros(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self.codes:
            if (bare := lost_zeros(code)) is not None:
                found.setdefault(bare, []).append(code)
        return found

    def find_with_zeros(self, text: str) -> str | None:
        """The one code that `text` is without the zeros in front, as a spreadsheet writes a number: 0571 for 571."""
        bare = normalise(text).lstrip("0")
        codes = [code for code in self._without_zeros.get(bare, []) if len(code) > len(text.strip())]
        return codes[0] if len(codes) == 1 else None

    def find_zeros_lost(self, text: str) -> str | None:
        """The same of a text that is no code itself."""
        return None if text in self else self.find_with_zeros(text)

    @cached_property
    def _lives(self) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
        opened, closed = pd.to_datetime(self.frame["opened"]), pd.to_datetime(self.frame["closed"])
        first = opened.dt.to_period("M").dt.to_timestamp().fillna(pd.Timestamp.min)
        return {
            code: (since, until)
            for code, since, until in zip(self.frame["code"], first, closed.fillna(pd.Timestamp.max), strict=True)
        }

    def open_in(self, codes: Iterable[str], month: pd.Timestamp) -> list[str]:
        """Those of `codes` that are open in a month (its first day)."""
        return [code for code in codes if self._lives[code][0] <= month <= self._lives[code][1]]

    def find_in_month(self, text: str, month: object) -> str | None:
        """The code of the one unit called so that is open in `month`; None where there are none or several."""
        found = self.open_in(self.find(text), month) if isinstance(month, pd.Timestamp) else []
        return found[0] if len(found) == 1 else None

    def find_misspelt(self, text: str) -> str | None:
        """The code of the one unit that an unknown text must mean; None where it may be another unit's name.

        In Chinese one sign makes another name: only 市 or 分公司 may be added or left out. In words of letters one long
        word may be misspelt, and no figure may differ. Zeros in front of a code may lack.
        """
        if (code := self.find_zeros_lost(str(text))) is not None:
            return code
        codes = {row["code"] for row in self._rows.values() if any(_is_slip(str(text), name) for name in _names(row))}
        return codes.pop() if len(codes) == 1 else None

    def nearest(self, text: str, count: int = 3) -> list[str]:
        """Names of at most `count` units that `text` resembles, best first; each unit once."""
        wanted = normalise(str(text))
        own = distinctive_part(wanted)
        code = self.find_zeros_lost(str(text))
        found: dict[str, None] = {} if code is None else {code: None}
        for word, _, _ in process.extract(
            wanted, list(self._meanings), scorer=fuzz.WRatio, limit=None, score_cutoff=50
        ):
            if fuzz.WRatio(own, distinctive_part(word)) >= NEAREST_THRESHOLD:
                found.setdefault(self._meanings[word][0])
            if len(found) == count:
                break
        return [self.name(code) for code in found]


def lost_zeros(code: str) -> str | None:
    """A code of figures without the zeros in front, as a spreadsheet leaves it; None where it loses none."""
    plain = normalise(code)
    return (plain.lstrip("0") or "0") if plain.isdecimal() and len(plain) > 1 and plain.startswith("0") else None


def distinctive_part(name: str) -> str:
    """A normalised name without the endings that units share: 大洋 of 大洋分公司; the name itself if nothing is left."""
    return UNIT_SUFFIXES.sub("", name) or name


def _names(row: Mapping[str, Any]) -> list[str]:
    """A unit's name and aliases, each once."""
    known = row["aliases"]
    aliases = known if isinstance(known, (list, tuple)) or hasattr(known, "tolist") else []
    return [word for word in dict.fromkeys([row["name"], *aliases]) if isinstance(word, str) and word]


def _is_slip(text: str, name: str) -> bool:
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


def resolve_parents(frame: pd.DataFrame, organisation: Organisation) -> pd.DataFrame:
    """`frame` with parents as codes where they are given by a name that only one unit carries."""
    codes = {*frame["code"].dropna(), *organisation.codes}
    names: dict[str, set[str]] = {}
    for code, name in [
        *zip(frame["code"], frame["name"], strict=True),
        *((code, organisation.name(code)) for code in organisation.codes),
    ]:
        if isinstance(name, str) and isinstance(code, str):
            names.setdefault(normalise(name), set()).add(code)

    def code_of(parent: object) -> object:
        if not isinstance(parent, str) or parent in codes:
            return parent
        found = names.get(normalise(parent), set())
        return next(iter(found)) if len(found) == 1 else parent

    return frame.assign(
        parent=pd.Series([code_of(parent) for parent in frame["parent"]], index=frame.index, dtype="object")
    )


def split_aliases(words: object) -> list[str]:
    """The aliases in a cell, separated by ; , 、 or |."""
    text = words if isinstance(words, str) else ""
    for mark in "；，、,|":
        text = text.replace(mark, ";")
    return [word.strip() for word in text.split(";") if word.strip()]
