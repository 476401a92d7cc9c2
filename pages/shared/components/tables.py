"""Real HTML tables from cells: everything that comes from data is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Cell:
    """One cell of an HTML table.

    text: what it says.
    css: its classes.
    note: follows in small type.
    hint: shows on hover.
    link: where a click leads.
    image: an element of a SvgSprite after the text.
    before: an element of a SvgSprite before the text.
    """

    text: str = ""
    css: str = ""
    note: str = ""
    hint: str = ""
    link: str = ""
    image: str = ""
    before: str = ""

    def html(self, tag: str = "td") -> str:
        """The cell as an HTML element."""
        body = escape(self.text)
        if self.link:
            body = f'<a href="{escape(self.link)}" target="_self">{body}</a>'
        if self.note:
            body += f' <span class="unit">{escape(self.note)}</span>'
        attributes = f' class="{escape(self.css)}"' if self.css else ""
        attributes += f' title="{escape(self.hint)}"' if self.hint else ""
        return f"<{tag}{attributes}>{self.before}{body}{self.image}</{tag}>"


@dataclass(frozen=True)
class RowGroup:
    """Rows under a heading; `chosen` are the indices of rows to accent."""

    rows: Sequence[Sequence[Cell]]
    title: str = ""
    chosen: frozenset[int] = frozenset()


def html_table(headers: Sequence[Cell], groups: Iterable[RowGroup], css: str = "") -> str:
    """The table as HTML, in a frame that scrolls sideways where the screen is narrow.

    `css` "sq-rows": a row's link covers the row.
    """
    head = "".join(header.html("th") for header in headers)
    body: list[str] = []
    for group in groups:
        if group.title:
            body.append(
                f'<tr class="sq-group"><th colspan="{len(headers)}" scope="rowgroup">{escape(group.title)}</th></tr>'
            )
        for index, row in enumerate(group.rows):
            chosen = ' class="sq-chosen"' if index in group.chosen else ""
            body.append(f"<tr{chosen}>{''.join(cell.html() for cell in row)}</tr>")
    return (
        f'<div class="sq sq-scroll"><table class="{escape(css)}"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}'
        "</tbody></table></div>"
    )
