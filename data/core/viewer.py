"""Who reads or changes the data, and what they may see and do."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal, get_args

from data.core.ended_sessions import has_ended

Role = Literal["viewer", "front_line", "analyst", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Action = Literal["look", "pack", "work", "upload", "undo", "edit", "restore", "people", "audit"]
ALLOWED: dict[Role, frozenset[Action]] = {
    "viewer": frozenset({"look", "pack"}),
    "front_line": frozenset({"look", "pack", "work"}),
    "analyst": frozenset({"look", "pack", "work", "upload", "undo", "edit"}),
    "administrator": frozenset({"look", "pack", "work", "upload", "undo", "edit", "restore", "people", "audit"}),
}


@dataclass(frozen=True)
class Sight:
    """What can be seen, the same for all who see it: keys of caches hold it.

    scope: the units at the top of what is seen, each with all below it; None: everything.
    personal_data: whether customers are shown unmasked.
    """

    scope: frozenset[str] | None = None
    personal_data: bool = True


EVERYTHING = Sight()
NOTHING = Sight(frozenset(), False)


@dataclass(frozen=True)
class Identity:
    """Who a provider or a proxy says somebody is.

    email: "" where it is not known or not verified. until: when that ends (seconds since 1970); None: not said.
    session: tells this sign-in from others of the same person.
    """

    subject: str
    email: str = ""
    name: str = ""
    groups: frozenset[str] = frozenset()
    until: float | None = None
    session: str = ""

    @property
    def called(self) -> str:
        """What the history calls them."""
        return self.name or self.email or self.subject

    @property
    def ended(self) -> bool:
        """Whether the sign-in has run out, or somebody ended it."""
        return (self.until is not None and time.time() >= self.until) or has_ended(self.session)


@dataclass(frozen=True)
class Viewer:
    """One person, signed in or alone at this computer, with what they may see and do."""

    identity: Identity
    role: Role
    sight: Sight

    @property
    def name(self) -> str:
        """What the history calls them; "" for the account of the operating system."""
        return self.identity.called

    @property
    def sees_all(self) -> bool:
        """Whether every unit is seen."""
        return self.sight.scope is None

    def may(self, action: Action) -> bool:
        """Whether the role allows an action, as long as the sign-in holds."""
        return action in ALLOWED[self.role] and not self.identity.ended


NOBODY_ELSE = Identity("")
LOCAL = Viewer(NOBODY_ELSE, "administrator", EVERYTHING)
"""Who works on this computer without signing in."""
