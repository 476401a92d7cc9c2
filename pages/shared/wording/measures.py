"""The words for measures, as formulas print them."""

from __future__ import annotations

from functools import lru_cache

from data.feeds import all_feeds
from metrics.model.metric import Metric, Term
from pages.shared.wording import labels


@lru_cache(maxsize=8)
def measure_names(lang: str) -> dict[str, str]:
    """Measure -> what it counts, as the feeds that bring it say."""
    return {measure.name: measure.title.to(lang) for feed in all_feeds() for measure in feed.measures}


def numerator_words(metric: Metric, lang: str) -> str:
    """What a metric counts above the line; of a total its own name, of what an indicator brings ready-made too."""
    part = metric.numerator
    known = part is not None and metric.denominator is not None and part.kind != "indicator"
    return measure_names(lang).get(part.measure, "") if part is not None and known else metric.name.to(lang)


def term_words(part: Term | None, lang: str) -> str:
    """A sum of cells as written in a formula."""
    if part is None:
        return ""
    name = measure_names(lang).get(part.measure, part.measure)
    if not part.segments or part.kind == "indicator":
        return name
    pieces = [" ".join(labels.segment(code, lang) for code in segment.split("/")) for segment in part.segments]
    return f"{name} [{', '.join(pieces)}]"
