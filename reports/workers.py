"""Many packs at once: each worker is a process that holds the version's figures; a pack that fails does not stop the
others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from data.core.home import Home
from data.model.errors import ServiceQualityError
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.pack import Pack, write_pack

MOST = 4
"""Workers at most: each holds the figures of a whole version."""
_figures: list[Figures] = []


@dataclass(frozen=True)
class PackJob:
    """What is written for every unit."""

    home: Home
    version: int
    month: str
    out: Path
    options: dict[str, Any]


def write_packs(
    order: PackJob, units: Sequence[str], progress: Callable[[float, str], None], workers: int | None = None
) -> Iterator[tuple[str, Pack | str]]:
    """(unit, its pack or why there is none) as they are done; `progress` hears the share and the unit's name."""
    crew = min(len(units), workers or min(os.cpu_count() or 1, MOST))
    if crew < 2:
        _prepare(order)
        for place, unit in enumerate(units):

            def tell(share: float, name: str, place: int = place) -> None:
                progress((place + share) / len(units), name)

            yield unit, _one(order, unit, tell)
        return
    # A fork would share the parent's open database; a spawned process opens its own.
    with ProcessPoolExecutor(crew, get_context("spawn"), _prepare, (order,)) as pool:
        waiting: dict[Future[Pack | str], str] = {pool.submit(_one, order, unit): unit for unit in units}
        for done, future in enumerate(as_completed(waiting), start=1):
            pack = future.result()
            progress(done / len(units), pack.unit_name if isinstance(pack, Pack) else waiting[future])
            yield waiting[future], pack


def _prepare(order: PackJob) -> None:
    _figures[:] = [Figures(open_snapshot(order.home, order.version))]


def _one(order: PackJob, unit: str, progress: Callable[[float, str], None] | None = None) -> Pack | str:
    try:
        return write_pack(order.home, _figures[0], unit, order.month, order.out, progress=progress, **order.options)
    except ServiceQualityError as problem:
        return str(problem)
