"""Quoting of SQL identifiers."""

from __future__ import annotations


def quoted(name: str) -> str:
    """An identifier of our own records in SQL ("left" is a word of SQL)."""
    return f'"{name}"'
