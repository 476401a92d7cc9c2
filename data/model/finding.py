"""A finding: one thing that an upload reports to its analyst, with the place and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from locales import Text, plural_form

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Kind:
    """What a finding code means.

    code: the stable name.
    severity: "error", "warning" or "note".
    message: what is wrong, as a message id of the catalogue with {placeholders}.
    suggestion: what to do, likewise.
    of_column: it is true of a whole column, though it is shown at one of its rows.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    of_column: bool = False


@dataclass(frozen=True)
class Finding:
    """One finding.

    kind: its code, severity and texts.
    file: the file's name.
    sheet: the sheet's name.
    row: the spreadsheet's own row number, from 1.
    column: the header.
    cell: the address, such as "C7".
    value: what stands there.
    params: what fills the message; a Text among them in the reader's language.
    """

    kind: Kind
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    def _fill(self, message: str, lang: str) -> str:
        values = {
            "value": self.value,
            "column": self.column,
            "sheet": self.sheet,
            "row": self.row,
            "file": self.file,
            **self.params,
        }
        return fill_message(message, lang, values) if message else ""

    def message(self, lang: str = "en") -> str:
        """What is wrong, in `lang`."""
        return self._fill(self.kind.message, lang)

    def suggestion(self, lang: str = "en") -> str:
        """What to do, in `lang`."""
        return self._fill(self.kind.suggestion, lang)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The finding as the command line prints it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "value": self.value,
            "message": self.message(lang),
            "suggestion": self.suggestion(lang),
        }


class _Params(dict[str, Any]):
    """What is not known fills its place with a dash: a report that lacks a word is told all the same, and never
    fails.
    """

    def __missing__(self, name: str) -> str:
        return "–"


def fill_message(message: str, lang: str, values: Mapping[str, Any]) -> str:
    """`message` in `lang` with its {placeholders} filled, those without a value by a dash."""
    words = {name: value.to(lang) if isinstance(value, Text) else value for name, value in values.items()}
    return plural_form(lang, message, words).format_map(_Params(words))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding forbids the commit."""
    return any(finding.severity == "error" for finding in findings)
