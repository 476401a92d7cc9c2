"""What stands before every request: no page, file or WebSocket to who may not have it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping
from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import PurePosixPath
from typing import Any

import streamlit as st
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from data.core.access import Access, BadAccess, read_access
from data.core.home import Home
from data.core.viewer import NOTHING, Identity, Viewer
from data.model.errors import ServiceQualityError
from data.snapshots.people import viewer_of
from data.snapshots.permits import note
from locales import LANGUAGES, Text
from pages.shared.session.requests import (
    allowed_hosts,
    claims_identity,
    comes_from_here,
    cookie_claims,
    host_name,
    is_loopback,
    provider_names,
    proxy_identity,
)

HEADERS = {
    b"content-security-policy": b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}
HEADERS_AS_TEXT = {name.decode(): value.decode() for name, value in HEADERS.items()}
OPEN = ("/_stcore/health", "/healthz", "/readyz")
"""What says only that the server is up."""
MEDIA = "/media/"
PERSONAL = (MEDIA, "/_stcore/upload_file")
SIGNING_IN = ("/auth/login", "/oauth2callback")
FORBIDDEN, MISDIRECTED = 403, 421
NOT_HERE = Text(
    "This dashboard can be reached from other computers, and sign-in is not set up. No figure is shown until it is. "
    "Whoever runs it: docs/admin.md says how.",
    "其他计算机可以访问本看板，但尚未设置登录。设置登录之前不显示任何数据。运维人员请按 docs/admin.md 设置。",
    "其他電腦可以存取本看板，但尚未設定登入。設定登入之前不顯示任何資料。維運人員請依 docs/admin.md 設定。",
)
NOT_SET_UP = Text(
    "Sign-in is not set up correctly; the file access.toml cannot be used as it stands.",
    "登录设置有误：access.toml 无法使用。",
    "登入設定有誤：access.toml 無法使用。",
)
OTHER_NAME = Text("This dashboard is not reached by that name.", "本看板不能以该名称访问。", "本看板不能以該名稱存取。")
NOT_YOURS = Text(
    "This file is not yours, or your sign-in has ended.",
    "该文件不属于您，或登录已结束。",
    "該檔案不屬於您，或登入已結束。",
)
FAILED = Text(
    "The sign-in cannot be reached or has refused. Try again later.",
    "登录服务无法访问或已拒绝，请稍后重试。",
    "登入服務無法存取或已拒絕，請稍後重試。",
)
ASK = Text("Whom to ask: {contact}", "请联系：{contact}", "請聯絡：{contact}")
OPERATOR = Text("whoever runs the dashboard", "看板运维人员", "看板維運人員")


class Gate:
    """The ASGI application behind it, for who may reach it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is None:
            await self.app(scope, receive, _with_headers(scope, _recording(scope, send)))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            status, message = refusal
            await HTMLResponse(_page(message), status, HEADERS_AS_TEXT)(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, Text] | None:
    """The status and the message with which a request is refused; None: it may pass."""
    path = str(scope["path"])
    if path in OPEN:
        return None
    headers = _headers(scope)
    peer = scope["client"][0] if scope.get("client") else None
    home = Home.resolve()
    try:
        access = read_access(home)
    except BadAccess:
        return FORBIDDEN, NOT_SET_UP
    if access.proxy is None and not provider_names():
        return None if comes_from_here(headers, peer) else _not_here(headers)
    host = host_name(headers.get("host"))
    if not is_loopback(host) and host not in allowed_hosts(access):
        return MISDIRECTED, OTHER_NAME
    if path.startswith(PERSONAL) and not _may_have(home, access, headers, path):
        return FORBIDDEN, NOT_YOURS
    return None


def _not_here(headers: Mapping[str, str]) -> tuple[int, Text]:
    """At a strange name on this computer it may be another website's name, led here; else sign-in lacks."""
    known = is_loopback(host_name(headers.get("host"))) or not is_loopback(config.get_option("server.address"))
    return (FORBIDDEN, NOT_HERE) if known else (MISDIRECTED, OTHER_NAME)


