"""Times of day with a zone, a fraction of a second, AM and PM or 上午 and 下午, in the one spelling that is parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from data.core.text import normalise_width
from data.model.finding import Kind

OTHER_ZONE = Kind(
    "times_in_other_zone",
    "warning",
    "“{column}” holds times of another zone such as {value}; they are read as local time (UTC+8), here {local}.",
    "Nothing to do if the office keeps Beijing time; else say that they stand as written (--answer zone=as_written).",
)
# The office's own zone: all of China keeps it.
HERE = timedelta(hours=8)
TIME = re.compile(
    r"(?P<date>\d.*?\d|\d.*?日)(?P<gap>\s*T\s*|\s+|(?<=日)|\s*(?=[上下凌中早晚]))"
    r"(?P<before>上午|下午|凌晨|早上|中午|晚上|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})\s*(?:[:分]\s*(?:(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s*秒?)?)?"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
ISO_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
PLAIN = re.compile(r"[\d\s:/年月日时分秒.-]*")
TimeNote = tuple[Kind, Mapping[str, Any]]
MORNING, EVENING = {"上午", "凌晨", "早上", "am"}, {"下午", "晚上", "pm"}


def normalise_times(values: Sequence[Any], answers: Mapping[str, str]) -> tuple[Sequence[Any], list[TimeNote]]:
    """The cells with their times as 13:05:00 in the office's zone, and what to tell; other cells as they are.

    A zone that all cells share and that is not UTC is the office's own: its times stand as they are written.
    """
    found = {
        index: match
        for index, value in enumerate(values)
        if isinstance(value, str) and not PLAIN.fullmatch(value) and (match := TIME.fullmatch(normalise_width(value)))
    }
    if not found:
        return values, []
    offsets = {index: _offset(match["zone"]) for index, match in found.items() if match["zone"]}
    own = len(set(offsets.values())) == 1 and len(offsets) == len(found) and timedelta() not in offsets.values()
    keep = own or answers.get("zone") == "as_written"
    out = list(values)
    notes: list[TimeNote] = []
    for index, match in found.items():
        hour = _hour(int(match["hour"]), (match["before"] or match["after"] or "").lower().replace(".", ""))
        if hour is None:
            continue
        time = f"{hour:02d}:{int(match['minute']):02d}:{int(match['second'] or 0):02d}"
        written = f"{match['date']} {time}"
        if index in offsets and not keep and offsets[index] != HERE:
            local = _moved(match["date"], time, HERE - offsets[index])
            if local is None:
                continue
            if not notes:
                notes.append((OTHER_ZONE, {"value": values[index], "local": local}))
            written = local
        out[index] = written
    return out, notes


def _offset(zone: str) -> timedelta:
    digits = re.sub(r"[^\d]", "", zone).ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return -size if "-" in zone else size


def _hour(hour: int, half: str) -> int | None:
    """The hour of the day; None where a half of the day and an hour contradict each other."""
    if half in MORNING:
        return hour % 12 if hour <= 12 else None
    if half == "晚上" and hour == 12:
        return None
    if half in EVENING:
        return hour if hour >= 12 else hour + 12
    if half == "中午":
        return hour if hour >= 11 else hour + 12 if hour <= 2 else None
    return hour


def _moved(date: str, time: str, by: timedelta) -> str | None:
    found = ISO_DATE.fullmatch(date)
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d} {time}") + by
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%d %H:%M:%S}"
