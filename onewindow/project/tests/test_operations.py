"""The verbs that an operator types, on the real files of a city."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SITUATION = {"persons": {"a": {"wage_income": {"2025-10": 80_000}}}, "households": {"h": {"applicant": ["a"]}}}


def onewindow(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"ONEWINDOW_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "onewindow.project.settings"}
    command = [sys.executable, "-m", "onewindow.project", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city in small."""
    data = tmp_path_factory.mktemp("city")
    made = onewindow(data, "demo", "--households", "20")
    assert made.returncode == 0, made.stderr[-2000:]
    return data


def test_a_city_that_is_there_is_left_alone(city: Path) -> None:
    before = (city / "city.sqlite3").stat().st_size
    again = onewindow(city, "demo")
    assert "已经建好" in again.stdout and (city / "city.sqlite3").stat().st_size == before


def test_the_same_seed_gives_the_same_people(city: Path, tmp_path: Path) -> None:
    onewindow(tmp_path, "demo", "--households", "20")
    names = [
        sqlite3.connect(data / "city.sqlite3").execute("SELECT name, birth FROM people_person ORDER BY id").fetchall()
        for data in (city, tmp_path)
    ]
    assert names[0] == names[1] and len(names[0]) > 1000


def test_no_id_number_phone_or_account_stands_in_the_database_file(city: Path) -> None:
    bank = json.loads((city / "partners" / "records.json").read_text())["people"]
    raw = b"".join(path.read_bytes() for path in city.glob("city.sqlite3*"))
    secrets = [person["id_number"] for person in bank] + [a["account"] for p in bank for a in p["accounts"]]
    assert len(secrets) > 50
    assert not [secret for secret in secrets if secret.encode() in raw]


def test_log_and_ledger_of_the_demo_are_whole(city: Path, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    assert onewindow(city, "anchor", "--out", str(anchor)).returncode == 0
    told = onewindow(city, "verify", "audit", "--anchor", str(anchor), "--json")
    assert told.returncode == 0 and json.loads(told.stdout) == {"ok": True, "flaws": [], "anchored": True}
    assert json.loads(onewindow(city, "verify", "ledger", "--json").stdout)["ok"] is True


def test_a_backup_comes_back_whole_and_an_altered_one_is_refused(city: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert onewindow(city, "backup", "--to", str(backup), "--with-keys").returncode == 0
    restored = tmp_path / "restored"
    told = onewindow(restored, "restore", "--from", str(backup), "--json")
    assert told.returncode == 0 and json.loads(told.stdout)["flaws"] == []
    query = "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM audit_auditline)"
    counts = [sqlite3.connect(data / "city.sqlite3").execute(query).fetchone() for data in (city, restored)]
    assert counts[0] == counts[1] and counts[0][0] > 10
    second = onewindow(restored, "restore", "--from", str(backup))
    assert second.returncode == 1 and "不是空的" in second.stderr
    with (backup / "city.sqlite3").open("ab") as file:
        file.write(b"x")
    refused = onewindow(tmp_path / "other", "restore", "--from", str(backup))
    assert refused.returncode == 1 and "改动" in refused.stderr


def test_a_backup_without_keys_says_so(city: Path, tmp_path: Path) -> None:
    told = onewindow(city, "backup", "--to", str(tmp_path / "b"))
    assert "密钥不在其中" in told.stdout and not (tmp_path / "b" / "keys").exists()


def test_a_situation_is_assessed_with_its_explanation(city: Path, tmp_path: Path) -> None:
    file = tmp_path / "situation.json"
    file.write_text(json.dumps(SITUATION))
    told = onewindow(city, "assess", str(file), "--month", "2025-10", "--json")
    assert json.loads(told.stdout)["outputs"]["dibao_amount"] == 24_500
    file.write_text("{")
    wrong = onewindow(city, "assess", str(file), "--month", "2025-10")
    assert wrong.returncode == 1 and "Traceback" not in wrong.stderr


def test_the_rehearsal_of_production_refuses_a_demo_city(city: Path) -> None:
    os.environ["ONEWINDOW_MODE"] = "production"
    try:
        told = onewindow(city, "demo")
    finally:
        del os.environ["ONEWINDOW_MODE"]
    assert told.returncode == 1 and "正式环境" in told.stderr
