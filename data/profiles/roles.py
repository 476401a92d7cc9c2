"""What a column of a layout that nobody described may be: told by its header's words, in several languages, and by its
cells. A column that only counts rows apart (a ticket's number, a postcode, a year, a coordinate) is never a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from data.core.text import cell_text, normalise
from data.model.profile import MISSING_MARKS
from data.parsing.dates import parse_month
from data.profiles.months import parse_dates
from data.profiles.values import parse_numbers
from data.recognition.header_rows import SEPARATOR

RoleName = Literal[
    "identifier", "date", "year", "quarter", "month", "unit", "dimension", "figure", "share", "mean", "note", "empty"
]
MARKS = frozenset(normalise(mark) for mark in MISSING_MARKS)
WORDS = re.compile(r"[^\W_]+|#|%|№|º")
# "CamelCase" and "area2" are words of their own.
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
COUNTED = (
    "number of",
    "no of",
    "no. of",
    "num of",
    "nr of",
    "numero de",
    "número de",
    "nombre de",
    "anzahl",
    "count of",
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


IDENTIFIER = _words(
    """# № id ids code codes key zip zipcode postcode postal plz cep fips iso uuid guid phone telephone tel mobile fax
    account lat latitude lon lng long longitude coordinate coordinates easting northing codigo código código
    protocolo matricula index idx serial barcode sku ip url nummer nr kennziffer ags siren siret insee"""
)
COUNT_BELOW = ("no", "number", "nr", "n", "#", "num", "count")
NUMBERED = _words("number no num nº n° numero número numéro")
IDENTIFIER_ENDS = ("编号", "編號", "编码", "編碼", "代码", "代碼", "序号", "序號", "单号", "單號", "工单号", "流水号", "号码", "號碼", "邮编", "郵編",
    "邮政编码", "电话", "電話", "手机", "手機", "经度", "經度", "纬度", "緯度", "番号", "번호")  # fmt: skip
YEAR = _words("year years yr 年 年份 年度 ano año anio année annee jahr anno fy 연도")
QUARTER = _words("quarter qtr 季度 季 trimestre quartal trimester 분기")
MONTH = _words("month months mes mês mois monat mese period 月 月份 月度 账期 帳期 统计月 統計月 anomes yearmonth 월")
DATE = _words(
    "date dates datetime day time timestamp fecha data datum 日期 时间 時間 created received opened 日付 날짜"
)
SHARE = _words(
    """% percent percentage pct rate rates ratio share proportion taxa percentual porcentaje porcentagem tasa taux
    pourcentage quote anteil prozent tasso 百分比"""
)
SHARE_ENDS = ("率", "占比", "比例", "比重")
MEAN = _words(
    """average avg mean median age duration score rating csat nps satisfaction temperature
    promedio media média moyenne durchschnitt note idade edad tempo price preço speed latency index"""
) - {"note", "index"}
TIMES = _words("minutes seconds hours days mins secs hrs ms")
MEAN_WORDS = ("均", "时长", "時長", "评分", "評分", "得分", "满意度", "滿意度", "年龄", "年齡")
NOTE = _words(
    """comment comments note notes remark remarks description narrative text summary observação observacao comentario
    comentário bemerkung beschreibung commentaire 备注 備註 说明 說明 内容 內容 描述"""
)
UNIT = _words(
    """unit units org geo 支店 営業所
    state province region district city county town branch office store shop site organisation
    organization org provider trust hospital school operator company agency area territory country municipality borough
    ward department division agent team station uf estado provincia província região regiao región municipio município
    cidade ciudad sucursal filial loja marca comunidad departement
    département commune ville agence land bundesland kreis
    stadt regione comune 单位 單位 地区 地區 地市 城市 省份 省 市 区县 區縣 区域 區域 营业厅 營業廳 分公司 机构 機構 网点 網點 支局 都道府県 지역"""
)
PLACE = _words(
    "state province region district city county town borough ward country uf estado provincia geo land kreis"
)
UNIT_ENDS = ("单位", "單位", "地区", "地區", "地市", "城市", "区县", "區縣", "省份", "营业厅", "分公司", "机构", "网点")
# Longer texts, and texts of which hardly two are the same, are somebody's words.
NOTE_LENGTH = 36
FEW = 0.5


@dataclass(frozen=True)
class ColumnRole:
    """What a column may be.

    role: its part in the table.
    sure: whether its header and its cells agree on it.
    distinct: how many different cells it has.
    filled: the share of its cells that hold anything.
    """

    role: RoleName
    sure: bool = True
    distinct: int = 0
    filled: float = 0.0


def header_words(label: str) -> tuple[str, ...]:
    """The words of a header in lower case, the lowest row's."""
    lowest = re.sub(r"(?<=\w)#\d+$", "", label.rsplit(SEPARATOR, 1)[-1])
    return tuple(word.casefold() for word in WORDS.findall(CAMEL.sub(" ", lowest)))


def says_unit(label: str) -> bool:
    """Whether a header is a word for branches, places or organisations."""
    return bool(UNIT & {*header_words(label)}) or label.endswith(UNIT_ENDS)


