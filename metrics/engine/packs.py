"""Packs: the metrics of one line of business. Which of them a version shows follows from the data that was loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from metrics.definitions import all_families, all_metrics
from metrics.model.metric import Metric

DEFAULT = "telecom"


def measures_of(metric: Metric) -> frozenset[str]:
    """The measures that a metric divides."""
    return frozenset(term.measure for term in (metric.numerator, metric.denominator) if term)


def packs_in_use(held: AbstractSet[str]) -> frozenset[str]:
    """The packs of which `held` (measures with data) has a measure that no other pack uses; else the telecom pack."""
    packs = dict(_of_packs())
    own = {
        pack: measures - frozenset().union(*(others for name, others in packs.items() if name != pack))
        for pack, measures in packs.items()
    }
    return frozenset(pack for pack, measures in own.items() if measures & held) or frozenset({DEFAULT})


def metrics_for(held: AbstractSet[str]) -> tuple[Metric, ...]:
    """The metrics of the packs in use, and of the others those whose measures were all loaded."""
    packs = packs_in_use(held)
    pack_of = {family.code: family.pack for family in all_families()}
    return tuple(
        metric
        for metric in all_metrics()
        if pack_of[metric.family] in packs or (measures_of(metric) and measures_of(metric) <= held)
    )


def families_for(metrics: Sequence[Metric]) -> frozenset[str]:
    """The codes of the families that `metrics` belong to."""
    return frozenset(metric.family for metric in metrics)


def has_data(metric: Metric, held: AbstractSet[str]) -> bool:
    """Whether `held` (measures with data) suffices for a figure: numerator and denominator, or a ready-made figure."""
    needed = measures_of(metric)
    return (bool(needed) and needed <= held) or (metric.reported is not None and metric.reported.measure in held)


def families_with_data(metrics: Sequence[Metric], held: AbstractSet[str]) -> frozenset[str]:
    """The codes of the families of which at least one of `metrics` has data."""
    return families_for([metric for metric in metrics if has_data(metric, held)])


def _of_packs() -> Iterator[tuple[str, frozenset[str]]]:
    pack_of = {family.code: family.pack for family in all_families()}
    for pack in dict.fromkeys(pack_of.values()):
        yield (
            pack,
            frozenset(
                measure for metric in all_metrics() if pack_of[metric.family] == pack for measure in measures_of(metric)
            ),
        )
