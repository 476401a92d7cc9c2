"""One file that holds everything, and putting it back."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.model.errors import Damaged, Refused
from data.operations.backup import backup, restore
from data.operations.undo import undo
from data.snapshots.publish import pin, published_version

CUSTOMERS = "month unit customers"


@pytest.fixture(scope="module")
def made(units_loaded: Path, write_to, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with a batch that counts, one that is undone, and a file among the profiles; and its backup. Read only."""
    folder = tmp_path_factory.mktemp("backup")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    load(home, [write_to(folder / "a.csv", [CUSTOMERS.split(), ("2025-01", "A", 1), ("2025-01", "B", 2)])])
    load(home, [write_to(folder / "b.csv", [CUSTOMERS.split(), ("2025-01", "A", 100)])])
    undo(home, 3)
    home.profiles.mkdir()
    (home.profiles / "notes.txt").write_text("kept as they are\n", encoding="utf-8")
    # The warehouse, three originals, versions 1 to 4 with their pointer, the notes, and the audit.
    assert backup(home, folder / "saved.zip") == 1 + 3 + 5 + 1 + 3
    return home.path, folder / "saved.zip"


@pytest.fixture
def home(made: tuple[Path, Path], tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made[0], tmp_path / "home")))


@pytest.fixture
def saved(made: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[1], tmp_path / "saved.zip"))


def test_what_is_put_back_is_what_was_saved(home: Home, empty: Home, saved: Path, cube, tree, write) -> None:
    assert restore(empty, saved) == 13
    assert not (empty.path / ".restoring").exists()
    for version in (1, 2, 3, 4):
        assert cube(empty, version) == cube(home, version)
    assert published_version(empty) == 4
    unchanged, restored = tree(home.path), tree(empty.path)
    assert restored.keys() == unchanged.keys()
    assert [name for name in restored if restored[name] != unchanged[name]] in ([], ["warehouse.duckdb"])
    # And the work goes on: the same bytes are known, what was undone can be loaded, a new version follows.
    again = load(empty, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "B", 2))])
    assert (again.committed, again.files[0].already_loaded, again.version) == (False, True, 4)
    assert undo(empty, 2) == 5
    assert cube(empty) == {}


def test_a_backup_can_be_taken_again_over_the_old_one(home: Home, saved: Path) -> None:
    assert backup(home, saved) == 13
    assert zipfile.ZipFile(saved).testzip() is None
    assert [path.name for path in saved.parent.glob(".*")] == []


def test_no_good_backup_is_overwritten_by_a_lost_or_an_older_warehouse(home: Home, saved: Path, loads) -> None:
    kept, older = saved.read_bytes(), home.warehouse.read_bytes()
    loads("c.csv", CUSTOMERS, ("2025-01", "A", 5))
    home.warehouse.write_bytes(older)
    for change in (
        lambda: backup(home, saved),
        lambda: loads("d.csv", CUSTOMERS, ("2025-01", "A", 6)),
        lambda: undo(home, 2),
    ):
        with pytest.raises(Damaged, match="is an older copy: it ends with version 4, but version 5 was published"):
            change()
    assert published_version(home) == 5
    home.warehouse.unlink()
    with pytest.raises(Damaged, match="is lost"):
        backup(home, saved)
    assert saved.read_bytes() == kept


def test_a_home_that_holds_data_is_refused(home: Home, saved: Path, tree) -> None:
    before = tree(home.path)
    with pytest.raises(Refused, match=r"holds data already; restore into an empty folder"):
        restore(home, saved)
    assert tree(home.path) == before


def with_text_in_place_of_the_database(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("warehouse.duckdb", "not a database")


def foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def nothing_inside(path: Path) -> None:
    zipfile.ZipFile(path, "w").close()


def climbing_out(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("warehouse.duckdb", "x")
        archive.writestr("originals/../../outside.txt", "x")


def with_a_stranger(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("warehouse.duckdb", "x")
        archive.writestr("run.sh", "x")


def no_zip(path: Path) -> None:
    path.write_text("month,unit,customers", encoding="utf-8")


def empty_file(path: Path) -> None:
    path.touch()


WRONG = [foreign, nothing_inside, climbing_out, with_a_stranger, no_zip, empty_file, with_text_in_place_of_the_database]


@pytest.mark.parametrize("make", WRONG, ids=[make.__name__ for make in WRONG])
def test_what_is_no_backup_is_refused_in_a_sentence_and_leaves_the_home_empty(
    empty: Home, tmp_path: Path, tree, make
) -> None:
    make(tmp_path / "wrong.zip")
    with pytest.raises((Refused, Damaged)) as told:
        restore(empty, tmp_path / "wrong.zip")
    assert "\n" not in str(told.value)
    assert tree(empty.path) == {}
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("share", [0.3, 0.99], ids=["cut in the middle", "cut at the end"])
def test_a_backup_cut_short_is_refused(empty: Home, saved: Path, tree, share: float) -> None:
    kept = saved.read_bytes()
    saved.write_bytes(kept[: int(len(kept) * share)])
    with pytest.raises(Refused, match="is not a backup of this program"):
        restore(empty, saved)
    assert tree(empty.path) == {}


def test_a_backup_with_a_flipped_byte_is_refused(empty: Home, saved: Path, tree) -> None:
    with zipfile.ZipFile(saved) as archive:
        entry = archive.getinfo("warehouse.duckdb")
    kept = bytearray(saved.read_bytes())
    kept[entry.header_offset + entry.compress_size // 2] ^= 0xFF
    saved.write_bytes(kept)
    with pytest.raises((Refused, Damaged), match=r"damaged|cannot be restored"):
        restore(empty, saved)
    assert tree(empty.path) == {}


def test_where_a_database_was_moved_away_its_remains_do_not_leak_in(home: Home, saved: Path, cube, loads) -> None:
    """As the message advises: the later versions of the database that was moved away are not taken for ours."""
    before = cube(home)
    loads("c.csv", CUSTOMERS, ("2025-01", "A", 5))
    assert cube(home)["customers", "", "2025-01 A"] == 5
    home.warehouse.rename(home.path / "moved.duckdb")
    restore(home, saved)
    assert published_version(home) == 4
    assert cube(home) == before
    assert loads("d.csv", CUSTOMERS, ("2025-01", "A", 6)).version == 5
    assert cube(home)["customers", "", "2025-01 A"] == 6


def test_no_version_of_a_database_that_was_moved_away_is_kept(home: Home, saved: Path, loads) -> None:
    loads("c.csv", CUSTOMERS, ("2025-01", "A", 5))
    pin(home, 5)
    home.warehouse.rename(home.path / "moved.duckdb")
    restore(home, saved)
    assert [path.name for path in sorted(home.snapshots.iterdir())] == [
        *(f"00000{n}.duckdb" for n in range(1, 5)),
        "current",
    ]


def test_nothing_to_back_up(empty: Home, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^There is nothing to back up in .*\.$"):
        backup(empty, tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()


def test_a_backup_that_cannot_be_written_is_reported_in_a_sentence(home: Home, tmp_path: Path) -> None:
    (tmp_path / "out.zip").mkdir()
    with pytest.raises(Damaged, match=r"^The backup .*out\.zip cannot be written: .+\.$"):
        backup(home, tmp_path / "out.zip")
    assert [path.name for path in tmp_path.glob(".*")] == []
