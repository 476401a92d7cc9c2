"""What a supervisor asks of the server: whether it lives, whether it can show figures, and how it does.

Figures of the department never stand here; still, only this computer is answered in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.core.home import Home
from data.core.version import VERSION as PROGRAM_VERSION
from data.model.errors import ServiceQualityError
from data.snapshots.reader import current_version, open_snapshot
from pages.shared.session.requests import FORWARDED, is_loopback

PREFIX = "service_quality_"
SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
UNAVAILABLE, FORBIDDEN = 503, 403


def _kept(name: str, make: type, about: str, **how: object):  # type: ignore[no-untyped-def]
    """A figure of the registry, made once: Streamlit reads modules again that were changed."""
    held = getattr(REGISTRY, "_names_to_collectors", {}).get(PREFIX + name)
    return held or make(PREFIX + name, about, **how)


RUNS = _kept("run_seconds", Histogram, "Time of a page's run", buckets=SECONDS)
ERRORS = _kept("errors_total", Counter, "Runs of pages that ended in an error")
SESSIONS = _kept("sessions", Gauge, "Open tabs")
VERSION = _kept("data_version", Gauge, "The newest published version of the data")
LOADS = _kept("batches", Gauge, "Batches in the newest version")
PROGRAM = _kept("program", Gauge, "The version of the program", labelnames=("version",))


@contextmanager
def measured_run() -> Iterator[None]:
    """Counts a page's run, its time and whether it ended in an error."""
    with RUNS.time():
        try:
            yield
        except Exception:
            ERRORS.inc()
            raise


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _ready(_request: Request) -> Response:
    problem = await run_in_threadpool(_not_ready)
    return PlainTextResponse("ready\n") if problem is None else PlainTextResponse(f"{problem}\n", UNAVAILABLE)


def _not_ready() -> str | None:
    """Why no version can be shown, without a path; None if one opens."""
    try:
        open_snapshot(Home.resolve()).months()
    except ServiceQualityError as problem:
        return type(problem).__name__
    except OSError:
        return "OSError"
    return None


async def _metrics(request: Request) -> Response:
    peer = request.client.host if request.client else None
    if not is_loopback(peer) or any(name in request.headers for name in FORWARDED):
        return PlainTextResponse("only for this computer\n", FORBIDDEN)
    return Response(await run_in_threadpool(_exposed), media_type=CONTENT_TYPE_LATEST)


def _exposed() -> bytes:
    SESSIONS.set(st.runtime.get_instance()._session_mgr.num_active_sessions())
    PROGRAM.labels(PROGRAM_VERSION).set(1)
    home = Home.resolve()
    try:
        VERSION.set(current_version(home) or 0)
        LOADS.set(len(open_snapshot(home).batches()))
    except (ServiceQualityError, OSError):
        LOADS.set(0)
    return generate_latest(REGISTRY)


ROUTES = (Route("/healthz", _alive), Route("/readyz", _ready), Route("/metrics", _metrics))
