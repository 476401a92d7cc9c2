"""What a slide is made of: a 16:9 deck with theme fonts for every script, titles that fit, tables that continue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from charts.theme import LIGHT
from reports.box import Box
from reports.native_charts import SMALL, rgb
from reports.table_model import Table
from reports.text_fit import largest_size, paginate_evenly, text_height

WIDTH, HEIGHT = 13.333, 7.5
LEFT, TOP, ROOM = 0.55, 1.5, 5.3
INNER = WIDTH - 2 * LEFT
TITLE_SIZES = (24, 22, 20, 18, 16, 14, 12)
BODY = 12.0
PADDING = 0.05
TITLE_ONLY = 5
# Fonts that Windows, Mac and Linux have or replace by their own for the script.
FONTS = {"latin": "Arial", "ea": "Microsoft YaHei"}
SCRIPTS = {"Hans": "Microsoft YaHei", "Hant": "Microsoft JhengHei"}


class Deck:
    """A presentation that grows slide by slide; every slide carries a title, the footer and its number."""

    def __init__(self, footer: str, lang: str) -> None:
        self.show = Presentation()
        self.show.slide_width, self.show.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self.footer, self.lang = footer, lang
        _theme_fonts(self.show, lang)

    def save(self, path: Path) -> None:
        """Writes the presentation."""
        self.show.save(str(path))

    def add_slide(self, title: str, notes: Sequence[str] = (), subtitle: str = "") -> Slide:
        """A slide with a takeaway title of at most two lines, a subtitle and speaker notes."""
        slide = self.show.slides.add_slide(self.show.slide_layouts[TITLE_ONLY])
        size = largest_size(title, INNER, 2, TITLE_SIZES)
        shape = slide.shapes.title
        assert shape is not None
        shape.left, shape.top, shape.width, shape.height = Inches(LEFT), Inches(0.28), Inches(INNER), Inches(0.86)
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        _margins(frame)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        self._say(frame.paragraphs[0], title, size, LIGHT.ink, bold=True)
        if subtitle:
            self.add_text(
                slide,
                subtitle,
                Box(LEFT, 1.16, INNER, 0.28),
                largest_size(subtitle, INNER, 1, (SMALL, 9.0, 8.0, 7.0)),
                LIGHT.muted,
            )
        self.add_text(slide, self.footer, Box(LEFT, HEIGHT - 0.42, INNER - 1, 0.28), 9.0, LIGHT.muted)
        self._number(slide)
        if notes:
            slide.notes_slide.notes_text_frame.text = "\n\n".join(notes)  # type: ignore[union-attr]
        return slide

    def add_text(
        self, slide: Slide, words: str, box: Box, size: float, ink: str, bold: bool = False, link: str = ""
    ) -> None:
        """Adds a text box with the lines of `words`.

        size: of the type in points.
        link: where a click on the words leads.
        """
        frame = slide.shapes.add_textbox(
            Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)
        ).text_frame
        frame.word_wrap = True
        _margins(frame)
        for place, line in enumerate(words.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._say(paragraph, line, size, ink, bold)
            for run in paragraph.runs if link else ():
                run.hyperlink.address = link

    def add_table(
        self,
        title: str,
        table: Table,
        notes: Sequence[str] = (),
        continued: Callable[[int, int], str] = "({} / {})".format,
    ) -> None:
        """A table over as many slides as its rows take; `continued(page, pages)` marks the titles."""
        size, heights = _table_heights(table, self.lang)
        found = paginate_evenly(heights[1:], ROOM - heights[0]) or [slice(0, 0)]
        for number, rows in enumerate(found, start=1):
            mark = f" {continued(number, len(found))}" if len(found) > 1 else ""
            slide = self.add_slide(title + mark, notes if number == 1 else ())
            shown = [heights[0], *heights[1:][rows]]
            self.place_table(slide, table, rows, Box(LEFT, TOP, INNER, sum(shown)), size, shown)

    def place_table(
        self, slide: Slide, table: Table, rows: slice, box: Box, size: float, heights: Sequence[float]
    ) -> None:
        """Adds `rows` of a table under its headers; size: of the type in points; heights: of every line in inches."""
        shown = table.rows[rows]
        shape = slide.shapes.add_table(
            len(shown) + 1, len(table.headers), Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)
        )
        grid = shape.table
        shape.name = table.title
        # The plain grid style: no bands, thin rules.
        next(grid._tbl.iter(qn("a:tableStyleId"))).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for place, share in enumerate(table.column_shares):
            grid.columns[place].width = Inches(box.width * share)
        for place, tall in enumerate(heights):
            grid.rows[place].height = Inches(tall)
        for place, header in enumerate(table.headers):
            right = any(row[place].form != "text" for row in table.rows)
            self._fill(grid.cell(0, place), header, size, LIGHT.ink, bold=True, right=right, fill=LIGHT.band)
        inks = {"better": LIGHT.better_text, "worse": LIGHT.worse_text, "muted": LIGHT.muted, "": LIGHT.ink}
        for line, row in enumerate(shown, start=1):
            for place, cell in enumerate(row):
                self._fill(
                    grid.cell(line, place),
                    cell.formatted(self.lang),
                    size,
                    inks[cell.tone],
                    bold=cell.tone in ("better", "worse"),
                    right=cell.form != "text",
                )

    def _fill(
        self, cell: Any, words: str, size: float, ink: str, *, bold: bool = False, right: bool = False, fill: str = ""
    ) -> None:
        cell.margin_left = cell.margin_right = Inches(PADDING)
        cell.margin_top = cell.margin_bottom = Inches(PADDING / 2)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        if fill:
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(fill)
        else:
            cell.fill.background()
        # A thin rule below every row; the schema wants it before the fill.
        rule = etree.fromstring(
            f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{LIGHT.rule[1:]}"/></a:solidFill></a:lnB>'
        )
        cell._tc.get_or_add_tcPr().insert(0, rule)
        cell.text_frame.word_wrap = True
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._say(paragraph, words, size, ink, bold)

    def _say(self, paragraph: Any, words: str, size: float, ink: str, bold: bool = False) -> None:
        run = paragraph.add_run()
        run.text = words.replace("\n", " ")
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, rgb(ink)
        run._r.get_or_add_rPr().set("lang", {"en": "en-GB", "zh_Hans": "zh-CN", "zh_Hant": "zh-TW"}[self.lang])

    def _number(self, slide: Slide) -> None:
        """The slide's number, as a field that follows when slides are moved."""
        box = slide.shapes.add_textbox(Inches(WIDTH - LEFT - 0.8), Inches(HEIGHT - 0.42), Inches(0.8), Inches(0.28))
        _margins(box.text_frame)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = etree.SubElement(
            paragraph._p, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum"
        )
        properties = etree.SubElement(field, qn("a:rPr"), lang="en-GB", sz="900")
        fill = etree.SubElement(properties, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr"), val=LIGHT.muted[1:])
        etree.SubElement(field, qn("a:t")).text = str(len(self.show.slides))


def _margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def _table_heights(table: Table, lang: str) -> tuple[float, list[float]]:
    """(type size, heights of the header and of every row in inches): smaller type where a single row would fill half a
    slide.
    """
    for size in (BODY, 11.0, SMALL, 9.0):
        heights = [
            _row_height(list(row), table, size)
            for row in [list(table.headers), *([cell.formatted(lang) for cell in row] for row in table.rows)]
        ]
        if max(heights) <= ROOM / 4 and (len(table.rows) <= 12 or size <= 11.0):
            break
    return size, heights


def _row_height(words: Sequence[str], table: Table, size: float) -> float:
    return (
        max(
            text_height(cell, size, INNER * share - 2 * PADDING)
            for cell, share in zip(words, table.column_shares, strict=True)
        )
        + PADDING
        + 0.06
    )


def _theme_fonts(show: Any, lang: str) -> None:
    """Names in the theme the fonts of the Chinese scripts, which python-pptx's own template leaves empty."""
    part = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    eastern = SCRIPTS["Hant"] if lang == "zh_Hant" else FONTS["ea"]
    for which in ("majorFont", "minorFont"):
        font = next(theme.iter(qn(f"a:{which}")))
        for child, name in (("latin", FONTS["latin"]), ("ea", eastern)):
            next(font.iter(qn(f"a:{child}"))).set("typeface", name)
        for script in font.iter(qn("a:font")):
            if script.get("script") in SCRIPTS:
                script.set("typeface", SCRIPTS[script.get("script")])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
