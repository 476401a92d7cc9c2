"""The three short lists above the scorecard: strengths, weak spots, and what changed, three lines each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from charts import numbers
from metrics.analyses.attention import WORSENING_STEPS
from metrics.analyses.changes import scorecard_changes
from pages.shared.components import verdict_icons as verdicts
from pages.shared.view import View

LINES = 3


def lists(view: View) -> str:
    """The lists as HTML."""
    found = view.attention
    weak = [line(view, row, standing_note(view, row)) for row in rows_of(found.weak_spots)]
    weak += [line(view, row, warning_note(view, row)) for row in rows_of(found.early_warnings)]
    before = view.card_before
    yearly = view.compare == "last_year"
    # Places are known to have moved only since the period before.
    card = view.card.assign(rank_change=np.nan) if yearly else view.card
    judged = found.judged > 0
    fine = (
        view.say("None: every target is met and nothing is getting worse")
        if judged
        else view.say("None: every target is met; too few months to see a change")
    )
    untold = view.say("None: nothing is getting worse") if judged else view.say("None yet")
    targeted = view.card["attainment"].notna().any()
    changes = rows_of(scorecard_changes(card, before)) if before is not None else []
    since_when = view.say("Changed since last year") if yearly else view.say("Changed since the period before")
    columns = (
        (
            view.say("Strengths"),
            [line(view, row, standing_note(view, row)) for row in rows_of(found.strengths)],
            view.say("None yet"),
        ),
        (view.say("Weak spots and early warnings"), weak, fine if targeted else untold),
        (
            since_when,
            [line(view, row, change_note(view, row)) for row in changes],
            view.say("Nothing that is more than chance"),
        ),
    )
    blocks = [
        f"<div><h3>{escape(title)}</h3><ol>{''.join(items[:LINES]) or f'<li><span>{escape(nothing)}</span></li>'}</ol></div>"
        for title, items, nothing in columns
    ]
    return f'<div class="sq sq-lists">{"".join(blocks)}</div>'


def rows_of(frame: Any) -> list[dict[str, Any]]:
    return [{str(name): field for name, field in row.items()} for row in frame.head(LINES).to_dict("records")]


def line(view: View, row: Mapping[str, Any], note: str) -> str:
    """One metric as a link, and why it stands here; the whole verdict on hover."""
    metric = view.metrics[row["metric"]]
    name = escape(metric.name.to(view.lang))
    hint = escape(str(row.get("because") or row.get("verdict") or metric.meaning.to(view.lang)))
    return f'<li><span><a href="{escape(view.address("metric", metric=metric.code))}" target="_self" title="{hint}">{name}</a></span><span>{note}</span></li>'


def standing_note(view: View, row: Mapping[str, Any]) -> str:
    """Place, attainment and signal, and whether it rests on little data."""
    reached = (
        f'<span class="{verdicts.goal_css(row)}">{escape(numbers.attainment(row["attainment"], 0))}</span>'
        if numbers.known(row["attainment"])
        else ""
    )
    turn = verdicts.css(row)
    few = escape(view.say("little data")) if row["signal"] == "too_little_data" else ""
    said = (
        f'<span class="{turn}">{escape(view.say("better") if turn == "better" else view.say("worse"))}</span>'
        if turn
        else ""
    )
    return " · ".join(part for part in ("" if row["total"] else escape(view.place(row)), reached, said, few) if part)


def warning_note(view: View, row: Mapping[str, Any]) -> str:
    """Why something that still stands well is worth a look."""
    words = {
        "signal": view.say("signal: worse"),
        "crosses_target": view.say("nears the target"),
        "run_rate": view.say("year's target at risk"),
        "fails": view.say("cannot meet the target"),
        "trend": view.say("trend for the worse"),
        "run": view.say("worse {steps} times in a row", steps=WORSENING_STEPS),
    }
    return f'<span class="worse">{escape(words.get(str(row["reason"]), ""))}</span>'


def change_note(view: View, row: Mapping[str, Any]) -> str:
    """What changed, in two or three words; what chance explains says so."""
    words = {
        "turned_worse": ("worse", view.say("new signal: worse")),
        "turned_better": ("better", view.say("new signal: better")),
        "turned": ("", view.say("new signal")),
        "missed": ("missed", view.say("target now missed")),
        "met": ("", view.say("target now met")),
        "ended": ("", view.say("signal over")),
        "place": ("", view.say("{moved}, beyond chance", moved=numbers.movement(row["rank_change"]))),
        "noise": ("", view.say("{moved}, noise", moved=numbers.movement(row["rank_change"]))),
    }
    css, said = words[str(row["change"])]
    return f'<span class="{css}">{escape(said)}</span>'
