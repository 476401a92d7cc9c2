"""Where a request comes from, and who it says it is."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit import config

from data.core.access import Access, ProxySignIn
from data.core.viewer import Identity
from pages.shared.session.requests import claims_identity, comes_from_here, host_name, is_loopback, proxy_identity

HERE = {"host": "127.0.0.1:8501"}


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.0.3", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("2130706433", False),
        ("", False),
        (None, False),
    ],
)
def test_this_computer(host: str | None, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("quality.example.org:443", "quality.example.org"),
        ("Quality.Example.org.", "quality.example.org"),
        ("[::1]:8501", "::1"),
        ("127.0.0.1@evil.example", ""),
        ("evil.example/127.0.0.1", ""),
        ("[::1", ""),
        (None, ""),
    ],
)
def test_the_name_in_a_host_header(host: str | None, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("address", "headers", "peer", "here"),
    [
        ("127.0.0.1", HERE, "127.0.0.1", True),
        ("localhost", {"host": "localhost:8501", "origin": "http://localhost:8501"}, "::1", True),
        ("0.0.0.0", HERE, "127.0.0.1", False),
        (None, HERE, "127.0.0.1", False),
        ("127.0.0.1", HERE, "10.0.0.7", False),
        ("127.0.0.1", HERE, None, False),
        ("127.0.0.1", {"host": "evil.example"}, "127.0.0.1", False),
        ("127.0.0.1", {}, "127.0.0.1", False),
        ("127.0.0.1", {**HERE, "origin": "https://quality.example.org"}, "127.0.0.1", False),
        ("127.0.0.1", {**HERE, "origin": "null"}, "127.0.0.1", False),
        ("127.0.0.1", {**HERE, "x-forwarded-for": "127.0.0.1"}, "127.0.0.1", False),
        ("127.0.0.1", {**HERE, "x-real-ip": "10.0.0.7"}, "127.0.0.1", False),
    ],
)
def test_who_sits_at_this_computer(address: str | None, headers: dict[str, str], peer: str | None, here: bool) -> None:
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        assert comes_from_here(headers, peer) is here
    finally:
        config.set_option("server.address", before)


PROXY = Access(proxy=ProxySignIn("X-Email", "X-Secret", "0123456789abcdef", "X-Name", "X-Groups"))


@pytest.mark.parametrize(
    ("headers", "who"),
    [
        ({"x-email": "li@example.org"}, None),
        ({"x-email": "li@example.org", "x-secret": "wrong"}, None),
        ({"x-email": " ", "x-secret": "0123456789abcdef"}, None),
        (
            {"x-email": "li@example.org", "x-secret": "0123456789abcdef", "x-groups": "a, b,", "x-name": "Li Wei"},
            Identity("li@example.org", "li@example.org", "Li Wei", frozenset("ab"), session="proxy:li@example.org"),
        ),
    ],
)
def test_what_a_proxy_says(headers: dict[str, str], who: Identity | None) -> None:
    assert proxy_identity(PROXY, headers) == who
    assert proxy_identity(Access(), headers) is None


@pytest.mark.parametrize(
    ("claims", "who"),
    [
        ({"sub": "7", "exp": 9, "email": "li@example.org", "name": "Li"}, ("7", "li@example.org", "Li", 9.0)),
        ({"sub": "7", "exp": 9, "email": "li@example.org", "email_verified": False}, ("7", "", "", 9.0)),
        ({"sub": "7", "exp": 9, "preferred_username": "li"}, ("7", "", "li", 9.0)),
        ({"sub": "7"}, None),
        ({"sub": "7", "exp": "tomorrow"}, None),
        ({"sub": "7", "exp": True}, None),
        ({"exp": 9, "email": "li@example.org"}, None),
        ({"sub": "", "exp": 9}, None),
        ({"sub": 7, "exp": 9}, None),
        ({}, None),
    ],
)
def test_what_a_provider_says(claims: dict[str, Any], who: tuple[str, str, str, float] | None) -> None:
    found = claims_identity(Access(), claims)
    assert (found and (found.subject, found.email, found.name, found.until)) == who


def test_groups_are_read_from_the_claims_named() -> None:
    claims = {"sub": "7", "exp": 9, "groups": ["a", 5], "roles": "b", "realm": ["c"]}
    found = claims_identity(Access(), claims)
    named = claims_identity(Access(group_claims=("realm",)), claims)
    assert found is not None
    assert named is not None
    assert (found.groups, named.groups) == ({"a", "b"}, {"c"})
