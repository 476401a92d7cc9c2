"""Import profiles: what is not in a feed's own layout is described once, as a TOML file that belongs to the data."""

from data.model.profile import Profile
from data.profiles.apply import apply, matches, nearness, outdone
from data.profiles.store import (
    UNUSABLE,
    all_profiles,
    load_profile,
    profile_named,
    read_profile,
    remove_profile,
    save_profile,
    write_profile,
)
from data.profiles.validation import problems

__all__ = [
    "UNUSABLE",
    "Profile",
    "all_profiles",
    "apply",
    "load_profile",
    "matches",
    "nearness",
    "outdone",
    "problems",
    "profile_named",
    "read_profile",
    "remove_profile",
    "save_profile",
    "write_profile",
]
