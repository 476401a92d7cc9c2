"""How people are let in: the file access.toml of the home, or the one named by SERVICE_QUALITY_ACCESS.

Whoever can write that file decides who administers; it holds a secret, so nobody else should read it.
"""

from __future__ import annotations

import hmac
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from data.core.console import CommandError
from data.core.home import Home
from data.core.viewer import ROLES, Role

ACCESS_VARIABLE = "SERVICE_QUALITY_ACCESS"
FILE = "access.toml"
MOST_BYTES = 1 << 20
SHORTEST_SECRET = 16


class BadAccess(CommandError):
    """The file is there and cannot be used as it stands: then nobody is let in."""


@dataclass(frozen=True)
class ProxySignIn:
    """A reverse proxy that has signed people in.

    header: who it is. groups_header: their groups, separated by commas. secret_header, secret: what tells the proxy
    from anybody else who sends these headers.
    """

    header: str
    secret_header: str
    secret: str
    name_header: str = ""
    groups_header: str = ""

    def believes(self, headers: Mapping[str, str]) -> bool:
        """Whether these headers come from the proxy. headers: by name in small letters."""
        given = headers.get(self.secret_header.lower(), "")
        return hmac.compare_digest(given.encode(), self.secret.encode())


@dataclass(frozen=True)
class Access:
    """Who is let in.

    administrators: subjects or e-mail addresses. groups: a provider's group -> the role of its members.
    group_claims: the claims that may hold the groups.
    hosts: the names by which the dashboard is reached. contact: whom to ask.
    """

    administrators: frozenset[str] = frozenset()
    groups: Mapping[str, Role] = field(default_factory=dict)
    group_claims: tuple[str, ...] = ("groups", "roles")
    hosts: tuple[str, ...] = ()
    contact: str = ""
    proxy: ProxySignIn | None = None


def read_access(home: Home) -> Access:
    """What the file says; nobody is named where there is none. BadAccess if it cannot be used."""
    path = Path(os.environ.get(ACCESS_VARIABLE) or home.path / FILE)
    try:
        if not path.is_file():
            return Access()
        if path.stat().st_size > MOST_BYTES:
            raise BadAccess(f"{path.name} is too large.")
        return access_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadAccess(f"{path.name} cannot be read: {problem}") from problem


def access_of(entries: Mapping[str, Any]) -> Access:
    """The entries of the file as a record; BadAccess names the first that is not understood."""
    unknown = set(entries) - set(Access.__dataclass_fields__)
    if unknown:
        raise BadAccess(f"Unknown entry: {sorted(unknown)[0]}")
    groups = entries.get("groups", {})
    if not isinstance(groups, Mapping) or not set(groups.values()) <= set(ROLES):
        raise BadAccess(f"[groups] maps a group to one of {', '.join(ROLES)}")
    return Access(
        frozenset(_texts(entries, "administrators")),
        cast("Mapping[str, Role]", dict(groups)),
        _texts(entries, "group_claims") or Access.group_claims,
        tuple(host.lower() for host in _texts(entries, "hosts")),
        str(entries.get("contact", "")),
        _proxy(entries.get("proxy")),
    )


def _texts(entries: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = entries.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise BadAccess(f"{name} is a list of texts")
    return tuple(found)


def _proxy(entries: object) -> ProxySignIn | None:
    if entries is None:
        return None
    known = ProxySignIn.__dataclass_fields__
    if not isinstance(entries, Mapping) or not set(entries) <= set(known):
        raise BadAccess(f"[proxy] has {', '.join(known)}")
    if not all(isinstance(entries.get(name), str) and entries[name] for name in ("header", "secret_header", "secret")):
        raise BadAccess("[proxy] needs header, secret_header and secret")
    if len(entries["secret"]) < SHORTEST_SECRET:
        raise BadAccess(f"The secret of [proxy] has fewer than {SHORTEST_SECRET} letters")
    return ProxySignIn(**{name: str(value) for name, value in entries.items()})
