"""A real dashboard, asked over HTTP and its WebSocket as a browser does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@contextmanager
def dashboard(home: Path, address: str = "127.0.0.1", secrets: Path | None = None) -> Iterator[int]:
    """The port of a dashboard over `home` that answers at `address`, up while the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["run", "app.py", "--server.headless", "true", "--server.address", address, "--server.port", str(port)]
    if secrets is not None:
        words += ["--secrets.files", str(secrets)]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *words],
        cwd=ROOT,
        env={**os.environ, "SERVICE_QUALITY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            if status(port, "/_stcore/health") == 200:
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def answer(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and text of what the server answers; status 0 if nobody does."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=30) as found:
            return found.status, found.headers, found.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.headers, problem.read().decode("utf-8", "replace")
    except OSError:
        return 0, {}, ""


def status(port: int, path: str, headers: Mapping[str, str] | None = None) -> int:
    """The status of what the server answers."""
    return answer(port, path, headers)[0]


@contextmanager
def tab(
    port: int,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    host: str = "",
    token: str = "",
    page: str = "",
) -> Iterator[list[ForwardMsg]]:
    """Everything that a tab opened at `query` is sent in its first run, open while the block runs.

    WebSocketException where it is refused. host: the name by which the browser thinks that it reaches the server.
    token: against requests of other websites. page: the address of the page.
    """
    name = host or f"127.0.0.1:{port}"
    with connect(
        f"ws://{name}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),
        subprotocols=["streamlit", token] if token else ["streamlit"],  # type: ignore[list-item]
        additional_headers=dict(headers or {}),
        max_size=None,
    ) as socket_:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        socket_.send(asked.SerializeToString())
        found: list[ForwardMsg] = []
        while not found or found[-1].WhichOneof("type") != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(socket_.recv(timeout=PATIENCE))  # type: ignore[arg-type]
            found.append(message)
        yield found


def shown(
    port: int, query: str = "", headers: Mapping[str, str] | None = None, host: str = "", token: str = ""
) -> list[ForwardMsg] | None:
    """The same of a tab that is closed again; None where the WebSocket is refused."""
    try:
        with tab(port, query, headers, host, token) as found:
            return found
    except WebSocketException:
        return None


def words(messages: list[ForwardMsg]) -> str:
    """All text in what a tab was sent."""
    return "\n".join(message.SerializeToString().decode("utf-8", "replace") for message in messages)
