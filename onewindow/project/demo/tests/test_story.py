"""The whole demo city, as `onewindow demo` makes it: small, but with everything that is told of it."""

from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from onewindow.kernel.audit.chain import flaws_of_chain
from onewindow.kernel.cases.models import Case, CaseEvent, StepRun
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import actor_of
from onewindow.project.commands.demo import build
from onewindow.project.demo.accounts import TRY, demo_accounts

S = Case.State


@pytest.fixture(scope="module")
def demo_city(django_db_setup, django_db_blocker):
    """Built once for all that is asked of it, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(20, 2026, progress=lambda text: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def look(demo_city):
    """The tests below only look."""


def test_a_street_is_in_the_middle_of_its_work():
    states = Counter(Case.unscoped.values_list("state", flat=True))
    assert {S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.APPROVED, S.REJECTED} <= set(states)
    waiting = set(StepRun.unscoped.filter(ended_at=None).values_list("step_code", flat=True))
    assert {"accept", "means_check", "home_visit", "opinion", "publish", "decide", "district_visit"} <= waiting
    assert Grant.unscoped.exists()


def test_everybody_who_is_promised_something_to_try_is_there():
    assert {account.username for account in demo_accounts()} == set(TRY)
    staff = {each.username for each in demo_accounts() if each.is_staff}
    assert staff.isdisjoint({"resident", "family", "granted", "refused", "supplement"})
    assert not Account.objects.get(username="resident").has_usable_password()


def test_the_stranger_sees_nothing_of_it():
    stranger = actor_of(Account.objects.get(username="stranger"))
    assert not Case.objects.seen_by(stranger).exists()


def test_nothing_happened_in_the_future_and_the_log_is_whole():
    now = timezone.now()
    assert not CaseEvent.objects.filter(at__gt=now).exists()
    assert not StepRun.unscoped.filter(started_at__gt=now).exists()
    assert flaws_of_chain() == []


def test_a_relative_of_staff_is_registered_apart():
    case = Case.unscoped.get(is_relative_of_staff=True)
    assert case.runs.filter(step_code="district_visit").exists()
