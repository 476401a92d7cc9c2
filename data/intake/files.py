"""Several files in any order become staged files: those that hold units first, so that the others find their units."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from pathlib import Path

from data.core.progress import Progress, sub_progress
from data.feeds import feed_named
from data.intake.distant_months import Held
from data.intake.unit_parents import with_units
from data.intake.workbook import DEFAULT_STAGING, StagingOptions, stage_workbook
from data.model.choices import Choices
from data.model.errors import Unreadable
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.sheet import Workbook
from data.model.staged import StagedFile
from data.reading import archive, digest, read_file
from data.recognition.feed_layouts import best_layout
from data.recognition.header_rows import SEARCHED_ROWS

# Files up to this size are read first and looked through for units; 5 MB is a list of tens of thousands of units.
SMALL_BYTES = 5_000_000
ALREADY = Kind(
    "already_loaded",
    "note",
    "The same bytes were already loaded as batch {batch}; nothing changes.",
    "Nothing to do; undo batch {batch} first if it was wrong.",
)
TWICE = Kind(
    "same_bytes_given_twice",
    "note",
    "The file holds the same bytes as {other}, which is given in the same step; it is read once.",
    "Nothing to do; what there is to say stands with {other}.",
)

BatchLookup = Callable[[str], int | None]


def expand_paths(paths: Sequence[Path], unpacked: Callable[[], Path]) -> list[Path]:
    """Files as given, a zip as the files in it, unpacked below a new folder of `unpacked`.

    A folder alone stands for the files in it; beside files it is what a shell's `*` swept in, and is left out.
    """
    found: list[Path] = []
    named = [path for path in paths if not path.is_dir()]
    for path in named or paths:
        if path.is_dir():
            found.extend(
                sorted(
                    inside for inside in path.iterdir() if inside.is_file() and not inside.name.startswith((".", "~$"))
                )
            )
        else:
            found.append(path)
    return [file for path in found for file in _members(path, unpacked)]


def _members(path: Path, unpacked: Callable[[], Path]) -> list[Path]:
    """The files that `path` stands for. An archive that cannot be unpacked stands for itself: reading it says why."""
    if not archive.is_archive(path):
        return [path]
    try:
        return archive.unpack(path, unpacked())
    except Unreadable:
        return [path]


def stage_files(
    paths: Sequence[Path],
    organisation: Organisation,
    known: BatchLookup,
    options: StagingOptions = DEFAULT_STAGING,
    *,
    progress: Progress | None = None,
    known_sizes: Set[int] = frozenset(),
    held: Held | None = None,
) -> tuple[list[StagedFile], dict[int, int]]:
    """The staged files in the order given, and which of them (by index) are already loaded as which batch.

    known: the batch that holds the bytes of a sha256, if any.
    known_sizes: sizes in bytes of the files that `known` may know.
    held: the months loaded before.
    """
    files: dict[int, StagedFile] = {}
    already: dict[int, int] = {}
    seen: dict[str, int] = {}
    books: dict[int, Workbook] = {}
    # How far the work is, is measured in bytes: a file takes its share of them.
    sizes = [max(_size(path), 1) for path in paths]
    done: set[int] = set()

    def of_file(place: int) -> Progress:
        begin = sum(sizes[one] for one in done) / sum(sizes)
        return sub_progress(progress, begin, begin + sizes[place] / sum(sizes))

    def stage(place: int, units: Organisation) -> StagedFile:
        return stage_workbook(paths[place], units, options, book=books.get(place), progress=of_file(place), held=held)

    def step(place: int) -> None:
        of_file(place)(1.0, paths[place].name)
        done.add(place)

    order = sorted(range(len(paths)), key=lambda place: _size(paths[place]))
    small = [place for place in order if _size(paths[place]) <= SMALL_BYTES]
    for place in small:
        of_file(place)(0.0, paths[place].name)
        book = _read(paths[place], organisation, options.choices)
        if book is None:
            continue
        books[place] = book
        batch = known(book.sha256)
        first = seen.setdefault(book.sha256, place)
        if batch is not None:
            files[place], already[place] = already_loaded_file(paths[place], book.sha256, batch), batch
            step(place)
        elif first != place:
            files[place] = _given_twice(paths[place], book.sha256, paths[first])
            step(place)
    if options.profile is None and options.feed in (None, "units"):
        for place in [place for place in small if place not in files and _mentions_units(books.get(place))]:
            staged = stage(place, organisation)
            if any(sheet.feed.name == "units" for sheet in staged.sheets):
                files[place] = staged
                step(place)
                if not staged.refused:
                    organisation = with_units(organisation, staged.sheets)
    for place in [place for place in order if place not in files]:
        # A large file that may be known, or given twice, is looked up before it is read.
        size = _size(paths[place])
        doubtful = size in known_sizes or (size > SMALL_BYTES and sizes.count(size) > 1)
        sha = digest(paths[place]) if place not in books and doubtful else ""
        batch = known(sha) if sha else None
        first = seen.setdefault(sha, place) if sha else place
        if batch is not None:
            staged, already[place] = already_loaded_file(paths[place], sha, batch), batch
        elif first != place:
            staged = _given_twice(paths[place], sha, paths[first])
        else:
            staged = stage(place, organisation)
        files[place] = staged
        books.pop(place, None)
        if not staged.refused:
            organisation = with_units(organisation, staged.sheets)
        step(place)
    return [files[place] for place in range(len(paths))], already


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read(path: Path, organisation: Organisation, choices: Choices) -> Workbook | None:
    try:
        return read_file(path, encoding=choices.answers.get("encoding"), words=organisation.spellings)
    except Unreadable:
        return None


def _mentions_units(book: Workbook | None) -> bool:
    """Whether any sheet may be a table of units by its first rows, so that other files are staged only once."""
    return book is not None and any(
        best_layout((feed_named("units"),), sheet.rows[:SEARCHED_ROWS]) is not None for sheet in book.sheets
    )


def _given_twice(path: Path, sha256: str, other: Path) -> StagedFile:
    return StagedFile(path, path.name, sha256, findings=[Finding(TWICE, path.name, params={"other": other.name})])


def already_loaded_file(path: Path, sha256: str, batch: int) -> StagedFile:
    """What a plan says of a file whose bytes `batch` holds."""
    finding = Finding(ALREADY, path.name, params={"batch": batch})
    return StagedFile(path, path.name, sha256, findings=[finding])
