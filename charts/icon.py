"""Verdict icons: what a control chart says of the last month and of the target, as small SVG.

They follow the NHS set in meaning, not in drawing.
"""

from __future__ import annotations

import html

from charts.theme import Palette

SIZE = 22
RISING = ((5.5, 15.0), (9.0, 12.4), (12.6, 9.8))
WAVE = "M4.5 11 L8 8.5 L11 13 L14 8.8 L17.5 11.4"


def variation_icon(kind: str, upward: bool, colours: Palette, label: str) -> str:
    """`kind`: common, improving, concerning, neither_high or neither_low; "" draws nothing.

    A signal is a run of dots that leaves the others behind.
    """
    if not kind:
        return ""
    if kind == "common":
        return ring_icon(
            f'<path d="{WAVE}" fill="none" stroke="{colours.muted}" stroke-width="1.6"/>', colours.muted, colours, label
        )
    paint = {"improving": colours.better, "concerning": colours.worse}.get(kind, colours.ink)
    dots = [(x, y if upward else SIZE - y) for x, y in (*RISING, (16.2, 6.2))]
    quiet = "".join(f'<circle cx="{x}" cy="{y}" r="1.3" fill="{colours.muted}"/>' for x, y in dots[:2])
    loud = "".join(f'<circle cx="{x}" cy="{y}" r="2" fill="{paint}"/>' for x, y in dots[2:])
    return ring_icon(quiet + loud, paint, colours, label)


def assurance_icon(kind: str, lower_is_better: bool, colours: Palette, label: str) -> str:
    """`kind`: passes, fails or hit_or_miss; "" draws nothing.

    The dashes are the target, the wave is where the months are.
    """
    if not kind:
        return ""
    paint = {"passes": colours.better, "fails": colours.worse}.get(kind, colours.muted)
    above = (kind == "passes") != lower_is_better
    shift = 0.0 if kind == "hit_or_miss" else -3.0 if above else 3.0
    goal = 11.0 if kind == "hit_or_miss" else 15.2 if above else 6.8
    wave = f'<path d="{WAVE}" fill="none" stroke="{paint}" stroke-width="1.6" transform="translate(0 {shift})"/>'
    line = f'<path d="M4 {goal} H18" stroke="{colours.ink}" stroke-width="1.2" stroke-dasharray="2.2 1.6"/>'
    return ring_icon(wave + line, paint, colours, label)


def ring_icon(body: str, ring: str, colours: Palette, label: str) -> str:
    """`body` inside a ring, with a text alternative."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}" '
        'role="img">'
        f"<title>{html.escape(label)}</title>"
        f'<circle cx="11" cy="11" r="10.2" fill="{colours.surface}" stroke="{ring}" stroke-width="1.3"/>{body}</svg>'
    )
