"""Properties over arrays are slower on a busy machine; how long one example takes says nothing about the statistics."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("statistics", deadline=None)
settings.load_profile("statistics")
