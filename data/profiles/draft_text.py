"""A draft as a text file: the profile, and above each entry as comments what the draft is not sure of."""

from __future__ import annotations

from textwrap import wrap

from data.profiles.draft import Draft
from data.profiles.store import write_profile

WIDTH = 110


def draft_text(draft: Draft) -> str:
    """The draft as TOML; read back it gives its profile."""
    lines = write_profile(draft.profile).splitlines()
    said: dict[str, list[str]] = {}
    for doubt in draft.doubts:
        said.setdefault(doubt.entry, []).append(doubt.said)
    written: list[str] = []
    for line in lines:
        entry = line.strip("[]").split(" = ")[0].strip()
        written += _comments(said.pop(entry, []))
        written.append(line)
    head = [comment for sentences in said.values() for comment in _comments(sentences)]
    return "\n".join([*head, *written]) + "\n"


def _comments(sentences: list[str]) -> list[str]:
    return [f"# {line}" for sentence in sentences for line in wrap(" ".join(sentence.split()), WIDTH)]
