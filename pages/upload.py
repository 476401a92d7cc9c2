"""Upload: drop files, see what was understood, found and would change, then confirm."""

import streamlit as st

from data.model.errors import ServiceQualityError
from data.reading import TEXTS, WORKBOOKS
from locales import translator
from pages.shared.batches.history import history_with_undo
from pages.shared.frame.page import begin, chosen_version, freshness, plain_title
from pages.shared.frame.style import uploader_words
from pages.shared.session.language import current_language
from pages.shared.session.markup import say_error
from pages.shared.upload.coverage_grid import coverage_grid
from pages.shared.upload.fixes import fixes, layouts, organisation_of, ranks
from pages.shared.upload.plan import confirm, digest_of, planned, uploader_key
from pages.shared.upload.profile_editor import profile_editor
from pages.shared.upload.questions import ask
from pages.shared.upload.steps import ask_missing, changes, findings, result, understood
from pages.shared.upload.templates import templates

_ = translator(current_language())
lang, home = begin()
version = chosen_version(home)
if version is not None:
    freshness(lang, home, version)
kinds = ", ".join(ending.lstrip(".") for ending in (*WORKBOOKS, *TEXTS, ".zip"))
plain_title(
    _("Upload"),
    _("Drop the month's exports; nothing is written before you confirm"),
    _("{kinds}, as the source system writes them").format(kinds=kinds),
)
st.html(uploader_words(_("Choose files"), _("or drop them here")))
files = st.file_uploader(_("Files"), accept_multiple_files=True, key=uploader_key(), label_visibility="collapsed")
if not files:
    result(lang)
else:
    try:
        plan = planned(home, files, lang)
        understood(plan, lang)
        findings(plan, lang)
        ask(plan, digest_of(files), lang)
        layouts(home, plan, lang)
        fixes(home, plan, version, lang)
        profile_editor(home, plan, organisation_of(home, version), digest_of(files), lang)
        changes(plan, lang)
        missing = ask_missing(plan, lang)
        ranks(home, plan, version, missing, lang)
        good, total = len(plan.order), len(plan.files)
        label = _("Load the file") if total == 1 else _("Load {count} of {total} files").format(count=good, total=total)
        idle = (
            _("Correct the errors above and drop the files again.")
            if any(file.refused for file in plan.files)
            else _("Nothing of it is new.")
        )
        if st.button(label, type="primary", disabled=not good, help=None if good else idle):
            confirm(home, plan, missing, lang)
            st.rerun()
    except ServiceQualityError as problem:
        say_error(problem)
history_with_undo(home, lang)
coverage_grid(home, version, lang)
templates(lang)
