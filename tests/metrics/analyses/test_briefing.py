"""The briefing: for the sample year of 大洋 it states the reference figures, in three languages, and only computed
ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from locales import LANGUAGES
from metrics.analyses.attention import attention
from metrics.analyses.briefing import briefing, briefing_text, moved_in_words
from metrics.engine.figures import Figures
from metrics.model.record import records_of
from tests.conftest import run_module


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reference_year(sample: Figures, lang: str) -> None:
    said = briefing_text(briefing(sample, "DY", "2025-11", "ytd", lang), "title")
    for figure in (
        "13.9",
        "233",
        "57.58",
        "93.81",
        "86.55",
        "94.32",
        "62.47%",
        "85.5%",
        "54.3%",
        "48.4%",
        "60.1%",
        "72.7%",
        "35.8%",
        "67.20",
        "95.0%",
        "110.2%",
    ):
        assert figure in said, figure
    assert ("352,700" if lang == "en" else "35.27") in said
    assert "8.7 above" in said or "均值 8.7" in said
    assert "nan" not in said
    assert "None" not in said.replace("None.", "")


def test_every_sentence_is_translated(sample: Figures) -> None:
    for lang in LANGUAGES[1:]:
        lines = [line for section in briefing(sample, "DY", "2025-11", "month", lang) for line in section.lines]
        assert lines
        assert not [
            line for line in lines if "Signal" in line or "place " in line or "target" in line or "average" in line
        ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_early_warnings_and_what_chance_gives(sample: Figures, lang: str) -> None:
    """A falling network is warned of in September, while its target is still met; signals are listed beside what chance
    would give.
    """
    sections = briefing(sample, "DY", "2025-09", "month", lang)
    assert sample.axes.metric("satisfaction_network").name.to(lang) in " ".join(sections[-1].lines)
    assert not any(sample.axes.metric("satisfaction_network").name.to(lang) in line for line in sections[-2].lines)
    found = attention(sample, "DY", "2025-09", "month")
    assert moved_in_words(found.listed, found.judged, lang) in sections[0].lines


def test_limits_of_months_are_said_to_be_so(sample: Figures) -> None:
    """A year's 13.9 stands beside limits of single months."""
    year, month = (briefing_text(briefing(sample, "DY", "2025-11", period), "") for period in ("ytd", "month"))
    assert "month by month: Usual" in year
    assert "month by month" not in month


def test_what_is_not_known_is_left_out(small: Figures) -> None:
    said = briefing_text(briefing(small, "C", "2025-02"), "title")
    assert "First-contact resolution" in said
    assert "Snapshot retention" not in said


def test_the_command(sample_home: Path) -> None:
    words = ("briefing", "--unit", "大洋", "--month", "2025-11", "--period", "ytd", "--lang", "zh_Hans")
    said = run_module("metrics", *words, "--markdown", home=sample_home).stdout
    assert said.startswith("# 大洋 2025-11")
    assert "## 投诉" in said


def test_noise_is_not_explained(sample: Figures) -> None:
    """What is no signal is put down to nothing: 大洋's repeat complaints, where a county went from 1 of 19 to 4 of 18."""
    for unit in ("DY", "BP", "HY"):
        weak = briefing(sample, unit, "2025-11", "month")[-2].lines
        rows = records_of(attention(sample, unit, "2025-11", "month").weak_spots)
        told = [line for row, line in zip(rows, weak, strict=False) if row["signal"] == "noise"]
        assert not [line for line in told if "Change on " in line]
