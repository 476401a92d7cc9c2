"""Formats of a web page that change what a cell says: what is hidden, struck out or raised, by tags, attributes and
style sheets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
# What is for paper alone says nothing of the screen.
MEDIA = re.compile(r"@media([^{}]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")
NAMES = re.compile(r"([.#])([\w-]+)")
HIDDEN = re.compile(r"\bdisplay\s*:\s*none|\bvisibility\s*:\s*(?:hidden|collapse)|\bmso-hide\s*:\s*all")
STRUCK = re.compile(r"\btext-(?:decoration|decoration-line|line-through)\s*:[^;]*line-through")
RAISED = re.compile(r"\bvertical-align\s*:\s*(?:super|sub)\b")
# Style sheets beyond this are whole web sites'.
SHEET_MOST, MEDIA_MOST = 1_000_000, 200
MARKED = ("style", "class", "id", "hidden")


class Effect(NamedTuple):
    """What an element does to the text in it."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False

    def and_(self, other: Effect) -> Effect:
        if other is NONE:
            return self
        return Effect(*(one or two for one, two in zip(self, other, strict=True)))


NONE = Effect()
TAGS = {
    **dict.fromkeys(("s", "strike", "del"), Effect(struck=True)),
    **dict.fromkeys(("sup", "sub"), Effect(raised=True)),
    **dict.fromkeys(("template", "noscript", "datalist"), Effect(hidden=True)),
}


class Styles:
    """The style sheets of a page. unseen: whether some rule hides or strikes out what cannot be told here."""

    def __init__(self, page: str) -> None:
        self.unseen = False
        self.rules: list[tuple[str, frozenset[tuple[str, str]], Effect]] = []
        for sheet in STYLE_SHEET.findall(page):
            self._read(COMMENT.sub("", sheet).lower())
        self.of = lru_cache(maxsize=10_000)(self._of)

    def _read(self, sheet: str) -> None:
        if len(sheet) > SHEET_MOST or sheet.count("@media") > MEDIA_MOST:
            self.unseen = True
            return
        screen = MEDIA.sub(lambda found: found[2] if "screen" in found[1] or "all" in found[1] else "", sheet)
        for selectors, body in RULE.findall(screen):
            effect = _effect(body)
            for selector in selectors.split(",") if any(effect) else ():
                *above, last = selector.strip().replace(">", " ").split() or [""]
                simple = SIMPLE.fullmatch(last)
                names = frozenset(NAMES.findall(simple[2])) if simple else frozenset()
                if simple and last and (names or not above):
                    self.rules.append((simple[1] or "", names, effect))
                else:
                    self.unseen = True

    def _of(self, tag: str, attributes: str) -> Effect:
        """What an element with these attributes does."""
        found = TAGS.get(tag, NONE)
        if not self.rules and not any(word in attributes.lower() for word in MARKED):
            return found
        given = {name.lower(): (a or b or c).lower() for name, a, b, c in ATTRIBUTE.findall(attributes)}
        found = found.and_(_effect(given.get("style", "")))
        if "hidden" in given:
            found = found._replace(hidden=True)
        names = {(".", one) for one in given.get("class", "").split()} | {("#", given.get("id", ""))}
        for element, needed, effect in self.rules:
            if element in ("", tag) and needed <= names:
                found = found.and_(effect)
        return found


def _effect(style: str) -> Effect:
    return Effect(*(bool(one.search(style)) for one in (HIDDEN, STRUCK, RAISED))) if style else NONE
