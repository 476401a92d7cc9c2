"""`python -m data profile`: lists, drafts, keeps and adopts import profiles."""

from __future__ import annotations

import argparse
import sys

from data.cli.paths import writable
from data.core.home import Home
from data.intake.workbook import StagingOptions, stage_workbook
from data.model.errors import Refused, WrongUsage
from data.model.organisation import Organisation
from data.profiles import all_profiles, load_profile, save_profile, write_profile
from data.profiles.draft import draft_profile
from data.reading import read_file
from data.snapshots.reader import current_version, open_snapshot


def run_profile(words: argparse.Namespace, home: Home) -> int:
    """profile: list the known ones, draft one from a file, save one, or adopt a file's layout."""
    if words.action == "list":
        unusable: dict[str, Refused] = {}
        print("\n".join(profile.name for profile in all_profiles([home.profiles], unusable)))
        for problem in unusable.values():
            print(problem, file=sys.stderr)
        return 0
    if words.file is None:
        raise WrongUsage(f"`profile {words.action}` needs a file: python -m data profile {words.action} FILE")
    return {"draft": _draft, "save": _save, "adopt": _adopt}[words.action](words, home)


def _draft(words: argparse.Namespace, home: Home) -> int:
    proposed = write_profile(draft_profile(read_file(words.file)))
    if words.out:
        writable(words.out).write_text(proposed, encoding="utf-8")
        print(f"Wrote {words.out}; adjust it, then keep it with: python -m data profile save {words.out}")
    else:
        print(proposed)
    return 0


def _save(words: argparse.Namespace, home: Home) -> int:
    profile = load_profile(words.file)
    save_profile(profile, home.profiles)
    print(f"Files of this layout are read by the profile {profile.name} from now on.")
    return 0


def _adopt(words: argparse.Namespace, home: Home) -> int:
    organisation = open_snapshot(home).organisation if current_version(home) is not None else Organisation.empty()
    staged = stage_workbook(words.file, organisation, StagingOptions(profiles=all_profiles([home.profiles])))
    found = {
        sheet.adopted_profile.name: sheet.adopted_profile
        for sheet in staged.sheets
        if sheet.adopted_profile is not None
    }
    if not found:
        print("The layout is the one that the profiles know; nothing was changed.")
    for profile in found.values():
        save_profile(profile, home.profiles)
        print(f"The profile {profile.name} takes the layout of {words.file.name} from now on, and the one before.")
    return 0
