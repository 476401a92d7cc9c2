"""The invented province of the samples: 11 cities, 90 counties and about 500 halls.

Any likeness to real places is chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.synthetic.series import generator

PROVINCE = ("HY", "海岳省")
REFERENCE_CODE = "DY"


@dataclass(frozen=True)
class City:
    """A city: code, name, English name, mean customers January-November 2025, and its counties (names apart by
    spaces).
    """

    code: str
    name: str
    english: str
    customers: int
    counties: str


CITIES = (
    City("DY", "大洋", "Dayang", 1_400_000, "滨城区 港东区 望洋区 新湾区 龙岬县 渔浦县 沙门县 蓝屿县"),
    City("LJ", "临江", "Linjiang", 2_860_000, "江左区 江右区 渡口区 柳堤区 高洲县 安澜县 青渚县 长汀岸县"),
    City("BP", "北屏", "Beiping", 1_720_000, "屏山区 鼓岭区 玄武岭区 寒溪县 松盖县 石屏里县 白鹿县 霜桥县 雁门坪县"),
    City("QL", "青岚", "Qinglan", 1_130_000, "岚山下区 翠微区 云台口区 竹溪口县 枫林县 茶坪县 鹤鸣县 清涧里县"),
    City("YZ", "云泽", "Yunze", 960_000, "泽南区 泽北区 荷塘区 莲湖口县 芦洲县 菱角县 白鹭县 星汊县"),
    City("WH", "望海", "Wanghai", 2_050_000, "海曙口区 潮音区 灯塔区 盐田坊区 礁石县 帆山县 鸥岛县 远航县"),
    City("JG", "金谷", "Jingu", 1_510_000, "谷城里区 稻香区 麦丘区 仓廪县 丰年县 禾川县 粟阳县 穗丰县"),
    City(
        "SQ", "石桥", "Shiqiao", 1_260_000, "桥头区 桥西口区 磐石区 卧龙坡县 铜陵岭县 砚池县 碑林坪县 云磴县 采石坊县"
    ),
    City("YC", "玉川", "Yuchuan", 870_000, "玉带区 川上区 碧潭区 琢玉县 温泉坊县 晴川县 珠溪县 翡翠县"),
    City("NP", "南浦", "Nanpu", 740_000, "浦口里区 南津区 榕树区 香樟县 芭蕉县 凤尾县 红棉县 木棉岭县"),
    City("SL", "松陵", "Songling", 1_080_000, "松江里区 陵阳坊区 柏树区 太清县 古槐县 桐庐岭县 梧桐县 银杏县"),
)
_STREETS = [
    "中山路",
    "人民路",
    "解放路",
    "和平街",
    "建设路",
    "文化街",
    "车站",
    "大学城",
    "工业园",
    "商贸城",
    "滨河路",
    "古城",
]
_OWN_SHARE = 0.58


def province() -> pd.DataFrame:
    """One row per unit: code, name, level, parent, kind, aliases, opened, closed (places in MONTHS, NaN = before or
    after), city (code).

    A unit has data from its opening month up to the month before its closing month.
    """
    rng = generator(1)
    rows: list[dict] = [
        {"code": PROVINCE[0], "name": PROVINCE[1], "level": "province", "aliases": "全省;省公司;Haiyue"}
    ]
    for city in CITIES:
        aliases = f"{city.name}市;{city.name}分公司;{city.english}"
        rows.append(
            {
                "code": city.code,
                "name": city.name,
                "level": "city",
                "parent": PROVINCE[0],
                "aliases": aliases,
                "city": city.code,
            }
        )
    for city in CITIES:
        for number, name in enumerate(city.counties.split(), start=1):
            code = f"{city.code}{number:02d}"
            rows.append(
                {
                    "code": code,
                    "name": name,
                    "level": "county",
                    "parent": city.code,
                    "aliases": name[:-1],
                    "city": city.code,
                }
            )
            streets = rng.permutation(_STREETS)[: rng.integers(4, 8)]
            for place, street in enumerate(streets, start=1):
                own = place == 1 or rng.random() < _OWN_SHARE
                opened, closed = _life(rng.random(), int(rng.integers(4, 33)))
                rows.append(
                    {
                        "code": f"{code}H{place:02d}",
                        "name": f"{name[:-1]}{street}{'营业厅' if own else '合作厅'}",
                        "level": "hall",
                        "parent": code,
                        "kind": "own" if own else "partner",
                        "opened": opened,
                        "closed": closed,
                        "city": city.code,
                    }
                )
    return pd.DataFrame(rows)


def _life(chance: float, month: int) -> tuple[float, float]:
    """(opened, closed): one hall in 25 opens and one in 30 closes while the samples run."""
    if chance < 0.04:
        return month, float("nan")
    if chance < 0.073:
        return float("nan"), month
    return float("nan"), float("nan")


def open_units(units: pd.DataFrame, month: int) -> pd.DataFrame:
    """The units that are open in a month (its place in MONTHS)."""
    return units[~(units["opened"] > month) & ~(units["closed"] <= month)]


def units_at(units: pd.DataFrame, level: str, city: str | None = None) -> pd.DataFrame:
    """The units of a level, of one city if given."""
    return units[(units["level"] == level) & ((units["city"] == city) if city else True)]
