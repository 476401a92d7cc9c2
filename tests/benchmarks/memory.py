"""Memory of the server, and what a changed filter takes, while versions are published under its readers.

Readers are WebSocket sessions (see readers.py) that go from page to page and change unit, metric, month and period,
each from its own seed; every sixth change asks for the whole page, as who scrolls through it does. Publications come
from this process, as from the command line.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from data.core.home import Home
from data.operations.undo import redo, undo
from data.snapshots.reader import open_snapshot
from metrics.engine.catalogue import catalogue
from tests.benchmarks.measuring import loaded_home
from tests.benchmarks.readers import Reader, opened
from tests.browser.conftest import running

READERS, PUBLICATIONS = 25, 30
GOAL = 900
"""MB of resident memory that the server stays under, during and after."""
PAUSE, EVERY = 30.0, 6.0
"""Seconds that a reader looks before the next change, and between two publications."""
CHANGES = 40
"""Filter changes of one reader alone, before and after."""
IDLE = 10.0
UNITS, METRICS, MONTHS = 12, 6, 2
"""Among how many readers choose: a department looks at its own."""
PAGES = ("", "trends", "metric", "complaints", "satisfaction", "self_service", "retention", "rankings", "compare")


def resident(process: int) -> float:
    """MB of memory that a process holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def worked(process: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def snapshots_open(process: int) -> list[str]:
    """The names of the snapshot files that a process has open, each once."""
    found = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = link.readlink()
        except OSError:
            continue
        if target.name.split(" ")[0].endswith(".duckdb"):
            found.add(target.name.split(" ")[0])
    return sorted(found)


def choices(home: Home, seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """An endless row of (page, what is chosen on it)."""
    snapshot, by_chance = open_snapshot(home), random.Random(seed)
    units, months = snapshot.organisation.codes[:UNITS], snapshot.months()[-MONTHS:]
    metrics = [metric.code for metric in catalogue(snapshot) if metric.headline][:METRICS]
    number = 0
    while True:
        number += 1
        chosen = {
            "unit": by_chance.choice(units),
            "metric": by_chance.choice(metrics),
            "month": by_chance.choice(months),
            "period": by_chance.choice(("month", "month", "month", "ytd")),
            "whole": "" if number % 6 else "1",
        }
        yield by_chance.choice(PAGES), chosen


def told(name: str, seconds: Sequence[float], processor: float) -> None:
    ordered = sorted(seconds)
    middle, most = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
    print(
        f"{name}: {len(ordered)} changes, median {middle:.2f} s, 95% {most:.2f} s, longest {ordered[-1]:.2f} s; "
        f"{processor / len(ordered):.2f} s of processor each",
        flush=True,
    )


async def alone(address: str, process: int, home: Home, seed: int) -> None:
    """Prints what CHANGES changes of one reader take, and the same again."""
    reader = await opened(address)
    await reader.look("")
    for name in ("one reader, first time", "one reader, again"):
        asked, began = choices(home, seed), worked(process)
        seconds = [await reader.look(page, **chosen) for page, chosen in (next(asked) for _ in range(CHANGES))]
        told(name, seconds, worked(process) - began)
    await reader.socket.close()


async def reading(reader: Reader, home: Home, seed: int, over: asyncio.Event, seconds: list[float]) -> None:
    """Changes filters until `over`; adds what each took."""
    by_chance = random.Random(seed)
    for page, chosen in choices(home, seed):
        seconds.append(await reader.look(page, **chosen))
        try:
            await asyncio.wait_for(over.wait(), PAUSE * (0.5 + by_chance.random()))
            return
        except TimeoutError:
            pass


async def measured(address: str, process: int, home: Home, readers: int, publications: int) -> None:
    def state(when: str) -> float:
        memory = resident(process)
        print(f"{when}: {memory:.0f} MB, {len(snapshots_open(process))} snapshot files open", flush=True)
        return memory

    await alone(address, process, home, 1_000)
    state("before")
    batch = int(open_snapshot(home).batches()["batch"].iloc[-1])
    over, seconds, most, began = asyncio.Event(), list[float](), 0.0, worked(process)
    async with AsyncExitStack() as stack:
        tabs = [await opened(address) for _ in range(readers)]
        for tab in tabs:
            stack.push_async_callback(tab.socket.close)
        tasks = [asyncio.create_task(reading(tab, home, seed, over, seconds)) for seed, tab in enumerate(tabs)]
        for number in range(publications):
            await asyncio.to_thread(redo if number % 2 else undo, home, batch)
            until = time.monotonic() + EVERY
            while time.monotonic() < until:
                await asyncio.sleep(0.5)
                most = max(most, resident(process))
            if number % 5 == 4:
                state(f"{number + 1} publications")
        over.set()
        await asyncio.gather(*tasks)
        told(f"{readers} readers, {publications} publications", seconds, worked(process) - began)
        state("readers stand still")
        began = worked(process)
        seconds = await asyncio.gather(*(tab.look(tab.page) for tab in tabs))
        told("all move to the newest version", seconds, worked(process) - began)
        state("all on the newest version")
        await asyncio.sleep(IDLE)
        state(f"{IDLE:.0f} s later")
    await alone(address, process, home, 1_000)
    last = state("after")
    most = max(most, last)
    print(f"most memory: {most:.0f} MB  goal < {GOAL}: {'met' if most < GOAL else 'NOT MET'}", flush=True)


def run(readers: int = READERS, publications: int = PUBLICATIONS) -> None:
    """Prints memory, open files and seconds per change: alone, under publications, and after."""
    with loaded_home() as folder, running(folder) as (address, server):
        asyncio.run(measured(address, server.pid, Home(folder), readers, publications))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--publications", type=int, default=PUBLICATIONS)
    asked = parser.parse_args()
    run(asked.readers, asked.publications)
