"""The strip of large figures."""

from __future__ import annotations

import pytest

from pages.shared.components.kpi_strip import kpi, with_small_unit


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("−0.9个百分点", "−0.9<small>个百分点</small>"),
        ("+4.0 pp", "+4.0<small> pp</small>"),
        ("35.91万", "35.91万"),
        ("3.7M", "3.7M"),
        ("−20.3%", "−20.3%"),
        ("2 / 11", "2<small> / 11</small>"),
        ("–", "–"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_word_behind_a_figure_is_small(value: str, html: str) -> None:
    assert with_small_unit(value) == html


def test_what_users_wrote_is_text() -> None:
    assert "<script>" not in kpi("<script>", "1", (("<script>", ""),), last="<script>")
    assert "<script>" not in kpi("1", "1", last=("<script>", "worse"), hint="<script>")
