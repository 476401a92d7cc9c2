"""Who may sign in, and what they see."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.access import Access, BadAccess, access_of, read_access
from data.core.home import Home
from data.core.viewer import Identity
from data.loading.commit import load
from data.snapshots.people import person_named, viewer_of

UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\n"
PEOPLE = """person,role,unit,personal data,from day,until day
root@example.org,administrator,,yes,,
part@example.org,administrator,A,no,,
wang@example.org,viewer,A,yes,,
two@example.org,analyst,A,yes,,
two@example.org,viewer,B,no,,
everywhere@example.org,viewer,,no,,
gone@example.org,viewer,A,no,,2020-01-01
coming@example.org,viewer,A,no,2999-01-01,
subject-7,front_line,B,no,2020-01-01,2999-01-01
group:quality,analyst,B,no,,
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("people")
    for name, content in (("units", UNITS), ("people", PEOPLE)):
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    found = Home(folder / "home")
    assert load(found, [folder / "units.csv", folder / "people.csv"]).committed
    return found


ACCESS = Access(administrators=frozenset({"boss@example.org", "wang@example.org"}), groups={"heads": "analyst"})


@pytest.mark.parametrize(
    ("identity", "seen"),
    [
        (Identity("1", "root@example.org"), ("administrator", None, True)),
        (Identity("1", "ROOT@example.org"), ("administrator", None, True)),
        (Identity("root@example.org"), ("administrator", None, True)),
        (Identity("1", "part@example.org"), ("administrator", {"A"}, False)),
        (Identity("1", "wang@example.org"), ("viewer", {"A"}, True)),
        (Identity("1", "two@example.org"), ("viewer", {"A", "B"}, False)),
        (Identity("1", "everywhere@example.org"), None),
        (Identity("1", "gone@example.org"), None),
        (Identity("1", "gone@example.org", groups=frozenset({"quality", "heads"})), None),
        (Identity("1", "coming@example.org"), None),
        (Identity("subject-7", "x@example.org"), ("front_line", {"B"}, False)),
        (Identity("1", "x@example.org", groups=frozenset({"quality"})), ("analyst", {"B"}, False)),
        (Identity("1", "x@example.org", groups=frozenset({"quality", "heads"})), ("analyst", {"B"}, False)),
        (Identity("1", "x@example.org", groups=frozenset({"heads"})), ("analyst", None, False)),
        (Identity("group:quality", "group:quality"), None),
        (Identity("1", "boss@example.org"), ("administrator", None, False)),
        (Identity("1", "x@example.org"), None),
        (Identity("1", ""), None),
    ],
)
def test_what_somebody_sees(home: Home, identity: Identity, seen: tuple[str, set[str] | None, bool] | None) -> None:
    found = viewer_of(home, identity, ACCESS)
    assert (found and (found.role, found.sight.scope, found.sight.personal_data)) == seen


def test_of_an_empty_table_only_the_configuration_knows_administrators(tmp_path: Path) -> None:
    empty = Home(tmp_path)
    assert viewer_of(empty, Identity("1", "boss@example.org"), ACCESS) is not None
    assert viewer_of(empty, Identity("1", "boss@example.org"), Access()) is None


def test_a_person_named_at_this_computer_sees_no_more_than_signed_in(home: Home) -> None:
    assert person_named(home, "wang@example.org", ACCESS).sight.scope == {"A"}
    assert person_named(home, "group:quality", ACCESS).role == "analyst"
    assert person_named(home, "nobody", ACCESS).sight.scope == frozenset()


@pytest.mark.parametrize(
    "entries",
    [
        {"administrator": ["x"]},
        {"administrators": "x"},
        {"administrators": [5]},
        {"groups": {"a": "king"}},
        {"proxy": {"header": "X"}},
        {"proxy": {"header": "X", "secret_header": "Y", "secret": "short"}},
        {"proxy": {"header": "X", "secret_header": "Y", "secret": "0123456789abcdef", "other": "z"}},
    ],
)
def test_what_is_not_understood_lets_nobody_in(entries: dict) -> None:
    with pytest.raises(BadAccess):
        access_of(entries)


def test_a_file_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    assert read_access(Home(tmp_path)) == Access()
    (tmp_path / "access.toml").write_bytes(b"administrators = [\xff")
    with pytest.raises(BadAccess):
        read_access(Home(tmp_path))
