"""Who has signed in with a provider sees what they may, as long as the sign-in holds: over a real server."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from data.core.audit import entries
from data.core.home import Home
from data.loading.commit import load
from tests.pages.server import answer, dashboard, shown, words

COOKIE_SECRET = "what signs the cookies of this server"
SECRETS = f"""
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
[auth.office]
client_id = "dashboard"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
[auth.head]
client_id = "dashboard"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
PEOPLE = """person,role,unit,personal_data,since,until
li@example.org,administrator,,,,
wang@example.org,viewer,{unit},,,
gone@example.org,viewer,{unit},,,2020-01-01
group:quality,analyst,{unit},,,
"""
LATER = time.time() + 3600


@dataclass(frozen=True)
class Server:
    """A dashboard with two providers; its people are those of PEOPLE."""

    port: int
    home: Home

    def page(self, query: str = "", secret: str = COOKIE_SECRET, **claims: Any) -> str:
        """What somebody sees with these claims in a cookie that is signed with `secret`; no cookie without claims."""
        origin, token = f"http://127.0.0.1:{self.port}", generate_xsrf_token_string()
        cookies = f"_streamlit_xsrf={token}"
        if claims:
            held = json.dumps({"is_logged_in": True, "origin": origin, "iss": "https://office", **claims})
            cookies += f"; _streamlit_user={create_signed_value(secret, '_streamlit_user', held).decode()}"
        found = shown(self.port, query, {"Cookie": cookies, "Origin": origin}, token=token)
        assert found is not None
        return words(found)


@pytest.fixture(scope="module")
def server(light_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("signed")
    home = Home(Path(shutil.copytree(light_home, folder / "home")))
    (folder / "people.csv").write_text(PEOPLE.format(unit="大洋"), encoding="utf-8")
    assert load(home, [folder / "people.csv"]).committed
    (home.path / "access.toml").write_text('contact = "the quality office"\n', encoding="utf-8")
    (folder / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    with dashboard(home.path, "0.0.0.0", folder / "secrets.toml") as port:
        yield Server(port, home)


def test_who_has_not_signed_in_is_offered_every_provider(server: Server) -> None:
    page = server.page()
    assert "Sign in with office" in page
    assert "Sign in with head" in page
    assert "大洋" not in page


def test_who_has_signed_in_sees_figures(server: Server) -> None:
    page = server.page(sub="1", email="li@example.org", exp=LATER)
    assert "大洋" in page
    assert "Sign out" in page


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"sub": "1", "email": "li@example.org", "exp": time.time() - 1}, "Your sign-in has ended"),
        ({"sub": "1", "email": "li@example.org"}, "does not say who you are and until when"),
        ({"email": "li@example.org", "exp": LATER}, "does not say who you are and until when"),
        ({"sub": "1", "email": "li@example.org", "email_verified": False, "exp": LATER}, "nobody has allowed"),
        ({"sub": "1", "email": "gone@example.org", "exp": LATER}, "nobody has allowed"),
        ({"sub": "1", "email": "zhao@example.org", "exp": LATER}, "nobody has allowed"),
        ({"sub": "1", "email": "zhao@example.org", "groups": ["sales"], "exp": LATER}, "nobody has allowed"),
        ({"sub": "1", "email": "gone@example.org", "groups": ["quality"], "exp": LATER}, "nobody has allowed"),
    ],
)
def test_who_may_not_reads_why(server: Server, claims: dict[str, Any], said: str) -> None:
    page = server.page(**claims)
    assert said in page
    assert "大洋" not in page


def test_a_group_lets_its_members_in(server: Server) -> None:
    assert "大洋" in server.page(sub="2", groups=["quality"], exp=LATER)


def test_a_cookie_that_somebody_else_signed_is_none(server: Server) -> None:
    page = server.page(secret="guessed", sub="1", email="li@example.org", exp=LATER)
    assert "Sign in with office" in page
    assert "大洋" not in page


def test_a_provider_that_is_down_is_said_with_whom_to_ask(server: Server) -> None:
    _code, _headers, body = answer(server.port, "/auth/login?provider=nothing")
    assert "大洋" not in body
    # What the button of the provider opens.
    key = OctKey.import_key(COOKIE_SECRET)
    token = jwt.encode({"alg": "HS256"}, {"provider": "office", "exp": int(LATER)}, key)
    code, _headers, body = answer(server.port, f"/auth/login?provider={token}")
    assert code == 400
    assert "The sign-in cannot be reached or has refused" in body
    assert "请联系：the quality office" in body


def test_who_signed_in_and_who_was_refused_is_written_down(server: Server) -> None:
    server.page(sub="41", email="li@example.org", exp=LATER)
    server.page(sub="42", email="zhao@example.org", exp=LATER)
    said = [(line["who"], line["role"], line["event"]) for line in entries(server.home)]
    assert ("li@example.org", "administrator", "sign_in") in said
    assert ("zhao@example.org", "viewer", "refused") in said
