"""What one reader has chosen to see."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from charts.theme import Palette, palette
from data.core.home import Home
from locales import text
from pages.shared.session import url_state


@dataclass(frozen=True)
class Selection:
    """What every page is asked to show; pages.shared.view answers it.

    home: where the data lives.
    version: of the data.
    lang: one of LANGUAGES.
    mode: "light" or "dark".
    unit: the code of the chosen unit.
    month: "YYYY-MM".
    period: "month", "quarter", "ytd" or "rolling12", to that month.
    compare: what changes are measured against, "previous" or "last_year".
    staged: whether the page can be shown in present mode.
    answers: what was asked during this run, by question (see pages.shared.view).
    """

    home: Home
    version: int
    lang: str
    mode: str
    unit: str
    month: str
    period: str
    compare: str
    staged: bool = True
    answers: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def say(self, message: str, **values: object) -> str:
        """`message` in the reader's language, its placeholders filled."""
        return text(self.lang, message, **values)

    @property
    def colours(self) -> Palette:
        """The colours of the reader's mode."""
        return palette(self.mode)

    def choices(self) -> dict[str, str]:
        """The selection as the address has it."""
        return {
            "unit": self.unit,
            "month": self.month,
            "period": self.period,
            "compare": self.compare,
            "lang": self.lang,
            "version": str(self.version),
        }

    def here(self, **choices: str) -> str:
        """A link to this page as it is now, with other choices."""
        return f"?{urlencode({**url_state.current_choices(), **choices})}"

    def address(self, page: str, **choices: str) -> str:
        """A link to `page` with this selection, other choices replacing it."""
        return f"{page}?{urlencode({**self.choices(), **choices})}"
