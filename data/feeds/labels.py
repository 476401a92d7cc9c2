"""Words of a feed in a language."""

from __future__ import annotations

from data.model.feed import Column


def choice_word(column: Column, code: str, lang: str) -> str:
    """A spelling of a choice that suits `lang` and is read back as the same choice."""
    spellings = (column.choices or {}).get(code, (code,))
    chinese = [word for word in spellings if not word.isascii()]
    return chinese[0] if lang != "en" and chinese else spellings[0]
