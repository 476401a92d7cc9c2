"""What people do is written down, and administrators read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.core.audit import audit_folder, entries, record
from data.core.home import Home
from data.snapshots.people import PERSON_VARIABLE
from tests.access.conftest import home_with_people
from tests.conftest import ROOT, run_module

PEOPLE = "person,role,unit\nwang@x.org,analyst,DY\nli@x.org,viewer,DY\nroot@x.org,administrator,\n"


@pytest.fixture(scope="module")
def home(light_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    found = home_with_people(light_home, PEOPLE, tmp_path_factory.mktemp("audit"))
    record(found, "refused", who="li@x.org", reason="undo")
    return found


def test_loads_undo_refusals_and_packs_are_written_down(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "13800138000 张三.csv"
    path.write_text("month,unit,calls,resolved_first_contact\n2025-12,DY,1000,800\n", encoding="utf-8")
    monkeypatch.setenv(PERSON_VARIABLE, "wang@x.org")
    run_module("data", "load", str(path), home=home.path)
    batch = json.loads(run_module("data", "history", "--json", home=home.path).stdout)["batches"][0]["batch"]
    run_module("data", "undo", str(batch), home=home.path)
    run_module("reports", "pack", "--unit", "DY", "--only", "xlsx", "--out", str(tmp_path), home=home.path)
    monkeypatch.setenv(PERSON_VARIABLE, "li@x.org")
    run_module("data", "redo", str(batch), home=home.path, status=1)
    said = [(line["who"], line["event"], line.get("batches"), line.get("unit")) for line in entries(home)]
    assert said[-4:] == [
        ("wang@x.org", "upload", [batch], None),
        ("wang@x.org", "undo", [batch], None),
        ("wang@x.org", "pack", None, "DY"),
        ("li@x.org", "refused", None, None),
    ]
    written = "".join(one.read_text(encoding="utf-8") for one in audit_folder(home).glob("*.jsonl"))
    assert "13800138000" not in written
    assert "张三" not in written


def test_only_administrators_read_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for person, status in (("wang@x.org", 1), ("li@x.org", 1), ("root@x.org", 0)):
        monkeypatch.setenv(PERSON_VARIABLE, person)
        printed = run_module("data", "audit", "--json", home=home.path, status=status)
        assert bool(printed.stdout) is (status == 0)
    run_module("data", "audit", "--verify", home=home.path)
    rows = json.loads(run_module("data", "audit", "--json", "--event", "upload", home=home.path).stdout)
    assert {row["event"] for row in rows} == {"upload"}


@pytest.mark.parametrize("lang", ["en", "zh_Hans", "zh_Hant"])
def test_the_page_lists_filters_and_is_for_administrators(
    home: Home, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(home.path))
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(PERSON_VARIABLE, "root@x.org")
    app = _page(lang)
    assert not app.exception
    assert "upload" in _html(app)
    app.selectbox[1].select("refused").run()
    assert ">upload<" not in _html(app)
    monkeypatch.setenv(PERSON_VARIABLE, "wang@x.org")
    refused = _page(lang)
    assert refused.error
    assert "upload" not in _html(refused)


def _page(lang: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = lang
    return app.switch_page("pages/audit.py").run()


def _html(app: AppTest) -> str:
    return "".join(str(one.proto.body) for one in app.main.get("html"))
