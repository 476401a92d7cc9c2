"""The units: who belongs to whom, and which unit a spreadsheet's text means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

import pandas as pd
from rapidfuzz import fuzz, process

from data.core.text import normalise
from data.model.parent_history import BEGINNING, ParentSince, by_unit, months_of_change
from data.model.unit_names import all_names, distinctive_part, is_slip, lost_zeros

# How alike (0-100) what is their own must be, for a unit to be offered for an unknown text.
NEAREST_THRESHOLD = 50.0
UNIT_COLUMNS = ("code", "name", "level", "parent", "kind", "aliases", "opened", "closed")
PATH_SEPARATOR = "/"


class Organisation:
    """The units of one version, as they are now; `at` gives them as they were in a month.

    parents: of units that moved all the parents they had, also the first and the last.
    frame: one row per unit with UNIT_COLUMNS; aliases is a list of str (or None), parent a code or None, opened/closed
        datetime64 or NaT.
    """

    def __init__(self, frame: pd.DataFrame, parents: Iterable[ParentSince] = ()) -> None:
        self.frame = frame.reset_index(drop=True)
        self.parents_since = tuple(sorted(parents))

    @classmethod
    def of_rows(cls, rows: pd.DataFrame) -> Organisation:
        """The units of rows with UNIT_COLUMNS and since (a month or NaT): of several rows of a unit the one with the
        last month says what it is now.
        """
        return cls.empty().updated(rows)

    def updated(self, rows: pd.DataFrame) -> Organisation:
        """These units and those of `rows`, as `of_rows` reads them; a row replaces what held from the same month on."""
        fresh = rows.assign(since=pd.to_datetime(rows["since"]).fillna(BEGINNING))
        coming = set(fresh["code"])
        known = self.frame["code"].isin(list(coming))
        stored = self.frame[known].assign(since=self.frame["code"][known].map(self._since))
        dated = pd.concat([stored, fresh], ignore_index=True) if len(stored) else fresh
        last = dated.assign(place=range(len(dated))).sort_values(["since", "place"], kind="stable")
        last = last.drop_duplicates("code", keep="last").sort_values("place")[list(UNIT_COLUMNS)]
        periods = {(one.code, one.since): one for one in self.parents_since}
        for since, code, parent in zip(dated["since"], dated["code"], dated["parent"], strict=True):
            periods[code, since] = ParentSince(code, since, parent if isinstance(parent, str) and parent else None)
        counted = Counter(code for code, _ in periods)
        parents = [one for one in periods.values() if counted[one.code] > 1]
        kept = self.frame[~known]
        return Organisation(pd.concat([kept, last], ignore_index=True) if len(kept) else last, parents)

    @cached_property
    def _since(self) -> Mapping[str, pd.Timestamp]:
        """The month from which each unit is as it is now."""
        return {code: self.parents_of[code][-1].since if code in self.parents_of else BEGINNING for code in self.codes}

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

    @cached_property
    def parents_of(self) -> Mapping[str, Sequence[ParentSince]]:
        """The parents, in their order, of each unit that had several rows."""
        return by_unit(self.parents_since)

    @cached_property
    def changes(self) -> Sequence[pd.Timestamp]:
        """The months from which some unit stands below another parent than before, in order."""
        return months_of_change(self.parents_of)

    def at(self, month: pd.Timestamp | str) -> Organisation:
        """The units with the parents that they have in `month`."""
        day = pd.Timestamp(month)
        epoch = sum(1 for since in self.changes if since <= day)
        if epoch == len(self.changes):
            return self
        if epoch not in self._earlier:
            until = self.changes[epoch]
            parents = {
                code: next((one for one in reversed(periods) if one.since < until), periods[0]).parent
                for code, periods in self.parents_of.items()
            }
            above = [parents.get(code, now) for code, now in self._parents.items()]
            frame = self.frame.assign(parent=pd.Series(above, index=self.frame.index, dtype="object"))
            self._earlier[epoch] = Organisation(frame)
        return self._earlier[epoch]

    @cached_property
    def _earlier(self) -> dict[int, Organisation]:
        return {}

    def ever_above(self, code: str) -> set[str]:
        """The ancestors that a unit has in any month."""
        known = [self, *(self.at(since - pd.DateOffset(months=1)) for since in self.changes)]
        return {above for one in known for above in one.ancestors(code)}

    def only(self, codes: Iterable[str]) -> Organisation:
        """These units alone; one whose parent is not among them stands at the top."""
        kept = set(codes)
        parents = [one for one in self.parents_since if one.code in kept]
        return Organisation(self.frame[self.frame["code"].isin(kept)], parents)

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
            for word in all_names(row):
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
            return [code for code in self.find(last) if parents & self.ever_above(code)]
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
        codes = {row["code"] for row in self._rows.values() if any(is_slip(str(text), name) for name in all_names(row))}
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
