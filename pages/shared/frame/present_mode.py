"""Present mode: one page as one 16:9 screen for a room.

Without menu, filters or buttons; the arrow keys step through the pages.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from metrics.model.metric import Metric
from pages.shared.components.charts import ROOM
from pages.shared.frame.page import close_page
from pages.shared.session import url_state
from pages.shared.session.selection import Selection

WIDE, TALL, TOP, GUTTER = 1120, 474, 112, 56
"""Pixels, of a sheet of 1200 by 675: what stands below the title, how much a line of large figures takes of it, and the
space between blocks.
"""


def present(
    selection: Selection,
    metric: Metric | None,
    *blocks: Callable[[], object],
    top: Callable[[], object] | None = None,
    widths: tuple[int, ...] = (),
    high: int = TOP,
    note: str = "",
) -> None:
    """In present mode shows the page as one screen and ends the run; else does nothing.

    metric: its definition stands in the footer.
    blocks: stand side by side; charts take the room that there is.
    top: stands above them, `high` pixels high.
    widths: shares of the blocks; even, if not given.
    note: stands in the footer if there is no metric.
    """
    if not url_state.is_presenting():
        return
    shares = widths or (1,) * len(blocks)
    tall = TALL - (high if top is not None else 0)
    with st.container(key="stage", height=TALL, border=False, gap=None):
        if top is not None:
            with st.container(height=high, border=False):
                top()
        for place, share, block in zip(st.columns(shares, gap="large"), shares, blocks, strict=True):
            st.session_state[ROOM] = ((WIDE - GUTTER * (len(shares) - 1)) * share // sum(shares), tall)
            with place, st.container(height=tall, border=False):
                block()
    close_page(
        selection,
        selection.say(
            "{name}: {meaning}", name=metric.name.to(selection.lang), meaning=metric.meaning.to(selection.lang)
        )
        if metric
        else note,
    )
    st.stop()
