"""Runs commands of `python -m data`, each in a process of its own that starts at once, can be killed, and is
measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

# A process that has imported everything and then, for each line of JSON {"words", "after"}, runs `python -m data` with
# these words in a child. after: None to wait for the end, else seconds until SIGKILL. It answers [how it ended,
# seconds, seconds of computing, peak memory in KiB].
SCRIPT = """
import importlib, json, os, pkgutil, signal, sys, time
import data.__main__, openpyxl, opencc, rapidfuzz.fuzz, rapidfuzz.process
from data.core import text
for module in pkgutil.walk_packages(data.__path__, "data."):
    importlib.import_module(module.name)
text.normalise("廳")  # reads its dictionary

def child(words):
    told = os.open(words[-1] + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 2)
    printed = os.open(words[-1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(printed, 1)
    status = 99
    try:
        status = data.__main__.main(words[:-1])
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

for line in sys.stdin:
    order = json.loads(line)
    begun = time.monotonic()
    number = os.fork()
    if number == 0:
        child(order["words"])
    ended = None
    if order["after"] is not None:
        # A kill must strike at its moment; who only sets a limit does not wait for it.
        until = begun + order["after"]
        while time.monotonic() < until:
            done, status, used = os.wait4(number, os.WNOHANG)
            if done:
                ended = os.waitstatus_to_exitcode(status)
                break
            time.sleep(min(0.002, max(until - time.monotonic(), 0)))
        else:
            os.kill(number, signal.SIGKILL)
    if ended is None:
        _, status, used = os.wait4(number, 0)
        ended = os.waitstatus_to_exitcode(status)
    print(json.dumps([ended, time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss]), flush=True)
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: status (minus the signal if killed), seconds by the clock and of computing (which other
    programs on the machine do not lengthen), the peak of its memory in megabytes, what it printed.
    """

    status: int
    seconds: float
    computing: float
    megabytes: float
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        """The codes of all findings of `check --json` or `load --json`."""
        sheets = [sheet for file in self.json["files"] for sheet in file["sheets"]]
        return [finding["code"] for sheet in sheets for finding in sheet["findings"]] + [
            finding["code"] for file in self.json["files"] for finding in file["findings"]
        ]


class Runner:
    """Runs commands one after the other."""

    def __init__(self, folder: Path) -> None:
        self.printed = folder / "printed"
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *words: object, after: float | None = None) -> Ended:
        """Runs `python -m data` with these words; kills it after so many seconds if it still runs."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"words": [*map(str, words), str(self.printed)], "after": after}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        status, seconds, computing, kibibytes = json.loads(self.process.stdout.readline())
        told = [
            path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            for path in (self.printed, Path(f"{self.printed}.err"))
        ]
        return Ended(status, seconds, computing, kibibytes / 1024, *told)


@contextmanager
def running(folder: Path) -> Iterator[Runner]:
    """A runner that prints to `folder`."""
    runner = Runner(folder)
    try:
        yield runner
    finally:
        runner.process.kill()
        runner.process.wait()
