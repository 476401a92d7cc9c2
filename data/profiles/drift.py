"""How a file's header differs from the one its profile was saved with, and the profile that knows both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from data.core.text import normalise
from data.model.profile import Profile
from data.profiles.header import BY_LETTER, FoundHeader, column_addresses
from data.recognition.qualifiers import header_similarity

# What stands in the same place of a header that is otherwise the same is proposed after everything that reads alike.
SAME_PLACE = 1.0


@dataclass(frozen=True)
class Drift:
    """What changed in a header.

    renamed: the profile's name -> the header's.
    gone: names of the profile without a counterpart.
    new: names of the header without a counterpart.
    moved: names that changed their order.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.renamed or self.gone or self.new or self.moved)


def find_drift(profile: Profile, header: FoundHeader) -> Drift:
    """What changed since the profile was saved.

    Of a profile that keeps no header only the columns that it reads and does not find.
    """
    first = {normalise(name): label for label, names in profile.header.also.items() for name in names}

    def canonical(label: str) -> str:
        """The name that the profile was saved with, of one that it took over since."""
        return first.get(normalise(label), label)

    here = [label for label in column_addresses(header.labels) if label]
    known = [canonical(label) for label in profile.header.known]
    seen = {normalise(canonical(label)) for label in here}
    absent = [label for label in header.absent if not BY_LETTER.fullmatch(label)]
    gone = list(dict.fromkeys([*(label for label in known if normalise(label) not in seen), *absent]))
    used = set(header.columns.values())
    expected = {normalise(label) for label in known}
    new = [
        label
        for place, label in enumerate(column_addresses(header.labels))
        if label and (normalise(canonical(label)) not in expected if known else place not in used)
    ]
    renamed = dict(_paired(gone, new, known, here))
    return Drift(
        renamed,
        tuple(label for label in gone if label not in renamed),
        tuple(label for label in new if label not in renamed.values()) if known else (),
        tuple(_moved(known, [canonical(label) for label in here])),
    )


def adopt_drift(profile: Profile, found: Drift, header: FoundHeader) -> Profile:
    """The profile with the new names beside the old ones; from now on it expects this header."""
    also = dict(profile.header.also)
    for old, new in found.renamed.items():
        also[old] = tuple(dict.fromkeys((*also.get(old, ()), new)))
    known = tuple(label for label in column_addresses(header.labels) if label)
    return replace(profile, header=replace(profile.header, also=also, known=known))


def _paired(
    gone: Sequence[str], new: Sequence[str], known: Sequence[str], here: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """(old, new) of what reads alike, the likeliest first, then of what stands in the same place; each once."""
    likely = [(score, old, name) for old in gone for name in new if (score := header_similarity(old, name)) is not None]
    if len(known) == len(here):
        placed = {old: name for old, name in zip(known, here, strict=True) if old in gone and name in new}
        likely += [(SAME_PLACE, old, name) for old, name in placed.items()]
    taken: set[str] = set()
    for _, old, name in sorted(likely, key=lambda pair: -pair[0]):
        if old not in taken and name not in taken:
            taken |= {old, name}
            yield old, name


def _moved(known: Sequence[str], here: Sequence[str]) -> list[str]:
    """The names that stand in another order among those that are in both."""
    both = {normalise(label) for label in known} & {normalise(label) for label in here}
    before, after = ([normalise(label) for label in labels if normalise(label) in both] for labels in (known, here))
    kept = {
        before[place]
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for place in range(block.a, block.a + block.size)
    }
    return [label for label in known if normalise(label) in both and normalise(label) not in kept]
