"""Tables: targets, weights, units, events, notes and actions, edited as checked, undoable batches."""

import streamlit as st

from data.feeds import feed_named
from data.model.errors import NoData, ServiceQualityError
from data.snapshots.writer import EDITABLE
from locales import translator
from pages.shared.batches.history import history_with_undo
from pages.shared.cache.results import catalogue_of, snapshot_of
from pages.shared.frame.page import chosen_version, explain_empty, plain_title, show_freshness, start_page
from pages.shared.session import url_state
from pages.shared.session.language import current_language
from pages.shared.tables.drafts import has_unsaved
from pages.shared.tables.editor import show_saved, table_editor

_ = translator(current_language())
lang, home = start_page()
question = _("Tables")
try:
    version = chosen_version(home)
    if version is None:
        raise NoData
    snapshot = snapshot_of(home, version)
except NoData:
    explain_empty(lang, question)
    raise
except ServiceQualityError as problem:
    explain_empty(lang, question, str(problem))
    raise
show_freshness(lang, home, version)
titles = {name: feed_named(name).title.to(lang) for name in EDITABLE if name != "people" or home.viewer.may("people")}
chosen = url_state.read("table")
feed = feed_named(chosen if chosen in titles else EDITABLE[0])
plain_title(
    question,
    _("{table}: every change is checked, kept with its author, and can be undone").format(table=feed.title.to(lang)),
    feed.grain.to(lang),
)
with st.container(key="choices"):
    marked = {
        name: f"{title} ✎" if has_unsaved(name) and name != feed.name else title for name, title in titles.items()
    }
    url_state.choose(question, "table", list(titles), shown=marked.__getitem__, buttons=True)
url_state.flush()
show_saved(feed, lang)
metrics = {metric.code: metric for metric in catalogue_of(home, version)}
table_editor(home, snapshot, version, feed, metrics, lang)
history_with_undo(home, lang, feed.name)
