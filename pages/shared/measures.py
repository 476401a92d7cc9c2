"""The words for measures, as formulas print them."""

from __future__ import annotations

from functools import lru_cache

from data.feeds import all_feeds
from metrics.metric import Term
from pages.shared import words


@lru_cache(maxsize=8)
def measures(lang: str) -> dict[str, str]:
    """Measure -> what it counts, as the feeds that bring it say."""
    return {measure.name: measure.title.to(lang) for feed in all_feeds() for measure in feed.measures}


def term(part: Term | None, lang: str) -> str:
    """A sum of cells as written in a formula."""
    if part is None:
        return ""
    name = measures(lang).get(part.measure, part.measure)
    if not part.segments or part.kind == "indicator":
        return name
    pieces = [" ".join(words.segment(code, lang) for code in segment.split("/")) for segment in part.segments]
    return f"{name} [{', '.join(pieces)}]"
