"""Choices of single pages: the metric, the level compared, the months shown."""

from __future__ import annotations

from charts import numbers
from metrics.definitions import all_families
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.cache.results import families_of
from pages.shared.frame.menu import FAMILIES_WITH_PAGE
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels

WINDOWS = ("13", "24", "36")


def choose_metric(selection: Selection, label: str) -> Metric:
    """A metric of this version, chosen from a list by family.

    By default one that has a value, of the family chosen before.
    """
    order = {family.code: (family.order, family.name.to(selection.lang)) for family in all_families()}
    metrics = sorted(view.metrics(selection).values(), key=lambda metric: order.get(metric.family, (99, ""))[0])
    known = view.known_codes(selection)
    options = [metric.code for metric in metrics]
    family = url_state.read("family")
    first = next(
        iter(
            sorted(
                (code for code in options if code in known),
                key=lambda code: view.metrics(selection)[code].family != family,
            )
        ),
        None,
    )
    names = {metric.code: metric.name.to(selection.lang) for metric in metrics}
    groups: dict[str, list[str]] = {}
    for code in options:
        groups.setdefault(order.get(view.metrics(selection)[code].family, (99, ""))[1], []).append(code)
    return view.metrics(selection)[
        url_state.choose(label, "metric", options, default=first, shown=names.__getitem__, groups=groups)
    ]


def choose_level(selection: Selection, label: str) -> str:
    """The level whose units are ranked: by default the chosen unit's own."""
    levels = [
        level
        for level in view.organisation(selection).levels()
        if len(view.organisation(selection).at_level(level)) > 1
    ] or view.organisation(selection).levels()
    own = view.organisation(selection).level(selection.unit)

    def shown(level: str) -> str:
        return selection.say(
            "{count} {level}",
            count=numbers.format_decimal(len(view.organisation(selection).at_level(level))),
            level=labels.level_name(level, selection.lang),
        )

    return url_state.choose(label, "level", levels, default=own, shown=shown)


def choose_window(selection: Selection, label: str, hidden_label: bool = True) -> int:
    """How many months a line shows."""
    return int(
        url_state.choose(
            label,
            "window",
            WINDOWS,
            default="36",
            shown=lambda count: selection.say("{count} months", count=count),
            optional=True,
            hidden_label=hidden_label,
        )
    )


def choose_family(selection: Selection, label: str, *, listed: bool = False) -> str:
    """A family that has data: first those without a page of their own; `listed` as a list, from the first of all."""
    held = families_of(selection.home, selection.version) or {
        metric.family for metric in view.metrics(selection).values()
    }
    found = [family for family in sorted(all_families(), key=lambda one: one.order) if family.code in held]
    names = {family.code: family.name.to(selection.lang) for family in found}
    default = None if listed else next((code for code in names if code not in FAMILIES_WITH_PAGE), None)
    return url_state.choose(
        label,
        "family",
        list(names),
        default=default,
        shown=names.__getitem__,
        buttons=not listed,
        hidden_label=not listed,
    )
