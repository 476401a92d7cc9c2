"""An upload on its way: the dropped files on disk, the plan made of them, and what came of it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from data.core.home import Home
from data.loading.commit import commit
from data.loading.plan import LoadOptions, Missing, Plan, plan
from data.loading.report import LoadReport
from data.operations.fixes import leave_out_errors
from locales import text
from pages.shared.cache.results import latest_version
from pages.shared.frame.page import follow_latest
from pages.shared.session.progress import cancellable_progress
from pages.shared.upload.questions import given_answers

PLAN, RESULT, ROUND, LEAVE_OUT = "upload_plan", "upload_result", "upload_round", "upload_leave_out"
DROPPED, KEPT, OUTDATED = "upload_dropped", "upload_kept", "upload_outdated"
"""All files dropped, those of an earlier visit, and the version of a preview after which somebody else loaded."""
BASE, BOOK = "profile_base", "profile_book"
"""What the profile editor keeps of a dropped file: where it began, and the file as read."""


def uploader_key() -> str:
    """A new key after each commit, so that the box is empty again."""
    return f"upload_files_{st.session_state.get(ROUND, 0)}"


def files_digest(files: Sequence) -> str:
    """What tells one set of dropped files from another."""
    return hashlib.sha256("".join(f"{file.name}{file.file_id}" for file in files).encode()).hexdigest()


def plan_upload(home: Home, files: Sequence, cells_only: bool, lang: str) -> Plan:
    """What the files would change; worked out once per files and version.

    Where somebody else loaded since they were looked at, OUTDATED keeps the version of then.
    """
    digest = files_digest(files)
    leave_out = bool(st.session_state.get(LEAVE_OUT))
    choices = given_answers(digest)
    key = (digest, latest_version(home), leave_out, choices, cells_only)
    kept = st.session_state.get(PLAN)
    if kept and kept[0] == key:
        return kept[1]
    seen = st.session_state.get(OUTDATED, kept[1].version) if kept and kept[0][0] == digest else None
    changed = seen is not None and seen != (latest_version(home) or 0)
    forget_plan()
    if changed:
        st.session_state[OUTDATED] = seen
    folder = Path(tempfile.mkdtemp(prefix="upload-"))
    try:
        paths = [_written(folder / str(number), file) for number, file in enumerate(files)]
        with cancellable_progress(
            text(lang, "Reading"), lang, key="cancel_reading", on_cancel=reset_upload
        ) as progress:
            made = plan(
                home,
                paths,
                LoadOptions(
                    adjust=leave_out_errors if leave_out else None,
                    choices=choices,
                    progress=progress,
                    cells_only=cells_only,
                ),
            )
    except BaseException:  # a click on Cancel too
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # The files are needed until the plan is committed or forgotten; at the latest they go with the session.
    weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)
    st.session_state[PLAN] = (key, made, folder)
    st.session_state.pop(RESULT, None)
    return made


def _written(folder: Path, file: Any) -> Path:
    folder.mkdir()
    path = folder / Path(file.name).name
    path.write_bytes(file.getvalue())
    return path


def reset_upload() -> None:
    """Empties the box and forgets what was made of its files."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    for name in (DROPPED, KEPT):
        st.session_state.pop(name, None)
    forget_plan()


def forget_plan() -> None:
    """Lets the plan, its copies of the files and what was read of them go; what is still in the box is planned anew."""
    for name in (BASE, BOOK, OUTDATED):
        st.session_state.pop(name, None)
    if kept := st.session_state.pop(PLAN, None):
        shutil.rmtree(kept[2], ignore_errors=True)


def confirm_upload(home: Home, made: Plan, missing: Missing, lang: str) -> LoadReport:
    """Commits the plan, shows the newest version from now on, and empties the box."""
    with cancellable_progress(text(lang, "Loading"), lang, key="cancel_loading", on_cancel=reset_upload) as progress:
        report = commit(home, made, missing=missing, progress=progress)
    st.session_state[RESULT] = report
    reset_upload()
    follow_latest()
    return report
