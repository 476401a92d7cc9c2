"""The sample files that come with the program, known by their bytes: whatever was loaded from them is invented."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@cache
def shipped_hashes() -> frozenset[str]:
    """The sha256 of every sample file, as batches keep it."""
    return frozenset(
        hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(SAMPLES.rglob("*")) if path.is_file()
    )
