"""What a page does in the browser and how it looks: each a file in its own language, read once and served as it
stands.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read_source(name: str) -> str:
    """The text of a file of this folder."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def script_elements(*names: str) -> str:
    """These scripts as elements of a page.

    They are static: nothing that comes from data or from the address stands in them.
    """
    return "".join(f"<script>\n{read_source(f'{name}.js')}</script>" for name in names)
