"""A dashboard started for the purpose, and one headless Chromium that looks at it.

Chromium is spoken to through a pipe: no port, no driver to install.
"""

from __future__ import annotations

import base64
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock

from data.core.home import HOME_VARIABLE, Home
from reports.chromium import FLAGS, LOCK, SECONDS, NoBrowser, find_browser

ROOT = Path(__file__).resolve().parents[1]
WIDE, TALL, TALLEST = 1920, 1080, 8000
# The script has run, nothing is being fetched, and something is there.
READY = """(() => {
const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector('[data-testid=stMain]');
const quiet = app?.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-testid=stSkeleton]');
return quiet && main?.innerText.length > 40 ? main.innerHTML.length : 0;
})()"""
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
STILL = 3
# Chromium reads its commands from 3 and answers on 4: puts the two ends there, whatever their numbers are, and becomes
# it.
LAUNCH = """import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD_CLOEXEC, 10) for end in sys.argv[1:3]]
for end in sys.argv[1:3]: os.set_inheritable(int(end), False)
for end, number in zip(ends, (3, 4)): os.dup2(end, number)
os.execv(sys.argv[3], sys.argv[3:])"""


@contextmanager
def run_dashboard(home: Home) -> Iterator[str]:
    """The address of a dashboard over `home`, up while the block runs.

    It is reached on this machine only; NoBrowser if it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(ROOT / "app.py"),
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
        ],
        cwd=ROOT,
        env={**os.environ, HOME_VARIABLE: str(home.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise NoBrowser(
        "The dashboard that the pictures are taken of did not start; try again when the machine is less busy."
    )


class BrowserPage:
    """One page in one Chromium; only one is up at a time on this machine."""

    def __init__(self) -> None:
        if os.name == "nt":
            raise NoBrowser("Pictures of pages are taken on Linux and macOS only; charts are drawn everywhere.")
        self.command = find_browser()
        self.lock = FileLock(LOCK, timeout=SECONDS * 4)
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.number, self.session, self.rest = 0, "", b""

    def __enter__(self) -> BrowserPage:
        self.lock.acquire()
        read_end, self.commands = os.pipe()
        self.answers, write_end = os.pipe()
        words = [
            sys.executable,
            "-c",
            LAUNCH,
            str(read_end),
            str(write_end),
            self.command,
            *FLAGS,
            "--remote-debugging-pipe",
            f"--user-data-dir={self.profile.name}",
            "about:blank",
        ]
        self.process = subprocess.Popen(
            words, pass_fds=(read_end, write_end), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(read_end)
        os.close(write_end)
        try:
            target = self._call("Target.createTarget", url="about:blank")["targetId"]
            self.session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.commands)
        os.close(self.answers)
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.profile.cleanup()
        self.lock.release()

    def open(self, address: str) -> None:
        """Goes to `address` and waits until the page stands still."""
        self._size(TALL)
        self._call("Page.navigate", url=address)
        self._settle(address)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression on the page."""
        return self._call("Runtime.evaluate", expression=expression, returnByValue=True).get("result", {}).get("value")

    def screenshot(self) -> bytes:
        """The page as PNG, whole: as high as what it shows, at least 1080."""
        tall = int(self.evaluate(HEIGHT) or TALL)
        if tall > TALL:
            self._size(min(tall, TALLEST))
            self._settle("")
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def _size(self, tall: int) -> None:
        self._call("Emulation.setDeviceMetricsOverride", width=WIDE, height=tall, deviceScaleFactor=1, mobile=False)

    def _settle(self, address: str) -> None:
        end, last, still = time.monotonic() + SECONDS, 0, 0
        while still < STILL:
            if time.monotonic() > end:
                raise NoBrowser(f"The page did not come to rest within {SECONDS} seconds: {address}")
            time.sleep(0.4)
            found = int(self.evaluate(READY) or 0)
            still = still + 1 if found and found == last else 0
            last = found

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command of the DevTools protocol; NoBrowser if there is none in time."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params} | (
            {"sessionId": self.session} if self.session else {}
        )
        try:
            os.write(self.commands, json.dumps(message).encode() + b"\0")
        except OSError as problem:
            raise NoBrowser("Chromium has ended; try again when the machine is less busy.") from problem
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            *whole, self.rest = self.rest.split(b"\0")
            for place, one in enumerate(whole):
                answer = json.loads(one)
                if answer.get("id") == self.number:
                    self.rest = b"\0".join([*whole[place + 1 :], self.rest])
                    return dict(answer.get("result", {}))
            if select.select([self.answers], [], [], 1.0)[0]:
                got = os.read(self.answers, 1 << 20)
                if not got:
                    break
                self.rest += got
        raise NoBrowser(f"Chromium did not answer within {SECONDS} seconds; try again when the machine is less busy.")
