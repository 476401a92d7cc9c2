"""The glossary: how figures are judged, in words, with what the words assume."""

from __future__ import annotations

import pytest

from locales import LANGUAGES
from pages.shared.methods.glossary import judging_notes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_figures_are_judged_says_what_it_assumes(lang: str) -> None:
    said = judging_notes(lang)
    assert said.count("<p>") == 4
    assert {"en": "do not depend on each other", "zh_Hans": "互不相关", "zh_Hant": "互不相關"}[lang] in said
    assert " 9 " in said
