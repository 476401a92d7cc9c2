"""Small pictures on one sheet, from literals."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree

from charts.icon import variation_icon
from charts.sparkline import sparkline
from charts.svg_sprite import SvgSprite
from charts.theme import LIGHT

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"><title>old</title>{body}</svg>'


def one(wide: int, high: int, body: str = "<g/>") -> str:
    return PICTURE.format(wide=wide, high=high, body=body)


def drawn(html: str) -> ElementTree.Element:
    found = re.search(r"url\('data:image/svg\+xml,(.*?)'\)", html)
    assert found
    return ElementTree.fromstring(unquote(found[1]))


def test_pictures_stand_below_each_other_and_the_same_only_once() -> None:
    sprite = SvgSprite()
    first, second, again = (sprite.add(picture, "x") for picture in (one(100, 26), one(22, 22), one(100, 26)))
    assert first == again
    assert "width:100px;height:26px;background-position:0 -0px" in first
    assert "width:22px;height:22px;background-position:0 -26px" in second
    whole = drawn(sprite.wrap("<table></table>"))
    assert (whole.get("width"), whole.get("height")) == ("100", "48")
    assert [part.get("y") for part in whole] == ["0", "26"]


def test_words_are_told_and_escaped_and_nothing_stays_nothing() -> None:
    sprite = SvgSprite()
    assert 'aria-label="&lt;b&gt; &quot;x&quot;"' in sprite.add(one(1, 1), '<b> "x"')
    assert 'role="img"' in sprite.add(one(1, 1))
    assert sprite.add("") == ""
    assert "old" not in sprite.wrap("")


def test_no_quote_of_a_picture_ends_the_address() -> None:
    sprite = SvgSprite()
    sprite.add(one(9, 9, "<text font-family=\"Noto's\">it's</text>"))
    assert drawn(sprite.wrap(""))[0][0].text == "it's"


def test_real_pictures_fit() -> None:
    sprite = SvgSprite()
    assert sprite.add(sparkline([1, 2, 3], LIGHT, width=112), "a")
    assert sprite.add(variation_icon("common", True, LIGHT, "usual"), "usual")
    assert len(drawn(sprite.wrap(""))) == 2
