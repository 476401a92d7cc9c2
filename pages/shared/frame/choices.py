"""Choices of single pages: the metric, the level compared, the months shown."""

from __future__ import annotations

from charts import numbers
from metrics.definitions import all_families
from metrics.model.metric import Metric
from pages.shared.cache.results import families_of
from pages.shared.frame.menu import OWN
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import labels as words

WINDOWS = ("13", "24", "36")


def choose_metric(view: View, label: str) -> Metric:
    """One metric of this version, at first one that has a figure, of the family chosen before; those of one family
    stand together.
    """
    order = {family.code: (family.order, family.name.to(view.lang)) for family in all_families()}
    metrics = sorted(view.metrics.values(), key=lambda metric: order.get(metric.family, (99, ""))[0])
    known = view.card["value"].dropna().index
    options = [metric.code for metric in metrics]
    family = state.read("family")
    first = next(
        iter(sorted((code for code in options if code in known), key=lambda code: view.metrics[code].family != family)),
        None,
    )
    names = {metric.code: metric.name.to(view.lang) for metric in metrics}
    groups: dict[str, list[str]] = {}
    for code in options:
        groups.setdefault(order.get(view.metrics[code].family, (99, ""))[1], []).append(code)
    return view.metrics[state.choose(label, "metric", options, default=first, shown=names.__getitem__, groups=groups)]


def choose_level(view: View, label: str) -> str:
    """The level whose units are ranked: by default the chosen unit's own."""
    levels = [
        level for level in view.organisation.levels() if len(view.organisation.at_level(level)) > 1
    ] or view.organisation.levels()
    own = view.organisation.level(view.unit)

    def shown(level: str) -> str:
        return view.say(
            "{count} {level}",
            count=numbers.decimal(len(view.organisation.at_level(level))),
            level=words.level(level, view.lang),
        )

    return state.choose(label, "level", levels, default=own, shown=shown)


def choose_window(view: View, label: str, hidden_label: bool = True) -> int:
    """How many months a line shows."""
    return int(
        state.choose(
            label,
            "window",
            WINDOWS,
            default="36",
            shown=lambda count: view.say("{count} months", count=count),
            optional=True,
            hidden_label=hidden_label,
        )
    )


def choose_family(view: View, label: str, *, listed: bool = False) -> str:
    """A family that has data: first those without a page of their own; `listed` as a list, from the first of all."""
    held = families_of(str(view.home.path), view.version) or {metric.family for metric in view.metrics.values()}
    found = [family for family in sorted(all_families(), key=lambda one: one.order) if family.code in held]
    names = {family.code: family.name.to(view.lang) for family in found}
    default = None if listed else next((code for code in names if code not in OWN), None)
    return state.choose(
        label,
        "family",
        list(names),
        default=default,
        shown=names.__getitem__,
        buttons=not listed,
        hidden_label=not listed,
    )