def says_place(label: str) -> bool:
    """Whether a header is a word for places."""
    return bool(PLACE & {*header_words(label)})


def column_role(label: str, cells: Sequence[Any]) -> ColumnRole:
    """What the column may be. Units and dimensions are told apart among all columns, later."""
    filled = [cell for cell in cells if cell_text(cell) and normalise(cell_text(cell)) not in MARKS]
    if not filled:
        return ColumnRole("empty")
    distinct = len({cell_text(cell) for cell in filled})
    role, sure = _role(label, filled, distinct)
    return ColumnRole(role, sure, distinct, len(filled) / len(cells))


def _role(label: str, filled: Sequence[Any], distinct: int) -> tuple[RoleName, bool]:
    words = {*header_words(label)}
    numbers = _numbers(filled)
    if numbers is None:
        return _role_of_texts(label, words, filled, distinct)
    texts = [cell_text(cell) for cell in filled]
    if any(isinstance(cell, str) and re.fullmatch(r"0\d{2,}", cell.strip()) for cell in filled):
        return "identifier", True
    lowest = label.rsplit(SEPARATOR, 1)[-1].casefold()
    # Under a merged header "no." is a number of what stands above; by itself it is a running number.
    counted = lowest.startswith(COUNTED) or (lowest != label.casefold() and lowest.strip(". ") in COUNT_BELOW)
    if words & QUARTER and (numbers <= 4).all():
        return "quarter", True
    if not counted and (words & YEAR or label.endswith("年份")) and ((numbers >= 1900) & (numbers <= 2200)).all():
        return "year", True
    if _months(texts) and (words & (MONTH | DATE) or all(len(text) in (6, 8) for text in texts)):
        return "date", True
    if words & MONTH and ((numbers >= 1) & (numbers <= 12)).all():
        return "month", True
    if not counted and (words & IDENTIFIER or label.endswith(IDENTIFIER_ENDS)):
        return "identifier", True
    if not counted and words & NUMBERED and distinct > FEW * len(filled):
        return "identifier", True
    if (
        (words & SHARE and not counted)
        or label.endswith(SHARE_ENDS)
        or all(text.endswith(("%", "％")) for text in texts)
    ):
        return "share", True
    if counted:
        return "figure", True
    if words & MEAN or (words & TIMES and not re.search(r"\d", lowest)) or any(word in lowest for word in MEAN_WORDS):
        return "mean", True
    whole = bool((numbers == np.floor(numbers)).all())
    if whole and len(numbers) > 2 and (np.diff(numbers) == 1).all():
        return "identifier", False  # a running number
    if whole and len(numbers) > 2 and ((numbers >= 1950) & (numbers <= 2050)).all():
        return "year", False
    digits = {len(text) for text in texts}
    if whole and digits <= {len(texts[0])} and len(texts[0]) >= 5 and distinct == len(filled) > 2:
        return "identifier", False  # numbers of one length, each once
    return "figure", True


def _role_of_texts(label: str, words: set[str], filled: Sequence[Any], distinct: int) -> tuple[RoleName, bool]:
    texts = [cell_text(cell) for cell in filled]
    if words & QUARTER or all(re.fullmatch(r"(?i)q[1-4]|第?[1-4一二三四]季度?", text) for text in texts):
        return "quarter", True
    if not isinstance(filled[0], str) or words & (DATE | MONTH | YEAR) or re.search(r"\d", texts[0]):
        read = parse_dates(list(filled)).moments.notna().mean()
        if read > 0.95:
            return "date", bool(words & (DATE | MONTH | YEAR)) or not isinstance(filled[0], str)
    length = sum(map(len, texts)) / len(texts)
    if (words & NOTE and (distinct > FEW * len(texts) or length > NOTE_LENGTH / 2)) or length > NOTE_LENGTH:
        return "note", True
    if words & IDENTIFIER or label.endswith(IDENTIFIER_ENDS):
        return "identifier", True
    readable = sum(_numbers([cell]) is not None for cell in filled[:200])
    if readable > 0.9 * min(len(filled), 200):
        # But for some cells that are no numbers.
        if words & SHARE or label.endswith(SHARE_ENDS):
            return "share", False
        return ("mean" if words & MEAN or any(word in label for word in MEAN_WORDS) else "figure"), False
    if any(character.isdigit() for character in texts[0]) and distinct == len(texts) > 2 and not says_unit(label):
        return "identifier", False
    return "dimension", True


def _numbers(cells: Sequence[Any]) -> np.ndarray | None:
    """The cells as numbers; None if any is none."""
    if any(isinstance(cell, bool) for cell in cells):
        return None
    read = parse_numbers(list(cells), MARKS)
    numbers = read.values.to_numpy()
    return None if read.bad or np.isnan(numbers).all() else numbers[~np.isnan(numbers)]


def _months(texts: Sequence[str]) -> bool:
    """Whether whole numbers such as 202511 or 20251103 are months or days."""
    return all(re.fullmatch(r"(19|20)\d{4}(\d\d)?", text) and parse_month(text[:6]) is not None for text in texts)
