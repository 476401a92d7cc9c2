"""PDF and PNG through the Chromium that is installed.

One at a time, with a time limit, and a clear message where there is none.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from charts.offline import Figure, figure_json, plotly_script
from data.model.errors import ServiceQualityError

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
VARIABLE = "SERVICE_QUALITY_CHROMIUM"
SECONDS = 120
# One Chromium at a time on this machine; who waits lets a few others finish.
PATIENCE = 4 * SECONDS
LOCK = Path(tempfile.gettempdir()) / "service-quality-chromium.lock"
# A container's root has no sandbox to offer.
FLAGS = (
    "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
)  # fmt: skip
WIDE, TALL, SCALE = 1280, 720, 2
# As wide as the printed part of a sheet of A4, so that charts fill it.
SHEET = "1080,760"
_PICTURE = re.compile(r'<pre id="picture-([^"]+)">data:image/png;base64,([^<]+)</pre>')


class NoBrowser(ServiceQualityError):
    """The operator must act: no Chromium is installed, or it cannot be started, is busy, or does not answer."""


def find_browser() -> str:
    """The Chromium to use; NoBrowser says how to get one."""
    named = os.environ.get(VARIABLE)
    found = (
        named
        if named and Path(named).is_file()
        else next((path for name in NAMES if (path := shutil.which(name))), None)
    )
    if not found:
        raise NoBrowser(
            f"PDF and PNG need a Chromium, and none was found. Install one (Debian: apt-get install chromium), or "
            f"name it in {VARIABLE}; or print the HTML file from any browser."
        )
    return found


def write_pdf(page: Path, path: Path) -> None:
    """Prints the HTML file `page` to `path`; NoBrowser if there is no Chromium or it takes too long."""
    _run(
        f"--print-to-pdf={path}",
        "--no-pdf-header-footer",
        f"--window-size={SHEET}",
        "--virtual-time-budget=20000",
        page.resolve().as_uri(),
    )
    if not path.is_file():
        raise NoBrowser(f"Chromium wrote no PDF of {page.name}; print the HTML file from a browser.")


def write_pictures(figures: Mapping[str, Figure], folder: Path) -> list[Path]:
    """A PNG of each figure, named by its key, at twice the size of a slide's chart; all drawn in one browser."""
    if not figures:
        return []
    drawn = {name: figure_json(figure) for name, figure in figures.items()}
    script = (
        "const all=" + json.dumps(drawn).replace("<", "\\u003c") + ";"
        "(async()=>{for(const [name,f] of Object.entries(all)){f.layout.paper_bgcolor='#FFFFFF';"
        f"const url=await Plotly.toImage({{data:f.data,layout:{{...f.layout,width:{WIDE},height:{TALL}}}}},"
        f"{{format:'png',width:{WIDE},height:{TALL},scale:{SCALE}}});"
        "const pre=document.createElement('pre');pre.id='picture-'+encodeURIComponent(name);"
        "pre.textContent=url;document.body.append(pre);}})();"
    )
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "pictures.html"
        page.write_text(
            f'<!doctype html><meta charset="utf-8"><script>{plotly_script()}</script><body><script>{script}</script>'
            "</body>",
            "utf-8",
        )
        dumped = _run("--dump-dom", "--virtual-time-budget=60000", page.as_uri())
    found = []
    folder.mkdir(parents=True, exist_ok=True)
    keys = {_encoded(name): name for name in drawn}
    for code, picture in _PICTURE.findall(dumped):
        path = folder / f"{keys[html.unescape(code)]}.png"
        path.write_bytes(base64.b64decode(picture))
        found.append(path)
    if len(found) != len(drawn):
        raise NoBrowser(f"Chromium drew {len(found)} of {len(drawn)} charts; try again when the machine is less busy.")
    return found


def _encoded(name: str) -> str:
    """As JavaScript's encodeURIComponent writes it."""
    from urllib.parse import quote

    return quote(name, safe="!'()*-._~")


def _run(*words: str) -> str:
    """One Chromium at a time on this machine; what it prints."""
    command = [find_browser(), *FLAGS]
    try:
        with FileLock(LOCK, timeout=PATIENCE), tempfile.TemporaryDirectory() as profile:
            return subprocess.run(
                [*command, f"--user-data-dir={profile}", *words],
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            ).stdout
    except Timeout as problem:
        raise NoBrowser(f"Another pack kept Chromium busy for {PATIENCE:g} seconds; try again later.") from problem
    except subprocess.TimeoutExpired as problem:
        raise NoBrowser(
            f"Chromium did not answer within {SECONDS:g} seconds; try again when the machine is less busy."
        ) from problem
    except OSError as problem:
        raise NoBrowser(f"Chromium cannot be started ({problem}).") from problem
