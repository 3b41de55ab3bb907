"""What a city lives when it hands in its registers."""

import csv
import stat
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from onewindow.kernel.audit.chain import flaws_of_chain
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.people.models import Household, Member, Person
from onewindow.kernel.people.sealed import blind_index
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.kernel.staff.finding import looks_at
from onewindow.project.importing.running import BATCH, Import
from onewindow.project.importing.tests.tables import (
    HOUSEHOLDS,
    RESIDENTS,
    as_csv,
    counts,
    lines,
    member,
    reasons,
    residents,
    run,
)  # fmt: skip
from tests.factories import COMMUNITY, NANKAI_COMMUNITY, City

WRONG = {
    97: ("身份证号", "120101199001019911", "校验位"),
    98: ("社区代码", "999", "社区代码"),
    99: ("手机号", "1990", "手机号"),
    100: ("姓名", "", "姓名：没有填写"),
    101: ("死亡日期", "去年", "2026-11-23"),
    102: ("身份证号", "1.20101E+17", "文本格式"),
    103: ("性别", "女", "与身份证号不一致"),
    104: ("死亡日期", "2999-01-01", "不能晚于今天"),
    105: ("银行账号", "六二一七", "银行账号"),
    106: ("地址", "路" * 201, "200"),
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(transactional_db: None) -> City:
    return City().lay()


def some_wrong(count: int) -> list[dict[str, str]]:
    rows = residents(count, 性别="")
    for n, (name, value, _) in WRONG.items():
        rows[n][name] = value
    rows[103]["性别"] = "男" if int(rows[103]["身份证号"][16]) % 2 == 0 else "女"
    return rows


def test_ten_thousand_rows_come_in_and_the_wrong_ones_come_back_with_reasons(tmp_path: Path, city: City) -> None:
    file = as_csv(tmp_path / "residents.csv", lines(some_wrong(10_000), RESIDENTS))
    right = 10_000 - len(WRONG)
    told = run("residents", file)
    assert counts(told) == (right, 0, 0, len(WRONG))
    for reason, (_, _, expected) in zip(reasons(told), WRONG.values(), strict=True):
        assert expected in reason
    assert counts(run("residents", file)) == (0, 0, right, len(WRONG))
    assert Person.unscoped.count() == right


def test_wrong_rows_that_were_put_right_come_in(tmp_path: Path, city: City) -> None:
    rows = some_wrong(200)
    told = run("residents", as_csv(tmp_path / "residents.csv", lines(rows, RESIDENTS)))
    back = Path(told["wrong_rows"])
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    with back.open(encoding="utf-8-sig") as file:
        returned = list(csv.DictReader(file))
    assert [*returned[0]] == [*RESIDENTS, "错误原因"]
    good = residents(200)
    for row, n in zip(returned, WRONG, strict=True):
        row.update(good[n], 死亡日期="", 性别="", 手机号="", 银行账号="")
    again = run("residents", as_csv(tmp_path / "again.csv", lines(returned, [*RESIDENTS, "错误原因"])))
    assert counts(again) == (len(WRONG), 0, 0, 0) and again["wrong_rows"] == ""


def test_a_changed_row_changes_only_what_is_new_and_the_person_can_read_it(tmp_path: Path, city: City) -> None:
    rows = residents(3, 手机号="19900000001", 银行账号="6217000000000001")
    run("residents", as_csv(tmp_path / "a.csv", lines(rows, RESIDENTS)))
    rows[1]["手机号"] = "19900001111"
    assert counts(run("residents", as_csv(tmp_path / "b.csv", lines(rows, RESIDENTS)))) == (0, 1, 2, 0)
    person = Person.unscoped.get(name="居民1")
    assert person.phone == "19900001111" and person.phone_index == blind_index("19900001111", "phone")
    assert person.bank_account == "6217000000000001"
    (look,) = looks_at(AuditLine.objects.filter(subject=person.pk))
    assert look.what == "按导入的登记数据更新" and "1990000" not in str(look)


def test_an_empty_cell_or_a_column_left_out_takes_nothing_away(tmp_path: Path, city: City) -> None:
    run("residents", as_csv(tmp_path / "a.csv", lines(residents(1, 手机号="19900000001"), RESIDENTS)))
    run("residents", as_csv(tmp_path / "b.csv", lines(residents(1), RESIDENTS)))
    run("residents", as_csv(tmp_path / "c.csv", lines(residents(1), ["姓名", "身份证号", "社区代码"])))
    person = Person.unscoped.get()
    assert (person.phone, person.address) == ("19900000001", "花园路")


def test_somebody_who_stands_twice_in_a_file_does_not_change_back_and_forth(tmp_path: Path, city: City) -> None:
    one, two = residents(1)[0], residents(1, 手机号="19900000002")[0]
    file = as_csv(tmp_path / "a.csv", lines([one, dict(one), two], RESIDENTS))
    told = run("residents", file)
    assert counts(told) == (1, 0, 1, 1) and "第2行" in reasons(told)[0]
    assert counts(run("residents", file)) == (0, 0, 2, 1)


def test_somebody_from_elsewhere_is_said_to_be_so(tmp_path: Path, city: City) -> None:
    run("residents", as_csv(tmp_path / "a.csv", lines(residents(1, 社区代码="外地"), RESIDENTS)))
    assert Person.unscoped.get().place_id is None


def test_a_rehearsal_counts_and_changes_nothing(tmp_path: Path, city: City) -> None:
    file = as_csv(tmp_path / "a.csv", lines(some_wrong(BATCH + 200), RESIDENTS))
    before = AuditLine.objects.count()
    told = run("residents", file, "--dry-run")
    assert counts(told) == (BATCH + 200 - len(WRONG), 0, 0, len(WRONG)) and told["dry_run"]
    assert not Person.unscoped.exists() and AuditLine.objects.count() == before
    assert counts(run("residents", file)) == counts(told)


def test_an_import_leaves_two_lines_with_the_sum_of_the_file(tmp_path: Path, city: City) -> None:
    told = run("residents", as_csv(tmp_path / "a.csv", lines(residents(2), RESIDENTS)))
    begun, ended = AuditLine.objects.filter(action__startswith="import").order_by("id")
    assert begun.detail["sha256"] == ended.detail["sha256"] == told["sha256"]
    assert ended.detail["counts"] == {"added": 2, "changed": 0, "unchanged": 0, "wrong": 0}
    assert begun.actor.startswith("命令行") and flaws_of_chain() == []


def test_an_import_that_is_broken_off_keeps_its_batches_and_goes_on_when_run_again(tmp_path: Path, city: City) -> None:
    file = as_csv(tmp_path / "a.csv", lines(some_wrong(BATCH * 2), RESIDENTS))

    def break_off(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Import(SYSTEM, "residents", file).run(tmp_path / "wrong.csv", progress=break_off)
    assert Person.unscoped.count() == BATCH - len(WRONG) and list(tmp_path.iterdir()) == [file]
    assert AuditLine.objects.filter(action="import.begin").exists()
    assert counts(run("residents", file)) == (BATCH, 0, BATCH - len(WRONG), len(WRONG))


def in_a_connection_of_its_own(file: Path) -> None:
    Import(SYSTEM, "residents", file).run(file.with_name("wrong.csv"))
    connection.close()


def test_what_somebody_else_added_meanwhile_is_no_fault(tmp_path: Path, city: City, monkeypatch: Any) -> None:
    """The first look at the batch's people is of the moment before."""
    from onewindow.project.importing import residents as module

    rows = residents(3)
    told, looked = module.people_of, []

    def late(readings: Any) -> Any:
        found = told(readings)
        if not looked:
            looked.append(True)
            first = as_csv(tmp_path / "first.csv", lines(rows[:1], RESIDENTS))
            elsewhere = threading.Thread(target=in_a_connection_of_its_own, args=(first,))
            elsewhere.start()
            elsewhere.join()
        return found

    monkeypatch.setattr(module, "people_of", late)
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: nobody can come between")
    assert counts(run("residents", as_csv(tmp_path / "a.csv", lines(rows, RESIDENTS)))) == (2, 0, 1, 0)


def homes(tmp_path: Path, *rows: dict[str, str], name: str = "homes.csv") -> dict[str, Any]:
    return run("households", as_csv(tmp_path / name, lines(rows, HOUSEHOLDS)))


@pytest.fixture
def three(tmp_path: Path, city: City) -> list[str]:
    rows = residents(3)
    run("residents", as_csv(tmp_path / "residents.csv", lines(rows, RESIDENTS)))
    return [row["身份证号"] for row in rows]


def test_households_take_their_members(tmp_path: Path, three: list[str]) -> None:
    rows = [member(three[0], "H1", "02"), member(three[1], "H1", "妻"), member(three[2], "H2", "户主")]
    told = homes(tmp_path, *rows)
    assert counts(told) == (3, 0, 0, 0) and "households_without_one_head" not in told
    assert [m.relation for m in Household.objects.get(number="H1").members_on(date(2026, 1, 1))] == ["02", "12"]
    assert counts(homes(tmp_path, *rows)) == (0, 0, 3, 0)


def test_who_moves_leaves_the_old_home_on_that_day(tmp_path: Path, three: list[str]) -> None:
    homes(tmp_path, member(three[0], "H1", "02"), member(three[1], "H1", "20"))
    moved = member(three[1], "H2", "02", 迁入日期="2026/3/1")
    assert counts(homes(tmp_path, moved)) == (0, 1, 0, 0)
    old, new = Member.objects.filter(person__name="居民1").order_by("id")
    assert (old.until_on, new.from_on, new.until_on) == (date(2026, 3, 1), date(2026, 3, 1), None)
    assert counts(homes(tmp_path, moved)) == (0, 0, 1, 0)


def test_who_left_the_register_leaves_the_household(tmp_path: Path, three: list[str]) -> None:
    homes(tmp_path, member(three[0], "H1", "02"), member(three[1], "H1", "20"))
    gone = member(three[1], "H1", "20", 迁出日期="2026年4月2日")
    assert counts(homes(tmp_path, gone)) == (0, 1, 0, 0) and counts(homes(tmp_path, gone)) == (0, 0, 1, 0)
    assert Household.objects.get().members_on(date(2026, 4, 2)).count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"身份证号": "120101199003079915"}, "请先导入居民"),
        ({"与户主关系": "表舅"}, "GB/T 4761"),
        ({"城乡": "郊区"}, "城镇"),
        ({"社区代码": "外地"}, "户须在本市"),
        ({"户号": ""}, "户号：没有填写"),
        ({"迁入日期": "2026-02-01", "迁出日期": "2026-01-01"}, "早于迁入日期"),
    ],
    ids=lambda told: "",
)
def test_a_wrong_member_says_why(tmp_path: Path, three: list[str], row: dict[str, str], reason: str) -> None:
    told = homes(tmp_path, {**member(three[0], "H1", "02"), **row})
    assert counts(told) == (0, 0, 0, 1) and reason in reasons(told)[0]
    assert not Household.objects.exists()


def test_a_household_that_is_told_in_two_ways_is_asked_about(tmp_path: Path, three: list[str]) -> None:
    told = homes(
        tmp_path, member(three[0], "H1", "02"), member(three[1], "H1", "20", 社区代码=NANKAI_COMMUNITY),
        member(three[0], "H2", "02"),
    )  # fmt: skip
    first, second = reasons(told)
    assert "同一户" in first and "第2行已有此人" in second
    assert Household.objects.get().place_id == COMMUNITY


def test_a_household_without_its_head_is_pointed_out(tmp_path: Path, three: list[str]) -> None:
    assert homes(tmp_path, member(three[0], "H1", "10"))["households_without_one_head"] == 1
