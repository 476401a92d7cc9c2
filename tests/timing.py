"""A pytest plugin: seconds per folder of tests at the end of a run, summed over the workers."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest

_seconds: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])


def _processor_seconds() -> float:
    """Of this process and of the child processes that have ended."""
    return sum(os.times()[:4])


class _Clock:
    """Gives each report the processor seconds since the one before it in the same worker."""

    def __init__(self) -> None:
        self.last = _processor_seconds()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Iterator[None]:
        report = yield
        now = _processor_seconds()
        # xdist sends a report's attributes to the controller along with it.
        report.processor_seconds, self.last = now - self.last, now
        return report


def _folder(path: str) -> str:
    """`tests/data/cli/test_x.py` -> `tests/data/cli`: at most three parts."""
    return "/".join(path.split("/")[:-1][:3])


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Clock())


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    row = _seconds[_folder(report.nodeid.split("::")[0])]
    row[0] += report.duration
    row[1] += getattr(report, "processor_seconds", 0.0)
    row[2] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _seconds:
        return
    rows = sorted(_seconds.items(), key=lambda item: -item[1][0])
    rows.append(("total", [sum(column) for column in zip(*_seconds.values(), strict=True)]))
    terminalreporter.section("seconds per folder, summed over the workers")
    terminalreporter.write_line(f"{'seconds':>8} {'processor':>9} {'tests':>6}  folder")
    for folder, (wall, processor, tests) in rows:
        terminalreporter.write_line(f"{wall:8.1f} {processor:9.1f} {tests:6.0f}  {folder}")
