"""Languages: the catalogues (gettext .po, read directly) and texts that belong to a record."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "zh_Hans", "zh_Hant")
HERE = Path(__file__).parent


class Text(NamedTuple):
    """A text of a definition record, written in the three languages."""

    en: str
    zh_Hans: str
    zh_Hant: str

    def to(self, lang: str) -> str:
        """The text in `lang` (one of LANGUAGES; anything else reads English)."""
        return self.zh_Hans if lang == "zh_Hans" else self.zh_Hant if lang == "zh_Hant" else self.en


@lru_cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """All `locales/<lang>/*.po`; the message id is the English text."""
    found: gettext.NullTranslations = gettext.NullTranslations()
    for path in sorted((HERE / lang).glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=lang))
        compiled.seek(0)
        read = gettext.GNUTranslations(compiled)
        read.add_fallback(found)
        found = read
    return found


@lru_cache
def translator(lang: str) -> Callable[[str], str]:
    """The gettext function of `lang`."""
    return catalogue(lang).gettext


def plural_form(lang: str, message: str, values: Mapping[str, object]) -> str:
    """`message` translated to `lang`, in the form that its `values` ask for.

    English tells one from many (locales/en/one.po).
    """
    ones = [name for name, value in values.items() if str(value) == "1"]
    said = (catalogue(lang).pgettext(names, message) for names in (" ".join(ones), *ones[::-1]))
    return next((one for one in said if one != message), None) or translator(lang)(message)


def text(lang: str, message: str, **values: object) -> str:
    """`message` translated to `lang`, its {placeholders} filled."""
    return plural_form(lang, message, values).format(**values)


def texts(message: str, **values: object) -> Text:
    """`message` in the three languages, its {placeholders} filled; a Text among them in the same language."""
    return Text(
        *(
            text(
                lang, message, **{name: one.to(lang) if isinstance(one, Text) else one for name, one in values.items()}
            )
            for lang in LANGUAGES
        )
    )


def closest_language(tag: str | None) -> str:
    """The language for a browser's locale tag; English for what is none of ours.

    zh-TW, zh-HK, zh-MO, zh-Hant -> zh_Hant; other zh -> zh_Hans.
    """
    lowered = (tag or "").replace("_", "-").lower()
    if not lowered.startswith("zh"):
        return "en"
    return "zh_Hant" if any(part in lowered for part in ("hant", "-tw", "-hk", "-mo")) else "zh_Hans"
