"""The payroll verbs: the same acts as on the pages, by the same people."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth.hashers import make_password

from onewindow.exchange.simulators.book import booked
from onewindow.exchange.tests.conftest import people, places, plugged, quiet, world
from onewindow.exchange.tests.test_paying import (
    ACCOUNTS,
    DISTRICT,
    MONTH,
    World,
    a_grant,
    a_person,
    agrees_with_the_banks_book,
)
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.grants.payroll import close_run
from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import actor_of
from onewindow.kernel.staff.models import Staff, StaffPost
from onewindow.project.commands import payroll as payroll_verb
from onewindow.project.commands.reconcile import command as reconcile_verb

__all__ = ["people", "places", "plugged", "quiet", "world"]


@pytest.fixture
def people() -> list[dict[str, Any]]:  # noqa: F811
    return [
        {"id_number": f"12010319800101{n}", "name": name, "accounts": [{"account": account, "balance_fen": 0}]}
        for n, (name, account) in enumerate(ACCOUNTS.items())
    ]


def clerk(username: str, post: str, sequence: int) -> str:
    person = a_person(username, "19680101", sequence)
    staff = Staff.objects.create(person=person, number=username)
    StaffPost.objects.create(staff=staff, post=post, place_id=DISTRICT, from_on="2009-01-01")
    Account.objects.create(username=username, person=person, password=make_password(None))
    return username


def run(command: Any, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False)
    told: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    assert (done.exit_code == 0) == told["ok"]
    return told


@pytest.fixture
def clerks(places: None) -> tuple[str, str]:
    for n, (name, account) in enumerate(ACCOUNTS.items(), 995):
        a_grant(name, n, 100_000 + n, account)
    return clerk("maker", "district_finance", 991), clerk("checker", "district_finance_checker", 992)


def test_a_month_from_draft_to_statement(world: World, clerks: tuple[str, str], tmp_path: Path) -> None:
    maker, checker = clerks
    verb = payroll_verb.command
    made = run(verb, "draft", "--month", MONTH, "--as", maker)["runs"]
    assert [(each["count"], each["total_fen"]) for each in made] == [(3, 302_988)]
    assert run(verb, "draft", "--month", MONTH, "--as", maker)["runs"] == []
    assert run(verb, "approve", "--month", MONTH, "--as", checker, "--digest", made[0]["digest"])["ok"]
    world.mode("bank", "never")
    assert run(verb, "send", "--once")["sent"] == 1
    world.wait(lambda: len(booked(world.book)) == 3)
    statement = tmp_path / "statement.jsonl"
    statement.write_text("\n".join(json.dumps(each) for each in booked(world.book)))
    told = run(reconcile_verb, "--statement", str(statement))
    assert (told["settled"], told["differences"]) == (3, [])
    agrees_with_the_banks_book(world, PaymentRun.unscoped.get())
    assert run(verb, "send", "--once")["waiting"] == 0
    assert "尚未关账" in run(verb, "close", "--month", MONTH, "--as", checker)["refused"][0]
    held = Account.objects.get(username=checker)
    close_run(actor_of(held), PaymentRun.unscoped.get())
    assert run(verb, "close", "--month", MONTH, "--as", checker)["closed"][0]["paid_fen"] == 302_988


def test_a_statement_that_differs_ends_with_another_number_than_nought(
    world: World, clerks: tuple[str, str], tmp_path: Path
) -> None:
    maker, checker = clerks
    run(payroll_verb.command, "draft", "--month", MONTH, "--as", maker)
    run(payroll_verb.command, "approve", "--month", MONTH, "--as", checker)
    odd = tmp_path / "odd.csv"
    odd.write_text("payment_key,amount_fen,state\nnobody,1,paid\n")
    assert run(reconcile_verb, "--statement", str(odd))["differences"] == [{"key": "nobody", "what": "我方没有这一笔"}]


def test_at_the_shell_too_everybody_proves_who_they_are(clerks: tuple[str, str]) -> None:
    """Else one person would draft as one and approve as the other."""
    for username in clerks:
        account = Account.objects.get(username=username)
        account.set_password(f"{username} 的口令是长的")
        account.save()
    verb, (maker, checker) = payroll_verb.command, clerks
    draft, approve = ["draft", "--month", MONTH, "--as", maker], ["approve", "--month", MONTH, "--as", checker]
    with pytest.raises(Refused, match="密码不对"):
        CliRunner().invoke(verb, draft, input="错的\n", catch_exceptions=False)
    assert CliRunner().invoke(verb, draft, input="maker 的口令是长的\n").exit_code == 0
    with pytest.raises(Refused, match="密码不对"):
        CliRunner().invoke(verb, approve, input="maker 的口令是长的\n", catch_exceptions=False)
    assert PaymentRun.unscoped.get().state == "draft"
    assert CliRunner().invoke(verb, approve, input="checker 的口令是长的\n").exit_code == 0
    assert PaymentRun.unscoped.get().state == "approved"


def test_without_a_password_only_the_demo_opens(clerks: tuple[str, str], settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="密码不对"):
        CliRunner().invoke(
            payroll_verb.command,
            ["draft", "--month", MONTH, "--as", clerks[0]],
            input="\n\n \n",
            catch_exceptions=False,
        )
    assert not PaymentRun.unscoped.exists()


def test_nobody_drafts_or_approves_under_a_name_that_may_not(clerks: tuple[str, str]) -> None:
    maker, checker = clerks
    verb = payroll_verb.command
    with pytest.raises(NotAllowed):
        run(verb, "draft", "--month", MONTH, "--as", checker)
    with pytest.raises(Refused, match="没有账号"):
        run(verb, "draft", "--month", MONTH, "--as", "nobody")
    run(verb, "draft", "--month", MONTH, "--as", maker)
    assert "不是该区的复核人" in run(verb, "approve", "--month", MONTH, "--as", maker)["refused"][0]
    assert PaymentRun.unscoped.get().state == "draft"
