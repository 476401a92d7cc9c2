"""What a request says of where it comes from and who sent it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

# Streamlit has no public way to read its cookie outside the WebSocket; where this moves, nobody is let in.
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from data.core.access import Access
from data.core.viewer import Identity

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
"""What a proxy adds: who sends it does not sit at this computer."""


def is_loopback(host: str | None) -> bool:
    """Whether a host or an address is this computer."""
    if not host:
        return False
    name = host.strip("[]").lower().rstrip(".")
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(host: str | None) -> str:
    """The name in a Host header, without its port; "" where it is none."""
    try:
        found = urlsplit(f"//{host or ''}")
        return "" if found.username or found.password or found.path else (found.hostname or "").rstrip(".")
    except ValueError:
        return ""


def comes_from_here(headers: Mapping[str, str], peer: str | None) -> bool:
    """Whether the server answers only to this computer, and this request was sent at it.

    headers: by name in small letters.
    """
    origin = headers.get("origin")
    return (
        is_loopback(config.get_option("server.address"))
        and is_loopback(peer)
        and is_loopback(host_name(headers.get("host")))
        and (origin is None or is_loopback(urlsplit(origin).hostname))
        and not any(name in headers for name in FORWARDED)
    )


def provider_names() -> tuple[str, ...]:
    """The providers that the secrets name; "default" for one without a name; () where sign-in is not set up."""
    section = get_secrets_auth_section()
    named = tuple(name for name in section if hasattr(section[name], "keys") and "client_id" in section[name])
    return (*(("default",) if "client_id" in section else ()), *named)


def allowed_hosts(access: Access) -> frozenset[str]:
    """The names by which the dashboard may be reached, besides those of this computer."""
    redirect = str(get_secrets_auth_section().get("redirect_uri", ""))
    return frozenset({*access.hosts, urlsplit(redirect).hostname or ""} - {""})


def proxy_identity(access: Access, headers: Mapping[str, str]) -> Identity | None:
    """Who the reverse proxy says it is; None if there is no proxy, or the headers are not its own."""
    proxy = access.proxy
    if proxy is None or not proxy.believes(headers):
        return None
    who = headers.get(proxy.header.lower(), "").strip()
    groups = headers.get(proxy.groups_header.lower(), "") if proxy.groups_header else ""
    name = headers.get(proxy.name_header.lower(), "") if proxy.name_header else ""
    found = frozenset(group.strip() for group in groups.split(",") if group.strip())
    return Identity(who, who if "@" in who else "", name, found, session=f"proxy:{who}") if who else None


def claims_identity(access: Access, claims: Mapping[str, Any]) -> Identity | None:
    """Who the provider's claims say it is; None where the subject or the end of the sign-in lacks."""
    subject, until = claims.get("sub"), claims.get("exp")
    if not isinstance(subject, str) or not subject or isinstance(until, bool) or not isinstance(until, (int, float)):
        return None
    email = claims.get("email") if claims.get("email_verified") is not False else ""
    groups = [group for claim in access.group_claims for group in _as_list(claims.get(claim))]
    name = claims.get("name") or claims.get("preferred_username")
    return Identity(
        subject,
        email if isinstance(email, str) else "",
        name if isinstance(name, str) else "",
        frozenset(group for group in groups if isinstance(group, str)),
        float(until),
        json.dumps([claims.get("iss"), subject, claims.get("iat"), claims.get("sid"), until]),
    )


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def cookie_claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """The claims in Streamlit's signed cookie; empty where there is none, or somebody else signed it."""
    if not provider_names():
        return {}
    raw = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    found = json.loads(raw) if raw else {}
    return found if isinstance(found, dict) and found.get("is_logged_in") else {}
