"""Rows of the units sheet, whose parent may be written as a code or a name."""

from __future__ import annotations

import pandas as pd

from data.organisation import Organisation, normal


def resolve_parents(frame: pd.DataFrame, organisation: Organisation) -> pd.DataFrame:
    """`frame` with parents as codes where they are given by a name that only one unit carries."""
    codes = {*frame["code"].dropna(), *organisation.codes}
    names: dict[str, set[str]] = {}
    for code, name in [
        *zip(frame["code"], frame["name"], strict=True),
        *((code, organisation.name(code)) for code in organisation.codes),
    ]:
        if isinstance(name, str) and isinstance(code, str):
            names.setdefault(normal(name), set()).add(code)

    def code_of(parent: object) -> object:
        if not isinstance(parent, str) or parent in codes:
            return parent
        found = names.get(normal(parent), set())
        return next(iter(found)) if len(found) == 1 else parent

    return frame.assign(
        parent=pd.Series([code_of(parent) for parent in frame["parent"]], index=frame.index, dtype="object")
    )


def split_aliases(words: object) -> list[str]:
    """The aliases in a cell, separated by ; , 、 or |."""
    text = words if isinstance(words, str) else ""
    for mark in "；，、,|":
        text = text.replace(mark, ";")
    return [word.strip() for word in text.split(";") if word.strip()]
