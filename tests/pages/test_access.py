"""Nobody sees a figure or the name of a unit without being known, whatever they ask for: over a real server."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.server import answer, dashboard, shown, status, tab, words

UNITS = ("大洋", "临海", "DY", "C01")
SECRET = "a-secret-of-the-proxy-0123456789"
ASKED = (
    "/",
    "/complaints?unit=DY&month=2025-11",
    "/upload",
    "/media/0a1b2c.csv",
    "/_stcore/upload_file/x/y",
    "/_stcore/host-config",
    "/auth/login",
    "/oauth2callback?state=x&code=y",
    "/static/index.html",
    "/_stcore/script-health-check",
)


@pytest.fixture(scope="module")
def open_to_all(light_home: Path) -> Iterator[int]:
    """A server that answers to every computer, without sign-in."""
    with dashboard(light_home, "0.0.0.0") as port:
        yield port


@pytest.fixture(scope="module")
def behind_proxy(light_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server behind a proxy that has signed people in."""
    home = Path(shutil.copytree(light_home, tmp_path_factory.mktemp("proxied") / "home"))
    (home / "access.toml").write_text(
        f"""
administrators = ["li.wei@example.org", "chen@example.org"]
hosts = ["quality.example.org"]
contact = "the quality office, 8013"
[proxy]
header = "X-Auth-Email"
secret_header = "X-Auth-Secret"
secret = "{SECRET}"
""",
        encoding="utf-8",
    )
    with dashboard(home, "0.0.0.0") as port:
        yield port


@pytest.mark.parametrize("path", ASKED)
def test_without_sign_in_a_server_that_answers_to_all_shows_nothing(open_to_all: int, path: str) -> None:
    code, _headers, body = answer(open_to_all, path)
    assert code == 403
    assert "docs/admin.md" in body
    assert "登录" in body
    assert "登入" in body
    assert not any(unit in body for unit in UNITS)


def test_nor_does_its_websocket(open_to_all: int) -> None:
    assert shown(open_to_all) is None
    assert status(open_to_all, "/_stcore/health") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Auth-Email": "li.wei@example.org"},
        {"X-Auth-Email": "li.wei@example.org", "X-Auth-Secret": ""},
        {"X-Auth-Email": "li.wei@example.org", "X-Auth-Secret": SECRET[:-1]},
        {"X-Auth-Secret": SECRET},
    ],
)
def test_a_header_is_believed_only_with_the_secret(behind_proxy: int, headers: dict[str, str]) -> None:
    found = shown(behind_proxy, headers=headers)
    assert found is not None
    said = words(found)
    assert "Ask the quality office, 8013" in said
    assert not any(unit in said for unit in UNITS)
    assert status(behind_proxy, "/media/0a1b2c.csv", headers) == 403


def test_the_administrator_of_the_configuration_is_let_in(behind_proxy: int) -> None:
    found = shown(behind_proxy, headers={"X-Auth-Email": "Li.Wei@example.org", "X-Auth-Secret": SECRET})
    assert found is not None
    assert "大洋" in words(found)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "nobody has allowed"), ("zh_Hans", "尚未获得"), ("zh_Hant", "尚未取得")]
)
def test_an_unknown_person_reads_whom_to_ask(behind_proxy: int, lang: str, said: str) -> None:
    found = shown(behind_proxy, f"lang={lang}", {"X-Auth-Email": "zhang@example.org", "X-Auth-Secret": SECRET})
    assert found is not None
    page = words(found)
    assert said in page
    assert "the quality office, 8013" in page
    assert not any(unit in page for unit in UNITS)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8501", "quality.example.org.x"]
)
def test_a_strange_name_is_refused(behind_proxy: int, open_to_all: int, host: str) -> None:
    for port in (behind_proxy, open_to_all):
        assert status(port, "/", {"Host": host}) in (403, 421)
        assert shown(port, host=host) is None


@pytest.mark.parametrize(("path", "code", "said"), [("/healthz", 200, "alive\n"), ("/readyz", 200, "ready\n")])
def test_a_supervisor_is_answered_also_while_nobody_is_let_in(
    open_to_all: int, behind_proxy: int, path: str, code: int, said: str
) -> None:
    for port in (open_to_all, behind_proxy):
        assert answer(port, path)[::2] == (code, said)


def test_figures_of_the_server_are_for_this_computer(open_to_all: int, behind_proxy: int) -> None:
    shown(behind_proxy, headers={"X-Auth-Email": "li.wei@example.org", "X-Auth-Secret": SECRET})
    code, _headers, body = answer(behind_proxy, "/metrics")
    figures = {line.split(" ")[0]: line.split(" ")[-1] for line in body.splitlines() if not line.startswith("#")}
    assert code == 200
    assert float(figures["service_quality_run_seconds_count"]) >= 1
    assert float(figures["service_quality_data_version"]) >= 1
    assert float(figures["service_quality_errors_total"]) == 0
    assert float(figures["process_resident_memory_bytes"]) > 1e7
    assert not any(unit in body for unit in UNITS)
    assert answer(behind_proxy, "/metrics", {"X-Forwarded-For": "10.0.0.7"})[0] == 403
    assert answer(open_to_all, "/metrics")[0] == 403


def test_a_server_without_data_is_not_ready(tmp_path: Path) -> None:
    with dashboard(tmp_path) as port:
        assert answer(port, "/healthz")[0] == 200
        assert answer(port, "/readyz")[::2] == (503, "NoData\n")


def test_a_file_is_for_whom_it_was_made(behind_proxy: int) -> None:
    """A file of another person is not handed out, though its address is known."""
    mine = {"X-Auth-Email": "li.wei@example.org", "X-Auth-Secret": SECRET}
    other = {"X-Auth-Email": "chen@example.org", "X-Auth-Secret": SECRET}
    with tab(behind_proxy, headers=mine, page="upload") as found:
        (address, *_more) = re.findall(r"/media/[0-9a-f]+\.[a-z]+", words(found))
        assert status(behind_proxy, address, mine) == 200
        for who in (other, {}, {**mine, "X-Auth-Secret": "guessed"}):
            assert status(behind_proxy, address, who) == 403
        with tab(behind_proxy, headers=other):
            assert status(behind_proxy, address, other) == 403


def test_no_website_may_frame_it(behind_proxy: int) -> None:
    code, headers, _body = answer(behind_proxy, "/", {"Host": "quality.example.org"})
    assert code == 200
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