def _may_have(home: Home, access: Access, headers: Mapping[str, str], path: str) -> bool:
    """Whether a file was made for who asks, and they are still let in."""
    try:
        identity = _identity(access, headers)
        if identity is None or identity.ended or viewer_of(home, identity, access) is None:
            return False
    except (ServiceQualityError, ValueError):
        return False
    return not path.startswith(MEDIA) or _is_theirs(PurePosixPath(path).stem, identity, access)


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _is_theirs(file: str, identity: Identity, access: Access) -> bool:
    """Whether a session of the same person shows the file.

    Streamlit hands its files out to whoever knows their name; where it keeps them otherwise one day, nobody gets any.
    """
    try:
        runtime = st.runtime.get_instance()
        sessions = runtime.media_file_mgr._files_by_session_and_coord
        holding = [name for name, files in list(sessions.items()) if any(one == file for one in files.values())]
        return any(_subject(runtime, name, access) == identity.subject for name in holding)
    except (AttributeError, RuntimeError):
        return False


def _subject(runtime: Any, session: str, access: Access) -> str | None:
    """Who opened a session."""
    found = runtime._session_mgr.get_session_info(session)
    if found is None:
        return None
    headers = {name.lower(): value for name, value in found.client.client_context.headers} if found.client else {}
    who = proxy_identity(access, headers) or claims_identity(access, found.session._user_info)
    return who.subject if who else None


def _recording(scope: Scope, send: Send) -> Send:
    """Records each file that somebody takes away."""
    if not str(scope["path"]).startswith(MEDIA):
        return send

    async def sending(message: Message) -> None:
        names = {name.lower() for name, _value in message.get("headers", ())}
        if message["type"] == "http.response.start" and message["status"] == 200 and b"content-disposition" in names:
            await to_thread(_record_export, scope)
        await send(message)

    return sending


def _record_export(scope: Scope) -> None:
    home, headers = Home.resolve(), _headers(scope)
    identity = _identity(read_access(home), headers)
    seen = home.of(Viewer(identity, "viewer", NOTHING)) if identity else home
    note(seen, "export", file=PurePosixPath(str(scope["path"])).name)


def _headers(scope: Scope) -> dict[str, str]:
    """The headers of a request, by name in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _identity(access: Access, headers: Mapping[str, str]) -> Identity | None:
    """Who asks; None where nobody signed in."""
    return proxy_identity(access, headers) or claims_identity(access, cookie_claims(_cookies(headers)))


def _with_headers(scope: Scope, send: Send) -> Send:
    """Adds to each answer what keeps other websites out; a sign-in that failed says whom to ask."""
    failed = False

    async def sending(message: Message) -> None:
        nonlocal failed
        if message["type"] == "http.response.start":
            failed = scope["path"] in SIGNING_IN and message["status"] >= 400
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
            if failed:
                kept = [
                    (name, value) for name, value in kept if name.lower() not in (b"content-length", b"content-type")
                ]
                kept.append((b"content-type", b"text/html; charset=utf-8"))
            message = {**message, "headers": [*kept, *HEADERS.items()]}
        elif message["type"] == "http.response.body" and failed:
            if message.get("more_body"):
                return
            message = {"type": "http.response.body", "body": _page(FAILED).encode()}
        await send(message)

    return sending


def _page(message: Text) -> str:
    """A page that says one thing in every language: who asks is not known, nor what they read."""
    try:
        contact = read_access(Home.resolve()).contact
    except BadAccess:
        contact = ""
    said = [f"{message.to(lang)} {ASK.to(lang).format(contact=contact or OPERATOR.to(lang))}" for lang in LANGUAGES]
    lines = "".join(f"<p>{escape(one)}</p>" for one in said)
    return f'<!doctype html><html><meta charset="utf-8"><title>–</title><body>{lines}</body></html>'
