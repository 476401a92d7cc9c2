"""`python -m data`: what each command prints, its JSON, its exit status; and no traceback, whatever is typed.

Most commands run inside the test's process, which is what `python -m data` calls; one of each exit status runs as a
user would.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock
from openpyxl import load_workbook

from data.__main__ import main
from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.operations.undo import undo
from tests.conftest import ROOT, run_process

CUSTOMERS = "month unit customers"


class Printed(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Printed]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """run(*words): the exit status, and what was printed."""

    def one(*words: object) -> Printed:
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Printed(status, printed.out, printed.err)

    return one


@pytest.fixture(scope="module")
def filled(units_loaded: Path, write_to, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units (batch 1), customers (2), and a batch that is undone (3): version 4. Read only."""
    folder = tmp_path_factory.mktemp("commands")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    rows = [CUSTOMERS.split(), ("2025-01", "A", 1), ("2025-02", "A", 2), ("2025-02", "B", 3)]
    load(home, [write_to(folder / "客户.csv", rows)], LoadOptions(who="Li Na"))
    load(home, [write_to(folder / "wrong.csv", [CUSTOMERS.split(), ("2025-01", "A", 9)])], LoadOptions(who="Wang"))
    undo(home, 3, who="Wang")
    return home.path


FINDING = {"code", "severity", "sheet", "row", "column", "cell", "value", "message", "suggestion"}
SHEET = {"sheet", "feed", "rows", "months", "units", "findings"}
FILE = {"file", "sha256", "sheets", "batch"}


def check_shape(told: dict) -> None:
    """What DESIGN section 9 promises; more may be said."""
    assert {"committed", "version", "files"} <= told.keys()
    for file in told["files"]:
        assert file.keys() >= FILE
        for sheet in file["sheets"]:
            assert sheet.keys() >= SHEET
            for finding in sheet["findings"]:
                assert finding.keys() >= FINDING


