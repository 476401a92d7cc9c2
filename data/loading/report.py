"""The report of a load: of each file its batch or why it was refused, as a record and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from data.loading.preview import Preview
from data.model.finding import Finding, fill_message
from data.model.staged import StagedFile
from locales import Text


@dataclass
class FileReport:
    """What became of one file.

    file: its name.
    sha256: the digest of its bytes.
    staged: what was read of it.
    batch: its batch; None if it was refused.
    already_loaded: whether an earlier batch holds its bytes.
    preview: what it changes; None where it was not held against what counts.
    """

    file: str
    sha256: str
    staged: StagedFile
    batch: int | None
    already_loaded: bool = False
    preview: Preview | None = None

    @property
    def findings(self) -> list[Finding]:
        return self.staged.all_findings

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        sheets = [
            {
                "sheet": sheet.sheet,
                "feed": sheet.feed.name,
                "profile": sheet.profile,
                "rows": len(sheet.frame),
                "months": sheet.months,
                "units": sheet.units,
                "findings": [finding.to_json(lang) for finding in sheet.findings],
            }
            for sheet in self.staged.sheets
        ]
        whole = [finding.to_json(lang) for finding in self.staged.findings]
        if whole and not sheets:
            sheets = [
                {"sheet": None, "feed": None, "profile": None, "rows": 0, "months": [], "units": [], "findings": whole}
            ]
        return {
            "file": self.file,
            "sha256": self.sha256,
            "sheets": sheets,
            "findings": whole,
            "batch": self.batch,
            "already_loaded": self.already_loaded,
            "cells_only": self.staged.cells_only,
            "cells_changed": self.preview.count if self.preview else 0,
            "cells": [asdict(one) for one in self.preview.cells] if self.preview else [],
            "totals": [asdict(one) for one in self.preview.totals] if self.preview else [],
        }


@dataclass
class LoadReport:
    """What a load did.

    committed: whether anything was loaded.
    version: the newest version afterwards; None if nothing was ever loaded.
    files: one report a file.
    """

    committed: bool
    version: int | None
    files: list[FileReport]

    @property
    def refused(self) -> bool:
        return any(file.staged.refused for file in self.files)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        return {
            "committed": self.committed,
            "version": self.version,
            "files": [file.to_json(lang) for file in self.files],
        }


def stored_findings(stored: str) -> list[dict[str, Any]]:
    """The findings of a batch, as kept in the history."""
    return json.loads(stored) if stored else []


def stored_message(finding: Mapping[str, Any], lang: str) -> str:
    """The message of a finding of the history in `lang`; in its first words, where the template was not kept."""
    template, params = finding.get("template"), dict(finding.get("params") or {})
    if not template:
        return str(finding["message"])
    params = {name: Text(*value) if isinstance(value, list) else value for name, value in params.items()}
    place = {name: finding.get(name) for name in ("value", "column", "sheet", "row")}
    return fill_message(str(template), lang, {**place, "file": "", **params})
