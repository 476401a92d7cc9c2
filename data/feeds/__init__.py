"""The registry of spreadsheet types: every module of this folder that has a `FEED`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from data.model.errors import WrongUsage
from data.model.feed import Feed


@cache
def all_feeds() -> tuple[Feed, ...]:
    """Every feed, in the order in which files are loaded (units first)."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(
        sorted((module.FEED for module in modules if hasattr(module, "FEED")), key=lambda feed: (feed.order, feed.name))
    )


def feed_named(name: str) -> Feed:
    """The feed called `name`; WrongUsage lists the names there are."""
    for feed in all_feeds():
        if feed.name == name:
            return feed
    raise WrongUsage(
        f"No spreadsheet type is called {name!r}; there are: {', '.join(feed.name for feed in all_feeds())}."
    )
