"""The style sheet: the few things that the theme's settings cannot say."""

from __future__ import annotations

from urllib.parse import quote

from charts.theme import DARK, Palette

CHEVRON = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='10' height='6'%3E%3Cpath d='M1 1l4 4 4-4' fill='none' stroke='{colour}' stroke-width='1.5'/%3E%3C/svg%3E\")"

SHEET = """
.stMainBlockContainer {max-width: 1440px; padding: 1.1rem 2rem 2rem; margin: 0 auto}
header[data-testid=stHeader] {background: transparent; pointer-events: none}
header[data-testid=stHeader] button {pointer-events: auto}
[data-testid=stElementToolbar] {display: none}
/* A chart in a place of whole pixels: it measures itself in thousandths and Streamlit in sixty-fourths, and where they differ it is drawn twice. */
[data-testid=stFullScreenFrame] {width: round(down, 100%, 1px)}
.st-key-editor [data-testid=stElementToolbar] {display: block}
[data-testid=stSidebarHeader] {height: 1.5rem; min-height: 0; padding: 0; margin: 0}
[data-testid=stSidebarUserContent] {padding-top: 0}
li:has(> div > [data-testid=stSidebarNavLink]:is([href$="/complaints"], [href$="/rankings"], [href$="/review_pack"])) {margin-top: 14px}
[data-testid=stSidebarNavLink]:focus-visible {outline: 2px solid ACCENT; outline-offset: -2px}
.stApp {font-variant-numeric: tabular-nums}
section[data-testid=stSidebar] {width: 216px !important; min-width: 216px !important}
.stMainBlockContainer [data-testid=stVerticalBlock] {gap: .6rem}
.sq {font-size: 14px; line-height: 1.45; color: INK}
.sq a {color: inherit; text-decoration: none; border-bottom: 1px solid RULE}
.sq a:hover, .sq a:focus-visible {color: ACCENT; border-color: ACCENT}
.sq-question {font-size: 13px; color: MUTED; margin: 0; line-height: 1.3}
.sq-page {font-size: 15px; font-weight: 600; color: INK; margin: 0; line-height: 1.3}
.sq h1.sq-takeaway {font-size: 20px; font-weight: 600; line-height: 1.3; margin: 0; padding: 4px 0 0; letter-spacing: -.005em}
.sq-sub {color: MUTED; font-size: 12px; margin: 2px 0 0}
.sq h2 {font-size: 14px; font-weight: 600; margin: 8px 0 0; padding: 0; line-height: 1.35}
.sq h3 {font-size: 12px; font-weight: 600; margin: 0 0 2px; padding: 0; color: MUTED}
.sq-lists {display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 32px; border-top: 1px solid RULE; padding-top: 8px}
.sq-lists ol, .sq-lists ul {list-style: none; margin: 0; padding: 0}
.sq-lists li {display: flex; justify-content: space-between; gap: 12px; padding: 1px 0; margin: 0; font-size: 14px}
.sq-lists li > span:last-child {white-space: nowrap; color: MUTED}
.sq-lists li > span:first-child {min-width: 0}
.sq-bar {display: flex; align-items: center; gap: 8px; flex-wrap: wrap} .sq-bar i {flex: 1 1 auto} .sq-bar .sq-page {flex: 1 1 0; min-width: 260px; line-height: 1.15}
.sq-head {display: flex; align-items: flex-end; gap: 8px 16px} .sq-head > div {flex: 1 1 auto; min-width: 0} .sq-head select {flex: none; max-width: 150px} .sq-head > a {flex: none; font-size: 12px}
.sq select, .sq-open {height: 32px; max-width: 100%; font: inherit; color: INK; background-color: SURFACE; border: 1px solid RULE; border-radius: 4px; padding: 0 26px 0 10px; margin: 0; cursor: pointer;
  appearance: none; background-image: CHEVRON; background-repeat: no-repeat; background-position: right 8px center; text-overflow: ellipsis; color-scheme: SCHEME}
.sq-open {display: block; text-align: left; min-width: 120px} .sq-open span {display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 260px}
.sq select option, .sq select optgroup {background: SURFACE; color: INK}
.sq select:hover, .sq-open:hover, .sq-buttons button:hover {border-color: MUTED}
.sq select:focus-visible, .sq button:focus-visible, .sq-panel input:focus-visible {outline: 2px solid ACCENT; outline-offset: -1px}
.sq-buttons {display: inline-flex; flex-wrap: wrap; row-gap: 4px; max-width: 100%}
.sq-buttons button {height: 32px; font: inherit; color: INK; background: SURFACE; border: 1px solid RULE; margin: 0 0 0 -1px; padding: 0 11px; cursor: pointer; white-space: nowrap}
.sq-buttons button:first-child {border-radius: 4px 0 0 4px; margin: 0} .sq-buttons button:last-child {border-radius: 0 4px 4px 0}
.sq-buttons button[aria-pressed=true] {color: ACCENT; border-color: ACCENT; background: BAND; font-weight: 600; position: relative}
.sq-control > select {width: 100%; max-width: 420px} .sq-label {display: block; font-size: 12px; color: MUTED; margin: 0 0 2px}
.sq-pick {position: relative; display: inline-block}
.sq-panel {position: absolute; z-index: 1000; top: calc(100% + 4px); left: 0; width: 320px; max-width: 88vw; background: SURFACE; border: 1px solid RULE; border-radius: 4px; box-shadow: 0 8px 24px rgba(0, 0, 0, .16); padding: 8px}
.sq-panel input {width: 100%; height: 32px; box-sizing: border-box; font: inherit; color: INK; background: SURFACE; border: 1px solid RULE; border-radius: 4px; padding: 0 8px}
.sq-panel ul {list-style: none; margin: 8px 0 0; padding: 0; max-height: 320px; overflow-y: auto}
.sq-panel li {margin: 0; padding: 4px 8px; font-size: 14px; border-radius: 4px; cursor: pointer} .sq-panel li[aria-selected=true] {background: BAND; color: ACCENT} .sq-panel li.sq-nothing {color: MUTED; cursor: default}
.sq-panel li:hover {background: BAND}
.sq-chips {display: flex; flex-wrap: wrap; gap: 6px; align-items: center} .sq-chips .sq-open {min-width: 0; color: MUTED}
.sq-chip {display: inline-flex; align-items: center; min-height: 28px; line-height: 1.25; text-align: left; background: BAND; border: 1px solid RULE; border-radius: 4px; padding: 0 0 0 10px}
.sq-chip button {font: inherit; line-height: 1; color: MUTED; background: none; border: 0; height: 28px; padding: 0 9px; cursor: pointer} .sq-chip button:hover {color: INK}
.sq-crumbs {font-size: 12px; color: MUTED; padding-top: 4px}
.sq-copy {margin-left: 12px; white-space: nowrap}
.sq-copy button {font: inherit; color: ACCENT; background: none; border: 0; border-bottom: 1px solid RULE; padding: 0; margin-right: 12px; cursor: pointer}
.sq .sq-copy a {color: ACCENT}
[data-testid=stSelectbox] label p, [data-testid=stTextInput] label p, [data-testid=stMultiSelect] label p {font-size: 12px; color: MUTED}
[data-testid=stSelectbox] [role=group] {background: SURFACE} [data-testid=stSelectbox] input {font-size: 14px}
[data-testid=stBaseButton-primary]:not(:disabled), [data-testid=stBaseButton-primary]:not(:disabled) * {color: SURFACE}
.stMainBlockContainer [data-testid=stPageLink] a {border: 1px solid ACCENT; padding: 4px 12px} .stMainBlockContainer [data-testid=stPageLink] a * {color: ACCENT}
[data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p {color: MUTED !important; opacity: 1}
.sq-scroll {overflow-x: auto; background: linear-gradient(to right, SURFACE 60%, transparent) 0 0 / 32px 100% no-repeat local, linear-gradient(to left, SURFACE 60%, transparent) 100% 0 / 32px 100% no-repeat local,
  linear-gradient(to right, SHADE, transparent) 0 0 / 12px 100% no-repeat scroll, linear-gradient(to left, SHADE, transparent) 100% 0 / 12px 100% no-repeat scroll}
.sq table {border-collapse: collapse; width: 100%; font-size: 14px; margin: 0}
.sq th {font-size: 12px; font-weight: 500; color: MUTED; text-align: left; padding: 4px 8px; border-bottom: 1px solid MUTED; vertical-align: bottom; line-height: 1.25}
.sq th {word-break: keep-all} .sq td.sq-whole {white-space: nowrap} .sq td.sq-file {overflow-wrap: break-word; min-width: 140px} .sq td.sq-said {min-width: 200px} .sq td.sq-value {min-width: 72px; max-width: 260px; overflow-wrap: break-word} .sq-grid td.mid {font-size: 17px; line-height: 1}
.sq th.num {white-space: normal; min-width: 56px} .sq th.sq-long {word-break: normal; min-width: 88px}
.sq td.sq-unit a {display: inline-block; width: max-content; max-width: 16em; line-height: 1.25}
.sq td {padding: 3px 8px; border: 0; border-bottom: 1px solid RULE; vertical-align: middle; height: 30px}
.sq thead th {border-top: 0; border-left: 0; border-right: 0}
.sq tr.sq-group th {padding: 12px 8px 3px; color: INK; font-weight: 600; font-size: 12px; border: 0; border-bottom: 1px solid RULE}
.sq tr.sq-chosen td {background: BAND; font-weight: 600}
.sq .num {text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap}
.sq .mid {text-align: center; white-space: nowrap}
.sq .quiet {color: MUTED}
.sq tr.sq-chosen .quiet {color: INK}
.sq .better {color: BETTER} .sq .worse {color: WORSE}
.sq .unit {color: MUTED; font-size: 12px}
.sq-figures {display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); grid-template-rows: repeat(4, auto); gap: 0 24px; padding: 10px 0 4px; border-top: 1px solid RULE}
.sq-figures div {display: grid; grid-row: span 4; grid-template-rows: subgrid; align-items: end}
.sq-figures b small {font-size: 14px; font-weight: 500}
.sq-figures b {display: block; font-size: 28px; font-weight: 600; line-height: 1.2; white-space: nowrap}
.sq-figures span {font-size: 12px; color: MUTED}
.sq .sq-one a {display: inline}
.sq-figures em {display: block; font-style: normal; font-size: 12px; color: MUTED; min-height: 18px}
.sq-figures .better {color: BETTER} .sq-figures .worse {color: WORSE}
.sq .sq-side-by-side td:first-child {min-width: 132px} .sq table.sq-side-by-side td .unit {display: block; font-size: 12px; font-weight: 400} .sq table.sq-side-by-side td.better .unit {color: BETTER} .sq table.sq-side-by-side td.worse .unit {color: WORSE}
.sq-small table {font-size: 12px} .sq-small td, .sq-small th.num, .sq-small th {padding: 2px 3px; min-width: 0}
.sq-nowrap td, .sq-nowrap th {padding: 2px} .sq-nowrap {white-space: nowrap} .sq-nowrap th {white-space: normal; min-width: 48px}
.sq table.sq-rows tbody tr {position: relative}
.sq table.sq-rows tbody tr:not(.sq-group):hover td {background: BAND}
.sq table.sq-rows td a {border: 0} .sq table.sq-rows td a::after {content: ""; position: absolute; inset: 0}
.sq table.sq-rows td[title] {position: relative; z-index: 1; cursor: pointer}
.sq table.sq-rows td {padding: 2px 5px} .sq table.sq-rows th {padding: 4px 5px; min-width: 0}
.sq-heat table {font-size: 12px; border-collapse: separate; border-spacing: 2px} .sq-heat thead th {border: 0; color: INK; text-align: center; word-break: normal; padding: 2px; font-weight: 400}
.sq-heat thead th.sq-here {font-weight: 700} .sq-heat tbody th {border: 0; color: INK; font-weight: 400; text-align: right; padding: 0 6px 0 0; vertical-align: middle; width: 1px}
.sq-heat tbody th span {width: max-content; max-width: 22em; margin-left: auto; line-height: 1.3; overflow: hidden; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2}
.sq-heat td {border: 0; padding: 0; height: 22px; min-width: 32px; text-align: center} .sq-heat td a {display: block; line-height: 22px; border: 0} .sq-heat td a:is(:hover, :focus-visible) {color: inherit; outline: 2px solid ACCENT; outline-offset: 0}
.sq-upright thead span {writing-mode: vertical-rl; max-height: 16em; text-align: right; display: inline-block; line-height: 1.3; max-width: 3.9em; overflow: hidden}
.sq-fine table {border-spacing: 0 2px} .sq-fine td {min-width: 0} .sq-fine thead th {position: relative; height: 20px; padding: 0} .sq-fine thead span {position: absolute; bottom: 2px; left: 50%; transform: translateX(-50%); white-space: nowrap}
.sq-picture {font: 12px/1 inherit; font-size: 12px; color: MUTED; background: none; border: 1px solid RULE; border-radius: 4px; padding: 4px 8px; cursor: pointer; flex: none} .sq-picture:hover {color: INK; border-color: MUTED}
.sq-sheet {display: inline-block; vertical-align: middle; margin: 0 3px 0 0; background-image: var(--sq-sheet); background-repeat: no-repeat; print-color-adjust: exact; -webkit-print-color-adjust: exact}
.sq-told {font-size: 12px; color: WORSE; margin: 0 0 4px}
.sq .strong {font-weight: 600} .sq .missed {font-weight: 600; color: INK}
.sq .sq-verdict {white-space: nowrap; font-size: 12px}
.sq .small {font-size: 12px} .sq table.sq-rows .sq-name {min-width: 180px; line-height: 1.25}
.sq-method {padding-top: 10px; scroll-margin-top: 16px} .sq-method p {margin: 0}
.sq-footer {border-top: 1px solid RULE; color: MUTED; font-size: 12px; margin-top: 16px; padding-top: 8px}
.sq-note {border-left: 3px solid ACCENT; background: BAND; padding: 8px 12px}
.sq-empty {max-width: 640px; padding: 48px 0 8px}
.sq-empty h1 {font-size: 22px; margin: 0 0 8px; padding: 0}
.sq dl {margin: 0; padding: 0; display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px} .sq dt {font-weight: 600} .sq dd {margin: 0}
.sq-side {font-size: 12px; color: INK; line-height: 1.5; overflow-wrap: anywhere}
.sq-side b {color: INK; font-weight: 600}
@media (max-width: 640px) {[class*=st-key-months_] .xtick:not(:nth-last-child(2n+1)) {display: none}
  [class*=st-key-months_] g:has(> .xtick:nth-child(7)) > .xtick {display: none} [class*=st-key-months_] g:has(> .xtick:nth-child(7)) > .xtick:nth-last-child(5n+1) {display: inline}
  .sq-page {padding-left: 28px !important}}
.sq-phone {display: none}
@media (max-width: 640px) {.sq-phone {display: block} .js-plotly-plot .annotation text[style*=sq-event] {display: none}}
@media (max-width: 640px) {.sq-figures {grid-auto-flow: row; grid-template: auto / repeat(2, minmax(0, 1fr)); grid-auto-rows: auto} .sq-figures div {padding-bottom: 8px} .sq-lists {grid-template-columns: 1fr}
  .stMainBlockContainer {padding-left: 1rem; padding-right: 1rem} .sq-bar .sq-page {flex-basis: 100%; min-height: 24px; line-height: 24px}
  .sq-bar > *, .sq-buttons button {flex: 1 1 auto} .sq-bar i {display: none} .sq-open, .sq-bar .sq-pick {width: 100%; min-width: 0} .sq-bar .sq-pick {width: 120px}
  .sq-control > .sq-buttons {display: flex} .sq-buttons button {padding: 0 9px} .sq-control > select {max-width: 100%} .sq-head {flex-wrap: wrap} .sq-head select {max-width: 100%}
  .sq-panel {position: fixed; left: 1rem; right: 1rem; top: 84px; width: auto; max-width: none} .sq-panel ul {max-height: min(320px, calc(100vh - 180px))} .sq-panel li {padding: 8px}
  .sq-scroll td:not(.num):not([style]):first-child, .sq-scroll tbody th:first-child, .sq-scroll thead th:not(.num):first-child {position: sticky; left: 0; z-index: 1} .sq-scroll tr:not(.sq-chosen) td:first-child, .sq-scroll tbody th:first-child, .sq-scroll thead th:first-child {background: SURFACE} .sq-heat tbody th {min-width: 112px} .sq-heat tbody th span {max-width: 112px; -webkit-line-clamp: 4}
  .sq table.sq-rows .sq-name {min-width: 132px} [class*=st-key-panels] .xtick:not(:nth-child(3n+1)) {display: none}
  .sq td:not(.num):not(.mid):first-child, .sq td.sq-file:not(.num):not(.mid) {min-width: 168px} .sq td.sq-said {min-width: 320px} .sq td.sq-whole:not(.num):not(.mid):first-child {min-width: 0} .sq-small td:first-child {min-width: 0 !important; white-space: nowrap}}
.st-key-near_below {min-height: calc(100vh - 64px)}
@media print {.st-key-near_below {min-height: 0} section[data-testid=stSidebar], header, .st-key-filters, .sq-copy, .sq-picture {display: none !important}}
"""


def uploader_words(button: str, hint: str) -> str:
    """The file box speaks English only; these rules put our words in their place. Both are messages of the catalogue."""
    choose, hints = (
        "[data-testid=stFileUploaderDropzone] button p",
        "[data-testid=stFileUploaderDropzoneInstructions] span",
    )
    return (
        f"<style>{choose}, {hints} {{font-size: 0 !important}}"
        f'{choose}::after {{content: "{button}"; font-size: 14px}}'
        f'{hints}::after {{content: "{hint}"; font-size: 13px}}</style>'
    )


def style_sheet(colours: Palette) -> str:
    """The sheet with the palette's colours, as a style element."""
    names = {
        "INK": colours.ink, "MUTED": colours.muted, "RULE": colours.rule, "BAND": colours.band, "ACCENT": colours.accent,
        "BETTER": colours.better_text, "WORSE": colours.worse_text, "SURFACE": colours.surface, "SHADE": f"{colours.muted}38", "SCHEME": "dark" if colours is DARK else "light",
        "CHEVRON": CHEVRON.format(colour=quote(colours.muted)),
    }  # fmt: skip
    sheet = SHEET
    for name, colour in names.items():
        sheet = sheet.replace(name, colour)
    return f"<style>{sheet}</style>"
