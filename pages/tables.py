"""Tables: targets, weights, units, events, notes and actions, edited as checked, undoable batches."""

import streamlit as st

from data.feeds import feed_named
from data.model.errors import NoData, ServiceQualityError
from data.snapshots.writer import EDITABLE
from locales import translator
from pages.shared.batches.history import history_with_undo
from pages.shared.cache.results import catalogue_of, snapshot_of
from pages.shared.frame.page import begin, chosen_version, explain_empty, freshness, plain_title
from pages.shared.session import url_state as state
from pages.shared.session.language import current_language
from pages.shared.tables.drafts import unsaved
from pages.shared.tables.editor import editor, told_saved

_ = translator(current_language())
lang, home = begin()
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
freshness(lang, home, version)
titles = {name: feed_named(name).title.to(lang) for name in EDITABLE}
chosen = state.read("table")
feed = feed_named(chosen if chosen in titles else EDITABLE[0])
plain_title(
    question,
    _("{table}: every change is checked, kept with its author, and can be undone").format(table=feed.title.to(lang)),
    feed.grain.to(lang),
)
with st.container(key="choices"):
    marked = {name: f"{title} ✎" if unsaved(name) and name != feed.name else title for name, title in titles.items()}
    state.choose(question, "table", list(titles), shown=marked.__getitem__, buttons=True)
state.flush()
told_saved(feed, lang)
metrics = {metric.code: metric for metric in catalogue_of(str(home.path), version)}
editor(home, snapshot, version, feed, metrics, lang)
history_with_undo(home, lang, feed.name)
