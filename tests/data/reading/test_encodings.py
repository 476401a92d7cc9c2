"""Texts are read in the encoding in which they make sense; where two do, nothing is chosen."""

from __future__ import annotations

import bz2
import lzma
from pathlib import Path

import pytest
import zstandard

from data.core.home import Home
from data.model.errors import Unreadable
from data.reading import read_file
from data.reading.encodings import detect_encoding


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("utf-8", "月份,单位\n2025-11,大洋\n", "utf-8"),
        ("ascii", "a,b\n1,2\n", "utf-8"),
        ("gb18030", "Month,Unit\n2025-11,大洋\n", "gb18030"),
        ("gb18030", "月份,单位,投诉类别\n2025-11,大洋,资费\n", "gb18030"),
        ("gb18030", "名称,备注\n张三,客户称宽带掉线\n", "gb18030"),
        ("big5", "Month,Unit,Category\n2025-11,DY,資費爭議\n2025-11,DY,網絡質量\n", "big5"),
        ("big5", "月份,單位,投訴類別,投訴量\n2025-11,臺北,資費,3\n", "big5"),
        ("cp932", "Month,Category\n2025-11,料金\n", "shift_jis"),
        ("cp932", "month,a\n1,東京\n2,ハードウェア\n", "shift_jis"),
        ("cp949", "month,a\n1,서울\n2,요금\n", "euc_kr"),
        ("cp1252", "Month,Category\n2025-11,Crédit\n", "windows-1252"),
        ("cp1252", "month;unit\n2024-01;São Paulo\n2024-01;Maranhão\n", "windows-1252"),
        ("cp1251", "a,b\n1,Москва\n", "windows-1251"),
        ("cp1252", "a,b\n1,Crème\n2,España\n", "windows-1252"),
        ("cp1252", "a,b\n1,København\n2,Reykjavík\n", "windows-1252"),
        ("cp1250", "a,b\n1,Łódź\n", "windows-1250"),
        ("cp1250", "a,b\n1,Gdańsk\n2,Poznań\n", "windows-1250"),
        ("cp1250", "a,b\n1,Plzeň\n2,Břeclav\n", "windows-1250"),
        ("cp1250", "a,b\n1,Brăila\n", "windows-1250"),
        ("iso8859_2", "a,b\n1,Škoda\n2,Košice\n", "iso-8859-2"),
    ],
)
def test_the_encoding_that_makes_sense(codec: str, text: str, encoding: str) -> None:
    assert detect_encoding([text.encode(codec)]).encoding == encoding


@pytest.mark.parametrize(
    ("codec", "text", "readings"),
    [
        ("cp1250", "a,b\n1,Győr\n", {"Győr", "Gyõr"}),
        ("cp1250", "a,b\n1,Ręka\n", {"Ręka", "Rêka"}),
        ("cp1252", "a,b\n1,manhã\n", {"manhã", "manhă"}),
        ("cp1254", "a,b\n1,Şikayet\n", {"Şikayet", "Þikayet", "Ţikayet"}),
        ("iso8859_2", "a,b\n1,Łódź\n", {"Łódź", "£ód¼"}),
    ],
)
def test_latin_letters_that_make_sense_in_several_are_asked_for(codec: str, text: str, readings: set[str]) -> None:
    found = detect_encoding([text.encode(codec)])
    assert found.encoding is None
    assert set(found.readings.values()) == readings


OPEN = "a,b\n1,鄂尔多斯\n".encode("gb18030")


def test_two_that_make_sense_are_both_shown_and_a_known_name_decides() -> None:
    found = detect_encoding([OPEN])
    assert found.encoding is None
    assert found.readings == {"gb18030": "鄂尔多斯", "euc_kr": "란랑뜩薑"}
    assert detect_encoding([OPEN], {"鄂尔多斯"}).encoding == "gb18030"


def test_an_open_encoding_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(OPEN)
    (note,) = read_file(path).notes
    assert (note[0].code, note[0].severity) == ("encoding_unclear", "error")
    book = read_file(path, encoding="euc_kr")
    assert (book.sheets[0].rows[1][1], book.notes) == ("란랑뜩薑", ())


def test_the_analyst_says_which(home: Home, tmp_path: Path) -> None:
    from data.__main__ import main

    path = tmp_path / "t.csv"
    path.write_bytes("month,unit,category,complaints\n2025-11,P,鄂尔多斯,3\n".encode("gb18030"))
    words = ["check", str(path), "--home", str(home.path), "--json"]
    assert main(words) == 1
    assert main([*words, "--answer", "encoding=gb18030"]) == 0


def test_damaged_letters_of_utf8_are_no_other_encoding(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    text = ("月份,单位\n" + "2025-11,大洋市区\n" * 30).encode()
    path.write_bytes(text.replace("洋".encode(), "洋".encode()[:2], 1))
    with pytest.raises(Unreadable, match="damaged letters"):
        read_file(path)


def test_what_a_web_page_says_of_itself_counts(tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    path.write_bytes('<html><meta charset="big5"><table><tr><td>單<td>戶</table></html>'.encode("big5"))
    assert read_file(path).sheets[0].rows == [["單", "戶"]]


TEXT = "月份,单位\n2025-11,大洋\n"


@pytest.mark.parametrize(
    ("name", "pack"), [("t.csv.bz2", bz2.compress), ("t.csv.xz", lzma.compress), ("t.tsv.zst", zstandard.compress)]
)
def test_packed_texts(name: str, pack, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pack(TEXT.encode("gb18030")))
    assert read_file(path).sheets[0].rows == [["月份", "单位"], ["2025-11", "大洋"]]
    path.write_bytes(pack(TEXT.encode() * 100)[:-20])
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        read_file(path)
    path.write_bytes(pack(b"0" * 120_000_000))
    with pytest.raises(Unreadable, match="would unpack to"):
        read_file(path)
