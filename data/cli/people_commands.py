"""`python -m data people`: who may sign in."""

from __future__ import annotations

import argparse
import json

from data.cli.printed_report import print_report
from data.core.console import table_text
from data.core.home import Home
from data.core.viewer import ROLES
from data.model.errors import WrongUsage
from data.operations.people import Entry, let_in, listed, take_off


def add_people_words(words: argparse.ArgumentParser) -> None:
    """The words of the command."""
    words.add_argument("action", nargs="?", choices=("list", "add", "remove"), default="list")
    words.add_argument("person", nargs="?", help="subject or e-mail address, or group:NAME")
    words.add_argument("role", nargs="?", choices=ROLES)
    words.add_argument("--unit", default="", metavar="U", help="what they see, with all below it")
    words.add_argument("--personal-data", action="store_true", help="they see customers unmasked")
    words.add_argument("--since", default="", metavar="YYYY-MM-DD", help="the first day")
    words.add_argument("--until", default="", metavar="YYYY-MM-DD", help="the last day")


def run_people(words: argparse.Namespace, home: Home) -> int:
    """people: list, add or remove."""
    if words.action == "list":
        found = listed(home)
        if words.json:
            print(found.to_json(orient="records", force_ascii=False, date_format="iso"))
        else:
            print(table_text(found, missing=""))
        return 0
    if not words.person or (words.action == "add" and not words.role):
        raise WrongUsage("Name the person, and to add one the role: python -m data people add PERSON ROLE [--unit U]")
    if words.action == "remove":
        done = take_off(home, words.person)
    else:
        entry = Entry(words.person, words.role, words.unit, words.personal_data, words.since, words.until)
        done = let_in(home, entry)
    if words.json:
        print(json.dumps({"committed": done.committed, "version": done.version}))
    else:
        print_report(done, words.lang, as_json=False, dry=False)
    return 1 if done.refused else 0
