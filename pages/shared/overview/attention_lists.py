"""The three short lists above the scorecard: strengths, weak spots, and what changed, three lines each."""

from __future__ import annotations

from html import escape

import numpy as np

from charts import numbers
from metrics.analyses.changes import scorecard_changes
from metrics.model.record import Changed, Record, Warned, changes_of, records_of, warnings_of
from metrics.wording.attainment import attainment_in_words
from pages.shared import view
from pages.shared.components import verdict_icons
from pages.shared.session.selection import Selection
from pages.shared.wording.values import rank_words

LINES = 3


def attention_lists(selection: Selection) -> str:
    """The lists as HTML."""
    found = view.attention(selection)
    weak = [
        attention_line(selection, row, standing_note(selection, row))
        for row in records_of(found.weak_spots.head(LINES))
    ]
    weak += [
        attention_line(selection, row, warning_note(selection, row))
        for row in warnings_of(found.early_warnings.head(LINES))
    ]
    before = view.earlier_scorecard(selection)
    yearly = selection.compare == "last_year"
    # Places are known to have moved only since the period before.
    card = view.scorecard(selection).assign(rank_change=np.nan) if yearly else view.scorecard(selection)
    judged = found.judged > 0
    fine = (
        selection.say("None: every target is met and nothing is getting worse")
        if judged
        else selection.say("None: every target is met; too few months to see a change")
    )
    untold = selection.say("None: nothing is getting worse") if judged else selection.say("None yet")
    targeted = view.scorecard(selection)["met"].notna().any()
    changes = changes_of(scorecard_changes(card, before).head(LINES)) if before is not None else []
    since_when = (
        selection.say("Changed since last year") if yearly else selection.say("Changed since the period before")
    )
    columns = (
        (
            selection.say("Strengths"),
            [
                attention_line(selection, row, standing_note(selection, row))
                for row in records_of(found.strengths.head(LINES))
            ],
            selection.say("None yet"),
        ),
        (selection.say("Weak spots and early warnings"), weak, fine if targeted else untold),
        (
            since_when,
            [attention_line(selection, row, change_note(selection, row)) for row in changes],
            selection.say("Nothing that is more than chance"),
        ),
    )
    blocks = [
        f"<div><h3>{escape(title)}</h3><ol>{''.join(items[:LINES]) or f'<li><span>{escape(nothing)}</span></li>'}</ol>"
        "</div>"
        for title, items, nothing in columns
    ]
    return f'<div class="sq sq-lists">{"".join(blocks)}</div>'


def attention_line(selection: Selection, row: Record | Warned, note: str) -> str:
    """One metric as a link, and why it stands here; the whole verdict on hover."""
    metric = view.metrics(selection)[row["metric"]]
    name = escape(metric.name.to(selection.lang))
    hint = escape(str(row.get("because") or row.get("verdict") or metric.meaning.to(selection.lang)))
    return (
        f'<li><span><a href="{escape(selection.address("metric", metric=metric.code))}" target="_self" title="{hint}">'
        f"{name}</a></span><span>{note}</span></li>"
    )


def standing_note(selection: Selection, row: Record) -> str:
    """Place, attainment and signal, and whether it rests on little data."""
    reached = (
        f'<span class="{verdict_icons.attainment_css(row)}">{escape(attainment_in_words(row, selection.lang, 0))}'
        "</span>"
        if numbers.is_known(row["met"])
        else ""
    )
    turn = verdict_icons.signal_css(row)
    few = escape(selection.say("little data")) if row["signal"] == "too_little_data" else ""
    said = (
        f'<span class="{turn}">{escape(selection.say("better") if turn == "better" else selection.say("worse"))}</span>'
        if turn
        else ""
    )
    return " · ".join(
        part for part in ("" if row["total"] else escape(rank_words(selection, row)), reached, said, few) if part
    )


def warning_note(selection: Selection, row: Warned) -> str:
    """Why something that still stands well is worth a look."""
    words = {
        "signal": selection.say("signal: worse"),
        "crosses_target": selection.say("nears the target"),
        "run_rate": selection.say("year's target at risk"),
        "fails": selection.say("target out of usual reach"),
        "trend": selection.say("trend for the worse"),
    }
    return f'<span class="worse">{escape(words.get(str(row["reason"]), ""))}</span>'


def change_note(selection: Selection, row: Changed) -> str:
    """What changed, in two or three words; what chance explains says so."""
    words = {
        "turned_worse": ("worse", selection.say("new signal: worse")),
        "turned_better": ("better", selection.say("new signal: better")),
        "turned": ("", selection.say("new signal")),
        "missed": ("missed", selection.say("target now missed")),
        "met": ("", selection.say("target now met")),
        "ended": ("", selection.say("signal over")),
        "place": ("", selection.say("{moved}, beyond chance", moved=numbers.format_movement(row["rank_change"]))),
        "noise": ("", selection.say("{moved}, noise", moved=numbers.format_movement(row["rank_change"]))),
    }
    css, said = words[str(row["change"])]
    return f'<span class="{css}">{escape(said)}</span>'
