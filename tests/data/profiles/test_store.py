"""Profiles as files: a wrong entry is named, one that is no profile stops no other, and two who save at once do not
meet.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.model.errors import Refused, WrongUsage
from data.model.profile import MonthSource, Profile, UnitSource
from data.profiles import UnusableProfile, all_profiles, load_profile, profile_named, read_profile, save_profile
from tests.data.profiles.plain import PLAIN

SOUND = Profile("sound", "customers", MonthSource(column="m"), UnitSource(columns=("u",)), columns={"customers": "c"})
CUSTOMERS = "month unit customers"


@pytest.fixture
def with_broken(tmp_path: Path) -> Path:
    save_profile(SOUND, tmp_path)
    (tmp_path / "broken.toml").write_text("feed = ", encoding="utf-8")
    (tmp_path / "mistaken.toml").write_text("feed = 'customers'\ncolour = 1", encoding="utf-8")
    return tmp_path


def test_a_file_that_is_no_profile_does_not_stop_the_others(with_broken: Path) -> None:
    unusable: dict[str, UnusableProfile] = {}
    found = all_profiles([with_broken], unusable)
    assert found[0] == SOUND
    assert len(found) == 1 + len(all_profiles())
    assert list(unusable) == ["broken", "mistaken"]
    assert "no entry called 'colour'" in str(unusable["mistaken"])


def test_one_that_is_asked_for_by_name_says_what_is_wrong(with_broken: Path) -> None:
    assert profile_named("sound", [with_broken]) == SOUND
    with pytest.raises(Refused, match="The profile broken is not valid TOML"):
        profile_named("broken", [with_broken])


def test_a_load_goes_on_and_says_so(home: Home, write) -> None:
    home.profiles.mkdir()
    (home.profiles / "broken.toml").write_text("feed = ", encoding="utf-8")
    report = load(home, [write(f"{month}.csv", CUSTOMERS, (f"2025-0{month}", "A", 1)) for month in (1, 2)])
    assert report.committed
    told = [
        [(one.code, one.severity) for one in file.findings if one.code == "profile_unusable"] for file in report.files
    ]
    assert told == [[("profile_unusable", "warning")], []]
    assert "The profile broken is not valid TOML" in report.files[0].findings[0].message()


def test_two_may_save_one_profile_at_once(tmp_path: Path) -> None:
    profiles = [replace(SOUND, description="x" * number) for number in range(200)]
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda profile: save_profile(profile, tmp_path), profiles))
    assert load_profile(tmp_path / "sound.toml") in profiles
    assert [path.name for path in tmp_path.iterdir()] == ["sound.toml"]


def test_saved_profile_is_found_by_name_before_a_ready_one(tmp_path) -> None:
    path = save_profile(PLAIN, tmp_path)
    assert load_profile(path) == PLAIN
    assert profile_named("plain", [tmp_path]) == PLAIN
    assert profile_named(path) == PLAIN
    assert profile_named("nhs-ae-provider", [tmp_path]).feed == "indicators"
    with pytest.raises(WrongUsage, match="nhs-ae-provider"):
        profile_named("nobody", [tmp_path])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed = 3", "must be a text"),
        ("", "needs an entry 'feed'"),
        ("feed = 'indicators'\ncolour = 1", "no entry called 'colour'"),
        ("feed = 'indicators'\n[month]\ncolum = 'x'", "month has no entry called 'colum'"),
        (
            "feed = 'indicators'\n[[indicators]]\ncode='a'\nname='a'\nbetter='up'",
            "must be one of higher, lower, neither",
        ),
        ("feed = 'indicators'\n[columns]\nmonth = 1", "columns.month is 1"),
        ("feed = ", "not valid TOML"),
    ],
)
def test_a_wrong_entry_is_named(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_profile(text)
