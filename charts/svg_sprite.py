"""Many small pictures in one image.

A browser makes a document of each SVG image, which for the hundred of a scorecard takes longer than the rest of it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import quote

SAFE = " =:/,;.!()'@*+-_~"
"""Characters that stand as they are in a data address: a third of base64's length is saved."""
SIZE = re.compile(r'<svg xmlns="http://www.w3.org/2000/svg" width="([\d.]+)" height="([\d.]+)"')
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
NAME = "sq-sheet"


@dataclass
class SvgSprite:
    """SVG pictures below each other; the same picture is drawn once."""

    offsets: dict[str, int] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def add(self, svg: str, label: str = "") -> str:
        """An element that shows `svg`, as charts.sparkline and the like draw it; "" for "".

        label: its text alternative.
        """
        if not svg:
            return ""
        found = SIZE.match(svg)
        assert found, "a picture of a sheet begins with its size"
        wide, high = round(float(found[1])), round(float(found[2]))
        drawn = TITLE.sub("", svg)
        if drawn not in self.offsets:
            self.offsets[drawn] = self.height
            self.height, self.width = self.height + high, max(self.width, wide)
        style = f"width:{wide}px;height:{high}px;background-position:0 -{self.offsets[drawn]}px"
        return f'<span class="{NAME}" role="img" aria-label="{html.escape(label)}" style="{style}"></span>'

    def wrap(self, body: str) -> str:
        """`body`, whose pictures are of this sheet, with the sheet."""
        drawn = "".join(f'<svg y="{place}"{svg.removeprefix("<svg")}' for svg, place in self.offsets.items())
        whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}">{drawn}</svg>'
        return (
            f"<div style=\"--{NAME}:url('data:image/svg+xml,{quote(whole, safe=SAFE.replace(chr(39), ''))}')\">{body}"
            "</div>"
        )
