"""`python -m tests.changed [BASE]`: runs the tests of the packages that differ from BASE (default: main).

A changed module runs the tests of its folder: `data/parsing/dates.py` that of its name, else those in
tests/data/parsing. A changed test runs itself. The floors above a change are only looked at; the rest, and the real
browser, wait for `make test`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("locales", "data", "metrics", "charts", "reports", "pages")
ALWAYS = ("tests/test_layers.py", "tests/test_docs.py")
# A quick look at each floor, for changes below it and for modules that no folder of tests mirrors.
LOOK = {
    "locales": ("tests/locales",),
    "data": ("tests/data/cli", "tests/data/recognition/test_layout.py"),
    "metrics": ("tests/metrics/test_properties.py",),
    "charts": ("tests/charts",),
    "reports": ("tests/reports/test_file_names.py",),
    "pages": ("tests/pages/test_pages.py::test_empty_home",),
}


def changed(base: str) -> list[str]:
    """Paths that differ between BASE and the files as they stand, new ones included."""
    commands = (["git", "diff", "--name-only", "--merge-base", base], ["git", "ls-files", "-o", "--exclude-standard"])
    printed = [subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout for words in commands]
    return [path for text in printed for path in text.splitlines()]


def tests_of(path: str) -> str | None:
    """The test file or folder that a changed file is tried by: the nearest folder that mirrors its own."""
    place = Path(path)
    if place.parts[0] == "tests":
        if place.name.startswith("test_"):
            return path
        # What tests share: their folder, not the whole of tests/.
        return place.parent.as_posix() if len(place.parts) > 2 else None
    if place.parts[0] not in FLOORS:
        return None
    own = Path("tests", place.parent, f"test_{place.stem}.py")
    if (ROOT / own).is_file():
        return own.as_posix()
    mirrors = (Path("tests", folder) for folder in place.parents if len(folder.parts) > 1)
    return next((folder.as_posix() for folder in mirrors if any((ROOT / folder).glob("test_*.py"))), None)


def chosen(paths: Iterable[str]) -> list[str]:
    """What pytest is to run for these changed files."""
    paths = list(paths)
    own = {found for path in paths if (found := tests_of(path)) and (ROOT / found).exists()}
    floors = [FLOORS.index(floor) for path in paths if (floor := path.split("/")[0]) in FLOORS]
    looks = {test for floor in FLOORS[min(floors) :] for test in LOOK[floor]} if floors else set()
    wanted = own | looks | set(ALWAYS)
    return sorted(path for path in wanted if not any(path.startswith((f"{other}/", f"{other}::")) for other in wanted))


def main(words: list[str]) -> int:
    """Runs them; the exit status of pytest."""
    tests = chosen(changed(words[0] if words else "main"))
    print("\n".join(tests), flush=True)
    options = ["-q", "-n", "3", "--dist", "loadgroup", "-m", "not browser and not soak"]
    return subprocess.run([sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
