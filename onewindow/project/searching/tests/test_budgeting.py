import json

import pytest
from click.testing import CliRunner

from onewindow.fields.finding.models import Forecast
from onewindow.kernel.grants import payroll
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.kernel.staff.posts import Post
from onewindow.project.commands import budget
from onewindow.project.commands import payroll as payroll_command
from onewindow.project.searching.budgeting import forecast
from onewindow.project.searching.drafting import draft_sums
from onewindow.project.searching.tests.conftest import OLD_STANDARD, STANDARD, Town
from tests.factories import HEPING


def test_the_law_of_each_month_gives_its_sum(town: Town) -> None:
    town.granted(), town.granted()
    made = forecast(SYSTEM, "2025-08", 3)
    assert [(row["month"], row["grants"], row["fen"]) for row in made.rows if row["benefit"] == "dibao"] == [
        ("2025-08", 2, 2 * OLD_STANDARD), ("2025-09", 2, 2 * STANDARD), ("2025-10", 2, 2 * STANDARD),
    ]  # fmt: skip


def test_what_was_paid_the_year_before_stands_beside_it(town: Town) -> None:
    town.granted()
    maker, checker = town.staff(Post.DISTRICT_FINANCE, HEPING), town.staff(Post.DISTRICT_FINANCE_CHECKER, HEPING)
    run = payroll.draft_run(maker, Place.objects.get(pk=HEPING), benefit="dibao", month="2025-08")
    run = payroll.mark_sent(SYSTEM, payroll.approve_run(checker, run, digest=run.digest))
    lines = [{"key": item.key, "amount_fen": item.amount_fen, "state": "paid"} for item in run.items.all()]
    payroll.take_answer(SYSTEM, run, lines=lines)
    (row,) = [row for row in forecast(SYSTEM, "2026-08", 1).rows if row["benefit"] == "dibao"]
    assert (row["last_month"], row["last_fen"], row["fen"]) == ("2025-08", OLD_STANDARD, STANDARD)


def test_who_died_costs_nothing_from_then_on(town: Town) -> None:
    grant = town.granted()
    grant.holder.died_on = grant.decision.decided_on
    grant.holder.save()
    assert [row["fen"] for row in forecast(SYSTEM, "2025-09", 1).rows] == [0]


def test_the_payroll_by_the_law_beside_the_grants(town: Town) -> None:
    town.granted(), town.granted(fen=STANDARD)
    (row,) = draft_sums("2025-09")
    assert (row["count"], row["fen"], row["law_fen"], row["differ"]) == (2, OLD_STANDARD + STANDARD, 2 * STANDARD, 1)
    assert row["place"] == HEPING


@pytest.mark.parametrize(
    ("command", "words"),
    [(budget.command, ["--from", "2025-09", "--months", "2"]), (payroll_command.command, ["--month", "2025-09"])],
)
def test_programs_are_answered_in_one_line(town: Town, command: object, words: list[str]) -> None:
    town.granted()
    answer = CliRunner().invoke(command, [*words, "--json"])  # type: ignore[arg-type]
    told = json.loads(answer.output)
    assert told["ok"] and len(told["rows"]) in (1, 2)


def test_a_month_that_is_none_is_said(town: Town) -> None:
    answer = CliRunner().invoke(budget.command, ["--from", "2025-13"])
    assert answer.exit_code == 1 and "月份应写成" in answer.output
    assert not Forecast.objects.exists()
