"""What a draft of a profile is not sure of, for whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Doubt:
    """One thing to check.

    entry: the entry of the profile that it is about, such as "month" or "indicators".
    said: a sentence.
    """

    entry: str
    said: str


@dataclass
class Doubts:
    """The doubts of a draft while it is made."""

    found: list[Doubt] = field(default_factory=list)

    def add(self, entry: str, said: str) -> None:
        """Takes down a doubt."""
        self.found.append(Doubt(entry, said))


def listed(names: tuple[str, ...] | list[str], most: int = 8) -> str:
    """Names in a sentence, of many the first."""
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")
