"""PNG pictures for a meeting, named by what they show.

Every chart of a pack, and every page of the dashboard in present mode.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from charts.line import TrendLook, trend_chart
from charts.offline import Figure
from charts.ranking import ranking_chart
from data.core.home import Home
from reports.content import PackContent, PackHeader
from reports.file_names import file_name
from reports.screenshots import BrowserPage, run_dashboard

CHARTS, PAGES = "charts", "pages"
TALL = 720
# Pages on which somebody works, which show a meeting nothing.
WORKING = ("upload", "tables", "review_pack", "methods", "audit")
LINKS = (
    "[...document.querySelectorAll('[data-testid=stSidebarNavLink]')].map(link =>"
    " [new URL(link.href).pathname.slice(1), link.innerText.trim().split('\\n').pop()])"
)


def chart_pictures(content: PackContent) -> dict[str, Figure]:
    """The charts of a pack by a file name that says what they are."""
    header, lang = content.header, content.header.lang
    found: dict[str, Figure] = {}
    for code, frame in content.trends.items():
        metric = content.metric(code)
        found[_name(header, metric.name.to(lang))] = trend_chart(
            frame,
            metric,
            name=header.unit_name,
            look=TrendLook(lang, height=TALL, wide=True),
            events=content.events_of(code),
        )
    for code in (code for code in dict.fromkeys((*content.leading, *content.pressing)) if code in content.rankings):
        metric = content.metric(code)
        found[_name(header, f"{metric.name.to(lang)}_ranking")] = ranking_chart(
            content.rankings[code], metric, chosen=header.unit, lang=lang
        )
    return found


def page_pictures(home: Home, header: PackHeader, folder: Path) -> list[Path]:
    """Writes a PNG, 1920 wide, of every page that shows figures, in present mode.

    NoBrowser if that cannot be done here.
    """
    chosen = {
        "unit": header.unit,
        "month": header.month,
        "period": header.period,
        "version": header.version,
        "lang": header.lang,
    }
    found = []
    with BrowserPage() as browser_page, run_dashboard(home) as address:
        browser_page.open(f"{address}/?{urlencode(chosen)}")
        pages = [(path, name) for path, name in browser_page.evaluate(LINKS) if path not in WORKING]
        folder.mkdir(parents=True, exist_ok=True)
        for path, name in pages:
            browser_page.open(f"{address}/{path}?{urlencode({**chosen, 'present': 1})}")
            target = folder / f"{_name(header, name)}.png"
            target.write_bytes(browser_page.screenshot())
            found.append(target)
    return found


def _name(header: PackHeader, what: str) -> str:
    return file_name(f"{header.unit_name}_{what}_{header.month}_v{header.version}")
