"""Letting people in and taking them off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.core.home import Home
from data.snapshots.people import PERSON_VARIABLE, person_named
from data.snapshots.reader import open_snapshot
from tests.conftest import run_module


def test_people_are_let_in_and_taken_off_from_the_command_line(
    light_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(light_copy)

    def people(*words: str, status: int = 0) -> str:
        return run_module("data", "people", *words, home=light_copy, status=status).stdout

    assert people() == "(nothing)\n"
    people("add", "wang@x.org", "viewer", "--unit", "大洋")
    people("add", "root@x.org", "administrator", "--personal-data", "--until", "2999-01-01")
    people("add", "wang@x.org", "analyst", "--unit", "DY")
    rows = {row["person"]: row for row in json.loads(people("list", "--json"))}
    assert (rows["wang@x.org"]["role"], rows["wang@x.org"]["unit"], rows["wang@x.org"]["personal_data"]) == (
        "analyst",
        "DY",
        False,
    )
    assert rows["root@x.org"]["until"].startswith("2999-01-01")
    people("add", "li@x.org", "viewer", "--unit", "Atlantis", status=1)
    people("add", "li@x.org", status=2)
    people("remove", "nobody@x.org", status=2)
    monkeypatch.setenv(PERSON_VARIABLE, "wang@x.org")
    people("add", "wang@x.org", "administrator", status=1)
    people("list", status=1)
    monkeypatch.setenv(PERSON_VARIABLE, "root@x.org")
    people("remove", "wang@x.org")
    assert open_snapshot(home).batches()["loaded_by"].iloc[-1] == "root@x.org"
    assert person_named(home, "wang@x.org", _nobody()).sight.scope == frozenset()


def _nobody():  # type: ignore[no-untyped-def]
    from data.core.access import Access

    return Access()
