import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.calendar import working_days
from onewindow.project.commands.holidays import command

EXAMPLE = Path(working_days.__file__).with_name("notice_example.yaml")


@pytest.fixture(autouse=True)
def table_read_anew():
    working_days.forget_own_days()
    yield
    working_days.forget_own_days()


@pytest.mark.django_db
def test_an_operator_loads_next_years_holidays_and_deadlines_become_firm(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8").replace("2026", "2027")
    text = text[: text.index("worked:")] + "worked: []\n"
    (tmp_path / "2027.yaml").write_text(text, encoding="utf-8")
    assert working_days.add_working_days(date(2026, 12, 24), 5).provisional
    ran = CliRunner().invoke(command, [str(tmp_path / "2027.yaml"), "--json"])
    assert ran.exit_code == 0 and json.loads(ran.output) == {"ok": True, "days": 33, "horizon": "2027-12-28"}
    assert not working_days.add_working_days(date(2026, 12, 24), 5).provisional
    assert AuditLine.objects.filter(action="calendar.publish").exists()


@pytest.mark.django_db
def test_a_wrong_file_changes_nothing_and_says_why(tmp_path):
    (tmp_path / "x.yaml").write_text("year: 2027", encoding="utf-8")
    ran = CliRunner().invoke(command, [str(tmp_path / "x.yaml")])
    assert ran.exit_code == 1 and "放假安排读不懂" in ran.output
    assert working_days.horizon() == date(2026, 12, 28)
