"""Heat maps as tables: names, shades, figures and links from literals."""

from __future__ import annotations

import re

from charts.shades import heat_colours
from pages.shared.components.heat_table import CROWDED, HeatCell, heat_table

CELLS = [
    [HeatCell("1", 1.0, "甲 · <Rate> · 1 of 2", "?unit=A&metric=rate"), HeatCell("2", 0.0, "乙")],
    [HeatCell("", None, "甲 · –"), HeatCell("1", 1.0, "乙")],
]


def test_every_cell_has_its_shade_its_figure_its_words_and_its_link() -> None:
    html = heat_table(["Rate", "<b>"], [("甲", True), ("乙", False)], CELLS, "light")
    ground, ink = heat_colours(1.0, "light")
    assert (
        f'<td style="background:{ground};color:{ink}" title="甲 · &lt;Rate&gt; · 1 of 2">'
        '<a href="?unit=A&amp;metric=rate">1</a></td>' in html
    )
    assert '<td title="甲 · –"></td>' in html
    assert "<th scope=col" not in html
    assert '<th scope="row"><span>&lt;b&gt;</span></th>' in html
    assert re.findall(r'<th scope="col"( class=sq-here)?><span>(.)</span>', html) == [
        (" class=sq-here", "甲"),
        ("", "乙"),
    ]


def test_with_many_columns_only_the_chosen_one_is_named_and_cells_say_their_figure_on_hover() -> None:
    columns = [(f"unit {number}", number == 3) for number in range(CROWDED + 1)]
    html = heat_table(["Rate"], columns, [[HeatCell("1", 0.5, "said", "?unit=A")] * len(columns)], "dark")
    assert "sq-fine" in html
    assert re.findall('col"[^>]*><span>(.*?)</span>', html) == ["unit 3"]
    assert "<a " not in html
    assert html.count('title="said"') == CROWDED + 1


def test_names_too_long_to_stand_level_stand_upright() -> None:
    name = "大洋高新技术产业开发区第一综合服务质量管理中心示范营业单位一"
    assert "sq-upright" in heat_table(["Rate"], [(name, False)] * 11, [[HeatCell("1", 1.0, "")] * 11], "light")
    assert "sq-upright" not in heat_table(["Rate"], [("甲", False)] * 11, [[HeatCell("1", 1.0, "")] * 11], "light")


def test_a_name_longer_than_its_lines_is_said_whole_on_hover() -> None:
    whole, long = "大洋高新技术产业开发区第一综合服务质量管理中心示范营业单位一", "North Eastern <Directorate> " * 3
    html = heat_table([whole, long], [(long, False)], [[HeatCell("1", 1.0, "")], [HeatCell("2", 0.0, "")]], "light")
    assert f'<th scope="row"><span>{whole}</span></th>' in html
    assert html.count('title="North Eastern &lt;Directorate&gt; North') == 2