def test_load_json(home: Home, run: Run, write) -> None:
    good = write("good.xlsx", CUSTOMERS, ("2025-02", "B", 1), ("2025-01", "A", 1))
    bad = write("bad.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "大样", 2))
    ended = run("load", good, bad, "--home", home.path, "--json")
    check_shape(ended.json)
    assert (ended.status, ended.json["committed"], ended.json["version"]) == (1, True, 2)
    first, second = ended.json["files"]
    assert (first["file"], first["batch"], second["file"], second["batch"]) == ("good.xlsx", 2, "bad.csv", None)
    sheet = first["sheets"][0]
    assert (sheet["sheet"], sheet["feed"], sheet["rows"]) == ("Sheet", "customers", 2)
    assert (sheet["months"], sheet["units"], sheet["findings"]) == (["2025-01", "2025-02"], ["A", "B"], [])
    found = second["sheets"][0]["findings"][0]
    assert (found["code"], found["severity"], found["row"], found["cell"]) == ("unknown_unit", "error", 3, "B3")
    assert (found["column"], found["value"]) == ("unit", "大样")
    assert "大洋" in found["suggestion"]


def test_check_json_is_the_same_and_writes_nothing(home: Home, run: Run, write, tree) -> None:
    before = tree(home.path)
    bad = write("bad.csv", CUSTOMERS, ("2025-01", "?", 1.5))
    ended = run("check", bad, "--home", home.path, "--json")
    check_shape(ended.json)
    assert (ended.status, ended.json["committed"], ended.json["version"]) == (1, False, 1)
    codes = [finding["code"] for finding in ended.json["files"][0]["sheets"][0]["findings"]]
    assert codes == ["unknown_unit", "not_whole"]
    good = run("check", write("good.csv", CUSTOMERS, ("2025-01", "A", 1)), "--home", home.path, "--json")
    assert (good.status, good.json["committed"], good.json["files"][0]["batch"]) == (0, False, None)
    assert run("load", write("good.csv", CUSTOMERS, ("2025-01", "A", 1)), "--home", home.path, "--dry-run").status == 0
    assert tree(home.path) == before


def test_an_unreadable_file_has_its_finding_in_json(home: Home, run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK broken")
    ended = run("load", tmp_path / "broken.xlsx", "--home", home.path, "--json")
    check_shape(ended.json)
    assert ended.status == 1
    codes = [finding["code"] for sheet in ended.json["files"][0]["sheets"] for finding in sheet["findings"]]
    assert codes == ["unreadable_file"]


def test_the_version_of_an_empty_home_is_null(empty: Home, run: Run, units: Path) -> None:
    assert run("check", units, "--home", empty.path, "--json").json["version"] is None


def test_load_in_words(home: Home, run: Run, write) -> None:
    good, bad = write("good.csv", CUSTOMERS, ("2025-01", "A", 1)), write("bad.csv", CUSTOMERS, ("2025-01", "?", 1))
    ended = run("load", good, bad, "--home", home.path, "--as", "Li Na")
    assert ended.status == 1
    assert "good.csv: customers, 1 rows, batch 2\n" in ended.out
    assert "bad.csv: refused\n  error   unknown_unit  bad B2  “?” is not a unit we know." in ended.out
    assert ended.out.endswith("Version 2 is published.\n")
    again = run("load", good, "--home", home.path)
    assert (again.status, again.out.splitlines()[0]) == (0, "good.csv: already loaded as batch 2")
    assert again.out.endswith("Nothing was changed.\n")


def test_findings_speak_the_language_asked_for(home: Home, run: Run, write) -> None:
    bad = write("bad.csv", CUSTOMERS, ("2025-01", "?", 1))
    messages = {
        lang: run("check", bad, "--home", home.path, "--json", "--lang", lang).json["files"][0]["sheets"][0][
            "findings"
        ][0]
        for lang in ("en", "zh_Hans", "zh_Hant")
    }
    assert messages["en"]["message"] == "“?” is not a unit we know."
    assert len({finding["message"] for finding in messages.values()}) == 3


def test_missing_clear(home: Home, run: Run, write, figures) -> None:
    run("load", write("a.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "B", 2)), "--home", home.path)
    run("load", write("b.csv", CUSTOMERS, ("2025-01", "A", 3)), "--missing", "clear", "--home", home.path)
    assert figures(home, "customers") == {"2025-01 A": 3}


def test_only_if_empty(empty: Home, run: Run, units: Path, write) -> None:
    assert run("load", units, "--home", empty.path, "--only-if-empty").out.endswith("Version 1 is published.\n")
    path = write("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    ended = run("load", path, "--home", empty.path, "--only-if-empty")
    assert (ended.status, ended.out) == (0, f"{empty.path} holds data already; nothing was loaded.\n")


def test_history(filled: Path, run: Run) -> None:
    told = run("history", "--home", filled, "--json").json
    assert told["version"] == 4
    assert [
        (
            row["batch"],
            row["file"],
            row["feeds"],
            row["rows"],
            row["months"],
            row["loaded_by"],
            row["undone"],
            row["version"],
        )
        for row in told["batches"]
    ] == [
        (3, "wrong.csv", "customers", 1, "2025-01", "Wang", True, 3),
        (2, "客户.csv", "customers", 3, "2025-01 – 2025-02", "Li Na", False, 2),
        (1, "units.csv", "units", 8, "", "tester", False, 1),
    ]
    assert {type(row["findings"]) for row in told["batches"]} == {list}
    words = run("history", "--home", filled).out.splitlines()
    assert len(words) == 4
    assert [line.split()[-1] for line in words] == ["state", "undone", "counts", "counts"]


def test_coverage(filled: Path, run: Run) -> None:
    told = run("coverage", "--home", filled, "--json").json
    assert told == {
        "version": 4,
        "coverage": [
            {"feed": "customers", "month": "2025-01", "units": 1, "rows": 1, "batches": 1},
            {"feed": "customers", "month": "2025-02", "units": 2, "rows": 2, "batches": 1},
        ],
    }
    assert [line.split() for line in run("coverage", "--home", filled).out.splitlines()] == [
        ["feed", "month", "units", "rows", "batches"],
        ["customers", "2025-01", "1", "1", "1"],
        ["customers", "2025-02", "2", "2", "1"],
    ]


def test_undo_and_redo(filled: Path, tmp_path: Path, run: Run) -> None:
    home = shutil.copytree(filled, tmp_path / "home")
    assert run("undo", 2, "--home", home, "--json").json == {"batch": 2, "version": 5}
    assert run("redo", 2, "--home", home, "--json").json == {"batch": 2, "version": 6}
    assert run("undo", 2, "--home", home).out == "Batch 2 is undone. Version 7 is published.\n"
    assert run("redo", 2, "--home", home).out == "Batch 2 counts again. Version 8 is published.\n"
    assert run("undo", 3, "--home", home) == (2, "", "Batch 3 is already undone.\n")


def test_backup_and_restore(filled: Path, tmp_path: Path, run: Run) -> None:
    saved = tmp_path / "saved.zip"
    # The warehouse, three originals, versions 1 to 4 with their pointer, and the audit.
    assert run("backup", saved, "--home", filled) == (0, f"Wrote 12 files to {saved}.\n", "")
    new = tmp_path / "new"
    assert run("restore", saved, "--home", new) == (0, f"Restored 12 files to {new}.\n", "")
    assert run("coverage", "--home", new, "--json").json == run("coverage", "--home", filled, "--json").json
    refused = run("restore", saved, "--home", new)
    assert (refused.status, refused.out) == (1, "")
    assert "holds data already" in refused.err


def test_template(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "客户.xlsx"
    assert run("template", "customers", out, "--lang", "zh_Hans") == (0, f"Wrote {out}.\n", "")
    sheet = load_workbook(out).worksheets[0]
    assert [sheet.cell(1, place).value for place in (1, 2, 3)] == ["月份*", "单位*", "客户数*"]


def test_profile_draft_and_list(tmp_path: Path, run: Run, write, home: Home) -> None:
    path = write("odd.csv", "Monat Einheit Kunden", ("2025-01", "A", 1), ("2025-02", "A", 2))
    shown = run("profile", "draft", path, "--home", home.path)
    assert shown.status == 0
    out = tmp_path / "odd.toml"
    assert run("profile", "draft", path, "--out", out, "--home", home.path).status == 0
    assert out.read_text(encoding="utf-8").strip() == shown.out.strip()
    assert run("profile", "list", "--home", home.path).status == 0


VISITS = """
feed = "indicators"
month = { column = "when" }
unit = { columns = ["where"], create = true, level = "county", parent = "P" }
[[indicators]]
code = "visits"
name = "Visits"
numerator = ["visits"]
"""


def test_history_names_the_profile_and_counts_no_units(home: Home, write, tmp_path: Path, run: Run) -> None:
    profile = tmp_path / "visits.toml"
    profile.write_text(VISITS, encoding="utf-8")
    export = write("visits.csv", "when where visits", ("2025-01", "East", 4), ("2025-01", "West", 5))
    assert run("profile", "save", profile, "--home", home.path).status == 0
    done = run("load", export, "--home", home.path)
    assert "visits.csv: units, indicators, 2 rows, batch 2" in done.out, "the two units are not rows of it"
    newest = run("history", "--json", "--home", home.path).json["batches"][0]
    assert (newest["profile"], newest["rows"]) == ("visits", 2)
    assert run("history", "--json", "--home", home.path).json["batches"][1]["rows"] == 8, "of a file of units they are"


@pytest.mark.parametrize("lang", ["en", "zh_Hans", "zh_Hant"])
def test_what_is_no_table_names_the_command_that_helps(run: Run, write, home: Home, lang: str) -> None:
    export = write("other.csv", "colour taste price", ("red", "sweet", 3))
    told = run("check", export, "--lang", lang, "--home", home.path)
    assert told.status == 1
    assert "no_table" in told.out
    assert "python -m data profile draft FILE" in told.out


# Everything that is not understood: one line of reason at the end of the error stream, nothing printed, status 2.
WRONG = [
    ([], "the following arguments are required: command"),
    (["fly"], "invalid choice: 'fly'"),
    (["load"], "the following arguments are required: FILE"),
    (["load", "nowhere.xlsx"], "No such file: nowhere.xlsx."),
    (["load", "nowhere.xlsx", "neither.csv"], "No such file: nowhere.xlsx, neither.csv."),
    (["load", "x" * 5000], "No such file: xxxxx"),
    (["load", "{file}", "--missing", "perhaps"], "invalid choice: 'perhaps'"),
    (["load", "{file}", "--feed", "nonsense"], "No spreadsheet type is called 'nonsense'; there are: units, customers"),
    (["load", "{file}", "--profile", "nonsense"], "nonsense"),
    (["check", "nofolder/x.xlsx"], "No such file: nofolder/x.xlsx."),
    (["load", "{file}", "--wait", "soon"], "invalid float value: 'soon'"),
    (["load", "{file}", "--lang", "fr"], "invalid choice: 'fr'"),
    (["undo"], "the following arguments are required: BATCH"),
    (["undo", "two"], "invalid int value: 'two'"),
    (["undo", "99"], "There is no batch 99; the last is 3."),
    (["redo", "2"], "Batch 2 counts already."),
    (["coverage", "--since", "2024"], "unrecognized arguments: --since 2024"),
    (["template", "customers"], "the following arguments are required: OUT.xlsx"),
    (["template", "nonsense", "{folder}/out.xlsx"], "No spreadsheet type is called 'nonsense'"),
    (["template", "customers", "{folder}/none/out.xlsx"], "There is no folder {folder}/none."),
    (["template", "customers", "{folder}"], "{folder} is a folder; name a file."),
    (["backup", "{folder}/none/out.zip"], "There is no folder {folder}/none."),
    (["backup", "{folder}"], "{folder} is a folder; name a file."),
    (["samples", "{file}"], "{file} is a file; name a folder."),
    (["restore", "{folder}/none.zip"], "No such file: {folder}/none.zip."),
    (["profile", "draft"], "`profile draft` needs a file: python -m data profile draft FILE"),
    (["profile", "draft", "{file}", "--out", "{folder}"], "{folder} is a folder; name a file."),
    (["profile", "fly"], "invalid choice: 'fly'"),
]


@pytest.mark.parametrize(("words", "reason"), WRONG, ids=[" ".join(words)[:40] or "nothing" for words, _ in WRONG])
def test_wrong_usage_is_reported_in_one_sentence(
    filled: Path, tmp_path: Path, run: Run, write, tree, words: list, reason: str
) -> None:
    before = tree(filled)
    names = {"file": write("a.csv", CUSTOMERS, ("2025-03", "A", 1)), "folder": tmp_path}
    ended = run("--home", filled, *[word.format(**names) for word in words])
    assert (ended.status, ended.out) == (2, "")
    assert reason.format(**names) in ended.err.splitlines()[-1]
    assert ended.err.splitlines()[0].startswith("usage: ") or len(ended.err.splitlines()) == 1
    assert tree(filled) == before


# What a disk or a file refuses: a sentence and status 1.
REFUSED = [
    (["history", "--home", "{folder}/empty"], "Nothing has been loaded into {folder}/empty yet."),
    (["coverage", "--home", "{folder}/empty"], "Nothing has been loaded into {folder}/empty yet."),
    (["backup", "{folder}/out.zip", "--home", "{folder}/empty"], "There is nothing to back up in {folder}/empty."),
    (
        ["restore", "{file}", "--home", "{folder}/empty"],
        "{file} is not a backup of this program: it is not a zip file.",
    ),
    (["load", "{file}", "--home", "{file}"], "The folder {file} cannot be written"),
    (["load", "{folder}/empty", "--home", "{folder}/h"], "There is no file to load"),
    (["profile", "draft", "{file}", "--out", "/dev/full"], "No space left on device."),
    (["profile", "draft", "{folder}/none.xlsx"], "No such file: none.xlsx."),
    (["profile", "save", "{folder}/none.toml"], "No such file: {folder}/none.toml."),
    (
        ["load", "{file}", "--profile", "{folder}/none.toml", "--home", "{folder}/h"],
        "No such file: {folder}/none.toml.",
    ),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=[" ".join(words)[:40] for words, _ in REFUSED])
def test_what_cannot_be_done_is_reported_in_one_sentence(
    tmp_path: Path, run: Run, write, words: list, reason: str
) -> None:
    (tmp_path / "empty").mkdir()
    names = {"file": write("a.csv", CUSTOMERS, ("2025-03", "A", 1)), "folder": tmp_path}
    ended = run(*[word.format(**names) for word in words])
    assert (ended.status, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert reason.format(**names) in ended.err


def test_home_stands_before_or_after_the_command_or_in_the_environment(
    filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(tmp_path / "none"))
    after, before = run("coverage", "--json", "--home", filled), run("--home", filled, "coverage", "--json")
    assert (after.status, before.status) == (0, 0)
    assert after.out == before.out == run("--json", "--home", filled, "coverage").out
    assert run("coverage").status == 1
    monkeypatch.setenv("SERVICE_QUALITY_HOME", str(filled))
    assert run("coverage", "--json").out == after.out


# As a user would, in processes of their own.


def test_status_0_and_1_and_2_of_the_real_command(home: Home, write) -> None:
    good, bad = write("good.csv", CUSTOMERS, ("2025-01", "A", 1)), write("bad.csv", CUSTOMERS, ("2025-01", "?", 1))
    done = run_process("data", "--home", str(home.path), "load", str(good), "--json")
    assert json.loads(done.stdout)["version"] == 2
    refused = run_process("data", "load", str(bad), "--json", home=home.path, status=1)
    assert json.loads(refused.stdout)["committed"] is False
    wrong = run_process("data", "undo", "99", home=home.path, status=2)
    assert (wrong.stdout, wrong.stderr) == ("", "There is no batch 99; the last is 2.\n")


def test_status_3_while_another_process_holds_the_lock(home: Home, write, tree) -> None:
    before = tree(home.path)
    path = write("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    holder = (
        "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); print('held', "
        "flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", holder, str(home.lock)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        busy = run_process("data", "load", str(path), "--wait", "0.5", "--json", home=home.path, status=3)
        assert busy.stdout == ""
        assert busy.stderr == "Another load is running; nothing was changed. Try again when it has ended.\n"
        read = run_process("data", "coverage", "--json", home=home.path)  # who reads does not wait
        assert json.loads(read.stdout)["version"] == 1
    assert tree(home.path) == before
    with FileLock(str(home.lock), timeout=5):  # freed by its end
        pass


def test_a_closed_pipe_is_no_error(filled: Path) -> None:
    words = f"'{sys.executable}' -m data history --home '{filled}' | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in ended.stderr


def test_what_a_file_leaves_open_is_reported_in_words(home: Home, write: Callable[..., Path], run: Run) -> None:
    """A header that is nearly ours and a date of either order: refused with the question, loaded with the answer, told
    in the history.
    """
    path = write(
        "t.csv", "工单号 受理时间 单位 投诉类型别", ("1", "03/02/2025", "A", "资费"), ("2", "04/02/2025", "A", "网络")
    )
    asked = run("load", path, "--json", "--home", home.path)
    codes = {finding["code"] for finding in asked.json["files"][0]["sheets"][0]["findings"]}
    assert (asked.status, codes) == (1, {"mapping_needed", "columns_ignored"})
    words = ["load", path, "--accept", "投诉类型别=category", "--answer", "dates=month_first", "--home", home.path]
    assert run(*words).status == 0
    assert "投诉类型别" in run("history", "--json", "--home", home.path).out
    assert run("coverage", "--json", "--home", home.path).json["coverage"][-1]["month"] == "2025-04"
    wrong = run("load", path, "--answer", "dates=backwards", "--home", home.path)
    assert (wrong.status, "dates=day_first" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--accept-units"], "海湖分公司 would be taken for 海湖 (B)."),
        (["--create-units", "city", "全省"], "Would create 1 unit below 全省."),
    ],
)
def test_a_dry_run_that_corrects_units_says_what_would_be_and_writes_nothing(
    home: Home, run: Run, write, tree, option: list[str], said: str
) -> None:
    before = tree(home.path)
    path = write("file.csv", CUSTOMERS, ("2025-01", "海湖分公司", 20))
    ended = run("load", path, *option, "--dry-run", "--home", home.path)
    assert said in ended.err
    assert (ended.status, ended.out.splitlines()[0]) == (0, "file.csv: customers, 1 rows would be loaded")
    assert tree(home.path) == before
    assert "published" not in ended.out
    assert run("load", path, *option, "--home", home.path).status == 0
    assert tree(home.path) != before


def test_units_are_created_for_a_file_that_needs_a_mapping_too(home: Home, run: Run, write) -> None:
    path = write("file.csv", "month unit 用户规模口径", ("2025-01", "新城", 20))
    assert run("check", path, "--home", home.path).status == 1
    mapped = ["--accept", "用户规模口径=customers", "--create-units", "city", "全省"]
    ended = run("load", path, *mapped, "--home", home.path)
    assert (ended.status, "Created 1 unit below 全省." in ended.err) == (0, True)


def test_accepted_units_are_those_that_a_text_must_mean(home: Home, run: Run, write) -> None:
    """大通 is one sign from 大洋, and another town: its figures stay out, and no alias is made."""
    path = write("file.csv", CUSTOMERS, ("2025-01", "大通", 7), ("2025-01", "海湖分公司", 8))
    ended = run("load", path, "--accept-units", "--home", home.path)
    assert ended.status == 1
    # A load that takes longer than a second shows how far it is.
    assert [line for line in ended.err.splitlines() if not re.match(r" *\d+% ", line)] == [
        "海湖分公司 is taken for 海湖 (B).",
        "大通 is taken for no unit: it may be another than 大洋 (A). Add it as an alias to the right one.",
    ]
    assert "“大通” is not a unit we know." in ended.out
    assert "“海湖分公司”" not in ended.out


@pytest.mark.parametrize(("unit", "status"), [("A", 0), ("?", 1)], ids=["good", "refused"])
def test_the_same_bytes_twice_in_one_step_are_read_once(home: Home, run: Run, write, unit: str, status: int) -> None:
    paths = [write(name, CUSTOMERS, ("2025-01", unit, 1)) for name in ("one.csv", "two.csv")]
    ended = run("load", *paths, "--home", home.path)
    assert ended.status == status
    assert "two.csv: nothing of its own" in ended.out
    assert "The file holds the same bytes as one.csv, which is given in the same step; it is read once." in ended.out
    assert "already loaded" not in ended.out
    again = run("load", *paths, "--home", home.path)
    assert ("two.csv: already loaded as batch 2" in again.out) is (status == 0)
