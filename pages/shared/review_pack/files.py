"""The files of a review pack on the screen: which kinds are wanted, and the downloads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from locales import text
from pages.shared import view
from pages.shared.session.markup import escape_markdown
from pages.shared.session.selection import Selection
from reports.pack import ADDRESS, FORMATS, Pack, PackOptions, Progress, write_pack

MIME = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def choose_formats(lang: str) -> list[str]:
    """Shows a choice of the pack's file formats and returns those chosen."""
    names = {
        "pptx": text(lang, "Slides (PowerPoint)"),
        "xlsx": text(lang, "Workbook (Excel)"),
        "html": text(lang, "Report (HTML)"),
        "pdf": text(lang, "Report (PDF)"),
        "png": text(lang, "Charts (PNG)"),
    }
    found = st.pills(
        text(lang, "Files"),
        FORMATS,
        default=["pptx", "xlsx", "html"],
        selection_mode="multi",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return list(found)


def dashboard_address() -> str:
    """The dashboard's address as this reader reaches it, so that the pack's link works for others."""
    address = urlsplit(st.context.url or "")
    folder = address.path.rsplit("/", 1)[0]
    return f"{address.scheme}://{address.netloc}{folder}" if address.netloc else ADDRESS


def progress_on(bar: DeltaGenerator) -> Progress:
    """A listener that shows the progress of a pack on a bar."""

    def tell(share: float, name: str) -> None:
        bar.progress(share, text=escape_markdown(name))

    return tell


@dataclass(frozen=True)
class FinishedPack:
    """A pack whose folder is gone.

    pack: what was written.
    contents: its files by name.
    """

    pack: Pack
    contents: Mapping[str, bytes]


def make_pack(selection: Selection, formats: Sequence[str], progress: Progress) -> FinishedPack:
    """The pack of the selection, made in a folder that is removed once its files are read."""
    with TemporaryDirectory(prefix="pack-") as folder:
        options = PackOptions(
            month=selection.month,
            out=Path(folder),
            period=selection.period,
            lang=selection.lang,
            formats=formats,
            address=dashboard_address(),
        )
        pack = write_pack(selection.home, view.figures(selection), selection.unit, options, progress)
        return FinishedPack(pack, {name: (pack.folder / name).read_bytes() for name in pack.files})


def download_buttons(finished: FinishedPack, lang: str) -> None:
    """Shows a button for the whole pack as one zip, and one for each file."""
    pack = finished.pack
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in finished.contents.items():
            archive.writestr(name, content)
    st.download_button(
        text(lang, "Download all files ({count})", count=len(pack.files)),
        packed.getvalue(),
        f"{pack.folder.name}.zip",
        "application/zip",
        type="primary",
        on_click="ignore",
        icon=":material/folder_zip:",
    )
    for place, (name, content) in enumerate(finished.contents.items()):
        if "/" in name:
            continue
        ending = Path(name).suffix
        called = f"{pack.folder.name}{ending}"
        st.download_button(
            escape_markdown(called), content, called, MIME.get(ending), key=f"pack_{place}", on_click="ignore"
        )
    for kind, reason in pack.skipped.items():
        st.warning(escape_markdown(f"{kind}: {reason}"), icon=":material/warning:")
    st.caption(
        text(
            lang,
            "{slides} slides and {tables} tables of {rows} rows, each figure as the database has it; version "
            "{version} is kept for this link:",
            slides=pack.slides,
            rows=f"{sum(pack.rows.values()):,}",
            tables=len(pack.rows),
            version=pack.version,
        )
    )
    st.code(pack.link, language=None)
