"""The scales of the surveys that were loaded before."""

from __future__ import annotations

from data.core.sql import quoted
from data.feeds import all_feeds
from data.model.survey import KnownScale, KnownScales
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows

# Means, and ratings, on our scale that all lie below look as if they were on another.
OTHERS, OTHER_RATINGS = 10, 7


def known_scales(connection: Connection) -> KnownScales:
    """What the answers that count say of each survey's scale; a top that none of them came near to says nothing."""
    found: dict[tuple[str, str], KnownScale] = {}
    for feed in all_feeds():
        if feed.rated is None:
            continue
        rated, top = quoted(feed.rated.column), quoted(feed.rated.top)
        rows = connection.execute(
            f"""
            SELECT d.key_part, coalesce(d.{top}, {feed.rated.default}) AS scale,
                avg((d.{rated} <= coalesce(d.{top}, {feed.rated.default}) / 2)::INTEGER), max(d.{rated}),
                d.{top} IS NOT NULL
            FROM {active_rows(feed)} WHERE d.{rated} IS NOT NULL GROUP BY d.key_part, d.{top}
            HAVING d.{top} IS NOT NULL OR max(d.{rated}) > {feed.rated.default} / 2 ORDER BY ALL
            """
        ).fetchall()
        for part in dict.fromkeys(part for part, *_ in rows):
            mine = [row for row in rows if row[0] == part]
            low = max(share for _, _, share, *_ in mine)
            like_others = max(high for *_, high, _ in mine) <= (OTHERS if feed.rated.converted else OTHER_RATINGS)
            said = like_others and any(stated for *_, stated in mine)
            found[feed.name, part] = KnownScale(frozenset(scale for _, scale, *_ in mine), float(low), said)
    return found
