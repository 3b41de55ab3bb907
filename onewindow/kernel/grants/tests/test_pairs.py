"""A new grant beside those that are held: forbidden by the law, topped up, or nobody's concern. And the gradual end of one."""

from collections.abc import Iterator

import pytest

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.grants import changing
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.grants.pairs import pair_port
from onewindow.kernel.grants.standing import owed_in
from onewindow.kernel.grants.tests.test_changing import pay
from onewindow.kernel.grants.tests.test_payroll import Finance, finance, grant
from onewindow.project.wiring import pair_by_the_law
from tests.factories import HEPING, City

__all__ = ["finance"]


@pytest.fixture(autouse=True)
def the_law() -> Iterator[None]:
    before, pair_port.between = pair_port.between, pair_by_the_law
    yield
    pair_port.between = before


def held(city: City, benefit: str) -> Grant:
    found = grant(city)
    Grant.unscoped.filter(pk=found.pk).update(benefit=benefit)
    return found


def beside(city: City, first: Grant, matter: str, monkeypatch: pytest.MonkeyPatch) -> Grant:
    """The same person is granted another benefit."""
    monkeypatch.setattr(city, "resident", lambda *_: type(city).account(city, first.holder))
    return grant(city, 80_000, matter)


def test_what_the_law_excludes_is_refused_with_its_article(
    city: City, finance: Finance, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(city, "tekun")
    with pytest.raises(Refused, match=r"已在享受特困.*不能同时发放最低生活保障.*国发〔2016〕14号.*停发"):
        beside(city, first, "dibao", monkeypatch)
    assert Grant.unscoped.count() == 1


def test_what_is_topped_up_is_granted_and_the_history_says_why(
    city: City, finance: Finance, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(city, "unattended_child_allowance")
    second = beside(city, first, "dibao", monkeypatch)
    assert "补差" in second.case.events.get(code="topped_up").text


def test_what_has_ended_and_what_the_law_allows_is_nobodys_concern(
    city: City, finance: Finance, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(city, "tekun")
    changing.end_grant(
        city.staff("district_chief", HEPING), Grant.unscoped.get(pk=first.pk), last_month="2026-12", reason="转低保"
    )
    second = beside(city, first, "dibao", monkeypatch)
    assert not second.case.events.filter(code="topped_up").exists()


def test_whoever_found_work_keeps_it_for_some_months_and_then_it_ends(city: City, finance: Finance) -> None:
    kept, chief = grant(city, 100_000), city.staff("district_chief", HEPING)
    pay(finance, "2026-12")
    told = {"from_month": "2027-01", "months": 6, "amount_fen": 50_000, "reason": "找到工作", "law_version": "t"}
    with pytest.raises(NotAllowed):
        changing.exit_gradually(finance.maker, kept, **told)
    for wrong in ({"months": 0}, {"months": 13}, {"amount_fen": 100_001}):
        with pytest.raises(Refused):
            changing.exit_gradually(chief, kept, **{**told, **wrong})
    changing.exit_gradually(chief, kept, **told)
    kept.refresh_from_db()
    assert [owed_in(kept, month) for month in ("2026-12", "2027-01", "2027-06", "2027-07")] == [
        100_000,
        50_000,
        50_000,
        0,
    ]
    with pytest.raises(Refused, match="已停止"):
        changing.exit_gradually(chief, kept, **told)
