from datetime import date
from typing import Any

import pytest

from onewindow.exchange.answering import keep_findings
from onewindow.exchange.models import Query
from onewindow.exchange.protocol.messages import Account, Home
from onewindow.exchange.report import Report, Row, Thresholds, own_findings, report_of
from onewindow.exchange.tests.conftest import FACTS, begin_check
from onewindow.kernel.cases.models import FactSheet

pytestmark = pytest.mark.usefixtures("partners")


def account(fen: int, reference: str = "a1", product: Any = "demand") -> Account:
    return Account("account", reference, "1234", product, fen)


def home(reference: str = "h1", use: Any = "residential", **values: Any) -> Home:
    return Home("home", reference, "示例里1号", use, 5600, "1/2", **values)


def find(case: Any, who: str, *findings: Any) -> None:
    """`who`: one of 丈夫, 妻子. Bank and register in one go."""
    relation = {"丈夫": "01", "妻子": "10"}[who]
    for query in Query.unscoped.filter(subject=case.members.get(relation=relation).person).select_related("partner"):
        item = "account" if query.partner.source == "BANK" else "home"
        keep_findings(query, tuple(f for f in findings if f.item == item), as_of=date(2026, 11, 23), message=None)
        query.state = Query.State.ANSWERED
        query.save()


@pytest.fixture
def asked(case):
    begin_check(case)
    return case


def declare(case: Any, **facts: Any) -> None:
    FactSheet.objects.create(case=case, version=2, facts={"household": {**FACTS, **facts}, "people": {}}, by="张三")
    case.means_checks.update(facts_version=2)


def report(case: Any, **thresholds: Any) -> Report:
    found = report_of(case, Thresholds(**thresholds))
    assert found is not None
    return found


def row(case: Any, fact: str = "monetary_property", **thresholds: Any) -> Row:
    return next(each for each in report(case, **thresholds).rows if each.fact == fact)


def test_what_was_declared_was_found(asked) -> None:
    find(asked, "丈夫", account(20_000_00), home())
    find(asked, "妻子")
    found = report(asked)
    assert (found.conclusion, found.missing, found.differences) == ("consistent", [], [])
    assert {r.severity for r in found.rows} == {"none"}
    assert row(asked).found == "20,000.00元"


@pytest.mark.parametrize(
    ("declared", "found", "severity", "conclusion"),
    [
        (20_000_00, 21_999_99, "info", "consistent"),
        (20_000_00, 22_000_00, "warn", "inconsistent"),
        (20_000_00, 30_000_00, "warn", "inconsistent"),
        (20_000_00, 30_000_01, "alert", "inconsistent"),
        (0, 1, "alert", "inconsistent"),
        (20_000_00, 0, "less", "consistent"),
    ],
)
def test_severity_goes_by_share(asked, declared: int, found: int, severity: str, conclusion: str) -> None:
    declare(asked, monetary_property=declared)
    find(asked, "丈夫", *([account(found)] if found else []), home())
    find(asked, "妻子")
    assert (row(asked).severity, report(asked).conclusion) == (severity, conclusion)


def test_a_difference_within_the_tolerance_is_none(asked) -> None:
    declare(asked, monetary_property=0)
    find(asked, "丈夫", account(1045_00), home())
    find(asked, "妻子")
    assert row(asked, tolerance_fen=1045_00).severity == "ignored"
    assert row(asked, tolerance_fen=1044_99).severity == "alert"


def test_joint_accounts_and_shared_homes_count_once(asked) -> None:
    find(asked, "丈夫", account(20_000_00), home())
    find(asked, "妻子", account(20_000_00), home())
    assert (row(asked).found_value, row(asked, "home_count").found_value) == (20_000_00, 1)


def test_hidden_things_are_grave_whatever_they_are_worth(asked) -> None:
    find(asked, "丈夫", home(), home("h2"))
    find(asked, "妻子", home("shop", "non_residential"))
    homes, shop = row(asked, "home_count"), row(asked, "non_residential_property")
    assert (homes.severity, homes.found, homes.note) == ("alert", "2套", "比申报多1套")
    assert (shop.severity, shop.found, shop.note) == ("alert", "有", "没有申报")


def test_a_home_given_away_is_a_question_and_not_a_home(asked) -> None:
    find(asked, "丈夫", home(), home("h2", transferred_on=date(2026, 3, 1)))
    find(asked, "妻子")
    found = report(asked)
    assert row(asked, "home_count").severity == "none"
    assert [r.found for r in found.differences] == ["2026-03-01转出"] and found.conclusion == "inconsistent"


def test_beyond_the_limit(asked) -> None:
    declare(asked, monetary_property=100_000_00)
    find(asked, "丈夫", account(100_000_00), home())
    find(asked, "妻子")
    found = report(asked, limits={"monetary_property": 50_000_00, "home_count": 2})
    assert found.conclusion == "exceeds" and "超过规定的50,000.00元" in found.rows[0].note


def test_while_a_source_is_missing_all_is_well_can_not_be_said(asked) -> None:
    find(asked, "丈夫", account(20_000_00), home())
    found = report(asked)
    assert found.conclusion == "cannot_conclude" and len(found.missing) == 2
    assert "示例bank对阿依古丽·买买提的查询：待发送。" in found.missing


def test_what_was_found_stands_while_a_source_is_missing(asked) -> None:
    find(asked, "丈夫", account(90_000_00), home())
    assert report(asked).conclusion == "inconsistent"


def test_a_correction_does_not_wipe_out_the_difference_that_led_to_it(asked) -> None:
    find(asked, "丈夫", account(90_000_00), home())
    find(asked, "妻子")
    asked.facts = {"household": {**FACTS, "monetary_property": 90_000_00}, "people": {}}
    asked.facts_version = 2
    asked.save()
    FactSheet.objects.create(case=asked, version=2, facts=asked.facts, by="赵办", reason="核对")
    assert row(asked).severity == "alert"


def test_each_sees_what_was_found_of_themselves_only(asked) -> None:
    husband, wife = asked.applicant, asked.members.get(relation="10").person
    find(asked, "丈夫", account(20_000_00, product="time"), home())
    find(asked, "妻子")
    assert [(each["label"], each["value"]) for each in own_findings(asked, husband)] == [
        ("定期存款（尾号1234）", "20,000.00元"), ("住房", "示例里1号，56.00平方米，份额1/2"),
    ]  # fmt: skip
    assert {each["value"] for each in own_findings(asked, wife)} == {"没有查到记录"}


def test_a_report_asks_the_database_a_few_things_however_many_sources(asked, django_assert_max_num_queries) -> None:
    find(asked, "丈夫", account(20_000_00), home())
    with django_assert_max_num_queries(5):
        report(asked)
