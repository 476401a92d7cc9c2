"""The registry of metrics.

Every module of this folder holds its `METRICS` and their `FAMILY`, or the `FAMILIES` of a whole pack.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from metrics.model.metric import Family, Metric


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(sorted(found, key=lambda module: _families(module)[0].order))


def _families(module: ModuleType) -> tuple[Family, ...]:
    return module.FAMILIES if hasattr(module, "FAMILIES") else (module.FAMILY,)


@cache
def all_families() -> tuple[Family, ...]:
    """Every family, in the order in which pages show them."""
    return tuple(family for module in _modules() for family in _families(module))


@cache
def all_metrics() -> tuple[Metric, ...]:
    """Every metric that the program defines, by family."""
    return tuple(metric for module in _modules() for metric in module.METRICS)
