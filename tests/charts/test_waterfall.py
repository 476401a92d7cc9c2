"""The waterfall from literals: its end is the sum of its steps."""

from __future__ import annotations

import pytest

from charts.waterfall import waterfall_chart


def test_the_end_is_what_the_steps_come_to() -> None:
    (bars,) = waterfall_chart([("Snapshot", 1000.0), ("Left", -120.0), ("Value lost", -30.0)], "Retained").data
    assert list(bars.measure) == ["absolute", "relative", "relative", "total"]
    assert list(bars.y) == [1000, -120, -30, 850]
    assert bars.text[-1].endswith("85.0%")


@pytest.mark.parametrize("name", ["<b>x</b>", "<script>alert(1)</script>"])
def test_names_are_shown_as_they_are(name: str) -> None:
    (bars,) = waterfall_chart([(name, 0.0)], "end").data
    assert "<" not in bars.x[0]


@pytest.mark.parametrize(
    ("lang", "steps", "words"),
    [
        (
            "en",
            (340_000.0, -29_218.0, -20_082.0),
            ["340.0K · 100.0%", "−29.2K · −8.6%", "−20.1K · −5.9%", "290.7K · 85.5%"],
        ),
        (
            "zh_Hans",
            (340_000.0, -29_218.0, -20_082.0),
            ["34.00万 · 100.0%", "−2.92万 · −8.6%", "−2.01万 · −5.9%", "29.07万 · 85.5%"],
        ),
        ("en", (340_000.0, -29_218.0, -12.0), ["340,000 · 100.0%", "−29,218 · −8.6%", "−12 · 0.0%", "310,770 · 91.4%"]),
        ("en", (3_400.0, -292.0, -201.0), ["3,400 · 100.0%", "−292 · −8.6%", "−201 · −5.9%", "2,907 · 85.5%"]),
    ],
)
def test_a_figure_has_one_step_and_one_precision(lang: str, steps: tuple[float, ...], words: list[str]) -> None:
    (bars,) = waterfall_chart(list(zip(("whole", "left", "lost"), steps, strict=True)), "end", lang=lang).data
    assert list(bars.hovertext) == [
        f"{label} · {said}" for label, said in zip(("whole", "left", "lost", "end"), words, strict=True)
    ]
