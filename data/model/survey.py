"""What is known of a survey's scale from what was loaded before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownScale:
    """The scale of one survey so far.

    tops: the tops that its answers had.
    low: the share of its answers that lay in the lower half of the scale: a few new ones may all lie there by chance.
    said: whether answers on our scale look like another, and somebody said that they are not.
    """

    tops: frozenset[float]
    low: float = 0.0
    said: bool = False


# (Spreadsheet type, key_part) -> its scale.
KnownScales = Mapping[tuple[str, str], KnownScale]
