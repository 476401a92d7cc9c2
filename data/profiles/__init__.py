"""Import profiles: what is not in a feed's own layout is described once, as a TOML file that belongs to the data."""

from data.model.profile import Profile
from data.profiles.apply import apply_profile, is_redundant, match_score, matches
from data.profiles.store import (
    UNUSABLE,
    UnusableProfile,
    all_profiles,
    load_profile,
    profile_named,
    read_profile,
    remove_profile,
    save_profile,
    write_profile,
)
from data.profiles.validation import profile_problems

__all__ = [
    "UNUSABLE",
    "Profile",
    "UnusableProfile",
    "all_profiles",
    "apply_profile",
    "is_redundant",
    "load_profile",
    "match_score",
    "matches",
    "profile_named",
    "profile_problems",
    "read_profile",
    "remove_profile",
    "save_profile",
    "write_profile",
]
