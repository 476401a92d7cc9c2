"""Upload: drop files, see what was understood, found and would change, then confirm."""

from contextlib import suppress

import streamlit as st

from data.model.errors import Outdated, ServiceQualityError
from data.reading import TEXTS, WORKBOOKS
from locales import translator
from pages.shared.batches.history import history_with_undo
from pages.shared.frame.page import chosen_version, plain_title, show_freshness, start_page
from pages.shared.frame.style import uploader_style
from pages.shared.session.language import current_language
from pages.shared.session.markup import show_error
from pages.shared.upload.cell_changes import show_cells
from pages.shared.upload.coverage_grid import coverage_grid
from pages.shared.upload.dropped import dropped_files
from pages.shared.upload.fixes import fix_buttons, layout_updates, published_organisation, rank_changes
from pages.shared.upload.outdated import show_outdated
from pages.shared.upload.plan import confirm_upload, files_digest, plan_upload
from pages.shared.upload.profile_editor import profile_editor
from pages.shared.upload.questions import ask_questions
from pages.shared.upload.scope import ask_cells_only
from pages.shared.upload.steps import ask_missing, show_changes, show_findings, show_result, show_understood
from pages.shared.upload.templates import template_downloads

_ = translator(current_language())
lang, home = start_page()
version = chosen_version(home)
if version is not None:
    show_freshness(lang, home, version)
kinds = ", ".join(ending.lstrip(".") for ending in (*WORKBOOKS, *TEXTS, ".zip"))
plain_title(
    _("Upload"),
    _("Drop the month's exports; nothing is written before you confirm"),
    _("{kinds}, as the source system writes them").format(kinds=kinds),
)
st.html(uploader_style(_("Choose files"), _("or drop them here")))
files = dropped_files(_("Files"), lang)
if not files:
    show_result(lang)
else:
    try:
        cells_only = ask_cells_only(lang)
        plan = plan_upload(home, files, cells_only, lang)
        organisation = published_organisation(home, version)
        show_outdated(home, lang)
        show_understood(plan, lang)
        show_findings(plan, lang)
        ask_questions(plan, files_digest(files), lang)
        layout_updates(home, plan, lang)
        fix_buttons(home, plan, version, lang)
        profile_editor(home, plan, organisation, files_digest(files), lang)
        show_changes(plan, lang)
        show_cells(plan, organisation, lang)
        missing = ask_missing(plan, lang)
        rank_changes(home, plan, version, missing, lang)
        good, total = len(plan.order), len(plan.files)
        label = _("Load the file") if total == 1 else _("Load {count} of {total} files").format(count=good, total=total)
        idle = (
            _("Correct the errors above and drop the files again.")
            if any(file.refused for file in plan.files)
            else _("Nothing of it is new.")
        )
        # Of the version that was looked at: a click on the preview of another one confirms nothing.
        key = f"confirm_upload_{plan.version}"
        if st.button(label, type="primary", disabled=not good, help=None if good else idle, key=key):
            with suppress(Outdated):  # somebody was faster: the next run says so
                confirm_upload(home, plan, missing, lang)
            st.rerun()
    except ServiceQualityError as problem:
        show_error(problem)
history_with_undo(home, lang)
coverage_grid(home, version, lang)
template_downloads(lang)
